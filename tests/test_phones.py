"""A phone number prints as it is dialled at home and leads to it from abroad; one that can't be is refused."""

import re

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from leafletpress.model.problems import LeafletError, Origin
from leafletpress.model.site import Phone, PhoneKind
from leafletpress.model.text.markup import fold_digits
from leafletpress.read.located.nodes import Scalar
from leafletpress.read.phones import REGIONS, read_phone

HERE = Origin("sites/north.toml", 3, 10)


def phone(number: str, region: str = "GB", kind: PhoneKind = "clinic") -> Phone:
    return read_phone(kind, Scalar(number, HERE), region)


def refused(number: str, region: str = "GB", kind: PhoneKind = "clinic") -> str:
    with pytest.raises(LeafletError) as caught:
        phone(number, region, kind)
    (problem,) = caught.value.problems
    assert problem.origin == HERE
    assert problem.hint
    return f"{problem.text} ({problem.hint})"


@pytest.mark.parametrize(
    "written",
    [
        "020 7946 0958", "(020) 7946 0958", "020 7946-0958", "020/7946 0958", "02079460958", "020\u00a07946\u20110958",
        "+44 20 7946 0958", "+44 (0)20 7946 0958", "+44 020 7946 0958", "+442079460958", "0044 20 7946 0958",
        "00 44 (0)20 7946 0958", "(+44) 20 7946 0958", "[020] 7946 0958", "020—7946−0958", "٠٢٠ ٧٩٤٦ ٠٩٥٨",
        "०२० ७९४६ ०९५८", "（０２０）７９４６－０９５８",
    ],
)  # fmt: skip
def test_a_number_is_the_same_however_it_is_written(written: str) -> None:
    assert phone(written) == Phone("clinic", "020 7946 0958", "tel:+442079460958")


@pytest.mark.parametrize(
    "written",
    ["020 7946 0958 ext. 0123", "+44 (0)20 7946 0958 ext 0123", "020 7946 0958 x0123", "020 7946 0958, extension 0123",
     "+44 20 7946 0958;ext=0123", "020 7946 0958 #0123", "020 7946 0958 Ext. 0123", "020 7946 0958 EXT 0123",
     "020 7946 0958 X0123", "020 7946 0958 Extn: 0123", "020 7946 0958 (ext. 0123)", "020 7946 0958 – ext. 0123",
     "020 7946 0958 extensión 0123", "020 7946 0958 int. 0123", "020 7946 0958 доб. 0123", "020 7946 0958 ext. ٠١٢٣"],
)  # fmt: skip
def test_an_extension_is_kept_apart_and_dialled_as_rfc_3966_has_it(written: str) -> None:
    assert phone(written) == Phone("clinic", "020 7946 0958", "tel:+442079460958;ext=0123", "0123")


@pytest.mark.parametrize(
    ("written", "region", "printed", "link"),
    [
        ("(202) 555-0199", "US", "(202) 555-0199", "tel:+12025550199"),
        ("+1 202 555 0199", "GB", "+1 202-555-0199", "tel:+12025550199"),
        ("020 7946 0958", "GG", "020 7946 0958", "tel:+442079460958"),  # Guernsey shares the code of Great Britain
        ("+44 (0)20 7946 0958", "FR", "+44 20 7946 0958", "tel:+442079460958"),
        ("01 99 00 12 34", "FR", "01 99 00 12 34", "tel:+33199001234"),
        ("+39 06 1234 5678", "IT", "06 1234 5678", "tel:+390612345678"),  # in Italy the zero belongs to the number
        ("011 15-2345-6789", "AR", "011 15-2345-6789", "tel:+5491123456789"),  # a mobile: 15 at home is 9 abroad
        ("8 0152 45-09-11", "BY", "8 0152 45-09-11", "tel:+375152450911"),
        ("116 117", "DE", "116 117", "tel:116117"),
        ("111", "GB", "111", "tel:111"),
    ],
)
def test_a_number_prints_as_it_is_dialled_in_the_region_and_leads_there_from_anywhere(
    written: str, region: str, printed: str, link: str
) -> None:
    assert phone(written, region) == Phone("clinic", printed, link)


def test_whatsapp_is_led_to_by_the_number_with_its_country_code() -> None:
    written = "+44 (0)7700 900123"
    assert phone(written, kind="whatsapp") == Phone("whatsapp", "07700 900123", "https://wa.me/447700900123")


