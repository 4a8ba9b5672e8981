"""The feed of changes is Atom by RFC 4287, says what is new and what is withdrawn, and is the same of the same."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from projects import read
from public import TODAY, public_of, row

from leafletpress.build.library import Library, Project
from leafletpress.model.approval import Signoffs, Withdrawal
from leafletpress.model.papers import Paper, Papers
from leafletpress.model.releases import Key
from leafletpress.model.text.check_code import check_code
from leafletpress.publish.feed import feed, links_of_feed
from leafletpress.publish.manifest import Row
from leafletpress.publish.notices import notices
from leafletpress.publish.public import Public
from leafletpress.publish.shelf import Shelf

ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = '</title><script>alert(1)</script> & ]]> \u202e \x0b "'
WHY = "Wrong dose: <b>250 mg</b>"
NOW, OLD, OLDER, GONE = (check_code(f"{at * 7919313:x}") for at in range(3, 7))
CHANGES = (("1.2", "The dose & <b>nothing else</b>", "en"), ("1.1", "A phone number", "en"))


@pytest.fixture(scope="module")
def library(shared_project: Project) -> Library:
    return read(shared_project)


def key(locale: str) -> Key:
    return "warts", locale, "patient"


PAPERS: Papers = {
    key("en"): (
        Paper("north", "WART", "1.1", OLD, date(2026, 2, 1)),
        Paper("north", "WART", "1.1", OLDER, date(2026, 1, 1)),
        Paper("south", "WART", "1.0", GONE, date(2025, 1, 1)),
    ),
    key("ar"): (Paper("north", "WART", "1.1-1", GONE, date(2026, 1, 1)),),
}


def rows() -> Iterator[Row]:
    for format_ in ("html", "pdf"):
        changes = CHANGES if format_ == "html" else ()
        yield row("en", format_=format_, title=HOSTILE, code="WART-P-en", check_code=NOW, changes=changes)
    yield row("ar", reason="withdrawn", status="withdrawn", title="الثآليل", code="WART-P-ar")


def made(library: Library, *some: Row, **about: Any) -> tuple[bytes, etree._Element]:
    withdrawal = Withdrawal(date(2026, 11, 28), WHY, None, "ar")
    known = {"papers": PAPERS, "signoffs": {"warts": Signoffs(withdrawals=(withdrawal,))}, **about}
    public: Public = public_of(library, **known)
    public = replace(public, site=replace(public.site, id="north"))
    shelf = Shelf(some or rows())
    content = feed(shelf, tuple(notices(shelf, public)), public)
    return content, etree.fromstring(content)


def said(element: etree._Element, name: str) -> list[str]:
    return [one.text or "" for one in element.findall(f"{ATOM}{name}")]


def faults(root: etree._Element) -> Iterator[str]:
    """What is not as RFC 4287 has it (sections 3 and 4): the parts that must be there, once, and their forms."""
    if root.tag != f"{ATOM}feed":
        yield "no feed"
    for element in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            found = said(element, name)
            if len(found) != 1 or not found[0]:
                yield f"{name}: {len(found)}"
        if not re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", said(element, "id")[0]):
            yield "id is no IRI"
        if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", said(element, "updated")[0]):
            yield "updated is no moment (RFC 3339)"
        links = [(one.get("rel"), one.get("type"), one.get("href")) for one in element.findall(f"{ATOM}link")]
        if [rel for rel, _, _ in links].count("alternate") != 1:  # an entry without content needs one (4.1.2)
            yield f"links: {links}"
        if not all(href and ":" not in href for _, _, href in links):
            yield f"an address that is not relative: {links}"
        if len(element.findall(f"{ATOM}summary")) > 1:
            yield "summaries"
    if len(root.findall(f"{ATOM}author/{ATOM}name")) != 1:  # for the feed and all of its entries (4.1.1)
        yield "no author"
    ids = [said(one, "id")[0] for one in (root, *root.findall(f"{ATOM}entry"))]
    if len(set(ids)) != len(ids):
        yield "one id of two"


def test_it_is_a_feed_by_the_standard(library: Library) -> None:
    _, root = made(library)
    assert list(faults(root)) == []
    assert ("self", "feed.xml") in [(one.get("rel"), one.get("href")) for one in root.findall(f"{ATOM}link")]
    assert list(faults(made(library, row("en"), papers={}, signoffs={})[1])) == []  # of which there is no code
    empty = replace(public_of(library), papers={})
    assert list(faults(etree.fromstring(feed(Shelf(()), (), empty)))) == []


def test_the_newest_change_is_first_and_the_feed_is_as_new_as_it(library: Library) -> None:
    _, root = made(library)
    days = [said(one, "updated")[0][:10] for one in root.findall(f"{ATOM}entry")]
    assert days == ["2026-11-30", "2026-11-28", "2026-02-01", "2026-01-01", "2026-01-01"]
    assert said(root, "updated") == ["2026-11-30T00:00:00Z"]


def test_each_paper_leads_to_its_document_or_to_what_is_said_of_it(library: Library) -> None:
    _, root = made(library)
    links = [(one.get("href"), one.get("type")) for one in root.findall(f"{ATOM}entry/{ATOM}link")]
    assert links == [
        ("warts/en/warts-patient-en.html", "text/html"),
        (f"status/WART.html#{GONE}", "text/html"),
        (f"status/WART.html#{OLD}", "text/html"),
        (f"status/WART.html#{GONE}", "text/html"),
        (f"status/WART.html#{OLDER}", "text/html"),
    ]


def test_what_changed_is_told_of_the_first_paper_of_a_version_alone(library: Library) -> None:
    _, root = made(library)
    words = [
        (said(one, "updated")[0][:10], said(one, "summary"))
        for one in root.findall(f"{ATOM}entry")
        if "WART-P-en" in said(one, "title")[0]
    ]
    assert words == [
        ("2026-11-30", ["The dose & <b>nothing else</b>"]),
        ("2026-02-01", []),  # another phone number, for all that is known
        ("2026-01-01", ["A phone number"]),
    ]


def test_a_withdrawal_says_why_in_the_language_of_the_leaflet(library: Library) -> None:
    _, root = made(library)
    (entry,) = (
        one for one in root.findall(f"{ATOM}entry") if one.find(f"{ATOM}category[@term='withdrawn']") is not None
    )
    assert entry.get("{http://www.w3.org/XML/1998/namespace}lang") == "ar"
    (summary,) = entry.findall(f"{ATOM}summary")
    assert summary.get("type") == "html"
    assert "<strong>لا</strong> تستخدم" in (summary.text or "")
    assert "Wrong dose: &lt;b&gt;250 mg&lt;/b&gt;" in (summary.text or "")


def test_hostile_titles_are_text(library: Library) -> None:
    content, root = made(library)
    assert b"<script>" not in content
    title = said(root.findall(f"{ATOM}entry")[0], "title")[0]
    assert title.startswith("</title><script>alert(1)</script> & ]]>")
    assert "\x0b" not in title


def test_it_is_the_same_of_the_same_changes_on_whichever_day_and_at_whichever_address(library: Library) -> None:
    known = {**PAPERS, key("en"): (Paper("north", "WART", "1.2", NOW, TODAY), *PAPERS[key("en")])}
    first, _ = made(library, papers=known)
    assert made(library, papers=known, today=date(2027, 5, 1))[0] == first
    assert made(library, papers=dict(reversed(known.items())))[0] == first


def test_its_links_are_read_back_those_in_words_too(library: Library) -> None:
    content, _ = made(library)
    assert links_of_feed(content).addresses == (
        "feed.xml", "index.html", "warts/en/warts-patient-en.html", f"status/WART.html#{GONE}",
        f"status/WART.html#{OLD}", f"status/WART.html#{OLDER}",
    )  # fmt: skip
    for wrong in (b"", b"<feed", b"\xff"):
        with pytest.raises(ValueError, match=r"."):
            links_of_feed(wrong)


def test_an_entity_in_a_feed_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    entity = f'<!DOCTYPE feed [<!ENTITY x SYSTEM "{(tmp_path / "secret").as_uri()}">]>'
    text = f'{entity}<feed xmlns="http://www.w3.org/2005/Atom"><summary type="html">&x;</summary></feed>'
    assert links_of_feed(text.encode()).addresses == ()
