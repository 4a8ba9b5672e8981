"""Makes the FHIR resources: a DocumentReference for each paper, and Bundles of what is current by code and language."""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B.documentreference import DocumentReference

from leafletpress.model.locale import SOURCE, Locale
from leafletpress.model.papers import Paper, number
from leafletpress.model.releases import Key
from leafletpress.publish.fhir import URI, bundle_path, resource_path, sha1_of, sha256_of, url_of
from leafletpress.publish.lookup import Place, places
from leafletpress.publish.manifest import Row
from leafletpress.publish.notices import hospital
from leafletpress.publish.papers import id_of, known_keys, papers_of
from leafletpress.publish.public import Public
from leafletpress.publish.shelf import Shelf
from leafletpress.publish.web import Values, Voice, nothing

Json = dict[str, Any]
# Code systems by their names in a leaflet, and how FHIR calls them.
SYSTEMS: Final[Mapping[str, str]] = {
    "icd_9_cm": "http://hl7.org/fhir/sid/icd-9-cm",
    "icd_10": "http://hl7.org/fhir/sid/icd-10",
    "icd_10_cm": "http://hl7.org/fhir/sid/icd-10-cm",
    "icd_11": "http://id.who.int/icd/release/11/mms",
    "snomed": "http://snomed.info/sct",
    "snomed_ct": "http://snomed.info/sct",
}
_MODELS: Mapping[str, Any] = {"DocumentReference": DocumentReference, "Bundle": Bundle}
_ROLES = "http://terminology.hl7.org/CodeSystem/v3-RoleClass"
_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
    "pdf": "application/pdf",
}
_ANY_TYPE = "application/octet-stream"
# Marks that change the direction of what follows, and those that end this (UAX 9).
_END_ISOLATE = "\u2069"
_OPENING = {
    **dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c"),
    **dict.fromkeys("\u2066\u2067\u2068", _END_ISOLATE),
}
_MARKS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def fhir_files(
    shelf: Shelf, public: Public, is_there: Callable[[str, bytes], bool] = lambda _path, _content: False
) -> Iterator[tuple[str, bytes]]:
    """Each file of the tree with its path: a DocumentReference a paper, a Bundle for each code and language.

    What is made is what FHIR's own model of it lets pass; raises ValueError where it does not. A file that `is_there`
    with these bytes passed when it was made.
    """
    references = _References(shelf, public)
    current: dict[Place, list[Json]] = {}

    def checked(path: str, content: Json) -> tuple[str, bytes]:
        text = f"{json.dumps(content, ensure_ascii=False, separators=(',', ':'))}\n".encode()
        if not is_there(path, text):
            _MODELS[content["resourceType"]].model_validate(content)
        return path, text

    for key in known_keys(shelf, public):
        rows, papers = shelf.published(key), papers_of(key, shelf, public)
        for at in range(len(papers)):
            content = references.reference(key, papers[at:], rows if at == 0 else ())
            yield checked(resource_path(content["id"]), content)
            if content["status"] == "current":
                for place in dict.fromkeys(place for row in rows for place in places(row)):
                    current.setdefault(place, []).append(content)
    for place, some in sorted(current.items(), key=lambda one: one[0]):
        entries = [{"fullUrl": f"urn:uuid:{one['id']}", "resource": one} for one in some]
        yield checked(bundle_path(place), {"resourceType": "Bundle", "type": "collection", "entry": entries})


