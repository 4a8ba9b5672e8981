"""A site is read from its TOML file, or every problem in it is told at its line and column."""

from pathlib import Path

import pytest
from projects import ROOT

from leafletpress.build.library import Project, Wanted, read_library
from leafletpress.model.locale import SOURCE
from leafletpress.model.problems import ExitCode, LeafletError
from leafletpress.read.located.files import Files
from leafletpress.read.sites import read_site, site_ids
from leafletpress.read.templates import read_editions

SMALL = """\
region = "GB"
[name]
en = "A hospital"
[service]
en = "A clinic"
"""
EDITIONS = ("a4", "letter", "large_print")
NUMBER_HINT = "digits: 020 7946 0958, +44 20 7946 0958 or 020 7946 0958 ext. 123"
HOURS_HINT = "days and hours: Mo-Fr 09:00-17:00, or Mo,We 13:30-16:00, or Sa-Su 00:00-24:00"
REGION_HINT = "two capitals by ISO 3166: GB is the United Kingdom"
WEB = '[[web]]\nkind = "booking"\naddress = "https://skin.example.org/"\n'
PHONE = '[[phones]]\nkind = "clinic"\nnumber = "+44 20 7946 0958"\n'


def problems(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "sites" / "north.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    try:
        read_site(Files(tmp_path), path.stem, EDITIONS)
    except LeafletError as error:
        return [str(problem).removeprefix("sites/north.toml:").strip() for problem in error.problems]
    return []


@pytest.mark.parametrize("path", sorted((ROOT / "sites").glob("*.toml")), ids=lambda path: path.stem)
def test_a_shipped_site_has_words_in_every_shipped_language(path: Path) -> None:
    site = read_site(Files(ROOT), path.stem, read_editions(Files(ROOT)))
    names = {folder.parent.name for folder in (ROOT / "locales").glob("*/locale.toml")}
    for words in (site.name, site.service):
        assert isinstance(words, str) or words.keys() >= names


def test_phones_and_pages_may_be_absent(tmp_path: Path) -> None:
    path = tmp_path / "sites" / "north.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(SMALL)
    site = read_site(Files(tmp_path), path.stem, EDITIONS)
    assert (site.id, site.region, site.phones, site.web) == ("north", "GB", (), ())
    assert site.phone("emergency") is None


@pytest.mark.parametrize(
    ("line", "embedded"), [("", True), ("embed_fonts = true\n", True), ("embed_fonts = false\n", False)]
)
def test_word_files_bring_their_fonts_unless_the_site_says_no(tmp_path: Path, line: str, embedded: bool) -> None:
    path = tmp_path / "sites" / "north.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(line + SMALL)
    assert read_site(Files(tmp_path), path.stem, EDITIONS).embeds_fonts is embedded


def test_the_first_number_of_a_kind_counts(tmp_path: Path) -> None:
    path = tmp_path / "sites" / "north.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(SMALL + PHONE + PHONE.replace("0958", "0000"))
    assert read_site(Files(tmp_path), path.stem, EDITIONS).phone("clinic") == "020 7946 0958"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            SMALL.replace("region", "regoin"),
            ['1:1: unknown key "regoin" (did you mean "region"?)', '1:1: file lacks "region"'],
        ),
        (SMALL.replace("GB", "Britain"), [f'1:10: unknown region "Britain" ({REGION_HINT})']),
        (SMALL.replace("GB", "UK"), [f'1:10: unknown region "UK" ({REGION_HINT})']),
        (
            SMALL.replace('[name]\nen = "A hospital"', 'name = ["A hospital"]'),
            ['2:8: name takes keys and values, one "key: value" each'],
        ),
        (
            SMALL.replace('en = "A h', 'EN = "A h'),
            ['3:1: name key "EN" has the wrong form (a folder of locales/)'],
        ),
        (
            SMALL + PHONE + 'hours = ["Mo-Fr 9-17", "Mo 09:00-12:00", "Mo-We 11:00-13:00"]\n',
            [
                f'9:9: hours "Mo-Fr 9-17" have the wrong form ({HOURS_HINT})',
                '9:9: hours "Mo-We 11:00-13:00" say again when it is open (name each hour once)',
            ],
        ),
        (
            'email = "skin at example.org"\n' + SMALL,
            ['1:9: email "skin at example.org" has the wrong form (an email address: skin@example.org)'],
        ),
        (SMALL.replace("A clinic", ""), ["5:6: en is empty"]),
        (SMALL + PHONE.replace("clinic", "clinik"), ['7:8: unknown kind "clinik" (did you mean "clinic"?)']),
        (
            SMALL + PHONE.replace("+44 20", "call 20"),
            [f'8:10: number "call 20 7946 0958" has the wrong form ({NUMBER_HINT})'],
        ),
        (
            SMALL + PHONE.replace("number", "numbr"),
            ['8:1: unknown key "numbr" (did you mean "number"?)', '6:1: phone lacks "number"'],
        ),
        (
            SMALL + PHONE + "[phones.hours]\nen = 'noon'\n",
            ["9:1: hours takes a list"],
        ),
        (
            SMALL + WEB.replace("https:", "http:"),
            ['8:11: address "http://skin.example.org/" has the wrong form (a web address, https://…)'],
        ),
        (SMALL + '[[web]]\nkind = "booking"\n', ['6:1: web lacks "address"']),
        (
            SMALL + PHONE + PHONE.replace("clinic", "x") + PHONE.replace("+44", "++"),
            [
                '10:8: unknown kind "x" (known: call_back, clinic, emergency, interpreter, out_of_hours, text_rel',
                f'14:10: number "++ 20 7946 0958" has the wrong form ({NUMBER_HINT})',
            ],
        ),
        (SMALL + "[name]\n", ["6:6: not TOML: cannot declare ('name',) twice"]),
        ("", ["1:1: the file is empty"]),
        (
            SMALL.replace("A clinic", "A\\u202e clinic"),
            ["5:6: character U+202E right-to-left override is not allowed (delete its escape"],
        ),
        (
            SMALL.replace("A clinic", "A\\uFFFE clinic\\u0007"),
            ["5:6: character U+FFFE", "5:6: character U+0007"],
        ),
        (SMALL.replace("region", '"re\\u0007gion"'), ["1:1: character U+0007 control character is not allowed"]),
        (SMALL.replace("A clinic", "A \\uD800"), ["5:15: not TOML: escaped character is not a Unicode scalar value"]),
        ("embed_fonts = 'no'\n" + SMALL, ['1:15: embed_fonts "no" is not a switch (true or false)']),
        (SMALL.replace("A clinic", "A\u202e clinic"), ["5:8: character U+202E right-to-left override is not allowed"]),
    ],
    ids=[
        "key",
        "region",
        "region_of_the_web",
        "text_for_table",
        "locale_of_name",
        "hours",
        "email",
        "empty",
        "kind",
        "number",
        "key_of_phone",
        "hours_by_language",
        "address",
        "no_address",
        "several",
        "twice",
        "empty_file",
        "escaped_bidi",
        "escaped_controls",
        "escaped_in_key",
        "surrogate",
        "switch",
        "bidi",
    ],
)
def test_the_problems_of_a_site_are_exactly_these(tmp_path: Path, text: str, expected: list[str]) -> None:
    found = problems(tmp_path, text)
    assert len(found) == len(expected)
    assert all(problem.startswith(start) for problem, start in zip(found, expected, strict=True)), found


