"""Parts texts into sentences, so that each can be held against its translation."""

import re

# Full stops, question and exclamation marks of all scripts; one of Latin script needs a space behind it: "2.5".
# A colon ends what leads a sentence; French has a space before it, Chinese none behind it.
_ENDS = re.compile(r"(?<=[.!?])(?=[\s)»”\"]|$)|(?<=[。！？।॥۔؟…：])|(?:(?<=\S:)|(?<=\S[ \u00a0\u202f]:))(?=\s)")


def sentences(text: str) -> list[str]:
    """The sentences of a text; what stands before a colon is one, too."""
    return [part.strip() for part in _ENDS.split(text) if any(map(str.isalnum, part))]


def beside(english: str, translation: str) -> list[tuple[str, str]]:
    """Each sentence of the English with that of the translation; the whole texts where they differ in number."""
    first, second = sentences(english), sentences(translation)
    return list(zip(first, second, strict=True)) if len(first) == len(second) else [(english, translation)]
