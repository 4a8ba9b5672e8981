"""A sign in locale.toml that is another unit's is refused: it would print another dose in every leaflet."""

from pathlib import Path

import pytest
from projects import make_project

from leafletpress.build.library import read_translations
from leafletpress.model.problems import Origin
from leafletpress.read.languages.cldr import parse_cldr
from leafletpress.read.languages.units import wrong_units


def found(name: str, **units: str) -> list[str]:
    content = 'own_name = "x"\n\n[units]\n' + "".join(f'{unit} = "{form}"\n' for unit, form in units.items())
    problems = wrong_units("locale.toml", content.encode(), parse_cldr(Origin("locale.toml"), name), units)
    return [f"{problem.origin.line}: {problem.text}" for problem in problems]


@pytest.mark.parametrize(
    ("name", "unit", "form", "meant"),
    [
        ("es", "mg", "{number} g", "g"),
        ("es", "mg", "{number} gramos", "g"),
        ("de", "microgram", "{number} mg", "mg"),
        ("fr", "cm", "{number} mm", "mm"),
        ("uk", "mg", "{number} г", "g"),
        ("ar", "mg", "{number} غرام", "g"),
        ("hi", "mL", "{number} ली॰", "L"),
        ("ta", "mg", "{number} கிராம்", "g"),
        ("th", "microgram", "{number} มก.", "mg"),
        ("zh_Hans", "mg", "{number}克", "g"),
        ("pt", "g", "{number} mg", "mg"),
    ],
)
def test_the_sign_of_another_unit_is_refused_at_its_line(name: str, unit: str, form: str, meant: str) -> None:
    assert found(name, **{unit: form}) == [f'4: units: {unit} is written "{form}", which is {meant}']


@pytest.mark.parametrize(
    ("name", "units"),
    [
        ("ar", {"mg": "{number} ملغ", "microgram": "{number} مكغ"}),
        ("hi", {"mg": "{number} mg", "mL": "{number} mL", "mm": "{number} mm"}),
        ("en", {"microgram": "{number} mcg", "mg": "{number} milligrams"}),
        ("so", {"mg": "{number} miligaraam"}),
        ("zh_Hans", {"mg": "{number}毫克", "g": "{number}克"}),
    ],
)
def test_its_own_and_unknown_ones_are_let_through(name: str, units: dict[str, str]) -> None:
    assert found(name, **units) == []


def test_a_language_with_such_a_sign_is_not_read(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    path = project.folder("locales") / "es" / "locale.toml"
    path.write_text(path.read_text(encoding="utf-8") + '\n[units]\nmg = "{number} g"\n', encoding="utf-8")
    read = read_translations(project, ("es",))
    assert any('mg is written "{number} g", which is g' in problem.text for problem in read.problems)
    assert "es" not in [locale.name for locale in read.locales]
