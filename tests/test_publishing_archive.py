"""What is published is what the manifest lists: checked, linked by language, and packed the same way each time."""

import hashlib
import json
import os
import shutil
import subprocess
import tarfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from projects import read
from public import CONTENT, TODAY, public_of, published, row

from leafletpress.build.library import Library, Project
from leafletpress.model.problems import ExitCode, LeafletError
from leafletpress.model.releases import Release, TextVersion
from leafletpress.publish import gather
from leafletpress.publish.fhir import resource_of
from leafletpress.publish.gather import archive
from leafletpress.read.located.files import Files
from leafletpress.read.releases import read_releases


@pytest.fixture(scope="module")
def library(shared_project: Project) -> Library:
    return read(shared_project)


def pack(output: Path, into: Path, library: Library) -> Path:
    archive(output, "output", into, public_of(library))
    return into


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


ROWS = (row("es"), row("ar"), row("en"), row("en", format_="pdf"), row("es", "clinician", reason="1 missing | <here>"))


def test_what_is_published_is_added_to_what_was_before_and_nothing_is_taken_away(
    tmp_path: Path, library: Library
) -> None:
    ours = [replace(one, english="a" * 32, dated="2026-01-31") for one in ROWS]
    old = Release(TextVersion("0.9", None, "b" * 32, None), date(2026, 1, 1))
    earlier = {("gone", "en", "patient"): old, ("warts", "es", "clinician"): old, ("warts", "en", "patient"): old}
    public = public_of(library, releases=earlier, gone=["gone"])
    archive(published(tmp_path / "o", *ours), "o", tmp_path / "p", public)
    (tmp_path / "p" / "published.toml").rename(tmp_path / "published.toml")
    releases = read_releases(Files(tmp_path))
    new = Release(TextVersion("1.2", None, "a" * 32, None), TODAY)
    kept = {**earlier, ("gone", "en", "patient"): replace(old, gone=TODAY)}
    assert releases == {**kept, **{("warts", locale, "patient"): new for locale in ("ar", "en", "es")}}
    assert "published.toml" not in files(tmp_path / "p" / "pages")


def test_only_what_the_manifest_lists_is_published(tmp_path: Path, library: Library) -> None:
    output = published(tmp_path / "o", *ROWS)
    stray = output / "warts" / "es" / "warts-clinician-es.html"
    stray.write_bytes(b"an older file")
    into = pack(output, tmp_path / "into", library)
    listed = [one.path for one in ROWS if one.path]
    listed += {resource_of(one, library.site.id) for one in ROWS if one.path}
    assert files(into / "pages") == sorted(
        [*listed, "404.html", "SHA256SUMS", "index.html", "manifest.json", "status/WART.html", "feed.xml"]
    )
    assert (into / "pages" / "manifest.json").read_bytes() == (output / "manifest.json").read_bytes()
    assert files(into) == sorted(
        [f"pages/{name}" for name in files(into / "pages")]
        + ["leaflets.tar.gz", "leaflets.tar.gz.sha256", "published.toml", "summary.md"]
    )


def test_the_archive_holds_the_pages_and_their_checksums_hold(tmp_path: Path, library: Library) -> None:
    into = pack(published(tmp_path / "o", *ROWS), tmp_path / "into", library)
    with tarfile.open(into / "leaflets.tar.gz") as tar:
        safely: Any = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}  # Python 3.11.4 has it
        tar.extractall(tmp_path / "unpacked", **safely)
    unpacked = tmp_path / "unpacked" / "leaflets"
    assert files(unpacked) == files(into / "pages")
    for folder, sums in ((into, "leaflets.tar.gz.sha256"), (unpacked, "SHA256SUMS")):
        lines = (folder / sums).read_text(encoding="utf-8").splitlines()
        told = {name: digest for digest, name in (line.split("  ") for line in lines)}
        assert told == {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in told}
    assert len(lines) == len(files(unpacked)) - 1  # all but the list itself


@pytest.mark.skipif(os.name == "nt", reason="asks the coreutils")
def test_sha256sum_reads_the_checksums(tmp_path: Path, library: Library) -> None:
    into = pack(published(tmp_path / "o", *ROWS), tmp_path / "into", library)
    for folder, sums in ((into, "leaflets.tar.gz.sha256"), (into / "pages", "SHA256SUMS")):
        subprocess.run(["sha256sum", "--check", "--strict", "--quiet", sums], cwd=folder, check=True)


def test_the_archive_is_the_same_bytes_whenever_and_wherever_it_is_made(tmp_path: Path, library: Library) -> None:
    output = published(tmp_path / "o", *ROWS)
    first = pack(output, tmp_path / "one", library)
    for path in output.rglob("*.html"):
        os.utime(path, (1, 1))
        path.chmod(0o600)
    second = pack(output, tmp_path / "two" / "deeper", library)
    assert (first / "leaflets.tar.gz").read_bytes() == (second / "leaflets.tar.gz").read_bytes()
    with tarfile.open(first / "leaflets.tar.gz") as tar:
        members = tar.getmembers()
    assert [member.name for member in members] == sorted(member.name for member in members)
    assert {(member.mtime, member.uid, member.gid, member.uname, member.mode) for member in members} == {
        (0, 0, 0, "", 0o644)
    }


def test_the_summary_says_what_is_withheld_and_why(tmp_path: Path, library: Library) -> None:
    into = pack(published(tmp_path / "o", *ROWS), tmp_path / "into", library)
    assert (into / "summary.md").read_text(encoding="utf-8") == (
        "4 documents are published, 1 are withheld.\n\n"
        "| withheld | language | for | why |\n|---|---|---|---|\n"
        "| warts | es | clinician | 1 missing \\| &lt;here&gt; |\n"
    )


