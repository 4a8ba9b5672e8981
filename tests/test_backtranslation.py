"""Safety texts are put back into English by somebody who has not seen it; what is stale or does not come back shows."""

import tomllib
from datetime import date

import pytest
from projects import CONDITION, NOW, by_rote, catalog, change, composed, replace, shipped_project, update_catalogs

from leafletpress.build.library import Project, Translations, Wanted, read_library, read_translations
from leafletpress.build.policy import held
from leafletpress.model.approval import Signoffs
from leafletpress.model.problems import LeafletError
from leafletpress.model.site import Policy
from leafletpress.translate.backtranslation import BackTranslations, backtranslation_file
from leafletpress.translate.findings import Finding, check_backtranslations
from leafletpress.translate.status import Status, statuses
from leafletpress.translate.worksheet import take_in, worksheet

TODAY = date(2026, 3, 1)
FILE = "locales/es/backtranslation.toml"
SAFETY = {
    # Warnings, and what to do and not to do.
    "leaflet.main_message": 2,
    "warnings.now": 2,
    "warnings.today": 1,
    "warnings.soon": 1,
    "boxes.do": 2,
    "boxes.dont": 3,
    # A dose.
    "prose.plain": 1,
    # Steps, and whom to call.
    "prose.order": 2,
    "prose.again": 2,
    "reach.card": 1,
}


def found_in(project: Project, locale: str = "es") -> Translations:
    found = read_translations(project, (locale,))
    assert found.problems == ()
    return found


def known(project: Project, locale: str = "es") -> BackTranslations:
    return found_in(project, locale).backtranslations[locale]


def asked(project: Project, locale: str = "es") -> str:
    found = found_in(project, locale)
    return worksheet(found.domains, found.locales[0], found.backtranslations[locale])


def hand_in(project: Project, text: str, locale: str = "es") -> None:
    """Take in a worksheet with this content."""
    found = found_in(project, locale)
    file = project.files().path(backtranslation_file(locale))
    file.write_text(
        take_in("filled.toml", text.encode(), found.domains, found.locales[0], found.backtranslations[locale]),
        encoding="utf-8",
    )


def fill_in(project: Project, locale: str = "es") -> None:
    """Fill the worksheet in with the English itself, which is what a perfect reader would write."""
    found = found_in(project, locale)
    (language,) = found.locales
    english = {language.translate(domain.name, *key).text: key[1] for domain in found.domains for key in domain.texts}
    tables = tomllib.loads(asked(project, locale))["texts"]
    hand_in(project, "\n".join(filled(one["translation"], english[one["translation"]]) for one in tables), locale)


def filled(translation: str, back: str) -> str:
    """A text of a worksheet that is filled in."""
    return f"[[texts]]\ntranslation = '{translation}'\nback = '{back}'"


def findings(project: Project, locale: str = "es") -> list[Finding]:
    found = found_in(project, locale)
    return list(check_backtranslations(found.domains, found.locales[0], found.backtranslations[locale]))


def said(project: Project, locale: str = "es") -> list[str]:
    return [str(finding.problem) for finding in findings(project, locale)]


def rows(project: Project) -> dict[str, Status]:
    found = found_in(project)
    of_now = statuses(found.domains, found.locales, found.backtranslations, NOW.date())
    return {f"{row.condition} {row.audience}": row for row in of_now}


@pytest.fixture
def read_back(project: Project) -> Project:
    """The small project, everything of the Spanish put back into English."""
    fill_in(project)
    return project


def test_safety_texts_warn_forbid_tell_what_to_do_or_have_a_dose(read_back: Project) -> None:
    texts = list(known(read_back).values())
    contexts = [text.context for text in texts if text.catalog == CONDITION]
    assert {context: contexts.count(context) for context in contexts} == SAFETY
    words = {text.context for text in texts if text.catalog == "furniture"}
    assert {"furniture.level_dont", "furniture.draft_leaflet", "furniture.per_day", "furniture.range"} <= words
    assert not words & {"furniture.level_note", "furniture.version", "furniture.contact_whatsapp"}


def test_a_worksheet_has_each_translation_that_prints_once_and_no_english(project: Project) -> None:
    tables = tomllib.loads(asked(project))["texts"]
    translations = [table["translation"] for table in tables]
    assert len(set(translations)) == len(translations) > sum(SAFETY.values())
    assert all(table == {"translation": table["translation"], "back": ""} for table in tables)
    assert by_rote("es", "Do **not** wait.") in translations
    assert "Do **not** wait." not in asked(project)


def test_what_is_taken_in_counts_and_is_not_asked_again(project: Project) -> None:
    before = rows(project)
    assert all(row.back == 0 < row.safety for row in before.values())
    fill_in(project)
    after = rows(project)
    assert all(row.back == row.safety == before[name].safety for name, row in after.items())
    assert asked(project) == ""
    assert said(project) == []


