"""A Word base document that would hide words of a leaflet, add some, or fetch others is refused."""

import pytest
from test_word_base import STYLE_SHEET as STYLES
from test_word_base import Edit, base, edited, in_style, put, said

from leafletpress.write.word.base import problems

HEADER, FOOTER, FIRST_FOOTER, LISTS, BODY = (
    "word/header1.xml", "word/footer1.xml", "word/footer2.xml", "word/numbering.xml", "word/document.xml",
)  # fmt: skip
END_OF_HEADER, END_OF_FOOTER = r"(?=</w:p></w:hdr>)", r"(?=</w:p></w:ftr>)"


def in_letters(mark: str) -> Edit:
    """Adds a mark to the letters of the default text."""
    return put(STYLES, "(?<=<w:rPrDefault><w:rPr>)", mark)


def in_header(content: str) -> Edit:
    return put(HEADER, END_OF_HEADER, content)


def in_footer(content: str) -> Edit:
    return put(FOOTER, END_OF_FOOTER, content)


def field(instruction: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (in_letters("<w:vanish/>"), "styles.xml hides or moves text (w:vanish)"),
        (in_letters('<w:vanish w:val="true"/>'), "styles.xml hides or moves text (w:vanish)"),
        (in_letters("<w:webHidden/>"), "(w:webHidden)"),
        (in_letters("<w:strike/>"), "(w:strike)"),
        (in_letters("<w:dstrike/>"), "(w:dstrike)"),
        (in_letters('<w:w w:val="1"/>'), "letters of 1 % of their width"),
        (in_letters('<w:spacing w:val="-200"/>'), "sets letters on one another"),
        (put(STYLES, r"<w:pPrDefault>.*?</w:pPrDefault>|(?<=</w:rPrDefault>)",
             '<w:pPrDefault><w:pPr><w:spacing w:line="2" w:lineRule="exact"/></w:pPr></w:pPrDefault>'),
         "lines that cut their text"),
        (in_style("Leaflet Danger", r'(?=</w:rPr>)', '<w:sz w:val="1"/><w:szCs w:val="1"/>'), "text of 0.5 pt"),
        (in_style("Leaflet Box now", r"FDE9E7", "8C1D18"), "can't be told from the ground 8C1D18"),
        (in_header(field('DDEAUTO c:\\\\windows\\\\calc "" ""')), "header1.xml holds the field DDEAUTO"),
        (in_footer(field("INCLUDETEXT other.docx")), "holds the field INCLUDETEXT"),
        (in_footer(field("includepicture x.png")), "holds the field includepicture"),
        (in_footer('<w:fldSimple w:instr=" DATE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'), "holds the field DATE"),
        (put(BODY, "(?<=<w:body>)", f"<w:p>{field('LINK Excel.Sheet.12 x')}</w:p>"), "holds the field LINK"),
        (in_header("<w:r><w:t>Approved by nobody</w:t></w:r>"), 'has words of its own: "Approved by nobody"'),
        (put(FIRST_FOOTER, END_OF_FOOTER, "<w:r><w:t>Final</w:t></w:r>"), 'has words of its own: "Final"'),
        (in_header('<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textpath string="APPROVED"/>'
                   "</v:shape></w:pict></w:r>"), 'has words of its own: "APPROVED"'),
        (put(LISTS, '(?<=<w:lvlText w:val=")%1', "Never %1"), 'a list mark has words: "Never'),
    ],
)  # fmt: skip
def test_what_hides_adds_or_fetches_words_is_refused(edit: Edit, told: str) -> None:
    found = said(edited(edit))
    assert any(told in one for one in found), found


@pytest.mark.parametrize(
    "edit",
    [
        in_letters('<w:vanish w:val="0"/>'),
        in_footer(field(" PAGE ")),
        in_footer('<w:fldSimple w:instr="NUMPAGES"><w:r/></w:fldSimple>'),
        in_style("Leaflet Box now", r"FDE9E7", "EEEEEE"),
    ],
)
def test_what_hides_nothing_is_no_fault(edit: Edit) -> None:
    assert said(edited(edit)) == []


@pytest.mark.parametrize("audience", ["patient", "clinician"])
def test_shipped_bases_hide_nothing(audience: str) -> None:
    assert problems("base.docx", base(audience)) == ()
