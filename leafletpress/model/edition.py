"""A paper and layout that leaflets are made in."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Literal, TypeAlias

from leafletpress.model.forms import AnyOf, Between, Id, Pattern, Sides
from leafletpress.model.locale import SOURCE

# Width and height in mm; two pages A5 side by side are exactly A4.
_PAPERS = {"A4": (210.0, 297.0), "A5": (148.5, 210.0), "Letter": (215.9, 279.4)}


DEFAULT_EDITION = "a4"
Format: TypeAlias = Literal["html", "pdf", "docx"]
_MARGINS = " ".join([r"(?:[5-9]|[1-4][0-9])mm"] * 3)


@dataclass(frozen=True, slots=True)
class Budget:
    """The most sides of paper that a leaflet may have: in English, in other languages, and in some that take more."""

    english: Sides
    other: Sides
    languages: Mapping[str, Sides] | None = None

    def of(self, locale: str) -> int:
        """That of a language, whatever its region or script."""
        if locale == SOURCE:
            return self.english
        return (self.languages or {}).get(locale.partition("_")[0], self.other)

    def in_proportion(self, sides: int, default: "Budget") -> "Budget":
        """The budget where the default edition's is not `default` but so many sides: as many times as large."""

        def share(locale: str) -> int:
            return -(-self.of(locale) * sides // default.of(locale))  # rounded up

        named = {**(self.languages or {}), **(default.languages or {})}
        return Budget(share(SOURCE), -(-self.other * sides // default.other), {name: share(name) for name in named})


@dataclass(frozen=True, slots=True)
class Edition:
    """A paper and layout, made in these formats and for the audiences that have a page budget.

    `type_size` is that of the text and `smallest_type` the least there is, in points; None leaves both to the
    audience's style sheet, as it does the `margins` (CSS). A `folded` edition prints two pages side by side on a paper
    twice as large, in the order of a booklet. `default_pages` are the budgets of the default edition.
    """

    paper: Literal["A4", "A5", "Letter"]
    formats: tuple[Format, ...]
    pages: Mapping[Annotated[Id, AnyOf("audience")], Budget]
    type_size: Annotated[float, Between(8.0, 40.0)] | None = None
    smallest_type: Annotated[float, Between(6.0, 40.0)] | None = None
    margins: Annotated[str, Pattern(_MARGINS, "top, sides and bottom, 5 to 49 mm: 14mm 18mm 16mm")] | None = None
    folded: bool | None = None
    name: str = field(default="", metadata={"written": False})
    default_pages: Mapping[str, Budget] = field(default_factory=dict, repr=False, metadata={"written": False})

    @property
    def suffix(self) -> str:
        """What the names of its files end in: nothing for the edition that goes without saying."""
        return "" if self.name == DEFAULT_EDITION else f"-{self.name}"

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of a page in mm."""
        return _PAPERS[self.paper]

    def with_sides(self, audience: str, sides: int | None) -> "Edition":
        """The edition for a leaflet that may have so many sides in the default edition, in every language.

        An edition with twice the budget of the default edition allows twice as many, and so on, rounded up. None leaves
        all budgets as they are.
        """
        if sides is None:
            return self
        budget = self.pages[audience]
        own = budget.in_proportion(sides, self.default_pages.get(audience, budget))
        return replace(self, pages={**self.pages, audience: own})

    def most_sides(self, audience: str, locale: str) -> int:
        """The most sides of paper that an audience's leaflet may have in a language."""
        return self.pages[audience].of(locale)

    def most_pages(self, audience: str, locale: str) -> int:
        """The most pages that it may have: on each side of paper there is one, or two where it is folded."""
        return self.most_sides(audience, locale) * (2 if self.folded else 1)
