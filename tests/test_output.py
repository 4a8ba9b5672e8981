"""Publishing puts each file in its place whole or not at all, and writes the manifest last."""

import hashlib
import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from projects import CONDITION, composed

from leafletpress import __version__
from leafletpress.build.library import Project
from leafletpress.model.blocks import Block, Definition, Definitions, Section
from leafletpress.model.document import Document, document_at
from leafletpress.model.handout import Handout, Run, Text
from leafletpress.model.problems import ExitCode, LeafletError
from leafletpress.publish.journal import seal
from leafletpress.publish.manifest import Row, about, dump, load, parse_row
from leafletpress.publish.output import Output

SITE = "north"


@pytest.fixture(scope="module")
def handout(shared_project: Project) -> Handout:
    return composed(shared_project, "en", "patient").handout


def document(format_: str = "html", locale: str = "en", condition: str = CONDITION) -> Document:
    return Document(condition, locale, "patient", "a4", format_)


def manifest(folder: Path) -> Any:
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


def publish(folder: Path, handout: Handout, content: bytes) -> None:
    """A build of one document."""
    output = Output(folder, "out", SITE)
    output.publish(document(), handout, content)
    output.close()


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_the_path_of_a_document_names_condition_locale_audience_and_edition() -> None:
    assert document("pdf", "zh_Hans").path == f"{CONDITION}/zh_Hans/{CONDITION}-patient-zh_Hans.pdf"
    large = Document("warts", "es", "clinician", "large_print", "docx")
    assert large.path == "warts/es/warts-clinician-es-large_print.docx"


def test_a_published_file_has_its_row(tmp_path: Path, handout: Handout) -> None:
    output = Output(tmp_path, "out", SITE)
    row = output.publish(document(), handout, b"page")
    output.close()
    assert (tmp_path / document().path).read_bytes() == b"page"
    assert manifest(tmp_path) == {
        "schema": 1,
        "program": f"leafletpress {__version__}",
        "site": SITE,
        "documents": [
            {
                "path": document().path, "condition": CONDITION, "code": "EVERY-P-en", "version": "1.2",
                "locale": "en", "audience": "patient", "edition": "a4", "format": "html",
                "sha256": hashlib.sha256(b"page").hexdigest(), "bytes": 4, "pages": None,
                "state": "built", "reason": None, "status": "draft",
                "revision": None, "dated": "2026-01-31", "next_review": "2027-01-31", "check_code": handout.check_code,
                "english": handout.english, "translation": None, "built_for": "draft", "title": str(handout.head.title),
                "everyday": str(handout.head.subtitle), "codes": {"icd_10": "Z00.0"}, "changes": [],
                "sha1": hashlib.sha1(b"page", usedforsecurity=False).hexdigest(),
            }
        ],
    }  # fmt: skip
    assert row.document == document()


def test_the_folder_holds_nothing_but_documents_and_the_manifest(tmp_path: Path, handout: Handout) -> None:
    output = Output(tmp_path / "new" / "out", "out", SITE)
    output.publish(document(), handout, b"page")
    output.close()
    assert names(tmp_path / "new" / "out") == sorted([document().path, "manifest.json"])


def test_the_manifest_is_written_last(tmp_path: Path, handout: Handout) -> None:
    output = Output(tmp_path, "out", SITE)
    output.publish(document(), handout, b"page")
    assert not (tmp_path / "manifest.json").exists()
    output.close()
    assert (tmp_path / "manifest.json").exists()


