"""A Word leaflet becomes a skeleton leaflet; whatever is in the file, no word of it is lost unseen."""

import re
import time
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from PIL import Image
from projects import SITE
from word_files import END, field, p, part, r, word_file

from leafletpress.model.blocks import KINDS, Figure, Section, kind_of
from leafletpress.model.leaflet import Message
from leafletpress.model.problems import ExitCode, LeafletError
from leafletpress.model.walk import section_texts
from leafletpress.read.located.files import Files
from leafletpress.read.word.comparison import lost, words_of_file
from leafletpress.read.word.moving import Moved, moved_leaflet
from leafletpress.read.word.package import open_word

TODAY = date(2026, 12, 1)
PHONE = "020 7946 0958"
DELETED = '<w:del w:id="1"><w:r><w:delText>gone</w:delText></w:r></w:del>'


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """Those of a project with a site in Great Britain."""
    for name in ("leaflets", "sites"):
        (tmp_path / name).mkdir()
    (tmp_path / "sites" / SITE.name).write_bytes(SITE.read_bytes())
    return Files(tmp_path)


def moved(files: Files, content: bytes, name: str = "x.docx") -> Moved:
    """What becomes of a Word file; none of its words may be lost."""
    made = moved_leaflet(files, name, content, "x", None, TODAY, ("clinician", "patient"))
    assert not made.lost
    return made


def blocks(made: Moved) -> list[tuple[str, list[str]]]:
    """The kinds of all blocks but the contact card, with their texts."""
    found = []
    for section in made.leaflet.sections:
        for block in section.blocks:
            alone: Section[Message] = Section(section.id, (block,))
            found.append((kind_of(block.content), [text.text for text in section_texts(alone)]))
    return [one for one in found if one[0] != "contact"]


def only_text(made: Moved) -> str:
    """The text of a leaflet that is one paragraph."""
    ((kind, (text,)),) = blocks(made)
    assert kind == "paragraph"
    return text


def refused(files: Files, content: bytes) -> str:
    """Why a Word file is refused, at once and with a hint."""
    begun = time.monotonic()
    with pytest.raises(LeafletError) as caught:
        moved_leaflet(files, "x.docx", content, "x", None, TODAY, ("clinician", "patient"))
    assert time.monotonic() - begun < 5
    assert caught.value.exit_code == ExitCode.CONTENT
    (problem,) = caught.value.problems
    assert problem.origin.file == "x.docx"
    assert problem.hint
    return problem.text


def png(width: int = 40, height: int = 30) -> bytes:
    """A picture with a remark in its file that no leaflet may have."""
    buffer = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    Image.new("RGB", (width, height), "red").save(buffer, "PNG", exif=exif)
    return buffer.getvalue()


def drawing(ident: str, alt: str = "", crop: str = "") -> str:
    """A run with a picture."""
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent cx="1800000" cy="1350000"/><wp:docPr id="1" name="n" descr="{alt}"/>'
        f'<a:graphic><a:graphicData><a:blipFill><a:blip r:embed="{ident}"/>{crop}</a:blipFill>'
        "</a:graphicData></a:graphic>"
        "</wp:inline></w:drawing></w:r>"
    )


def text_box(*inside: str) -> str:
    """A run with a text box, said twice as Word does: for itself, and for its older versions."""
    box = f"<w:txbxContent>{''.join(inside)}</w:txbxContent>"
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def cell(*inside: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(inside)}</w:tc>"


