"""A record system finds in FHIR resources which leaflet to use, in which file, and what became of those before."""

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from projects import read
from public import CONTENT, TODAY, public_of, published, row

from leafletpress.build.library import Library, Project
from leafletpress.model.approval import Signoffs, State, Withdrawal
from leafletpress.model.papers import Paper
from leafletpress.publish.beside import is_beside, links_beside, of_other_files, put_beside, there
from leafletpress.publish.document_references import fhir_files, plain
from leafletpress.publish.fhir import read_resources, resource_of
from leafletpress.publish.gather import archive
from leafletpress.publish.manifest import Row
from leafletpress.publish.public import Public
from leafletpress.publish.shelf import Shelf

CODES = (("icd_10", "L94.2"), ("snomed_ct", "21119008"))
HOSTILE = '</script><b onclick="x()">"\\ \u202eabc\u2067 \x07😀\u00a0 & '
AS_TEXT = '</script><b onclick="x()">"\\ \u202eabc\u2067 \ufffd😀 &\u2069\u202c'
Files = Mapping[str, dict[str, Any]]
OLD = {
    ("warts", "es", "patient"): (
        Paper("north", "WART", "1.1-2", "BBBBBB", date(2026, 6, 30)),
        Paper("south", "WART", "1.1-2", "SSSSSS", date(2026, 6, 30)),
        Paper("north", "WART", "1.0-1", "AAAAAA", date(2026, 1, 31)),
    ),
    ("warts", "ar", "patient"): (Paper("north", "WART", "1.0-1", "CCCCCC", date(2026, 1, 31)),),
    ("lumps", "en", "patient"): (Paper("north", "LUMP", "1.0", "DDDDDD", date(2026, 1, 31)),),
}
WITHDRAWN = {"warts": Signoffs(withdrawals=(Withdrawal(date(2026, 5, 1), "The dose was wrong.", None, "ar"),))}


def north(library: Library) -> Public:
    """A site that published all of these papers, and has withdrawn one of them."""
    found = public_of(library, papers=OLD, signoffs=WITHDRAWN)
    return replace(found, site=replace(found.site, id="north", name="North Clinic"))


@pytest.fixture(scope="module")
def library(shared_project: Project) -> Library:
    return read(shared_project)


@pytest.fixture(scope="module")
def public(library: Library) -> Public:
    return north(library)


@pytest.fixture(scope="module")
def bare(public: Public) -> Public:
    """The same, which has published nothing yet."""
    return replace(public, papers={}, signoffs={})


def rows() -> list[Row]:
    about: dict[str, Any] = {"codes": CODES, "next_review": "2028-11-22", "check_code": "96PTJ8"}
    spanish: dict[str, Any] = {**about, "title": "Verrugas", "code": "WART-P-es", "revision": 3, "status": "approved"}
    return [
        row("en", title=HOSTILE, code="WART-P-en", **about),
        row("en", "clinician", "pdf", title="Warts", status="approved", **about),
        row("es", format_="docx", reason="1 missing", **spanish),
        row("es", format_="pdf", edition="large_print", **spanish),
        row("es", **spanish),
        row("zh_Hans", title="疣", revision=1, **about),
        row("ar", reason="withdrawn", status="withdrawn", title="الثآليل", **about),
        row("en", condition="lumps", reason="1 missing", title="Lumps", codes=(("icd_10", "R22"),)),
        row("en", condition="knots", title="Knots", code="KNOT-P", codes=(("local", "../x y"), ("icd_10", "R22"))),
        row("en", condition="plain", title="Plain", code="PLAI-P"),
    ]


def made(public: Public, *some: Row) -> Files:
    return {path: json.loads(content) for path, content in fhir_files(Shelf(some or rows()), public)}


@pytest.fixture(scope="module")
def files(public: Public) -> Files:
    return made(public)


def of(files: Files, condition: str, locale: str, audience: str = "patient") -> list[dict[str, Any]]:
    """The resources of a leaflet, what is published now first."""
    wanted = max(
        (one for one in rows() if one.key == (condition, locale, audience)), key=lambda one: one.state == "built"
    )
    known = [one for one in OLD.get(wanted.key, ()) if one.site == "north"]
    papers = [(wanted.revision, wanted.version, wanted.check_code)] if wanted.path else []
    papers += [(None, one.number, one.check_code) for one in known]
    paths = [
        resource_of(replace(wanted, revision=revision, version=version, check_code=code), "north")
        for revision, version, code in papers
    ]
    return [files[path] for path in paths]


