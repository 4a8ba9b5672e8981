"""What an author mends in looks alone keeps its translations; what is more than that is refused and left alone."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from clinic import CONDITION, SPANISH, make_clinic, source, spanish
from projects import catalog_in, change, replace, update_catalogs

from leafletpress.build.dictionary import is_word
from leafletpress.build.library import Project, Wanted, read_library, read_translations
from leafletpress.build.versions import bumped
from leafletpress.model.releases import RELEASES_FILE, text_version, with_published
from leafletpress.publish.releases import dump_releases
from leafletpress.read.languages.catalogs import Entry
from leafletpress.read.releases import read_releases
from leafletpress.translate.add import add_locale
from leafletpress.translate.backtranslation import backtranslation_file
from leafletpress.translate.cosmetic import Rewording, follow_cosmetic
from leafletpress.translate.findings import check_backtranslations
from leafletpress.translate.revisions import raise_revisions
from leafletpress.translate.worksheet import take_in, worksheet

BATH = "Wash in warm water, not in hot water. Then pat the skin dry with a soft towel and do not rub it."
BIOPSY = "We may take a biopsy. It is a small piece of skin that we look at under the microscope."
CALL = "Call 112 if you can **not** breathe.[@first_2020]"
STOP = "Do **not** stop the tablets on your own."
STOP_NOW = "Do **not** stop the tablets on your own!"


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The clinic with its Spanish whole and with a Polish that has nothing yet; it is read only."""
    project = make_clinic(tmp_path_factory.mktemp("cosmetic") / "project")
    add_locale(project.files(), "pl", None)
    update_catalogs(project)
    return project


@pytest.fixture
def project(clinic: Project, tmp_path: Path) -> Project:
    return Project(Path(shutil.copytree(clinic.root, tmp_path / "project")))


def follow(project: Project, locales: tuple[str, ...] = ()) -> list[Rewording]:
    """What was reworded, after catalogs followed what is cosmetic of it."""
    found = read_translations(project, locales, catalogs=False)
    rewordings, _, problems = follow_cosmetic(project.files(), found.domains, found.locales, is_word)
    assert problems == []
    return rewordings


def mend(project: Project, old: str, new: str) -> None:
    replace(source(project), old, new)


def entry(project: Project, text: str, locale: str = "es") -> Entry | None:
    path = project.folder("locales") / locale / "LC_MESSAGES" / f"{CONDITION}.po"
    return next((one for one in catalog_in(path).entries.values() if one.text == text), None)


def state(found: Entry | None) -> tuple[str, tuple[str, ...], str | None]:
    assert found
    return found.translation, found.flags, found.previous


def test_a_cosmetic_change_keeps_the_translation_and_shows_nothing_to_translators(project: Project) -> None:
    before = spanish(project).read_text(encoding="utf-8")
    mend(project, "with a full glass of water.", "with a full glass of water!")
    old = "Take one tablet in the morning with a full glass of water."
    (found,) = follow(project)
    assert (found.old, found.message.text, found.judgement.against) == (old, f"{old[:-1]}!", ())
    assert (found.current, found.waiting) == (["es"], ["pl"])
    lines = source(project).read_text(encoding="utf-8").split("\n")
    assert f"{old[:-1]}!" in lines[found.message.origin.line - 1]
    # The English of one entry is another; not a letter besides.
    assert spanish(project).read_text(encoding="utf-8") == before.replace(f'"{old}"', f'"{old[:-1]}!"')


def test_an_update_after_it_has_nothing_to_do_but_the_templates(project: Project) -> None:
    mend(project, STOP, STOP_NOW)
    follow(project)
    assert update_catalogs(project) == [f"locales/pot/{CONDITION}.pot"]
    assert state(entry(project, STOP_NOW)) == (SPANISH[STOP], (), None)


def test_what_is_more_than_cosmetic_is_refused_and_left_alone(project: Project) -> None:
    before = spanish(project).read_bytes()
    mend(project, "Call 112 if", "Call 999 if")
    mend(project, "Wash in warm water, not", "Wash in warm water not")
    found = {one.message.text: one.judgement.against for one in follow(project)}
    assert set(found) == {CALL.replace("112", "999"), BATH.replace("water, not", "water not")}
    assert all(found.values())
    assert spanish(project).read_bytes() == before
    update_catalogs(project)
    assert state(entry(project, CALL.replace("112", "999"))) == (SPANISH[CALL], ("fuzzy",), CALL)