def test_a_write_that_breaks_off_leaves_the_earlier_file(
    tmp_path: Path, handout: Handout, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = Output(tmp_path, "out", SITE)
    output.publish(document(), handout, b"earlier")
    output.close()
    output = Output(tmp_path, "out", SITE)

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(LeafletError, match="No space left on device") as caught:
        output.publish(document(), handout, b"later, and cut")
    assert caught.value.exit_code == ExitCode.MISSING
    monkeypatch.undo()
    output.close()
    assert (tmp_path / document().path).read_bytes() == b"earlier"
    assert names(tmp_path) == sorted([document().path, "manifest.json"])
    assert manifest(tmp_path)["documents"][0]["bytes"] == len(b"earlier")


def test_a_withheld_document_leaves_the_folder_and_its_row_says_why(tmp_path: Path, handout: Handout) -> None:
    output = Output(tmp_path, "out", SITE)
    output.publish(document(), handout, b"page")
    output.close()
    output = Output(tmp_path, "out", SITE)
    output.withhold(document(), handout, "2 missing")
    output.close()
    (row,) = manifest(tmp_path)["documents"]
    assert (row["path"], row["state"], row["reason"], row["sha256"]) == (None, "withheld", "2 missing", None)
    assert row["sha1"] == ""
    assert names(tmp_path) == ["manifest.json"]


def test_a_document_that_was_never_there_can_be_withheld(tmp_path: Path, handout: Handout) -> None:
    output = Output(tmp_path, "out", SITE)
    output.withhold(document(), handout, "2 missing")
    output.close()
    assert manifest(tmp_path)["documents"][0]["state"] == "withheld"


def test_rows_that_a_build_does_not_touch_are_kept(tmp_path: Path, handout: Handout) -> None:
    output = Output(tmp_path, "out", SITE)
    output.publish(document("html"), handout, b"one")
    output.withhold(document("pdf"), handout, "1 fuzzy")
    output.close()
    output = Output(tmp_path, "out", SITE)
    output.publish(document("docx"), handout, b"two")
    output.close()
    assert [(row["format"], row["state"]) for row in manifest(tmp_path)["documents"]] == [
        ("docx", "built"),
        ("html", "built"),
        ("pdf", "withheld"),
    ]


def test_a_row_whose_file_somebody_removed_is_dropped(tmp_path: Path, handout: Handout) -> None:
    output = Output(tmp_path, "out", SITE)
    output.publish(document(), handout, b"one")
    output.close()
    (tmp_path / document().path).unlink()
    Output(tmp_path, "out", SITE).close()
    assert manifest(tmp_path)["documents"] == []


def test_rows_stand_in_the_order_of_their_paths_however_they_came(tmp_path: Path, handout: Handout) -> None:
    documents = [document("pdf", "es"), document("html", "ar"), document("docx", "es"), document("html", "en")]
    texts: list[bytes] = []
    for order in (documents, documents[::-1]):
        output = Output(tmp_path / str(len(texts)), "out", SITE)
        for wanted in order:
            output.withhold(wanted, handout, "test")
        output.close()
        texts.append((tmp_path / str(len(texts)) / "manifest.json").read_bytes())
    assert texts[0] == texts[1]


def test_a_folder_of_another_site_is_refused_and_kept(tmp_path: Path, handout: Handout) -> None:
    output = Output(tmp_path, "out", SITE)
    output.publish(document(), handout, b"one")
    output.close()
    before = (tmp_path / "manifest.json").read_bytes()
    with pytest.raises(LeafletError) as caught:
        Output(tmp_path, "out", "south")
    assert str(caught.value) == (
        'out/manifest.json: this folder belongs to the site "north", not "south" (name another folder with --output)'
    )
    assert caught.value.exit_code == ExitCode.USAGE
    assert (tmp_path / "manifest.json").read_bytes() == before
    assert names(tmp_path) == sorted([document().path, "manifest.json"])


ROW = {
    "path": None, "condition": "a", "code": "A", "version": "1", "locale": "en", "audience": "patient",
    "edition": "a4", "format": "html", "sha256": None, "bytes": None, "pages": None, "state": "withheld",
    "reason": "x", "status": "draft",
}  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"schema": 2, "site": "north", "documents": []}',
        b'{"schema": 1, "documents": []}',
        b'{"schema": 1, "site": "north"}',
        b'{"schema": 1, "site": "north", "documents": 5}',
        b'{"schema": 1, "site": "north", "documents": ["x"]}',
        b'{"schema": 1, "site": "north", "documents": [null]}',
        json.dumps({"schema": 1, "site": "north", "documents": [{**ROW, "path": 5}]}).encode(),
        json.dumps({"schema": 1, "site": "north", "documents": [{**ROW, "locale": ["en"]}]}).encode(),
        json.dumps({"schema": 1, "site": "north", "documents": [{**ROW, "revision": "2"}]}).encode(),
        json.dumps({"schema": 1, "site": "north", "documents": [{**ROW, "check_code": 5}]}).encode(),
        json.dumps({"schema": 1, "site": "north", "documents": [{**ROW, "built_for": "fun"}]}).encode(),
        b"\xff\xfe\x00",
    ],
    ids=["empty", "cut_off", "list", "null", "later_schema", "no_site", "no_documents", "number_for_documents",
         "text_for_row", "null_for_row", "number_for_path", "list_for_locale", "text_for_revision",
         "number_for_check_code", "built_for_nothing_known", "not_text"],
)  # fmt: skip
def test_a_corrupt_manifest_is_told_once_and_replaced(tmp_path: Path, handout: Handout, content: bytes) -> None:
    (tmp_path / "manifest.json").write_bytes(content)
    output = Output(tmp_path, "out", SITE)
    output.publish(document(), handout, b"one")
    output.close()
    assert [(str(problem.origin), problem.severity) for problem in output.problems] == [
        ("out/manifest.json", "warning")
    ]
    assert [row["path"] for row in manifest(tmp_path)["documents"]] == [document().path]
    assert Output(tmp_path, "out", SITE).problems == []


