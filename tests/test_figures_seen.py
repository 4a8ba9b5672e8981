"""A figure that changed in the English prints in no language before a translator saw it, catalogs updated or not."""

import re

import pytest
from projects import TRANSLATED, catalog, catalog_in, change, composed, read, replace, update_catalogs

from leafletpress.build.check import check
from leafletpress.build.library import Project
from leafletpress.model.handout import texts

SOURCE = "leaflets/every-block.yaml"
CHANGES = [
    ("value: 250 to 500, unit: mg/day", "value: 2500 to 5000, unit: mg/day", "{tablet_dose} is 2500 to 5000 now"),
    ("value: 250 to 500, unit: mg/day", "value: 250 to 500, unit: g/day", "{tablet_dose} is 250 to 500 now"),
    ("value: 250 to 500, unit: mg/day", "value: 25 to 500, unit: mg/day", "{tablet_dose} is 25 to 500 now"),
    ('{kind: temperature, value: "38"', '{kind: temperature, value: "39"', "{body_heat} is 39 now"),
]


def stale(project: Project, locale: str) -> list[str]:
    """What a release would withhold the patient's leaflet for."""
    return [gap.issue for gap in composed(project, locale, "patient").gaps if gap.reason == "fuzzy"]


@pytest.mark.parametrize(("old", "new", "said"), CHANGES)
def test_a_figure_that_no_translator_saw_prints_in_no_language(project: Project, old: str, new: str, said: str) -> None:
    replace(project.root / SOURCE, old, new)
    for locale in TRANSLATED:
        assert any(issue.startswith(said) for issue in stale(project, locale)), locale
    assert stale(project, "en") == []
    found = [problem for problem in check(read(project)).problems if said in problem.text]
    assert {problem.origin.file.split("/")[1] for problem in found} == set(TRANSLATED)
    assert all(problem.severity == "error" and problem.origin.line for problem in found)


def test_what_prints_instead_is_english_and_says_so(project: Project) -> None:
    replace(project.root / SOURCE, *CHANGES[0][:2])
    spanish = texts(composed(project, "es", "patient").handout)
    assert [text for text in spanish if text.untranslated and text.language == "en" and "5,000" in str(text)]


def test_the_figure_prints_again_when_a_translator_saw_it(project: Project) -> None:
    replace(project.root / SOURCE, *CHANGES[0][:2])
    update_catalogs(project)
    assert stale(project, "es")  # the entry is fuzzy now
    change(catalog(project, "es"), lambda text: text.replace("#, fuzzy\n", ""))
    assert stale(project, "es") == []


def test_an_entry_that_does_not_say_its_figure_was_seen_by_nobody(project: Project) -> None:
    change(catalog(project, "es"), lambda text: re.sub(r"#\. \{tablet_dose\} prints: .*\n", "", text))
    assert stale(project, "es")


def test_comments_may_be_wrapped_by_the_program_of_a_translator(project: Project) -> None:
    change(catalog(project, "es"), lambda text: text.replace("prints: 250 to 500", "prints: 250\n#. to 500"))
    assert stale(project, "es") == []


def test_a_fact_has_nothing_to_do_with_a_name_in_the_words_of_templates(project: Project) -> None:
    path = project.root / SOURCE
    change(path, lambda text: text.replace("tablet_dose", "dose"))
    update_catalogs(project)
    for locale in TRANSLATED:
        change(catalog(project, locale), lambda text: text.replace("{tablet_dose}", "{dose}").replace("#, fuzzy\n", ""))
    update_catalogs(project)
    assert [issue for issue in stale(project, "es") if "{dose} is" in issue] == []
    assert not [gap for gap in composed(project, "es", "patient").gaps if gap.context.startswith("furniture.")]


def test_a_cell_that_is_nothing_but_a_dose_has_an_entry_so_that_translators_see_it_change(project: Project) -> None:
    context, text = "lists.rows", "{tablet_dose}"
    entry = catalog_in(catalog(project, "es")).entries[context, text]
    assert "{tablet_dose} prints: 250 to 500 mg/day (dose)" in entry.comments
    change(catalog(project, "es"), lambda po: po.replace(f'msgstr "{entry.translation}"', f'msgstr "{text}"'))
    made = composed(project, "es", "patient")
    assert made.gaps == ()
    replace(project.root / SOURCE, *CHANGES[0][:2])
    (gap,) = (gap for gap in composed(project, "es", "patient").gaps if gap.context == context and gap.text == text)
    assert gap.issue.startswith("{tablet_dose} is 2500 to 5000 now, which no translator saw")


def test_a_cell_of_figures_that_nobody_takes_has_no_entry(project: Project) -> None:
    replace(project.root / SOURCE, '"{tablet_dose}", "{better} improved"', '"{tablet_dose}", "{better}"')
    update_catalogs(project)
    assert not [key for key in catalog_in(catalog(project, "es")).entries if key[1] == "{better}"]
