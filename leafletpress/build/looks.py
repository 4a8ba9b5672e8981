"""What is wrong with pages, style sheets and Word base documents, seen before any document is laid out."""

from collections.abc import Collection, Iterable, Iterator

from leafletpress.compose.handouts import Composition
from leafletpress.model.edition import Edition
from leafletpress.model.handout import Handout
from leafletpress.model.problems import LeafletError, Problem
from leafletpress.model.template_files import TemplateFiles
from leafletpress.read.located.files import Files
from leafletpress.read.templates import read_template_files
from leafletpress.write.html.writer import write
from leafletpress.write.template import Template
from leafletpress.write.word import base as word_base


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
            if "html" in edition.formats:
                write(handout, template)
            if "pdf" in edition.formats:
                template.page(handout, "paper")
        except LeafletError as error:
            yield from error.problems
