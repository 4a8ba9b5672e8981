"""What composing needs of a language; read/languages/ provides it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Literal, Protocol

from leafletpress.model.handout import Direction, Typography
from leafletpress.model.problems import Origin

SOURCE = "en"
# Languages made by rule from the English, for looking at pages: never published.
PSEUDO_LOCALES = ("en_XA", "ar_XB")


def locale_name(tag: str) -> str:
    """A language as its folder is called: zh-Hans (BCP 47) is zh_Hans."""
    return tag.replace("-", "_")


@dataclass(frozen=True, slots=True)
class Translation:
    """What a catalog has for a message: the text, or None and why not; and the place of the entry.

    `issue` says what is wrong with a failing one. `comments` is what the entry tells its translator, in one line; None
    where there is no entry.
    """

    text: str | None
    state: Literal["translated", "missing", "fuzzy", "failing"]
    origin: Origin
    issue: str = ""
    comments: str | None = None


class Locale(Protocol):
    """A language: its names, how its script is set, its translations, and how it writes figures and dates."""

    @property
    def name(self) -> str:
        """The gettext name, for example zh_Hans."""

    @property
    def tag(self) -> str:
        """The BCP 47 tag, for example zh-Hans."""

    @property
    def own_name(self) -> str:
        """The language in its own words."""

    @property
    def english_name(self) -> str:
        """The language in English."""

    @property
    def direction(self) -> Direction:
        """The direction of its script."""

    @property
    def typography(self) -> Typography:
        """How its script is set."""

    @property
    def english(self) -> "Locale":
        """The source locale, whose text is printed where a translation is missing."""

    @property
    def foreign_words(self) -> tuple[tuple[str, str], ...]:
        """Words and phrases of other languages that its texts have, each with its language (BCP 47)."""

    def name_of(self, other: "Locale") -> str:
        """Another language in the words of this one; in English where CLDR does not know."""

    def spelled_in(self, region: str) -> str:
        """The BCP 47 tag with a region (ISO 3166-1) that has its own way to write the language, for example en-GB."""

    def translate(self, domain: str, context: str, text: str) -> Translation:
        """The catalog's entry for a message."""

    def revision(self, domain: str) -> int | None:
        """Which revision its translation of a catalog is, from 1; None where the texts are not translated."""

    def choose(self, words: Mapping[str, str]) -> str | None:
        """Of words in several languages by locale, those in this one; None where there are none."""

    def number(self, value: Decimal) -> str:
        """A number with ASCII digits."""

    def percent(self, value: Decimal) -> str:
        """A percentage (38 for 38 %) with its sign."""

    def quantity(self, value: Decimal, unit: str, *, in_full: bool = False) -> str:
        """A number with its unit, `unit` as CLDR names it; `in_full` in words where the language has some."""

    def by_weight(self, value: Decimal, amount: str, *, in_full: bool = False) -> str:
        """An amount, whose number is `value`, for each kilogram of body weight."""

    def has_words(self, words: str) -> bool:
        """Whether it can say how often: "per day" (so many times), "every hour" (or every so many hours)."""

    def frequency(self, words: str, value: Decimal, shown: str, *, exactly: bool) -> str:
        """How often, in words that it has; a range is `shown`, and not `exactly` its larger number, the `value`."""

    def weekday(self, day: int) -> str:
        """A day of the week, 0 for Monday."""

    def clock(self, value: time, region: str) -> str:
        """A time of day, in twelve hours or twenty-four as people of the region (ISO 3166-1) count."""

    def listed(self, parts: Sequence[str]) -> str:
        """Several things in one line, the last with an "and"."""

    def beside(self, days: str, times: str) -> str:
        """Days and the times on them in one line."""

    def day(self, value: date) -> str:
        """A date, the month spelled out."""

    def month(self, value: date) -> str:
        """A month and year."""