def test_there_is_a_reference_for_each_paper_and_a_bundle_for_each_code_and_language_of_what_is_current(
    files: Files,
) -> None:
    bundles = [path for path, one in files.items() if one["resourceType"] == "Bundle"]
    assert bundles == [
        "fhir/icd-10/L94.2/en.json",
        "fhir/icd-10/L94.2/es.json",
        "fhir/icd-10/L94.2/zh-Hans.json",
        "fhir/icd-10/R22/en.json",
        *(f"fhir/snomed-ct/21119008/{language}.json" for language in ("en", "es", "zh-Hans")),
    ]
    assert len(files) - len(bundles) == len({one.key for one in rows() if one.path}) + 4
    for bundle in bundles:
        for entry in files[bundle]["entry"]:
            resource = entry["resource"]
            assert entry["fullUrl"] == f"urn:uuid:{resource['id']}" == resource["masterIdentifier"]["value"]
            assert files[f"fhir/DocumentReference/{resource['id']}.json"] == resource
            assert resource["status"] == "current"
    titles = [entry["resource"]["description"].partition(" · ")[0] for entry in files[bundles[0]]["entry"]]
    assert titles == [AS_TEXT, "Warts"]
    assert all(is_beside(path) for path in files)


def test_a_reference_says_what_the_leaflet_is_about_for_whom_in_which_files_and_what_it_replaces(files: Files) -> None:
    spanish, before, _ = of(files, "warts", "es")
    sha1 = base64.b64encode(hashlib.sha1(CONTENT, usedforsecurity=False).digest()).decode()
    sha256 = base64.urlsafe_b64encode(hashlib.sha256(CONTENT).digest()).decode().rstrip("=")
    said = {"language": "es", "size": len(CONTENT), "hash": sha1}
    identifiers = [one["value"] for one in spanish["identifier"]]
    assert identifiers[1:] == [f"ni:///sha-256;{sha256}"] * 2
    assert identifiers[0] == before["identifier"][0]["value"] != spanish["masterIdentifier"]["value"]
    assert {name: value for name, value in spanish.items() if "dentifier" not in name} == {
        "resourceType": "DocumentReference",
        "id": spanish["id"],
        "language": "es",
        "status": "current",
        "docStatus": "final",
        "category": [
            {
                "coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-RoleClass", "code": "PAT"}],
                "text": "Información para pacientes",
            }
        ],
        "date": f"{TODAY}T00:00:00Z",
        "custodian": {"display": "North Clinic"},
        "relatesTo": [
            {
                "code": "replaces",
                "target": {"reference": f"DocumentReference/{before['id']}", "display": "1.1-2 BBBBBB"},
            }
        ],
        "description": "Verrugas · WART-P-es · 1.2-3 · 96PTJ8 · Próxima revisión del folleto: noviembre de 2028",
        "content": [
            {
                "attachment": {
                    "contentType": "text/html",
                    **said,
                    "url": "../warts/es/warts-patient-es.html",
                    "title": "Verrugas · A4",
                }
            },
            {
                "attachment": {
                    "contentType": "application/pdf",
                    **said,
                    "url": "../warts/es/warts-patient-es-large_print.pdf",
                    "title": "Verrugas · letra grande",
                }
            },
        ],
        "context": {
            "event": [
                {
                    "coding": [
                        {"system": "http://hl7.org/fhir/sid/icd-10", "code": "L94.2"},
                        {"system": "http://snomed.info/sct", "code": "21119008"},
                    ]
                }
            ]
        },
    }


def test_each_paper_replaces_the_one_before_it_and_keeps_its_address(public: Public, files: Files) -> None:
    current, second, first = of(files, "warts", "es")
    assert [one["status"] for one in (current, second, first)] == ["current", "superseded", "superseded"]
    assert second["relatesTo"][0]["target"]["reference"] == f"DocumentReference/{first['id']}"
    assert "relatesTo" not in first
    assert first["content"] == [{"attachment": {"language": "es", "title": "Verrugas"}}]
    assert "docStatus" not in first
    assert first["description"].endswith(" · 1.0-1 · AAAAAA · Hay una versión más reciente: 1.2-3 96PTJ8. Use esa.")
    assert first["context"] == current["context"]
    now = (Paper("north", "WART", "1.2-3", "96PTJ8", TODAY), *OLD["warts", "es", "patient"])
    later = [replace(one, version="1.3", revision=4, check_code="ZZZZZZ") for one in rows() if one.locale == "es"]
    after = made(replace(public, papers={("warts", "es", "patient"): now}), *later)
    assert after[f"fhir/DocumentReference/{current['id']}.json"]["status"] == "superseded"
    assert len(after) == 4 + 2


