"""Editing the English loses no translation: wherever a text goes, its translation is offered there, as fuzzy."""

from pathlib import Path

import pytest
import validators
from clinic import CONDITION, SPANISH, make_clinic, source, spanish
from projects import NOW, catalog, catalog_in, change, replace, update_catalogs

from leafletpress.build.library import Project, read_translations
from leafletpress.model.problems import LeafletError
from leafletpress.read.languages.catalogs import Entry
from leafletpress.read.languages.memory import memory_file, read_memory
from leafletpress.translate.add import add_locale
from leafletpress.translate.findings import check_catalogs
from leafletpress.translate.offers import Earlier, Elsewhere, likeness, offers
from leafletpress.translate.prune import prune, unused

BATH = "Wash in warm water, not in hot water. Then pat the skin dry with a soft towel and do not rub it."
FIRST, SECOND = BATH.split(". ")
CREAM = "Choose a [cream without scent](@creams) and use it on every part of the skin that is dry."
STOP = "Do **not** stop the tablets on your own."


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return make_clinic(tmp_path / "project")


def block(project: Project, name: str) -> str:
    """The lines of a block of the source."""
    text = source(project).read_text(encoding="utf-8")
    start = text.index(f"      - id: {name}\n")
    ends = [at for mark in ("      - id: ", "  - id: ") if (at := text.find(f"\n{mark}", start + 1)) >= 0]
    return text[start : min(ends) + 1 if ends else len(text)]


def found(project: Project, text: str, locale: str = "es", domain: str = CONDITION) -> Entry:
    entries = catalog_in(catalog(project, locale, domain)).entries.values()
    return next(entry for entry in entries if entry.text == text)


def offered(entry: Entry) -> tuple[str, bool, str | None, str | None]:
    return entry.translation, entry.fuzzy, entry.previous_context, entry.previous


def obsolete(project: Project) -> list[str]:
    return [entry.text for entry in catalog_in(spanish(project)).obsolete]


# --- Within a leaflet ------------------------------------------------------------------------------------------------


def test_a_renamed_block_keeps_its_translation_as_fuzzy_and_says_where_it_stood(project: Project) -> None:
    replace(source(project), "      - id: cream\n", "      - id: lotion\n")
    update_catalogs(project)
    assert offered(found(project, CREAM)) == (SPANISH[CREAM], True, "treatment.cream", CREAM)
    assert obsolete(project) == []
    assert update_catalogs(project) == []


def test_a_renamed_section_keeps_all_its_translations(project: Project) -> None:
    replace(source(project), "  - id: treatment\n", "  - id: care\n")
    update_catalogs(project)
    moved = [entry for entry in catalog_in(spanish(project)).entries.values() if entry.context.startswith("care.")]
    assert len(moved) > 5
    assert all(entry.translation == SPANISH[entry.text] and entry.fuzzy for entry in moved)
    assert all(str(entry.previous_context).startswith("treatment.") for entry in moved)


def test_a_block_that_moved_to_another_section_keeps_its_translation(project: Project) -> None:
    cream = block(project, "cream")
    change(
        source(project),
        lambda text: text.replace(cream, "").replace("      - id: dont\n", f"{cream}      - id: dont\n"),
    )
    update_catalogs(project)
    assert offered(found(project, CREAM)) == (SPANISH[CREAM], True, "treatment.cream", CREAM)


def test_a_text_that_moved_and_was_reworded_shows_what_it_was_made_for(project: Project) -> None:
    replace(source(project), "      - id: cream\n", "      - id: lotion\n")
    replace(source(project), "every part of the skin that is dry", "each part of the skin that is dry")
    update_catalogs(project)
    new = CREAM.replace("every", "each")
    assert offered(found(project, new)) == (SPANISH[CREAM], True, "treatment.cream", CREAM)


