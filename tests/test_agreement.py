"""What does not agree with itself or with its project is not made public; all of it is said at once."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from projects import read
from public import CONTENT, TODAY, public_of, published, row

from leafletpress.build.library import Library, Project
from leafletpress.model.approval import Signoffs, Withdrawal
from leafletpress.model.problems import ExitCode, LeafletError, Origin, Problem
from leafletpress.model.releases import RELEASES_FILE, Release, TextVersion
from leafletpress.publish.gather import archive
from leafletpress.publish.manifest import Row
from leafletpress.publish.public import Expected
from leafletpress.publish.verify import verify

TEXT = {"english": "a" * 32, "check_code": "96PTJ8"}
AGAIN = "run build --release again, for everything"


@pytest.fixture(scope="module")
def library(shared_project: Project) -> Library:
    return read(shared_project)


def en(format_: str = "html", reason: str | None = None, **more: Any) -> Row:
    return row("en", "patient", format_, reason, **{**TEXT, **more})


def es(format_: str = "html", **more: Any) -> Row:
    return row("es", "patient", format_, **{**TEXT, "revision": 1, "translation": "b" * 32, **more})


def attempt(tmp_path: Path, library: Library, *rows: Row, drafts: bool = False, **about: Any) -> None:
    """Gather a folder of these rows in `into`."""
    archive(published(tmp_path / "o", *rows), "o", tmp_path / "into", public_of(library, **about), drafts=drafts)


def refused(tmp_path: Path, library: Library, *rows: Row, **about: Any) -> list[str]:
    """Why `archive` refuses a folder; it makes nothing then."""
    with pytest.raises(LeafletError) as caught:
        attempt(tmp_path, library, *rows, **about)
    assert caught.value.exit_code == ExitCode.CONTENT
    assert not (tmp_path / "into").exists()
    return [str(problem) for problem in caught.value.problems]


def test_what_agrees_is_published(tmp_path: Path, library: Library) -> None:
    rows = en(), en("pdf", pages=4), en("pdf", edition="large_print"), es(), es("pdf"), row("es", "clinician")
    known = {"patient": Expected("a" * 32, 4), "clinician": Expected()}
    attempt(tmp_path, library, *rows, expected=lambda one: known[one.audience])


@pytest.mark.parametrize(
    ("differs", "said"),
    [
        ({"check_code": "XXXXXX"}, "check code"),
        ({"version": "1.1"}, "version"),
        ({"revision": 2}, "revision"),
        ({"english": "c" * 32, "check_code": "XXXXXX"}, "check code, English"),
        ({"translation": "c" * 32}, "translation"),
    ],
)
@pytest.mark.parametrize("where", [{"format_": "pdf"}, {"format_": "pdf", "edition": "large_print"}])
def test_formats_and_editions_of_a_leaflet_are_of_one_text(
    tmp_path: Path, library: Library, differs: dict[str, Any], said: str, where: dict[str, Any]
) -> None:
    other = es(**where, **differs)
    text = f"o/{other.path}: its text is not that of {es().path}: {said} (build both again)"
    rows = es(), other, en(version="2.0", check_code="YYYYYY")  # another language is another text
    assert refused(tmp_path, library, *rows) == [text]
    assert [str(problem) for problem in verify(tmp_path / "o", "o").problems if "its text" in problem.text] == [text]


def test_all_formats_of_an_edition_are_there_or_none(tmp_path: Path, library: Library) -> None:
    rows = en(), en("pdf", "7 sides"), en("docx", "the project no longer makes it", status="withdrawn")
    text = f"o/{en().path}: its PDF is withheld: 7 sides (build all formats again)"
    assert refused(tmp_path, library, *rows) == [text]
    assert str(verify(tmp_path / "o", "o").problems[0]) == text
    alone = en("pdf", "7 sides", edition="booklet"), en()
    attempt(tmp_path / "other", library, *alone)


def test_what_the_project_does_not_make_is_refused(tmp_path: Path, library: Library) -> None:
    rows = en(), es(), es("pdf")
    assert refused(tmp_path, library, *rows, expected=lambda one: Expected() if one.locale == "en" else None) == [
        f"o/manifest.json: 2 documents are none of this project; first: {es().path} ({AGAIN})"
    ]


def test_what_was_built_before_the_leaflet_was_changed_is_refused(tmp_path: Path, library: Library) -> None:
    rows = en(english="c" * 32), en("pdf", english="c" * 32), es(english="a" * 32)
    assert refused(tmp_path, library, *rows, expected=lambda _one: Expected("c" * 32, 9)) == [
        f"o/manifest.json: 1 documents are not of the leaflet as it is written now; first: {es().path} ({AGAIN})"
    ]


def test_what_was_withdrawn_after_it_was_built_is_refused(tmp_path: Path, library: Library) -> None:
    signoffs = {"warts": Signoffs(withdrawals=(Withdrawal(TODAY, "Wrong dose.", locale="es"),))}
    assert refused(tmp_path, library, en(), es(), signoffs=signoffs) == [
        f"o/manifest.json: 1 documents are of a leaflet that is withdrawn; first: {es().path} ({AGAIN})"
    ]


def test_what_is_on_record_must_be_known(tmp_path: Path, library: Library) -> None:
    text = "are of a leaflet of which nobody knows who signed or withdrew it"
    assert refused(tmp_path, library, en(), en("pdf"), unread=["warts"]) == [
        f"o/manifest.json: 2 documents {text}; first: {en().path} (check says what is wrong in signoffs/)"
    ]
    attempt(tmp_path / "withheld", library, en(reason="signoffs/warts.toml:3:1: …"), unread=["warts"])


def test_a_pdf_with_more_sides_than_its_budget_is_refused(tmp_path: Path, library: Library) -> None:
    rows = en("pdf", pages=5), es("pdf", pages=4), en("pdf", edition="booklet", pages=4)
    most = {"a4": 4, "booklet": 3}
    assert refused(tmp_path, library, *rows, expected=lambda one: Expected(sides=most[one.edition])) == [
        f"o/{en('pdf', edition='booklet').path}: 4 sides, at most 3 are allowed ({AGAIN})",
        f"o/{en('pdf').path}: 5 sides, at most 4 are allowed ({AGAIN})",
    ]


def test_what_changed_under_a_number_that_was_published_meanwhile_is_refused(tmp_path: Path, library: Library) -> None:
    before = {
        ("warts", "en", "patient"): Release(TextVersion("1.2", None, "a" * 32, None), date(2026, 2, 1)),
        ("warts", "es", "patient"): Release(TextVersion("1.2", 1, "a" * 32, "d" * 32), date(2026, 2, 1)),
    }
    rows = en(), en("pdf"), es(), es("pdf")
    said = "the translation is not the one that was published as revision 1 of version 1.2 on 2026-02-01"
    (text,) = refused(tmp_path, library, *rows, releases=before)
    assert text == f"o/{es().path}: {said} ({AGAIN}: it withholds it)"
    attempt(tmp_path / "raised", library, en(), es(revision=2), releases=before)
    old = {key: replace(one, text=replace(one.text, english="e" * 32)) for key, one in before.items()}
    assert len(refused(tmp_path / "both", library, en(), es(revision=2), releases=old)) == 2


def test_a_file_of_releases_that_was_cut_stops_it(tmp_path: Path, library: Library) -> None:
    cut = Problem(Origin(RELEASES_FILE, 3, 8), "this file is not as it was written")
    for drafts in (False, True):
        folder = tmp_path / str(drafts)
        folder.mkdir()
        assert refused(folder, library, en(), problems=(cut,), drafts=drafts) == [str(cut)]


def test_all_that_is_wrong_is_said_at_once(tmp_path: Path, library: Library) -> None:
    rows = en(built_for="draft"), en("pdf", version="9", pages=9), es()
    output = published(tmp_path / "o", *rows)
    (output / str(es().path)).unlink()
    cut = Problem(Origin(RELEASES_FILE), "cut")
    public = public_of(library, problems=(cut,), expected=lambda _one: Expected(sides=4))
    with pytest.raises(LeafletError) as caught:
        archive(output, "o", tmp_path / "into", public)
    said = [problem.text for problem in caught.value.problems]
    assert [text.split(";")[0] for text in said] == [
        "cut",
        "1 documents were not built for release",
        f"its text is not that of {en().path}: version",
        "9 sides, at most 4 are allowed",
        "is missing",
    ]
    assert not (tmp_path / "into").exists()


def test_who_asks_for_drafts_gets_what_does_not_agree(tmp_path: Path, library: Library) -> None:
    rows = en(built_for="draft"), en("pdf", version="9", pages=9)
    attempt(tmp_path, library, *rows, expected=lambda _one: None, drafts=True)
    manifest = json.loads((tmp_path / "into" / "pages" / "manifest.json").read_text(encoding="utf-8"))
    assert len(manifest["documents"]) == 2
    assert (tmp_path / "into" / "pages" / str(en().path)).read_bytes() == CONTENT
