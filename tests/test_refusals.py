"""Each refusal leads to a line where there is one: what is wrong with a project, and where `check` says that it is."""

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from projects import change, replace

from leafletpress.build import looks
from leafletpress.build.check import check
from leafletpress.build.library import Project, Wanted, read_library
from leafletpress.model.problems import LeafletError

SITE, LEAFLET = "sites/example-hospital.toml", "leaflets/every-block.yaml"
SPANISH, ENGLISH = "locales/es/locale.toml", "locales/en/locale.toml"
WORDS, EDITIONS, THEME = "templates/furniture.toml", "templates/editions.toml", "templates/patient/theme.toml"
PAGE, SHEET = "templates/patient/page.html.j2", "templates/patient/screen.css"

Edit = Callable[[Path], object]


def edit(file: str, old: str, new: str) -> Edit:
    return lambda root: replace(root / file, old, new)


def put(file: str, text: str) -> Edit:
    def write(root: Path) -> None:
        (root / file).parent.mkdir(exist_ok=True)
        (root / file).write_text(text, encoding="utf-8")

    return write


def all_of(*edits: Edit) -> Edit:
    return lambda root: [one(root) for one in edits]


def without(file: str, pattern: str) -> Edit:
    return lambda root: change(root / file, lambda text: re.sub(pattern, "", text))


def found(project: Project) -> list[str]:
    try:
        problems = check(read_library(project, Wanted())).problems
    except LeafletError as error:
        problems = error.problems
    return [str(problem) for problem in problems if problem.severity == "error"]