def test_a_text_relay_is_dialled_before_the_number() -> None:
    assert phone("18001 +44 (0)20 7946 0958", kind="text_relay") == Phone(
        "text_relay", "18001 020 7946 0958", "tel:1800102079460958"
    )
    extended = phone("18001 020 7946 0958 ext. 5", kind="text_relay")
    assert (extended.link, extended.extension) == ("tel:1800102079460958;ext=5", "5")
    assert phone("020 7946 0958", kind="text_relay").link == "tel:+442079460958"
    for written in ("18001 020 7946 0958", "18001-020 7946 0958", "18001, (020) 7946 0958", "18001 ٠٢٠ ٧٩٤٦ ٠٩٥٨"):
        assert phone(written, kind="text_relay").number == "18001 020 7946 0958"
    # Of the numbers that libphonenumber takes before another without a word, one is a relay service.
    assert phone("18002 020 7946 0958", kind="text_relay").link == "tel:1800202079460958"
    assert phone("18001 111", kind="text_relay") == Phone("text_relay", "18001 111", "tel:18001111")
    assert refused("1999 020 7946 0958", kind="text_relay").startswith(
        '"1999" is no relay service in GB (write a short'
    )
    assert refused("18001 +1 202 555 0199", kind="text_relay").startswith("a relay service does not ring abroad")


@pytest.mark.parametrize(
    ("region", "number", "printed"),
    [("US", "711", "711"), ("CA", "711", "711"), ("US", "1-800-855-2880", "(800) 855-2880"),
     ("AU", "133 677", "13 36 77"), ("NZ", "0800 4 713 713", "0800 471 3713"), ("IE", "1800 207 900", "1800 207 900")],
)  # fmt: skip
def test_a_text_relay_that_is_dialled_alone_is_a_number_like_any_other(region: str, number: str, printed: str) -> None:
    assert phone(number, region, "text_relay").number == printed


@pytest.mark.parametrize("number", ["711 202-555-0199", "711 (202) 555-0199", "711, 1 202 555 0199"])
def test_where_the_relay_service_asks_for_the_number_none_stands_behind_it(number: str) -> None:
    said = f'"{number}" is not dialled in one go in US (write 711 alone: the service asks for the number)'
    assert refused(number, "US", "text_relay") == said


@pytest.mark.parametrize(
    "number",
    # https://www.ofcom.org.uk/phones-and-broadband/phone-numbers/numbers-for-drama
    ["0113 496 0999", "0115 496 0999", "0191 498 0999", "020 7946 0999", "028 9649 6999", "029 2018 0999",
     "01632 960999", "07700 900999", "0808 157 0999", "0909 879 0999", "03069 990999"],
)  # fmt: skip
def test_a_number_kept_for_fiction_is_allowed(number: str) -> None:
    assert phone(number).link == f"tel:+44{re.sub('[^0-9]', '', number)[1:]}"


@pytest.mark.parametrize(
    ("written", "region", "kind", "said"),
    [
        ("call 020 7946 0958", "GB", "clinic", 'number "call 020 7946 0958" has the wrong form (digits: 020 7946 095'),
        ("020 7946 0958 or 0959", "GB", "clinic", 'number "020 7946 0958 or 0959" has the wrong form'),
        ("020 7946 0958, 0959", "GB", "clinic", 'number "020 7946 0958, 0959" has the wrong form'),
        ("020 7946 0958;0959", "GB", "clinic", 'number "020 7946 0958;0959" has the wrong form'),
        ("020 7946 0958 option 2", "GB", "clinic", 'number "020 7946 0958 option 2" has the wrong form (digits: 020'),
        ("030 901820 Durchwahl 12", "DE", "clinic", '"030 901820 Durchwahl 12" is no phone number (digits: 020 7946'),
        ("01 99 00 12 34 poste 12", "FR", "clinic", 'number "01 99 00 12 34 poste 12" has the wrong form (digits: '),
        ("18002 020 7946 0958", "GB", "clinic", 'it is not clear how "18002 020 7946 0958" is dialled'),
        ("0800 SKINCARE", "GB", "clinic", 'number "0800 SKINCARE" has the wrong form'),
        ("++44 20 7946 0958", "GB", "clinic", 'number "++44 20 7946 0958" has the wrong form'),
        ("020 7946 095", "GB", "clinic", '"020 7946 095" can\'t be a number in GB (no such number is given out there'),
        ("555-01", "US", "clinic", '"555-01" can\'t be a number in US (it has too few digits, and is'),
        ("020 7946 0958 / 0959", "GB", "clinic", '"020 7946 0958 / 0959" can\'t be a number in GB (it has too many d'),
        ("01632 961000", "GB", "clinic", '"01632 961000" can\'t be a number in GB (no such number is given out there'),
        ("(555) 010-0199", "US", "clinic", '"(555) 010-0199" can\'t be a number in US (no such number is given out'),
        ("+1 020 7946 0958", "GB", "clinic", '"+1 020 7946 0958" can\'t be a number in US'),
        ("+999 20 7946 0958", "GB", "clinic", '"+999 20 7946 0958" is no phone number (no country has this code)'),
        ("8 5 212 3456", "LT", "clinic", 'it is not clear how "8 5 212 3456" is dialled (write it with + and'),
        ("115", "DE", "emergency", '"115" is no emergency number in DE (known: 110, 112)'),
        ("911", "BD", "emergency", '"911" is no emergency number in BD (known: 100, 101, 102, 199, 999)'),
        ("911", "IN", "emergency", '"911" is no emergency number in IN (known: 100, 101, 102, 108, 112, '),
        ("999", "TR", "emergency", '"999" is no emergency number in TR (known: 110, 112, 155)'),
        ("999", "IT", "emergency", '"999" is no emergency number in IT (known: 112, 113, 115, 118)'),
        ("999 ext. 5", "GB", "emergency", 'number "999 ext. 5" has the wrong form'),
        ("9112", "US", "emergency", '"9112" is no emergency number in US (known: 112, 911)'),
        ("911", "GB", "emergency", '"911" is no emergency number in GB (known: 112, 999)'),
        ("+44 999", "GB", "emergency", '"+44 999" is no emergency number in GB (known: 112, 999)'),
        ("999", "US", "emergency", '"999" is no emergency number in US (known: 112, 911)'),
        ("020 7946 0958", "GB", "emergency", '"020 7946 0958" is no emergency number in GB (known: 112, 999)'),
        ("111", "GB", "whatsapp", 'WhatsApp has no short number "111" (write the number with its country code)'),
        ("+44 7700 900123 ext. 5", "GB", "whatsapp", 'WhatsApp knows no extension, as in "+44 7700 900123 ext. 5" (l'),
    ],
)  # fmt: skip
def test_a_number_that_nobody_can_call_is_refused_with_what_to_do(
    written: str, region: str, kind: PhoneKind, said: str
) -> None:
    assert refused(written, region, kind).startswith(said)


