"""What WeasyPrint is spared: the functions are those that were read, and each page is as it would be without."""

import hashlib
import inspect
from collections.abc import Iterator
from typing import Any

import pytest
import weasyprint
from projects import ROOT, template_of

from leafletpress.build.library import Library, Project, Wanted, read_library
from leafletpress.write.pdf import writer as pdf
from leafletpress.write.pdf.patches import line_ends
from leafletpress.write.pdf.patches import styles as defaults
from leafletpress.write.pdf.patches import text as thrift

# What the replaced functions were when ours were written. Where WeasyPrint changes one: compare, adapt, pin anew.
PINNED = {
    "Layout.setup": "fb227a55094f41d42fbd57f180d8b7a9a1e741969ec8ddb3fd5cd80920257442",
    "Layout.deactivate": "bfec3ec8406e1c82a91f9570103eb5ecbc5a20c1339ff26bb0f4eafb03189f0b",
    "Layout.reactivate": "0b89ee097104b71376c179f48a98858708b07169dc0212c393263a1a831607c9",
    "split_first_line": "39ad1016863ca34de0bea4c9fcffb46da7e27813c87dd82b7011bfa19fe5504f",
    "strut": "b57885b70dd08efe92f72a746709e08c576f47b90edb36f02925fefa15bb761a",
    "ComputedStyle.__init__": "ffbc48647d0d85e240e76a164638f0aafb6464cda37ef1f89690d934bafa890e",
    "ComputedStyle.__missing__": "b318d8efc8ac79d716f05cb81cc3abd65a32bd79601e363b218a32559bb3a5fb",
    "AnonymousStyle.__init__": "9fbdd74c1ad0945a71a5e07ef437614270ceac339c6de0432c04650b00872794",
    "resolve_percentages": "71673078096fcf8764e6412933288cc79ba956eae0d939deda27beaeac45acad",
    "RasterImage._get_png_data": "da00cfefb979545130b958c5437c8ac62be7dfe939261f9a8196a8a6c5e899c2",
}
SHIPPED = [("en", "clinician"), ("ar", "patient"), ("hi", "patient"), ("th", "patient"), ("zh_Hans", "clinician")]
ORIGINALS: dict[str, Any] = thrift.ORIGINALS | defaults.ORIGINALS
# What is out of the ordinary: the original is asked, or another answer of ours.
ODD = (
    """
<style>
  p { width: 9em; hyphens: manual } .a { letter-spacing: 1px; word-spacing: 2px; text-decoration: underline }
  .b { overflow-wrap: anywhere; width: 3em } .c { white-space: pre-wrap } .d { text-align: justify }
  .e { width: 50%; margin-left: 10%; padding: 1em 5% 0 calc(1em + 2%); min-height: 2em; box-sizing: border-box }
  .f::first-line { font-size: 20px } .g::first-letter { font-size: 30px } .h { margin-inline-start: 2em }
  .i { font-variant-caps: small-caps; font-weight: 700 } td { border: 1px solid; border-collapse: collapse }
  .j { text-indent: 2em; line-height: calc(1px + 1.2em) } .k { float: right; width: auto }
</style>
"""
    + "".join(
        f"<p class={name} dir={way}>One-two three, four (five) sup\u00adple 7\u00a0mg <b>eight</b> nine.</p>"
        for name in "abcdefghijkl"
        for way in ("ltr", "rtl")
    )
    + "<table><tr><td>One <td>two-three four</table><ul><li>x<li>y</ul><div style='display:flex'><p>a b<p>c</div>"
)


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(Project(ROOT), Wanted())


@pytest.fixture
def as_it_comes(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """WeasyPrint without what is replaced here."""
    for holder, name, ours in (*thrift.PLACES, *defaults.PLACES):
        original = next(value for key, value in ORIGINALS.items() if key.rpartition(".")[2] == name
                        and (key.partition(".")[0] == getattr(holder, "__name__", "") or "." not in key))  # fmt: skip
        monkeypatch.setattr(holder, name, staticmethod(original) if isinstance(ours, staticmethod) else original)
    yield monkeypatch
    monkeypatch.undo()


def places(page: str, families: tuple[str, ...]) -> list[tuple[Any, ...]]:
    """Where each text and box of the laid-out pages is, and how large."""
    sheet, fonts = pdf._faces(families)  # noqa: SLF001 - the pinned fonts
    document = weasyprint.HTML(string=page).render(stylesheets=[sheet], font_config=fonts)
    return [
        (number, box.element_tag, getattr(box, "text", ""), box.position_x, box.position_y, box.width, box.height)
        for number, page_ in enumerate(document.pages)
        for box in page_._page_box.descendants()  # noqa: SLF001
    ]


@pytest.mark.parametrize("name", ORIGINALS)
def test_the_replaced_functions_of_weasyprint_are_those_that_were_read(name: str) -> None:
    source = inspect.getsource((ORIGINALS | {"split_first_line": line_ends.ORIGINAL})[name])
    assert hashlib.sha256(source.encode()).hexdigest() == PINNED[name]


@pytest.mark.parametrize(("locale", "audience"), SHIPPED)
def test_a_leaflet_is_laid_out_as_without(
    library: Library, as_it_comes: pytest.MonkeyPatch, locale: str, audience: str
) -> None:
    wanted = Wanted(locales=(locale,), audiences=(audience,))
    handout = next(x.handout for x in library.compositions(wanted) if x.handout.locale == locale)
    page = template_of(Project(ROOT), audience, "a4").page(handout, "paper")
    stock = places(page, handout.typography.families)
    as_it_comes.undo()
    with thrift.one_document():
        assert places(page, handout.typography.families) == stock
        assert places(page, handout.typography.families) == stock


def test_what_is_out_of_the_ordinary_is_laid_out_as_without(as_it_comes: pytest.MonkeyPatch) -> None:
    stock = places(ODD, ("Noto Sans",))
    as_it_comes.undo()
    with thrift.one_document():
        assert places(ODD, ("Noto Sans",)) == stock


def test_lines_are_remembered_for_one_document_only(library: Library) -> None:
    handout = next(library.compositions(Wanted())).handout
    pdf.write(handout, template_of(Project(ROOT), handout.audience, "a4"))
    assert not thrift._REMEMBERED  # noqa: SLF001
