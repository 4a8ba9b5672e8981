"""Page craft: what stands badly is seen, spacing mends it, and no shipped page has any of it, in any edition."""

from collections.abc import Callable
from dataclasses import replace
from math import inf
from typing import Any

import pytest
from projects import composed, template_of
from shipped import EDITIONS, OFFERED, Shipped

from leafletpress.build.library import Project
from leafletpress.model.blocks import Block, Callout, Content, Paragraph, Section
from leafletpress.model.handout import Handout, Run, Text
from leafletpress.write.pdf import boxes, breaks, engine, writer
from leafletpress.write.pdf.balance import SPACINGS, TIGHTER, balanced
from leafletpress.write.pdf.tall import too_tall

STYLE = """\
@page { size: 100mm; margin: 10mm }
* { margin: 0; font: 10mm/1 Noto Sans; orphans: 1; widows: 1; break-after: auto; break-inside: auto }
"""


def laid_out(body: str, style: str = "") -> Any:
    """A document in which eight lines are a page and each paragraph of one word is a line."""
    return engine.lay_out(f"<style>{STYLE} {style}</style>{body}", ("Noto Sans",))


def lines(count: int) -> str:
    return "<p>x</p>" * count


FAULTY = {
    "stranded heading": (f"{lines(7)}<h2>Head</h2>{lines(8)}", "Head"),
    "split box": (f"{lines(6)}<div class=callout><p>a<br>b<br>c<br>d</div>{lines(5)}", "c"),
    "lone line": (f"{lines(7)}<p>a<br>b<br>c</p>{lines(5)}", "a"),
    "lone line below a heading": (f"{lines(6)}<section><h2>Head</h2>{lines(3)}</section>{lines(4)}", "Head"),
    "lone row": (f"{lines(6)}<ul><li>a<br>a<li>b<br>b<li>c<br>c</ul>{lines(4)}", "a"),
    "thin last page": (lines(9), "12% filled"),
    "stranded lead-in": (f"{lines(7)}<p>Say</p><dl style='break-before: auto'><dd>a<br>a</dl>{lines(5)}", "Say"),
    "empty page": (f"{lines(2)}<div style='break-before: page'>{lines(8)}</div>", "25% filled"),
}
SOUND = {
    "a heading with its text": f"{lines(5)}<h2>Head</h2>{lines(8)}",
    "a box that is whole": f"{lines(8)}<div class=callout><p>a<br>b<br>c<br>d</div>",
    "two lines on either side": f"{lines(6)}<p>a<br>b<br>c<br>d</p>{lines(5)}",
    "two rows on either side": f"{lines(6)}<ul><li>a<li>b<li>c<li>d</ul>{lines(5)}",
    "a long row alone": f"{lines(5)}<ul><li>a<br>a<br>a<li>b<br>b<br>b</ul>{lines(4)}",
    "one short page": "<p>x",
    "a lead-in with what it introduces": f"{lines(4)}<p>You may</p><ul><li>a<li>b<li>c</ul>{lines(4)}",
    "a row that is too tall": f"<table><tr class=long><td>{'a<br>' * 11}a</table>{lines(2)}",
    "a list of columns below its heading": "<section><h2>Head</h2><div style='columns:2'>" + lines(8) + "</div>",
}


@pytest.mark.parametrize("kind", FAULTY)
def test_what_stands_badly_is_seen(kind: str) -> None:
    body, words = FAULTY[kind]
    assert (kind.partition(" below")[0], words) in [
        (fault.kind, fault.words) for fault in breaks.faults(laid_out(body))
    ]


@pytest.mark.parametrize("name", SOUND)
def test_what_stands_well_is_left_in_peace(name: str) -> None:
    assert list(breaks.faults(laid_out(SOUND[name], "li { list-style: none }"))) == []


def test_a_column_parts_as_a_page_does() -> None:
    body = "<div style='columns: 2; height: 30mm; column-fill: auto'><p>x<p>x<p>x<br>y<br>z</div>"
    assert ("lone line", "x") in [(fault.kind, fault.words) for fault in breaks.faults(laid_out(body))]


def test_spacing_is_changed_as_little_as_it_takes() -> None:
    tried: list[float] = []

    def lay_out(spacing: float, whole: bool) -> Any:
        assert whole
        tried.append(spacing)
        return laid_out(lines(8), f"p {{ padding-top: {max(spacing - 0.92, 0) * 10}mm }}")

    assert len(balanced(lay_out, 1).pages) == 1
    assert tried == [1.0, 0.92]


def test_a_thin_last_page_is_filled_by_wider_spaces_before_it_is_spared() -> None:
    tried: list[float] = []

    def lay_out(spacing: float, _whole: bool) -> Any:
        tried.append(spacing)
        return laid_out(lines(9 if spacing <= 1 else 12))

    assert [fault.kind for fault in breaks.faults(lay_out(1, True))] == ["thin last page"]
    assert len(balanced(lay_out, 2).pages) == 2
    assert tried[1:] == [1.0, 1.2]