def test_what_is_withdrawn_is_in_error_and_says_since_when_and_why(files: Files) -> None:
    (arabic,) = of(files, "warts", "ar")
    assert (arabic["status"], arabic["docStatus"]) == ("entered-in-error", "entered-in-error")
    assert arabic["description"].endswith("The dose was wrong.")
    assert "2026" in arabic["description"]
    assert "url" not in arabic["content"][0]["attachment"]


def test_what_is_published_no_more_without_being_withdrawn_is_superseded_by_nothing(files: Files) -> None:
    (lumps,) = of(files, "lumps", "en")
    assert (lumps["status"], lumps["context"]["event"][0]["coding"][0]["code"]) == ("superseded", "R22")
    assert lumps["description"].endswith("This leaflet is not published at the moment. Ask staff.")


@pytest.mark.parametrize("state", [one for one in get_args(State) if one != "withdrawn"])
def test_only_what_all_have_signed_is_final(bare: Public, state: State) -> None:
    (found,) = (one for one in made(bare, row("en", status=state)).values())
    assert (found["status"], found["docStatus"]) == ("current", "final" if state == "approved" else "preliminary")


def test_for_whom_it_is_is_coded_where_its_template_says_so(library: Library, bare: Public, files: Files) -> None:
    (clinician,) = of(files, "warts", "en", "clinician")
    assert clinician["category"][0]["coding"][0]["code"] == "PROV"
    own = {name: replace(one, recipient=None) for name, one in library.audiences.items()}
    without = made(replace(bare, audiences=own), row("en"), row("en", "carer"))
    assert [one["category"] for one in without.values()] == [[{"text": "Patient information"}], [{"text": "carer"}]]