def test_each_part_of_a_split_text_is_offered_the_whole_translation(project: Project) -> None:
    replace(source(project), BATH, f"{FIRST}.\n      - id: towel\n        paragraph: {SECOND}")
    update_catalogs(project)
    assert offered(found(project, f"{FIRST}.")) == (SPANISH[BATH], True, None, BATH)
    assert offered(found(project, SECOND)) == (SPANISH[BATH], True, "treatment.bath", BATH)
    assert obsolete(project) == []


def test_a_merged_text_is_offered_both_translations_in_its_order(project: Project) -> None:
    both = f"{BATH} {CREAM}"
    change(source(project), lambda text: text.replace(block(project, "cream"), "").replace(BATH, f'"{both}"'))
    update_catalogs(project)
    translation = f"{SPANISH[BATH]} {SPANISH[CREAM]}"
    assert offered(found(project, both)) == (translation, True, None, f"{BATH}\n{CREAM}")
    assert obsolete(project) == []
    assert update_catalogs(project) == []


def test_a_text_comes_from_the_obsolete_entries_wherever_it_stands_now(project: Project) -> None:
    cream = block(project, "cream")
    replace(source(project), cream, "")
    update_catalogs(project)
    assert obsolete(project) == [CREAM]
    lotion = cream.replace("cream\n", "lotion\n", 1)
    replace(source(project), "      - id: dont\n", f"{lotion}      - id: dont\n")
    update_catalogs(project)
    assert offered(found(project, CREAM)) == (SPANISH[CREAM], True, "treatment.cream", CREAM)
    assert obsolete(project) == []


def test_two_texts_that_were_reworded_and_exchanged_each_keep_their_own(project: Project) -> None:
    antacid = "Do **not** take an antacid with your tablets.[@second_2021]"
    old = f"            - {antacid}\n            - {STOP}\n"
    new = (
        "            - Do **not** ever stop the tablets on your own.\n"
        "            - Do **not** take any antacid with your tablets.[@second_2021]\n"
    )
    replace(source(project), old, new)
    update_catalogs(project)
    assert found(project, "Do **not** ever stop the tablets on your own.").translation == SPANISH[STOP]
    assert found(project, antacid.replace("an antacid", "any antacid")).translation == SPANISH[antacid]


def test_a_fuzzy_translation_that_moves_again_still_says_what_it_was_made_for(project: Project) -> None:
    replace(source(project), "every part of the skin that is dry", "each part of the skin that is dry")
    update_catalogs(project)
    replace(source(project), "      - id: cream\n", "      - id: lotion\n")
    update_catalogs(project)
    new = CREAM.replace("every", "each")
    assert offered(found(project, new)) == (SPANISH[CREAM], True, "treatment.cream", CREAM)


def test_remarks_of_translators_go_with_the_translation(project: Project) -> None:
    change(
        spanish(project),
        lambda text: text.replace('msgctxt "treatment.cream"', '# Ask Ana.\nmsgctxt "treatment.cream"'),
    )
    entries = catalog_in(spanish(project)).entries
    assert entries["treatment.cream", CREAM].remarks == (" Ask Ana.",)
    replace(source(project), "      - id: cream\n", "      - id: lotion\n")
    update_catalogs(project)
    assert found(project, CREAM).remarks == (" Ask Ana.",)


def test_what_is_offered_is_not_printed_and_the_check_says_where_it_stood(project: Project) -> None:
    replace(source(project), "      - id: cream\n", "      - id: lotion\n")
    update_catalogs(project)
    translations = read_translations(project, ("es",))
    (locale,) = translations.locales
    assert locale.translate(CONDITION, "treatment.lotion", CREAM).state == "fuzzy"
    domains = [domain for domain in translations.domains if domain.name == CONDITION]
    said = [str(finding.problem) for finding in check_catalogs(domains, (locale,))]
    assert len(said) == 1
    assert "fuzzy: the English moved here (it stood at treatment.cream; mend it" in said[0]


