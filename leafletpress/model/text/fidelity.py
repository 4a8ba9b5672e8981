"""The rules for what a translation must keep of its English; one that breaks them is not printed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from leafletpress.model.problems import Severity, did_you_mean
from leafletpress.model.text.amounts.comparison import differences
from leafletpress.model.text.amounts.reader import read
from leafletpress.model.text.amounts.writing import Writing
from leafletpress.model.text.characters import forbidden_characters, parts_a_word
from leafletpress.model.text.glossary import Glossary, folded, times, without_spaces, words
from leafletpress.model.text.issue import Issue
from leafletpress.model.text.listed import joined_otherwise, lost_items
from leafletpress.model.text.markup import Piece, locked, parse, plain, strong_spans, with_facts, without_facts
from leafletpress.model.text.negation import changed_nots, strong_negations
from leafletpress.model.text.opposites import Opposites, exchanges, lost_doubt, lost_sides
from leafletpress.model.text.orthography.alphabet import Alphabet, letters
from leafletpress.model.text.orthography.near_names import near_names
from leafletpress.model.text.orthography.signs import signs
from leafletpress.model.text.orthography.spaces import spaces
from leafletpress.model.text.small_words import APART, OPENERS, PHRASES

# So many English words in a row, left as they are, are no name and no term: they were not translated.
_STILL_ENGLISH = 5
# So many, if one of them is a small word such as "with" or "you", which no name of a thing has.
_STILL_ENGLISH_SENTENCE = 3
# A text of so many words that is the English itself was not translated.
_LONG = 4
_SMALL_WORDS = frozenset(word for word in APART | OPENERS | PHRASES if len(word) > 1)  # "a" is a word of others too
_SHORT = 3  # letters of a word that has no capital in a name: of, for, the
_ADDRESS = re.compile(r"@|[^\W_]\.[^\W\d_]{2}")  # of mail, of the web
_ZERO_WIDTH_SPACE = "\u200b"
# Lao, Myanmar and Khmer: without spaces between words, and Pango, which sets the lines, does not know their words. No
# word has so many letters.
_ONE_PIECE = re.compile(r"[\u0e80-\u0eff\u1000-\u109f\u1780-\u17ff\ua9e0-\ua9ff\uaa60-\uaa7f]{31,}")
_HIDDEN = "delete it, it can't be seen: character {} of the text"
_DO = {
    "placeholder": "keep each name in braces as it is, once for each time it stands in the English",
    "citation": "keep each [@source], behind the statement that it supports",
    "link": "keep each [words](@name): translate the words, not the name",
    "line break": "keep each [/] between the same two lines",
    "raised words": "keep ^{ and } round what stands higher",
    "lowered words": "keep _{ and } round what stands lower",
}


@dataclass(frozen=True, slots=True)
class Language:
    """What the rules need to know of the language: its glossary, how it and English write amounts, if it is English.

    `opposites` are its words for opposites and `english_opposites` those of English; `spaced_signs` have a space before
    them.
    """

    glossary: Glossary = field(default_factory=Glossary)
    writing: Writing = field(default_factory=Writing)
    english: Writing = field(default_factory=Writing)
    opposites: Opposites = field(default_factory=Opposites)
    english_opposites: Opposites = field(default_factory=Opposites)
    alphabet: Alphabet = field(default_factory=Alphabet)
    spaced_signs: str = ""
    is_english: bool = False


def issues(english: str, translation: str, language: Language, *, safety: bool = False) -> Iterator[Issue]:
    """Everything that is wrong with a translation beside its English; in a `safety` text, doubt counts as error."""
    yield from not_kept(english, translation, language, safety=safety)
    before, (after, broken) = parse(english)[0], parse(translation)
    if not broken:
        yield from _misspelt(before, after, language, "error" if safety else "warning")


def not_kept(english: str, translation: str, language: Language, *, safety: bool = False) -> Iterator[Issue]:
    """What a translation says otherwise than its English, however it is spelt."""
    doubt: Severity = "error" if safety else "warning"
    for offset, name in forbidden_characters(translation.replace("\n", " ").replace("\t", " ")):
        yield Issue("character", f"character {name}", _HIDDEN.format(offset + 1))
    yield from _spaces(translation)
    before, _ = parse(english)
    after, broken = parse(translation)
    for found in broken:
        yield Issue("markup", f"{found.text}, at character {found.offset + 1} of the text", found.hint)
    if not broken:
        yield from _locked(before, after)
        yield from _amounts(before, after, language, doubt)
        in_strong = list(_strong(before, after, language.glossary))
        words_before, words_after = without_facts(before), without_facts(after)
        yield from in_strong or _nots(words_before, words_after, language, doubt)
        yield from _opposites(words_before, words_after, language, doubt)
        yield from _lists(words_before, words_after, language, doubt)
    yield from _glossary(_without_addresses(plain(before)), plain(after), language.glossary)
    if not language.is_english:
        yield from _still_english(before, after, language.glossary)
    yield from _doubled(with_facts(before), with_facts(after), language.glossary)
    yield from _unbreakable(plain(after))


def _misspelt(
    before: tuple[Piece, ...], after: tuple[Piece, ...], language: Language, doubt: Severity
) -> Iterator[Issue]:
    """What no text of the language has, or what is lost at its end; spaces change no meaning."""
    english, own = without_facts(before), without_facts(after)
    yield from letters(english, own, language.alphabet, doubt)
    yield from signs(english, own, doubt)
    yield from near_names(english, own, language.glossary, doubt)
    yield from spaces(english, after, language.spaced_signs)


def _spaces(translation: str) -> Iterator[Issue]:
    hidden = (found.start() for found in re.finditer(_ZERO_WIDTH_SPACE, translation))
    first = next((at for at in hidden if not parts_a_word(translation, at)), None)
    if first is not None and not without_spaces(translation):
        yield Issue("character", "character U+200B zero width space", _HIDDEN.format(first + 1))
    if translation != translation.rstrip():
        yield Issue("end", "ends in a space or line break", "is the rest of the text lost? If not, delete it")
    if "\n" in translation.strip() or "\t" in translation.strip():
        yield Issue("line break", "a line break or tab", "it prints as a space: write one", "warning")


def _unbreakable(after: str) -> Iterator[Issue]:
    """A stretch longer than any word, in a script whose lines break only where that is marked."""
    for found in _ONE_PIECE.finditer(after):
        text = f'no line can break in "{found[0][:20]}…", {len(found[0])} characters'
        yield Issue("break", text, "put U+200B (zero width space) between the words", "warning")


def _locked(before: tuple[Piece, ...], after: tuple[Piece, ...]) -> Iterator[Issue]:
    """What must be there as often as in the English: placeholders, citations, links."""
    translated = locked(after)
    for rule, wanted in locked(before).items():
        found = translated[rule]
        if found == wanted:
            continue
        lost, added = wanted - found, found - wanted
        for name in lost:
            times = f" ({found[name]} of {wanted[name]} times)" if found[name] else ""
            yield Issue(rule, f"{rule} {name} is missing{times}", _DO[rule])
        for name in added:
            if wanted[name]:
                yield Issue(rule, f"{rule} {name} stands {found[name]} times, in the English {wanted[name]}", _DO[rule])
            else:
                meant = did_you_mean(name, lost or wanted)
                yield Issue(rule, f"{rule} {name} is not in the English", meant or _DO[rule])


def _amounts(
    before: tuple[Piece, ...], after: tuple[Piece, ...], language: Language, doubt: Severity
) -> Iterator[Issue]:
    """Numbers, doses, limits, rates, times: as the English has them, in any way that the language writes them."""
    english, translation = read(with_facts(before), language.english), read(with_facts(after), language.writing)
    for found in differences(english, translation, language.writing):
        yield Issue("number", found.text, found.hint, doubt if found.severity == "doubt" else found.severity)


def _strong(before: tuple[Piece, ...], after: tuple[Piece, ...], glossary: Glossary) -> Iterator[Issue]:
    """As many strong spans as in the English, and each strong "not" in one that says so."""
    wanted, found = strong_spans(before), strong_spans(after)
    if len(wanted) != len(found):
        spans = ", ".join(f'"{span}"' for span in wanted) or "none"
        hint = f"put ** round the words that carry these and no others; in the English they are: {spans}"
        yield Issue("strong", f"{len(found)} strong spans, in the English {len(wanted)}", hint)
        return
    leading, led = (sum(span.rstrip().endswith((":", "\uff1a")) for span in spans) for spans in (wanted, found))
    if led < leading:
        text = f"{led} strong spans end in a colon, in the English {leading}"
        yield Issue("strong", text, "put ** round the words that lead what follows, with their colon")
    negations = strong_negations(before)
    if glossary.negations:
        kept = sum(times(span, glossary.negations) > 0 for span in found)
        if kept < negations:
            text = f'{negations} strong "not" in the English, {kept} in the translation'
            listed = ", ".join(glossary.negations)
            yield Issue("not", text, f"a strong span must say not, with one of the glossary's words: {listed}")


def _nots(before: str, after: str, language: Language, severity: Severity) -> Iterator[Issue]:
    """A "not" that went or came, strong or not."""
    negations = language.glossary.negations
    for nots in changed_nots(before, after, negations, language.opposites) if negations else ():
        text = f'"not" {nots.english} times in the English, {nots.translation} in the translation'
        listed = ", ".join(negations)
        yield Issue("not", text, f"say not where the English does; the glossary's words for it: {listed}", severity)


def _opposites(before: str, after: str, language: Language, severity: Severity) -> Iterator[Issue]:
    """A word that turns a sentence round: tomorrow for today, cold for hot."""
    for found in exchanges(before, after, language.english_opposites, language.opposites):
        text = f'the English says "{found.side}", "{found.word}" in the translation means "{found.other}"'
        yield Issue("opposite", text, f'say "{found.side}"; if that is what it says, see opposites.toml', severity)
    for together, side in lost_sides(before, after, language.english_opposites, language.opposites):
        text = f'the English says "{together}", nothing in the translation means "{side}"'
        yield Issue("opposite", text, f'say "{side}", too; if it does, list its word in opposites.toml', severity)
    if may := lost_doubt(before, after, language.opposites):
        hint = "say that it may be; words for it can be listed in opposites.toml, under may_must"
        yield Issue("opposite", f'the English says "{may}", nothing in the translation means so', hint, "warning")


def _lists(before: str, after: str, language: Language, severity: Severity) -> Iterator[Issue]:
    """An item of a list that is lost, and "and" for "or"."""
    for lost in lost_items(before, after, language.opposites, language.glossary.negations):
        text = f'"{lost.words}" has {lost.english} items, the translation {lost.translation} at most'
        hint = "is one lost? Part them with commas or words that opposites.toml lists under and_or"
        yield Issue("list", text, hint, severity)
    for found in joined_otherwise(before, after, language.english_opposites, language.opposites):
        text = f'the English says "{found.side}", "{found.word}" in the translation means "{found.other}"'
        yield Issue("list", text, f'say "{found.side}"; its words are those under and_or in opposites.toml', severity)


def _glossary(before: str, after: str, glossary: Glossary) -> Iterator[Issue]:
    translated = folded(after)
    for term in glossary.terms_in(before):
        if term.keep and term.term not in after:
            yield Issue("glossary", f'"{term.term}" is missing', "the glossary says: keep it as it is")
        if term.translation and not any(folded(form) in translated for form in term.translation):
            forms = " or ".join(f'"{form}"' for form in term.translation)
            yield Issue("glossary", f'"{term.term}" is not translated as agreed', f"the glossary says: {forms}")
        for word in term.forbidden:
            if folded(word) in translated:
                instead = f", write {term.translation[0]}" if term.translation else ""
                yield Issue("glossary", f'"{word}" for "{term.term}"', f"the glossary forbids it{instead}")


def _still_english(before: tuple[Piece, ...], after: tuple[Piece, ...], glossary: Glossary) -> Iterator[Issue]:
    """Words of the English, left as they are: many in a row were not translated, but for names."""
    english, translated = _spelt(before, glossary), _spelt(after, glossary)
    line = f" {folded(' '.join(translated))} "
    is_same = line == f" {folded(' '.join(english))} "
    if is_same and len(plain(before).split()) >= _LONG and any(word.isalpha() for word in english):
        yield Issue("english", "the same as the English", "translate it, or leave it empty")
        return
    for length in (_STILL_ENGLISH, _STILL_ENGLISH_SENTENCE):
        for at in range(len(english) - length + 1):
            run = english[at : at + length]
            same = folded(" ".join(run))
            in_sentence = not _is_name(run) if length == _STILL_ENGLISH else _is_sentence(run)
            if all(word.isalpha() for word in run) and in_sentence and f" {same} " in line:
                yield Issue("english", f'still English: "{same} …"', "translate it, or leave the whole text empty")
                return


def _spelt(pieces: tuple[Piece, ...], glossary: Glossary) -> list[str]:
    """The words; a fact, an address or a term to keep counts as the word 0, so that words round it are not in a row."""
    text = "".join({"words": piece.value, "fact": " 0 ", "citation": ""}[piece.kind] for piece in pieces)
    for kept in (term.term for term in glossary.terms if term.keep):
        text = text.replace(kept, " 0 ")
    return words(_without_addresses(text))


def _without_addresses(text: str) -> str:
    """The text with the word 0 for each address."""
    return " ".join("0" if _ADDRESS.search(word) else word for word in text.split())


def _is_name(run: list[str]) -> bool:
    """Whether each of these words that is no short one such as "of" has a capital."""
    long = [word for word in run if len(word) > _SHORT]
    return bool(long) and all(word.istitle() for word in long)


def _is_sentence(run: list[str]) -> bool:
    """Whether one of these words is a small one, and none behind the first has a capital."""
    return not _SMALL_WORDS.isdisjoint(map(str.lower, run)) and all(map(str.islower, run[1:]))


def _doubled(before: str, after: str, glossary: Glossary) -> Iterator[Issue]:
    """A word twice in a row, where the English has none."""
    if list(_pairs(before)):
        return
    allowed = {folded(word) for word in glossary.repeated}
    for word in _pairs(after):
        if word not in allowed:
            hint = "delete one; if your language says it so, list the word under repeated in glossary.toml"
            yield Issue("doubled", f'"{word}" stands twice in a row', hint, "warning")


def _pairs(text: str) -> Iterator[str]:
    """Words that follow themselves with nothing but a space between."""
    for one, following in pairwise(text.split()):
        if one == following and any(char.isalpha() for char in one):
            yield folded(one)