def table(*rows: str, head: bool = True) -> str:
    mark = "<w:trPr><w:tblHeader/></w:trPr>" if head else ""
    marks = [mark, *[""] * len(rows)]
    return f"<w:tbl>{''.join(f'<w:tr>{mark}{row}</w:tr>' for mark, row in zip(marks, rows, strict=False))}</w:tbl>"


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        (("Wash your hands.",), "Wash your hands."),
        (("Do ", r("not ", "<w:b/>"), "wait."), "Do **not** wait."),
        ((r("All ", "<w:b/>"), r("of it", "<w:b/>"), "."), "**All of it**."),
        ((r("Plain", '<w:b w:val="0"/>'), " words."), "Plain words."),
        (("A * star, {a} brace, [one] and C:\\x_y <b>.",), None),
        (("H", r("2", '<w:vertAlign w:val="subscript"/>'), "O is water."), "H_{2}O is water."),
        (("One line<",), None),
        (("One", "<w:r><w:br/></w:r>", "two."), "One[/]two."),
        (("<w:r><w:br/></w:r>", "One", "<w:r><w:br/><w:t>two.</w:t><w:br/></w:r>"), "One[/]two."),
        (("A", "<w:r><w:tab/></w:r>", "tab."), "A tab."),
        (("soft\u00adhyphen and zero\u200bwidth.",), "softhyphen and zerowidth."),
    ],
)
def test_words_are_written_in_the_markup_of_leaflets(files: Files, runs: tuple[str, ...], text: str | None) -> None:
    kept = only_text(
        moved(files, word_file(p(*(run if run.startswith("<w:") else run.replace("<", "&lt;") for run in runs))))
    )
    assert text in (None, kept)


def test_a_figure_with_its_unit_becomes_a_fact_that_waits_for_its_source(files: Files) -> None:
    made = moved(files, word_file(p("Take 5mg twice a day for 2-3 weeks, 1,000 mg/day at most."), p("Take 5 mg, too.")))
    assert [text for _, (text,) in blocks(made)] == [
        "Take {dose_5_mg} {frequency_2_per_day} for {duration_2_to_3_week}, {dose_1000_mg_day} at most.",
        "Take {dose_5_mg_2}, too.",
    ]
    facts = {name: (fact.value, fact.unit, fact.sources) for name, fact in made.leaflet.facts.items()}
    assert facts["duration_2_to_3_week"] == ("2 to 3", "week", ())
    assert facts["dose_5_mg"] == facts["dose_5_mg_2"] == ("5", "mg", ())


@pytest.mark.parametrize(
    "text", ["5mg/5ml", "a 5-day course", "a 24 hour helpline", "2 times a day", "0 mg", "20 to 10 mg", "once per day"]
)
def test_a_figure_that_no_fact_prints_in_these_words_stays_in_the_text(files: Files, text: str) -> None:
    assert only_text(moved(files, word_file(p(f"It is {text}.")))) == f"It is {text}."


def test_spaces_that_keep_figures_together_are_spaces(files: Files) -> None:
    text = only_text(moved(files, word_file(p("It is 1\u00a0to\u00a03\u202fcm long."))))
    assert text == "It is {length_1_to_3_cm} long."


def test_a_figure_that_is_half_strong_stays_in_the_text(files: Files) -> None:
    assert only_text(moved(files, word_file(p("Take ", r("5", "<w:b/>"), " mg now.")))) == "Take **5** mg now."


def test_a_phone_number_is_listed_for_the_site_with_the_words_before_it(files: Files) -> None:
    made = moved(
        files,
        word_file(
            p(f"Come soon. Skin clinic: {PHONE}, any day."),
            table(cell(p("Ward")) + cell(p("+44 20 7946 0959")), head=False),
        ),
    )
    (_, (text,)), (_, cells) = blocks(made)
    assert text == "Come soon. Skin clinic: FILL IN without the number, any day."
    assert cells == ["Ward", "FILL IN without the number"]
    assert made.notes[:2] == (
        f'paragraph 1: phone number behind ‘Skin clinic’: "{PHONE}"',
        'paragraph 3: phone number behind ‘Ward’: "+44 20 7946 0959"',
    )


def test_a_number_that_is_none_is_no_phone_number(files: Files) -> None:
    text = "In 2020 to 2021, 12345678 of 98765432 people; ISBN 978 0 306 40615 7."
    assert only_text(moved(files, word_file(p(text)))) == text


