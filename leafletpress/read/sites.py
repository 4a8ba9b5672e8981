"""Reads sites/<site>.toml into a Site, or reports every problem of the file."""

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
    if wrong := device(site):
        problems.append(Problem(Origin(file), wrong, "choose another name"))
    names = {"edition": known or None, "region": REGIONS, "language": locale_names(files)}
    written: WrittenSite[Scalar] | None = Decoder(problems, names).decode(tree, WrittenSite) if tree else None
    phones = tuple(_phones(written, problems)) if written and written.region else ()
    if written is None or problems:
        raise LeafletError(problems)
    assert isinstance(tree, Table)
    for key, name in (("name", written.name), ("service", written.service)):
        if not isinstance(name, str) and SOURCE not in name:
            hint = 'each table of words needs "en"'
            raise LeafletError([Problem(tree.origin_of(key), f"{key} has no English words", hint)])
    logo = written.logo
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
        logo=(logo, read_picture(files, f"sites/{logo}", f'logo "{logo}"', tree.origin_of("logo"))) if logo else None,
        protected=written.protected is not False,
        origin=Origin(file),
        staff=written.staff or SOURCE,
        policy=_policy(written.release or WrittenRelease()),
    )


def _policy(release: WrittenRelease) -> Policy:
    return Policy(
        drafts=release.publish == "drafts",
        expired=release.expired == "marked",
        lag_days=release.lag_days or 0,
        put_back=release.back_translations != "optional",
    )


def _phones(written: WrittenSite[Scalar], problems: list[Problem]) -> Iterator[Phone]:
    """The site's phones; what is wrong with their numbers and hours becomes problems."""
    for phone in written.phones or ():
        hours = read_hours(phone.hours or (), problems)
        try:
            yield replace(read_phone(phone.kind, phone.number, written.region), hours=hours)
        except LeafletError as error:
            problems.extend(error.problems)