def test_texts_without_a_back_translation_are_told_in_one_line_once_there_are_any(project: Project) -> None:
    assert said(project) == []
    hand_in(project, filled(by_rote("es", "Do **not** wait."), "Do **not** wait."))
    (only,) = said(project)
    assert only.startswith(f"{FILE}: ")
    assert "safety texts are not put back into English; first: furniture.draft_leaflet" in only
    assert "run: leafletpress catalogs backtranslate es" in only
    assert int(only.split()[1]) == len(tomllib.loads(asked(project))["texts"])


def test_a_changed_translation_makes_its_back_translation_stale_and_no_other(read_back: Project) -> None:
    old = by_rote("es", "Do **not** wait.")
    replace(catalog(read_back, "es"), old, f"{old} nunca")
    (stale,) = findings(read_back)
    lines = read_back.files().path(backtranslation_file("es")).read_text(encoding="utf-8").split("\n")
    line = lines.index(f'translation = "{old}"') + 1
    assert str(stale.problem).startswith(f"{FILE}:{line}:15: put back into English before the translation")
    assert (stale.english, stale.translation) == ("Do **not** wait.", f"{old} nunca")
    assert [table["translation"] for table in tomllib.loads(asked(read_back))["texts"]] == [f"{old} nunca"]
    row = rows(read_back)[f"{CONDITION} patient"]
    assert row.back == row.safety - 1
    hand_in(read_back, filled(f"{old} nunca", "Do **not** wait. Never.") + "\nremark = 'never?'")
    assert said(read_back) == []
    (text,) = (text for text in known(read_back).values() if text.english.text == "Do **not** wait.")
    assert text.remark
    assert (text.back.text, text.remark.text) == ("Do **not** wait. Never.", "never?")


def test_a_text_that_does_not_print_has_no_back_translation(read_back: Project) -> None:
    replace(catalog(read_back, "es"), 'msgctxt "warnings.today"', '#, fuzzy\nmsgctxt "warnings.today"')
    (told,) = said(read_back)
    assert "put back into English before the translation changed" in told
    assert asked(read_back) == ""
    row = rows(read_back)[f"{CONDITION} patient"]
    assert row.back == row.safety - 1


def test_english_that_changed_is_told_and_goes_with_the_next_worksheet(read_back: Project) -> None:
    leaflet = read_back.folder("leaflets") / f"{CONDITION}.yaml"
    replace(leaflet, "A lump that hurts.", "A lump that bleeds.")
    update_catalogs(read_back)
    change(catalog(read_back, "es"), lambda text: text.replace("#, fuzzy\n", ""))
    told = said(read_back)
    assert len(told) == 2
    assert "the English has no such safety text any more" in told[0]
    assert "1 safety texts are not put back into English; first: warnings.today" in told[1]
    fill_in(read_back)
    assert said(read_back) == []
    assert "A lump that hurts." not in {text.english.text for text in known(read_back).values()}


@pytest.mark.parametrize(
    ("english", "back", "expected"),
    [
        ("Do **not** wait.", "Do **please** wait.", '1 strong "not" in the English, 0 in the translation'),
        ("Do **not** wait.", "Do not wait.", "0 strong spans, in the English 1"),
        ("Do **not** wait.", "Do **not** wait 3 days.", "number 3 is not in the English"),
        (
            "Heat above {body_heat}, or a lump of {lump_size}.[@first_2020]",
            "Heat, or a lump of {lump_size}.[@first_2020]",
            "placeholder {body_heat} is missing",
        ),
    ],
)
def test_what_does_not_come_back_is_an_error(read_back: Project, english: str, back: str, expected: str) -> None:
    file = read_back.files().path(backtranslation_file("es"))
    replace(file, f'back = "{english}"', f'back = "{back}"')
    (finding,) = findings(read_back)
    assert finding.problem.severity == "error"
    assert f"put back into English: {expected}" in finding.problem.text
    line = file.read_text(encoding="utf-8").split("\n").index(f'back = "{back}"') + 1
    assert (finding.problem.origin.line, finding.problem.origin.column) == (line, 8)
    assert finding.translation == back


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[texts]]\ntranslation = 'nada'\nback = 'nothing'", "filled.toml:2:15: no safety text of es prints this"),
        ("[[texts]]\ntranslation = 'nada'\nback = ''", "filled.toml:3:8: back is empty"),
        ("[[texts]]\ntranslation = 'nada'", 'filled.toml:1:1: texts lacks "back"'),
        ("[[texts]]\ntranslation = 'nada'\nback = 'a'\nenglish = 'b'", 'filled.toml:4:1: unknown key "english"'),
        ("[[texts]\n", "filled.toml:1:"),
        ("", "filled.toml:1:1: the file is empty"),
        ("[[texts]]\ntranslation = 'a\u202eb'\nback = 'a'", "filled.toml:2:17: character U+202E"),
    ],
)
def test_a_bad_worksheet_changes_nothing(read_back: Project, text: str, expected: str) -> None:
    file = read_back.files().path(backtranslation_file("es"))
    before = file.read_bytes()
    with pytest.raises(LeafletError) as caught:
        hand_in(read_back, text)
    assert expected in str(caught.value)
    assert file.read_bytes() == before


