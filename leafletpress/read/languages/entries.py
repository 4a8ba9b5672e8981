"""Reads the lines of a gettext catalog into its entries, and refuses what msgfmt refuses."""

import re
from dataclasses import dataclass, field

from leafletpress.model.problems import Origin, Problem
from leafletpress.read.located.nodes import MOST_LETTERS

Key = tuple[str, str]
_LINE = re.compile(
    r"""(?P<mark>\#~\||\#~|\#\|)? [ \t]*
        (?:(?P<keyword>msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?) [ \t]*)?
        (?P<string>"(?:[^"\\]|\\.)*") \s*""",
    re.VERBOSE,
)
_COMMENT = re.compile(r"#(?![|~])(?P<kind>[.:,=]?)(?P<text>.*)|#[|~]\|?\s*(?:#.*)?")
_CONFLICT = re.compile(r"(?:<<<<<<<|=======|>>>>>>>)(?: |$)")
_ESCAPE = re.compile(r"\\(.)")
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}
_FIELDS = {"msgctxt": "context", "msgid": "text", "msgstr": "translation"}
_LOST = "part of the file is lost"
_MOST_LETTERS = 3 * MOST_LETTERS  # of one translation: no language takes three times as many as English


@dataclass(frozen=True, slots=True)
class Entry:
    """One text and its translation, empty where there is none yet.

    `line` is that of msgstr; `comments` and `places` are written by the program, `remarks` by translators (as they
    are behind the #); `previous` is the English that a fuzzy translation was made for, and `previous_context` where it
    stood, if that was elsewhere.
    """

    context: str
    text: str
    translation: str = ""
    line: int = 0
    flags: tuple[str, ...] = ()
    previous: str | None = None
    remarks: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    obsolete: bool = False
    previous_context: str | None = None

    @property
    def key(self) -> Key:
        """What the entry is known by: its context and its English text."""
        return self.context, self.text

    @property
    def fuzzy(self) -> bool:
        """Whether the translation waits for another look."""
        return "fuzzy" in self.flags


@dataclass(slots=True)
class _Draft:
    """An entry while its lines are read."""

    strings: dict[str, str] = field(default_factory=dict)
    lists: dict[str, list[str]] = field(default_factory=lambda: {kind: [] for kind in ("", ".", ":", ",")})
    obsolete: bool = False
    line: int = 0

    @property
    def begun(self) -> bool:
        """Whether a line of the entry itself has come, beside comments and the English of before."""
        return not self.strings.keys().isdisjoint(_FIELDS.values())

    def entry(self) -> Entry:
        flags = [flag.strip() for line in self.lists[","] for flag in line.split(",")]
        return Entry(
            context=self.strings.get("context", ""),
            text=self.strings["text"],
            translation=self.strings["translation"],
            line=self.line,
            flags=tuple(dict.fromkeys(flag for flag in flags if flag)),
            previous=self.strings.get("previous"),
            remarks=tuple(self.lists[""]),
            comments=tuple(line.strip() for line in self.lists["."]),
            places=tuple(line.strip() for line in self.lists[":"]),
            obsolete=self.obsolete,
            previous_context=self.strings.get("previous context"),
        )


