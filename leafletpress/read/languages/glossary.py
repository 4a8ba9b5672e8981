"""Reads locales/<locale>/glossary.toml: a language's terms, its words for "not", those said twice, and foreign ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from leafletpress.model.forms import Most, Pattern
from leafletpress.model.locale import SOURCE
from leafletpress.model.text.glossary import Glossary, Term
from leafletpress.read.located.files import Files
from leafletpress.read.located.toml import read_toml

_Tag = Annotated[str, Pattern(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", 'a language tag, for example "en"')]
_MOST = Most(500)  # each of them is looked for in each text; the longest glossary has a tenth


@dataclass(frozen=True, slots=True)
class _GlossaryFile:
    negations: Annotated[tuple[str, ...], _MOST] | None = None
    repeated: Annotated[tuple[str, ...], _MOST] | None = None
    terms: Annotated[tuple[Term, ...], _MOST] | None = None
    foreign: Mapping[_Tag, Annotated[tuple[str, ...], _MOST]] | None = None


def read_glossary(files: Files, name: str, of_parent: Glossary | None) -> Glossary:
    """The glossary of a language, else its parent's, else an empty one; raises LeafletError."""
    file = f"locales/{name}/glossary.toml"
    if not files.holds(file):
        return of_parent or Glossary()
    found: _GlossaryFile = read_toml(file, files.content(file), _GlossaryFile)
    terms, listed = found.terms or (), (found.foreign or {}).items()
    kept = ((term.term, SOURCE) for term in terms if term.keep)
    foreign = ((words, language) for language, all_words in listed for words in all_words)
    return Glossary(found.negations or (), found.repeated or (), terms, (*kept, *foreign))
