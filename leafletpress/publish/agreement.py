"""Whether what a folder holds agrees with itself, and with the project that it is published for."""

from collections.abc import Iterable, Iterator, Mapping

from leafletpress.model.problems import Origin, Problem
from leafletpress.model.releases import text_version, unnumbered_in
from leafletpress.publish.files import MANIFEST
from leafletpress.publish.manifest import Row
from leafletpress.publish.public import Expected, Public
from leafletpress.publish.shelf import Shelf

_AGAIN = "run build --release again, for everything"


def disagreements(rows: Iterable[Row], label: str) -> Iterator[Problem]:
    """Documents of one leaflet in a language whose texts are not the same, or of which only some formats are there."""
    for listed in Shelf(rows).rows.values():
        built = [row for row in listed if row.path]
        for row in built[1:]:
            if differing := _differing(built[0], row):
                text = f"its text is not that of {built[0].path}: {differing}"
                yield Problem(Origin(f"{label}/{row.path}"), text, "build both again")
        for row in listed:
            other = next((one for one in built if one.edition == row.edition), None)
            if other and not row.path and row.status != "withdrawn":
                text = f"its {row.format.upper()} is withheld: {row.reason}"
                yield Problem(Origin(f"{label}/{other.path}"), text, "build all formats again")


def unfit(rows: Iterable[Row], label: str, public: Public) -> Iterator[Problem]:
    """Why documents may not be made public, but for what is wrong with their files."""
    listed = list(rows)
    built = [row for row in listed if row.path]
    expected = {row: public.expected(row.document) for row in built}
    place = Origin(f"{label}/{MANIFEST}")
    told: Mapping[tuple[str, str], list[Row]] = {
        ("were not built for release", f"{_AGAIN}, or name --drafts to gather them all the same"): [
            row for row in built if row.built_for != "release"
        ],
        ("are none of this project", _AGAIN): [row for row in built if expected[row] is None],
        ("are not of the leaflet as it is written now", _AGAIN): [row for row in built if _is_old(row, expected[row])],
        ("are of a leaflet of which nobody knows who signed or withdrew it", "check says what is wrong in signoffs/"): [
            row for row in built if row.condition in public.unread
        ],
        ("are of a leaflet that is withdrawn", _AGAIN): [row for row in built if public.withdrawal(row.key)],
    }
    for (text, hint), found in told.items():
        if found:
            yield Problem(place, f"{len(found)} documents {text}; first: {found[0].path}", hint)
    yield from disagreements(listed, label)
    for row in built:
        most = (expected[row] or Expected()).sides
        if row.pages is not None and most is not None and row.pages > most:
            text = f"{row.pages} sides, at most {most} are allowed"
            yield Problem(Origin(f"{label}/{row.path}"), text, _AGAIN)
    for key, documents in Shelf(built).rows.items():
        first = documents[0]
        if first.english and (why := unnumbered_in(public.releases, key, text_version(first))):
            yield Problem(Origin(f"{label}/{first.path}"), why.text, f"{_AGAIN}: it withholds it")


def _is_old(row: Row, expected: Expected | None) -> bool:
    return expected is not None and expected.english is not None and row.english != expected.english


def _differing(one: Row, other: Row) -> str:
    """In what two documents differ that must be of one text."""
    said = {
        "version": (one.version, other.version),
        "revision": (one.revision, other.revision),
        "check code": (one.check_code, other.check_code),
        "English": (one.english, other.english),
        "translation": (one.translation, other.translation),
    }
    return ", ".join(name for name, (left, right) in said.items() if left != right)
