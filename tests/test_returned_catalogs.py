"""A catalog that comes back from other programs: one without contexts is refused, and can be restored."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from clinic import CONDITION, make_clinic, spanish
from projects import ROOT, catalog_in, change, replace, update_catalogs

from leafletpress.build.library import Project, read_translations
from leafletpress.cli.main import main
from leafletpress.model.problems import ExitCode
from leafletpress.read.languages.catalogs import parse_catalog

NAME = f"locales/es/LC_MESSAGES/{CONDITION}.po"
OBSOLETE_PLURAL = """
#~ msgctxt "old.files"
#~ msgid "A file"
#~ msgid_plural "Files"
#~ msgstr[0] "Un archivo"
#~ msgstr[1] "Archivos"
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return make_clinic(tmp_path / "project")


def strip(path: Path) -> None:
    """Take the contexts out, as some programs do when they save."""
    change(path, lambda text: re.sub(r'(?m)^msgctxt ".*"\n', "", text))


def run(project: Project, *arguments: str) -> int:
    return main(["--project", str(project.root), *arguments])


def test_a_catalog_without_contexts_is_refused_with_the_way_to_convert_it_and_never_emptied(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    strip(spanish(project))
    before = spanish(project).read_bytes()
    (problem,) = read_translations(project, ("es",)).problems
    assert str(problem).startswith(f"{NAME}:")
    assert "without a place in the leaflet (msgctxt)" in problem.text
    assert run(project, "catalogs", "update", "--locale", "es") == ExitCode.CONTENT
    assert spanish(project).read_bytes() == before
    assert f"catalogs restore {NAME}" in capsys.readouterr().err


def test_restoring_brings_every_translation_back_to_its_place(project: Project) -> None:
    before = catalog_in(spanish(project))
    strip(spanish(project))
    assert run(project, "catalogs", "restore", NAME) == ExitCode.OK
    after = catalog_in(spanish(project))
    assert {key: (entry.translation, entry.flags) for key, entry in after.entries.items()} == {
        key: (entry.translation, entry.flags) for key, entry in before.entries.items()
    }
    assert after.obsolete == ()
    assert update_catalogs(project) == []


def twice(project: Project, one: str, other: str) -> None:
    """An English text at two places, with these translations, and the contexts lost."""
    change(
        project.folder("leaflets") / f"{CONDITION}.yaml",
        lambda text: text.replace(
            "      - id: cream\n",
            "      - id: a\n        paragraph: Twice.\n      - id: b\n        paragraph: Twice.\n      - id: cream\n",
        ),
    )
    update_catalogs(project)
    for translation in (one, other):
        replace(spanish(project), 'msgid "Twice."\nmsgstr ""', f'msgid "Twice."\nmsgstr "{translation}"')
    strip(spanish(project))


@pytest.mark.parametrize(
    ("one", "other", "fuzzy"), [("Dos veces.", "Dos veces.", False), ("Dos veces.", "Por partida doble.", True)]
)
def test_of_one_text_at_two_places_each_gets_its_own_and_is_fuzzy_if_they_differ(
    project: Project, one: str, other: str, fuzzy: bool
) -> None:
    twice(project, one, other)
    assert run(project, "catalogs", "restore", NAME) == ExitCode.OK
    entries = catalog_in(spanish(project)).entries
    a, b = entries["treatment.a", "Twice."], entries["treatment.b", "Twice."]
    assert [(entry.translation, entry.fuzzy) for entry in (a, b)] == [(one, fuzzy), (other, fuzzy)]


def test_one_translation_for_two_places_is_fuzzy_at_both(project: Project) -> None:
    twice(project, "Dos veces.", "Otra.")
    change(spanish(project), lambda text: re.sub(r'(?s)\n(?:#[^\n]*\n)*msgid "Twice\."\nmsgstr "Otra\."\n', "\n", text))
    assert run(project, "catalogs", "restore", NAME) == ExitCode.OK
    entries = catalog_in(spanish(project)).entries
    assert [
        (entries[f"treatment.{name}", "Twice."].translation, entries[f"treatment.{name}", "Twice."].fuzzy)
        for name in "ab"
    ] == [("Dos veces.", True)] * 2


def test_a_translation_of_english_that_is_gone_is_kept_as_obsolete(project: Project) -> None:
    strip(spanish(project))
    replace(spanish(project), 'msgid "Dry skin"', 'msgid "Very dry skin indeed"')
    assert run(project, "catalogs", "restore", NAME) == ExitCode.OK
    (entry,) = catalog_in(spanish(project)).obsolete
    assert (entry.text, entry.translation) == ("Very dry skin indeed", "Piel seca")


@pytest.mark.parametrize(
    "name", ["x.po", "locales/es/x.po", "../locales/es/LC_MESSAGES/x.po", "locales/es/LC_MESSAGES/x.mo"]
)
def test_restoring_what_is_no_catalog_of_the_project_is_wrong_usage(project: Project, name: str) -> None:
    assert run(project, "catalogs", "restore", name) == ExitCode.USAGE


# --- Round trips through XLIFF, CSV and gettext's own programs -------------------------------------------------------


def tool(name: str) -> str:
    """A program of Translate Toolkit, from where this Python has it."""
    return str(Path(sys.executable).with_name(name))


XLIFF = (
    (tool("po2xliff"), "--progress=none", "given.po", "given.xlf"),
    (tool("xliff2po"), "--progress=none", "given.xlf", "back.po"),
)
CSV = (
    (tool("po2csv"), "--progress=none", "given.po", "given.csv"),
    (tool("csv2po"), "--progress=none", "-t", "given.po", "given.csv", "back.po"),
)
TRIPS = {
    "xliff": XLIFF,
    "csv": CSV,
    "msgcat": (("msgcat", "given.po", "-o", "back.po"),),
    "msgcat_sorted": (("msgcat", "--sort-output", "--width=60", "given.po", "-o", "back.po"),),
    "msgattrib": (("msgattrib", "given.po", "-o", "back.po"),),
    "msgmerge": (("msgmerge", "-q", "-N", "--previous", "given.po", "given.pot", "-o", "back.po"),),
}


@pytest.mark.parametrize("trip", TRIPS.values(), ids=TRIPS)
def test_a_catalog_that_went_through_other_programs_is_as_it_was(
    project: Project, tmp_path: Path, trip: tuple[tuple[str, ...], ...]
) -> None:
    change(spanish(project), lambda text: text.replace('msgctxt "treatment.bath"', '# Ask.\nmsgctxt "treatment.bath"'))
    change(project.folder("leaflets") / f"{CONDITION}.yaml", lambda text: text.replace("id: cream\n", "id: lotion\n"))
    update_catalogs(project)
    before = spanish(project).read_bytes()
    (tmp_path / "given.po").write_bytes(before)
    shutil.copy(project.folder("locales") / "pot" / f"{CONDITION}.pot", tmp_path / "given.pot")
    for command in trip:
        if shutil.which(command[0]) is None:
            pytest.skip(f"{command[0]} is not installed")
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    assert run(project, "catalogs", "restore", NAME, str(tmp_path / "back.po")) == ExitCode.OK
    assert spanish(project).read_bytes() == before


def test_what_an_agency_changed_comes_back_and_all_else_stays(project: Project, tmp_path: Path) -> None:
    (tmp_path / "given.po").write_bytes(spanish(project).read_bytes())
    for command in XLIFF:
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    back = tmp_path / "back.po"
    replace(back, "Piel seca", "Piel reseca")
    before = catalog_in(spanish(project)).entries
    assert run(project, "catalogs", "restore", NAME, str(back)) == ExitCode.OK
    after = catalog_in(spanish(project)).entries
    assert after.keys() == before.keys()
    assert {after[key].translation for key in after if after[key].translation != before[key].translation} == {
        "Piel reseca"
    }
    assert not any(entry.fuzzy for entry in after.values())


def test_words_that_were_exchanged_between_two_places_come_back_exchanged(project: Project, tmp_path: Path) -> None:
    twice(project, "Dos veces.", "Por partida doble.")
    assert run(project, "catalogs", "restore", NAME) == ExitCode.OK
    change(spanish(project), lambda text: text.replace("#, fuzzy\n", ""))
    back = tmp_path / "back.po"
    text = spanish(project).read_text(encoding="utf-8").replace("Dos veces.", "x").replace("Por partida doble.", "y")
    back.write_text(text.replace('"x"', '"Por partida doble."').replace('"y"', '"Dos veces."'), encoding="utf-8")
    strip(back)
    assert run(project, "catalogs", "restore", NAME, str(back)) == ExitCode.OK
    entries = catalog_in(spanish(project)).entries
    assert entries["treatment.a", "Twice."].translation == "Por partida doble."
    assert entries["treatment.a", "Twice."].fuzzy


def test_git_ignores_what_programs_compile_catalogs_into() -> None:
    for path in (ROOT / ".gitignore", ROOT / "leafletpress" / "build" / "new_project" / "gitignore"):
        assert "*.mo" in path.read_text(encoding="utf-8").split("\n")


# --- Obsolete plurals, broken files ----------------------------------------------------------------------------------


def test_an_obsolete_plural_stops_nothing_and_its_first_form_is_kept(project: Project) -> None:
    change(spanish(project), lambda text: text + OBSOLETE_PLURAL)
    assert read_translations(project, ("es",)).problems == ()
    (entry,) = catalog_in(spanish(project)).obsolete
    assert (entry.context, entry.text, entry.translation) == ("old.files", "A file", "Un archivo")
    update_catalogs(project)
    assert '#~ msgstr "Un archivo"\n' in spanish(project).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "lines",
    [
        '#~ msgid "a"\n#~ msgid_plural "b"\n#~ msgstr[0] ""\n#~ msgstr[1] ""\n',
        '#~| msgid "x"\n#~| msgid_plural "y"\n#~ msgid "a"\n#~ msgid_plural "b"\n#~ msgstr[0] "c"\n',
        '#~ msgid "a"\n#~ msgid_plural ""\n#~ "b"\n#~ "c"\n#~ msgstr[0] ""\n#~ "d"\n#~ msgstr[1] ""\n#~ "e"\n',
    ],
)
def test_obsolete_plurals_are_read_however_they_are_written(lines: str) -> None:
    (entry,) = parse_catalog("x.po", f'msgid ""\nmsgstr "Language: es\\n"\n\n{lines}').obsolete
    assert entry.text == "a"


# --- Prune, from the command line ------------------------------------------------------------------------------------


def test_prune_asks_first_and_a_no_changes_nothing(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    (project.folder("leaflets") / f"{CONDITION}.yaml").unlink()
    for answer, gone in ((False, False), (True, True)):
        monkeypatch.setattr("click.confirm", lambda *_arguments, answer=answer, **_options: answer)
        assert run(project, "catalogs", "prune") == ExitCode.OK
        assert spanish(project).exists() is not gone


def test_prune_needs_no_answer_from_a_script(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    (project.folder("leaflets") / f"{CONDITION}.yaml").unlink()
    assert run(project, "catalogs", "prune", "--yes") == ExitCode.OK
    assert not spanish(project).exists()
    said = capsys.readouterr().out
    assert f"{NAME} (" in said
    assert "locales/es/memory.tmx is updated" in said
    assert run(project, "catalogs", "prune", "--yes") == ExitCode.OK
    assert "has its leaflet: nothing to take away" in capsys.readouterr().out
