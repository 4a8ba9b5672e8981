"""Word leaflets of other programs become leaflets: no word is lost, most blocks are right, check asks for the rest."""

import re
from collections.abc import Callable
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

import pytest
from projects import ROOT, copy_language, copy_looks, make_project, update_catalogs
from word_leaflets import SAMPLES, Sample

from leafletpress.build.check import check
from leafletpress.build.library import Project, Wanted, read_library
from leafletpress.build.run import Order, build
from leafletpress.cli.main import main
from leafletpress.model.blocks import Block, Contact, Definitions, Figure, Paragraph, Table, kind_of
from leafletpress.model.leaflet import Leaflet, Message
from leafletpress.model.problems import ExitCode, Problem
from leafletpress.read.leaflets import read_leaflet
from leafletpress.read.word.body import Body
from leafletpress.read.word.filling import PROMPTS

AUDIENCES = ("clinician", "patient")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """One with a site and no leaflet."""
    root = tmp_path / "project"
    root.mkdir()
    copy_looks(root)
    copy_language(root, "en")
    (root / "leaflets").mkdir()
    return Project(root)


@pytest.fixture(scope="module")
def word(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Sample], Path]:
    """The Word file of a sample, made once."""
    return cache(lambda sample: sample.make(tmp_path_factory.mktemp("word")))


def run(project: Project, *arguments: str | Path) -> int:
    return main(["--project", str(project.root), "import", *map(str, arguments)])


def outline(leaflet: Leaflet) -> list[str]:
    """A leaflet as the samples have it: headings, and each block but the card by its kind and how it begins."""
    lines: list[str] = []
    for section in leaflet.sections:
        lines += [f"# {section.heading.text}"] if section.heading else []
        lines += [_named(block) for block in section.blocks if not isinstance(block.content, Contact)]
    return lines


def _named(block: Block[Message]) -> str:
    content, kind = block.content, kind_of(block.content)
    match content:
        case Paragraph(text):
            first, second, *_ = re.findall(r"[\w']+", text.text)
            return f"{kind} {first} {second}"
        case Table(columns, rows):
            return f"{kind} {len(rows)}x{len(columns)}"
        case Figure():
            return kind
        case Definitions(items):
            return f"{kind} {len(items)}"
    return f"{kind} {len(getattr(content, 'items', ()))}"