def test_links_lead_where_they_led(files: Files) -> None:
    leads = (
        ("r1", "hyperlink", "https://example.org/a"),
        ("r2", "hyperlink", "mailto:skin@example.org"),
        ("r3", "hyperlink", "file:///c:/x"),
    )
    made = moved(
        files,
        word_file(
            p(
                f'<w:hyperlink r:id="r1">{r("more ", "<w:b/>")}</w:hyperlink>',
                "or ",
                f'<w:hyperlink r:id="r2">{r("write")}</w:hyperlink>',
                ".",
            ),
            p(
                f'<w:hyperlink r:id="r3">{r("nowhere")}</w:hyperlink>',
                " and www.example.org/b_c, or ",
                f"<w:fldSimple w:instr=' HYPERLINK \"https://example.org/a\" '>{r('again')}</w:fldSimple>",
            ),
            p(
                field('HYPERLINK "https://example.org/d"'),
                "in a field",
                END,
                " and out.",
            ),
            leads=leads,
        ),
    )
    assert [text for _, (text,) in blocks(made)] == [
        "**[more](@example_org)** or [write](@skin_example_org).",
        "nowhere and [FILL IN which page this is](@example_org_2), or [again](@example_org)",
        "[in a field](@example_org_3) and out.",
    ]
    assert made.leaflet.links["example_org_2"].address == "https://www.example.org/b_c"
    assert any("leads to no page" in note and "file:///c:/x" in note for note in made.notes)


