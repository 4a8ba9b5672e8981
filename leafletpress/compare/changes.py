"""What changed between two output folders: handouts, their texts, their files, and what to look at first."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal

from leafletpress.compare.alerts import Speech
from leafletpress.compare.folders import Compared
from leafletpress.compare.pages import PageChanges, page_changes
from leafletpress.compare.passages import Reading
from leafletpress.compare.readers import READERS
from leafletpress.compare.strings import ChangedText, Handled, changed_texts
from leafletpress.model.document import Document
from leafletpress.model.edition import DEFAULT_EDITION
from leafletpress.model.locale import SOURCE
from leafletpress.model.problems import Origin, Problem
from leafletpress.publish.manifest import Row

Kind = Literal["new", "gone", "changed", "withheld", "released", "kept back"]
Name = tuple[str, str, str]
"""Of a handout: condition, audience, locale."""


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """What became of a document: `kept back` was withheld and still is; a changed one may look the same.

    `parts` names the parts of a file beside its text that differ; `pages` is known of changed PDFs.
    """

    document: Document
    kind: Kind
    old: Row | None
    new: Row | None
    same_text: bool = False
    parts: tuple[str, ...] = ()
    pages: PageChanges | None = None

    @property
    def same(self) -> bool:
        """Whether its bytes alone changed: same text, same look."""
        return self.kind == "changed" and self.same_text and not self.parts


@dataclass(frozen=True, slots=True)
class HandoutChange:
    """The documents of a handout that changed, and how many of its texts did."""

    name: Name
    documents: tuple[DocumentChange, ...]
    texts: int


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that changed from one folder to the other; `unchanged` counts the documents that did not."""

    old: Compared
    new: Compared
    handouts: tuple[HandoutChange, ...]
    texts: tuple[ChangedText, ...]
    unchanged: int
    problems: tuple[Problem, ...]

    @property
    def documents(self) -> Iterator[DocumentChange]:
        """All documents that changed, those of a handout together."""
        return (document for handout in self.handouts for document in handout.documents)

    def disagreeing(self) -> Iterator[DocumentChange]:
        """Files that changed their text though no text of their handout changed: they no longer say the same."""
        for handout in self.handouts:
            yield from (one for one in handout.documents if one.kind == "changed" and _disagrees(one, handout))


def _disagrees(change: DocumentChange, handout: HandoutChange) -> bool:
    if handout.texts:
        return False
    return not change.pages.same_figures if change.pages else not change.same_text


def compare(old: Compared, new: Compared, speeches: Mapping[str, Speech], most_pages: int) -> Changes:
    """Compare two folders, with pictures of at most `most_pages` changed pages.

    Files are read only where their digests differ. Those of the default edition, and of English, get pictures first.
    """
    known = old.published and new.published
    documents = {*old.rows, *new.rows} - {*old.broken, *new.broken} if known else set()
    comparison = _Comparison(old, new, documents, most_pages)
    kinds = {document: kind for document in documents if (kind := _kind(old, new, document))}
    named: dict[Name, list[DocumentChange]] = {}
    for document in sorted(kinds, key=_first_pictures):
        change = comparison.of_document(document, kinds[document])
        named.setdefault(_name(document), []).append(change)
    ordered = sorted(named, key=lambda name: (name[0], name[1], name[2] != SOURCE, name[2]))
    handled = {name: found for name in ordered if (found := comparison.handled(name))}
    texts = changed_texts(handled.values(), speeches)
    counts = _counts(texts)
    handouts = tuple(HandoutChange(name, tuple(named[name]), counts.get(name, 0)) for name in ordered)
    problems = [*old.problems, *new.problems, *comparison.problems]
    if known and old.site != new.site:
        text = f'published for the site "{new.site}", the other folder for "{old.site}"'
        problems.append(Problem(Origin(new.label), text, severity="warning"))
    return Changes(old, new, handouts, texts, len(documents) - len(kinds), tuple(problems))


def _name(document: Document) -> Name:
    return document.condition, document.audience, document.locale


