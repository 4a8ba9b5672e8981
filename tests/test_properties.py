"""Rules that hold for any text, any file and any moment: hypothesis looks for one for which they do not."""

import re
import shutil
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from projects import composed
from test_toml import places

from leafletpress.build.library import Project
from leafletpress.model.document import Document
from leafletpress.model.handout import Handout
from leafletpress.model.problems import LeafletError, Problem
from leafletpress.model.text.characters import forbidden_characters
from leafletpress.model.text.islands import islands
from leafletpress.model.text.markup import Piece, escaped, parse, plain
from leafletpress.publish.manifest import load
from leafletpress.publish.output import Output
from leafletpress.read.languages.catalogs import Catalog, Entry, parse_catalog, read_catalog
from leafletpress.read.located.files import Files
from leafletpress.translate.dump import dump_catalog

any_text = st.text(st.characters(exclude_categories=["Cs"]))
line = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]))
word = st.from_regex(r"[a-z][a-z0-9_]{0,5}", fullmatch=True)

# --- markup -----------------------------------------------------------------------------------------------------------

marked_up = st.lists(
    st.sampled_from([*"ab *[]{}\\<>`_#&;@()\n", "**", "[a](@b)", "{a}", "[@a]", "[/]", "^{2}", "_{a}", "www.", "\\*"])
).map("".join)
words = st.text("ab 1é*[]{}\\<>`_#()@٣").filter(str.strip)
pieces = st.lists(
    st.one_of(
        st.builds(Piece, st.just("fact"), word, st.just(0), st.booleans()),
        st.builds(Piece, st.just("citation"), word, st.just(0), st.booleans()),
        st.builds(Piece, st.just("words"), words, st.just(0), st.booleans()),
        st.builds(
            Piece, st.just("words"), st.text("ab 1é", min_size=1).filter(str.strip), st.just(0), st.booleans(), word
        ),
    )
)


def _written(piece: Piece) -> str:
    match piece:
        case Piece(kind="fact"):
            return f"{{{piece.value}}}"
        case Piece(kind="citation"):
            return f"[@{piece.value}]"
        case Piece(link=str(link)):
            return f"[{piece.value}](@{link})"
    return escaped(piece.value)


def _bare(text: str) -> str:
    """A text without the signs that let markup stand as it is."""
    return re.sub(r"\\([*\[\]{}\\<>`_#^])", r"\1", text)


def _merged(found: Iterable[Piece]) -> list[Piece]:
    """The pieces without their places, words of one kind beside each other as one."""
    merged: list[Piece] = []
    for piece in found:
        last = merged[-1] if merged else None
        if (
            last
            and last.kind == piece.kind == "words"
            and not (last.link or piece.link)
            and last.strong == piece.strong
        ):
            merged[-1] = replace(last, value=last.value + piece.value)
        else:
            merged.append(replace(piece, offset=0))
    return merged


@given(pieces)
def test_what_is_written_piece_by_piece_is_read_piece_by_piece(made: list[Piece]) -> None:
    written = ""
    for strong, part in groupby(made, lambda piece: piece.strong):
        shown = "".join(map(_written, part))
        written += f"**{shown}**" if strong else shown
    found, faults = parse(written)
    assert faults == ()
    assert _merged(found) == _merged(made)


@given(any_text | words)
def test_words_that_are_escaped_are_read_as_they_are(text: str) -> None:
    found, faults = parse(escaped(text))
    assert plain(found) == text
    assert {fault.text for fault in faults} <= {
        "an HTML entity is not markup here",  # these two have no escape
        "a web address is not markup here",
    }


@given(any_text | marked_up)
@example("\\")
@example("**[a](@b")
@example("a [/] b^{2}_{\\*c}")
def test_the_pieces_of_any_text_cover_it_in_order(text: str) -> None:
    found, faults = parse(text)
    assert all(0 <= fault.offset < len(text) for fault in faults)
    ends = [*(piece.offset for piece in found), len(text)]
    assert ends == sorted(set(ends))
    assert re.fullmatch(r"(\*\*)*", text[: ends[0]])
    for piece, (start, end) in zip(found, pairwise(ends), strict=True):
        stretch = text[start:end]
        if piece.link:
            assert re.match(rf"\[.+\]\(@{piece.link}\)(\*\*)*\Z", stretch, re.DOTALL)
        elif piece.shift == "line":
            assert re.fullmatch(r"\[/\]\s*(\*\*)*", stretch)
        elif piece.kind == "words" and not piece.shift and _bare(stretch).startswith(piece.value):
            behind = _bare(stretch).removeprefix(piece.value)
            assert re.fullmatch(r"(\*\*)*", behind.strip() if text.startswith("[/]", end) else behind)
        elif piece.kind == "words":
            shifted = re.fullmatch(r"[\^_]\{(.+)\}(\*\*)*", stretch, re.DOTALL)
            assert shifted
            assert unicodedata.normalize("NFKC", piece.value) in (
                _bare(shifted[1]),
                _bare(shifted[1]).replace("-", "\u2212"),
            )
        else:
            assert re.fullmatch(r"(\*\*)*", stretch.removeprefix(_written(piece)))


