"""Reads phone numbers as people write them: which can exist where the site stands, how they print, how they dial."""

import re
from collections.abc import Iterator
from dataclasses import replace

import phonenumbers
from phonenumbers import NumberParseException, PhoneMetadata, PhoneNumber, PhoneNumberFormat, ValidationResult

from leafletpress.model.problems import LeafletError, Problem
from leafletpress.model.site import Phone, PhoneKind
from leafletpress.read.located.nodes import Scalar

REGIONS = tuple(sorted(phonenumbers.SUPPORTED_REGIONS))

_FORM = re.compile(
    r"\+?[0-9(][0-9\s()./\u2010-\u2013-]*[0-9]"  # with the hyphens and the dash of word processors
    r"(?:[\s,]*(?:;ext=|ext(?:ension|n)?\.?|x|#)\s*[0-9]{1,7})?"
)
_FORM_HINT = "digits: 020 7946 0958, +44 20 7946 0958 or 020 7946 0958 ext. 123"
# Numbers that are kept free for fiction, and that metadata does not know for nobody has them: by country code, as
# Ofcom (Great Britain), Arcep (France) and ComReg (Ireland) list them. Others of their lists are known.
_FICTION = {44: r"1154960\d{3}|1632960\d{3}|7700900\d{3}", 33: r"63998\d{4}", 353: r"2091\d{5}"}
# A number that is dialled through a relay service: 18001 020 7946 0958.
_RELAYED = re.compile(r"([1-9][0-9]{2,5}) ([+0(].*)")
_LENGTHS = {ValidationResult.TOO_SHORT: "it has too few digits", ValidationResult.TOO_LONG: "it has too many digits"}
_NOT_DIGITS = re.compile(r"[^0-9]")


def read_phone(kind: PhoneKind, written: Scalar, region: str) -> Phone:
    """The phone of a number as it is written in a site's file; raises LeafletError.

    A number of the site's country is printed as it is dialled there, any other with its country code. The link has
    every number with its country code (RFC 3966), but for short ones, which have none.
    """
    text = " ".join(written.text.split())
    if kind == "text_relay" and (relayed := _RELAYED.fullmatch(text)):
        return _relayed(written, relayed, region)
    if not _FORM.fullmatch(text):
        raise _refused(written, f'number "{text}" has the wrong form', _FORM_HINT)
    if kind == "emergency":
        return _emergency(written, text, region)
    try:
        number = phonenumbers.parse(text, region, keep_raw_input=True)
    except NumberParseException as error:
        unknown = error.error_type == NumberParseException.INVALID_COUNTRY_CODE
        hint = "no country has this code" if unknown else _FORM_HINT
        raise _refused(written, f'"{text}" is no phone number', hint) from error
    if _is_short(number, region):
        if kind == "whatsapp":
            raise _refused(written, f'WhatsApp has no short number "{text}"', "write the number with its country code")
        return Phone(kind, text, f"tel:{_NOT_DIGITS.sub('', text)}")
    _refuse_what_cannot_exist(written, text, number, region)
    if kind == "whatsapp" and number.extension is not None:
        raise _refused(written, f'WhatsApp knows no extension, as in "{text}"', "leave it out")
    return Phone(kind, _printed(number, region), _link(kind, number), number.extension)


def _refused(written: Scalar, text: str, hint: str) -> LeafletError:
    return LeafletError([Problem(written.origin, text, hint)])


def _emergency(written: Scalar, text: str, region: str) -> Phone:
    digits = _NOT_DIGITS.sub("", text)
    known = list(_emergency_numbers(region))
    if known and not (text[0] != "+" and phonenumbers.is_emergency_number(digits, region)):
        raise _refused(written, f'"{text}" is no emergency number in {region}', f"known: {', '.join(known)}")
    return Phone("emergency", digits, f"tel:{digits}")


def _relayed(written: Scalar, text: re.Match[str], region: str) -> Phone:
    """A number behind the short one of a relay service: both are dialled in one go, which can be done at home alone."""
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


def _is_short(number: PhoneNumber, region: str) -> bool:
    """Whether it is a short number that can be called in the region, such as 111: some can only be written to."""
    known = phonenumbers.is_valid_short_number_for_region(number, region)
    return known and number.extension is None and not phonenumbers.is_sms_service_for_region(number, region)


def _refuse_what_cannot_exist(written: Scalar, text: str, number: PhoneNumber, region: str) -> None:
    country = phonenumbers.region_code_for_country_code(number.country_code or 0)
    known = phonenumbers.is_valid_number(number)
    if not known and not re.fullmatch(_FICTION.get(number.country_code or 0, r"(?!)"), _national(number)):
        hint = _LENGTHS.get(
            phonenumbers.is_possible_number_with_reason(number), "no such number is given out there: look at each digit"
        )
        raise _refused(written, f'"{text}" can\'t be a number in {country}', hint)
    if not _nothing_lost(text, number, region):
        hint = "write it with + and its country code"
        raise _refused(written, f'it is not clear how "{text}" is dialled', hint)


def _nothing_lost(text: str, number: PhoneNumber, region: str) -> bool:
    """Whether each digit that was written is dialled, or is a known prefix of numbers such as a trunk zero."""
    digits, dialled = _NOT_DIGITS.sub("", text), f"{_national(number)}{number.extension or ''}"
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