NUMBERING = part(
    "numbering",
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    "</w:abstractNum>"
    '<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="☐"/></w:lvl>'
    "</w:abstractNum>" + "".join(f'<w:num w:numId="{n + 1}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(3)),
)


def item(words: str, number: int, level: int = 0) -> str:
    return p(words, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def test_lists_are_points_steps_or_boxes_to_tick_and_lists_inside_are_lines_of_their_item(files: Files) -> None:
    made = moved(
        files,
        word_file(
            item("One", 1),
            item("deep", 1, 1),
            item("Two", 1),
            item("First", 2),
            item("Then", 2),
            item("Ask", 3),
            p("Between."),
            item("Third", 2),
            parts={"numbering.xml": NUMBERING},
        ),
    )
    assert blocks(made) == [
        ("bullets", ["One[/]– deep", "Two"]),
        ("steps", ["First", "Then"]),
        ("checklist", ["Ask"]),
        ("paragraph", ["Between."]),
        ("steps", ["Third"]),
    ]
    assert any("lists or paragraphs inside" in note for note in made.notes)
    assert any("count on from 2" in note for note in made.notes)


def test_lists_that_somebody_typed_are_lists(files: Files) -> None:
    made = moved(
        files,
        word_file(
            p("• One"),
            p("•  Two"),
            p("1. First"),
            p("2) Then"),
            p("☐ Ask"),
            p("- a"),
            p("- b"),
            p("– alone"),
            p("2020. A year"),
            p("You need:", "<w:r><w:br/><w:t>• soap</w:t><w:br/><w:t>• water</w:t></w:r>"),
        ),
    )
    assert blocks(made) == [
        ("bullets", ["One", "Two"]),
        ("steps", ["First", "Then"]),
        ("checklist", ["Ask"]),
        ("bullets", ["a", "b"]),
        ("paragraph", ["– alone"]),
        ("paragraph", ["2020. A year"]),
        ("paragraph", ["You need:"]),
        ("bullets", ["soap", "water"]),
    ]


STYLES = part(
    "styles",
    "<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val='22'/></w:rPr></w:rPrDefault></w:docDefaults>"
    "<w:style w:type='paragraph' w:default='1' w:styleId='Standard'><w:name w:val='Normal'/></w:style>"
    "<w:style w:type='paragraph' w:styleId='Titel'><w:name w:val='Title'/></w:style>"
    "<w:style w:type='paragraph' w:styleId='berschrift1'><w:name w:val='heading 1'/><w:rPr><w:b/></w:rPr></w:style>"
    "<w:style w:type='paragraph' w:styleId='Own'><w:name w:val='Ours'/><w:basedOn w:val='berschrift1'/></w:style>"
    "<w:style w:type='paragraph' w:styleId='Loop'><w:name w:val='Loop'/><w:basedOn w:val='Loop'/>"
    "<w:rPr><w:vanish/></w:rPr></w:style>",
)


def test_headings_are_known_by_their_style_in_any_language_and_by_their_looks(files: Files) -> None:
    made = moved(
        files,
        word_file(
            p("Dry skin", style="Titel"),
            p("It itches."),
            p("Causes", style="berschrift1"),
            p("Cold air."),
            p("Care", style="Own"),
            p("Oil."),
            p(r("Bold line", "<w:b/>")),
            p("Text below."),
            p(r("Larger line", "<w:sz w:val='28'/>")),
            p("Text, too."),
            p(r("Do not wait.", "<w:b/>")),
            p(r("Last and bold", "<w:b/>")),
            parts={"styles.xml": STYLES},
        ),
    )
    leaflet = made.leaflet
    assert leaflet.title.text == "Dry skin"
    headings = [section.heading.text if section.heading else None for section in leaflet.sections]
    assert headings == [None, "Causes", "Care", "Bold line", "Larger line"]
    assert blocks(made)[-2:] == [("paragraph", ["**Do not wait.**"]), ("paragraph", ["**Last and bold**"])]


def test_a_title_behind_a_letterhead_is_the_title(files: Files) -> None:
    letterhead = table(cell(p("Example Hospital")) + cell(p("Skin clinic")), head=False)
    title = p("Dry skin", style="berschrift1")
    made = moved(files, word_file(letterhead, title, p("It itches."), parts={"styles.xml": STYLES}))
    assert made.leaflet.title.text == "Dry skin"
    assert blocks(made) == [("definitions", ["Example Hospital", "Skin clinic"]), ("paragraph", ["It itches."])]


def test_the_only_heading_of_the_first_level_is_the_title_where_nothing_is_before_it(files: Files) -> None:
    style = "berschrift1"
    assert (
        moved(
            files, word_file(p("Dry skin", style=style), p("It itches."), parts={"styles.xml": STYLES})
        ).leaflet.title.text
        == "Dry skin"
    )
    several = moved(
        files,
        word_file(p("Why?", style=style), p("Cold."), p("How?", style=style), p("Oil."), parts={"styles.xml": STYLES}),
    )
    assert several.leaflet.title.text == "FILL IN the title"


def test_tables_keep_each_cell(files: Files) -> None:
    rows = (
        cell(p("Cream")) + cell(p("Dose")) + cell(p("When")),
        cell(p("Weak"), p("thin")) + cell(p("x"), properties='<w:gridSpan w:val="2"/>'),
        cell(p()),
    )
    made = moved(files, word_file(table(*rows), table(cell(p("Word")) + cell(p("What it means")), head=False)))
    assert blocks(made) == [
        ("table", ["Cream", "Dose", "When", "Weak[/]thin", "x", "–", "–", "–", "–"]),
        ("definitions", ["Word", "What it means"]),
    ]
    assert any("joined" in note for note in made.notes)


def test_a_frame_of_one_cell_is_text_and_said(files: Files) -> None:
    made = moved(files, word_file(p("Before."), table(cell(p("In the frame."), p("• One"), p("• Two")), head=False)))
    assert blocks(made) == [("paragraph", ["Before."]), ("paragraph", ["In the frame."]), ("bullets", ["One", "Two"])]
    assert any("callout" in note for note in made.notes)


def test_pictures_are_saved_without_what_is_not_seen_and_wait_for_their_words(files: Files) -> None:
    leads = (("r1", "image", "media/a.png"), ("r2", "image", "media/b.emf"), ("r3", "image", "media/none.png"))
    body = (
        p("See:"),
        p(drawing("r1", "a red patch", '<a:srcRect l="9"/>')),
        p("Red", style="Caption"),
        p(drawing("r2", "a plan")),
        p(drawing("r3")),
        p(drawing("r1")),
    )
    styles = part("styles", "<w:style w:type='paragraph' w:styleId='Caption'><w:name w:val='caption'/></w:style>")
    made = moved(
        files,
        word_file(
            *body, leads=leads, parts={"styles.xml": styles, "media/a.png": png(), "media/b.emf": b"\1\0\0\0EMF"}
        ),
    )
    figures = [
        block.content
        for section in made.leaflet.sections
        for block in section.blocks
        if isinstance(block.content, Figure)
    ]
    assert [(one.image, one.width) for one in figures] == [("x-1.png", "50mm"), ("x-1.png", "50mm")]
    assert figures[0].alt.text == "FILL IN in words what can be seen. Word has: a red patch"
    assert figures[0].caption
    assert figures[0].caption.text == "Red"
    assert b"secret" in png()
    assert b"secret" not in made.files["leaflets/x-1.png"]
    assert [note for note in made.notes if "x-1.png was cropped" in note]
    assert [note for note in made.notes if "b.emf" in note and note.endswith(': "a plan"')]
    assert [note for note in made.notes if "none.png is not in the file" in note]


def test_a_sign_beside_a_line_is_no_figure(files: Files) -> None:
    sign = drawing("r1", "a drop").replace('cx="1800000"', 'cx="180000"')
    made = moved(
        files, word_file(p(sign, "Wash."), leads=(("r1", "image", "media/a.png"),), parts={"media/a.png": png()})
    )
    assert only_text(made) == "Wash."
    assert made.notes == ('paragraph 1: a small picture is left out: a sign, not a figure: "a drop"',)


def test_what_is_beside_the_text_is_listed_with_its_place(files: Files) -> None:
    made = moved(
        files,
        word_file(
            p(
                "Seen",
                '<w:r><w:footnoteReference w:id="2"/></w:r>',
                '<w:r><w:commentReference w:id="3"/></w:r>',
                r(" unseen", "<w:vanish/>"),
                ".",
            ),
            p(
                "A ",
                DELETED,
                '<w:ins w:id="2"><w:r><w:t>new</w:t></w:r></w:ins>',
                " word.",
                '<w:moveFrom w:id="4"><w:r><w:t>moved</w:t></w:r></w:moveFrom>',
            ),
            p(
                f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('Click here')}</w:sdtContent></w:sdt>",
                f"<w:sdt><w:sdtContent>{r('Typed')}</w:sdtContent></w:sdt>",
            ),
            p("Box", text_box(p("In the box."))),
            p('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "Sign"),
            p("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>"),
            p("Style", style="Loop"),
            p("Take ", r("50", "<w:strike/>"), r("5", '<w:dstrike w:val="0"/>'), " of them."),
            parts={
                "header1.xml": part("hdr", p("St Example Hospital")),
                "footer1.xml": part("ftr", p("Page 1")),
                "footnotes.xml": part("footnotes", f'<w:footnote w:id="2">{p("First paper.")}</w:footnote>'),
                "endnotes.xml": part("endnotes", f'<w:endnote w:id="1">{p("Last paper.")}</w:endnote>'),
                "comments.xml": part("comments", f'<w:comment w:id="3">{p("Is this so?")}</w:comment>'),
                "charts/chart1.xml": '<c:chart xmlns:c="c"><c:pt><c:v>Rash</c:v></c:pt></c:chart>',
                "styles.xml": STYLES,
            },
        ),
    )
    assert [text for _, texts in blocks(made) for text in texts] == [
        "Seen.",
        "A new word.",
        "Typed",
        "Box",
        "In the box.",
        "Sign",
        "x=1",
        "Take 5 of them.",
    ]
    for note in (
        'paragraph 1: a footnote: "First paper."',
        'paragraph 1: a comment: "Is this so?"',
        'paragraph 1: hidden text: "unseen"',
        'paragraph 2: deleted in a tracked change: "gone"',
        'paragraph 2: moved away in a tracked change: "moved"',
        'paragraph 3: a prompt to type something: "Click here"',
        "paragraph 4: a text box: its text stands behind this paragraph",
        'in the header: "St Example Hospital"',
        'in the footer: "Page 1"',
        'an endnote: "Last paper."',
        'in a chart: "Rash"',
        'paragraph 8: hidden text: "Style"',
        'paragraph 9: text that is struck through: "50"',
    ):
        assert note in made.notes, made.notes
    written = made.files["leaflets/x.yaml"].decode()
    assert all(f"# {note}" in written for note in made.notes)


def test_what_is_beside_the_text_several_times_is_listed_as_often(files: Files) -> None:
    parts = {f"footer{number}.xml": part("ftr", p("Example Hospital")) for number in (1, 2)}
    assert moved(files, word_file(p("Text."), parts=parts)).notes == ('in the footer: "Example Hospital"',) * 2


def test_a_table_of_contents_is_listed(files: Files) -> None:
    begin = field(' TOC \\o "1-3" ')
    made = moved(files, word_file(p(begin, "Causes 2"), p("Care 3", END), p("Text.")))
    assert only_text(made) == "Text."
    assert 'paragraph 1: the table of contents: "Causes 2"' in made.notes


def test_strict_word_files_are_read(files: Files) -> None:
    content = word_file(p("Do ", r("not", "<w:b/>"), " wait."))
    buffer = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(buffer, "w") as new:
        for name in old.namelist():
            strict = old.read(name).replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                b"http://purl.oclc.org/ooxml/wordprocessingml/main",
            )
            new.writestr(
                name,
                strict.replace(
                    b"http://schemas.openxmlformats.org/officeDocument", b"http://purl.oclc.org/ooxml/officeDocument"
                ),
            )
    assert only_text(moved(files, buffer.getvalue())) == "Do **not** wait."


def test_a_text_that_is_too_long_is_cut_between_sentences(files: Files) -> None:
    sentences = [f"This is the sentence with the number {n}." for n in range(100)]
    made = moved(files, word_file(p(" ".join(sentences)), p("word " * 600)))
    texts = [text for _, (text,) in blocks(made)]
    assert " ".join(texts[:-1]) == " ".join(sentences)
    assert texts[-1].startswith("FILL IN")
    assert all(len(text) <= 2000 for text in texts)


def test_words_that_a_placer_would_lose_are_found(files: Files) -> None:
    file = words_of_file(open_word("x.docx", word_file(p("One two two three."), p("4 mg"))))
    made = moved(files, word_file(p("One two."), p("4 mg")))
    assert lost(file, made.leaflet, made.files["leaflets/x.yaml"].decode(), ()) == {"two": 1, "three": 1}
    prompts = words_of_file(open_word("x.docx", word_file(p("One two. 4 mg. Fill in the title, in words."))))
    assert {"fill", "title", "words"} <= lost(prompts, made.leaflet, made.files["leaflets/x.yaml"].decode(), ()).keys()


def test_hostile_words_are_words(files: Files) -> None:
    texts = [
        "key: value",
        "- dash",
        "# remark",
        "{{x}}",
        "&anchor",
        "!tag",
        "* star",
        "'\"",
        "yes",
        "null",
        "@at",
        "%x",
        "|",
        "> fold",
        "\\",
        "\\**\\",
        "&amp;lt;script>",
        "a ^{b} c",
        "__x__",
        "`x`",
        "[x](@y)",
        "**",
        "\U0001f600",
        "\u202eabc",
        "﷽",
        "---",
        "...",
    ]
    made = moved(
        files,
        word_file(*(p(text.replace("<", "&lt;") if "&amp;" in text else text.replace("&", "&amp;")) for text in texts)),
    )
    assert len(blocks(made)) + len([note for note in made.notes if "can't hold" in note]) >= len(texts) - 3


def test_nothing_in_the_file_still_makes_a_leaflet(files: Files) -> None:
    made = moved(files, word_file())
    assert made.leaflet.title.text == "FILL IN the title"
    assert blocks(made) == []


LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "can't be read as a Word file"),
        (b"PK\3\4 cut off", "can't be read as a Word file"),
        (word_file(p("x"))[:-40], "can't be read as a Word file"),
        (LOCKED, "locked with a password"),
        (LOCKED[:500], "of an older Word"),
        (word_file(p("x"), kind="application/vnd.ms-word.document.macroEnabled.main+xml"), "macros"),
        (word_file(p("x"), parts={"vbaProject.bin": b"x"}), "macros"),
        (word_file("<w:altChunk/>"), "takes in another document"),
        (word_file("<w:p>"), "can't be read"),
        (word_file("<w:sdt>" * 400 + "</w:sdt>" * 400), "can't be read"),
        (word_file(*[p("Word after word after word. " * 100)] * 300), "840,000 letters, at most 100,000"),
        (
            word_file(p("x"), kind="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
            "is no Word file",
        ),
    ],
    ids=[
        "empty",
        "cut",
        "cut at the end",
        "locked",
        "old",
        "docm",
        "vba",
        "chunk",
        "xml",
        "deep",
        "300 pages",
        "sheet",
    ],
)
def test_what_cannot_be_read_whole_is_refused_at_once(files: Files, content: bytes, why: str) -> None:
    assert why in refused(files, content)


