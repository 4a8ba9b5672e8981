"""What stands beside documents leads where it says: verifying follows it, and names each dead end."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from projects import read
from public import public_of, published, row

from leafletpress.build.library import Library, Project
from leafletpress.model.papers import Paper
from leafletpress.model.text.check_code import check_code
from leafletpress.publish.beside import beside, put_beside, there
from leafletpress.publish.entries import is_current
from leafletpress.publish.fhir import resource_of
from leafletpress.publish.files import FEED, INDEX
from leafletpress.publish.folder import read_published
from leafletpress.publish.index import index_page
from leafletpress.publish.manifest import Row, dump
from leafletpress.publish.notices import notices
from leafletpress.publish.shelf import Shelf
from leafletpress.publish.verify import verify

CODE, OTHER, OLD = (check_code(f"{at * 7919313:x}") for at in range(3, 6))
STATUS, LOOKUP = "status/WART.html", "lookup/icd-10/L94.2/es.json"
BUNDLE = "fhir/icd-10/L94.2/es.json"
PAGE = "warts/es/warts-patient-es.html"


@pytest.fixture(scope="module")
def library(shared_project: Project) -> Library:
    return read(shared_project)


def rows() -> list[Row]:
    codes = (("icd_10", "L94.2"),)
    return [
        row("en", title="Warts", code="WART-P-en", check_code=CODE, codes=codes),
        row("es", title="Verrugas", code="WART-P-es", check_code=OTHER, codes=codes, revision=1),
    ]


SPANISH = rows()[1]
OLD_ROW = replace(SPANISH, version="1.0", check_code=OLD)
REFERENCE, OLD_REFERENCE = (resource_of(one, "north") for one in (SPANISH, OLD_ROW))


@pytest.fixture
def folder(library: Library, tmp_path: Path) -> Path:
    return made(library, tmp_path / "out", *rows())


def made(library: Library, folder: Path, *some: Row) -> Path:
    """An output folder of these rows, with all that stands beside them."""
    old = {("warts", "es", "patient"): (Paper("north", "WART", "1.0-1", OLD, date(2026, 1, 31)),)}
    public = public_of(library, papers=old)
    public = replace(public, site=replace(public.site, id="north"))
    manifest = read_published(published(folder, *some), "out").manifest
    shelf = Shelf(some)
    found = tuple(notices(shelf, public))
    put_beside(folder, beside(shelf, found, public))
    (folder / INDEX).write_text(index_page(shelf, public, found, manifest, archived=False), encoding="utf-8")
    return folder


def change(path: str, old: str, new: str) -> Callable[[Path], None]:
    def changed(folder: Path) -> None:
        text = (folder / path).read_text(encoding="utf-8")
        assert old in text
        (folder / path).write_text(text.replace(old, new), encoding="utf-8")

    return changed


def gone(path: str) -> Callable[[Path], None]:
    return lambda folder: (folder / path).unlink()


def sha1_of_another(folder: Path) -> None:
    """The manifest says of the Spanish page the SHA-1 of another file."""
    wrong = replace(SPANISH, sha1="0" * 40)
    (folder / "manifest.json").write_text(dump("north", [rows()[0], wrong]), encoding="utf-8")


def said(folder: Path) -> list[str]:
    return [re.sub(r" \(.*\)$", "", str(problem)) for problem in verify(folder, "out").problems]


def test_where_all_leads_somewhere_nothing_is_said_and_all_is_counted(folder: Path) -> None:
    assert said(folder) == []
    references = [resource_of(one, "north") for one in (*rows(), OLD_ROW)]
    bundles = ["fhir/icd-10/L94.2/en.json", BUNDLE]
    assert list(there(folder)) == [FEED, STATUS, "lookup/icd-10/L94.2/en.json", LOOKUP, *sorted(references), *bundles]
    without = verify(folder, "out").links
    (folder / FEED).unlink()
    assert verify(folder, "out").links < without


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (
            change(STATUS, f"../{PAGE}", "../warts/es/x.html"),
            f'{STATUS}: the link "../warts/es/x.html" leads to a file that is not there',
        ),
        (change(STATUS, '"#es"', '"#fr"'), f'{STATUS}: the link "#fr" leads to a place that is not in this file'),
        (
            change(STATUS, "../index.html", "../../index.html"),
            f'{STATUS}: the link "../../index.html" leads out of the folder',
        ),
        (
            change(STATUS, "../index.html", "javascript:x"),
            f'{STATUS}: the link "javascript:x" is of a kind that leaflets do not have',
        ),
        (
            change(STATUS, f'id="{OTHER}"', ""),
            f'{STATUS}: nothing leads to {PAGE} there: "{STATUS}#{OTHER}" leads to a place that is not in that file',
        ),
        (
            change(LOOKUP, PAGE, "warts/es/x.html"),
            f'{LOOKUP}: the link "../../../warts/es/x.html" leads to a file that is not there',
        ),
        (
            change(LOOKUP, '"sha256": "', '"sha256": "0'),
            f"{LOOKUP}: gives another checksum of {PAGE} than the manifest",
        ),
        (change(LOOKUP, "{", "["), f"{LOOKUP}: can't be read: Expecting"),
        (gone(LOOKUP), f'{LOOKUP}: nothing leads to {PAGE} there: "{LOOKUP}#'),
        (change(LOOKUP, PAGE, PAGE.replace("es", "en")), f'{LOOKUP}: nothing leads to {PAGE} there: "{LOOKUP}#'),
        (
            change(BUNDLE, PAGE, "warts/es/x.html"),
            f'{BUNDLE}: the link "../../../warts/es/x.html" leads to a file that is not there',
        ),
        (
            change(REFERENCE, f"../{PAGE}", "../../x.html"),
            f'{REFERENCE}: the link "../../../x.html" leads out of the folder',
        ),
        (
            change(REFERENCE, f"../{PAGE}", "file:///x.html"),
            f'{REFERENCE}: the link "file:///x.html" is of a kind that leaflets do not have',
        ),
        (
            change(REFERENCE, '"hash":"', '"hash":"A'),
            f"{REFERENCE}: gives another checksum of {PAGE} than the manifest",
        ),
        (change(BUNDLE, "sha-256;", "sha-256;A"), f"{BUNDLE}: gives another checksum of {PAGE} than the manifest"),
        (change(BUNDLE, '"size":', '"size":1'), f"{BUNDLE}: gives another checksum of {PAGE} than the manifest"),
        (change(BUNDLE, "{", "["), f"{BUNDLE}: can't be read: Expecting"),
        (
            change(BUNDLE, '"DocumentReference",', '"Patient",'),
            f"{BUNDLE}: can't be read: it holds no DocumentReference",
        ),
        (gone(BUNDLE), f'{BUNDLE}: nothing leads to {PAGE} there: "{BUNDLE}#'),
        (change(BUNDLE, f"../{PAGE}", "https://example.org/"), f'{BUNDLE}: nothing leads to {PAGE} there: "{BUNDLE}#'),
        (gone(REFERENCE), f'{REFERENCE}: nothing leads to {PAGE} there: "fhir/DocumentReference/'),
        (gone(OLD_REFERENCE), f'{REFERENCE}: the link "../../fhir/DocumentReference/'),
        (gone(PAGE), f"{PAGE}: is missing"),
        (change(PAGE, "page", "gape"), f"{PAGE}: its bytes are not those that were built"),
        (sha1_of_another, f"{PAGE}: the manifest gives another SHA-1 of it"),
        (
            change(FEED, f'href="{PAGE}"', 'href="warts/es/x.html"'),
            f'{FEED}: the link "warts/es/x.html" leads to a file that is not there',
        ),
        (
            change(FEED, f"#{OLD}", "#AAAAAA"),
            f'{FEED}: the link "{STATUS}#AAAAAA" leads to a place that is not in that file',
        ),
        (change(FEED, "</feed>", ""), f"{FEED}: can't be read: Premature end"),
        (gone(FEED), f'{INDEX}: the link "{FEED}" leads to a file that is not there'),
        (gone(STATUS), f'{FEED}: the link "{STATUS}#{OLD}" leads to a file that is not there'),
        (
            change(INDEX, "feed.xml", "elsewhere.xml"),
            f'{INDEX}: the link "elsewhere.xml" leads to a file that is not there',
        ),
    ],
)
def test_a_dead_end_is_a_problem_with_its_place(folder: Path, harm: Callable[[Path], None], told: str) -> None:
    harm(folder)
    assert any(one.startswith(f"out/{told}") for one in said(folder)), said(folder)


def test_what_stands_beside_documents_that_are_published_no_more_is_told(library: Library, folder: Path) -> None:
    (folder / PAGE).unlink()
    (folder / "manifest.json").write_text(dump("north", rows()[:1]), encoding="utf-8")
    told = said(folder)
    assert f'out/{LOOKUP}: the link "../../../{PAGE}" leads to a file that is not there' in told
    assert f'out/{FEED}: the link "{PAGE}" leads to a file that is not there' in told
    made(library, folder, *rows()[:1])
    assert said(folder) == []
    assert LOOKUP not in there(folder)


def test_a_folder_of_an_earlier_program_is_taken_as_it_is_and_made_anew_by_a_build(folder: Path) -> None:
    assert is_current(folder, "out")
    for path in list(there(folder)):
        (folder / path).unlink()
    (folder / INDEX).unlink()
    assert said(folder) == []
    assert not is_current(folder, "out")


def test_a_file_of_another_name_there_is_one_without_a_row(folder: Path) -> None:
    (folder / "status" / "notes.html").write_text("<p>x", encoding="utf-8")
    (folder / "lookup" / "icd-10" / "x.json").write_text("{}", encoding="utf-8")
    assert said(folder) == [
        "out/lookup/icd-10/x.json: lies here without a row in the manifest",
        "out/status/notes.html: lies here without a row in the manifest",
    ]


def test_a_list_that_is_none_is_told_whatever_is_in_it(folder: Path) -> None:
    for content in ("", "null", "[]", json.dumps({"documents": [1]}), '{"documents": [{"path": "x"}]}'):
        (folder / LOOKUP).write_text(content, encoding="utf-8")
        assert any(one.startswith(f"out/{LOOKUP}: can't be read: ") for one in said(folder)), content
