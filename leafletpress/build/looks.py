"""What is wrong with pages, style sheets and Word base documents, seen before any document is laid out."""

from collections.abc import Collection, Iterable, Iterator

from leafletpress.build.workers.limits import TimeLimitError, memory_within, within
from leafletpress.compose.handouts import Composition
from leafletpress.model.edition import Edition
from leafletpress.model.handout import Handout
from leafletpress.model.problems import LeafletError, Origin, Problem
from leafletpress.model.template_files import TemplateFiles, page_name
from leafletpress.read.located.files import Files
from leafletpress.read.templates import read_template_files
from leafletpress.write.html.writer import write
from leafletpress.write.template import Template
from leafletpress.write.word import base as word_base

_MOST_SECONDS = 10  # for the pages of an edition, which take a tenth of one
_MOST_MEMORY = 1_000_000_000  # bytes


def faults_of_looks(
    files: Files, audiences: Iterable[str], editions: Iterable[Edition], compositions: Iterable[Composition]
) -> Iterator[Problem]:
    """What is wrong with the template files of each audience, tried with the first handout that it has."""
    listed = tuple(editions)
    handouts: dict[str, Handout] = {}
    for composition in compositions:
        handouts.setdefault(composition.handout.audience, composition.handout)
    for audience in audiences:
        built = [edition for edition in listed if audience in edition.pages]
        try:
            found = read_template_files(files, audience)
        except LeafletError as error:
            yield from error.problems
            continue
        if any("docx" in edition.formats for edition in built):
            yield from word_base.problems(f"templates/{audience}/base.docx", found.base_docx)
        if audience in handouts:
            yield from _tried(found, built, handouts[audience])


def unreadable_looks(files: Files, audiences: Collection[str]) -> Iterator[Problem]:
    """What of the template files of some audiences can't be read, where nothing can be tried with them."""
    for audience in audiences:
        try:
            found = read_template_files(files, audience)
        except LeafletError as error:
            yield from error.problems
            continue
        yield from word_base.problems(f"templates/{audience}/base.docx", found.base_docx)


def _tried(files: TemplateFiles, editions: Iterable[Edition], handout: Handout) -> Iterator[Problem]:
    """What a web page and the pages for paper say of their templates, the latter before they are laid out."""
    for edition in editions:
        template = Template(files, edition)
        try:
            with within(_MOST_SECONDS), memory_within(_MOST_MEMORY):
                if "html" in edition.formats:
                    write(handout, template)
                if "pdf" in edition.formats:
                    template.page(handout, "paper")
        except LeafletError as error:
            yield from error.problems
        except (TimeLimitError, MemoryError, RecursionError):
            text = f"a page takes more than {_MOST_SECONDS} s or {_MOST_MEMORY / 1_000_000_000:g} GB"
            place = f"templates/{page_name(files.audience, 'paper')}"
            yield Problem(Origin(place), text, "does a template repeat itself?")
            return
