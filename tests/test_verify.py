"""Verifying reads every byte that the manifest lists, and follows every link, without the network."""

import io
import json
import os
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from projects import CONDITION, composed

from leafletpress.build.library import Project
from leafletpress.model.document import Document
from leafletpress.model.handout import Handout
from leafletpress.model.problems import ExitCode, LeafletError
from leafletpress.publish.lock import Lock
from leafletpress.publish.output import Output
from leafletpress.publish.verify import Verified, verify

PAGE = Document(CONDITION, "en", "patient", "a4", "html")
OTHER = Document(CONDITION, "es", "patient", "a4", "html")
PRINT = Document(CONDITION, "en", "patient", "a4", "pdf")
WORD = Document(CONDITION, "en", "patient", "a4", "docx")


def name(document: Document) -> str:
    return document.path.rpartition("/")[2]


@pytest.fixture(scope="module")
def handout(shared_project: Project) -> Handout:
    return composed(shared_project, "en", "patient").handout


def html(*links: str) -> bytes:
    parts = "".join(f"<a href='{link}'>there</a>" for link in links)
    return f"<!doctype html><html lang=en><title>A page</title><h1 id=top-of-it>Tésting</h1>{parts}".encode()


def link(**entries: Any) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], **entries)


def action(kind: str, **entries: Any) -> pikepdf.Dictionary:
    return link(A=pikepdf.Dictionary(S=pikepdf.Name(kind), **entries))


def pdf(*links: pikepdf.Dictionary, pages: int = 1) -> bytes:
    """A PDF with these links on its first page, and with the named place "here"."""
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page()
    first = made.pages[0].obj
    place = pikepdf.Array([first, pikepdf.Name.Fit])
    made.Root.Names = pikepdf.Dictionary(Dests=pikepdf.Dictionary(Names=["here", place]))
    first.Annots = pikepdf.Array([made.make_indirect(one) for one in links])
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def word(target: str, anchor: str = "here") -> bytes:
    """The parts of a Word file that have links: one to an address, one to a bookmark."""
    names = "http://schemas.openxmlformats.org"
    relations = (
        f'<Relationships xmlns="{names}/package/2006/relationships">'
        f'<Relationship Id="r1" Type="x" Target="{target}" TargetMode="External"/></Relationships>'
    )
    body = (
        f'<w:document xmlns:w="{names}/wordprocessingml/2006/main"><w:hyperlink w:anchor="{anchor}"/>'
        '<w:bookmarkStart w:id="0" w:name="here"/></w:document>'
    )
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("word/document.xml", body)
        archive.writestr("word/_rels/document.xml.rels", relations)
    return written.getvalue()


@pytest.fixture
def publish(tmp_path: Path, handout: Handout) -> Callable[..., Path]:
    """Publishes documents and gives the folder."""

    def published(**contents: bytes) -> Path:
        output = Output(tmp_path, "out", "north")
        named = {"page": PAGE, "other": OTHER, "print_": PRINT, "word": WORD}
        for name, content in contents.items():
            output.publish(named[name], handout, content)
        output.close()
        return tmp_path

    return published


Publish = Callable[..., Path]


def said(found: Verified) -> list[str]:
    return [str(problem) for problem in found.problems]


def test_what_is_whole_has_no_problems(publish: Publish) -> None:
    folder = publish(
        page=html("https://example.org", "tel:999", "mailto:a@example.org", "#top-of-it", f"../es/{name(OTHER)}"),
        other=html(f"../en/{name(PAGE)}#top-of-it", f"../en/{name(PRINT)}"),
        print_=pdf(action("/URI", URI="tel:999"), link(Dest="here"), action("/GoTo", D="here"), pages=2),
        word=word("https://example.org"),
    )
    found = verify(folder, "out")
    assert said(found) == []
    assert (found.files, found.links) == (4, 11)


def test_a_withheld_document_is_no_problem(publish: Publish, handout: Handout) -> None:
    folder = publish(page=html())
    output = Output(folder, "out", "north")
    output.withhold(replace(WORD, edition="large_print"), handout, "2 missing")
    output.close()
    assert said(verify(folder, "out")) == []


def test_a_missing_file_is_told(publish: Publish) -> None:
    folder = publish(page=html(), other=html())
    (folder / PAGE.path).unlink()
    assert said(verify(folder, "out")) == [f"out/{PAGE.path}: is missing (build again)"]


def test_a_changed_byte_is_told(publish: Publish) -> None:
    folder = publish(page=html(), other=html())
    path = folder / PAGE.path
    path.write_bytes(path.read_bytes().replace(b"page", b"Page"))
    assert said(verify(folder, "out")) == [f"out/{PAGE.path}: its bytes are not those that were built"]


