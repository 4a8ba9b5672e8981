"""Reads sites/<site>.toml into a Site, or reports every problem of the file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Annotated

from leafletpress.model.forms import AnyOf, LogoName, Pattern, WebAddress
from leafletpress.model.locale import SOURCE
from leafletpress.model.problems import LeafletError, Origin, Problem
from leafletpress.model.site import Phone, PhoneKind, Site, Web, WebKind
from leafletpress.read.located.files import Files
from leafletpress.read.located.toml import read_toml
from leafletpress.read.pictures import read_picture

_Number = Annotated[str, Pattern(r"\+?[0-9][0-9 ()-]*[0-9]", "digits and spaces, + before a country code")]
_Locale = Annotated[str, Pattern(r"[a-z]{2,3}(?:_[A-Za-z0-9]+)*", "a folder of locales/")]


@dataclass(frozen=True, slots=True)
class _Phone:
    kind: PhoneKind
    number: _Number
    hours: Mapping[_Locale, str] | None = None


@dataclass(frozen=True, slots=True)
class _Web:
    kind: WebKind
    address: WebAddress


@dataclass(frozen=True, slots=True)
class _Site:
    region: Annotated[str, Pattern(r"[A-Z]{2}", "two capitals, for example GB")]
    name: Mapping[_Locale, str]
    service: Mapping[_Locale, str]
    phones: tuple[_Phone, ...] | None = None
    web: tuple[_Web, ...] | None = None
    editions: tuple[Annotated[str, AnyOf("edition")], ...] | None = None
    logo: LogoName | None = None
    embed_fonts: bool | None = None
    protected: bool | None = None


def site_ids(files: Files) -> list[str]:
    """The sites there are, in alphabetical order."""
    return [PurePosixPath(name).stem for name in files.names("sites/*.toml")]


def read_site(files: Files, site: str, editions: Iterable[str]) -> Site:
    """The site of this id; raises LeafletError with every problem of its file.

    It may name any of `editions`; where it names none, it builds the first of them.
    """
    known = tuple(editions)
    file = f"sites/{site}.toml"
    written: _Site = read_toml(file, files.content(file), _Site, {"edition": known})
    texts = (written.name, written.service, *(phone.hours for phone in written.phones or () if phone.hours))
    if any(SOURCE not in text for text in texts):
        raise LeafletError([Problem(Origin(file), "a text has no English words", 'each table of words needs "en"')])
    logo = written.logo
    return Site(
        id=site,
        region=written.region,
        name=written.name,
        service=written.service,
        phones=tuple(Phone(phone.kind, phone.number, phone.hours or {}) for phone in written.phones or ()),
        web=tuple(Web(page.kind, page.address) for page in written.web or ()),
        editions=tuple(dict.fromkeys(written.editions or known[:1])),
        embeds_fonts=written.embed_fonts is not False,
        logo=(logo, read_picture(files, f"sites/{logo}", f'logo "{logo}"', Origin(file))) if logo else None,
        protected=written.protected is not False,
        origin=Origin(file),
    )
