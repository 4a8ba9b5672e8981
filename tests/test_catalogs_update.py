"""Updating the catalogs loses no translation and keeps none that no longer fits."""

import re
from pathlib import Path

import pytest
import validators
from projects import CONDITION, NOW, by_rote, catalog, catalog_in, change, fill, read, replace, update_catalogs

from leafletpress.build.library import Project
from leafletpress.model.problems import LeafletError
from leafletpress.read.languages.catalogs import Entry


def entries(path: Path) -> dict[tuple[str, str], Entry]:
    return catalog_in(path).entries


def entry(project: Project, context: str, text: str) -> Entry | None:
    return entries(catalog(project, "es")).get((context, text))


def source(project: Project) -> Path:
    return project.folder("leaflets") / f"{CONDITION}.yaml"


def paragraphs(project: Project) -> str:
    """The catalog without its header."""
    return catalog(project, "es").read_text(encoding="utf-8").split("\n\n", 1)[1]


def test_every_text_with_words_or_a_dose_is_extracted_once_with_its_context(shared_project: Project) -> None:
    pot = shared_project.folder("locales") / "pot" / f"{CONDITION}.pot"
    keys = entries(pot).keys()
    assert {context.split(".")[0] for context, _ in keys} == {
        "leaflet", "warnings", "prose", "lists", "boxes", "picture", "patient_only", "reach"
    }  # fmt: skip
    assert ("lists.rows", "{better} improved") in keys
    assert ("lists.rows", "{tablet_dose}") in keys
    assert ("lists.rows", "–") not in keys


def test_a_comment_tells_the_translator_reader_kind_note_and_values(shared_project: Project) -> None:
    text = (shared_project.folder("locales") / "pot" / f"{CONDITION}.pot").read_text(encoding="utf-8")
    (found,) = [part for part in text.split("\n\n") if "A paragraph with" in part]
    assert "#. paragraph, for all readers\n" in found
    assert "#. Note: Words in a row.\n" in found
    assert "#. {tablet_dose} prints: 250 to 500 mg/day (dose)\n" in found
    assert f"#: leaflets/{CONDITION}.yaml\n" in found


def test_updating_twice_changes_nothing(project: Project) -> None:
    assert update_catalogs(project) == []


def test_updating_twice_after_each_kind_of_change_changes_nothing(project: Project) -> None:
    replace(source(project), "Between two boxes.", "Betwixt two boxes.")
    replace(source(project), "        paragraph: Only the patient reads this.", "        paragraph: Another.")
    replace(source(project), "value: 9 of 17", "value: 9 of 18")
    replace(source(project), "          - {term: Block, text: A part of a section.}\n", "")
    assert update_catalogs(project)
    before = {path: path.read_bytes() for path in project.folder("locales").rglob("*.po*")}
    assert update_catalogs(project) == []
    assert {path: path.read_bytes() for path in project.folder("locales").rglob("*.po*")} == before


def test_the_same_text_keeps_its_translation_its_remarks_and_its_state(project: Project) -> None:
    path = catalog(project, "es")
    replace(path, "#. heading, for all readers\n", "# Ask the clinic.\n#. heading, for all readers\n")
    before = entries(path)
    change(
        source(project),
        lambda text: text.replace(
            "  - id: warnings",
            "  - id: fresh\n    heading: New\n    blocks:\n      - {id: new, paragraph: New.}\n  - id: warnings",
        ),
    )
    update_catalogs(project)
    after = entries(path)
    assert {key: (e.translation, e.fuzzy) for key, e in before.items()}.items() <= {
        key: (e.translation, e.fuzzy) for key, e in after.items()
    }.items()
    assert (after["fresh.new", "New."].translation, after["fresh.new", "New."].fuzzy) == ("", False)
    assert "# Ask the clinic.\n" in path.read_text(encoding="utf-8")


