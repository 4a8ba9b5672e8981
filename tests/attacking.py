"""Attacks on what the program reads: a file of each kind, changed in each way that must be refused."""

import io
import json
import os
import re
import shutil
import socket
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Literal

import pikepdf
from projects import CONDITION, ROOT, VALID, make_project

from leafletpress.build.freshness.ledger import Ledger
from leafletpress.build.translations import read_locales
from leafletpress.build.workers.limits import TimeLimitError, within
from leafletpress.cli.main import main
from leafletpress.model.document import Document
from leafletpress.model.problems import LeafletError, Origin, Problem
from leafletpress.model.releases import Release, TextVersion
from leafletpress.publish.journal import Journal
from leafletpress.publish.manifest import Row, dump, load
from leafletpress.publish.releases import dump_releases
from leafletpress.publish.verify import verify
from leafletpress.read.drawings import drawing_problems
from leafletpress.read.furniture import read_furniture
from leafletpress.read.languages.locale import read_locale
from leafletpress.read.leaflets import read_leaflet
from leafletpress.read.located.files import Files
from leafletpress.read.pictures import read_picture
from leafletpress.read.releases import read_releases
from leafletpress.read.sites import read_site
from leafletpress.read.templates import read_audiences, read_base_docx, read_editions
from leafletpress.write.word.base import problems as base_problems

Outcome = Literal["refused", "traceback", "hang", "accepted"]
OUTCOMES: tuple[Outcome, ...] = ("refused", "traceback", "hang", "accepted")
_SECONDS = 20.0  # of the processor: a hundred times what the slowest takes
_SITE = "example-hospital"

LEAFLET, DRAWING, PHOTO = f"leaflets/{CONDITION}.yaml", "leaflets/shapes.svg", "leaflets/dots.png"
SITE, LOCALE = f"sites/{_SITE}.toml", "locales/es/locale.toml"
EDITIONS, THEME, WORDS = "templates/editions.toml", "templates/patient/theme.toml", "templates/furniture.toml"
RELEASES, CATALOG, BASE = "published.toml", f"locales/es/LC_MESSAGES/{CONDITION}.po", "templates/patient/base.docx"


@dataclass(frozen=True, slots=True)
class Attack:
    """What is tried: `run` ends with an error for people or gives whether it was refused, in the project at a root."""

    kind: str
    name: str
    run: Callable[[Path], bool]


def outcome(attack: Attack, root: Path) -> tuple[Outcome, str]:
    """What came of an attack, and what it says where that is not as it should be."""
    try:
        with within(_SECONDS):
            return ("refused", "") if attack.run(root) else ("accepted", "it was taken for good")
    except TimeLimitError:
        return "hang", f"more than {_SECONDS:g} seconds"
    except LeafletError:
        return "refused", ""
    except Exception as error:  # noqa: BLE001 - whatever it is: that is what the table counts
        return "traceback", repr(error)


def make_root(root: Path) -> Path:
    """A small project with an output folder, for attacks to be tried on: each leaves it as it was."""
    make_project(root)
    text = TextVersion("1.2", 1, "0" * 32, "0" * 32)
    before = {(CONDITION, "es", "patient"): Release(text, date(2026, 1, 31))}
    (root / RELEASES).write_text(dump_releases(before), encoding="utf-8")
    with within(600), redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        (root / RELEASES).rename(root / "aside")
        main(["--project", str(root), "--locale", "en", "--audience", "patient", "--edition", "a4", "--jobs", "1"])
        (root / "aside").rename(root / RELEASES)
    return root


# --- files of text ----------------------------------------------------------------------------------------------------


READERS: Mapping[str, Callable[[Path], object]] = {
    LEAFLET: lambda root: read_leaflet(Files(root), CONDITION, ("patient", "clinician")),
    SITE: lambda root: read_site(Files(root), _SITE, ("a4",)),
    LOCALE: lambda root: _refuse(read_locales(Files(root), ("patient", "clinician"), {"en": (), "es": ()}, ())[1]),
    EDITIONS: lambda root: read_editions(Files(root)),
    THEME: lambda root: read_audiences(Files(root)),
    WORDS: lambda root: read_furniture(Files(root)),
    RELEASES: lambda root: _releases(root),
    CATALOG: lambda root: _catalog(root),
    PHOTO: lambda root: read_picture(Files(root), PHOTO, "picture", Origin("x")),
    DRAWING: lambda root: _drawing(root),
    BASE: lambda root: _base(root),
}


def _refuse(problems: Iterable[Any]) -> None:
    if found := [problem for problem in problems if problem.severity == "error"]:
        raise LeafletError(found)


def _releases(root: Path) -> None:
    read_releases(Files(root))


def _catalog(root: Path) -> None:
    files = Files(root)
    english, _ = read_locale(files, "en", (CONDITION,), None)
    locale, problems = read_locale(files, "es", (CONDITION,), english)
    _refuse(problems)
    for entry in locale.catalogs[CONDITION].entries.values():
        for issue in locale.entry_issues(CONDITION, entry):
            if issue.severity == "error":
                raise LeafletError([Problem(Origin(CATALOG, entry.line), issue.text)])


def _drawing(root: Path) -> None:
    _refuse(drawing_problems(Origin("x"), DRAWING, Files(root).content(DRAWING)))


def _base(root: Path) -> None:
    _refuse(base_problems(BASE, read_base_docx(Files(root), "patient")))


@contextmanager
def _changed(path: Path) -> Iterator[None]:
    """Bring back what was in the place of a file."""
    aside = path.with_name(f"{path.name}.aside")
    path.rename(aside)
    try:
        yield
    finally:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
        aside.rename(path)


