"""Reads locales/<locale>/glossary.toml: the terms of a language, its words for "not", and the words said twice."""

from dataclasses import dataclass
from typing import Annotated

from leafletpress.model.forms import Most
from leafletpress.model.text.glossary import Glossary, Term
from leafletpress.read.located.files import Files
from leafletpress.read.located.toml import read_toml

_MOST = Most(500)  # each of them is looked for in each text; the longest glossary has a tenth


@dataclass(frozen=True, slots=True)
class _GlossaryFile:
    negations: Annotated[tuple[str, ...], _MOST] | None = None
    repeated: Annotated[tuple[str, ...], _MOST] | None = None
    terms: Annotated[tuple[Term, ...], _MOST] | None = None


def read_glossary(files: Files, name: str, of_parent: Glossary | None) -> Glossary:
    """The glossary of a language, else its parent's, else an empty one; raises LeafletError."""
    file = f"locales/{name}/glossary.toml"
    if not files.holds(file):
        return of_parent or Glossary()
    found: _GlossaryFile = read_toml(file, files.content(file), _GlossaryFile)
    return Glossary(found.negations or (), found.repeated or (), found.terms or ())