def test_an_emergency_box_that_no_spacing_brings_to_page_1_is_parted() -> None:
    tried: list[tuple[float, bool]] = []

    def lay_out(spacing: float, whole: bool) -> Any:
        tried.append((spacing, whole))
        box = f"<div class='callout now'>{lines(6)}</div>"
        return laid_out(
            f"<section>{lines(5)}{box}</section>{lines(1)}", f".now {{ break-inside: {'avoid' if whole else 'auto'} }}"
        )

    assert breaks.late_warning(lay_out(1, True))
    assert breaks.late_warning(balanced(lay_out, 2)) is None
    assert tried[1:] == [(1.0, True), (0.5, True), (1.0, False)]


def test_an_emergency_box_may_have_tighter_spaces_than_a_budget() -> None:
    def lay_out(spacing: float, _whole: bool) -> Any:
        box = f"<div class='callout now'>{lines(6)}</div>"
        return laid_out(f"<section>{lines(2 if spacing < 0.7 else 3)}{box}</section>", ".now { break-inside: avoid }")

    assert breaks.late_warning(balanced(lay_out, 2)) is None
    assert len(balanced(lambda _spacing, _whole: laid_out(lines(8 if _spacing < 0.7 else 16)), 1).pages) == 2


def test_rungs_of_the_ladder_that_leave_the_first_page_weigh_more_than_faults() -> None:
    tried: list[float] = []
    rungs = "".join(f"<div class='callout {level}'>{lines(2)}</div>" for level in ("now", "today", "soon"))

    def lay_out(spacing: float, _whole: bool) -> Any:
        tried.append(spacing)
        opening = f"<div>{lines(3 if spacing > 0.9 else 1)}</div>"
        return laid_out(f"{opening}<section><h2>Help</h2>{rungs}</section>{lines(9 if spacing > 0.9 else 1)}")

    assert breaks.rungs_off(lay_out(1, True)) == 1
    assert breaks.rungs_off(balanced(lay_out, 3, ladder=True)) == 0
    assert tried[1:] == [1.0, 0.92, 0.85]


def test_pages_over_the_budget_weigh_more_than_faults() -> None:
    def lay_out(spacing: float, _whole: bool) -> Any:
        return laid_out(f"<div class=callout>{lines(8)}</div>{lines(8 if spacing < 1 else 9)}")

    assert len(balanced(lay_out, 2).pages) == 2


def test_where_nothing_helps_the_usual_spacing_stays() -> None:
    assert len(balanced(lambda _spacing, _whole: laid_out(lines(17)), 1).pages) == 3


def test_a_layout_ends_with_the_page_that_shows_that_it_is_not_the_best() -> None:
    begun: list[float] = []
    laid_out_whole: list[float] = []
    box = f"<div class='callout now'>{lines(6)}</div>"

    def lay_out(spacing: float, _whole: bool) -> Any:
        begun.append(spacing)
        document = laid_out(f"<section>{lines(2 if spacing < 0.9 else 3)}{box}</section>{lines(64)}", WHOLE)
        laid_out_whole.append(spacing)
        return document

    assert breaks.late_warning(balanced(lay_out, 12)) is None
    assert begun == [1.0, 0.5, 0.92, 0.85]  # 0.5 shows that there is hope, in two pages
    assert laid_out_whole == [0.85]


def test_late_layouts_are_weighed_where_all_are_late() -> None:
    def lay_out(spacing: float, whole: bool) -> Any:
        before = lines(9 if (spacing, whole) == (0.85, True) else 13)
        return laid_out(f"<section>{before}<div class='callout now'>{lines(2)}</div></section>{lines(8)}")

    assert breaks.late_warning(balanced(lay_out, 12))
    assert boxes_of(balanced(lay_out, 12)) == boxes_of(plainly(lay_out, 12))


def test_where_wider_spaces_bring_no_rung_back_none_are_tried() -> None:
    tried: list[float] = []
    ladder = "".join(f"<div class='callout {level}'>{lines(3)}</div>" for level in ("now", "today", "soon"))

    def lay_out(spacing: float, _whole: bool) -> Any:
        tried.append(spacing)
        return laid_out(f"<section>{ladder}</section>{lines(5)}", WHOLE)

    assert breaks.rungs_off(balanced(lay_out, 3, ladder=True)) == 1
    assert tried == [1.0, 0.92, 0.85]