def _read_with(root: Path, file: str, edit: Callable[[bytes], bytes]) -> bool:
    content = (root / file).read_bytes()
    after = edit(content)
    assert after != content, f"nothing to change in {file}"
    with _changed(root / file):
        (root / file).write_bytes(after)
        READERS[file](root)
    return False


def _on_file(kind: str, file: str, name: str, edit: Callable[[bytes], bytes]) -> Attack:
    return Attack(kind, f"{file}: {name}", partial(_read_with, file=file, edit=edit))


TEXTS = (LEAFLET, SITE, LOCALE, EDITIONS, THEME, WORDS, CATALOG)
_RAW: Mapping[str, Callable[[bytes], bytes]] = {
    "bytes that are no UTF-8": lambda content: content.replace(b"e", b"\xff\xfe", 1),
    "UTF-16": lambda content: content.decode().encode("utf-16"),
    "a NUL": lambda content: content.replace(b"\n", b"\0\n", 3),
    "an escape of terminals": lambda content: _within_word(content, "\x1b[2J"),
    "a bell": lambda content: _within_word(content, "\x07"),
    "letters that nobody sees": lambda content: _within_word(content, "\U000e0061\U000e0062"),
    "a change of direction": lambda content: _within_word(content, "\u202e"),
    "more bytes than a text has": lambda content: content + b"# x\n" * 600_000,
    "a picture": lambda _content: (VALID / "dots.png").read_bytes(),
    "an archive": lambda _content: (ROOT / BASE).read_bytes(),
    "brackets without end": lambda content: content + b"\nx: " + b"[" * 50_000,
    "braces without end": lambda content: content + b"\nx = " + b"{" * 50_000,
    "half a surrogate pair": lambda content: _within_word(content, "\ud800"),
    "text of no format": lambda _content: b"){](\n\"'\n" * 50,
}


def _within_word(content: bytes, what: str) -> bytes:
    """The content with something within the last word that is in quotation marks, or else within the last word."""
    text = content.decode()
    found = list(re.finditer(r'"[^"\n]*?[A-Za-z](?=[A-Za-z][^"\n]*")', text)) or list(re.finditer(r"\w(?=\w+\n)", text))
    at = found[-1].end()
    return (text[:at] + what + text[at:]).encode("utf-8", "surrogatepass")


def raw() -> Iterator[Attack]:
    """What no text file is."""
    for file in TEXTS:
        for name, edit in _RAW.items():
            yield _on_file("bytes that are no text of the format", file, name, edit)


_TYPES = {
    "a table": "{ a = 1 }",
    "a list of lists": "[[[]]]",
    "a day": "1979-05-27",
    "not a number": "nan",
    "inf": "inf",
}


def typed() -> Iterator[Attack]:
    """A setting whose value is of another type than any that it may have."""
    for file in (SITE, EDITIONS, THEME, LOCALE):
        lines = (ROOT / file if file != SITE else VALID.parent / SITE).read_text(encoding="utf-8").split("\n")
        keys = [at for at, line in enumerate(lines) if re.match(r'\w+ = (?:".*"|\d+|\[.*\])$', line)]
        for at in keys[:18]:
            key = lines[at].partition(" ")[0]
            for name, value in _TYPES.items():
                if name == "a day" and re.fullmatch(r"[a-z]{2}(_Hans)?|own_name|english_name", key):
                    continue  # a name may be what looks like one
                yield _on_file(
                    "settings of another type",
                    file,
                    f"line {at + 1}: {key} is {name}",
                    partial(_line, at, f"{key} = {value}"),
                )


def _line(at: int, line: str, content: bytes) -> bytes:
    lines = content.decode().split("\n")
    lines[at] = line
    return "\n".join(lines).encode()


def _swap(old: str, new: str) -> Callable[[bytes], bytes]:
    return lambda content: content.decode().replace(old, new, 1).encode()