def test_words_without_english_are_told(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, SMALL.replace('en = "A clinic"', 'es = "Una consulta"'))
    assert 'each table of words needs "en"' in problem


def test_sites_are_listed_in_alphabetical_order(tmp_path: Path) -> None:
    (tmp_path / "sites").mkdir()
    for name in ("b.toml", "a.toml", "notes.txt"):
        (tmp_path / "sites" / name).touch()
    assert site_ids(Files(tmp_path)) == ["a", "b"]


def library_problem(project: Project, site: str | None) -> tuple[str, ExitCode]:
    with pytest.raises(LeafletError) as caught:
        read_library(project, Wanted(locales=(SOURCE,), site=site))
    return str(caught.value), caught.value.exit_code


def test_of_several_sites_one_must_be_named(project: Project) -> None:
    folder = project.folder("sites")
    for name in ("north", "south"):
        (folder / f"{name}.toml").write_text(SMALL)
    said, code = library_problem(project, None)
    assert said == "sites: there are 3 sites (choose one with --site: example-hospital, north, south)"
    assert code == ExitCode.USAGE
    assert read_library(project, Wanted(locales=(SOURCE,), site="south")).site.id == "south"


def test_a_misspelt_site_is_told_with_the_name_that_was_meant(project: Project) -> None:
    assert library_problem(project, "example-hospitl") == (
        '--site: unknown site "example-hospitl" (did you mean "example-hospital"?)',
        ExitCode.USAGE,
    )
    assert library_problem(project, "../sites/example-hospital")[1] == ExitCode.USAGE


def test_without_any_site_nothing_can_be_built(project: Project) -> None:
    (project.folder("sites") / "example-hospital.toml").unlink()
    assert library_problem(project, None) == ("sites: there is no site (write sites/<name>.toml)", ExitCode.CONTENT)
