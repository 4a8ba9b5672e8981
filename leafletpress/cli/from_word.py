"""The import command: a Word leaflet becomes a skeleton leaflet, and a report says what became of its words."""

import re
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import click

from leafletpress.cli.project import chosen_project
from leafletpress.cli.say import called, say_problems
from leafletpress.disk import MOST_OF_A_DOCUMENT, read_file
from leafletpress.model.problems import ExitCode, LeafletError, Origin, Problem
from leafletpress.publish.files import put_new, writing
from leafletpress.read.located.files import Files
from leafletpress.read.templates import read_audiences
from leafletpress.read.word.moving import Moved, moved_leaflet

_MOST_LOST = 40  # words that are named


@click.command("import")
@click.argument("word", metavar="FILE.docx", type=click.Path(path_type=Path))
@click.option("--code", help="Four to six capitals, printed on paper; default: the first letters of the name.")
@click.option("--output", metavar="leaflets/NAME.yaml", help="The leaflet to make; default: named as the Word file.")
def import_command(word: Path, code: str | None, output: str | None) -> int:
    """Make a skeleton leaflet from a hospital's Word leaflet, and say what became of each of its words.

    Headings, paragraphs, lists, tables, links and pictures are taken over, figures with units become facts that wait
    for their source, phone numbers are listed for the site's file. What has no place in a leaflet (header, footnotes,
    comments, tracked changes, hidden text) is listed at the end of the file. No file that exists is changed. The exit
    code is 1 where a word is neither in the leaflet nor in that list.
    """
    files = chosen_project().files()
    condition = _condition(output if output is not None else f"leaflets/{_name(word.stem)}.yaml")
    try:
        content = read_file(word, MOST_OF_A_DOCUMENT)
    except OSError as error:
        raise LeafletError([Problem(Origin(str(word)), f"can't be read: {error.strerror}")], ExitCode.USAGE) from error
    today = datetime.now().astimezone().date()
    name = "".join(char for char in word.name if char.isprintable())
    moved = moved_leaflet(files, name, content, condition, code, today, tuple(read_audiences(files)))
    _put(files, moved)
    _report(name, condition, moved)
    if moved.lost:
        counted = [f"{one} ({times})" if times > 1 else one for one, times in sorted(moved.lost.items())]
        named = ", ".join(counted[:_MOST_LOST]) + (" …" if len(counted) > _MOST_LOST else "")
        text = f"{sum(moved.lost.values())} words are neither in the leaflet nor in its list: {named}"
        say_problems([Problem(Origin(name), text, "look for them in Word, and add them by hand")])
        return ExitCode.CONTENT
    return ExitCode.OK


def _name(stem: str) -> str:
    """A Word file's name as that of a condition: "Dry Skin (v2)" is dry-skin-v2."""
    return re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-")


def _condition(output: str) -> str:
    found = re.fullmatch(r"(?:\./)?leaflets/([^/]+)\.yaml", output)
    if not found:
        text = f'"{output}" is no place for a leaflet'
        raise LeafletError([Problem(Origin("--output"), text, "leaflets/NAME.yaml")], ExitCode.USAGE)
    return found[1]


def _put(files: Files, moved: Moved) -> None:
    """Put all files where none are; where one is, nothing is put."""
    taken = [name for name in moved.files if files.path(name).exists() or files.path(name).is_symlink()]
    if taken:
        hint = "name another leaflet with --output"
        raise LeafletError([Problem(Origin(name), "exists already", hint) for name in taken], ExitCode.USAGE)
    done: list[Path] = []
    try:
        for name, content in moved.files.items():
            with writing(name, hint=""):
                put_new(files.path(name), content)
            done.append(files.path(name))
    except BaseException:
        for path in done:
            with suppress(OSError):
                path.unlink()
        raise


def _report(word: str, condition: str, moved: Moved) -> None:
    lost = sum(moved.lost.values())
    print(f"leaflets/{condition}.yaml is made from {word}: {moved.words:,} words, {lost or 'none'} lost")
    kinds = ", ".join(f"{count} {kind}" for kind, count in moved.kinds.items())
    print(f"  {len(moved.leaflet.sections)} sections, {sum(moved.kinds.values())} blocks: {kinds}")
    print(f"  {len(moved.leaflet.facts)} facts, {len(moved.leaflet.links)} links, {len(moved.files) - 1} pictures")
    if moved.notes:
        print("To look at, or to put elsewhere; the leaflet's file ends with this list:")
        for note in moved.notes:
            print(f"  {note}")
    print(called("Next: fill it in, then leafletpress catalogs update, then leafletpress check."))