_YAML = {
    "an anchor": ("title: Every block", "title: &a Every block"),
    "an alias": ("title: Every block", "title: *a"),
    "a tag that runs code": ("title: Every block", "title: !!python/object/apply:os.system [ls]"),
    "a merge": ("links:\n", "links:\n  <<: {a: b}\n"),
    "a second document": ("sections:\n", "---\nsections:\n"),
    "a key twice": ("title: Every block", "title: Every block\ntitle: Another"),
    "an unknown key": ("title: Every block", "title: Every block\ntitel: Another"),
    "a key that is a list": ("title: Every block", "? [a]\n: b\ntitle: Every block"),
    "a tab": ("  more: https", "\tmore: https"),
    "a title that is a table": ("title: Every block", "title: {a: b}"),
    "no title": ("title: Every block\n", ""),
    "an empty title": ("title: Every block", 'title: ""'),
    "a code of small letters": ("code: EVERY", "code: every"),
    "a code of 40 letters": ("code: EVERY", f"code: {'E' * 40}"),
    "a day that there is not": ("written: 2026-01-31", "written: 2026-02-31"),
    "a review before the text": ("next_review: 2027-01-31", "next_review: 2025-01-31"),
    "a version of words": ('version: "1.2"', "version: latest"),
    "a version of 5,000 digits": ('version: "1.2"', f'version: "{"9" * 5000}.0"'),
    "a link that runs": ("more: https://example.org/more/about-blocks", "more: javascript:alert(1)"),
    "a link of data": ("more: https://example.org/more/about-blocks", "more: data:text/html,x"),
    "a link to a file": ("more: https://example.org/more/about-blocks", "more: file:///etc/passwd"),
    "a link without encryption": ("more: https://example.org/more/about-blocks", "more: http://example.org"),
    "a link with a space": ("more: https://example.org/more/about-blocks", 'more: "https://example.org/a b"'),
    "a link of half a host": ("more: https://example.org/more/about-blocks", "more: https://[x"),
    "a source with a link that runs": ("address: https://example.org/first", "address: javascript:alert(1)"),
    "a dose of 0": ("value: 250 to 500", "value: 0"),
    "a dose that runs backwards": ("value: 250 to 500", "value: 500 to 250"),
    "a dose below 0": ("value: 250 to 500", "value: -5"),
    "a dose in words": ("value: 250 to 500", "value: a lot"),
    "a dose that is no number": ("value: 250 to 500", "value: nan"),
    "a dose without end": ("value: 250 to 500", "value: inf"),
    "a dose in powers": ("value: 250 to 500", "value: 1e999"),
    "a dose of 26 digits": ("value: 250 to 500", f"value: {'1' * 26}"),
    "a dose of 5,000 digits": ("value: 250 to 500", f"value: {'1' * 5000}"),
    "a dose that lost its point": ("value: 250 to 500", 'value: "05"'),
    "a dose in Arabic figures": ("value: 250 to 500", "value: ٢٥٠"),
    "a dose with a comma": ("value: 250 to 500", 'value: "2,5"'),
    "a unit that there is not": ("unit: mg/day", "unit: stone/day"),
    "a dose per nothing": ("unit: mg/day", "unit: mg/"),
    "a dose per blink": ("unit: mg/day", "unit: mg/blink"),
    "a kind that there is not": ("kind: ratio", "kind: rato"),
    "a part of nothing": ("value: 9 of 17", "value: 9 of 0"),
    "more than the whole": ("value: 20 to 40", "value: 20 to 400"),
    "a source that there is not": ("source: second_2021}\n", "source: third_2022}\n"),
    "a fact that there is not": ("{body_heat}", "{body_heats}"),
    "a citation that there is not": ("[@first_2020]", "[@third_2022]"),
    "a brace without end": ("Do **not** wait.", "Do **not** wait {"),
    "a mark without end": ("Do **not** wait.", "Do **not wait."),
    "markup of the web": ("Do **not** wait.", "Do **not** wait.<script>alert(1)</script>"),
    "an entity of the web": ("Do **not** wait.", "Do **not** wait.&lt;b&gt;"),
    "code of templates": ("Do **not** wait.", '"Do **not** wait {{ 7 * 7 }}."'),
    "statements of templates": ("Do **not** wait.", '"Do **not** wait {% raw %}."'),
    "a link to nothing": ("Do **not** wait.", '"Do **not** [wait](@nowhere)."'),
    "a link with its address": ("Do **not** wait.", '"Do **not** [wait](https://example.org)."'),
    "a level that there is not": ("level: now", "level: noww"),
    "an id with a dot": ("- id: today", "- id: to.day"),
    "an id that leads out": ("- id: today", "- id: ../today"),
    "an id given twice": ("- id: today", "- id: now"),
    "a section given twice": ("- id: prose", "- id: warnings"),
    "two kinds in a block": ("level: soon, text", "level: soon, steps: [a], text"),
    "a picture outside": ("image: dots.png", "image: ../../dots.png"),
    "a picture of the machine": ("image: dots.png", "image: /etc/passwd"),
    "a picture of the network": ("image: dots.png", "image: https://example.org/dots.png"),
    "a picture of a device": ("image: dots.png", "image: con.png"),
    "a picture that is none": ("image: dots.png", "image: every-block.yaml"),
    "a row too short": ('- [Waiting, "–", Fine for most]', "- [Waiting]"),
    "an audience that there is not": ("clinician: Every block kind", "clinicians: Every block kind"),
}  # fmt: skip


def leaflets() -> Iterator[Attack]:
    """What YAML may hold and a leaflet may not; and what no leaflet can mean."""
    for name, (old, new) in _YAML.items():
        yield _on_file("leaflets that mean harm or nothing", LEAFLET, name, _swap(old, new))