def test_gettext_accepts_what_is_offered_and_keeps_where_it_stood(project: Project) -> None:
    replace(source(project), "      - id: cream\n", "      - id: lotion\n")
    update_catalogs(project)
    assert validators.msgfmt([spanish(project)])[spanish(project)] == []
    assert '#| msgctxt "treatment.cream"\n' in spanish(project).read_text(encoding="utf-8")


def test_a_region_is_offered_nothing_but_its_own(project: Project) -> None:
    add_locale(project.files(), "es-MX")
    update_catalogs(project)
    own = catalog(project, "es_MX", CONDITION)
    change(own, lambda text: text.replace('msgid "Dry skin"\nmsgstr ""', 'msgid "Dry skin"\nmsgstr "Piel reseca"'))
    replace(source(project), "      - id: cream\n", "      - id: lotion\n")
    replace(source(project), "title: Dry skin\n", "title: Very dry skin\n")
    update_catalogs(project)
    assert offered(found(project, CREAM, "es_MX")) == ("", False, None, None)
    assert offered(found(project, "Very dry skin", "es_MX")) == ("Piel reseca", True, None, "Dry skin")


# --- From elsewhere --------------------------------------------------------------------------------------------------


def another(project: Project, name: str = "wet-skin") -> Path:
    """The leaflet under another name as well."""
    path = source(project).with_name(f"{name}.yaml")
    path.write_text(source(project).read_text(encoding="utf-8").replace("code: DRYS", "code: WETS"), encoding="utf-8")
    return path


def test_a_new_leaflet_is_offered_what_others_say_already(project: Project) -> None:
    another(project)
    update_catalogs(project)
    assert offered(found(project, CREAM, domain="wet-skin")) == (
        SPANISH[CREAM],
        True,
        f"{CONDITION}/treatment.cream",
        CREAM,
    )


def test_a_renamed_leaflet_is_offered_its_translations_even_before_the_old_catalog_is_gone(project: Project) -> None:
    another(project)
    source(project).unlink()
    update_catalogs(project)
    entries = catalog_in(catalog(project, "es", "wet-skin")).entries.values()
    assert {entry.text: entry.translation for entry in entries} == SPANISH
    assert all(entry.fuzzy for entry in entries)


def test_pruning_names_and_removes_what_has_no_leaflet_and_keeps_its_words(project: Project) -> None:
    another(project)
    text = source(project).read_text(encoding="utf-8")
    source(project).unlink()
    files = project.files()
    translations = read_translations(project, catalogs=False)
    unused_files, problems = unused(files, ["furniture", "wet-skin"], translations.domains, ["es"])
    assert problems == []
    assert [one.file for one in unused_files] == [
        f"locales/pot/{CONDITION}.pot",
        f"locales/es/LC_MESSAGES/{CONDITION}.po",
    ]
    assert list(prune(files, unused_files)) == [memory_file("es")]
    assert not spanish(project).exists()
    kept = {entry.text: entry.translation for entry in read_memory(project.files(), "es")}
    assert kept == SPANISH

    source(project).with_name("wet-skin.yaml").unlink()
    source(project).write_text(
        text.replace("every part of the skin that is", "each part of the skin which is"), "utf-8"
    )
    update_catalogs(project)
    entries = catalog_in(spanish(project)).entries.values()
    assert all(entry.translation and entry.fuzzy for entry in entries)
    new = CREAM.replace("every", "each").replace("that is", "which is")
    assert found(project, new).previous == CREAM


def test_pruning_again_adds_to_the_memory_and_repeats_nothing(project: Project) -> None:
    another(project)
    update_catalogs(project)
    source(project).with_name("wet-skin.yaml").unlink()
    for _ in range(2):
        translations = read_translations(project, catalogs=False)
        unused_files, _ = unused(project.files(), ["furniture", CONDITION], translations.domains, ["es"])
        assert unused_files
        list(prune(project.files(), unused_files))
        before = read_memory(project.files(), "es")
        another(project)
        update_catalogs(project)
        source(project).with_name("wet-skin.yaml").unlink()
    assert len({(entry.context, entry.text) for entry in before}) == len(before) == len(SPANISH)


