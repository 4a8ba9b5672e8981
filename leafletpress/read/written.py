"""The format of leaflets/<condition>.yaml: the keys of a leaflet and of its facts, and what each takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Generic, TypeVar

from leafletpress.model.blocks import Audience, Section, T
from leafletpress.model.forms import TARGET, Id, Pattern, Sides
from leafletpress.model.leaflet import FactKind, Source
from leafletpress.model.site import ContactKind

V = TypeVar("V")

CODE = Pattern(r"[A-Z]{4,6}", "four to six capitals")
VERSION = Pattern(r"\d{1,4}(?:\.\d{1,4})*", "digits and dots")


@dataclass(frozen=True, slots=True)
class WrittenFact(Generic[V]):
    """A dose, share, count or other figure that no translator can touch."""

    kind: FactKind
    value: V
    unit: V | None = None
    source: V | tuple[V, ...] | None = None
    safety: bool = False


@dataclass(frozen=True, slots=True)
class WrittenLink(Generic[V]):
    """Where the words of a link lead: a web page, a mail address, a phone number, another leaflet of the project."""

    target: Annotated[V, TARGET]


@dataclass(frozen=True, slots=True)
class WrittenChange(Generic[T]):
    """What changed with a version, in words for those who read the leaflet; `leafletpress bump` writes it."""

    version: Annotated[str, VERSION]
    day: date
    why: T


@dataclass(frozen=True, slots=True)
class WrittenLeaflet(Generic[T]):
    """One condition's leaflet, as it is in the file."""

    code: Annotated[str, CODE]
    title: T
    subtitle: T
    version: Annotated[str, VERSION]
    written: date
    next_review: date
    sections: tuple[Section[T], ...]
    audiences: tuple[Audience, ...] | None = None
    languages: tuple[str, ...] | None = None
    contacts: tuple[ContactKind, ...] | None = None
    notes: bool | None = None
    sides: Mapping[Audience, Sides] | None = None
    main_message: Mapping[Audience, T] | None = None
    codes: Mapping[Id, str] | None = None
    readability_exceptions: tuple[str, ...] | None = None
    links: Mapping[Id, WrittenLink[T]] | None = None
    facts: Mapping[Id, WrittenFact[T]] | None = None
    sources: Mapping[Id, Source] | None = None
    changes: tuple[WrittenChange[T], ...] | None = None
