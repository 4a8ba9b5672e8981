"""Translators see the glossary in each entry that uses a term, and take it to their programs as TBX and CSV."""

import csv
import re
from pathlib import Path

import pytest
from projects import ROOT, catalog, catalog_in, make_project, update_catalogs

from leafletpress.model.text.glossary import Glossary, Term
from leafletpress.read.languages.catalogs import Entry
from leafletpress.read.languages.locale import CatalogLocale, read_locale
from leafletpress.read.located.files import Files
from leafletpress.translate.glossary import as_csv, as_tbx, with_terms
from leafletpress.translate.merge import values_behind

GLOSSARY = Glossary(
    terms=(
        Term("lump", ("bulto", "nódulo"), forbidden=("tumor",)),
        Term("WhatsApp", keep=True),
        Term("pus", ("pus",)),
        Term("dose & unit", ('dosis, "<unidad>"',)),
    )
)


def spanish() -> CatalogLocale:
    english, _ = read_locale(Files(ROOT), "en", (), None)
    return read_locale(Files(ROOT), "es", (), english)[0]


def noted(text: str, *comments: str) -> tuple[str, ...]:
    return with_terms(Entry("a.b", text, comments=comments), GLOSSARY).comments


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**Lumps** hurt.", ('Glossary: "lump": bulto or nódulo; not tumor',)),
        ("Write on [WhatsApp](@line).", ('Glossary: "WhatsApp": keep it in English',)),
        ("Pus in a lump", ('Glossary: "pus": pus', 'Glossary: "lump": bulto or nódulo; not tumor')),
        ("A plump hand[@lump]", ()),
    ],
)
def test_an_entry_notes_the_terms_that_its_english_uses(text: str, expected: tuple[str, ...]) -> None:
    assert noted(text) == expected


def test_the_notes_stand_before_the_figures_whose_change_makes_an_entry_fuzzy() -> None:
    comments = noted("A lump of {size}", "bullets, for patient", "{size} prints: 2 cm (length)")
    assert [comment.split()[0] for comment in comments] == ["bullets,", "Glossary:", "{size}"]
    before = Entry("a.b", "A lump of {size}", comments=comments)
    after = Entry("a.b", "A lump of {size}", comments=("bullets, for patient", "{size} prints: 2 cm (length)"))
    assert values_behind(before) == values_behind(after)


def test_an_update_notes_the_terms_and_leaves_a_second_one_nothing_to_do(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    glossary = project.folder("locales") / "es" / "glossary.toml"
    glossary.write_text('[[terms]]\nterm = "lump"\ntranslation = ["bulto"]\n', encoding="utf-8")
    assert update_catalogs(project) == ["locales/es/LC_MESSAGES/every-block.po"]
    entries = catalog_in(catalog(project, "es")).entries.values()
    using = [entry for entry in entries if 'Glossary: "lump": bulto' in entry.comments]
    assert [entry.text for entry in using] == [
        entry.text for entry in entries if re.search(r"\b[Ll]umps?\b", entry.text)
    ]
    assert using
    assert not any(entry.fuzzy for entry in entries)
    assert update_catalogs(project) == []


def test_csv_has_a_row_for_each_term() -> None:
    source, *rows = csv.reader(as_csv(GLOSSARY).splitlines())
    assert source == ["source", "target", "comment"]
    assert rows == [
        ["lump", "bulto", "also nódulo; not tumor"],
        ["WhatsApp", "WhatsApp", ""],
        ["pus", "pus", ""],
        ["dose & unit", 'dosis, "<unidad>"', ""],
    ]


def test_translate_toolkit_through_which_weblate_reads_finds_every_term_in_tbx() -> None:
    tbx = pytest.importorskip("translate.storage.tbx")
    locale = spanish()
    found = tbx.tbxfile.parsestring(as_tbx(locale).encode(), sourcelanguage="en", targetlanguage="es")
    pairs = [(unit.source, unit.target) for unit in found.units]
    for term in locale.language.glossary.terms:
        assert (term.term, term.translation[0] if term.translation else term.term) in pairs
        assert all((term.term, word) in pairs for word in term.forbidden)
    assert sum(">forbidden<" in str(unit) for unit in found.units) == sum(
        len(term.forbidden) for term in locale.language.glossary.terms
    )
