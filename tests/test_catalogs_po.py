"""A catalog is read as gettext means it, or refused with the lines that are broken: never in part, never wrongly."""

from pathlib import Path

import pytest
from projects import ROOT, catalog_in

from leafletpress.model.problems import ExitCode, LeafletError
from leafletpress.read.languages.catalogs import Entry

SHIPPED = sorted((ROOT / "locales").rglob("*.po")) + sorted((ROOT / "locales").rglob("*.pot"))
HEADER = """\
msgid ""
msgstr ""
"Language: es\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
ONE = """\
#. heading, for patient
#: leaflets/x.yaml
msgctxt "a.heading"
msgid "One"
msgstr "Uno"

"""
TWO = """\
# a remark by the translator
msgctxt "a.first"
msgid "Two"
msgstr "Dos"

"""
THREE = """\
#. paragraph
#, fuzzy
msgctxt "a.second"
msgid "Three"
msgstr "Tres"
"""
CATALOG = HEADER + ONE + TWO + THREE
GOOD = {("a.heading", "One"): "Uno", ("a.first", "Two"): "Dos", ("a.second", "Three"): "Tres"}


def read(path: Path) -> dict[tuple[str, str], Entry]:
    return catalog_in(path).entries


def entries(tmp_path: Path, content: str | bytes) -> dict[tuple[str, str], str]:
    path = tmp_path / "x.po"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return {key: entry.translation for key, entry in read(path).items()}


def problems(tmp_path: Path, content: str | bytes) -> list[str]:
    with pytest.raises(LeafletError) as caught:
        entries(tmp_path, content)
    assert caught.value.exit_code == ExitCode.CONTENT
    return [str(problem).removeprefix("x.po:") for problem in caught.value.problems]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: "/".join(path.relative_to(ROOT / "locales").parts))
def test_shipped_catalogs_raise_no_alarm(path: Path) -> None:
    found = read(path)
    text = path.read_text(encoding="utf-8")
    assert len(found) == text.count("\nmsgctxt ")
    if path.suffix == ".po":
        assert all(entry.translation for entry in found.values())


def test_entries_know_their_text_their_state_and_their_line(tmp_path: Path) -> None:
    assert entries(tmp_path, CATALOG) == GOOD
    found = read(tmp_path / "x.po").values()
    assert [entry.fuzzy for entry in found] == [False, False, True]
    lines = CATALOG.split("\n")
    assert [lines[entry.line - 1] for entry in found] == ['msgstr "Uno"', 'msgstr "Dos"', 'msgstr "Tres"']


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + CATALOG.encode(),
        CATALOG.replace("\n", "\r\n"),
        CATALOG.replace('msgid "Two"', 'msgid ""\n"T"\n"wo"').replace('msgstr "Dos"', 'msgstr ""\n"Do"\n"s"'),
        CATALOG.replace('msgctxt "a.second"', '#| msgid "Thre"\nmsgctxt "a.second"'),
        CATALOG.replace('msgctxt "a.second"', '#| msgctxt "a.second"\n#| msgid ""\n#| "Thre"\nmsgctxt "a.second"'),
        CATALOG + '\n#~ msgctxt "a.old"\n#~ msgid "Four"\n#~ msgstr "Cuatro"\n',
        CATALOG + '\n#~ msgid ""\n#~ "Four"\n#~ msgstr ""\n#~ "Cuatro"\n',
        CATALOG + '\n#, fuzzy\n#~| msgid "For"\n#~ msgctxt "a.old"\n#~ msgid "Four"\n#~ msgstr "Cuatro"\n',
        CATALOG.rstrip("\n"),
        CATALOG.replace("\n\n", "\n \n\n"),
        CATALOG.replace("charset=utf-8", "charset=UTF-8"),
        ONE + TWO + THREE,
    ],
    ids=[
        "byte_order_mark", "windows_line_ends", "wrapped_lines", "previous_text", "previous_text_wrapped", "obsolete",
        "obsolete_wrapped", "obsolete_with_previous_text", "no_last_line_end", "blank_lines",
        "charset_in_capitals", "no_header",
    ],
)  # fmt: skip
def test_what_translators_programs_write_reads_the_same(tmp_path: Path, content: str | bytes) -> None:
    assert entries(tmp_path, content) == GOOD


def test_escapes_are_read(tmp_path: Path) -> None:
    text = CATALOG.replace('"Dos"', r'"d\"o\\s\n*"')
    assert entries(tmp_path, text)["a.first", "Two"] == 'd"o\\s\n*'


@pytest.mark.parametrize("charset", ["ISO-8859-1", "windows-1252", "CHARSET", "nonsense"])
def test_a_catalog_that_says_another_charset_is_refused_or_read_as_the_utf_8_that_it_is(
    tmp_path: Path, charset: str
) -> None:
    text = CATALOG.replace("charset=utf-8", f"charset={charset}").replace("Dos", "señal")
    try:
        found = entries(tmp_path, text)
    except LeafletError:
        return
    assert found["a.first", "Two"] == "señal"


LAST = CATALOG.count("\n") + 1
LINE = CATALOG.split("\n").index('msgstr "Dos"') + 1
QUOTE_HINT = "a quotation mark is missing, or one inside the text lacks its backslash"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (CATALOG.replace('"Dos"', '"Dos'), [f'{LINE}:1: not a line of a catalog: msgstr "Dos ({QUOTE_HINT})']),
        (CATALOG.replace('"Dos"', 'Dos"'), [f'{LINE}:1: not a line of a catalog: msgstr Dos" ({QUOTE_HINT})']),
        (CATALOG.replace('"Dos"', '"D"o"s"'), [f'{LINE}:1: not a line of a catalog: msgstr "D"o"s" ({QUOTE_HINT})']),
        (CATALOG.replace('msgstr "Dos"', 'msgst "Dos"'), [f"{LINE}:1: not a line of a catalog: "]),
        (CATALOG.replace('msgstr "Dos"', "Dos"), [f"{LINE}:1: not a line of a catalog: Dos"]),
        (CATALOG + "\n" + TWO, [f"{LAST + 4}:1: the same entry twice (first at line {LINE}; keep one)"]),
        (
            CATALOG.replace('msgstr "Dos"', '<<<<<<< ours\nmsgstr "Dos"\n=======\nmsgstr "Doos"\n>>>>>>> theirs'),
            [f"{LINE + step}:1: a mark of a merge conflict (keep one of the two versions)" for step in (0, 2, 4)],
        ),
        (CATALOG.split('msgstr "Dos"')[0], [f"{LINE - 1}:1: an entry without msgstr (part of the file is lost)"]),
        (CATALOG[: CATALOG.index('"Dos"') + 3], [f"{LINE}:1: not a line of a catalog: "]),
        (CATALOG.replace("Dos", "señal").encode("latin-1"), [f"{LINE}:11: this file is not UTF-8 text"]),
        ("", ["1:1: the file is empty"]),
        (CATALOG.replace("Dos", r"D\qos"), [f"{LINE}:1: a backslash before 'q' (write "]),
        (CATALOG.replace('msgstr "Dos"', 'msgid_plural "Twos"\nmsgstr[0] "Dos"'), [f"{LINE}:1: a plural form ("]),
        (CATALOG.replace("charset=utf-8", "charset=ISO-8859-1"), ['2:1: the header says that the encoding is "ISO-']),
    ],
    ids=["quote_not_closed", "quote_not_opened", "quote_inside", "keyword", "no_keyword", "twice", "conflict",
         "cut_off", "cut_off_in_a_line", "latin_1", "empty", "escape", "plural", "another_charset"],
)  # fmt: skip
def test_a_broken_catalog_is_told_line_by_line(tmp_path: Path, content: str | bytes, expected: list[str]) -> None:
    found = problems(tmp_path, content)
    for start in expected:
        assert any(problem.startswith(start) for problem in found), found
    assert all(problem[:1].isdigit() for problem in found), found


def test_several_broken_lines_are_told_in_one_pass(tmp_path: Path) -> None:
    found = problems(tmp_path, CATALOG.replace('"Uno"', '"Uno').replace('"Tres"', '"Tres'))
    assert {problem.split(":")[0] for problem in found} >= {"12", "23"}


def test_a_line_that_is_lost_never_gives_a_text_the_translation_of_another(tmp_path: Path) -> None:
    lines = CATALOG.split("\n")
    for number, line in enumerate(lines):
        try:
            found = entries(tmp_path, "\n".join(lines[:number] + lines[number + 1 :]))
        except LeafletError:
            continue
        for key, text in GOOD.items():
            assert found.get(key, text) == text, f"without line {number + 1}: {line}"


def test_two_lines_that_are_lost_never_give_a_text_the_translation_of_another(tmp_path: Path) -> None:
    lines = CATALOG.split("\n")
    for number in range(len(lines)):
        try:
            found = entries(tmp_path, "\n".join(lines[:number] + lines[number + 2 :]))
        except LeafletError:
            continue
        for key, text in GOOD.items():
            assert found.get(key, text) == text, f"without lines {number + 1} and {number + 2}"


def test_an_entry_in_the_middle_that_lost_its_translation_is_told_at_its_line(tmp_path: Path) -> None:
    found = problems(tmp_path, CATALOG.replace('msgstr "Dos"\n', ""))
    assert [problem.split(":")[0] for problem in found] == [str(LINE - 1)]


def test_a_second_translation_of_one_entry_is_refused(tmp_path: Path) -> None:
    problems(tmp_path, CATALOG.replace('msgstr "Dos"', 'msgstr "Dos"\nmsgstr "Doos"'))


def test_a_catalog_that_is_no_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(LeafletError, match=r"^x\.po: this catalog does not exist \(run: leafletpress catalogs"):
        read(tmp_path / "x.po")
    with pytest.raises(LeafletError, match=r"can't be read: Is a directory"):
        read(tmp_path)


def test_a_line_that_is_none_speaks_of_quotation_marks_only_where_there_are_some(tmp_path: Path) -> None:
    (without,) = problems(tmp_path, CATALOG + "\nwhat is this\n")
    assert without.endswith("not a line of a catalog: what is this")
    (with_one,) = problems(tmp_path, CATALOG + '\nwhat is "this\n')
    assert "a quotation mark is missing" in with_one


_BEHIND = {
    "a string behind the English of before": '#| "more"\n',
    "a string behind #~": '#~ "more"\n',
    "a string behind #~|": '#~| "more"\n',
    "a string after a comment": '# a remark\n"more"\n',
    "a string after flags": '#, fuzzy\n"more"\n',
    "a string after an empty line": '\n"more"\n',
    "a string that goes on with the English of before": '#| msgid "x"\n"more"\n',
    "a second msgstr": 'msgstr "more"\n',
    "half of an entry behind #~": '\n#~ msgid "a"\nmsgstr "b"\n',
    "the other half of an entry behind #~": '\nmsgid "a"\n#~ msgstr "b"\n',
    "a context behind #~": '\n#~ msgctxt "a"\nmsgid "b"\nmsgstr "c"\n',
    "something else behind #|": "#| more\n",
    "something else behind #~": "#~ more\n",
    "the English of before inside of an entry": '\nmsgid "a"\n#| msgid "b"\nmsgstr "c"\n',
    "a remark inside of an entry": '\nmsgctxt "q"\n# hm\nmsgid "a"\nmsgstr "c"\n',
    "two strings in a line": '\nmsgid "a" "b"\nmsgstr "c"\n',
    "another domain": '\ndomain "x"\n',
}


@pytest.mark.parametrize("lines", _BEHIND.values(), ids=_BEHIND)
def test_what_msgfmt_refuses_is_refused(tmp_path: Path, lines: str) -> None:
    assert problems(tmp_path, CATALOG.replace('msgstr "Dos"\n', f'msgstr "Dos"\n{lines}', 1))


def test_comments_of_entries_that_are_not_used_any_more_are_taken(tmp_path: Path) -> None:
    entries(tmp_path, CATALOG + '\n# of a translator\n#~ msgid "a"\n#~ msgstr "b"\n#~ # another\n#~\n')


def test_a_text_that_is_too_long_is_told_once_at_its_line(tmp_path: Path) -> None:
    lines = "".join(f'"{"word " * 100}"\n' for _ in range(1000))
    (found,) = problems(tmp_path, CATALOG.replace('msgstr "Dos"\n', f'msgstr ""\n{lines}', 1))
    assert "a text of more than 6000 letters" in found