def test_a_reworded_text_keeps_the_old_translation_as_fuzzy_with_its_previous_text(project: Project) -> None:
    replace(source(project), "Between two boxes.", "Betwixt two boxes.")
    update_catalogs(project)
    found = entry(project, "boxes.gap", "Betwixt two boxes.")
    assert found
    assert (found.translation, found.fuzzy) == (by_rote("es", "Between two boxes."), True)
    assert '#| msgid "Between two boxes."\n' in paragraphs(project)
    assert entry(project, "boxes.gap", "Between two boxes.") is None


def test_the_previous_text_is_still_told_after_the_next_update(project: Project) -> None:
    replace(source(project), "Between two boxes.", "Betwixt two boxes.")
    update_catalogs(project)
    replace(source(project), "A remark.", "Another remark.")
    update_catalogs(project)
    assert '#| msgid "Between two boxes."\n' in paragraphs(project)
    assert "# | " not in paragraphs(project)


def test_what_was_reworded_in_one_context_is_paired_in_order(project: Project) -> None:
    replace(source(project), "[Do this first., Then do this.]", "[Do that first., Then do that.]")
    update_catalogs(project)
    first, then = entry(project, "prose.order", "Do that first."), entry(project, "prose.order", "Then do that.")
    assert first
    assert then
    assert (first.translation, then.translation) == (by_rote("es", "Do this first."), by_rote("es", "Then do this."))


def test_a_translation_goes_to_another_context_as_fuzzy_alone(project: Project) -> None:
    replace(source(project), "      - id: gap\n", "      - id: moved\n")
    update_catalogs(project)
    found = entry(project, "boxes.moved", "Between two boxes.")
    assert found
    assert (found.translation, found.fuzzy) == (by_rote("es", "Between two boxes."), True)
    assert found.previous_context == "boxes.gap"


def test_a_text_that_left_is_kept_as_obsolete_and_comes_back_as_fuzzy(project: Project) -> None:
    replace(source(project), "      - id: gap\n        paragraph: Between two boxes.\n", "")
    update_catalogs(project)
    assert entry(project, "boxes.gap", "Between two boxes.") is None
    kept = by_rote("es", "Between two boxes.")
    obsolete = f'#~ msgctxt "boxes.gap"\n#~ msgid "Between two boxes."\n#~ msgstr "{kept}"\n'
    assert obsolete in paragraphs(project)
    replace(
        source(project),
        "      - id: dont\n",
        "      - id: gap\n        paragraph: Between two boxes.\n      - id: dont\n",
    )
    update_catalogs(project)
    found = entry(project, "boxes.gap", "Between two boxes.")
    assert found
    assert (found.translation, found.fuzzy) == (by_rote("es", "Between two boxes."), True)
    assert "#~ " not in paragraphs(project)


def test_the_same_text_that_left_two_contexts_is_kept_for_both(project: Project) -> None:
    two = "      - id: twin_a\n        paragraph: A twin.\n      - id: twin_b\n        paragraph: A twin.\n"
    replace(source(project), "      - id: gap\n", two + "      - id: gap\n")
    update_catalogs(project)
    fill(catalog(project, "es"), lambda text: by_rote("es", text))
    replace(source(project), two, "")
    update_catalogs(project)
    obsolete = re.findall(r'^#~ msgctxt "(.+)"$', paragraphs(project), re.MULTILINE)
    assert sorted(obsolete) == ["boxes.twin_a", "boxes.twin_b"]
    update_catalogs(project)
    assert sorted(re.findall(r'^#~ msgctxt "(.+)"$', paragraphs(project), re.MULTILINE)) == sorted(obsolete)


def test_an_untranslated_text_that_left_leaves_no_trace(project: Project) -> None:
    replace(
        source(project), "      - id: gap\n", "      - id: brief\n        paragraph: Short stay.\n      - id: gap\n"
    )
    update_catalogs(project)
    replace(source(project), "      - id: brief\n        paragraph: Short stay.\n", "")
    update_catalogs(project)
    assert "Short stay." not in paragraphs(project)


def test_a_changed_fact_asks_for_another_look_at_each_text_that_prints_it(project: Project) -> None:
    replace(source(project), "value: 9 of 17", "value: 9 of 18")
    update_catalogs(project)
    read_now = entries(catalog(project, "es"))
    fuzzy = {context for (context, text), found in read_now.items() if found.fuzzy}
    assert fuzzy == {"prose.figures", "lists.rows"}
    assert all("{better}" in text for (_, text), found in read_now.items() if found.fuzzy)
    assert "prints: 9 of 18 (ratio)" in paragraphs(project)