def test_a_file_of_another_size_is_told(publish: Publish) -> None:
    folder = publish(page=html())
    with (folder / PAGE.path).open("ab") as file:
        file.write(b"!")
    size = len(html())
    assert said(verify(folder, "out")) == [
        f"out/{PAGE.path}: is not the file that was built: {size + 1} bytes, the manifest says {size}"
    ]


@pytest.mark.skipif(os.name == "nt", reason="makes links of a POSIX machine")
def test_a_file_that_stands_outside_the_folder_is_told_and_not_read(publish: Publish, tmp_path: Path) -> None:
    folder = publish(page=html("#nowhere"))
    (folder / PAGE.path).rename(tmp_path.parent / "elsewhere.html")
    (folder / PAGE.path).symlink_to(tmp_path.parent / "elsewhere.html")
    assert said(verify(folder, "out")) == [f"out/{PAGE.path}: leads out of the folder"]


@pytest.mark.skipif(os.name == "nt", reason="makes links of a POSIX machine")
def test_an_output_folder_may_itself_be_a_link(publish: Publish, tmp_path: Path) -> None:
    link = tmp_path.parent / f"link-to-{tmp_path.name}"
    link.symlink_to(publish(page=html()))
    assert said(verify(link, "out")) == []


def test_a_folder_in_the_place_of_a_file_is_told(publish: Publish) -> None:
    folder = publish(page=html())
    (folder / PAGE.path).unlink()
    (folder / PAGE.path).mkdir()
    assert said(verify(folder, "out")) == [f"out/{PAGE.path}: can't be read: Is a directory"]


def test_another_number_of_pages_is_told(publish: Publish) -> None:
    folder = publish(print_=pdf(pages=2))
    manifest = folder / "manifest.json"
    content = json.loads(manifest.read_text())
    content["documents"][0]["pages"] = 3
    manifest.write_text(json.dumps(content))
    assert said(verify(folder, "out")) == [f"out/{PRINT.path}: has 2 pages, the manifest says 3"]


def test_a_file_without_a_row_is_told(publish: Publish) -> None:
    folder = publish(page=html())
    (folder / CONDITION / "stray.txt").write_text("x")
    (folder / ".leafletpress").mkdir(exist_ok=True)
    (folder / ".leafletpress" / "ours").write_text("x")
    (problem,) = verify(folder, "out").problems
    assert str(problem).startswith(f"out/{CONDITION}/stray.txt: lies here without a row in the manifest")


@pytest.mark.parametrize(
    ("address", "wrong"),
    [
        ("#nowhere", "leads to a place that is not in this file"),
        ("#", "leads to a place that is not in this file"),
        ("gone.html", "leads to a file that is not there"),
        ("stray.html", "leads to a file that is not published"),
        ("../es/every-block-patient-es.html#nowhere", "leads to a place that is not in that file"),
        ("../../../etc/passwd", "leads out of the folder"),
        ("/etc/passwd", "leads out of the folder"),
        ("javascript:alert(1)", "is of a kind that leaflets do not have"),
        ("JavaScript:alert(1)", "is of a kind that leaflets do not have"),
        ("file:///etc/passwd", "is of a kind that leaflets do not have"),
        ("//example.org/x", "is of a kind that leaflets do not have"),
        ("data:text/html,x", "is of a kind that leaflets do not have"),
        ("http://[x", "is no address"),
    ],
)
def test_a_link_of_a_page_that_leads_nowhere_is_told(publish: Publish, address: str, wrong: str) -> None:
    folder = publish(page=html(address), other=html())
    (folder / CONDITION / "en" / "stray.html").write_text("x")
    found = [problem.text for problem in verify(folder, "out").problems if "stray.html" not in problem.origin.file]
    assert len(found) == 1
    assert found[0].startswith(f'the link "{address}" {wrong}')


def test_pictures_in_a_page_are_links_too(publish: Publish) -> None:
    folder = publish(page=html() + b"<img src='gone.png' alt=''><img src='data:image/png;base64,xx' alt=''>")
    assert [problem.text for problem in verify(folder, "out").problems] == [
        'the link "gone.png" leads to a file that is not there'
    ]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (link(Dest="nowhere"), 'the link "#nowhere" leads to a place'),
        (action("/GoTo", D="nowhere"), 'the link "#nowhere" leads to a place'),
        (link(), 'the link "#None" leads to a place'),
        (action("/URI", URI="javascript:x"), 'the link "javascript:x" is of a kind'),
        (action("/URI", URI=""), 'the link "" leads to a place'),
        (action("/Launch", F="x"), 'the link "action:Launch" is of a kind'),
        (action("/JavaScript", JS="x"), 'the link "action:JavaScript" is of a kind'),
        (action("/GoToR", F="x", D="here"), 'the link "action:GoToR" is of a kind'),
    ],
)
def test_a_link_of_a_pdf_that_leads_nowhere_is_told(publish: Publish, wrong: pikepdf.Dictionary, told: str) -> None:
    (problem,) = verify(publish(print_=pdf(wrong)), "out").problems
    assert problem.text.startswith(told)