def test_the_row_of_a_web_page_tells_what_is_new_in_each_version_in_the_language_of_its_words(handout: Handout) -> None:
    told = (("1.2", "New dose", None), ("1.1", "Nouveau", "fr"))
    items = tuple(
        Definition(Text((Run(f"Version {version}"),)), Text((Run(words),), language=language))
        for version, words, language in told
    )
    block = Block("changes", Definitions(items))
    section = Section("list-of-changes", heading=Text((Run("What has changed"),)), blocks=(block,))
    changed = replace(handout, changes=section, changed_in=("1.2", "1.1"))
    assert about(document(), changed)["changes"] == (("1.2", "New dose", "en"), ("1.1", "Nouveau", "fr"))
    assert about(document("pdf"), changed)["changes"] == ()


@pytest.mark.parametrize(
    "wrong",
    [{"codes": ["icd_10"]}, {"codes": {"icd_10": 5}}, {"codes": None}, {"changes": [["1.2", "x"]]},
     {"changes": [["1.2", "x", 5]]}, {"changes": 5}, {"changes": "abc"}],
)  # fmt: skip
def test_codes_and_changes_of_another_form_are_no_row(wrong: dict[str, Any]) -> None:
    with pytest.raises((ValueError, TypeError)):
        parse_row({**ROW, **wrong})


def test_a_row_of_another_version_that_lacks_something_is_left_out() -> None:
    _, rows = load(json.dumps({"schema": 1, "site": SITE, "documents": [{"path": "x"}, ROW]}))
    assert list(rows) == [Document("a", "en", "patient", "a4", "html")]


def test_a_manifest_reads_back_as_it_was_written() -> None:
    row = Row(**ROW, revision=2, dated="2026-01-31", check_code="96PTJ8", built_for="release")  # type: ignore[arg-type]
    row = replace(row, codes=(("icd_10", "L94.2"),), changes=(("1.2", "New dose", "en"),))
    assert load(dump(SITE, [row])) == (SITE, {row.document: row})


def test_a_row_says_what_the_last_build_was_for_that_wrote_or_kept_its_document(
    tmp_path: Path, handout: Handout
) -> None:
    publish(tmp_path, handout, b"page")
    for built_for in ("release", "draft"):
        output = Output(tmp_path, "out", SITE, built_for)
        output.keep([document(), document("pdf")])
        output.close()
        assert [row["built_for"] for row in manifest(tmp_path)["documents"]] == [built_for]
        output = Output(tmp_path, "out", SITE, built_for)
        assert output.publish(document(), handout, b"page").built_for == built_for
        output.close()


def test_a_manifest_of_before_check_codes_is_read() -> None:
    _, rows = load(json.dumps({"schema": 1, "site": SITE, "documents": [ROW]}))
    (row,) = rows.values()
    assert (row.revision, row.dated, row.check_code, row.built_for) == (None, "", "", "draft")


def test_a_row_says_what_is_on_paper(tmp_path: Path, handout: Handout) -> None:
    row = Output(tmp_path, "out", SITE).publish(document(), handout, b"one")
    assert (row.version, row.revision) == (handout.version, handout.revision)
    assert (row.dated, row.check_code) == (handout.dated, handout.check_code)
    assert row.check_code in str(handout.foot)


# --- what was cut off -------------------------------------------------------------------------------------------------