def test_bombs_are_refused_before_they_are_unpacked(files: Files) -> None:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", bytes(150_000_000))
    assert "100 MB" in refused(files, buffer.getvalue())
    assert "30 MB" in refused(files, word_file(" " * 40_000_000))
    lol = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    content = word_file(p("&a8;"), parts={"styles.xml": f'<!DOCTYPE x [<!ENTITY a0 "lol">{lol}]><x>&a8;</x>'})
    assert "can't be read" in refused(files, content)
    declared = word_file(p("x"), parts={"styles.xml": "<!DOCTYPE x><x/>"})
    assert "declares a document type" in refused(files, declared)


def test_a_deep_file_that_can_be_parsed_is_read_or_refused(files: Files) -> None:
    deep = "<w:sdt>" * 200 + p("At the bottom.") + "</w:sdt>" * 200
    assert only_text(moved(files, word_file(deep))) == "At the bottom."


@pytest.mark.parametrize("name", ["A", "x/y", "furniture", "con", ""])
def test_a_name_that_no_leaflet_can_have_is_refused(files: Files, name: str) -> None:
    with pytest.raises(LeafletError, match="is no name for a condition") as caught:
        moved_leaflet(files, "x.docx", word_file(p("x")), name, None, TODAY, ("patient",))
    assert caught.value.exit_code == ExitCode.USAGE


@pytest.mark.parametrize("code", ["abcd", "ABC", "ABCDEFG", "AB1D"])
def test_a_code_that_is_none_is_refused(files: Files, code: str) -> None:
    with pytest.raises(LeafletError, match="is no code"):
        moved_leaflet(files, "x.docx", word_file(p("x")), "x", code, TODAY, ("patient",))


def test_the_same_file_gives_the_same_leaflet(files: Files) -> None:
    content = word_file(p("One 5 mg."), p(f"Call {PHONE}."))
    assert moved(files, content).files == moved(files, content).files


def test_every_kind_that_is_made_is_one_of_leaflets(files: Files) -> None:
    written = moved(files, word_file(p("One."))).files["leaflets/x.yaml"].decode()
    assert set(re.findall(r"^        (\w+):", written, re.MULTILINE)) - {"blocks"} <= {*KINDS}