def _kind(old: Compared, new: Compared, document: Document) -> Kind | None:
    """What became of a document, None where it is as it was."""
    before, after = old.rows.get(document), new.rows.get(document)
    if before is None or after is None:
        if after is not None:
            return "withheld" if after.path is None else "new"
        return "gone"
    match before.path is None, after.path is None:
        case True, True:
            return "kept back"
        case True, False:
            return "released"
        case False, True:
            return "withheld"
    return "changed" if before != after else None


def _first_pictures(document: Document) -> tuple[bool, bool, str]:
    return document.edition != DEFAULT_EDITION, document.locale != SOURCE, document.path


def _text_rank(document: Document) -> tuple[int, bool, str]:
    """HTML gives the texts of a handout best, a PDF least."""
    return list(READERS).index(document.format), document.edition != DEFAULT_EDITION, document.edition


def _counts(texts: Iterable[ChangedText]) -> dict[Name, int]:
    counts: dict[Name, int] = {}
    for text in texts:
        for condition, audience in text.where:
            for version in text.versions:
                name = (condition, audience, version.locale)
                counts[name] = counts.get(name, 0) + 1
    return counts


class _Comparison:
    """Reads the files of two folders, each once, and counts the pictures that are left.

    `documents` are those whose files are as their rows say, in either folder.
    """

    def __init__(self, old: Compared, new: Compared, documents: AbstractSet[Document], most_pages: int) -> None:
        self._old, self._new, self._left = old, new, most_pages
        self._english: dict[tuple[str, str], Reading | None] = {}
        self._both: dict[Name, list[Document]] = {}
        for document in new.rows.keys() & old.rows.keys() & documents:
            if new.rows[document].path and old.rows[document].path and document.format in READERS:
                self._both.setdefault(_name(document), []).append(document)
        self.problems: list[Problem] = []

    def of_document(self, document: Document, kind: Kind) -> DocumentChange:
        """What became of a document, looked into where its file changed."""
        before, after = self._old.rows.get(document), self._new.rows.get(document)
        plain = DocumentChange(document, kind, before, after)
        if kind != "changed" or not before or not after:
            return plain
        if before.sha256 == after.sha256:
            return DocumentChange(document, kind, before, after, same_text=True)
        try:
            if document.format == "pdf":
                return self._of_pdf(document, before, after)
            old, new = (READERS[document.format](folder.content(document)) for folder in (self._old, self._new))
        except (ValueError, KeyError) as error:
            text = f"can't be compared: {error}"
            self.problems.append(Problem(Origin(f"{self._new.label}/{document.path}"), text))
            return plain
        parts = tuple(name for name in sorted({*old.parts, *new.parts}) if old.parts.get(name) != new.parts.get(name))
        same_text = old.passages == new.passages
        return DocumentChange(document, kind, before, after, same_text, () if not same_text else parts)

    def _of_pdf(self, document: Document, before: Row, after: Row) -> DocumentChange:
        pages = page_changes(self._old.content(document), self._new.content(document), self._left)
        self._left -= len(pages.pictured)
        parts = ("pages",) if pages.changed else ()
        return DocumentChange(document, "changed", before, after, pages.same_text, parts, pages)

    def handled(self, name: Name) -> Handled | None:
        """The texts of a handout before and after; None where their file is the same or lacking."""
        document = min(self._both.get(name, ()), default=None, key=_text_rank)
        if document is None or self._old.rows[document].sha256 == self._new.rows[document].sha256:
            return None
        try:
            old, new = (READERS[document.format](folder.content(document)) for folder in (self._old, self._new))
        except ValueError:
            return None  # reported when the document was compared
        condition, audience, locale = name
        return Handled(condition, audience, locale, old, new, None if locale == SOURCE else self._english_now(document))

    def _english_now(self, document: Document) -> Reading | None:
        """The English of a document as it is now; None where it is not to be had."""
        english = Document(document.condition, SOURCE, document.audience, document.edition, document.format)
        key = (document.condition, document.audience)
        if key not in self._english:
            row = self._new.rows.get(english)
            there = row and row.path and english not in self._new.broken
            try:
                found = READERS[english.format](self._new.content(english)) if there else None
            except ValueError:
                found = None
            self._english[key] = found
        return self._english[key]