def cut_off(folder: Path, handout: Handout, content: bytes = b"later", condition: str = CONDITION) -> Path:
    """A folder in which a build had a document ready, and never came to its end; the folder of what is unfinished."""
    Output(folder, "out", SITE).publish(document(condition=condition), handout, content)
    return folder / ".leafletpress" / "unfinished"


def test_what_a_build_that_was_cut_off_had_ready_is_published_by_the_next_and_that_is_said(
    tmp_path: Path, handout: Handout
) -> None:
    publish(tmp_path, handout, b"earlier")
    unfinished = cut_off(tmp_path, handout)
    assert (tmp_path / document().path).read_bytes() == b"earlier"
    output = Output(tmp_path, "out", SITE)
    (said,) = output.problems
    assert (said.origin.file, said.severity) == ("out", "warning")
    assert said.text.startswith("an earlier build was cut off")
    output.close()
    assert (tmp_path / document().path).read_bytes() == b"later"
    assert manifest(tmp_path)["documents"][0]["bytes"] == len(b"later")
    assert not unfinished.exists()
    assert Output(tmp_path, "out", SITE).problems == []


@pytest.mark.parametrize("end", [b"", b"\n", b'\n{"path": "', b"\n\xff", b"\n[]", b'\n{"path": "../x", "aside": "0"}'])
def test_a_list_that_was_cut_off_or_holds_nonsense_keeps_its_other_lines(
    tmp_path: Path, handout: Handout, end: bytes
) -> None:
    with (cut_off(tmp_path, handout) / "journal").open("ab") as file:
        file.write(end)
    Output(tmp_path, "out", SITE).close()
    assert [row["path"] for row in manifest(tmp_path)["documents"]] == [document().path]


def test_a_file_that_somebody_took_away_leaves_the_earlier_one_with_its_row(tmp_path: Path, handout: Handout) -> None:
    publish(tmp_path, handout, b"earlier")
    before = manifest(tmp_path)
    (cut_off(tmp_path, handout) / "0.html").unlink()
    Output(tmp_path, "out", SITE).close()
    assert (tmp_path / document().path).read_bytes() == b"earlier"
    assert manifest(tmp_path) == before


def test_what_waits_for_another_site_is_not_published(tmp_path: Path, handout: Handout) -> None:
    unfinished = cut_off(tmp_path, handout)
    with pytest.raises(LeafletError, match='belongs to the site "north"') as caught:
        Output(tmp_path, "out", "south")
    assert caught.value.exit_code == ExitCode.USAGE
    assert (unfinished / "0.html").exists()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff"])
def test_what_waits_without_a_list_is_forgotten(tmp_path: Path, handout: Handout, content: bytes) -> None:
    (cut_off(tmp_path, handout) / "journal").write_bytes(content)
    output = Output(tmp_path, "out", SITE)
    output.close()
    assert output.problems == []
    assert names(tmp_path) == ["manifest.json"]


def test_a_build_that_changes_nothing_touches_no_file(tmp_path: Path, handout: Handout) -> None:
    def build() -> None:
        output = Output(tmp_path, "out", SITE)
        output.publish(document(), handout, b"page")
        output.publish(document("docx"), handout, b"pseudo", listed=False)
        output.withhold(document("pdf"), handout, "2 missing")
        output.close()

    build()
    before = {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in tmp_path.rglob("*") if path.is_file()}
    build()
    after = {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in tmp_path.rglob("*") if path.is_file()}
    assert after == before
    assert len(after) == 4  # the page, the one without a row and the list of these, the manifest


def test_a_row_whose_file_has_another_size_is_dropped(tmp_path: Path, handout: Handout) -> None:
    publish(tmp_path, handout, b"page")
    (tmp_path / document().path).write_bytes(b"pag")
    Output(tmp_path, "out", SITE).close()
    assert manifest(tmp_path)["documents"] == []


@pytest.mark.parametrize(
    "path",
    [
        "../x/x-patient-en.html", "x/en/x-patient-en.exe/..", "x/en/y-patient-en.html", "/x/en/x-patient-en.html",
        "x/en/x-patient-ar.html", "x/en/x-patient-en-a4.html", "x/en/x-patient-en.html.3.new", "x/../x-patient-...html",
        "manifest.json", "", "x/en/x-patient-en", "X/en/X-patient-en.html",
    ],
)  # fmt: skip
def test_a_path_that_is_no_documents_is_told_apart(path: str) -> None:
    assert document_at(path) is None


