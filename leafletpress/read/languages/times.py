"""Dates, days of the week and times of day as CLDR writes them, in twelve hours or twenty-four as a region counts."""

from datetime import date, time
from functools import cache

import babel
from babel.dates import format_date, format_time

from leafletpress.read.languages.figures import plain


def weekday(cldr: babel.Locale, day: int) -> str:
    """The name of a day, 0 for Monday.

    Not the name that a day has by itself, "stand-alone": where a language has none, Babel gives that of whichever
    language it looked up before (https://github.com/python-babel/babel/issues/1234).
    """
    return str(cldr.days["format"]["wide"][day])


def clock(cldr: babel.Locale, value: time, region: str) -> str:
    """A time of day to the minute."""
    skeleton = "hm" if _counts_to_twelve(region) else "Hm"
    said = format_time(value, cldr.datetime_skeletons[skeleton].pattern, locale=cldr)
    return plain(said.replace("\u202f", "\u00a0"))  # few fonts have the narrow space


def beside(cldr: babel.Locale, days: str, hours: str) -> str:
    """Days and the hours on them in one line."""
    return str(cldr.datetime_formats["medium"]).format(hours, days)


def day(cldr: babel.Locale, value: date) -> str:
    """A date, the month spelled out."""
    return plain(format_date(value, "long", locale=cldr))


def month(cldr: babel.Locale, value: date) -> str:
    """A month and year."""
    return plain(format_date(value, cldr.datetime_skeletons["yMMMM"].pattern, locale=cldr))


@cache
def _counts_to_twelve(region: str) -> bool:
    """Whether a region (ISO 3166) says 5:00 PM, and not 17:00: as the language does that most people there speak."""
    try:
        return "h" in babel.Locale.parse(f"und_{region}").time_formats["short"].pattern
    except (babel.UnknownLocaleError, ValueError):
        return False