class _References:
    """Makes the DocumentReferences of a site; words that many of them have are looked for once."""

    def __init__(self, shelf: Shelf, public: Public) -> None:
        self._shelf, self._public = shelf, public
        self._hospital = plain(hospital(public))
        self._of_condition = {row.condition: row.codes for rows in shelf.rows.values() for row in rows if row.codes}
        self._words: dict[tuple[str, str, str], str] = {}

    def reference(self, key: Key, papers: Sequence[Paper], rows: Sequence[Row]) -> Json:
        """That of the first of these papers, which took the place of the second; `rows` are published of it now."""
        condition, name, audience = key
        paper, locale = papers[0], self._public.locales.get(name)
        voice = Voice(locale or self._public.locales[SOURCE], self._public.furniture)
        titles = (*(row.title for row in rows[:1]), self._shelf.title(condition, voice.locale)[0])
        title = next(filter(None, map(plain, titles)), condition)
        tag, withdrawn = name.replace("_", "-"), self._public.withdrawal(key)
        status, doc_status = _status(rows, withdrawn=withdrawn is not None)
        id_ = self._id(key, paper)
        content: Json = {
            "resourceType": "DocumentReference",
            "id": id_,
            "language": voice.locale.tag,
            "masterIdentifier": _uri(f"urn:uuid:{id_}"),
            "identifier": [_uri(id_of(self._public.site.id, *key).urn), *(_uri(sha256_of(row)) for row in rows)],
            "status": status,
            "docStatus": doc_status,
            "category": [self._audience(audience, voice)],
            "date": f"{paper.day.isoformat()}T00:00:00Z",
            "custodian": {"display": self._hospital},
            "relatesTo": [self._replaced(key, one) for one in papers[1:2]],
            "description": " · ".join(filter(None, (title, *self._described(key, paper, rows, voice)))),
            "content": [{"attachment": self._attachment(row, tag, title, voice)} for row in rows]
            or [{"attachment": {"language": tag, "title": title}}],
            "context": {"event": list(_events(self._codes(key)))},
        }
        return {name: value for name, value in content.items() if value not in (None, [], {"event": []})}

    def _id(self, key: Key, paper: Paper) -> str:
        return str(id_of(self._public.site.id, *key, paper.number, paper.check_code))

    def _replaced(self, key: Key, paper: Paper) -> Json:
        reference, display = f"DocumentReference/{self._id(key, paper)}", f"{paper.number} {paper.check_code}".strip()
        return {"code": "replaces", "target": {"reference": reference, "display": display}}

    def _codes(self, key: Key) -> Mapping[str, str]:
        """Those of the condition, by system: of a paper of years before, those that it has now."""
        own = (row.codes for row in self._shelf.rows.get(key, ()) if row.codes)
        return dict(next(own, self._of_condition.get(key[0], ())))

    def _audience(self, name: str, voice: Voice) -> Json:
        """For whom it is, in HL7's code and in words."""
        known = self._public.audiences.get(name)
        words = self._word(voice, known.label) if known else name
        coding = [{"system": _ROLES, "code": known.recipient}] if known and known.recipient else []
        return {**({"coding": coding} if coding else {}), "text": words}

    def _described(self, key: Key, paper: Paper, rows: Sequence[Row], voice: Voice) -> Iterator[str]:
        """What tells the paper from others, as it has it, and what is to be known of it before it is handed out."""
        code = next((row.code for row in self._shelf.rows.get(key, ())), paper.code)
        yield from map(plain, (code, paper.number, paper.check_code))
        current, withdrawal = self._shelf.published(key), self._public.withdrawal(key)
        if withdrawal:
            day = withdrawal.day
            yield self._word(voice, "withdrawn", f"{day}", lambda locale: {"date": locale.day(day)})
            yield plain(withdrawal.why)
        elif rows and rows[0].next_review:
            due = date.fromisoformat(rows[0].next_review)
            yield self._word(voice, "next_review", f"{due}", lambda locale: {"date": locale.month(due)})
        elif not rows and current:
            newer = f"{number(current[0].version, current[0].revision)} {current[0].check_code}".strip()
            yield self._word(voice, "copy_newer", newer, lambda _locale: {"version": newer})
        elif not rows:
            yield self._word(voice, "unavailable")

    def _attachment(self, row: Row, tag: str, title: str, voice: Voice) -> Json:
        key = f"edition_{row.edition}"
        edition = self._word(voice, key) if key in voice.furniture else row.edition.replace("_", " ").capitalize()
        return {
            "contentType": _TYPES.get(row.format, _ANY_TYPE),
            "language": tag,
            "url": url_of(row.path or ""),
            "size": row.bytes,
            **({"hash": sha1_of(row)} if row.sha1 else {}),
            "title": f"{title} · {edition}",
        }

    def _word(self, voice: Voice, key: str, filled_in: str = "", values: Callable[[Locale], Values] = nothing) -> str:
        """Template words; `filled_in` tells apart what `values` give. Each is said of many papers, and made once."""
        known = voice.locale.name, key, filled_in
        if known not in self._words:
            self._words[known] = plain(voice.text(key, values))
        return self._words[known]


def _status(rows: Sequence[Row], *, withdrawn: bool) -> tuple[str, str | None]:
    """That of a reference, and that of its document: final where all have signed exactly this text.

    Of a document that is published no more it is not known.
    """
    if withdrawn:
        return "entered-in-error", "entered-in-error"
    if not rows:
        return "superseded", None  # what is published no more too: no other state says that it may not be used
    return "current", "final" if rows[0].status == "approved" else "preliminary"


def _uri(value: str) -> Json:
    return {"system": URI, "value": value}


def _events(codes: Mapping[str, str]) -> Iterator[Json]:
    """The condition in all systems that FHIR knows, as one concept; others in words."""
    coded = [{"system": SYSTEMS[system], "code": plain(code)} for system, code in codes.items() if system in SYSTEMS]
    if coded:
        yield {"coding": coded}
    yield from ({"text": plain(f"{system} {code}")} for system, code in codes.items() if system not in SYSTEMS)


def plain(text: str) -> str:
    """A text as FHIR lets one be: without controls, white space folded, and no direction left open at its end."""
    kept = ("\ufffd" if unicodedata.category(sign) in ("Cc", "Cs") else sign for sign in " ".join(text.split()))
    folded = "".join(kept)
    return folded + "".join(reversed(_left_open(_MARKS.findall(folded))))


def _left_open(marks: Iterable[str]) -> list[str]:
    """What would end the directions that are still open after these marks, the outermost first."""
    ends: list[str] = []
    for mark in marks:
        if mark in _OPENING:
            ends.append(_OPENING[mark])
        elif mark == _END_ISOLATE and mark in ends:  # with all that was opened in it
            while ends.pop() != mark:
                pass
        elif ends and ends[-1] == mark:
            ends.pop()
    return ends
