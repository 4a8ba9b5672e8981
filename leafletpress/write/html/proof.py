"""Reads the proof of a page: whether it holds the handout's text, once, in its order and manner, and can be seen whole.

What a template leaves out would be missed by a reader who trusts the page, if by anybody.
"""

import re
from collections import Counter
from collections.abc import Iterator

from leafletpress.model.blocks import Contact, Figure
from leafletpress.model.document import document_at
from leafletpress.model.handout import Handout, Run, Text, texts
from leafletpress.model.links import leads_beside
from leafletpress.model.text.excerpt import excerpt
from leafletpress.model.walk import section_texts
from leafletpress.write.html.reading import Element, PageRead
from leafletpress.write.languages import Languages

SCHEMES = ("https", "mailto", "tel")
# Elements that run, fetch or hide something; a leaflet has nothing of the kind.
_REFUSED = frozenset(
    "audio base details dialog embed frame iframe link noscript object script template video".split()  # noqa: SIM905
)
# The one look that an element may have of its own: how wide a picture is on paper.
_WIDTH = re.compile(r"width: [1-9][0-9]{0,3}(?:\.[0-9])?(?:mm|pt)")


def mismatches(page: PageRead, handout: Handout) -> Iterator[str]:
    """What is wrong with the page of a handout."""
    yield from page.faults
    yield from _about_the_whole(page, handout)
    yield from _out_of_place(page, handout)
    yield from _without_words(page, handout)
    for element in page.elements:
        yield from _misused(element, page)
    ids = Counter(element.attributes["id"] for element in page.elements if "id" in element.attributes)
    yield from (f'two elements have the id "{name}"' for name, count in ids.items() if count > 1)


def _about_the_whole(page: PageRead, handout: Handout) -> Iterator[str]:
    root = next((element for element in page.elements if element.name == "html"), None)
    declared = (root.attributes.get("lang"), root.attributes.get("dir")) if root else None
    if declared != (handout.language, handout.direction):
        yield f'the page does not say that it is in the language "{handout.language}", {handout.direction}'
    if str(handout.head.title) not in page.title:
        yield f"the title of the page lacks “{excerpt(str(handout.head.title))}”"


def _out_of_place(page: PageRead, handout: Handout) -> Iterator[str]:
    """The first text that does not stand whole where it should, or what is wrong with the manner of each."""
    at, languages = 0, Languages(handout)
    changes = section_texts(handout.changes) if handout.changes else []
    for text in (*texts(handout), *changes, handout.print_hint, handout.foot):
        words = str(text)
        at = _next_word(page.text, at)
        if not page.text.startswith(words, at):
            instead = " ".join(page.text[at : at + 200].split())
            where = f" ({text.context})" if text.context else ""
            yield f"“{excerpt(words)}”{where} is not whole and in its place; there stands “{excerpt(instead)}”"
            return
        yield from _mannerless(page, at, text, handout)
        yield from _in_no_language(page, at, text, languages)
        at += len(words)
        if page.text[at : at + 1].strip():
            yield f"“{excerpt(words)}” is not apart from what follows"
    if rest := page.text[at:].split():
        yield f"“{excerpt(' '.join(rest))}” is not a text of the leaflet"


def _next_word(text: str, at: int) -> int:
    return len(text) - len(text[at:].lstrip())


def _in_no_language(page: PageRead, start: int, text: Text, languages: Languages) -> Iterator[str]:
    """The foreign words of a text that begins at `start` that do not say their language; links are said as a whole."""
    at = start
    for words, language in languages.said(text):
        around = [one for one in page.around(at, at + len(words)) if not one.link]
        if not _is_in(language, [one.language for one in around]):
            yield f'“{excerpt(words)}” is not in the language "{language}"'
        at += len(words)