_SETTINGS = {
    SITE: {
        "an unknown key": ('region = "GB"', 'region = "GB"\nregions = "GB"'),
        "a region that there is not": ('region = "GB"', 'region = "ZZZ"'),
        "a name without English": ('en = "Example Hospital"\n', ""),
        "a logo outside": ('region = "GB"', 'region = "GB"\nlogo = "../../logo.png"'),
        "a logo of the network": ('region = "GB"', 'region = "GB"\nlogo = "https://example.org/x.png"'),
        "a phone of words": ('number = "+44 20 7946 0958"', 'number = "call me"'),
        "a phone of nobody": ('number = "+44 20 7946 0958"', 'number = "+44 1"'),
        "a phone with an order": ('number = "+44 20 7946 0958"', 'number = "+44 20 7946 0958;*31#"'),
        "a kind of phone that there is not": ('kind = "clinic"', 'kind = "clinik"'),
        "hours that there are not": ("Mo-Fr 09:00-17:00", "Mo-Fr 09:00-25:00"),
        "hours of a day that there is not": ("Mo-Fr 09:00-17:00", "Xx 09:00-17:00"),
        "hours that run backwards": ("Mo-Fr 09:00-17:00", "Mo-Fr 09:00-09:00-"),
        "an address that runs": ("https://skin.example.org/book", "javascript:alert(1)"),
        "an address without encryption": ("https://skin.example.org/book", "http://skin.example.org/book"),
        "an address with a space": ("https://skin.example.org/book", "https://skin.example.org/a b"),
        "an address of one network": ("https://skin.example.org/book", "https://intranet/book"),
        "an address of numbers": ("https://skin.example.org/book", "https://127.0.0.1/book"),
        "a number twice": ("[[phones]]", '[[phones]]\nkind = "clinic"\nnumber = "020 7946 0958"\n[[phones]]'),
        "a policy that there is not": ('publish = "drafts"', 'publish = "everything"'),
    },
    EDITIONS: {
        "a paper that there is not": ('paper = "A4"', 'paper = "A99"'),
        "a format that there is not": ('formats = ["html", "pdf", "docx"]', 'formats = ["exe"]'),
        "a format twice": ('formats = ["html", "pdf", "docx"]', 'formats = ["pdf", "pdf"]'),
        "an audience that there is not": ("[a4.pages.patient]", "[a4.pages.nobody]"),
        "no format": ('formats = ["html", "pdf", "docx"]', "formats = []"),
        "type of 0 points": ("type_size = 18", "type_size = 0"),
        "type of a million points": ("type_size = 18", "type_size = 1000000"),
        "margins of 900 mm": ("13mm 14mm 12mm", "900mm 900mm 900mm"),
        "margins that run code": ("13mm 14mm 12mm", "13mm; background: url(x)"),
        "sides below 0": ("english = 6", "english = -6"),
        "an edition that leads out": ("[large_print]", '["../x"]'),
        "an edition of a device": ("[large_print]", "[con]"),
        "an audience that leads out": ("[a4.pages.patient]", '[a4.pages."../x"]'),
    },
    THEME: {
        "a letter of two": ('letter = "P"', 'letter = "PP"'),
        "words that there are not": ('label = "audience_patient"', 'label = "nobody"'),
        "lines below 0": ("notes_lines = 2", "notes_lines = -2"),
        "a field that there is not": ('name = "words"', 'nobody = "words"'),
        "a way that there is not": ('references = "listed"', 'references = "lost"'),
        "a grade without end": ("reading_grade = 6", "reading_grade = 1e308"),
    },
    LOCALE: {
        "a direction against the language": ('direction = "ltr"', 'direction = "rtl"'),
        "a direction that there is not": ('direction = "ltr"', 'direction = "up"'),
        "an audience that leads out": ('"clinician"]', '"../clinician"]'),
        "a family that runs code": ('families = ["Noto Sans"]', 'families = ["x; } * { display: none"]'),
        "an audience twice": ('"clinician"]', '"patient"]'),
        "a family twice": ('["Noto Sans"]', '["Noto Sans", "Noto Sans"]'),
        "another language's name": ('"Spanish"', '"German"'),
        "a CLDR of 2,000 letters": ('own_name = "Español"', f'cldr = "es_{"x" * 1900}"\nown_name = "Español"'),
        "a line of no height": ("line_height = 1.42", "line_height = 0.01"),
        "another language's CLDR": ('own_name = "Español"', 'cldr = "de"\nown_name = "Español"'),
        "a CLDR that leads out": ('own_name = "Español"', 'cldr = "../../x"\nown_name = "Español"'),
        "an unknown key": ('own_name = "Español"', 'name = "x"\nown_name = "Español"'),
    },
    WORDS: {
        "a placeholder that there is not": ('text = "For staff"', 'text = "For {nobody}"'),
        "a mark without end": ('text = "For staff"', 'text = "For **staff"'),
        "an empty word": ('text = "For staff"', 'text = ""'),
        "a table twice": ("[for_staff]", "[audience_patient]\n[for_staff]"),
    },
    RELEASES: {
        "a seal of another text": ('version = "1.2"', 'version = "1.3"'),
        "a seal that is none": ('seal = "', 'seal = "0'),
        "a day that there is not": ("2026-01-31", "2026-02-31"),
        "an unknown key": ("revision = 1", "revision = 1, by = 2"),
        "a name that leads out": (f"[handouts.{CONDITION}.es]", '[handouts."../x".es]'),
    },
}  # fmt: skip


def settings() -> Iterator[Attack]:
    """What no hospital, edition, audience or language can mean."""
    for file, found in _SETTINGS.items():
        for name, (old, new) in found.items():
            yield _on_file("settings that mean harm or nothing", file, name, _swap(old, new))