@pytest.mark.parametrize(
    ("region", "number"),
    [
        ("GB", "999"),
        ("GB", "9 9 9"),
        ("US", "911"),
        ("US", "9-1-1"),
        ("FR", "15"),
        ("GN", "117"),
        ("DE", "112"),
        ("DE", "110"),
        ("IN", "112"),
        ("BD", "999"),
        ("TR", "112"),
        ("PK", "1122"),
        ("PK", "15"),
        ("IT", "112"),
        ("AU", "000"),
        ("TH", "1669"),
        ("EG", "١٢٣"),
    ],
)
def test_an_emergency_number_is_one_of_the_region_where_any_is_known(region: str, number: str) -> None:
    digits = fold_digits(re.sub("[ -]", "", number))
    assert phone(number, region, "emergency") == Phone("emergency", digits, f"tel:{digits}")


_EXAMPLES = [(region, found) for region in REGIONS if (found := phonenumbers.example_number(region))]
_MOBILES = [
    (region, found)
    for region in REGIONS
    if (found := phonenumbers.example_number_for_type(region, PhoneNumberType.MOBILE))
]


@pytest.mark.parametrize("form", [PhoneNumberFormat.NATIONAL, PhoneNumberFormat.INTERNATIONAL, PhoneNumberFormat.E164])
def test_every_region_reads_its_numbers_as_they_are_written_at_home_and_abroad(form: int) -> None:
    for region, number in (*_EXAMPLES, *_MOBILES):
        whole = phonenumbers.format_number(number, PhoneNumberFormat.E164)
        assert phone(phonenumbers.format_number(number, form), region).link == f"tel:{whole}"


def test_a_text_of_any_length_is_refused_at_once() -> None:
    for text in ("020 7946 0958" + " x" * 100_000, "0" * 100_000 + " ", "0 (" * 100_000):
        assert "has the wrong form" in refused(f"{text}?")


@given(st.sampled_from(_EXAMPLES), st.sampled_from(["", "7", "0042"]), st.sampled_from(["", "(0)", "0"]))
def test_any_number_of_any_region_leads_to_itself_and_prints_as_it_can_be_dialled_there(
    example: tuple[str, phonenumbers.PhoneNumber], extension: str, trunk: str
) -> None:
    region, number = example
    whole = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    national = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
    behind = f" ext. {extension}" if extension else ""
    link = f"tel:{whole}" + (f";ext={extension}" if extension else "")
    assert phone(whole + behind, region) == Phone("clinic", national, link, extension or None)
    dialled = phonenumbers.parse(phone(whole, region).number, region)
    assert phonenumbers.format_number(dialled, PhoneNumberFormat.E164) == whole
    abroad = next(other for other in ("GB", "US") if phonenumbers.country_code_for_region(other) != number.country_code)
    assert phone(whole, abroad).number.startswith(f"+{number.country_code} ")
    if phonenumbers.ndd_prefix_for_region(region, strip_non_digits=True) == "0":
        code = f"+{number.country_code}"
        assert phone(whole.replace(code, f"{code} {trunk}", 1), region).link == f"tel:{whole}"