def _mannerless(page: PageRead, start: int, text: Text, handout: Handout) -> Iterator[str]:
    """What the elements around a text that begins at `start` fail to say of it."""
    direction = text.direction or handout.direction
    at = start
    for run in text.runs:
        around = list(page.around(at, at + len(run.text)))
        wanted = {
            "strong": not run.strong or all(one.strong for one in around),
            "raised": not (run.raised or run.shift == "up") or all(one.raised for one in around),
            "lowered": run.shift != "down" or all(one.lowered for one in around),
            f"a link to {run.link}": not run.link or all(one.link == run.link for one in around),
            "marked as not translated": not text.untranslated or all(one.untranslated for one in around),
            f'in the language "{text.language}"': _is_in(text.language, [one.language for one in around]),
            f"in the direction {direction}": run.island or _runs(run, direction, [one.direction for one in around]),
            "kept from left to right": not run.island or _is_isolated(page, at, run, start, text),
        }
        yield from (f"“{excerpt(run.text)}” is not {manner}" for manner, is_so in wanted.items() if not is_so)
        at += len(run.text)


def _is_in(language: str | None, found: list[str]) -> bool:
    return language is None or set(found) <= {language}


def _runs(run: Run, direction: str, found: list[str]) -> bool:
    """Whether a run's words have this direction; its signs take the direction of the words beside them."""
    return set(found) <= {direction} or not any(char.isalpha() for char in run.text)


def _is_isolated(page: PageRead, at: int, run: Run, start: int, text: Text) -> bool:
    """Whether an island has an element of its own, or one that it shares with its whole text."""
    ends = ((at, at + len(run.text)), (start, start + len(str(text))))
    kept = (element for element in page.elements if element.attributes.get("dir") == "ltr")
    return any((element.start, element.end) in ends for element in kept)


def _without_words(page: PageRead, handout: Handout) -> Iterator[str]:
    """The pictures that are not said in words, and the ways to get in touch that can't be followed."""
    contents = [block.content for section in handout.sections for block in section.blocks]
    ways = [way for content in contents if isinstance(content, Contact) for way in content.ways]
    wanted = [str(handout.head.service)] if handout.head.logo else []
    for content in contents:
        match content:
            case Figure(alt=alt):
                wanted.append(str(alt))
            case Contact(ways=own):
                wanted += [f"{way.label}: {way.value}" for way in own if way.form == "code"]
    found = [element.attributes.get("alt") for element in page.elements if element.name == "img"]
    if found != wanted:
        missing = next((alt for alt in wanted if alt not in found), None)
        yield f"no picture has the words “{excerpt(missing)}”" if missing else "a picture has no words of the leaflet"
    links = {element.attributes.get("href") for element in page.elements}
    yield from (f"nothing leads to {way.link}" for way in ways if way.link and way.link not in links)


def _misused(element: Element, page: PageRead) -> Iterator[str]:
    """What has no place on a page that holds all it needs and shows all it holds."""
    name, attributes = element.name, element.attributes
    if name in _REFUSED:
        yield f"<{name}> has no place in a leaflet"
    styled = "" if name == "img" and _WIDTH.fullmatch(attributes.get("style") or "") else "style"
    yield from (f"<{name} {one}> has no place in a leaflet" for one in attributes if one in ("hidden", styled))
    if "src" in attributes and not attributes["src"].startswith("data:image/"):
        yield f'"{excerpt(attributes["src"])}" is not inside of the page'
    if (link := attributes.get("href")) is not None and not _leads_somewhere(link, page):
        yield f'a link leads to "{excerpt(link)}"'
    if name == "table" and not any(_heads_column(one, element) for one in page.elements):
        yield "a table has no head, by which readers who do not see it know its columns"


def _heads_column(element: Element, table: Element) -> bool:
    is_head = element.name == "th" and element.attributes.get("scope") != "row"
    return is_head and table.start <= element.start <= table.end


def _leads_somewhere(link: str, page: PageRead) -> bool:
    if link.startswith("#"):
        return any(element.attributes.get("id") == link[1:] for element in page.elements)
    if leads_beside(link):
        return document_at(link.removeprefix("../../")) is not None
    return link.partition(":")[0].lower() in SCHEMES
