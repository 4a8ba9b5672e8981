"""Catalogs and the tools of others: what these find in ours, and that what these write means the same to us."""

import re
import shutil
from io import StringIO
from pathlib import Path

import pytest
import validators
from babel.messages.pofile import read_po
from projects import CONDITION, NOW, ROOT, VALID, by_rote, catalog, catalog_in, change, replace, update_catalogs

from leafletpress.build.library import Project
from leafletpress.read.languages.catalogs import Catalog, Entry, parse_catalog
from leafletpress.translate.dump import dump_catalog

LOCALES = sorted(path.parent.name for path in (ROOT / "locales").glob("*/glossary.toml"))
SHIPPED = sorted((ROOT / "locales").glob("*/LC_MESSAGES/*.po"))
LONG = "Una parte de una sección, dicha con bastantes palabras."
WRITTEN_BY = sorted((VALID.parent / "catalogs").glob("*.po"))


def meaning(found: Catalog) -> dict[tuple[str, str], tuple[str, bool, str | None]]:
    return {entry.key: (entry.translation, entry.fuzzy, entry.previous) for entry in found.entries.values()}


def in_step(project: Project) -> Path:
    """The Spanish catalog with one entry of each state: translated, missing, fuzzy with its previous text, obsolete."""
    source = project.folder("leaflets") / f"{CONDITION}.yaml"
    replace(source, "Between two boxes.", "Betwixt two boxes.")
    replace(source, "      - id: remark\n        callout: {level: note, text: A remark.}\n", "")
    update_catalogs(project)
    path = catalog(project, "es")
    replace(path, f'msgstr "{by_rote("es", "Only the patient reads this.")}"', 'msgstr ""')
    replace(path, "#. heading, for all readers\n", '# Ask the clinic: "box"?\n#. heading, for all readers\n')
    found = catalog_in(path)
    assert found.obsolete
    assert any(entry.previous for entry in found.entries.values())
    return path


# --- What the tools of others find in our catalogs -------------------------------------------------------------------


def test_msgfmt_finds_nothing_in_the_shipped_catalogs() -> None:
    paths = [*SHIPPED, *(ROOT / "locales" / "pot").glob("*.pot")]
    assert len(paths) >= len(LOCALES)
    assert {path: found for path, found in validators.msgfmt(paths).items() if found} == {}


@pytest.mark.parametrize("locale", LOCALES)
def test_pofilter_finds_nothing_in_the_shipped_catalogs(locale: str) -> None:
    paths = [path for path in SHIPPED if path.parent.parent.name == locale]
    assert paths
    assert {path.name: found for path, found in validators.pofilter(paths, locale).items() if found} == {}


def test_pofilter_does_find_what_is_wrong(project: Project) -> None:
    path = catalog(project, "es")
    replace(path, f'msgstr "{by_rote("es", "Between two boxes.")}"', 'msgstr "eñe  éntré %s.\\n"')
    (found,) = validators.pofilter([path], "es").values()
    assert "boxes.gap" in found


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_babel_reads_the_shipped_catalogs_as_we_do(path: Path) -> None:
    theirs = read_po(StringIO(path.read_text(encoding="utf-8")))
    read = {(str(entry.context or ""), str(entry.id)): (entry.string, entry.fuzzy) for entry in theirs if entry.id}
    assert {key: (entry.translation, entry.fuzzy) for key, entry in catalog_in(path).entries.items()} == read


# --- What the tools of others write ----------------------------------------------------------------------------------


@pytest.mark.parametrize("option", ["--width=79", "--no-wrap", "--sort-output", "--indent", "--add-location=file"])
def test_what_gettext_writes_as_poedit_does_means_the_same_and_costs_no_translation(
    project: Project, tmp_path: Path, option: str
) -> None:
    path = in_step(project)
    before, content = catalog_in(path), path.read_bytes()
    validators.gettext_tool("msgcat", option, "--output-file", tmp_path / "out.po", path)
    after = catalog_in(tmp_path / "out.po")
    assert meaning(after) == meaning(before)
    assert {entry.key for entry in after.obsolete} == {entry.key for entry in before.obsolete}
    shutil.copy(tmp_path / "out.po", path)
    update_catalogs(project)
    assert path.read_bytes() == content


