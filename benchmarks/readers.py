"""What programs that nobody here wrote make of a build, as tables: .venv/bin/python benchmarks/readers.py [OUTPUT].

Of each PDF in A4: who draws it otherwise than the rest, and how many of its words come back. Of each Word file: how
many of its lists are found, with their kind and all of their items. Of a form: what is there of what was typed into it.
Needs what `.ci/run` brings.
"""
# ruff: noqa: INP001 - a script, not a package

import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]  # so that the script runs from any folder

from filled import FILLS, LETTERS, NAMES, form_page, lost_letters, spoilt_names, typed  # noqa: E402
from likeness import differences  # noqa: E402
from patched import printed  # noqa: E402
from pdf_readers import PICTURES, WORDS  # noqa: E402
from readback import recall  # noqa: E402
from word_readers import LISTS, sizes_of  # noqa: E402

from leafletpress.build.library import Project, Wanted, read_library  # noqa: E402
from leafletpress.model.document import Document  # noqa: E402
from leafletpress.model.edition import DEFAULT_EDITION  # noqa: E402
from leafletpress.model.handout import Handout, texts  # noqa: E402

Made = dict[Path, tuple[str, Handout]]
"""Files that were built, each with the language and the audience to be shown, and its handout."""


def made(output: Path, format_: str) -> Made:
    """The files in A4 that a folder holds in a format."""
    library = read_library(Project(ROOT), Wanted())
    found: Made = {}
    for composition in library.compositions(Wanted()):
        one = composition.handout
        path = output / Document(one.condition, one.locale, one.audience, DEFAULT_EDITION, format_).path
        if path.is_file():
            found[path] = (f"{library.locales[one.locale].english_name} | {one.audience}s", one)
    return found


def row(cells: Iterable[str]) -> None:
    """Print a row of a table."""
    print("|", " | ".join(cells), "|")


def head(cells: Iterable[str]) -> None:
    """Print the head of a table, whose first two columns are the language and the audience."""
    columns = ["language", "for", *cells]
    row(columns)
    row("---" for _ in columns)


def drawn_and_read(pdfs: Made) -> None:
    """Print how programs draw PDFs, and the share of the words that they read, in per cent."""
    drawn = {program: draw(pdfs) for program, draw in PICTURES.items()}
    read = {program: read(pdfs) for program, read in WORDS.items()}
    print(f"Drawn by {', '.join(PICTURES)}; words read back, in per cent:\n")
    head(["drawn", *WORDS])
    for path, (name, handout) in pdfs.items():
        wanted = " ".join(map(str, texts(handout)))
        shares = (f"{100 * recall(wanted, chr(10).join(pages[path])):.1f}" for pages in read.values())
        row([name, "; ".join(differences(drawn, path)) or "alike", *shares])


def lists_found(words: Made) -> None:
    """Print how many lists programs find in Word files, of how many."""
    found = {program: lists(words) for program, lists in LISTS.items()}
    print("\nLists found in Word files, with their kind and all of their items:\n")
    head(LISTS)
    for path, (name, handout) in words.items():
        wanted = Counter(sizes_of(handout))
        counts = ((wanted & Counter(lists[path])).total() for lists in found.values())
        row([name, *(f"{count} of {wanted.total()}" for count in counts)])


def typed_and_drawn() -> None:
    """Print what programs draw of letters and names that are typed into a form, each into a field of its own."""
    print("\nTyped into a form, in Latin, Cyrillic and Greek, and drawn with all that makes it differ from others:\n")
    row(["in", *FILLS])
    row("---" for _ in ["in", *FILLS])
    with tempfile.TemporaryDirectory() as folder:
        form = Path(folder, "form.pdf")
        form.write_bytes(printed(form_page(), "en"))
        drawn = [typed(fill, form) for fill in FILLS.values()]
    row(["letters", *("; ".join(lost_letters(one)) or f"all {len(LETTERS)}" for one in drawn)])
    row(["names", *("; ".join(spoilt_names(one)) or f"all {len(NAMES)}" for one in drawn)])


def main(output: Path) -> None:
    """Print all tables."""
    drawn_and_read(made(output, "pdf"))
    lists_found(made(output, "docx"))
    typed_and_drawn()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "output")
