"""The table of all functions of WeasyPrint and pydyf that are replaced; none is replaced elsewhere.

What is known upstream was looked up among the issues and pull requests of Kozea/WeasyPrint in November 2026.
docs/upstream/ has, where that is short, the change to WeasyPrint itself that would make a row needless.
"""

from leafletpress.write.pdf.patches.rows import Replaced, Row

WRITTEN_FOR = "70.0"  # the version of WeasyPrint

_SHOW_TEXT = "3e008af86f62f42c382b8d75f85a92022008f8254db58a9d8f58f137ee7bcc40"
_SPLIT_FIRST_LINE = "39ad1016863ca34de0bea4c9fcffb46da7e27813c87dd82b7011bfa19fe5504f"

ROWS = (
    Row(
        "tags",
        "right",
        (
            Replaced(
                "weasyprint.pdf.stream.Stream.marked",
                "marks.marked",
                "3fa3acacbbf66422e7b0de4346b6eaf638657280a0f62c73172e3c445b888692",
                ("weasyprint.pdf.stream.Stream.marked",),
            ),
            Replaced(
                "weasyprint.pdf.tags._build_box_tree",
                "structure.build_box_tree",
                "f716251a83e7096e9cae972b63e633aab21c664d200582166dd0d5096780f9c4",
                ("weasyprint.pdf.tags._build_box_tree",),
            ),
        ),
        why="screen readers would read what repeats on each page, in the wrong language, and miscount lists and tables",
        upstream="margins of pages as artifacts: #1836, open, said to be hard; scope of table heads: #2508, open; "
        "terms and meanings: #2482, open; PDF/A and PDF/UA in one file: #2467 and #2783, open. Languages within a "
        "page, numbering of lists, lists laid out in columns, and text behind joined letters: not found upstream as "
        "of 2026-11. See docs/upstream/tags.patch",
    ),
    Row(
        "reading order",
        "right",
        (
            Replaced(
                "weasyprint.stacking._dispatch_children",
                "order.dispatch_children",
                "664961378e41dc05db7d4e9c0051dec25be8abd7311d50c6ea8fbf8173d7a122",
                ("weasyprint.stacking._dispatch_children",),
            ),
            Replaced(
                "weasyprint.draw.draw_inline_level",
                "order.draw_inline_level",
                "068162a401d00efd3bc23a37df12a1c743cd8958cdbf4f03960a777760b1e01c",
                ("weasyprint.draw.draw_inline_level",),
            ),
            Replaced(
                "weasyprint.draw.draw_block_level",
                "order.draw_block_level",
                "3de9ec3ad4aaad3c11a93368dc0b5767740a425c5b46195b3e6f7cf3f8ce648d",
                ("weasyprint.draw.draw_block_level",),
            ),
        ),
        why="readers that know nothing of the structure would find the marks of lists and pictures behind all text",
        upstream="not found upstream as of 2026-11",
    ),
    Row(
        "repeated heads",
        "right",
        (
            Replaced(
                "weasyprint.pdf.generate_pdf",
                "repeats.generate_pdf",
                "626343ef25c396e8521948cadbe2b7544331c161040da80ed4e338fadac3efa9",
                ("weasyprint.pdf.generate_pdf", "weasyprint.document.generate_pdf"),
            ),
        ),
        why="the head of a table over two pages would be read aloud again in the midst of it",
        upstream="not found upstream as of 2026-11",
    ),
    Row(
        "links",
        "right",
        (
            Replaced(
                "weasyprint.pdf.anchors.add_links",
                "links.add_links",
                "262e8b9b299892a7b539bf622e47b891f9c0548e555d6438c3ae6c48f30feca0",
                ("weasyprint.pdf.anchors.add_links", "weasyprint.pdf.add_links"),
            ),
            Replaced(
                "weasyprint.anchors.gather_anchors",
                "links.gather_anchors",
                "373f8c676f27da3b0960998876d78d01eef0b5ff0a0b0c48bfc7a9a89627bbfd",
                ("weasyprint.anchors.gather_anchors", "weasyprint.document.gather_anchors"),
            ),
        ),
        why="a link over several lines would be several links, each read aloud and stopped at; none would say what it "
        "is for, and none would lead from a reference back to where it is cited",
        upstream="#185, open since 2014; it names QuadPoints, which ours sets. See docs/upstream/links.patch. What a "
        "link is for, and links of list marks: not found upstream as of 2026-11",
    ),
    Row(
        "moves",
        "right",
        (
            Replaced(
                "pydyf.Stream.show_text",
                "moves.show_text",
                _SHOW_TEXT,
                ("pydyf.Stream.show_text", "weasyprint.pdf.stream.Stream.show_text"),
            ),
        ),
        why="PDFium, which is in most browsers and telephones, would draw Bengali words over themselves",
        upstream="empty strings among shown glyphs: not found upstream as of 2026-11. See docs/upstream/moves.patch",
    ),
    Row(
        "letters",
        "right",
        (
            Replaced(
                "pydyf.Stream.show_text",
                "letters.show_text",
                _SHOW_TEXT,
                ("weasyprint.pdf.stream.Stream.show_text",),
            ),
            Replaced(
                "weasyprint.pdf.fonts.Font.subset",
                "codes.subset",
                "61ed6bc2e9a7e43a7ad4c50e4bd61a0c5b6db06069754e66c6e328f4a97a6311",
                ("weasyprint.pdf.fonts.Font.subset",),
            ),
            Replaced(
                "weasyprint.pdf.fonts._build_vector_font_dictionary",
                "codes.font_dictionary",
                "aa6eea312c6e3375689f3405d48c5059525038a8d73d2f63bf3476de6dc05903",
                ("weasyprint.pdf.fonts._build_vector_font_dictionary",),
            ),
        ),
        why="Arabic, Indic, Thai and Vietnamese words could not be searched, copied or read aloud: letters turn round, "
        "vanish or become others",
        upstream="Arabic letters that come back as others or as none: #2841, open (#2404, in 65.0, mended that whole "
        "words came back several times). A letter that is drawn as two glyphs, and letters that share glyphs: not "
        "found upstream as of 2026-11",
    ),
    Row(
        "gaps",
        "right",
        (
            Replaced(
                "weasyprint.layout.inline.split_text_box",
                "gaps.split_text_box",
                "8c564329599ef23fac6cc8c403768e9e51638226d87a8b2de69c49c9c5f408c8",
                ("weasyprint.layout.inline.split_text_box",),
            ),
            Replaced(
                "weasyprint.draw.draw_page",
                "gaps.draw_page",
                "d5bda6b6e6758688ad68a7374ecca7404b888a11c72fba1b4bbef841b216258c",
                ("weasyprint.draw.draw_page", "weasyprint.document.draw_page"),
            ),
        ),
        why="the last word of a line and the first of the next would be read as one, as no space stands between them",
        upstream="spaces at the ends of lines: not found upstream as of 2026-11",
    ),
    Row(
        "line ends",
        "right",
        (
            Replaced(
                "weasyprint.text.line_break.split_first_line",
                "line_ends.split_first_line",
                _SPLIT_FIRST_LINE,
                (
                    "weasyprint.text.line_break.split_first_line",
                    "weasyprint.layout.inline.split_first_line",
                    "weasyprint.layout.preferred.split_first_line",
                ),
            ),
        ),
        why="a line that fits but for the space at its end would break behind its first word",
        upstream="#1051, closed with version 52, was the same fault where a whole paragraph fits; that it is there "
        "before an inline element: not found upstream as of 2026-11. See docs/upstream/line-ends.patch",
    ),
    Row(
        "remembered lines",
        "speed",
        (
            Replaced(
                "weasyprint.text.line_break.split_first_line",
                "text.split",
                _SPLIT_FIRST_LINE,
                ("weasyprint.layout.inline.split_first_line", "weasyprint.layout.preferred.split_first_line"),
            ),
        ),
        why="a document is laid out up to eight times, its tables and columns more often, and most lines are the same",
        upstream="#578, open, asks for less work of this kind; #2808, closed unmerged, cached some measurements",
    ),
    Row(
        "known words",
        "speed",
        (
            Replaced(
                "weasyprint.text.line_break.split_first_line",
                "text.measure",
                _SPLIT_FIRST_LINE,
                ("weasyprint.layout.preferred.split_first_line",),
            ),
        ),
        why="how narrow a column can be is asked of WeasyPrint word by word, each laid out with all that follows it",
        upstream="#2808, closed unmerged, cached the same measurement",
    ),
    Row(
        "watched pages",
        "speed",
        (
            Replaced(
                "weasyprint.layout.page.make_all_pages",
                "pages.make_all_pages",
                "b5e4034894841caa9581fa5d33338c71a7d8948be65618d358ab4b946f367edb",
                ("weasyprint.layout.make_all_pages",),
            ),
        ),
        why="a layout that can't be the best would be laid out to its end: its first pages tell most of the time",
        upstream="a hook behind each page: not found upstream as of 2026-12; #671, closed, asks for pages one by one",
    ),
    Row(
        "styles",
        "speed",
        (
            Replaced(
                "weasyprint.css.ComputedStyle.__init__",
                "styles.begin_computed",
                "ffbc48647d0d85e240e76a164638f0aafb6464cda37ef1f89690d934bafa890e",
                ("weasyprint.css.ComputedStyle.__init__",),
            ),
            Replaced(
                "weasyprint.css.ComputedStyle.__missing__",
                "styles.compute",
                "b318d8efc8ac79d716f05cb81cc3abd65a32bd79601e363b218a32559bb3a5fb",
                ("weasyprint.css.ComputedStyle.__missing__",),
            ),
            Replaced(
                "weasyprint.css.AnonymousStyle.__init__",
                "styles.begin_anonymous",
                "9fbdd74c1ad0945a71a5e07ef437614270ceac339c6de0432c04650b00872794",
                ("weasyprint.css.AnonymousStyle.__init__",),
            ),
        ),
        why="the value of a property that no rule sets is worked out for each box and each property",
        upstream="#578, open, names the same functions; #2808, closed unmerged, shared styles between elements",
    ),
)
