"""Page craft: what stands badly is seen, spacing mends it, and no shipped page has any of it, in any edition."""

from typing import Any

import pytest
from shipped import EDITIONS, OFFERED, Shipped

from leafletpress.write.pdf import breaks, engine
from leafletpress.write.pdf.balance import balanced

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
            f"<section>{lines(5)}{box}</section>", f".now {{ break-inside: {'avoid' if whole else 'auto'} }}"
        )

    assert breaks.late_warning(lay_out(1, True))
    assert breaks.late_warning(balanced(lay_out, 2)) is None
    assert tried[1:] == [*((spacing, True) for spacing in (1.0, 0.92, 0.85, 0.72, 0.6, 0.5)), (1.0, False)]


def test_an_emergency_box_may_have_tighter_spaces_than_a_budget() -> None:
    def lay_out(spacing: float, _whole: bool) -> Any:
        box = f"<div class='callout now'>{lines(6)}</div>"
        return laid_out(f"<section>{lines(2 if spacing < 0.7 else 3)}{box}</section>", ".now { break-inside: avoid }")

    assert breaks.late_warning(balanced(lay_out, 2)) is None
    assert len(balanced(lambda _spacing, _whole: laid_out(lines(8 if _spacing < 0.7 else 16)), 1).pages) == 2


def test_rungs_of_the_ladder_that_leave_the_first_page_weigh_more_than_faults() -> None:
    tried: list[float] = []
    boxes = "".join(f"<div class='callout {level}'>{lines(2)}</div>" for level in ("now", "today", "soon"))

    def lay_out(spacing: float, _whole: bool) -> Any:
        tried.append(spacing)
        opening = f"<div>{lines(3 if spacing > 0.9 else 1)}</div>"
        return laid_out(f"{opening}<section><h2>Help</h2>{boxes}</section>{lines(9 if spacing > 0.9 else 1)}")

    assert breaks.rungs_off(lay_out(1, True)) == 1
    assert breaks.rungs_off(balanced(lay_out, 3, ladder=True)) == 0
    assert tried[1:] == [1.0, 0.92, 0.85]


def test_pages_over_the_budget_weigh_more_than_faults() -> None:
    def lay_out(spacing: float, _whole: bool) -> Any:
        return laid_out(f"<div class=callout>{lines(8)}</div>{lines(8 if spacing < 1 else 9)}")

    assert len(balanced(lay_out, 2).pages) == 2


def test_where_nothing_helps_the_usual_spacing_stays() -> None:
    assert len(balanced(lambda _spacing, _whole: laid_out(lines(17)), 1).pages) == 3


@pytest.mark.parametrize(("locale", "audience"), OFFERED)
def test_no_shipped_page_has_a_fault_in_any_edition(shipped: Shipped, locale: str, audience: str) -> None:
    found = {}
    for name, edition in EDITIONS.items():
        if audience in edition.pages:
            layout = shipped.layout(locale, audience, name)
            found[name] = [layout.pages > edition.most_pages(audience, locale), *layout.faults]
    assert len(found) >= 2
    assert {name: faults for name, faults in found.items() if faults != [False]} == {}