def test_a_leaflet_that_cannot_be_read_loses_no_catalog(project: Project) -> None:
    source(project).write_text("code: [", encoding="utf-8")
    translations = read_translations(project, catalogs=False)
    assert translations.problems
    assert unused(project.files(), ["furniture", CONDITION], translations.domains, ["es"]) == ([], [])


def test_a_catalog_that_cannot_be_read_is_told_and_left(project: Project) -> None:
    source(project).unlink()
    spanish(project).write_text('msgid "x', encoding="utf-8")
    translations = read_translations(project, catalogs=False)
    unused_files, problems = unused(project.files(), ["furniture"], translations.domains, ["es"])
    assert [one.locale for one in unused_files] == [None]
    assert {problem.origin.file for problem in problems} == {f"locales/es/LC_MESSAGES/{CONDITION}.po"}


def test_a_memory_of_an_agency_is_read_whatever_else_it_has(project: Project) -> None:
    path = project.root / memory_file("es")
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx version="1.4"><header srclang="en-GB"/><body>'
        '<tu><tuv xml:lang="en-GB"><seg>One <hi>two</hi> three</seg></tuv><tuv xml:lang="ES"><seg>Uno</seg></tuv></tu>'
        '<tu><tuv xml:lang="en"><seg>Four</seg></tuv><tuv xml:lang="fr"><seg>Quatre</seg></tuv></tu>'
        "</body></tmx>",
        encoding="utf-8",
    )
    (entry,) = read_memory(project.files(), "es")
    assert (entry.context, entry.text, entry.translation) == ("", "One two three", "Uno")


@pytest.mark.parametrize("content", ["<tmx>", "", "no XML", "<html/>"])
def test_a_memory_that_is_damaged_is_told_with_its_line_and_no_catalog_is_harmed(
    project: Project, content: str
) -> None:
    from leafletpress.translate.update import update

    (project.root / memory_file("es")).write_text(content, encoding="utf-8")
    replace(source(project), "title: Dry skin\n", "title: All about eczema and itching\n")
    before = spanish(project).read_bytes()
    translations = read_translations(project, ("es",), catalogs=False)
    _, problems = update(project.files(), translations.domains, translations.locales, NOW)
    assert [problem.origin.file for problem in problems] == [memory_file("es")]
    assert spanish(project).read_bytes() == before
    with pytest.raises(LeafletError):
        read_memory(project.files(), "es")


# --- The rules -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Call us today.", "Call us today.", True),
        ("Call us today.", "Call us **today**", True),
        ("Call us today if it hurts.", "Ring us today if it hurts.", True),
        ("Call us today if it hurts.", "Wash the wound with warm water.", False),
        ("Take 5 mg.", "", False),
        ("", "", False),
    ],
)
def test_texts_are_alike_by_their_words(one: str, other: str, alike: bool) -> None:
    assert (likeness(one, other) >= 0.6) is alike
    assert likeness(one, other) == pytest.approx(likeness(other, one), abs=0.4)


def test_nothing_is_offered_for_a_text_that_is_like_none() -> None:
    earlier = Earlier([Entry("a.b", "Wash the wound with warm water.", "Lave")])
    assert offers([("a.c", "Call us today.")], earlier, Elsewhere) == {}


def test_elsewhere_is_not_asked_where_the_catalog_itself_has_it() -> None:
    def fail() -> Elsewhere:
        raise AssertionError("not needed")

    key = ("a.c", "Wash the wound.")
    assert offers([key], Earlier([Entry("a.b", "Wash the wound.", "Lave")]), fail)[key].translation == "Lave"


def test_a_text_without_translation_is_no_offer() -> None:
    assert offers([("a.c", "Wash.")], Earlier([Entry("a.b", "Wash.", " ")]), Elsewhere) == {}