def test_a_code_of_a_system_that_fhir_does_not_know_is_words(files: Files) -> None:
    (knots,) = of(files, "knots", "en")
    coded = {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10", "code": "R22"}]}
    assert knots["context"]["event"] == [coded, {"text": "local ../x y"}]
    (unknown,) = of(files, "plain", "en")
    assert "context" not in unknown


def test_the_language_is_that_of_the_file_though_the_project_knows_it_no_more(files: Files) -> None:
    (chinese,) = of(files, "warts", "zh_Hans")
    assert chinese["content"][0]["attachment"]["language"] == "zh-Hans"
    assert chinese["language"] in ("en", "zh-Hans")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (HOSTILE, AS_TEXT),
        ("a\u2066b\u2069c", "a\u2066b\u2069c"),
        ("a\u2066\u202eb\u2069c", "a\u2066\u202eb\u2069c"),
        ("\u202ea\u2066b\u202cc", "\u202ea\u2066b\u202cc\u2069\u202c"),
        ("\u202ca\u2069", "\u202ca\u2069"),
        (" \u2028\t", ""),
        ("a\ud800b", "a\ufffdb"),
    ],
)
def test_a_hostile_text_is_a_text_that_turns_nothing_behind_it(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_a_hostile_title_is_text_wherever_it_stands_and_a_blank_one_is_that_of_the_condition(bare: Public) -> None:
    shelf = Shelf([row("en", title=HOSTILE, codes=CODES), row("en", "clinician", title=" \u2028 ", codes=CODES)])
    files = dict(fhir_files(shelf, bare))
    bundle = json.loads(files["fhir/icd-10/L94.2/en.json"])
    one, other = (entry["resource"] for entry in bundle["entry"])
    assert one["description"].startswith(f"{AS_TEXT} · WART-P")
    assert one["content"][0]["attachment"]["title"] == f"{AS_TEXT} · A4"
    assert other["description"].startswith("warts · WART-P")
    assert b"\n" not in files["fhir/icd-10/L94.2/en.json"][:-1]


def test_the_same_rows_in_any_order_give_the_same_bytes(public: Public) -> None:
    forward, backward = (dict(fhir_files(Shelf(some), public)) for some in (rows(), rows()[::-1]))
    assert list(forward.items()) == list(backward.items())


def test_what_does_not_pass_the_model_of_fhir_is_not_written_and_what_is_there_passed(bare: Public) -> None:
    wrong = row("en", bytes=-1)
    with pytest.raises(ValueError, match="greater than or equal to 0"):
        list(fhir_files(Shelf([wrong]), bare))
    ((path, content),) = fhir_files(Shelf([wrong]), bare, lambda path, _content: path == resource_of(wrong, "north"))
    assert json.loads(content)["id"] in path


def test_a_row_of_an_earlier_program_has_no_hash_and_is_not_faulty(bare: Public) -> None:
    one = row("en", sha1="")
    ((path, content),) = fhir_files(Shelf([one]), bare)
    assert "hash" not in json.loads(content)["content"][0]["attachment"]
    assert list(of_other_files(path, content, {str(one.path): one})) == []


def test_it_is_read_back_and_what_is_none_is_refused(public: Public) -> None:
    built = {one.path: one for one in rows() if one.path}
    for path, content in fhir_files(Shelf(rows()), public):
        found = read_resources(content)
        up = "../" * path.count("/")
        leads = {address.removeprefix(up) for address in links_beside(path, content).addresses}
        assert leads == {one.url.removeprefix("../") for each in found for one in each.files} | {
            f"fhir/{reference}" for each in found for reference in each.references
        }
        assert list(of_other_files(path, content, {str(name): one for name, one in built.items()})) == []
    for wrong in (
        b"", b"[]", b"{}", b'{"resourceType": "Bundle", "entry": []}', b'{"resourceType": "Patient"}', b"\xff",
        b'{"resourceType": "DocumentReference", "content": [{"attachment": {"url": 1}}], "identifier": []}',
    ):  # fmt: skip
        with pytest.raises(ValueError, match=r"Expecting value|it holds|can't decode"):
            read_resources(wrong)


def test_it_is_in_the_archive_and_in_its_checksums(public: Public, tmp_path: Path) -> None:
    archive(published(tmp_path / "o", *rows()), "o", tmp_path / "into", public, drafts=True)
    pages = tmp_path / "into" / "pages"
    assert set(made(public)) <= set(there(pages))
    sums = (pages / "SHA256SUMS").read_text(encoding="utf-8")
    assert all(f"  {path}\n" in sums for path in made(public))


def test_what_is_known_no_more_leaves_the_tree_and_other_files_stay(public: Public, tmp_path: Path) -> None:
    put_beside(tmp_path, fhir_files(Shelf(rows()), public))
    (tmp_path / "fhir" / "notes.txt").write_text("ours", encoding="utf-8")
    assert put_beside(tmp_path, fhir_files(Shelf(rows()), public)) == []
    left = [one for one in rows() if one.condition != "knots"]
    changed = put_beside(tmp_path, fhir_files(Shelf(left), public))
    assert changed == [resource_of(next(one for one in rows() if one.condition == "knots"), "north"),
                       "fhir/icd-10/R22/en.json"]  # fmt: skip
    assert sorted(put_beside(tmp_path, [])) == sorted(made(public, *left))
    assert [path.name for path in (tmp_path / "fhir").iterdir()] == ["notes.txt"]


def spoilt(content: Any, junk: Any) -> Iterator[Any]:
    """A JSON text with each of its parts, one after the other, replaced by something else."""
    yield junk
    parts = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    for at, part in parts:
        for one in spoilt(part, junk):
            copied = content.copy()
            copied[at] = one
            yield copied


@pytest.mark.parametrize("junk", [None, 1, True, "x", "\x00", "//x", "data:x", [], ["x"], {}, {"x": []}])
def test_whatever_stands_in_a_resource_is_read_or_refused(bare: Public, junk: object) -> None:
    one = row("es", codes=CODES)
    for path, content in fhir_files(Shelf([one]), bare):
        for wrong in spoilt(json.loads(content), junk):
            text = json.dumps(wrong).encode()
            with suppress(ValueError):
                assert all(isinstance(address, str) for address in links_beside(path, text).addresses)
                assert set(of_other_files(path, text, {str(one.path): one})) <= {one.path}
