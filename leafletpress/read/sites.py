"""Reads sites/<site>.toml into a Site, or reports every problem of the file."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePosixPath
from typing import Annotated, Generic, Literal, TypeVar

from leafletpress.model.forms import AnyOf, Between, CodedAddress, Email, LogoName, Pattern, device
from leafletpress.model.locale import SOURCE
from leafletpress.model.problems import LeafletError, Origin, Problem, attempt
from leafletpress.model.site import Phone, PhoneKind, Policy, Site, Web, WebKind
from leafletpress.read.hours import read_hours
from leafletpress.read.languages.settings import locale_names
from leafletpress.read.located.decode import Decoder
from leafletpress.read.located.files import Files
from leafletpress.read.located.nodes import Scalar, Table
from leafletpress.read.located.toml import read_nodes
from leafletpress.read.phones import REGIONS, read_phone
from leafletpress.read.pictures import read_picture

V = TypeVar("V")

_SITE = r"[a-z0-9]+(?:[-_][a-z0-9]+)*"  # how sites may be named

_Locale = Annotated[str, Pattern(r"[a-z]{2,3}(?:_[A-Za-z0-9]+)*", "a folder of locales/")]


@dataclass(frozen=True, slots=True)
class _Phone(Generic[V]):
    """A phone number and when somebody answers it."""

    kind: PhoneKind
    number: V
    hours: tuple[V, ...] | None = None


@dataclass(frozen=True, slots=True)
class _Web:
    """A web page, which gets a QR code."""

    kind: WebKind
    address: CodedAddress


@dataclass(frozen=True, slots=True)
class WrittenRelease:
    """What a release of the site lets out, as it is in the file."""

    publish: Literal["approved", "drafts"] | None = None
    expired: Literal["withheld", "marked"] | None = None
    lag_days: Annotated[int, Between(0, 999)] | None = None
    back_translations: Literal["required", "optional"] | None = None


@dataclass(frozen=True, slots=True)
class WrittenSite(Generic[V]):
    """One hospital or service, as it is in the file."""

    region: Annotated[str, AnyOf("region", "two capitals by ISO 3166: GB is the United Kingdom")]
    name: Mapping[_Locale, str] | str
    service: Mapping[_Locale, str] | str
    phones: tuple[_Phone[V], ...] | None = None
    email: Email | None = None
    address: str | None = None
    web: tuple[_Web, ...] | None = None
    editions: tuple[Annotated[str, AnyOf("edition")], ...] | None = None
    logo: LogoName | None = None
    embed_fonts: bool | None = None
    protected: bool | None = None
    staff: Annotated[str, AnyOf("language")] | None = None
    release: WrittenRelease | None = None


def site_ids(files: Files) -> list[str]:
    """The sites there are, in alphabetical order."""
    return [PurePosixPath(name).stem for name in files.names("sites/*.toml")]


def site_regions(files: Files) -> list[str]:
    """The regions of the sites that can be read, each once."""
    read = [attempt(partial(read_site, files, site, ()), []) for site in site_ids(files)]
    return list(dict.fromkeys(site.region for site in read if site))


def read_site(files: Files, site: str, editions: Iterable[str]) -> Site:
    """The site of this id; raises LeafletError with every problem of its file.

    It may name any of `editions`; where it names none, it builds the first of them. Where none are known, as their
    file can't be read, any name will do.
    """
    known = tuple(editions)
    file = f"sites/{site}.toml"
    tree, problems = read_nodes(file, files.content(file))
    if wrong := no_site_name(site):
        problems.append(Problem(Origin(file), *wrong))
    names = {"edition": known or None, "region": REGIONS, "language": locale_names(files)}
    written: WrittenSite[Scalar] | None = Decoder(problems, names).decode(tree, WrittenSite) if tree else None
    if written is None or not isinstance(tree, Table):
        raise LeafletError(problems)
    phones = tuple(_phones(written, problems)) if written.region else ()
    logo = attempt(lambda: _logo(files, written.logo, tree.origin_of("logo")), problems)
    problems += _without_english(tree)
    if problems:
        raise LeafletError(problems)
    return Site(
        id=site,
        region=written.region,
        name=written.name,
        service=written.service,
        phones=phones,
        email=written.email,
        address=written.address,
        web=tuple(Web(page.kind, page.address) for page in written.web or ()),
        editions=tuple(dict.fromkeys(written.editions or known[:1])),
        embeds_fonts=written.embed_fonts is not False,
        logo=logo,
        protected=written.protected is not False,
        origin=Origin(file),
        staff=written.staff or SOURCE,
        policy=_policy(written.release or WrittenRelease()),
    )


def _without_english(tree: Table) -> Iterator[Problem]:
    """An error for each table of words that has none in English, and none that may have been meant to be."""
    tables = {key.text: words for key, words in tree.items if isinstance(words, Table)}
    for key in ("name", "service"):
        if key in tables and SOURCE not in (language.text.lower() for language, _ in tables[key].items):
            yield Problem(tables[key].origin, f"{key} has no English words", 'each table of words needs "en"')


def no_site_name(site: str) -> tuple[str, str] | None:
    """Why this can be no site's name, with what to do; None where it can."""
    if not re.fullmatch(_SITE, site):
        return f'"{site}" is no name for a site', "small letters, digits and hyphens, for example st-elsewhere"
    wrong = device(site)
    return (wrong, "choose another name") if wrong else None


def _logo(files: Files, name: str | None, place: Origin) -> tuple[str, bytes] | None:
    """The site's logo with the name of its file, None where it has none; raises LeafletError at this place."""
    return (name, read_picture(files, f"sites/{name}", f'logo "{name}"', place)) if name else None


def _policy(release: WrittenRelease) -> Policy:
    return Policy(
        drafts=release.publish == "drafts",
        expired=release.expired == "marked",
        lag_days=release.lag_days or 0,
        put_back=release.back_translations != "optional",
    )


def _phones(written: WrittenSite[Scalar], problems: list[Problem]) -> Iterator[Phone]:
    """The site's phones; what is wrong with their numbers and hours becomes problems."""
    seen: dict[tuple[PhoneKind, str], Origin] = {}
    for phone in written.phones or ():
        hours = read_hours(phone.hours or (), problems)
        try:
            read = read_phone(phone.kind, phone.number, written.region)
        except LeafletError as error:
            problems.extend(error.problems)
            continue
        first = seen.setdefault((phone.kind, read.link), phone.number.origin)
        if first is not phone.number.origin:
            text, hint = f'"{phone.number.text}" is here already', f"as {phone.kind} at line {first.line}: keep one"
            problems.append(Problem(phone.number.origin, text, hint))
        yield replace(read, hours=hours)