def test_of_two_changes_in_one_place_the_cosmetic_one_is_found_whatever_their_order(project: Project) -> None:
    mend(
        project,
        f"            - Do **not** take an antacid with your tablets.[@second_2021]\n            - {STOP}\n",
        f'            - "{STOP_NOW}"\n            - Do **not** take two antacids with it.[@second_2021]\n',
    )
    found = {one.message.text: bool(one.judgement.against) for one in follow(project)}
    assert found == {STOP_NOW: False, "Do **not** take two antacids with it.[@second_2021]": True}
    assert state(entry(project, STOP_NOW)) == (SPANISH[STOP], (), None)


def test_a_text_that_came_or_left_alone_is_no_rewording(project: Project) -> None:
    change(source(project), lambda text: text.replace(f"            - {STOP}\n", ""))
    mend(project, "          - Take one tablet", "          - Eat well.\n          - Take one tablet")
    assert follow(project) == []


def test_a_text_never_follows_into_another_place(project: Project) -> None:
    mend(project, "      - id: tests\n", "      - id: moved\n")
    mend(project, BIOPSY, BIOPSY[:-1] + "!")
    assert follow(project) == []


def test_what_was_fuzzy_stays_so_with_the_english_that_it_was_made_for(project: Project) -> None:
    mend(project, "on your own", "by yourself")
    update_catalogs(project)
    mend(project, "by yourself.", "by yourself!")
    (found,) = follow(project)
    assert (found.current, found.waiting, found.judgement.against) == ([], ["es", "pl"], ())
    now = "Do **not** stop the tablets by yourself!"
    assert state(entry(project, now)) == (SPANISH[STOP], ("fuzzy",), STOP)
    mend(project, "by yourself!", "alone.")
    update_catalogs(project)
    assert state(entry(project, "Do **not** stop the tablets alone.")) == (SPANISH[STOP], ("fuzzy",), STOP)


def test_what_failed_the_check_fails_it_still(project: Project) -> None:
    replace(spanish(project), "**No** deje", "Deje")
    mend(project, STOP, STOP_NOW)
    follow(project)
    update_catalogs(project)
    found = read_translations(project, ("es",)).locales[0]
    text = found.translate(CONDITION, "help.dont", STOP_NOW)
    assert text.text is None


def test_a_remark_of_a_translator_stays(project: Project) -> None:
    change(spanish(project), lambda text: text.replace("\n#. callout", "\n# Asked the clinic.\n#. callout"))
    mend(project, STOP, STOP_NOW)
    follow(project)
    found = entry(project, STOP_NOW)
    assert found
    assert found.remarks == (" Asked the clinic.",)


def test_a_value_that_changed_behind_a_name_is_refused(project: Project) -> None:
    mend(
        project,
        "in the morning and {evening_dose} in the evening.",
        "in the morning and {evening_dose} in the evening!",
    )
    change(source(project), lambda text: text.replace("value: 5 to 10", "value: 5 to 20"))
    (found,) = follow(project)
    assert "figure" in found.judgement.against[0]
    assert entry(project, "Take {morning_dose} in the morning and {evening_dose} in the evening!") is None


def test_only_the_languages_that_are_named_follow(project: Project) -> None:
    mend(project, STOP, STOP_NOW)
    (found,) = follow(project, ("pl",))
    assert (found.current, found.waiting) == ([], ["pl"])
    assert entry(project, STOP)
    (found,) = follow(project)
    assert (found.current, found.waiting) == (["es"], [])


def test_a_catalog_that_lags_behind_follows_from_what_it_has(project: Project) -> None:
    mend(project, STOP, STOP_NOW)
    follow(project, ("pl",))
    mend(project, STOP_NOW, STOP_NOW.replace("!", ""))
    found = {one.old: (one.current, one.waiting) for one in follow(project)}
    assert found == {STOP: (["es"], []), STOP_NOW: ([], ["pl"])}


