"""Compares the words of a Word file with those of the leaflet that was made of it: none may be lost unseen."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from leafletpress.model.leaflet import Leaflet, messages
from leafletpress.model.text.markup import parse, plain
from leafletpress.read.word.amounts import said
from leafletpress.read.word.filling import PROMPTS
from leafletpress.read.word.package import WordFile, descendants, value_of
from leafletpress.read.word.raw import paragraphs_in
from leafletpress.read.word.words import words_of

_QUOTED = re.compile(r'^\s*# .*: "([^"]*)"$', re.MULTILINE)  # the words of the Word file in a remark


def lost(words: Counter[str], leaflet: Leaflet, written: str, typed_numbers: Iterable[str]) -> Counter[str]:
    """The words of a Word file that are neither in the leaflet nor quoted in its file, with how many of each.

    `typed_numbers` stood before the items of lists, and are printed by steps now; steps print no others of the file's.
    """
    return words - words_of([*_printed(leaflet), *_QUOTED.findall(written), *typed_numbers])


def words_of_file(file: WordFile) -> Counter[str]:
    """All words of a Word file: of its text and of every part beside it; hidden, deleted, and said of pictures too."""
    trees = [tree for tree in (file.tree(file.main), *(tree for _, tree in file.others())) if tree is not None]
    texts = [text for tree in trees for text in paragraphs_in(tree)]
    about = descendants(trees[0], "docPr")
    return words_of([*texts, *(value_of(one, name) or "" for one in about for name in ("title", "descr"))])


def _printed(leaflet: Leaflet) -> Iterator[str]:
    """The words of a leaflet without those that wait for its author, facts as they are said."""
    facts = {name: said(fact) for name, fact in leaflet.facts.items()}
    for message in messages(leaflet):
        yield _without_prompts(plain(parse(message.text)[0], facts))


def _without_prompts(text: str) -> str:
    for prompt in PROMPTS:
        text = text.replace(prompt, " ")
    return text