class Parser:
    """Reads line after line; what it can't take is a problem, and reading goes on."""

    def __init__(self, file: str) -> None:
        self._file = file
        self.problems: list[Problem] = []
        self.entries: dict[Key, Entry] = {}
        self.without_context: list[Entry] = []
        self.obsolete: list[Entry] = []
        self._draft = _Draft()
        self._open = ""  # the field that a line with nothing but a string goes on with,
        self._mark = ""  # and what such a line begins with

    def read(self, number: int, line: str) -> None:
        """Take the next line."""
        found = _LINE.fullmatch(line)
        comment = _COMMENT.fullmatch(line)
        if found:
            self._take_string(number, line, found)
        elif comment:
            self._take_comment("," if comment["kind"] == "=" else comment["kind"], comment["text"])
        elif not line.strip():
            self._open = ""
        elif _CONFLICT.match(line):
            self._fail(number, "a mark of a merge conflict", "keep one of the two versions")
        else:
            self._not_a_line(number, line)

    def _take_comment(self, kind: str | None, text: str) -> None:
        self._next_entry_after_translation()
        self._open = ""
        if self._draft.begun:
            self._lost()
        if kind is not None:
            self._draft.lists[kind].append(text)

    def close(self) -> None:
        """The file ends."""
        self._next_entry_after_translation()
        self._lost()

    def _fail(self, number: int, text: str, hint: str = "") -> None:
        self.problems.append(Problem(Origin(self._file, number, 1), text, hint))

    def _not_a_line(self, number: int, line: str) -> None:
        quotes = re.search(r'(?<!\\)"', line)
        hint = "a quotation mark is missing, or one inside the text lacks its backslash" if quotes else ""
        self._fail(number, f"not a line of a catalog: {line.strip()[:40]}", hint)
        keyword = next((word for word in ("msgctxt", "msgid", "msgstr") if line.startswith(word)), "")
        if keyword:  # as if it had been read, so that one mistake is reported once
            self._set(number, _FIELDS[keyword], "", obsolete=False)

    def _take_string(self, number: int, line: str, found: re.Match[str]) -> None:
        keyword, mark = found["keyword"], found["mark"] or ""
        try:
            text = _ESCAPE.sub(lambda escape: ESCAPES[escape[1]], found["string"][1:-1])
        except KeyError as error:
            self._fail(number, f"a backslash before {error.args[0]!r}", 'write \\\\ for a backslash and \\" for a mark')
            text = ""
        if keyword is None and self._open and mark == self._mark:
            self._go_on(number, text)
            return
        self._mark = mark
        if keyword is None:
            self._not_a_line(number, line)
        elif mark == "#~" and keyword == "msgstr[0]":
            self._set(number, "translation", text, obsolete=True)
        elif keyword == "msgid_plural" or "[" in keyword:
            if not mark:
                self._fail(number, "a plural form", "leaflets have none: delete the entry, then run catalogs update")
            self._open = "plural"
            self._draft.strings["plural"] = ""
            if "[" in keyword:
                self._draft.strings.setdefault("translation", "")
        elif mark.endswith("|"):
            self._next_entry_after_translation()
            if self._draft.begun:
                self._lost()
            self._open = "previous" if keyword == "msgid" else "previous context"
            self._draft.strings[self._open] = ""
            self._go_on(number, text)
        else:
            self._set(number, _FIELDS[keyword], text, obsolete=bool(mark))

    def _go_on(self, number: int, text: str) -> None:
        """The field that is open goes on; of one that is too long the rest is left out."""
        before = self._draft.strings[self._open]
        if len(before) <= _MOST_LETTERS < len(before + text):
            self._fail(number, f"a text of more than {_MOST_LETTERS} letters", "is a msgid missing before it?")
        self._draft.strings[self._open] = (before + text)[: _MOST_LETTERS + 1]

    def _set(self, number: int, name: str, text: str, *, obsolete: bool) -> None:
        """A field of an entry begins; where that can't be, a line before it is lost."""
        if name != "translation":
            self._next_entry_after_translation()
            if name in self._draft.strings or "text" in self._draft.strings:
                self._lost()
        elif "text" not in self._draft.strings or "translation" in self._draft.strings:
            self._fail(number, "a msgstr without msgid", _LOST)
        if self._draft.begun and self._draft.obsolete != obsolete:
            self._fail(number, "an entry of which only some lines are behind #~", _LOST)
        self._draft.strings[name] = ""
        self._draft.obsolete, self._draft.line = obsolete, number
        self._open = name
        self._go_on(number, text)

    def _lost(self) -> None:
        """Give up an entry that has begun and has no translation; no comment can be inside of one."""
        if self._draft.begun:
            self._fail(self._draft.line, "an entry without msgstr", _LOST)
        self._draft = _Draft()

    def _next_entry_after_translation(self) -> None:
        if "translation" not in self._draft.strings:
            return
        if "text" in self._draft.strings:
            self._keep(self._draft.entry())
        self._draft = _Draft()

    def _keep(self, entry: Entry) -> None:
        first = self.entries.get(entry.key)
        if entry.obsolete:
            self.obsolete.append(entry)
        elif entry.text and not entry.context:
            self.without_context.append(entry)
        elif first:
            self._fail(entry.line, "the same entry twice", f"first at line {first.line}; keep one")
        else:
            self.entries[entry.key] = entry
