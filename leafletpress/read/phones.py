"""Reads phone numbers as people write them: which can exist where the site stands, how they print, how they dial."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from unicodedata import normalize

import phonenumbers
from phonenumbers import NumberParseException, PhoneMetadata, PhoneNumber, PhoneNumberFormat, ValidationResult

from leafletpress.model.problems import LeafletError, Problem
from leafletpress.model.site import Phone, PhoneKind
from leafletpress.model.text.markup import fold_digits
from leafletpress.read.located.nodes import Scalar

REGIONS = tuple(sorted(phonenumbers.SUPPORTED_REGIONS))

# A number, with the hyphens, dashes and minus signs of word processors; what may be an extension, behind a word or #.
_FORM = re.compile(
    r"[(\[]?\+?[0-9(\[][0-9\s()\[\]./\u2010-\u2015\u2212-]*[0-9]"
    r"(?:(?=[^0-9+]*?(?:[^\W\d_]|#))[^0-9+]++(?P<extension>[0-9]+)[)\]#]*)?"
)
_FORM_HINT = "digits: 020 7946 0958, +44 20 7946 0958 or 020 7946 0958 ext. 123"
# Numbers that are kept free for fiction, and that metadata does not know for nobody has them: by country code, as
# Ofcom (Great Britain), Arcep (France) and ComReg (Ireland) list them. Others of their lists are known.
_FICTION = {44: r"1154960\d{3}|1632960\d{3}|7700900\d{3}", 33: r"63998\d{4}", 353: r"2091\d{5}"}
# A number that is dialled through a relay service: 18001 020 7946 0958.
_RELAYED = re.compile(r"([1-9][0-9]{2,5})[\s,-]+([+0-9(].*)")
# In North America the number of a relay service is dialled alone, as all that end in 11; the service is told the other.
_NORTH_AMERICA = 1
_LENGTHS = {
    ValidationResult.TOO_SHORT: "it has too few digits, and is no short number that is known",
    ValidationResult.TOO_LONG: "it has too many digits",
}
_NOT_DIGITS = re.compile(r"[^0-9]")
_FEWEST = 6  # digits of a number that is no short one


def read_phone(kind: PhoneKind, written: Scalar, region: str) -> Phone:
    """The phone of a number as it is written in a site's file; raises LeafletError.

    Its digits may be those of any script, and its extension is marked as libphonenumber knows it. A number of the
    site's country is printed as it is dialled there, any other with its country code. The link has every number with
    its country code (RFC 3966), but for short ones, which have none.
    """
    text = fold_digits(normalize("NFKC", " ".join(written.text.split())))
    relayed = _RELAYED.fullmatch(text) if kind == "text_relay" else None
    if relayed and not _exists(text, region) and (_exists(relayed[1], region) or _exists(relayed[2], region)):
        return _relayed(written, relayed, region)
    form = _FORM.fullmatch(text)
    if not form or (kind == "emergency" and form["extension"]):
        raise _refused(written, f'number "{text}" has the wrong form', _FORM_HINT)
    if kind == "emergency":
        return _emergency(written, text, region)
    try:
        number = phonenumbers.parse(text, region, keep_raw_input=True)
    except NumberParseException as error:
        unknown = error.error_type == NumberParseException.INVALID_COUNTRY_CODE
        hint = "no country has this code" if unknown else _FORM_HINT
        raise _refused(written, f'"{text}" is no phone number', hint) from error
    if number.extension != form["extension"]:  # the library takes other letters for digits, as on their keys
        raise _refused(written, f'number "{text}" has the wrong form', _FORM_HINT)
    if _is_short(number, region):
        if kind == "whatsapp":
            raise _refused(written, f'WhatsApp has no short number "{text}"', "write the number with its country code")
        return Phone(kind, text, f"tel:{_NOT_DIGITS.sub('', text)}")
    _refuse_what_cannot_exist(written, text, number, region)
    if kind == "whatsapp" and number.extension is not None:
        raise _refused(written, f'WhatsApp knows no extension, as in "{text}"', "leave it out")
    return Phone(kind, _printed(number, region), _link(kind, number), number.extension)


def read_number(written: Scalar) -> tuple[str, str]:
    """A number with its country code as it prints anywhere, and the link that dials it; raises LeafletError."""
    text = fold_digits(normalize("NFKC", written.text))
    if not text.startswith("+"):
        hint = "write it with + and its country code: tel:+44 20 7946 0958; numbers of the hospital stand in sites/"
        raise _refused(written, f'it is not known in which country "{text}" is dialled', hint)
    try:
        country = phonenumbers.region_code_for_country_code(phonenumbers.parse(text, None).country_code or 0)
    except NumberParseException:
        country = REGIONS[0]  # what is wrong with it is the same everywhere
    phone = read_phone("clinic", replace(written, text=text), country if country in REGIONS else REGIONS[0])
    if phone.extension:
        raise _refused(written, f'a link dials no extension, as in "{text}"', "say it in the words of the text")
    number = phonenumbers.parse(text, None)
    return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL), phone.link


def numbers_in(text: str, regions: Iterable[str]) -> list[tuple[int, int]]:
    """Where phone numbers stand in a text that exist in one of these regions, or have their country code."""
    if len(_NOT_DIGITS.sub("", text)) < _FEWEST:
        return []
    found: set[tuple[int, int]] = set()
    for region in (*regions, None):
        matches = phonenumbers.PhoneNumberMatcher(text, region, leniency=phonenumbers.Leniency.POSSIBLE)
        found |= {(match.start, match.end) for match in matches if _is_given_out(match.number)}
    parted: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda one: (one[0], -one[1])):
        if not parted or start >= parted[-1][1]:
            parted.append((start, end))
    return parted


def _refused(written: Scalar, text: str, hint: str) -> LeafletError:
    return LeafletError([Problem(written.origin, text, hint)])


def _emergency(written: Scalar, text: str, region: str) -> Phone:
    digits = _NOT_DIGITS.sub("", text)
    is_known = text[0] != "+" and phonenumbers.is_emergency_number(digits, region)
    if not is_known and (known := list(_emergency_numbers(region))):
        raise _refused(written, f'"{text}" is no emergency number in {region}', f"known: {', '.join(known)}")
    return Phone("emergency", digits, f"tel:{digits}")


def _relayed(written: Scalar, text: re.Match[str], region: str) -> Phone:
    """A number behind the short one of a relay service: both are dialled in one go, which can be done at home alone."""
    if phonenumbers.country_code_for_region(region) == _NORTH_AMERICA:
        hint = f"write {text[1]} alone: the service asks for the number"
        raise _refused(written, f'"{text[0]}" is not dialled in one go in {region}', hint)
    if not _is_short(phonenumbers.parse(text[1], region), region):
        raise _refused(
            written, f'"{text[1]}" is no relay service in {region}', "write a short number, a space, and yours"
        )
    phone = read_phone("clinic", replace(written, text=text[2]), region)
    if phone.number.startswith("+"):
        raise _refused(
            written, f'a relay service does not ring abroad, as in "{text[0]}"', "write a number of the region"
        )
    extension = "".join(phone.link.partition(";")[1:])
    link = f"tel:{_NOT_DIGITS.sub('', text[1] + phone.number)}{extension}"
    return replace(phone, kind="text_relay", number=f"{text[1]} {phone.number}", link=link)


def _emergency_numbers(region: str) -> Iterator[str]:
    """The emergency numbers of a region, the shortest first; none where none is known."""
    about = PhoneMetadata.short_metadata_for_region(region)
    pattern = about.emergency.national_number_pattern if about and about.emergency else None
    if pattern:
        known = re.compile(pattern)
        numbers = (f"{number:0{length}}" for length in (2, 3, 4) for number in range(10**length))
        yield from filter(known.fullmatch, numbers)


def _exists(text: str, region: str) -> bool:
    """Whether a text is a number that can be called in the region, each digit of it dialled."""
    try:
        number = phonenumbers.parse(text, region)
    except NumberParseException:
        return False
    return _is_short(number, region) or (_is_given_out(number) and _nothing_lost(text, number, region))


def _is_given_out(number: PhoneNumber) -> bool:
    """Whether the number exists by the plan of its country, or is kept free for fiction."""
    fiction = _FICTION.get(number.country_code or 0, r"(?!)")
    return phonenumbers.is_valid_number(number) or re.fullmatch(fiction, _national(number)) is not None


def _is_short(number: PhoneNumber, region: str) -> bool:
    """Whether it is a short number that can be called in the region, such as 111: some can only be written to."""
    known = phonenumbers.is_valid_short_number_for_region(number, region)
    return known and number.extension is None and not phonenumbers.is_sms_service_for_region(number, region)


def _refuse_what_cannot_exist(written: Scalar, text: str, number: PhoneNumber, region: str) -> None:
    country = phonenumbers.region_code_for_country_code(number.country_code or 0)
    if not _is_given_out(number):
        hint = _LENGTHS.get(
            phonenumbers.is_possible_number_with_reason(number), "no such number is given out there: look at each digit"
        )
        raise _refused(written, f'"{text}" can\'t be a number in {country}', hint)
    if not _nothing_lost(text, number, region):
        hint = "write it with + and its country code"
        raise _refused(written, f'it is not clear how "{text}" is dialled', hint)


def _nothing_lost(text: str, number: PhoneNumber, region: str) -> bool:
    """Whether each digit that was written is dialled, or is a known prefix of numbers such as a trunk zero.

    So is what is written as it will be printed: at home, mobile numbers of Argentina have a 15 for the 9 of others.
    """
    digits, extension = _NOT_DIGITS.sub("", text), number.extension or ""
    if digits == _NOT_DIGITS.sub("", _printed(number, region)) + extension:
        return True
    dialled = f"{_national(number)}{extension}"
    about = PhoneMetadata.metadata_for_region(region)
    abroad = about.international_prefix if about else None
    country = phonenumbers.region_code_for_country_code(number.country_code or 0)
    trunk = phonenumbers.ndd_prefix_for_region(country, strip_non_digits=True)
    before = rf"(?:(?:{abroad or ''})?{number.country_code})?(?:{trunk or ''})?"
    return digits.endswith(dialled) and re.fullmatch(before, digits.removesuffix(dialled)) is not None


def _national(number: PhoneNumber) -> str:
    """The digits behind country code and trunk zero."""
    return phonenumbers.national_significant_number(number)


def _printed(number: PhoneNumber, region: str) -> str:
    """The number without its extension, as it is written in the region."""
    at_home = number.country_code == phonenumbers.country_code_for_region(region)
    bare = PhoneNumber()
    bare.merge_from(number)
    bare.extension = None
    form = PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(bare, form)


def _link(kind: PhoneKind, number: PhoneNumber) -> str:
    """What leads to the number: all digits, with the country code and without trunk zero."""
    digits = f"{number.country_code}{_national(number)}"
    if kind == "whatsapp":
        return f"https://wa.me/{digits}"
    return f"tel:+{digits}" + (f";ext={number.extension}" if number.extension is not None else "")