@pytest.mark.parametrize("edition", ["a4", "large_print"])
def test_a_path_tells_its_document(edition: str) -> None:
    wanted = Document("calcinosis-cutis", "zh_Hans", "patient", edition, "pdf")
    assert document_at(wanted.path) == wanted


# --- what the project no longer makes ---------------------------------------------------------------------------------


def retire(folder: Path, *, prune: bool = False, release: bool = False) -> list[str]:
    """Retire all that is of the condition "gone", and give what is said of it."""
    output = Output(folder, "out", SITE)
    output.retire(lambda found: found.condition != "gone", prune=prune, release=release)
    output.close()
    return [str(problem) for problem in output.problems]


@pytest.fixture
def old(tmp_path: Path, handout: Handout) -> Path:
    """A folder with a leaflet that a source makes, and one that none makes: two files, one withheld, one unlisted."""
    output = Output(tmp_path, "out", SITE)
    output.publish(document(), handout, b"kept")
    output.publish(document(condition="gone"), handout, b"old")
    output.publish(document("docx", condition="gone"), handout, b"old")
    output.withhold(document("pdf", condition="gone"), handout, "2 missing")
    output.publish(document("html", "en_XA", "gone"), handout, b"pseudo", listed=False)
    output.close()
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "gone" / "README").write_text("mine")
    return tmp_path


def listed(folder: Path) -> list[str]:
    return [row["condition"] for row in manifest(folder)["documents"]]


def test_documents_that_no_source_makes_stay_and_are_told_with_their_count(old: Path) -> None:
    before = names(old)
    (said,) = retire(old)
    assert said == (
        "out: warning: 2 documents that the project no longer makes are still published; "
        "first: gone/en/gone-patient-en.docx (build --prune removes their files)"
    )
    assert names(old) == before
    assert listed(old) == [CONDITION, "gone", "gone"]


def released(folder: Path, handout: Handout) -> Path:
    """The same, its files published by a release, one of them withdrawn before its source was removed."""
    output = Output(folder, "out", SITE, "release")
    output.publish(document(), handout, b"kept")
    for format_ in ("html", "docx"):
        output.publish(document(format_, condition="gone"), handout, b"old")
    output.withhold(document("pdf", "ar", "gone"), replace(handout, status="withdrawn"), "withdrawn on 2026-01-01: x")
    output.close()
    return folder


@pytest.mark.parametrize("prune", [False, True])
def test_a_release_withdraws_what_a_release_published_and_no_source_makes(
    old: Path, handout: Handout, prune: bool
) -> None:
    (said,) = retire(released(old, handout), release=True, prune=prune)
    count = 3 if prune else 2
    assert f"{count} documents that the project no longer makes leave the folder; first: gone/en/" in said
    gone = {row["format"]: row for row in manifest(old)["documents"] if row["condition"] == "gone"}
    assert {(row["state"], row["status"], row["path"], row["pages"]) for row in gone.values()} == {
        ("withheld", "withdrawn", None, None)
    }
    why = "the project no longer makes it"
    assert {format_: row["reason"] for format_, row in gone.items()} == {
        "html": why,
        "docx": why,
        "pdf": "withdrawn on 2026-01-01: x",
    }
    assert gone["html"]["check_code"] == handout.check_code
    assert [name for name in names(old) if name.endswith((".html", ".docx"))] == sorted(
        [document().path, *(() if prune else [document("html", "en_XA", "gone").path])]
    )


def test_what_is_withdrawn_stays_on_record_until_a_draft_build_prunes_it(old: Path, handout: Handout) -> None:
    retire(released(old, handout), release=True)
    for release in (True, False):
        assert retire(old, release=release) == []
        assert listed(old) == [CONDITION, "gone", "gone", "gone"]
    retire(old, prune=True)
    assert listed(old) == [CONDITION]


def test_what_only_drafts_were_made_of_leaves_a_release_without_a_row(old: Path) -> None:
    (said,) = retire(old, release=True)
    assert "2 documents that the project no longer makes leave the folder" in said
    assert not (old / "gone" / "en" / "gone-patient-en.html").exists()
    assert listed(old) == [CONDITION]