def test_a_link_of_a_pdf_to_a_page_needs_that_page(publish: Publish) -> None:
    with pikepdf.open(io.BytesIO(pdf(pages=2))) as made:
        second = made.pages[1].obj
        to_second = link(Dest=pikepdf.Array([second, pikepdf.Name.Fit]))
        made.pages[0].obj.Annots = pikepdf.Array([made.make_indirect(to_second)])
        whole, cut = io.BytesIO(), io.BytesIO()
        made.save(whole)
        del made.pages[1]
        made.save(cut)
    assert said(verify(publish(print_=whole.getvalue()), "out")) == []
    (problem,) = verify(publish(print_=cut.getvalue()), "out").problems
    assert problem.text.startswith('the link "#page that is not there" leads to a place')


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (word("file:///x"), 'the link "file:///x" is of a kind'),
        (word("tel:999", "nowhere"), 'the link "#nowhere" leads to a place'),
        (word("gone.pdf"), 'the link "gone.pdf" leads to a file that is not there'),
        (b"no zip", "can't be opened as docx: "),
    ],
)
def test_a_link_of_a_word_file_that_leads_nowhere_is_told(publish: Publish, content: bytes, told: str) -> None:
    (problem,) = verify(publish(word=content), "out").problems
    assert problem.text.startswith(told)


def test_what_cannot_be_opened_is_told(publish: Publish) -> None:
    folder = publish(print_=pdf(), page=html())
    for document in (PRINT, PAGE):
        (folder / document.path).write_bytes(b"")
    texts = [problem.text for problem in verify(folder, "out").problems]
    assert [text.partition(":")[0] for text in texts] == [
        "is not the file that was built", "can't be opened as html",
        "is not the file that was built", "can't be opened as pdf",
    ]  # fmt: skip


def test_a_build_that_was_cut_off_is_told_and_nothing_is_written(publish: Publish, handout: Handout) -> None:
    folder = publish(page=html())
    Output(folder, "out", "north").publish(PAGE, handout, html("#"))
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    assert said(verify(folder, "out")) == [
        "out: a build was cut off; 1 documents wait for their places (the next build finishes the work)"
    ]
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


def test_a_build_that_was_cut_off_before_it_had_anything_ready_is_no_problem(publish: Publish) -> None:
    folder = publish(page=html())
    Output(folder, "out", "north")
    assert said(verify(folder, "out")) == []


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"\xff", b"[" * 100_000, b'{"schema": 1, "site": "x", "documents": [5]}']
)
def test_a_manifest_that_is_none_is_a_problem(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "manifest.json").write_bytes(content)
    with pytest.raises(LeafletError, match=r"^out/manifest\.json: can't be read: this is no manifest") as caught:
        verify(tmp_path, "out")
    assert caught.value.exit_code == ExitCode.CONTENT


def test_a_manifest_that_points_out_of_the_folder_is_none(publish: Publish) -> None:
    folder = publish(page=html())
    manifest = folder / "manifest.json"
    manifest.write_text(manifest.read_text().replace(PAGE.path, "../../x"))
    with pytest.raises(LeafletError, match="this is no manifest"):
        verify(folder, "out")


def test_a_folder_in_which_a_build_is_at_work_is_not_judged(publish: Publish) -> None:
    folder = publish(page=html())
    with Lock(folder, "out") as lock:
        lock.take()
        with pytest.raises(LeafletError, match="a build is at work in this folder: process") as caught:
            verify(folder, "out")
    assert caught.value.exit_code == ExitCode.MISSING
    assert said(verify(folder, "out")) == []


def test_a_folder_that_a_build_changes_meanwhile_is_not_judged(
    publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = publish(page=html())

    def meanwhile(_folder: Path) -> list[str]:
        publish(page=html("#"))
        return []

    monkeypatch.setattr("leafletpress.publish.verify.documents_below", meanwhile)
    with pytest.raises(LeafletError, match="a build changed this folder meanwhile") as caught:
        verify(folder, "out")
    assert caught.value.exit_code == ExitCode.MISSING