_PO_HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
_PO = {
    "a text that goes on behind #|": 'msgctxt "a"\nmsgid "b"\nmsgstr "c"\n#| msgid "x"\n"d"\n',
    "a text that goes on behind #~": 'msgctxt "a"\nmsgid "b"\nmsgstr "c"\n#~ msgid "x"\n"d"\n',
    "an entry twice": 'msgctxt "a"\nmsgid "b"\nmsgstr "c"\n\nmsgctxt "a"\nmsgid "b"\nmsgstr "d"\n',
    "no msgid": 'msgctxt "a"\nmsgstr "c"\n',
    "no msgstr": 'msgctxt "a"\nmsgid "b"\n',
    "msgstr twice": 'msgctxt "a"\nmsgid "b"\nmsgstr "c"\nmsgstr "d"\n',
    "msgctxt behind msgid": 'msgid "b"\nmsgctxt "a"\nmsgstr "c"\n',
    "a quotation mark without end": 'msgctxt "a"\nmsgid "b\nmsgstr "c"\n',
    "words behind a quotation mark": 'msgctxt "a"\nmsgid "b" c\nmsgstr "c"\n',
    "an escape that there is not": 'msgctxt "a"\nmsgid "b"\nmsgstr "\\q"\n',
    "an escape without end": 'msgctxt "a"\nmsgid "b"\nmsgstr "c\\"\n',
    "a word that there is not": 'msgctxt "a"\nmsgid "b"\nmsgtxt "c"\n',
    "plural forms": 'msgctxt "a"\nmsgid "b"\nmsgid_plural "bs"\nmsgstr[0] "c"\nmsgstr[1] "d"\n',
    "plural 5,000": 'msgctxt "a"\nmsgid "b"\nmsgid_plural "bs"\nmsgstr[5000] "c"\n',
    "only a text": '"c"\n',
    "a half entry at the end": 'msgctxt "a"\nmsgid "b"\nmsgstr "c"\n\nmsgctxt "d"\n',
}
_PO_CHARSETS = ("latin-1", "utf-7", "utf-16", "nonsense")
_LIES = {
    "a figure lost": lambda text: re.sub(r"\{[a-z_]+\}", "", text, count=1),
    "a figure twice": lambda text: re.sub(r"(\{[a-z_]+\})", r"\1 \1", text, count=1),
    "a figure that there is not": lambda text: re.sub(r"\{[a-z_]+\}", "{nobody}", text, count=1),
    "a citation lost": lambda text: re.sub(r"\[@[a-z_0-9]+\]", "", text, count=1),
    "a strong word lost": lambda text: text.replace("**", "", 2),
    "a mark without end": lambda text: text.replace("**", "", 1),
    "markup of the web": lambda text: f"{text}<b>x</b>",
    "code of templates": lambda text: text + "{{ x }}",
    "a link with an address": lambda text: text + "[x](https://example.org)",
    "letters that nobody sees": lambda text: text[:4] + "\U000e0061" + text[4:],
    "a change of direction": lambda text: text[:4] + "\u202e" + text[4:],
}  # fmt: skip


def catalogs() -> Iterator[Attack]:
    """What msgfmt refuses, and translations that are not of their English."""
    kind = "catalogs that msgfmt refuses"
    for name, text in _PO.items():
        yield _on_file(kind, CATALOG, name, partial(_instead, (_PO_HEAD + text).encode()))
    for charset in _PO_CHARSETS:
        text = _PO_HEAD.replace("UTF-8", charset) + 'msgctxt "a"\nmsgid "b"\nmsgstr "c"\n'
        yield _on_file(kind, CATALOG, f"charset {charset}", partial(_instead, text.encode()))
    for name, lie in _LIES.items():
        for needs in ("{", "[@", "**"):
            yield Attack(
                "translations that are not of their English", f"{name}, where {needs} is", partial(_lies, lie, needs)
            )


def _instead(content: bytes, _before: bytes) -> bytes:
    return content


def _lies(lie: Callable[[str], str], needs: str, root: Path) -> bool:
    """Whether a changed translation is not printed; one in which there is nothing to change counts as refused."""
    english = read_locale(Files(root), "en", (CONDITION,), None)[0]
    known = read_locale(Files(root), "es", (CONDITION,), english)[0].catalogs[CONDITION]
    entry = next(one for one in known.entries.values() if needs in one.translation)
    after = lie(entry.translation)
    if after == entry.translation:
        return True
    with _changed(root / CATALOG):
        text = (root / f"{CATALOG}.aside").read_text(encoding="utf-8")
        (root / CATALOG).write_text(re.sub(r'"\n"', "", text).replace(entry.translation, after, 1), encoding="utf-8")
        locale, problems = read_locale(Files(root), "es", (CONDITION,), english)
        return bool(problems) or locale.translate(CONDITION, *entry.key).state != "translated"


# --- lists of the output folder ---------------------------------------------------------------------------------------

_ROW = Row(
    f"{CONDITION}/en/{CONDITION}-patient-en.html", CONDITION, "EVERY", "1.2", "en", "patient", "a4", "html",
    "0" * 64, 4, None, "built", None, "draft",
)  # fmt: skip
_ODD: Mapping[str, Any] = {
    "a list": [], "a table": {}, "true": True, "5.5": 5.5, "leading out": "../../x", "absolute": "/etc/passwd",
}  # fmt: skip
_LISTS = {
    "nothing": b"", "half": b'{"schema": 1,', "a list": b"[]", "a number": b"5", "no UTF-8": b"\xff\xfe",
    "deep": b"[" * 100_000, "deep tables": b'{"a":' * 100_000, "not a number": b'{"schema": NaN}',
    "half a pair": b'{"schema": 1, "site": "\\ud800", "documents": []}', "another version": b'{"schema": 99}',
}  # fmt: skip


def lists() -> Iterator[Attack]:
    """Manifests, ledgers and journals that are rotten, or lead out of the folder."""
    for name, content in _LISTS.items():
        yield Attack("rotten lists of the output folder", f"manifest: {name}", partial(_manifest, content))
        yield Attack("rotten lists of the output folder", f"ledger: {name}", partial(_ledger, content))
        yield Attack("rotten lists of the output folder", f"journal: {name}", partial(_journal, content))
    known = json.loads(dump(_SITE, [_ROW]))
    (row,) = known["documents"]
    for column in row:
        for name, value in _ODD.items():
            if (column, name) in (
                ("codes", "a list"),
                ("codes", "a table"),
                ("changes", "a list"),
                ("changes", "a table"),
            ):
                continue  # there may be none
            if column in (
                "reason",
                "dated",
                "next_review",
                "check_code",
                "english",
                "translation",
                "title",
                "everyday",
                "code",
                "version",
                "status",
            ) and isinstance(value, str):
                continue  # words that are shown, and lead nowhere
            changed = {**known, "documents": [{**row, column: value}]}
            yield Attack("rows of a manifest that mean nothing", f"{column}: {name}",
                         partial(_manifest, json.dumps(changed).encode()))  # fmt: skip


def _manifest(content: bytes, _root: Path) -> bool:
    try:
        load(content.decode())
    except ValueError:
        return True
    return False


