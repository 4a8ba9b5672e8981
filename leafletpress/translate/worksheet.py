"""Worksheets for whoever puts safety texts back into English: made without the English, and taken in when filled."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from leafletpress.model.problems import LeafletError, Problem
from leafletpress.read.languages.locale import CatalogLocale
from leafletpress.read.located.nodes import Scalar
from leafletpress.read.located.toml import read_toml
from leafletpress.translate.backtranslation import BackTranslation, BackTranslations, is_current, safety_texts
from leafletpress.translate.update import Domain

T = TypeVar("T")

_ASKED = """\
# Say in English, behind `back`, what each text says: no more, no less, and no better than it does. Do not look at the
# English that it was translated from. Keep each **, {name}, [@source] and (@name), round or beside the same meaning.
# A line remark = "…" below it tells what is odd, unclear or could be read in two ways.
"""
_HEAD = """\
# What the safety texts of this language say, put back into English by a reader who had not seen the English.
# Drafts: no clinician and no qualified translator has read them. A remark tells what is in doubt.
"""


@dataclass(frozen=True, slots=True)
class _Said(Generic[T]):
    translation: T
    back: T
    remark: T | None = None


@dataclass(frozen=True, slots=True)
class _Worksheet(Generic[T]):
    texts: tuple[_Said[T], ...]


def worksheet(domains: Iterable[Domain], locale: CatalogLocale, known: BackTranslations) -> str:
    """The printed translations that are not yet put back into English, as TOML to fill in; "" where there is none."""
    waiting = dict.fromkeys(
        translation
        for domain in domains
        for key, translation in safety_texts(domain, locale)
        if translation is not None and not is_current(known.get((domain.name, key)), translation)
    )
    return _ASKED + "".join(_table({"translation": text, "back": ""}) for text in waiting) if waiting else ""


def take_in(
    file: str, content: bytes, domains: Iterable[Domain], locale: CatalogLocale, known: BackTranslations
) -> str:
    """The language's file of back-translations with what a worksheet adds, its file and its content.

    What is no safety text any more is left out. Raises LeafletError where the worksheet can't be read or has texts
    that nothing prints.
    """
    filled: _Worksheet[Scalar] = read_toml(file, content, _Worksheet[Scalar])
    by_translation = {text.translation.text: text for text in filled.texts}
    used: set[str] = set()
    texts: list[BackTranslation[Scalar]] = []
    for domain in domains:
        for (context, english), translation in safety_texts(domain, locale):
            new, old = by_translation.get(translation or ""), known.get((domain.name, (context, english)))
            if new:
                used.add(new.translation.text)
                place = Scalar(english, new.translation.origin)
                texts.append(BackTranslation(domain.name, context, place, new.translation, new.back, new.remark))
            elif old:
                texts.append(old)
    strange = [text.translation.origin for text in filled.texts if text.translation.text not in used]
    if strange:
        reason = f"no safety text of {locale.name} prints this translation"
        raise LeafletError([Problem(place, reason, "it has changed since: make a new worksheet") for place in strange])
    return dump(texts)


def dump(texts: Iterable[BackTranslation[Scalar]]) -> str:
    """A file of back-translations."""
    return _HEAD + "".join(
        _table(
            {
                "catalog": text.catalog,
                "context": text.context,
                "english": text.english.text,
                "translation": text.translation.text,
                "back": text.back.text,
                "remark": text.remark.text if text.remark else None,
            }
        )
        for text in texts
    )


def _table(texts: dict[str, str | None]) -> str:
    """A member of `texts`; the strings of JSON are strings of TOML too."""
    lines = (f"{name} = {json.dumps(text, ensure_ascii=False)}" for name, text in texts.items() if text is not None)
    return "\n[[texts]]\n" + "\n".join(lines) + "\n"
