"""A record system finds by the code of a condition and a language what is published, without a manifest of all."""

import json
from pathlib import Path
from typing import Any

import pytest
from projects import read
from public import public_of, published, row
from test_schema import faults

from leafletpress.build.library import Library, Project
from leafletpress.publish.beside import is_beside, put_beside, there
from leafletpress.publish.gather import archive
from leafletpress.publish.lookup import lookup_files, read_lookup
from leafletpress.publish.manifest import Row
from leafletpress.publish.shelf import Shelf

SCHEMA = json.loads((Path(__file__).parent.parent / "docs" / "lookup.schema.json").read_text(encoding="utf-8"))
CODES = (("icd_10", "L94.2"), ("snomed_ct", "21119008"))
HOSTILE = '</script>"\\ \u202e'


@pytest.fixture(scope="module")
def library(shared_project: Project) -> Library:
    return read(shared_project)


def rows() -> list[Row]:
    about: dict[str, Any] = {"codes": CODES, "next_review": "2028-11-22", "check_code": "96PTJ8"}
    return [
        row("en", title=HOSTILE, **about),
        row("en", "clinician", "pdf", title="Warts", status="approved", **about),
        row("es", format_="pdf", edition="large_print", title="Verrugas", revision=2, **about),
        row("es", format_="docx", reason="1 missing", title="Verrugas", **about),
        row("zh_Hans", title="疣", revision=1, **about),
        row("ar", reason="withdrawn", status="withdrawn", title="الثآليل", **about),
        row("en", condition="lumps", title="Lumps", codes=(("icd_10", "L94.2"), ("local", "../x"), ("other", "."))),
        row("en", condition="plain", title="Plain"),
    ]


def found(*some: Row) -> dict[str, dict[str, Any]]:
    return {path: json.loads(content) for path, content in lookup_files(Shelf(some or rows()))}


def test_there_is_a_file_for_each_code_and_language_that_something_is_published_in() -> None:
    assert list(found()) == [
        f"lookup/{code}/{language}.json"
        for code in ("icd-10/L94.2", "snomed-ct/21119008")
        for language in ("en", "es", "zh-Hans")
    ]


def test_a_file_lists_what_is_published_as_the_manifest_has_it() -> None:
    files = found()
    (spanish,) = files["lookup/snomed-ct/21119008/es.json"]["documents"]
    made = next(one for one in rows() if one.edition == "large_print")
    assert spanish == {name: getattr(made, name) for name in spanish}
    assert spanish["path"] == "warts/es/warts-patient-es-large_print.pdf"
    english = files["lookup/icd-10/L94.2/en.json"]
    assert [(one["condition"], one["audience"]) for one in english["documents"]] == [
        ("lumps", "patient"), ("warts", "clinician"), ("warts", "patient"),
    ]  # fmt: skip
    assert english["documents"][2]["title"] == HOSTILE


def test_each_file_is_of_the_schema_and_a_wrong_one_is_not() -> None:
    assert [faults(one, SCHEMA, definitions={"none": {}}) for one in found().values()] == [[]] * 6
    wrong = next(iter(found().values()))
    wrong["documents"][0]["sha256"] = "0"
    del wrong["code"]
    assert faults(wrong, SCHEMA, definitions={"none": {}}) == [": lacks code", "/documents/0/sha256: wrong form"]


def test_a_code_that_can_be_no_folder_has_no_file() -> None:
    assert [path for path in found() if "local" in path or "other" in path] == []
    assert all(is_beside(path) for path in found())


def test_it_is_read_back_and_what_is_none_is_refused() -> None:
    for content in dict(lookup_files(Shelf(rows()))).values():
        assert read_lookup(content) == {one["path"]: one["sha256"] for one in json.loads(content)["documents"]}
    for wrong in (b"", b"[]", b'{"documents": [{"path": 1, "sha256": "x"}]}', b'{"documents": 1}', b"\xff"):
        with pytest.raises(ValueError, match=r"Expecting value|it lists|can't decode"):
            read_lookup(wrong)


def test_it_is_in_the_archive_and_in_its_checksums(library: Library, tmp_path: Path) -> None:
    archive(published(tmp_path / "o", *rows()), "o", tmp_path / "into", public_of(library), drafts=True)
    pages = tmp_path / "into" / "pages"
    assert set(found()) <= set(there(pages))
    sums = (pages / "SHA256SUMS").read_text(encoding="utf-8")
    assert all(f"  {path}\n" in sums for path in found())


def test_what_is_published_no_more_leaves_the_tree_and_other_files_stay(tmp_path: Path) -> None:
    put_beside(tmp_path, lookup_files(Shelf(rows())))
    (tmp_path / "lookup" / "notes.txt").write_text("ours", encoding="utf-8")
    assert put_beside(tmp_path, lookup_files(Shelf(rows()))) == []
    left = [one for one in rows() if one.locale != "es"]
    changed = put_beside(tmp_path, lookup_files(Shelf(left)))
    assert changed == ["lookup/icd-10/L94.2/es.json", "lookup/snomed-ct/21119008/es.json"]
    assert put_beside(tmp_path, []) == list(found(*left))
    assert [path.name for path in (tmp_path / "lookup").iterdir()] == ["notes.txt"]


def test_nothing_is_written_through_a_link_that_leads_out(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out" / "lookup").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match="symbolic link"):
        put_beside(tmp_path / "out", lookup_files(Shelf(rows())))
    assert list((tmp_path / "elsewhere").iterdir()) == []
