"""A leaflet may set how many sides it may have: on A4 just these, in other editions in proportion."""

from pathlib import Path

import pytest
from projects import CONDITION, ROOT, change, replace

from leafletpress.build.explain import foresee
from leafletpress.build.library import Project, Wanted
from leafletpress.build.run import Build, Order, build
from leafletpress.model.edition import Budget, Edition
from leafletpress.model.problems import ExitCode, LeafletError
from leafletpress.read.leaflets import parse_leaflet
from leafletpress.read.located.files import Files
from leafletpress.read.templates import read_editions

TITLE = "title: Every block\n"
EDITIONS = read_editions(Files(ROOT))
LANGUAGES = ("en", "es", "ta", "zh_Hans", "pt_BR")


def leaflet(project: Project) -> Path:
    return project.folder("leaflets") / f"{CONDITION}.yaml"


@pytest.mark.parametrize("locale", LANGUAGES)
@pytest.mark.parametrize("sides", [1, 2, 8, 99])
def test_in_the_default_edition_the_budget_is_the_leaflets_own_in_every_language(locale: str, sides: int) -> None:
    edition = EDITIONS["a4"].with_sides("patient", sides)
    assert edition.most_sides("patient", locale) == sides
    assert edition.most_sides("clinician", locale) == EDITIONS["a4"].most_sides("clinician", locale)


@pytest.mark.parametrize("name", EDITIONS)
@pytest.mark.parametrize("locale", LANGUAGES)
def test_a_leaflet_without_a_budget_of_its_own_has_that_of_each_edition(name: str, locale: str) -> None:
    for audience in EDITIONS[name].pages:
        same = EDITIONS["a4"].most_sides(audience, locale)
        for edition in (
            EDITIONS[name].with_sides(audience, None),
            EDITIONS[name].with_sides(audience, same),
        ):
            assert edition.most_sides(audience, locale) == EDITIONS[name].most_sides(audience, locale)


@pytest.mark.parametrize(
    ("name", "locale", "sides", "most"),
    [
        ("large_print", "en", 8, 16),  # 12 where A4 has 6
        ("large_print", "ta", 2, 4),
        ("letter", "tr", 8, 8),
        ("letter", "ta", 8, 8),  # 7 where A4 has 7
        ("booklet", "en", 1, 1),
    ],
)
def test_another_edition_grows_and_shrinks_as_the_default_one_does(
    name: str, locale: str, sides: int, most: int
) -> None:
    edition = EDITIONS[name].with_sides("patient", sides)
    assert edition.most_sides("patient", locale) == most
    assert edition.most_pages("patient", locale) == most * (2 if edition.folded else 1)


def test_a_language_that_takes_more_room_by_default_takes_its_share_elsewhere() -> None:
    default = {"patient": Budget(4, 6, {"ta": 8})}
    edition = Edition("A4", ("pdf",), {"patient": Budget(8, 12)}, name="large", default_pages=default)
    assert [edition.with_sides("patient", 8).most_sides("patient", locale) for locale in ("en", "es", "ta")] == [
        16, 16, 12,
    ]  # fmt: skip


def test_without_a_default_edition_for_the_audience_the_budget_is_the_leaflets_own() -> None:
    edition = Edition("Letter", ("pdf",), {"carer": Budget(2, 3)}, name="letter")
    assert edition.with_sides("carer", 5).most_sides("carer", "es") == 5


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("sides: {patient: 0}", '5:18: patient "0" is out of range (a whole number from 1 to 99)'),
        ("sides: {patient: 100}", '5:18: patient "100" is out of range (a whole number from 1 to 99)'),
        ("sides: {patient: -2}", '5:18: patient "-2" is out of range (a whole number from 1 to 99)'),
        ("sides: {patient: 2.5}", '5:18: patient "2.5" is not a number (digits)'),
        ("sides: {patient: six}", '5:18: patient "six" is not a number (digits)'),
        ("sides: {patient: 1_0}", '5:18: patient "1_0" is not a number (digits)'),
        ("sides: {patient: ٨}", '5:18: patient "٨" is not a number (digits)'),
        ("sides: {patient: [8]}", "5:18: patient takes a text, not a list"),
        ("sides: {nurse: 8}", '5:9: unknown audience "nurse" (known: clinician, patient)'),
        ("sides: 8", '5:8: sides takes keys and values, one "key: value" each'),
    ],
)
def test_a_budget_that_is_none_is_told_at_its_place(project: Project, head: str, said: str) -> None:
    replace(leaflet(project), TITLE, f"{TITLE}{head}\n")
    with pytest.raises(LeafletError) as caught:
        parse_leaflet(Files(project.root), CONDITION, leaflet(project).read_bytes(), ["patient", "clinician"])
    assert [str(one).removeprefix(f"leaflets/{CONDITION}.yaml:") for one in caught.value.problems] == [said]


def test_a_budget_for_those_whom_the_leaflet_is_not_for_is_told(project: Project) -> None:
    replace(leaflet(project), TITLE, f"{TITLE}audiences: [patient]\nsides: {{patient: 8, clinician: 6}}\n")
    with pytest.raises(LeafletError) as caught:
        parse_leaflet(Files(project.root), CONDITION, leaflet(project).read_bytes(), ["patient", "clinician"])
    said = f"leaflets/{CONDITION}.yaml:6:21: no clinician reads this: the leaflet is for patient "
    assert any(str(problem).startswith(said) for problem in caught.value.problems)


def test_a_leaflet_over_its_budget_is_told_and_one_that_allows_itself_more_is_not(
    project: Project, tmp_path: Path
) -> None:
    wanted = Wanted(locales=("en",), audiences=("patient",), formats=("pdf",))

    def run() -> Build:
        return build(project, Order(wanted, tmp_path / "out", "out", workers=1))

    budget = "[a4.pages.patient]\nenglish = 6"
    change(project.folder("templates") / "editions.toml", lambda text: text.replace(budget, budget[:-1] + "1"))
    (outcome,) = run().outcomes
    (problem,) = outcome.problems
    assert "sides, at most 1 are allowed" in problem.text
    assert problem.hint == "shorten the text, or allow more: sides of the leaflet, or templates/editions.toml for all"
    replace(leaflet(project), TITLE, f"{TITLE}sides: {{patient: 9}}\n")
    (outcome,) = run().outcomes
    assert (outcome.problems, outcome.exit_code) == ((), ExitCode.OK)
    replace(leaflet(project), "{patient: 9}", "{patient: 1}")
    ((_, reasons),) = foresee(project, wanted, tmp_path / "out", "out", release=False).documents
    assert reasons == ("the sides that it may have",)
