"""Days of the week and times of day as CLDR writes them, and whether a region counts twelve hours or twenty-four."""

from datetime import time
from functools import cache

import babel
from babel.dates import format_time


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
    return said.replace("\u202f", "\u00a0")  # few fonts have the narrow space


def beside(cldr: babel.Locale, days: str, times: str) -> str:
    """Days and the times on them in one line."""
    return str(cldr.datetime_formats["medium"]).format(times, days)


@cache
def _counts_to_twelve(region: str) -> bool:
    """Whether a region (ISO 3166) says 5:00 PM, and not 17:00: as the language does that most people there speak."""
    try:
        return "h" in babel.Locale.parse(f"und_{region}").time_formats["short"].pattern
    except (babel.UnknownLocaleError, ValueError):
        return False
