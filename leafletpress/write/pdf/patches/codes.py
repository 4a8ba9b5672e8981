"""Lets a glyph say one text here and another there: it has a number in the PDF for each, all of which draw it.

What a number says is written once for the whole document (ToUnicode); which glyph it draws, too (CIDToGIDMap).
"""

from typing import Any

import pydyf

_MOST = 0xFFFF


def code(glyph: int, text: str, own: str, fonts: list[Any]) -> int:
    """The number under which a glyph says a text: its own where that is its letter, or where it is no letter at all.

    `fonts` are those of WeasyPrint for one font file.
    """
    codes: dict[tuple[int, str], int] = vars(fonts[0]).setdefault("codes", {})
    if (glyph, text) not in codes:
        numbers = codes.values()
        free = fonts[0].glyph_count + sum(number >= fonts[0].glyph_count for number in numbers)
        itself = text == own or (not own and glyph not in numbers)
        if not itself and (free > _MOST or fonts[0].type == "otf"):  # there is no other number
            return glyph
        codes[glyph, text] = glyph if itself else free
        for font in fonts:
            font.codes = codes
            font.to_unicode[codes[glyph, text]] = text
            if own:
                font.to_unicode[glyph] = own
    return codes[glyph, text]


def subset(stock: Any) -> Any:
    """For `pdf.fonts.Font.subset`: keep the glyphs that are shown, under whatever number."""

    def ours(self: Any, to_unicode: dict[int, str], hinting: Any) -> None:
        codes = getattr(self, "codes", {})
        glyphs = to_unicode.keys() - codes.values() | {glyph for glyph, _ in codes}
        stock(self, {glyph: to_unicode.get(glyph, "") for glyph in glyphs}, hinting)

    return ours


def font_dictionary(stock: Any) -> Any:
    """For `pdf.fonts._build_vector_font_dictionary`: write which glyph each number draws."""

    def ours(dictionary: Any, pdf: Any, font: Any, widths: dict[int, int], *how: Any) -> None:
        others = {number: glyph for (glyph, _), number in getattr(font, "codes", {}).items() if number != glyph}
        widths.update({number: widths[glyph] for number, glyph in others.items()})
        stock(dictionary, pdf, font, widths, *how)
        if others:
            drawn = (others.get(number, number if number in widths else 0) for number in range(max(widths) + 1))
            table = pydyf.Stream([b"".join(glyph.to_bytes(2) for glyph in drawn)], compress=True)
            pdf.add_object(table)
            font_of_glyphs = pdf.objects[int(dictionary["DescendantFonts"][0].split()[0])]
            font_of_glyphs["CIDToGIDMap"] = table.reference

    return ours