def _ledger(content: bytes, root: Path) -> bool:
    return _list(root, "ledger.json", content, lambda folder: not Ledger(folder, "output").documents)


def _journal(content: bytes, root: Path) -> bool:
    def unread(folder: Path) -> bool:
        found = Journal(folder, "x").earlier()
        return found is None or not found.changes

    (root / "output" / ".leafletpress" / "unfinished").mkdir(exist_ok=True)
    (root / "output" / ".leafletpress" / "unfinished" / "journal").touch()
    try:
        return _list(root, "unfinished/journal", content, unread)
    finally:
        shutil.rmtree(root / "output" / ".leafletpress" / "unfinished")


def _list(root: Path, name: str, content: bytes, read: Callable[[Path], bool]) -> bool:
    place = root / "output" / ".leafletpress" / name
    with _changed(place):
        place.write_bytes(content)
        return read(root / "output")


# --- pictures, Word, PDF ----------------------------------------------------------------------------------------------

_SHAPE = '<svg xmlns="http://www.w3.org/2000/svg" width="20mm" viewBox="0 0 20 10">{}</svg>'
_INSIDE = {
    "a script": "<script>alert(1)</script>",
    "an event": '<rect width="5" height="5" onclick="x()"/>',
    "foreign markup": "<foreignObject><b/></foreignObject>",
    "a picture of the network": '<image href="https://example.org/x.png"/>',
    "a picture of the machine": '<image href="file:///etc/passwd"/>',
    "another file": '<use href="other.svg#a"/>',
    "itself": '<g id="a"><use href="#a"/></g>',
    "a style": "<style>@import url(x)</style>",
    "a style at a shape": '<rect width="5" height="5" style="fill: url(x)"/>',
    "a filter": '<filter id="a"/><rect width="5" height="5" filter="url(#a)"/>',
    "words": '<text x="1" y="1">Take 5 mg</text>',
    "a movement": '<rect width="5" height="5"><animate attributeName="x" to="5"/></rect>',
    "a link": '<a href="https://example.org"><rect width="5" height="5"/></a>',
    "another language": '<x xmlns="urn:x"/>',
    "10,000 shapes": '<rect width="5" height="5"/>' * 10_000,
    "100 levels": "<g>" * 100 + "</g>" * 100,
    "an entity that there is not": "&nobody;",
    "no end": "<g>",
    "an instruction": '<?xml-stylesheet href="x.css"?><rect width="5" height="5"/>',
}
_OUTSIDE = {
    "a document type": "<!DOCTYPE svg>" + _SHAPE.format(""),
    "entities that multiply": '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + _SHAPE.format("&b;"),
    "an entity of the machine": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + _SHAPE.format("&a;"),
    "no size": '<svg xmlns="http://www.w3.org/2000/svg"/>',
    "a size below 0": _SHAPE.format("").replace("20mm", "-20mm"),
    "a size of kilometres": _SHAPE.format("").replace("20mm", "9999999mm"),
    "a box of nothing": _SHAPE.format("").replace("0 0 20 10", "0 0 0 0"),
    "a box that is no number": _SHAPE.format("").replace("0 0 20 10", "0 0 nan inf"),
    "a box of 10,000 digits": _SHAPE.format("").replace("0 0 20 10", "0 0 " + "1" * 10_000 + " 1"),
    "another root": "<html/>",
    "nothing": "",
    "no XML": "{}",
    "spaces": " " * 100_000,
}  # fmt: skip


