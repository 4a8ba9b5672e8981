"""What no setting can mean is refused at its line, with what it could be."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from projects import CONDITION, VALID, copy_language, copy_looks, replace

from leafletpress.build.init import new_project
from leafletpress.model.problems import LeafletError
from leafletpress.read.languages.locale import read_locale
from leafletpress.read.leaflets import read_leaflet
from leafletpress.read.located.files import Files
from leafletpress.read.sites import read_site
from leafletpress.read.skeleton import new_leaflet
from leafletpress.read.templates import read_audiences, read_editions

EDITIONS, THEME = "templates/editions.toml", "templates/patient/theme.toml"
LEAFLET, SITE = f"leaflets/{CONDITION}.yaml", "sites/example-hospital.toml"
DEVICES = ("con", "nul", "prn", "aux", "com1", "lpt9", "com0")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    copy_looks(tmp_path)
    copy_language(tmp_path, "en")
    shutil.copytree(VALID, tmp_path / "leaflets")
    return tmp_path


def read(root: Path, file: str) -> object:
    files = Files(root)
    match file:
        case _ if file == EDITIONS:
            return read_editions(files)
        case _ if file == THEME:
            return read_audiences(files)
        case _ if file == SITE:
            return read_site(files, "example-hospital", ("a4",))
    return read_leaflet(files, CONDITION, ("patient", "clinician"))


def refusals(call: Callable[[], object]) -> list[str]:
    with pytest.raises(LeafletError) as caught:
        call()
    return [str(problem) for problem in caught.value.problems]


_OLD = {
    "type_size": "type_size = 18",
    "smallest_type": "smallest_type = 16",
    "margins": 'margins = "13mm 14mm 12mm"',
    "english": "english = 4",
    "notes_lines": "notes_lines = 2",
    "reading_grade": "reading_grade = 6",
}


@pytest.mark.parametrize("key", ["type_size", "smallest_type", "english", "notes_lines", "reading_grade"])
@pytest.mark.parametrize("value", ["inf", "-inf", "nan", "-1", "1000000", "1e308", "9" * 30, '"x"', "[]"])
def test_a_number_that_nobody_can_mean_is_refused(root: Path, key: str, value: str) -> None:
    file = THEME if key in ("notes_lines", "reading_grade") else EDITIONS
    line = (root / file).read_text(encoding="utf-8").split("\n").index(_OLD[key]) + 1
    replace(root / file, _OLD[key], f"{key} = {value}")
    assert all(told.startswith(f"{file}:{line}:") for told in refusals(lambda: read(root, file)))


@pytest.mark.parametrize(
    "margins",
    ["900mm 900mm 900mm", "13mm 110mm 12mm", "99999999mm 1mm 1mm", "0mm 0mm 0mm", "13mm 14mm", "13mm 14mm 12mm "],
)
def test_margins_that_leave_no_room_or_no_edge_are_refused(root: Path, margins: str) -> None:
    replace(
        root / EDITIONS, _OLD["margins"], f'margins = "{margins}x"' if margins[-1] == " " else f'margins = "{margins}"'
    )
    (told,) = refusals(lambda: read(root, EDITIONS))
    assert "has the wrong form (top, sides and bottom, 5 to 49 mm: 14mm 18mm 16mm)" in told


@pytest.mark.parametrize("name", ["exe", "../x", "PDF", ""])
def test_a_format_that_there_is_not_is_refused(root: Path, name: str) -> None:
    replace(root / EDITIONS, 'formats = ["html", "pdf", "docx"]', f'formats = ["html", "{name}"]')
    assert len(refusals(lambda: read(root, EDITIONS))) == 1


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('label = "audience_patient"', 'label = "audience_pacient"', 'did you mean "audience_patient"?'),
        ('references_heading = "sources"', 'references_heading = "nothing"', 'unknown key of furniture.toml "nothing"'),
        ('name = "words"', 'nobody = "words"', 'unknown line to fill in "nobody"'),
    ],
)
def test_a_theme_names_words_that_there_are(root: Path, old: str, new: str, told: str) -> None:
    replace(root / THEME, old, new)
    (found,) = refusals(lambda: read(root, THEME))
    assert found.startswith(f"{THEME}:")
    assert told in found


@pytest.mark.parametrize("digits", [13, 26, 60, 1500])
@pytest.mark.parametrize("old", ["value: 250 to 500", 'value: "38"', 'value: "5218"', "value: 1 in 600"])
def test_a_number_of_more_digits_than_are_printed_is_refused(root: Path, old: str, digits: int) -> None:
    value = "1" * digits
    replace(root / LEAFLET, old, f'value: "{value} in {value}0"' if " in " in old else f'value: "{value}"')
    assert any("has the wrong form" in told for told in refusals(lambda: read(root, LEAFLET)))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("- id: warnings", "- id: prose"),
        ("- id: boxes", "- id: picture"),
        ("- id: now", "- id: today"),
        ("      - id: shapes", "      - id: dots"),
    ],
)
def test_ids_that_are_given_twice_are_told_alone(root: Path, old: str, new: str) -> None:
    replace(root / LEAFLET, old, new)
    (told,) = refusals(lambda: read(root, LEAFLET))
    assert "duplicate id" in told


def test_a_glossary_of_more_words_than_any_language_needs_is_refused(root: Path) -> None:
    listed = ", ".join(f'"no{number}"' for number in range(501))
    (root / "locales" / "en" / "glossary.toml").write_text(f"negations = [{listed}]\n")
    (told,) = refusals(lambda: read_locale(Files(root), "en", (), None))
    assert told == "locales/en/glossary.toml:1:13: negations has 501 members, at most 500 fit"


@pytest.mark.parametrize("name", DEVICES)
def test_the_names_of_devices_are_no_names(root: Path, name: str) -> None:
    shutil.copy(root / LEAFLET, root / "leaflets" / f"{name}.yaml")
    shutil.copy(root / SITE, root / "sites" / f"{name}.toml")
    told = [
        *refusals(lambda: read_leaflet(Files(root), name, ("patient", "clinician"))),
        *refusals(lambda: read_site(Files(root), name, ("a4",))),
        *refusals(lambda: new_leaflet(Files(root), name, date(2026, 1, 31), ("patient",))),
        *refusals(lambda: new_project(root.parent / f"{root.name} new", name, ())),
    ]
    assert len(told) == 4
    shutil.copytree(root / "templates" / "patient", root / "templates" / name)
    (found,) = refusals(lambda: read(root, THEME))
    assert found.startswith(f'templates/{name}/theme.toml: "{name}" is no name for an audience')
    replace(root / EDITIONS, "[large_print]", f"[{name}]")
    assert "is the name of a device on Windows" in refusals(lambda: read(root, EDITIONS))[0]
    replace(root / LEAFLET, "image: dots.png", f"image: {name}.png")
    assert any("is the name of a device" in one for one in refusals(lambda: read(root, LEAFLET)))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('en = "Example Hospital"\n', "", "name has no English words"),
        ('en = "Skin clinic"\n', "", "service has no English words"),
        ('region = "GB"\n', 'region = "GB"\nlogo = "no.png"\n', 'logo "no.png" can\'t be read'),
    ],
)
def test_what_is_wrong_with_a_site_has_its_line(root: Path, old: str, new: str, told: str) -> None:
    replace(root / SITE, old, new)
    (found,) = refusals(lambda: read(root, SITE))
    place, _, text = found.partition(": ")
    assert place.count(":") == 2
    assert text.startswith(told)