# --- islands ----------------------------------------------------------------------------------------------------------

mixed = st.text("ab1٣ ابج.,:+-%°()é中\u00a0")


@given(any_text | mixed)
def test_islands_are_what_is_latin_and_the_stretches_together_are_the_text(text: str) -> None:
    found = list(islands(text))
    assert "".join(stretch for stretch, _ in found) == text
    assert all(stretch for stretch, _ in found)
    for stretch, island in found:
        if island:
            assert stretch.strip()
            assert not {unicodedata.bidirectional(char) for char in stretch} & {"R", "AL"}
        else:
            assert not re.search(r"[A-Za-z0-9]", stretch)


# --- catalogs ---------------------------------------------------------------------------------------------------------

flag = st.from_regex(r"[a-z-]{1,8}", fullmatch=True)
comment = line.map(str.strip)
remark = line.filter(lambda text: text[:1] not in (*".:,=~|",))
header = st.dictionaries(st.from_regex(r"X-[A-Za-z]{1,6}", fullmatch=True), line.map(str.strip), max_size=3)
entry = st.builds(
    Entry,
    context=any_text.filter(bool),
    text=any_text,
    translation=any_text,
    flags=st.lists(flag, unique=True, max_size=2).map(tuple),
    previous=st.none() | any_text,
    remarks=st.lists(remark, max_size=2).map(tuple),
    comments=st.lists(comment, max_size=2).map(tuple),
    places=st.lists(comment, max_size=2).map(tuple),
)  # fmt: skip
catalog = st.builds(
    Catalog,
    st.just("x.po"),
    header,
    st.lists(remark, max_size=2).map(tuple),
    st.lists(entry, max_size=4).map(lambda found: {one.key: one for one in found}),
    st.lists(entry.map(lambda one: replace(one, obsolete=True)), max_size=2).map(tuple),
)


def _without_lines(found: Catalog) -> Catalog:
    entries = {key: replace(one, line=0) for key, one in found.entries.items()}
    return replace(found, entries=entries, obsolete=tuple(replace(one, line=0) for one in found.obsolete))


@given(catalog)
def test_a_catalog_that_is_written_is_read_as_it_was(made: Catalog) -> None:
    found = parse_catalog("x.po", dump_catalog(made))
    assert _without_lines(found) == made
    assert [*found.entries] == [*made.entries]
    assert dump_catalog(found) == dump_catalog(made)


catalog_lines = st.lists(
    st.sampled_from(
        [b'msgid "a"', b'msgid ""', b'msgstr "b"', b'msgstr ""', b'msgctxt "c"', b'"d\\n"', b'"\\q"', b"#, fuzzy", b"",
         b"#| ", b'#| msgid "e"', b'#~ msgid "f"', b'#~ msgstr "g"', b"# x", b"<<<<<<< x", b'msgid_plural "h"',
         b'msgstr[0] "i"', b'"Content-Type: text/plain; charset=latin-1\\n"', b'msgstr "open', b"\xff", b"\r", b"\x00"]
    )
).map(b"\n".join)  # fmt: skip