def test_what_comes_back_is_not_obsolete_at_the_same_time(project: Project) -> None:
    change(source(project), lambda text: text.replace(f"            - {STOP}\n", f"            - {STOP_NOW}\n"))
    follow(project)
    old = '\n#~ msgctxt "help.dont"\n#~ msgid "Do **not** stop the tablets on your own."\n#~ msgstr "Antes."\n'
    change(spanish(project), lambda text: text + old)
    mend(project, STOP_NOW, STOP)
    follow(project)
    assert "#~" not in spanish(project).read_text(encoding="utf-8")
    assert state(entry(project, STOP)) == (SPANISH[STOP], (), None)


def test_back_translations_follow_and_stay_current(project: Project) -> None:
    def asked() -> str:
        found = read_translations(project, ("es",))
        return worksheet(found.domains, found.locales[0], found.backtranslations["es"])

    found = read_translations(project, ("es",))
    filled = asked().replace('back = ""', 'back = "What it says."')
    text = take_in("filled.toml", filled.encode(), found.domains, found.locales[0], found.backtranslations["es"])
    file = project.files().path(backtranslation_file("es"))
    file.write_text(text, encoding="utf-8")
    assert asked() == ""
    mend(project, STOP, STOP_NOW)
    follow(project)
    update_catalogs(project)
    assert asked() == ""
    assert file.read_text(encoding="utf-8") == text.replace(f'"{STOP}"', f'"{STOP_NOW}"')
    now = read_translations(project, ("es",))
    told = check_backtranslations(now.domains, now.locales[0], now.backtranslations["es"])
    assert not [one for one in told if one.problem.severity == "warning"]


def test_a_language_whose_back_translations_can_not_be_read_is_left_alone(project: Project) -> None:
    project.files().path(backtranslation_file("es")).write_text("no toml", encoding="utf-8")
    mend(project, STOP, STOP_NOW)
    found = read_translations(project, catalogs=False)
    rewordings, written, problems = follow_cosmetic(project.files(), found.domains, found.locales, is_word)
    assert [one.waiting for one in rewordings] == [["pl"]]
    assert written == [f"locales/pl/LC_MESSAGES/{CONDITION}.po"]
    assert [problem.origin.file for problem in problems] == [backtranslation_file("es")]
    assert entry(project, STOP)


def test_template_words_follow_too(project: Project) -> None:
    file = project.folder("templates") / "furniture.toml"
    replace(file, '"Call us today"', '"Call us today!"')
    (found,) = follow(project, ("es",))
    assert (found.old, found.message.text, found.current) == ("Call us today", "Call us today!", ["es"])
    assert found.message.origin.file == "templates/furniture.toml"


# --- Versions and revisions -------------------------------------------------------------------------------------------


def publish(project: Project) -> None:
    library = read_library(project, Wanted(locales=("en", "es")))
    made = [one.handout for one in library.compositions(Wanted())]
    texts = {(one.condition, one.locale, one.audience): text_version(one) for one in made}
    releases = dump_releases(with_published({}, texts, date(2026, 2, 1)))
    (project.root / RELEASES_FILE).write_text(releases, encoding="utf-8")


def raised(project: Project) -> list[str]:
    files = project.files()
    found = read_translations(project, ("es",))
    return raise_revisions(files, found.leaflets, found.locales, read_releases(files))


def test_the_english_needs_a_new_version_and_the_translation_no_new_revision(project: Project) -> None:
    publish(project)
    mend(project, STOP, STOP_NOW)
    follow(project)
    update_catalogs(project)
    assert raised(project) == []
    name, content, version = bumped(project.files(), CONDITION, "A sign.", date(2026, 11, 30), major=False)
    (project.root / name).write_bytes(content)
    assert version == "1.1"
    update_catalogs(project)
    assert raised(project) == []
    assert "X-Revision" not in spanish(project).read_text(encoding="utf-8")


def test_a_translation_that_changed_with_the_english_is_counted_once_the_english_is_numbered(project: Project) -> None:
    publish(project)
    replace(spanish(project), "**No** deje", "**No** pare")
    mend(project, STOP, STOP_NOW)
    follow(project)
    assert raised(project) == []
    mend(project, STOP_NOW, STOP)
    follow(project)
    assert raised(project) == [f"locales/es/LC_MESSAGES/{CONDITION}.po"]
