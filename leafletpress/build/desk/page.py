"""The review desk as one page, for whoever looks after the leaflets; it needs no network."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from leafletpress.build.desk.rows import ROW_STATES, Row, RowState, folded
from leafletpress.build.desk.survey import Survey
from leafletpress.model.handout import Direction
from leafletpress.model.leaflet import FURNITURE
from leafletpress.model.locale import SOURCE
from leafletpress.model.problems import LeafletError
from leafletpress.read.furniture import read_furniture
from leafletpress.read.languages.locale import read_locale
from leafletpress.read.located.files import Files
from leafletpress.read.templates import read_report
from leafletpress.write.page import make_page

_Word = tuple[str, str, Direction]  # a text, its language (BCP 47), its direction


def page(files: Files, found: Survey, called: Callable[[str], str] = str) -> bytes:
    """The page as HTML in UTF-8 that refers to nothing outside; raises LeafletError.

    States are named in the language of the site's staff, as far as that has the words. `called` makes of a text that
    names a command one as it is typed here.
    """
    words = _words(files, found.site.staff)
    filters: dict[str, Callable[..., Any]] = {
        "language": lambda locale: found.languages.get(locale, locale),
        "plain": lambda name: name.replace("_", " ").replace("-", " "),
        "called": called,
        "age": lambda row: row.age(found.today),
        "days_left": lambda row: row.days_left(found.today),
        "many": lambda number, noun: f"{number} {noun}{'' if number == 1 else 's'}",
    }
    template = make_page(dict(read_report(files)), "report/status.html.j2", filters, {"words": words})
    rows = found.rows
    return (
        template.render(
            survey=found,
            conditions=folded(rows),
            counts={state: number for state in ROW_STATES if (number := _count(rows)[state])},
            held_back=[row for row in rows if row.is_held_back],
            locales=sorted({row.locale for row in rows if row.locale}, key=lambda name: (name != SOURCE, name)),
            audiences=sorted({row.audience for row in rows if row.audience}),
        )
        .lstrip()
        .encode()
    )


def _count(rows: tuple[Row, ...]) -> Counter[RowState]:
    return Counter(row.state for row in rows)


def _words(files: Files, staff: str) -> Mapping[RowState, _Word]:
    """The name of each state, in the language of the staff where that has it, else in English."""
    furniture = read_furniture(files)
    english, _ = read_locale(files, SOURCE, (), None)
    try:
        locale = english if staff == SOURCE else read_locale(files, staff, (FURNITURE,), english)[0]
    except LeafletError:  # reported by who reads its leaflets
        locale = english
    words: dict[RowState, _Word] = {}
    for state in ROW_STATES:
        message = furniture.get(f"status_{state.replace(' ', '_')}")
        own = locale.translate(FURNITURE, message.context, message.text).text if message else None
        words[state] = (message.text if message else state, SOURCE, "ltr")
        if own:
            words[state] = (own, locale.tag, locale.direction)
    return words