def test_a_release_lists_what_releases_let_through_and_nothing_else(tmp_path: Path, handout: Handout) -> None:
    earlier = Output(tmp_path, "out", SITE)
    for name in ("left", "released", "kept", "anew"):
        earlier.publish(document(condition=name), handout, b"draft")
    earlier.withhold(document(condition="draft"), handout, "1 missing")
    earlier.close()
    before = Output(tmp_path, "out", SITE, "release")
    before.publish(document(condition="released"), handout, b"released")
    before.close()
    output = Output(tmp_path, "out", SITE, "release")
    output.keep([document(condition="kept")])
    output.publish(document(condition="anew"), handout, b"anew")
    output.leave_drafts()
    output.close()
    assert listed(tmp_path) == ["anew", "kept", "released"]
    assert {row["built_for"] for row in manifest(tmp_path)["documents"]} == {"release"}
    assert names(tmp_path) == sorted([*(document(condition=name).path for name in listed(tmp_path)), "manifest.json"])


def test_pruning_removes_documents_with_and_without_a_row_and_nothing_that_is_not_ours(old: Path) -> None:
    theirs = old / "gone" / "en" / "gone-clinician-en.pdf"
    theirs.write_text("a name like those of documents")
    (said,) = retire(old, prune=True)
    assert "3 documents that the project no longer makes leave the folder" in said
    assert names(old) == sorted(
        [document().path, "gone/README", "gone/en/gone-clinician-en.pdf", "manifest.json", "notes.txt"]
    )
    assert listed(old) == [CONDITION]
    assert retire(old, prune=True) == []


def test_what_no_manifest_lists_can_be_pruned_later(old: Path) -> None:
    retire(old, release=True)
    (said,) = retire(old, prune=True)
    assert "1 documents that the project no longer makes leave the folder" in said
    assert names(old) == sorted([document().path, "gone/README", "manifest.json", "notes.txt"])


def test_pruning_keeps_a_file_that_somebody_put_in_the_place_of_a_document(old: Path) -> None:
    retire(old, release=True)
    for path in (old / "gone").rglob("*.*"):
        path.write_text("mine")
    assert retire(old, prune=True) == []
    assert [path.read_text() for path in (old / "gone").rglob("*.*")] == ["mine"]


@pytest.mark.parametrize("content", ["[", "[]", "5", '{"a": 5}', '{"../x/x-patient-en.pdf": ""}'])
def test_pruning_goes_by_no_list_that_cannot_be_read(old: Path, content: str) -> None:
    retire(old, release=True)
    (old / ".leafletpress" / "unlisted.json").write_text(content)
    assert retire(old, prune=True) == []


def test_pruning_leaves_no_empty_folders(old: Path) -> None:
    (old / "gone" / "README").unlink()
    retire(old, prune=True)
    assert not (old / "gone").exists()
    assert (old / CONDITION / "en").is_dir()


def unwritable(caught: pytest.ExceptionInfo[LeafletError]) -> None:
    assert caught.value.exit_code == ExitCode.MISSING
    assert "can't be written" in str(caught.value)
    assert "--output" in str(caught.value)


@pytest.mark.parametrize("below", ["", "deeper"])
def test_a_file_where_the_folder_should_be_is_told(tmp_path: Path, below: str) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(LeafletError) as caught:
        Output(tmp_path / "out" / below, "out", SITE)
    unwritable(caught)
    assert (tmp_path / "out").read_text() == "mine"


def test_a_file_where_the_folder_of_a_condition_should_be_is_told(tmp_path: Path, handout: Handout) -> None:
    (tmp_path / CONDITION).write_text("mine")
    output = Output(tmp_path, "out", SITE)
    other = document(condition="other")
    output.publish(document(), handout, b"one")
    output.publish(other, handout, b"two")
    with pytest.raises(LeafletError) as caught:
        output.close()
    unwritable(caught)
    assert [problem.origin.file for problem in caught.value.problems] == [f"out/{document().path}"]
    assert [row["path"] for row in manifest(tmp_path)["documents"]] == [other.path]
    assert names(tmp_path) == sorted([CONDITION, "manifest.json", other.path])