def test_the_same_english_twice_is_told_at_the_second(read_back: Project) -> None:
    file = read_back.files().path(backtranslation_file("es"))
    change(file, lambda text: text + text[text.rindex("[[texts]]") :])
    found = read_translations(read_back, ("es",))
    (problem,) = found.problems
    assert "the same English again" in problem.text
    assert problem.origin.line > int(problem.hint.split()[5].rstrip(";"))
    assert found.backtranslations["es"] == {}


def test_no_break_spaces_and_quotation_marks_come_through(project: Project) -> None:
    odd = 'eñe «\u00a0**nó**\u00a0» \\"x\\" \\\\*'
    replace(catalog(project, "es"), f'"{by_rote("es", "Do **not** wait.")}"', f'"{odd}"')
    fill_in(project)
    assert said(project) == []
    (text,) = (text for text in known(project).values() if text.english.text == "Do **not** wait.")
    assert text.translation.text == 'eñe «\u00a0**nó**\u00a0» "x" \\*'


def test_a_regional_language_answers_for_its_own_texts_alone(read_back: Project) -> None:
    locales = read_back.folder("locales")
    (locales / "es_MX" / "LC_MESSAGES").mkdir(parents=True)
    (locales / "es_MX" / "locale.toml").write_bytes((locales / "es" / "locale.toml").read_bytes())
    update_catalogs(read_back)
    assert asked(read_back, "es_MX") == ""
    english = 'msgid "Do **not** wait."\nmsgstr "'
    replace(catalog(read_back, "es_MX"), english, f"{english}**No** espere.")
    assert [table["translation"] for table in tomllib.loads(asked(read_back, "es_MX"))["texts"]] == ["**No** espere."]


def test_a_back_translation_is_never_printed(read_back: Project) -> None:
    file = read_back.files().path(backtranslation_file("es"))
    before = composed(read_back, "es", "patient")
    change(file, lambda text: text.replace("Do **not** wait.", "Do **not** wait at all."))
    assert composed(read_back, "es", "patient") == before


def test_the_shipped_back_translations_are_whole_current_and_keep_every_not() -> None:
    found = read_translations(shipped_project())
    assert found.problems == ()
    of_now = statuses(found.domains, found.locales, found.backtranslations, NOW.date())
    assert {f"{row.locale} {row.condition}": row.safety - row.back for row in of_now if row.safety != row.back} == {}
    for locale in found.locales:
        told = check_backtranslations(found.domains, locale, found.backtranslations[locale.name])
        assert [str(finding.problem) for finding in told] == []


def withheld(project: Project, *, put_back: bool = True) -> str:
    """Why a release withholds the Spanish leaflet for patients."""
    library = read_library(project, Wanted(locales=("es",)), TODAY)
    (made,) = library.compositions(Wanted(audiences=("patient",)))
    left = library.not_put_back(made.handout)
    policy = Policy(drafts=True, put_back=put_back)
    return held(made, Signoffs(), {}, policy, TODAY, left).by(release=True)


def test_a_release_asks_for_safety_texts_put_back_where_its_site_does_not_say_otherwise(project: Project) -> None:
    assert "safety texts are not put back into English; first: furniture.draft_leaflet" in withheld(project)
    assert withheld(project, put_back=False) == ""
    fill_in(project)
    assert withheld(project) == ""


@pytest.mark.parametrize("place", ["catalog", "back"])
def test_a_release_withholds_what_was_put_back_before_it_changed_or_did_not_come_back(
    read_back: Project, place: str
) -> None:
    if place == "catalog":
        old = by_rote("es", "Do **not** wait.")
        replace(catalog(read_back, "es"), old, f"{old} nunca")
    else:
        replace(read_back.files().path(backtranslation_file("es")), 'back = "Do **not** wait."', 'back = "Do wait."')
    assert withheld(read_back) == "1 safety texts are not put back into English; first: warnings.now"


def test_what_only_clinicians_read_withholds_nothing_of_patients(read_back: Project) -> None:
    file = read_back.files().path(backtranslation_file("es"))
    replace(file, 'back = "Every block kind in one place."', 'back = "Every block in 1 place."')
    assert withheld(read_back) == ""