def test_a_look_that_was_taken_is_not_asked_for_again(project: Project) -> None:
    replace(source(project), "value: 9 of 17", "value: 9 of 18")
    update_catalogs(project)
    change(catalog(project, "es"), lambda text: text.replace("#, fuzzy\n", ""))
    assert update_catalogs(project) == []


def test_a_fact_with_many_words_that_did_not_change_asks_for_nothing(project: Project) -> None:
    words = "fibroblast growth factor 23, the sodium-dependent phosphate transporter and the vitamin D receptor"
    replace(source(project), "value: FGF23", f"value: '{words}'")
    update_catalogs(project)
    change(catalog(project, "es"), lambda text: text.replace("#, fuzzy\n", ""))
    update_catalogs(project)
    assert "#, fuzzy" not in paragraphs(project)


def test_a_text_with_a_percent_sign_or_braces_is_no_format(project: Project) -> None:
    replace(source(project), "Between two boxes.", "About 50 % of {people} people.")
    update_catalogs(project)
    assert "-format" not in paragraphs(project)


def test_a_broken_catalog_is_told_and_left_alone_and_the_others_are_updated(project: Project) -> None:
    from leafletpress.build.library import read_translations
    from leafletpress.translate.update import update

    replace(source(project), "Between two boxes.", "Betwixt two boxes.")
    path = catalog(project, "es")
    change(path, lambda text: text.replace('msgstr "eñe A rémark."', 'msgstr "eñe A rémark.'))
    before = path.read_bytes()
    found = read_translations(project, catalogs=False)
    written, problems = update(project.files(), found.domains, found.locales, NOW)
    assert path.read_bytes() == before
    assert f"locales/ar/LC_MESSAGES/{CONDITION}.po" in written
    assert [str(problem).split(":")[0] for problem in problems] == [f"locales/es/LC_MESSAGES/{CONDITION}.po"]


def test_a_missing_catalog_is_made_and_holds_every_text(project: Project) -> None:
    path = catalog(project, "ar")
    keys = entries(path).keys()
    path.unlink()
    assert update_catalogs(project) == [path.relative_to(project.root).as_posix()]
    made = entries(path)
    assert made.keys() == keys
    assert not any(found.translation for found in made.values())


def test_a_translators_name_in_the_header_stays(project: Project) -> None:
    path = catalog(project, "es")
    change(path, lambda text: re.sub(r'"Last-Translator: [^"]*"', r'"Last-Translator: Ana <ana@example.org>\\n"', text))
    replace(source(project), "Between two boxes.", "Betwixt two boxes.")
    update_catalogs(project)
    assert catalog_in(path).header["Last-Translator"] == "Ana <ana@example.org>"


def test_gettext_itself_accepts_what_is_written(project: Project) -> None:
    replace(source(project), "Between two boxes.", "About 50 % of {people} people.")
    replace(source(project), "A paragraph with **strong words**", "One paragraph with **strong words**")
    replace(source(project), "      - id: remark\n        callout: {level: note, text: A remark.}\n", "")
    update_catalogs(project)
    folder = project.folder("locales")
    paths = [*folder.rglob("*.po"), *folder.rglob("*.pot")]
    assert len(paths) == 8
    assert {path.name: found for path, found in validators.msgfmt(paths).items() if found} == {}


def test_a_library_with_updated_catalogs_reads_clean(project: Project) -> None:
    replace(source(project), "Between two boxes.", "Betwixt two boxes.")
    update_catalogs(project)
    read(project)


def test_a_template_that_is_broken_stops_the_update_with_its_line(project: Project) -> None:
    pot = project.folder("locales") / "pot" / f"{CONDITION}.pot"
    pot.write_text('msgid "x')
    with pytest.raises(LeafletError, match=r"every-block\.pot:1:1: not a line of a catalog"):
        update_catalogs(project)
