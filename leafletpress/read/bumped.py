"""The text of a leaflet with its version raised and the reason noted, all else as its author left it, byte for byte."""

import json
from datetime import date

from leafletpress.model.leaflet import Leaflet, messages
from leafletpress.model.problems import LeafletError, Origin, Problem
from leafletpress.read.leaflets import parse_leaflet
from leafletpress.read.located.files import Files
from leafletpress.read.located.nodes import Node, Scalar, Sequence, Table
from leafletpress.read.located.yaml import read_nodes


def raised(version: str, *, major: bool) -> str:
    """The version after this one: 0.1 becomes 0.2, or 1.0 where the change is `major`."""
    first, second, *_ = (*map(int, version.split(".")), 0)
    return f"{first + 1}.0" if major else f"{first}.{second + 1}"


def bumped_leaflet(
    files: Files, leaflet: Leaflet, version: str, today: date, why: str, audiences: tuple[str, ...]
) -> tuple[str, bytes]:
    """The name of a leaflet's file, and its content with this version, written today, the change first in its list.

    Raises LeafletError with every problem that the leaflet would have, or where it is written in such a way that this
    has to be done by hand.
    """
    name = f"leaflets/{leaflet.condition}.yaml"
    content = _edited(name, files.content(name), version, today, why)
    made = parse_leaflet(files, leaflet.condition, content, audiences)
    told = [(change.version, change.day, change.why.text) for change in made.changes]
    before = [(change.version, change.day, change.why.text) for change in leaflet.changes]
    texts = [message.key for message in messages(made)]
    texts.remove(made.changes[0].why.key) if made.changes else None
    wanted = (version, today, [(version, today, why), *before], [message.key for message in messages(leaflet)])
    if (made.version, made.written, told, texts) != wanted:
        raise _by_hand(leaflet.version_origin)
    return name, content


def _edited(name: str, content: bytes, version: str, today: date, why: str) -> bytes:
    tree, problems = read_nodes(name, content)
    if problems or not isinstance(tree, Table):
        raise LeafletError(problems)
    text = content.decode()
    lines = text.split("\n")
    end = "\r" if lines[0].endswith("\r") else ""
    head = {key.text: value for key, value in tree.items}
    change = [f"- version: {json.dumps(version)}", f"  day: {today}", f"  why: {json.dumps(why, ensure_ascii=False)}"]
    for key, value in (("version", version), ("written", today.isoformat())):
        _put(lines, head[key], value)
    at, indent = _place(lines, head)
    added = [*(["changes:"] if "changes" not in head else []), *(f"{' ' * indent}{line}" for line in change)]
    lines[at:at] = [f"{line}{end}" for line in added]
    return "\n".join(lines).encode()


def _put(lines: list[str], old: Node, new: str) -> None:
    """Put a new text into the place of another, between the same quotation marks."""
    number, column = old.origin.line - 1, old.origin.column - 1
    column += int(number == 0 and lines[0].startswith("\ufeff"))
    if not isinstance(old, Scalar) or not lines[number].startswith(old.raw, column) or old.text not in old.raw:
        raise _by_hand(old.origin)
    line = lines[number]
    lines[number] = f"{line[:column]}{old.raw.replace(old.text, new)}{line[column + len(old.raw) :]}"


def _place(lines: list[str], head: dict[str, Node]) -> tuple[int, int]:
    """Before which line the change stands, and how far it is indented: first in the list, or where that begins."""
    listed = head.get("changes")
    if listed is None:
        return max(head[key].origin.line for key in ("version", "written", "next_review")), 2
    first = listed.items[0].origin.line - 1 if isinstance(listed, Sequence) else 0
    indent = len(lines[first]) - len(lines[first].lstrip(" "))
    if not lines[first].startswith("- ", indent):
        raise _by_hand(listed.origin)
    return first, indent


def _by_hand(place: Origin) -> LeafletError:
    hint = "raise version and written, and note the change under changes, by hand"
    return LeafletError([Problem(place, "the file is written in a way that this program does not change", hint)])