def drawings() -> Iterator[Attack]:
    """Drawings that do something, fetch something, or never end."""
    for name, inside in _INSIDE.items():
        yield _on_file(
            "drawings that act, fetch or never end", DRAWING, name, partial(_instead, _SHAPE.format(inside).encode())
        )
    for name, text in _OUTSIDE.items():
        yield _on_file("drawings that act, fetch or never end", DRAWING, name, partial(_instead, text.encode()))
    for name, edit in {
        "no picture": lambda _content: b"x" * 100,
        "nothing": lambda _content: b"",
        "half": lambda content: content[: len(content) // 2],
        "another format's name": lambda _content: (VALID / "shapes.svg").read_bytes(),
        "a size of 100,000 dots": lambda content: content[:16] + b"\0\1\x86\xa0" * 2 + content[24:],
        "no dots": lambda content: content[:16] + b"\0" * 8 + content[24:],
        "a page": lambda _content: b"%PDF-1.7\n",
        "an archive": lambda _content: (ROOT / BASE).read_bytes(),
    }.items():
        yield _on_file("photos that are none", PHOTO, name, edit)


_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _relation(kind: str, target: str) -> str:
    return f'<Relationship Id="x1" Type="{_RELATIONS}/{kind}" Target="{target}"/>'


_WORD = {
    "word/document.xml": {
        "an entity": (r"^<\?xml[^>]*\?>", r'\g<0><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
        "no XML": (r"(?s)^.*$", "{}"),
        "half": (r"(?s)</w:body>.*$", ""),
        "a field that runs": ("(?<=<w:body>)", '<w:p><w:fldSimple w:instr=" DDEAUTO cmd "/></w:p>'),
        "a field that reads": ("(?<=<w:body>)", '<w:p><w:fldSimple w:instr=" INCLUDETEXT x "/></w:p>'),
        "another document": ("(?<=<w:body>)", '<w:altChunk r:id="rId1"/>'),
    },
    "word/styles.xml": {
        "hidden letters": ("(?<=<w:rPrDefault><w:rPr>)", "<w:vanish/>"),
        "struck letters": ("(?<=<w:rPrDefault><w:rPr>)", "<w:strike/>"),
        "letters on one another": ("(?<=<w:rPrDefault><w:rPr>)", '<w:spacing w:val="-200"/>'),
        "no XML": (r"(?s)^.*$", "<"),
    },
    "word/_rels/document.xml.rels": {
        "a template of the network": (
            "(?=</Relationships>)",
            _relation("attachedTemplate", 'https://example.org/x.dotm" TargetMode="External'),
        ),
        "a picture of the network": (
            "(?=</Relationships>)",
            _relation("image", 'https://example.org/x.png" TargetMode="External'),
        ),
        "a part that there is not": (
            "(?=</Relationships>)",
            _relation("image", "media/nothing.png"),
        ),
        "no XML": (r"(?s)^.*$", ""),
    },
    "[Content_Types].xml": {"no XML": (r"(?s)^.*$", "x"), "no types": (r"<(?:Override|Default)[^>]*>", "")},
}


def word() -> Iterator[Attack]:
    """Word base documents that are broken, or bring something."""
    kind = "Word bases that are broken, hide, fetch or run"
    for part, found in _WORD.items():
        for name, (pattern, by) in found.items():
            yield _on_file(kind, BASE, f"{part}: {name}", partial(_in_archive, part, pattern, by))
        yield _on_file(kind, BASE, f"{part}: not there", partial(_in_archive, part, "", None))
    for name, edit in {
        "no archive": lambda _content: b"x" * 1000,
        "nothing": lambda _content: b"",
        "half": lambda content: content[: len(content) // 2],
        "a PDF": lambda _content: b"%PDF-1.7\n%%EOF",
        "macros": lambda content: _with_member(
            content, "word/vbaProject.bin", b"x", "application/vnd.ms-office.vbaProject"
        ),
        "an archive that unpacks to 100 MB": lambda content: _with_member(
            content, "word/media/x.bin", bytes(10**8), "x/x"
        ),
    }.items():
        yield _on_file(kind, BASE, name, edit)


def _in_archive(part: str, pattern: str, by: str | None, content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
            elif by is not None:
                new.writestr(name, re.sub(pattern, by, old.read(name).decode()))
    return buffer.getvalue()


def _with_member(content: bytes, name: str, member: bytes, type_: str) -> bytes:
    """An archive with one more part, which a relationship and a type make known."""
    relation = f'<Relationship Id="x9" Type="urn:x" Target="{name.removeprefix("word/")}"/></Relationships>'
    known = _in_archive("word/_rels/document.xml.rels", "</Relationships>", relation, content)
    known = _in_archive(
        "[Content_Types].xml", "</Types>", f'<Override PartName="/{name}" ContentType="{type_}"/></Types>', known
    )
    buffer = io.BytesIO(known)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, member)
    return buffer.getvalue()


def _pdf(add: Callable[[pikepdf.Pdf], None]) -> Callable[[bytes], bytes]:
    def edit(content: bytes) -> bytes:
        buffer = io.BytesIO()
        with pikepdf.open(io.BytesIO(content)) as pdf:
            add(pdf)
            pdf.save(buffer)
        return buffer.getvalue()

    return edit


def _act(action: str) -> Callable[[pikepdf.Pdf], None]:
    def add(pdf: pikepdf.Pdf) -> None:
        made = pikepdf.Dictionary(S=pikepdf.Name(action), JS="x", F="x", URI="javascript:x", D="x")
        link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=made)
        pdf.pages[0].obj.Annots = pikepdf.Array([pdf.make_indirect(link)])

    return add


def _loop(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Pages.Kids.append(pdf.Root.Pages)


_PUBLISHED: Mapping[str, Callable[[bytes], bytes]] = {
    "nothing": lambda _content: b"",
    "one bit": lambda content: content[:500] + bytes([content[500] ^ 1]) + content[501:],
    "half": lambda content: content[: len(content) // 2],
    "twice": lambda content: content * 2,
    "bytes without sense": lambda content: b"\xff\0" * (len(content) // 2),
    "as many spaces": lambda content: b" " * len(content),
    "the head alone": lambda content: content[:20],
    "a line more": lambda content: content + b"\n",
}


def published() -> Iterator[Attack]:
    """Published files that are not what was built: `verify` must say so, whatever is in them."""
    for format_ in ("html", "pdf", "docx"):
        for name, edit in _PUBLISHED.items():
            yield Attack(
                "published files that are not what was built", f"{format_}: {name}", partial(_verified, format_, edit)
            )
    for name in ("/JavaScript", "/Launch", "/GoToR", "/SubmitForm", "/URI", "/ImportData"):
        yield Attack(
            "published files that are not what was built",
            f"pdf: does {name}",
            partial(_verified, "pdf", _pdf(_act(name))),
        )
    yield Attack(
        "published files that are not what was built", "pdf: pages in a ring", partial(_verified, "pdf", _pdf(_loop))
    )
    for tag in (
        "<a href='javascript:x'>",
        "<a href='/etc/passwd'>",
        "<a href='http://[x'>",
        "<img src='x.png'>",
        "<p>" * 20_000,
    ):
        after = partial(_followed, tag.encode())
        yield Attack(
            "published files that are not what was built", f"html: {tag[:24]}", partial(_verified, "html", after)
        )


def _followed(by: bytes, content: bytes) -> bytes:
    return content + by


def _verified(format_: str, edit: Callable[[bytes], bytes], root: Path) -> bool:
    place = root / "output" / Document(CONDITION, "en", "patient", "a4", format_).path
    content = place.read_bytes()
    try:
        place.write_bytes(edit(content))
        return bool(verify(root / "output", "output").problems)
    finally:
        place.write_bytes(content)


# --- what is in the place of a file -----------------------------------------------------------------------------------


def _socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the names of sockets are short
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(3 * 10**9)


def _outside(path: Path) -> None:
    path.symlink_to("/etc/passwd")


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _itself(path: Path) -> None:
    path.symlink_to(path.name)


_OBJECTS: Mapping[str, Callable[[Path], None]] = {
    "a pipe": os.mkfifo, "a folder": Path.mkdir, "a socket": _socket, "3 GB of nothing": _sparse,
    "a link to a device": _device, "a link out of the project": _outside, "a link to itself": _itself,
}  # fmt: skip


def objects() -> Iterator[Attack]:
    """What is no file of the project, in the place of one."""
    for file in READERS:
        for name, make in _OBJECTS.items():
            yield Attack("what is no file, in the place of one", f"{file}: {name}", partial(_in_place, file, make))


def _in_place(file: str, make: Callable[[Path], None], root: Path) -> bool:
    with _changed(root / file):
        make(root / file)
        READERS[file](root)
    return False


# --- command lines ----------------------------------------------------------------------------------------------------

_NAMES = ("../x", "/etc/passwd", "con", "", " ", "x" * 300, "x\ny", "\udcff", "-", "{x}", "*", "café")
_LINES: tuple[tuple[str, ...], ...] = (
    ("nothing",), ("--nothing",), ("build", "--jobs", "0"), ("build", "--jobs", "-1"), ("build", "--jobs", "many"),
    ("build", "--jobs", "9" * 40 + "x"), ("build", "--cache-size", "0"), ("build", "--cache-size", "nan"),
    ("build", "--cache", "."), ("build", "--cache", "leaflets"), ("build", "--cache", "/"),
    ("build", "--output", "."), ("build", "--output", "/"), ("build", "--output", "leaflets"),
    ("build", "--output", ".."),
    ("build", "--output", "locales/es"), ("build", "--output", LEAFLET), ("build", "--output", "templates/new"),
    ("build", "--prune", "--locale", "es"), ("build", "--watch", "--release"), ("build", "--watch", "--prune"),
    ("build", "--release", "--locale", "en_XA"), ("build", "x"), ("check", "--due", "x"), ("check", "x", "y"),
    ("verify", "nowhere"), ("verify", "/"), ("verify", LEAFLET), ("verify", "leaflets"),
    ("verify", "--repair", "leaflets"),
    ("archive",), ("archive", "leaflets"), ("archive", "."), ("archive", "/"), ("archive", LEAFLET),
    ("report",), ("report", "nowhere", "nowhere"), ("report", "output", LEAFLET), ("report", "/", "/"),
    ("explain",), ("explain", "nowhere"), ("explain", "/etc/passwd"), ("explain", "../x"),
    ("bump", "nobody", "--why", "x"), ("withdraw", "nobody", "--why", "x"), ("catalogs", "add", "xx_XX_XX"),
    ("catalogs", "nothing"), ("catalogs", "restore", "nowhere"), ("catalogs", "restore", LEAFLET),
    ("--project", "nowhere", "check"), ("--project", LEAFLET, "check"), ("--project", "/", "check"),
    ("--project=",), ("--project", ""),
)  # fmt: skip


def lines() -> Iterator[Attack]:
    """Command lines that nobody means well, or that mean nothing."""
    for line in _LINES:
        yield Attack("command lines", " ".join(line)[:60], partial(_said, line))
    for option in ("--condition", "--locale", "--audience", "--format", "--edition", "--site"):
        for name in _NAMES:
            yield Attack(
                "command lines", f"build {option} {name[:20]!r}", partial(_said, ("build", "--dry-run", option, name))
            )
    for name in _NAMES:
        yield Attack("command lines", f"new {name[:20]!r}", partial(_said, ("new", name)))
        yield Attack("command lines", f"catalogs add {name[:20]!r}", partial(_said, ("catalogs", "add", name)))


def _said(line: tuple[str, ...], root: Path) -> bool:
    """Whether a command line ends with an error and a word for people."""
    here, said = Path.cwd(), io.StringIO()
    os.chdir(root)
    try:
        with redirect_stdout(io.StringIO()), redirect_stderr(said):
            return main(list(line)) != 0 and bool(said.getvalue().strip())
    finally:
        os.chdir(here)


def controls() -> Iterator[Attack]:
    """What attacks begin with, as it is: nothing of it may be refused, or the attacks would prove nothing."""
    for file in READERS:
        yield Attack("control", file, lambda root, file=file: READERS[file](root) is Attack)  # type: ignore[misc]
    entry = f'{_PO_HEAD}msgctxt "a"\nmsgid "b"\nmsgstr "c"\n'.encode()
    yield _on_file("control", CATALOG, "an entry", partial(_instead, entry))
    shape = _SHAPE.format('<rect width="5" height="5"/>').encode()
    yield _on_file("control", DRAWING, "a shape", partial(_instead, shape))
    yield _on_file("control", BASE, "packed again", partial(_in_archive, "word/document.xml", "$", ""))
    yield Attack("control", "a manifest", partial(_manifest, dump(_SITE, [_ROW]).encode()))
    yield Attack("control", "published files", partial(_verified, "html", bytes))
    yield Attack("control", "a translation", partial(_lies, lambda text: f"eñe {text}", "{"))
    yield Attack("control", "a command line", partial(_said, ("build", "--dry-run", "--locale", "es")))


def attacks() -> Iterator[Attack]:
    """All of them."""
    for kind in (raw, typed, leaflets, settings, catalogs, lists, drawings, word, published, objects, lines):
        yield from kind()