def test_a_summary_of_many_withheld_handouts_is_cut(tmp_path: Path, library: Library) -> None:
    rows = [row(f"l{number}", reason="1 missing") for number in range(203)]
    into = pack(published(tmp_path / "o", *rows), tmp_path / "into", library)
    assert (into / "summary.md").read_text(encoding="utf-8").endswith("\nAnd 3 more: see the manifest.\n")
    assert "No leaflet is published." in (into / "pages" / "index.html").read_text(encoding="utf-8")


def test_what_is_not_as_the_manifest_says_is_told_all_at_once_and_nothing_is_packed(
    tmp_path: Path, library: Library
) -> None:
    output = published(tmp_path / "o", *ROWS)
    (output / str(ROWS[0].path)).write_bytes(CONTENT[:-1])
    (output / str(ROWS[1].path)).unlink()
    with pytest.raises(LeafletError) as caught:
        pack(output, tmp_path / "into", library)
    assert caught.value.exit_code == ExitCode.CONTENT
    assert [str(problem) for problem in caught.value.problems] == [
        f"output/{ROWS[1].path}: is missing (build again)",
        f"output/{ROWS[0].path}: is not the file that was built: 10 bytes, the manifest says 11",
    ]
    assert not (tmp_path / "into").exists()


def test_a_manifest_cannot_reach_out_of_its_folder(tmp_path: Path, library: Library) -> None:
    output = published(tmp_path / "o", ROWS[0])
    (tmp_path / "secret.html").write_bytes(CONTENT)
    text = (output / "manifest.json").read_text(encoding="utf-8")
    (output / "manifest.json").write_text(text.replace(str(ROWS[0].path), "../secret.html"), encoding="utf-8")
    with pytest.raises(LeafletError, match="can't be read: this is no manifest"):
        pack(output, tmp_path / "into", library)


@pytest.mark.skipif(os.name == "nt", reason="makes links of a POSIX machine")
@pytest.mark.parametrize("below", [ROWS[0].path, "warts"])
def test_a_link_cannot_bring_in_what_stands_outside_the_folder(tmp_path: Path, library: Library, below: str) -> None:
    output = published(tmp_path / "o", ROWS[0])
    (output / below).rename(tmp_path / "elsewhere")
    (output / below).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(LeafletError, match="leads out of the folder"):
        pack(output, tmp_path / "into", library)
    assert not (tmp_path / "into").exists()


@pytest.mark.parametrize("content", ["", "{}", "[]", json.dumps({"schema": 1, "documents": []}), "\x00"])
def test_without_a_manifest_that_can_be_read_nothing_is_packed(tmp_path: Path, library: Library, content: str) -> None:
    (tmp_path / "manifest.json").write_text(content, encoding="utf-8")
    with pytest.raises(LeafletError, match="can't be read") as caught:
        pack(tmp_path, tmp_path / "into", library)
    assert caught.value.exit_code == ExitCode.CONTENT
    assert not (tmp_path / "into").exists()


def test_without_a_build_there_is_nothing_to_pack(tmp_path: Path, library: Library) -> None:
    with pytest.raises(LeafletError, match="there is no manifest") as caught:
        pack(tmp_path, tmp_path / "into", library)
    assert caught.value.exit_code == ExitCode.USAGE


def test_what_was_not_built_for_release_is_refused_unless_it_is_asked_for(tmp_path: Path, library: Library) -> None:
    draft = replace(ROWS[1], built_for="draft")
    output, into = published(tmp_path / "o", ROWS[0], draft, replace(ROWS[4], built_for="draft")), tmp_path / "into"
    with pytest.raises(LeafletError) as caught:
        pack(output, into, library)
    assert caught.value.exit_code == ExitCode.CONTENT
    hint = "run build --release again, for everything, or name --drafts to gather them all the same"
    assert [str(problem) for problem in caught.value.problems] == [
        f"output/manifest.json: 1 documents were not built for release; first: {draft.path} ({hint})"
    ]
    assert not into.exists()
    archive(output, "output", into, public_of(library), drafts=True)
    assert {str(ROWS[0].path), str(draft.path)} <= set(files(into / "pages"))


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path, library: Library) -> None:
    output = published(tmp_path / "o", *ROWS)
    (tmp_path / "into").mkdir()
    (tmp_path / "into" / "mine").write_text("mine")
    with pytest.raises(LeafletError, match="holds something") as caught:
        pack(output, tmp_path / "into", library)
    assert caught.value.exit_code == ExitCode.USAGE
    assert files(tmp_path / "into") == ["mine"]


def test_what_a_kill_left_half_filled_is_made_anew(
    tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    output, into = published(tmp_path / "o", *ROWS), tmp_path / "into"
    whole = files(pack(output, tmp_path / "whole", library))
    with monkeypatch.context() as killed:
        killed.setattr(gather, "_write_tar", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        killed.setattr(shutil, "rmtree", lambda *_, **__: None)  # who is killed tidies nothing up
        with pytest.raises(KeyboardInterrupt):
            pack(output, into, library)
    (into / "pages" / "left.pdf").write_bytes(b"left")
    assert files(pack(output, into, library)) == whole


def test_a_folder_that_cannot_be_written_ends_with_4(tmp_path: Path, library: Library) -> None:
    output = published(tmp_path / "o", *ROWS)
    (tmp_path / "into").write_text("mine")
    with pytest.raises(LeafletError, match="can't be read or written") as caught:
        pack(output, tmp_path / "into", library)
    assert caught.value.exit_code == ExitCode.MISSING