def test_a_withheld_document_whose_place_is_taken_by_a_folder_is_told(tmp_path: Path, handout: Handout) -> None:
    (tmp_path / document().path).mkdir(parents=True)
    output = Output(tmp_path, "out", SITE)
    output.withhold(document(), handout, "2 missing")
    with pytest.raises(LeafletError) as caught:
        output.close()
    unwritable(caught)
    assert [row["state"] for row in manifest(tmp_path)["documents"]] == ["withheld"]


def test_a_folder_where_the_manifest_should_be_is_told(tmp_path: Path, handout: Handout) -> None:
    (tmp_path / "manifest.json").mkdir()
    output = Output(tmp_path, "out", SITE)
    output.publish(document(), handout, b"one")
    with pytest.raises(LeafletError) as caught:
        output.close()
    unwritable(caught)


# --- what is elsewhere ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("linked", ["gone", "gone/en"])
def test_nothing_is_written_or_removed_through_a_symbolic_link(old: Path, handout: Handout, linked: str) -> None:
    elsewhere = old.parent / f"{old.name} elsewhere"
    (old / linked).rename(elsewhere)
    (old / linked).symlink_to(elsewhere)
    before = {path: path.read_bytes() for path in elsewhere.rglob("*") if path.is_file()}
    output = Output(old, "out", SITE)
    output.retire(lambda found: found.condition != "gone", prune=True, release=False)
    with pytest.raises(LeafletError, match=r"gone.* is a symbolic link") as caught:
        output.close()
    assert caught.value.exit_code == ExitCode.MISSING
    with pytest.raises(LeafletError, match=r"gone.* is a symbolic link"):
        Output(old, "out", SITE).publish(document(condition="gone"), handout, b"new")
    output = Output(old, "out", SITE)
    output.withhold(document(condition="gone"), handout, "1 missing")
    with pytest.raises(LeafletError, match=r"gone.* is a symbolic link"):
        output.close()
    assert {path: path.read_bytes() for path in elsewhere.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("aside", ["../../manifest.json", "..", "journal", "sub", "0.html/../0.html", "", 5, []])
def test_a_journal_brings_nothing_into_the_folder_but_what_waits_under_a_name_of_its_own(
    tmp_path: Path, handout: Handout, aside: object
) -> None:
    unfinished = cut_off(tmp_path, handout)
    (unfinished / "sub").mkdir()
    head, line = (unfinished / "journal").read_text().split("\n")
    changed = json.dumps(json.loads(line.partition(" ")[2]) | {"aside": aside})
    (unfinished / "journal").write_text(f"{head}\n{seal(changed)} {changed}")
    Output(tmp_path, "out", SITE).close()
    assert names(tmp_path) == ["manifest.json"]


def test_a_symbolic_link_that_waits_is_not_published(tmp_path: Path, handout: Handout) -> None:
    (tmp_path / "secret").write_text("mine")
    waiting = cut_off(tmp_path / "out", handout) / "0.html"
    waiting.unlink()
    waiting.symlink_to(tmp_path / "secret")
    Output(tmp_path / "out", "out", SITE).close()
    assert names(tmp_path / "out") == ["manifest.json"]


@pytest.mark.parametrize("name", ["0.html", "journal"])
def test_what_rotted_while_it_waited_is_not_published_and_that_is_said(
    tmp_path: Path, handout: Handout, name: str
) -> None:
    unfinished = cut_off(tmp_path, handout)
    with (unfinished / "journal").open("a") as journal:
        journal.write("\n")  # a line follows: this one was not cut off
    content = bytearray((unfinished / name).read_bytes())
    content[-3] ^= 1
    (unfinished / name).write_bytes(content)
    output = Output(tmp_path, "out", SITE)
    output.close()
    assert names(tmp_path) == ["manifest.json"]
    assert [str(problem) for problem in output.problems] == [
        "out: warning: 1 documents that an earlier build had ready are damaged; they are made again"
    ]


@pytest.mark.skipif(os.name == "nt", reason="rights are those of a POSIX machine")
@pytest.mark.parametrize("name", ["", "journal"])
def test_what_others_can_write_while_it_waits_is_not_published(tmp_path: Path, handout: Handout, name: str) -> None:
    (cut_off(tmp_path, handout) / name).chmod(0o777)
    output = Output(tmp_path, "out", SITE)
    output.close()
    assert names(tmp_path) == ["manifest.json"]
    (problem,) = output.problems
    assert problem.text.startswith("others can write what an earlier build left unfinished")