REGION = 'region = "GB"'
OWN_NAME = 'own_name = "Español"'
AT_A_LINE: dict[str, tuple[Edit, list[str]]] = {
    "a logo that is not there": (
        edit(SITE, REGION, f'{REGION}\nlogo = "x.png"'),
        [f'{SITE}:4:8: logo "x.png" can\'t be read'],
    ),
    "a logo that is none": (
        all_of(edit(SITE, REGION, f'{REGION}\nlogo = "x.png"'), put("sites/x.png", "x")),
        [f'{SITE}:4:8: logo "x.png" is neither PNG nor JPEG'],
    ),
    "a site without English, both its names, and a phone": (
        all_of(without(SITE, r"(?m)^en = .*\n"), edit(SITE, "+44 20 7946 0958", "+44 1")),
        [f"{SITE}:5:1: name has no English", f"{SITE}:22:1: service has no English", f'{SITE}:45:10: "+44 1" is no'],
    ),
    "a phone that is there twice": (
        edit(SITE, "[[phones]]", '[[phones]]\nkind = "clinic"\nnumber = "020 7946 0958"\n\n[[phones]]'),
        [f'{SITE}:51:10: "+44 20 7946 0958" is here already (as clinic at line 43'],
    ),
    "an address inside of one network": (
        edit(SITE, "https://skin.example.org/book", "https://intranet/book"),
        [f'{SITE}:64:11: address "https://intranet/book" has the wrong form'],
    ),
    "an unknown cldr": (
        edit(SPANISH, OWN_NAME, f'cldr = "xx"\n{OWN_NAME}'),
        [f'{SPANISH}:1:8: CLDR knows no locale "xx"'],
    ),
    "a folder that CLDR does not know": (
        lambda root: (root / "locales/es").rename(root / "locales/xx"),
        ['locales/xx/locale.toml:1:1: CLDR knows no locale "xx"'],
    ),
    "another language's name": (
        edit(SPANISH, '"Spanish"', '"German"'),
        [f'{SPANISH}:2:16: english_name = "German" is the language de, and es is Spanish (write "Spanish")'],
    ),
    "an unknown audience of a language": (
        edit(SPANISH, '"clinician"', '"nobody"'),
        [f'{SPANISH}:4:13: unknown audience "nobody"'],
    ),
    "an audience twice": (
        edit(SPANISH, '"clinician"', '"patient"'),
        [f'{SPANISH}:4:13: "patient" is in audiences already'],
    ),
    "an unknown font": (
        edit(SPANISH, '"Noto Sans"', '"Notto Sans"'),
        [f'{SPANISH}:5:12: the font "Notto Sans" is not installed (did you mean "Noto Sans"?)'],
    ),
    "a letter that no font has, written by its number": (
        edit(SITE, 'en = "Example Hospital"', r'en = "Example \U0001F642 Hospital"'),
        [f'{SITE}:6:6: no font has'],
    ),
    "words for opposites on both sides, and settings": (
        all_of(
            put("locales/es/opposites.toml", '[hot_cold]\nhot = ["a"]\ncold = ["a"]\n'),
            put("locales/es/glossary.toml", "negations = 5\n"),
            edit(SPANISH, '"ltr"', '"rtl"'),
        ),
        [
            'locales/es/glossary.toml:1:13: negations takes a list',
            f'{SPANISH}:3:13: direction = "rtl" is not that of Spanish',
            "locales/es/opposites.toml:3:8: [hot_cold] has on two sides: a",
        ],
    ),
    "a pair without a side": (
        put("locales/es/opposites.toml", '[hot_cold]\nhot = ["a"]\n'),
        ["locales/es/opposites.toml:1:1: [hot_cold] has hot (it needs hot and cold"],
    ),
    "words of the program that are missing": (
        without(WORDS, r"(?s)\[(?:for_staff|range)\].*?(?=\n\[)"),
        [f'{WORDS}:1:1: the words "for_staff" are missing', f'{WORDS}:1:1: the words "range" are missing'],
    ),
    "a name in braces": (
        edit(WORDS, 'text = "For staff"', 'text = "For {nobody}"'),
        [f'{WORDS}:14:12: unknown name "nobody" in braces'],
    ),
    "an unknown audience of an edition": (
        edit(EDITIONS, "[a4.pages.patient]", "[a4.pages.pateint]"),
        [f'{EDITIONS}:15:1: unknown audience "pateint" (did you mean "patient"?)'],
    ),
    "a format twice": (
        edit(EDITIONS, 'formats = ["html", "pdf", "docx"]', 'formats = ["pdf", "pdf"]'),
        [f'{EDITIONS}:13:11: "pdf" is in formats already'],
    ),
    "a page that is no template": (
        lambda root: change(root / PAGE, lambda text: f"{text}{{% if %}}"),
        [f"{PAGE}:24:1: not a template"],
    ),
    "a page in another encoding": (
        lambda root: (root / PAGE).write_bytes(b"x\n\xff"),
        [f"{PAGE}:2:1: this file is not UTF-8"],
    ),
    "a style sheet that hides": (
        lambda root: change(root / SHEET, lambda text: f"{text}\np {{ opacity: 0 }}\n"),
        [f'{SHEET}:7:5: "opacity: 0" hides'],
    ),
    "a record of no leaflet": (
        put(
            "signoffs/nobody.toml",
            f'\n[texts.{"0" * 32}]\na = "{"0" * 8}"\n',
        ),
        ['signoffs/nobody.toml'],
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", AT_A_LINE)
def test_a_refusal_leads_to_the_line(project: Project, kind: str) -> None:
    spoil, expected = AT_A_LINE[kind]
    spoil(project.root)
    told = found(project)
    assert len(told) == len(expected), told
    for begin in expected:
        assert any(problem.startswith(begin) for problem in told), told


# What is no file, or is called as no file may be: there is no line, and the message names the file itself.
NO_LINE: dict[str, tuple[Edit, str]] = {
    "no site": (lambda root: (root / SITE).unlink(), "sites: there is no site"),
    "no English": (lambda root: shutil.rmtree(root / "locales/en"), f"{ENGLISH}: there is no English"),
    "a leaflet that is a pipe": (
        lambda root: os.mkfifo(root / "leaflets/pipe.yaml"),
        "leaflets/pipe.yaml: can't be read: it is not a regular file",
    ),
    "a leaflet that is a folder": (
        lambda root: (root / "leaflets/folder.yaml").mkdir(),
        "leaflets/folder.yaml: can't be read: Is a directory",
    ),
    "a leaflet that leads nowhere": (
        lambda root: (root / "leaflets/link.yaml").symlink_to("nothing"),
        "leaflets/link.yaml: can't be read: No such file",
    ),
    "a record that is a pipe": (
        all_of(put("signoffs/x", ""), lambda root: os.mkfifo(root / "signoffs/every-block.toml")),
        "signoffs/every-block.toml: can't be read: it is not a regular file",
    ),
    "a site's name": (
        lambda root: (root / SITE).rename(root / "sites/North Wing.toml"),
        'sites/North Wing.toml: "North Wing" is no name for a site',
    ),
}


@pytest.mark.parametrize("kind", NO_LINE)
def test_what_has_no_line_is_told_by_its_file(project: Project, kind: str) -> None:
    spoil, expected = NO_LINE[kind]
    spoil(project.root)
    (told,) = found(project)
    assert told.startswith(expected)


@pytest.mark.parametrize("name", [".#every-block.yaml", "._every-block.yaml"])
def test_hidden_files_which_editors_leave_are_nobodys_leaflets(project: Project, name: str) -> None:
    (project.root / "leaflets" / name).symlink_to("nobody@nowhere.1")
    assert found(project) == []


def test_a_page_without_end_is_given_up(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looks, "_MOST_SECONDS", 1)
    loop = "{% for x in range(99999) %}" * 3 + "{% endfor %}" * 3
    change(project.root / PAGE, lambda text: f"{text}{loop}")
    (told,) = found(project)
    assert told.startswith(f"{PAGE}: a page takes more than")


def test_pages_and_words_are_told_beside_a_site_that_cannot_be_read(project: Project) -> None:
    spoiled = SITE, ENGLISH, PAGE, "signoffs/every-block.toml", "locales/es/glossary.toml", THEME
    for name in spoiled:
        put(name, "\ufeff] : [\x07\n")(project.root)
    (project.root / PAGE).write_bytes(b"\xff")
    assert {problem.partition(":")[0] for problem in found(project)} == {*spoiled}