def right(leaflet: Leaflet, sample: Sample) -> int:
    """How many of a sample's headings and blocks are there, in their order."""
    found = SequenceMatcher(None, outline(leaflet), list(sample.outline), autojunk=False)
    return sum(block.size for block in found.get_matching_blocks())


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_no_word_is_lost_and_blocks_are_right_at_once(
    project: Project, word: Callable[[Sample], Path], sample: Sample, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(project, word(sample), "--code", "ABCD", "--output", "leaflets/moved.yaml") == ExitCode.OK
    assert "words, none lost" in capsys.readouterr().out
    leaflet = read_leaflet(project.files(), "moved", AUDIENCES)
    assert leaflet.title.text == sample.title
    assert leaflet.code == "ABCD"
    assert right(leaflet, sample) == len(sample.outline) - sample.wrong, outline(leaflet)


def test_the_share_that_is_right_at_once_is_the_one_that_the_decisions_quote() -> None:
    whole = sum(len(sample.outline) for sample in SAMPLES)
    quoted = f"{whole - sum(sample.wrong for sample in SAMPLES)} of {whole} headings and blocks"
    assert quoted in (ROOT / "docs" / "decisions" / "read.md").read_text(encoding="utf-8"), quoted


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_check_asks_for_what_its_author_must_write_and_for_nothing_else(
    project: Project, word: Callable[[Sample], Path], sample: Sample
) -> None:
    assert run(project, word(sample), "--output", "leaflets/moved.yaml") == ExitCode.OK
    update_catalogs(project)
    asked = errors(project)
    assert [one for one in asked if not re.search(r"has no source|Flesch-Kincaid|not YAML", one)] == []
    path = project.root / "leaflets" / "moved.yaml"
    path.write_text(filled(path.read_text(encoding="utf-8")), encoding="utf-8")
    update_catalogs(project)
    assert [one for one in errors(project) if "Flesch-Kincaid" not in one] == []
    warnings = [str(problem) for problem in findings(project) if problem.severity == "warning"]
    assert [
        one for one in warnings if "is not strong" not in one and "page 1" not in one and "first section" not in one
    ] == []


def test_no_word_of_a_leaflet_of_this_program_is_lost(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It has content controls, boxes in boxes, icons, codes, several headers and footers."""
    folder = tmp_path / "project"
    folder.mkdir()
    project, out = make_project(folder), tmp_path / "out"
    wanted = Wanted(locales=("en",), formats=("docx",), audiences=("patient",))
    build(project, Order(wanted, out, "out", workers=1))
    (made,) = out.rglob("*.docx")
    assert run(project, made, "--output", "leaflets/moved.yaml") == ExitCode.OK
    assert "words, none lost" in capsys.readouterr().out
    assert read_leaflet(project.files(), "moved", AUDIENCES).title.text == "Every block"


def findings(project: Project) -> tuple[Problem, ...]:
    return check(read_library(project, Wanted())).problems


def errors(project: Project) -> list[str]:
    return [str(problem) for problem in findings(project) if problem.severity == "error"]


def filled(text: str) -> str:
    """A leaflet whose author wrote what is asked for: a text for each prompt, and the source of each fact."""
    for prompt in PROMPTS:
        text = re.sub(r"\s+".join(map(re.escape, prompt.split())), "Ask us", text)
    text = re.sub(r"^(    value: .*)$", r"\1\n    source: first_2020", text, flags=re.MULTILINE)
    source = (
        "sources:\n  first_2020:\n    title: The first paper\n    publisher: Journal of Examples\n"
        '    year: "2020"\n    address: https://example.org/first\n    checked: 2026-01-31\n'
    )
    return text.replace("\nsections:\n", f"\n{source}sections:\n", 1)


def test_no_file_that_exists_is_changed(project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = SAMPLES[1].make(tmp_path)
    picture = project.root / "leaflets" / "moved-1.jpg"
    picture.write_bytes(b"mine")
    assert run(project, made, "--output", "leaflets/moved.yaml") == ExitCode.USAGE
    assert "leaflets/moved-1.jpg: exists already" in capsys.readouterr().err
    assert [path.name for path in (project.root / "leaflets").iterdir()] == ["moved-1.jpg"]
    picture.unlink()
    assert run(project, made, "--output", "leaflets/moved.yaml") == ExitCode.OK
    kept = (project.root / "leaflets" / "moved.yaml").read_bytes()
    assert run(project, made, "--output", "leaflets/moved.yaml") == ExitCode.USAGE
    assert (project.root / "leaflets" / "moved.yaml").read_bytes() == kept


def test_a_word_that_the_reader_passes_over_is_named_and_ends_with_exit_code_1(
    project: Project,
    word: Callable[[Sample], Path],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(Body, "_beside", lambda *_: None)  # a reader that does not look into headers and footers
    assert run(project, word(SAMPLES[0]), "--output", "leaflets/moved.yaml") == ExitCode.CONTENT
    assert (
        "6 words are neither in the leaflet nor in its list: 1, 12, example, hospital, leaflet, page"
        in capsys.readouterr().err
    )


def test_a_leaflet_is_named_as_its_word_file(project: Project, tmp_path: Path) -> None:
    made = SAMPLES[2].make(tmp_path).rename(tmp_path / "Blood Test (v2).docx")
    assert run(project, made) == ExitCode.OK
    leaflet = read_leaflet(project.files(), "blood-test-v2", AUDIENCES)
    assert leaflet.code == "BLOO"


@pytest.mark.parametrize(
    "output", ["x.yaml", "leaflets/x.txt", "../leaflets/x.yaml", "leaflets/a/b.yaml", "leaflets/A b.yaml"]
)
def test_a_place_for_no_leaflet_is_refused(project: Project, tmp_path: Path, output: str) -> None:
    assert run(project, SAMPLES[2].make(tmp_path), "--output", output) == ExitCode.USAGE
    assert run(project, tmp_path / "none.docx", "--output", "leaflets/x.yaml") == ExitCode.USAGE
    assert list((project.root / "leaflets").iterdir()) == []
