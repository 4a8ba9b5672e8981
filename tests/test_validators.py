"""Each outside validator passes a small file that is well, and reports one that is not."""

from collections.abc import Callable
from pathlib import Path

import docx
import pytest
import validators
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml
from readback import boxes

from leafletpress.write.fonts import font_faces

PAGE = "<html lang=en><title>Hand care</title><h1>Hand care</h1><p>Keep your hands warm.</p>"
CATALOG = """\
msgid ""
msgstr ""
"Project-Id-Version: leafletpress\\n"
"PO-Revision-Date: 2026-01-01 00:00+0000\\n"
"Last-Translator: Nobody\\n"
"Language-Team: Nobody\\n"
"Language: es\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

#, python-brace-format
msgid "Call {phone} today"
msgstr "Llame hoy al {%s}"
"""


def write_pdf(path: Path, variant: str | None) -> Path:
    import leafletpress.write.pdf.writer  # noqa: F401 - first: it keeps the machine's fonts out of sight

    from weasyprint import CSS, HTML  # isort: skip
    from weasyprint.text.fonts import FontConfiguration  # isort: skip

    fonts = FontConfiguration()
    style = f"{font_faces(('Noto Sans',))} html {{ font-family: 'Noto Sans' }}"
    sheet = CSS(string=style, font_config=fonts)
    HTML(string=PAGE).write_pdf(path, stylesheets=[sheet], font_config=fonts, pdf_variant=variant)
    return path


def write_docx(path: Path, inside: str = "") -> Path:
    document = docx.Document()
    document.add_paragraph("Keep your hands warm.")
    document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{inside}</w:p>"))
    # A part of python-docx's start document that Word 2010 read, at odds with its styles.
    for key, relation in list(document.part.rels.items()):
        if relation.reltype.endswith("/stylesWithEffects"):
            del document.part.rels[key]
    document.save(str(path))
    return path


def write_catalog(path: Path, placeholder: str) -> Path:
    path.write_text(CATALOG % placeholder, encoding="utf-8")
    return path


def test_verapdf_tells_a_tagged_pdf_from_a_plain_one(tmp_path: Path) -> None:
    good, bad = write_pdf(tmp_path / "good.pdf", "pdf/ua-1"), write_pdf(tmp_path / "bad.pdf", None)
    no_pdf = tmp_path / "no.pdf"
    no_pdf.write_text("not a PDF")
    found = validators.verapdf([good, bad, no_pdf], "ua1")
    assert found[good] == []
    assert any("StructTreeRoot" in finding for finding in found[bad])
    assert found[no_pdf]


def test_verapdf_holds_files_to_what_they_are_to_claim(tmp_path: Path) -> None:
    reader, archive = write_pdf(tmp_path / "reader.pdf", "pdf/ua-1"), write_pdf(tmp_path / "archive.pdf", "pdf/a-2a")
    no_pdf = tmp_path / "no.pdf"
    no_pdf.write_text("not a PDF")
    found = validators.verapdf_claims([reader, archive, no_pdf])
    assert found["ua1"][reader] == found["2a"][archive] == []
    assert found["2a"][reader] == ["does not claim to be PDF/A-2A"]
    assert found["ua1"][archive] == ["does not claim to be PDF/UA-1"]
    assert found["ua1"][no_pdf] == found["2a"][no_pdf] != []


def test_outloud_tells_a_tagged_pdf_from_a_plain_one(tmp_path: Path) -> None:
    good, bad = write_pdf(tmp_path / "good.pdf", "pdf/ua-1"), write_pdf(tmp_path / "bad.pdf", None)
    no_pdf = tmp_path / "no.pdf"
    no_pdf.write_text("not a PDF")
    found = validators.outloud([good, bad, no_pdf])
    assert found[good] == []
    assert any("StructTreeRoot" in finding for finding in found[bad])
    assert found[no_pdf]


@pytest.mark.parametrize("validate", [validators.ooxml_sdk, validators.openxml_audit])
def test_docx_validators_report_an_element_that_word_does_not_know(
    validate: Callable[[list[Path]], validators.Findings], tmp_path: Path
) -> None:
    good, bad = write_docx(tmp_path / "good.docx"), write_docx(tmp_path / "bad.docx", "<w:bogus/>")
    found = validate([good, bad])
    assert found[good] == []
    assert any("bogus" in finding for finding in found[bad])


@pytest.mark.parametrize("validate", [validators.ooxml_sdk, validators.openxml_audit])
def test_docx_validators_report_a_file_that_is_no_docx(
    validate: Callable[[list[Path]], validators.Findings], tmp_path: Path
) -> None:
    path = tmp_path / "no.docx"
    path.write_text("not a DOCX")
    assert validate([path])[path]


def test_the_nu_checker_reports_an_element_out_of_place_and_a_style_that_does_not_exist(tmp_path: Path) -> None:
    good, bad, style = (tmp_path / f"{name}.html" for name in ("good", "bad", "a style"))
    page = "<!DOCTYPE html><html lang=en><title>Hand care</title><h1>Hand care</h1>"
    good.write_text(page)
    bad.write_text(f"{page}<p><ul></ul></p>")
    style.write_text(f"{page}<style>h1 {{ color: bule }}</style>")
    found = validators.vnu([good, bad, style])
    assert found[good] == []
    assert any("No “p” element in scope" in finding for finding in found[bad])
    assert any("bule" in finding for finding in found[style])


def test_msgfmt_reports_a_placeholder_that_was_renamed(tmp_path: Path) -> None:
    good, bad = write_catalog(tmp_path / "good.po", "phone"), write_catalog(tmp_path / "bad.po", "telephone")
    found = validators.msgfmt([good, bad])
    assert found[good] == []
    assert any("phone" in finding for finding in found[bad])


def test_libreoffice_prints_a_docx_whose_words_poppler_reads(tmp_path: Path) -> None:
    printed = validators.soffice_pdf([write_docx(tmp_path / "hands.docx")], tmp_path)
    words = validators.pdftotext_bbox(printed[tmp_path / "hands.docx"])
    assert [word.text for word in words] == ["Keep", "your", "hands", "warm."]
    assert all(word.page == 1 and word.left < word.right and word.top < word.bottom for word in words)
    assert [word.left for word in words] == sorted(word.left for word in words)


@pytest.mark.parametrize(("text", "has_boxes"), [("Keep your hands warm.", False), ("Keep your hands อุ่น.", True)])
def test_a_letter_that_no_font_has_is_seen_in_what_libreoffice_prints(
    text: str, has_boxes: bool, tmp_path: Path
) -> None:
    path = tmp_path / "hands.docx"
    document = docx.Document()
    document.add_paragraph(text)
    document.save(str(path))
    printed = validators.soffice_pdf([path], tmp_path, "noto-sans")
    assert bool(boxes(printed[path].read_bytes())) is has_boxes


def test_libreoffice_and_poppler_say_when_there_is_nothing_to_read(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="could not convert"):
        validators.soffice_pdf([tmp_path / "absent.docx"], tmp_path)
    with pytest.raises(RuntimeError, match="could not read"):
        validators.pdftotext_bbox(tmp_path / "absent.pdf")


def test_missing_validator_skips_at_home_and_fails_in_ci(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("LEAFLETPRESS_REQUIRE_VALIDATORS", raising=False)
    with pytest.raises(pytest.skip.Exception, match="msgfmt"):
        validators.require("msgfmt")
    monkeypatch.setenv("LEAFLETPRESS_REQUIRE_VALIDATORS", "1")
    with pytest.raises(pytest.fail.Exception, match="msgfmt"):
        validators.require("msgfmt")
