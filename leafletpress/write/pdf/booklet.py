"""Imposes the pages of a PDF two by two: printed on both sides and folded once, its sheets are a booklet."""

from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from leafletpress.write.pdf.claims import unclaimed


def impose(content: bytes, *, right_to_left: bool) -> bytes:
    """The booklet of a PDF: its pages are the sides of sheets, two of the given pages beside each other on each.

    The sheets are turned over on their short edge, nested and folded in the middle (saddle stitch); books that are read
    from right to left fold the other way. Blank pages at the end make the number of pages a multiple of 4. Nothing is
    scaled or turned: A4 is filled by pages of 148.5 mm by 210 mm (A5 is half a millimetre narrower). Raises ValueError
    when the given pages are not of one size.

    A booklet is for paper: tags, links, outline and form fields are left out, and it claims neither PDF/A nor PDF/UA.
    """
    booklet = BytesIO()
    with pikepdf.open(BytesIO(content)) as source, pikepdf.new() as target:
        (trim,) = {tuple(Decimal(str(edge)) for edge in page.trimbox) for page in source.pages}
        forms = {number: target.copy_foreign(_form(source, page)) for number, page in enumerate(source.pages, 1)}
        target.Root.PageLabels = Dictionary(Nums=Array())
        for number, halves in enumerate(_sides(len(forms), right_to_left=right_to_left)):
            _add_side(target, trim, forms, halves)
            pages = [str(page) for page in halves if page in forms]
            target.Root.PageLabels.Nums.extend(Array([number, Dictionary(P=String(" | ".join(pages)))]))
        target.trailer.Info = target.copy_foreign(source.docinfo)
        metadata = unclaimed(source.Root.Metadata.read_bytes())
        target.Root.Metadata = target.make_stream(metadata, Type=Name.Metadata, Subtype=Name.XML)
        target.Root.Lang = source.Root.Lang
        target.Root.ViewerPreferences = Dictionary(
            DisplayDocTitle=True,
            Direction=Name.R2L if right_to_left else Name.L2R,
            Duplex=Name.DuplexFlipShortEdge,
            PrintScaling=Name("/None"),
        )
        target.save(
            booklet,
            min_version="1.7",  # the first that knows Duplex
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            deterministic_id=True,
        )
    return booklet.getvalue()


def _sides(pages: int, *, right_to_left: bool) -> Iterator[tuple[int, int]]:
    """The numbers of the pages on the left and the right half of each side; those above `pages` are blank."""
    whole = pages + -pages % 4
    for low in range(1, whole // 2 + 1):
        high = whole + 1 - low
        is_front = low % 2 == 1
        yield (high, low) if is_front != right_to_left else (low, high)


def _form(source: pikepdf.Pdf, page: pikepdf.Page) -> pikepdf.Object:
    """What a page shows, as a form for another page; it has the page's own fonts and pictures, not copies."""
    return source.make_stream(
        _untagged(page), Type=Name.XObject, Subtype=Name.Form, BBox=page.trimbox, Resources=page.resources
    )


def _untagged(page: pikepdf.Page) -> bytes:
    """The content of a page without its places in the structure tree; text that stands behind glyphs is kept."""
    instructions = pikepdf.parse_content_stream(page)
    for instruction in instructions:
        match list(instruction.operands):
            case [_, Dictionary() as properties] if "/MCID" in properties:
                del properties["/MCID"]
    return pikepdf.unparse_content_stream(instructions)


def _add_side(
    target: pikepdf.Pdf, trim: tuple[Decimal, ...], forms: dict[int, pikepdf.Object], halves: tuple[int, int]
) -> None:
    """Add one side of a sheet: the page of this number on its left half, and that on its right."""
    left, bottom, right, top = trim
    width = right - left
    side = target.add_blank_page(page_size=(2 * width, top - bottom))
    side.trimbox = side.mediabox
    shown = b""
    for number, x in zip(halves, (-left, width - left), strict=True):
        if number in forms:
            name = side.add_resource(forms[number], Name.XObject, Name(f"/Page{number}"))
            shown += f"q 1 0 0 1 {x} {-bottom} cm {name} Do Q\n".encode()
    side.Contents = target.make_stream(shown)