@given(st.binary() | catalog_lines)
def test_any_bytes_are_a_catalog_or_are_refused_with_their_lines(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    folder = tmp_path_factory.mktemp("bytes")
    (folder / "x.po").write_bytes(content)
    found, problems = _read_or_problems(folder)
    if found:
        lines = content.decode("utf-8-sig").replace("\r\n", "\n").split("\n")
        assert all(lines[one.line - 1].startswith("msgstr") for one in found.entries.values())
    else:
        assert problems
        assert all(1 <= one.origin.line <= content.count(b"\n") + 1 and one.text for one in problems)


def _read_or_problems(folder: Path) -> tuple[Catalog | None, tuple[Problem, ...]]:
    try:
        return read_catalog(Files(folder), "x.po"), ()
    except LeafletError as error:
        return None, error.problems


# --- places in TOML ---------------------------------------------------------------------------------------------------


def _quoted(text: str) -> str:
    escapes = {'"': '\\"', "\\": "\\\\"}
    return '"' + "".join(escapes.get(char, char) for char in text) + '"'


key = word | st.from_regex(r"[a-z][a-z ]{0,5}", fullmatch=True).map(str.strip).map(_quoted)
one_line = st.one_of(
    line.filter(lambda text: not [*forbidden_characters(text)]).map(_quoted),
    st.from_regex(r"'[a-z\"=\[\] #]{0,8}'", fullmatch=True),
    st.integers().map(str),
    st.sampled_from(["true", "2026-01-31", '["a", "b"]', "1.5"]),
)
_odd_lines = st.lists(st.sampled_from(["word = 1", "[table]", "# x", "", "plain", "[[a]]", '"', "'", "[", "]"]))
several_lines = st.one_of(
    _odd_lines.map(lambda found: '"""\n' + "\n".join(found) + '\n"""'),
    _odd_lines.map(lambda found: "'''\n" + "\n".join(found) + "\n''' # ["),
    st.lists(st.sampled_from(['["a = 1", "b"]', "[[1], [2]]", "1 # [", "'['", '"]"', '"""\n[x]"""']), min_size=1).map(
        lambda found: "[\n" + "".join(f"{one}{chr(10)}," for one in found) + "\n]"
    ),
)
table = st.lists(
    st.tuples(key, one_line | several_lines, st.sampled_from(["", " ", "  "])),
    unique_by=lambda one: one[0].strip('"'),
    max_size=4,
)


@dataclass(slots=True)
class _Written:
    """A TOML file as it grows, and the place at which each key and value was put."""

    text: str = ""
    places: dict[str, tuple[int, int]] = field(default_factory=dict)

    def put(self, path: str, text: str) -> None:
        before = self.text.split("\n")
        self.places[path] = (len(before), len(before[-1]) + 1)
        self.text += text

    def pairs(self, path: str, found: "Iterable[Pair]") -> None:
        for name, value, blanks in found:
            self.text += blanks
            shown = f"{path}.{name.strip(chr(34))}"
            self.put(f"{shown}=", name)
            self.text += f"{blanks}={blanks}"
            self.put(shown, value)
            self.text += "\n"


Pair = tuple[str, str, str]


@given(table, st.dictionaries(word.map("t_".__add__), st.lists(table, min_size=1, max_size=3), max_size=3))
def test_each_key_and_value_of_a_settings_file_is_told_with_its_place(
    top: list[Pair], tables: dict[str, list[list[Pair]]]
) -> None:
    made = _Written("# a file\n")
    made.pairs("", top)
    for name, members in tables.items():
        made.text += f"[{name}]\n"
        made.pairs(f".{name}", members[0])
        for number, member in enumerate(members[1:]):
            made.text += f"\n[[{name}_s]]\n"
            made.pairs(f".{name}_s.{number}", member)
    found = places(made.text)
    for path, place in made.places.items():
        first = next(told for told in found if f"{told}.".startswith(f"{path}.0") or told == path)  # of a list
        assert found[first] == place, path


# --- a build that was cut off -----------------------------------------------------------------------------------------

NAMES = ("stays", "changes", "changes-too", "goes", "new")
EARLIER = {name: f"{name}: earlier".encode() for name in NAMES[:4]}
LATER = {name: f"{name}: later".encode() for name in ("changes", "changes-too", "new")}


def _document(name: str) -> Document:
    return Document(name, "en", "patient", "a4", "html")


@dataclass(frozen=True, slots=True)
class CutOff:
    """A folder as an earlier build left it, with all that a later one had ready when it was cut off."""

    folder: Path
    journal: bytes
    ends: tuple[int, ...]  # where each line of the journal ends


@pytest.fixture(scope="module")
def cut_off(shared_project: Project, tmp_path_factory: pytest.TempPathFactory) -> CutOff:
    handout: Handout = composed(shared_project, "en", "patient").handout
    folder = tmp_path_factory.mktemp("cut") / "out"
    earlier = Output(folder, "out", "north")
    for name, content in EARLIER.items():
        earlier.publish(_document(name), handout, content)
    earlier.close()
    later = Output(folder, "out", "north")
    later.retire(lambda document: document.condition != "goes", prune=True, release=False)
    for name, content in LATER.items():
        later.publish(_document(name), handout, content)
    journal = (folder / ".leafletpress" / "unfinished" / "journal").read_bytes()
    return CutOff(folder, journal, tuple(found.start() for found in re.finditer(rb"\n|\Z", journal)))


@given(st.data())
def test_any_beginning_of_a_journal_leads_to_the_old_or_the_new_state_of_each_document(
    cut_off: CutOff, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    length = data.draw(st.integers(0, len(cut_off.journal)), "bytes of the journal that reached the disk")
    rest = data.draw(st.binary(max_size=20), "what stands behind them")
    folder = Path(shutil.copytree(cut_off.folder, tmp_path_factory.mktemp("replay") / "out"))
    (folder / ".leafletpress" / "unfinished" / "journal").write_bytes(cut_off.journal[:length] + rest)
    Output(folder, "out", "north").close()

    ends = dict(zip(("goes", *LATER), cut_off.ends[1:], strict=True))
    whole = [name for name, end in ends.items() if length > end or (length == end and not rest.strip())]
    expected = EARLIER | {name: LATER[name] for name in whole if name in LATER}
    if "goes" in whole:
        del expected["goes"]
    found = {path.relative_to(folder).parts[0]: path.read_bytes() for path in folder.rglob("*.html") if path.is_file()}
    site, rows = load((folder / "manifest.json").read_text(encoding="utf-8"))
    assert site == "north"
    assert found == expected
    assert {row.condition for row in rows.values()} == found.keys()