RUNG = "<div class='callout {}'>{}</div>"
RUNGS = [RUNG.format(level, lines(2)) for level in ("now", "today", "soon")]
BODIES = {
    "late": lambda wide: f"<section>{lines(wide(3))}{RUNG.format('now', lines(6))}</section>{lines(wide(12))}",
    "later": lambda wide: f"<section>{lines(wide(12))}{RUNG.format('now', lines(6))}</section>{lines(wide(12))}",
    "off": lambda wide: f"<section>{lines(wide(3))}{''.join(RUNGS)}</section>{lines(wide(6))}",
    "thin": lambda wide: f"<section>{''.join(RUNGS)}</section>{lines(wide(8))}",
    "split": lambda wide: f"{lines(wide(6))}{RUNG.format('do', lines(4))}{lines(wide(8))}",
    "tall": lambda wide: f"{lines(wide(3))}<table><tr><td>{'a<br>' * 12}a</table>{RUNG.format('do', lines(6))}",
    "taller than a page": lambda wide: f"<section>{lines(wide(2))}{RUNG.format('now', lines(12))}</section>{lines(4)}",
}
WHOLE = "tr, .callout { break-inside: avoid } .long { break-inside: auto !important }"


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize(("ladder", "folded", "most"), [(True, False, 2), (False, True, 2), (False, False, 4)])
def test_the_layout_that_is_taken_is_the_one_that_all_layouts_would_show_to_be_best(
    name: str, ladder: bool, folded: bool, most: int
) -> None:
    def lay_out(spacing: float, whole: bool) -> Any:
        body = BODIES[name](lambda count: round(count * spacing))
        parted = "" if whole else ".now { break-inside: auto }"
        return engine.lay_out(f"<style>{STYLE} {WHOLE} {parted}</style>{body}", ("Noto Sans",), too_tall)

    taken = balanced(lay_out, most, folded=folded, ladder=ladder)
    assert boxes_of(taken) == boxes_of(plainly(lay_out, most, folded=folded, ladder=ladder))


@pytest.mark.parametrize(
    ("before", "edition"),
    [(8, "a4"), (11, "a4"), (12, "a4"), (4, "large_print"), (5, "large_print"), (4, "booklet"), (6, "booklet")],
)
def test_a_document_is_written_as_if_all_its_layouts_were_made(
    shared_project: Project, monkeypatch: pytest.MonkeyPatch, before: int, edition: str
) -> None:
    begun, ended = [], []
    lay_out = engine.lay_out

    def counted(*asked: Any) -> Any:
        begun.append(asked)
        document = lay_out(*asked)
        ended.append(asked)
        return document

    monkeypatch.setattr(engine, "lay_out", counted)
    handout, template = with_late_box(shared_project, before), template_of(shared_project, "patient", edition)
    ours = writer.write(handout, template)
    assert len(begun) > len(ended) > 0
    monkeypatch.setattr(writer, "balanced", plainly)
    assert writer.write(handout, template) == ours


def with_late_box(project: Project, before: int) -> Handout:
    """A handout with so many paragraphs before its emergency box that it is late with usual spaces."""
    said = Text((Run("Take it with food and a full glass of water, and tell us if the sore gets worse or smells."),))
    boxed = Callout("now", Text((Run("Call 112"),)), None, (said,) * 6)
    contents: list[Content[Text]] = [*[Paragraph(said)] * before, boxed, *[Paragraph(said)] * 40]
    blocks = tuple(Block(f"b{number}", content) for number, content in enumerate(contents))
    made = composed(project, "en", "patient").handout
    return replace(made, sections=(Section("a", blocks, Text((Run("When to get help"),))),), references=None)


def boxes_of(document: Any) -> list[tuple[Any, ...]]:
    """Where each box of the laid-out pages is, and how large."""
    return [
        (number, box.element_tag, box.position_x, box.position_y, box.width, box.height)
        for number, page in enumerate(document.pages)
        for box in boxes.every(boxes.sheet(page))
    ]


def plainly(lay_out: Callable[[float, bool], Any], most: int, *, folded: bool = False, ladder: bool = False) -> Any:
    """What `balanced` gives, with each layout made to its end: slow, and without any rule about what comes of it."""
    best, least, too_wide, too_wide_for_ladder = None, (False, 0, 0, 0), inf, inf
    for whole, spacings in ((True, SPACINGS), (True, TIGHTER), (False, SPACINGS)):
        waiting = list(spacings)
        while waiting:
            spacing = waiting.pop(0)
            if whole and (spacing >= too_wide or (spacing >= too_wide_for_ladder and not least[2])):
                continue
            document = lay_out(spacing, whole)
            found = list(breaks.faults(document, folded=folded))
            over, late = max(len(document.pages) - most, 0), any(fault.kind == breaks.LATE for fault in found)
            off = breaks.rungs_off(document) if ladder else 0
            too_wide = min(too_wide, spacing) if over or late else too_wide
            if off:
                too_wide_for_ladder = min(too_wide_for_ladder, spacing)
                waiting.sort(key=lambda other: (other > 1, abs(other - 1)))
            cost = late, over, off, len(found)
            if best is None or cost < least:
                best, least = document, cost
            if not any(least):
                return best
        late, over, *_ = least
        if not late and not (over and folded and spacings is SPACINGS):
            break
    return best


@pytest.mark.parametrize(("locale", "audience"), OFFERED)
def test_no_shipped_page_has_a_fault_in_any_edition(shipped: Shipped, locale: str, audience: str) -> None:
    found = {}
    for name, edition in EDITIONS.items():
        if audience in edition.pages:
            layout = shipped.layout(locale, audience, name)
            found[name] = [layout.pages > edition.most_pages(audience, locale), *layout.faults]
    assert len(found) >= 2
    assert {name: faults for name, faults in found.items() if faults != [False]} == {}