def test_what_gettext_merges_means_the_same(project: Project, tmp_path: Path) -> None:
    path = in_step(project)
    pot = project.folder("locales") / "pot" / f"{CONDITION}.pot"
    before = catalog_in(path)
    validators.gettext_tool(
        "msgmerge", "--quiet", "--no-fuzzy-matching", "--previous", "--output-file", tmp_path / "out.po", path, pot
    )
    after = meaning(catalog_in(tmp_path / "out.po"))
    assert {key: after[key] for key in meaning(before)} == meaning(before)


def test_what_weblate_saves_means_the_same(project: Project) -> None:
    """Weblate writes through translate-toolkit."""
    from translate.storage.po import pofile

    path = in_step(project)
    before = catalog_in(path)
    store = pofile.parsefile(str(path))  # type: ignore[no-untyped-call]
    (unit,) = (unit for unit in store.units if unit.source == "Only the patient reads this.")
    unit.target = 'Solo el paciente lee "esto", y nadie más, aunque el texto sea bastante más largo que una línea.'
    store.updateheader(add=True, X_Generator="Weblate 5.9", Last_Translator="Ana <ana@example.org>")
    store.save()
    after = catalog_in(path)
    changed = ("patient_only.words", "Only the patient reads this.")
    assert after.entries[changed].translation == unit.target
    assert {key: value for key, value in meaning(after).items() if key != changed} == {
        key: value for key, value in meaning(before).items() if key != changed
    }
    assert {entry.key for entry in after.obsolete} == {entry.key for entry in before.obsolete}
    update_catalogs(project)
    kept = catalog_in(path)
    assert kept.entries[changed].translation == unit.target
    assert kept.header["X-Generator"] == "Weblate 5.9"
    assert update_catalogs(project) == []


@pytest.mark.parametrize("path", WRITTEN_BY, ids=lambda path: path.stem)
def test_files_as_editors_write_them_come_through(path: Path, project: Project) -> None:
    found = catalog_in(path)
    assert meaning(found) == {
        ("lists.terms", "A part of a section."): (LONG, False, None),
        ("boxes.gap", "Between two boxes."): ("Entre dos cajas.", True, "Among two boxes."),
        ("reach.how", 'Say "hello" \\ or call.'): ('Diga "hola" \\ o llame.', False, None),
        ("patient_only.words", "Only the patient reads this."): ("", False, None),
    }  # fmt: skip
    assert [entry.key for entry in found.obsolete] == [("old.words", "It is gone.")]
    assert found.header["Language"] == "es"
    assert next(iter(found.header)) == "Project-Id-Version"
    shutil.copy(path, catalog(project, "es"))
    update_catalogs(project)
    kept = catalog_in(catalog(project, "es"))
    assert kept.entries["boxes.gap", "Between two boxes."].translation == "Entre dos cajas."
    assert kept.entries["boxes.gap", "Between two boxes."].fuzzy
    assert [name for name in found.header if name not in kept.header] == []
    assert ("old.words", "It is gone.") in {entry.key for entry in kept.obsolete}
    assert update_catalogs(project) == []


# --- Our own writer --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["", "a", 'a "b" \\ c', "one\ntwo\n", "\n", "tab\there", "a\r\nb", "नहीं", "\u200cx", "a\u2028b\nc", "\\n"]
)
def test_any_text_comes_back_as_it_was_written(text: str) -> None:
    entry = Entry(f"c{text}", f"m{text}", text, flags=("fuzzy",), previous=text, remarks=(" r",))
    gone = Entry("gone", text or "x", "y", obsolete=True, previous=text)
    header = {"Project-Id-Version": "x 1", "Content-Type": "text/plain; charset=utf-8"}
    written = dump_catalog(Catalog("x", header, (" title",), {entry.key: entry}, (gone,)))
    found = parse_catalog("x", written)
    assert found.header == header
    assert found.remarks == (" title",)
    (back,) = found.entries.values()
    assert (back.context, back.text, back.translation, back.previous) == (f"c{text}", f"m{text}", text, text)
    (obsolete,) = found.obsolete
    assert (obsolete.text, obsolete.translation, obsolete.previous) == (text or "x", "y", text)


def test_what_we_write_gettext_accepts(project: Project) -> None:
    path = in_step(project)
    assert validators.msgfmt([path]) == {path: []}
    change(path, lambda text: re.sub(r'msgstr "eñe (.*)é', r'msgstr "eñe \1\\n', text, count=1))
    assert NOW
    assert validators.msgfmt([path]) == {path: []}
