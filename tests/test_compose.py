"""Composing chooses the audience, translates, puts facts in and never prints a translation that can't be trusted."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from projects import CONDITION, MARKS, TRANSLATED, block, by_rote, catalog, change, composed, read, replace, words

from leafletpress.build.library import Project
from leafletpress.model.blocks import Contact
from leafletpress.model.handout import Handout, Run, Text, texts
from leafletpress.model.text.characters import forbidden_characters

NBSP = "\u00a0"


def shorten_site(project: Project, marker: str) -> None:
    """Keep the site's file up to a marker."""
    change(project.folder("sites") / "example-hospital.toml", lambda text: text[: text.index(marker)])


def runs(handout: Handout) -> Iterator[Run]:
    for text in texts(handout):
        yield from text.runs


def numbers(run: Run) -> str:
    """The numbers of references, without brackets; other text as it is."""
    return run.text.strip("[]") if run.raised else run.text


def gaps(project: Project, locale: str, audience: str = "patient") -> list[tuple[str, str, str]]:
    return [(gap.context, gap.reason, gap.issue) for gap in composed(project, locale, audience).gaps]


def assert_in_english(text: Text) -> None:
    assert (text.language, text.direction, text.untranslated) == ("en", "ltr", True)


def test_each_audience_reads_its_own_sections_and_blocks(shared_project: Project) -> None:
    patient = words(composed(shared_project, "en", "patient").handout)
    clinician = words(composed(shared_project, "en", "clinician").handout)
    assert "Only the patient reads this." in patient
    assert "Only the clinician reads this." not in patient
    assert "For patients alone" not in clinician
    assert "Only the clinician reads this." in clinician
    assert "Keep it simple, and read it twice." in patient
    assert "Every block kind in one place." in clinician


def test_codes_of_the_illness_and_reference_numbers_are_for_those_whose_theme_shows_them(
    shared_project: Project,
) -> None:
    patient = composed(shared_project, "en", "patient").handout
    clinician = composed(shared_project, "en", "clinician").handout
    assert "ICD-10 Z00.0" in str(clinician.head.details)
    assert "ICD-10" not in str(patient.head.details)
    assert any(run.raised for run in runs(clinician))
    assert not any(run.raised for run in runs(patient))
    assert patient.notes
    assert not clinician.notes


def test_references_are_numbered_in_the_order_of_their_first_citation(shared_project: Project) -> None:
    handout = composed(shared_project, "en", "clinician").handout
    assert handout.references
    assert handout.references.numbered
    assert [str(item).split(".")[0] for item in handout.references.items] == [
        "First A, Second B",
        "A page about blocks",
    ]
    raised = [numbers(run) for run in runs(handout) if run.raised]
    assert raised[0] == "1"
    assert set(raised) == {"1", "2", "1,2"}


def test_a_fact_carries_its_references_and_those_that_meet_are_printed_as_one(shared_project: Project) -> None:
    (plain,) = block(composed(shared_project, "en", "clinician").handout, "prose", "plain")
    said = [(numbers(run), run.raised) for run in plain.runs]
    assert [number for number, raised in said if raised] == ["1", "1,2"]
    assert said[said.index(("1", True)) - 1][0].endswith("250 to 500 mg/day".replace(" ", NBSP))
    # {course} leans on both sources and the text cites the second once more.
    assert said[said.index(("1,2", True)) - 1][0].endswith(f"4.9{NBSP}months")


def test_a_list_of_sources_names_each_publisher_once(project: Project) -> None:
    source = project.folder("leaflets") / f"{CONDITION}.yaml"
    change(source, lambda text: text.replace("Example Society", "Journal of Examples").replace("no date", '"2020"'))
    references = composed(project, "en", "patient").handout.references
    assert references
    assert not references.numbered
    assert [str(item) for item in references.items] == ["Journal of Examples"]


def test_a_leaflet_that_cites_nothing_has_no_references(project: Project) -> None:
    source = project.folder("leaflets") / f"{CONDITION}.yaml"
    change(source, lambda text: re.sub(r"\[@\w+\]|, source: (?:\[.*?\]|\w+)", "", text))
    assert composed(project, "en", "clinician").handout.references is None


@pytest.mark.parametrize(
    ("locale", "shown"),
    [
        ("en", "5,218 people, 20% to 40% of them better (9 of 17); 1 in 600 at grade 2 to 3 with FGF23."),
        ("es", "eñe 5218 péóplé, 20 % a 40 % óf thém béttér (9 de 17); 1 de cada 600 at gradé 2 a 3 wíth FGF23."),
    ],
)
def test_facts_are_written_as_the_language_writes_them(shared_project: Project, locale: str, shown: str) -> None:
    (text,) = block(composed(shared_project, locale, "patient").handout, "prose", "figures")
    assert str(text).replace(NBSP, " ").replace("5.218", "5218") == shown


@pytest.mark.parametrize("locale", ["en", *TRANSLATED])
def test_a_fact_is_never_broken_over_two_lines(shared_project: Project, locale: str) -> None:
    handout = composed(shared_project, locale, "patient").handout
    (text,) = block(handout, "prose", "plain")
    said = str(text)
    dose = said[said.index("250") : said.index("500") + len("500 mg")]
    assert " " not in dose
    assert dose.endswith(f"500{NBSP}mg") or locale == "ar"


@pytest.mark.parametrize("locale", TRANSLATED)
def test_a_full_catalog_leaves_no_gap_and_prints_no_english(shared_project: Project, locale: str) -> None:
    for audience in ("patient", "clinician"):
        made = composed(shared_project, locale, audience)
        assert made.gaps == ()
        assert not any(text.untranslated for text in texts(made.handout))
        for section in made.handout.sections:
            assert str(section.heading).startswith(MARKS[locale])


def test_the_paper_says_that_leaflet_and_translation_are_drafts(shared_project: Project) -> None:
    assert len(composed(shared_project, "en", "patient").handout.head.marks) == 1
    assert len(composed(shared_project, "es", "patient").handout.head.marks) == 2


def test_a_missing_translation_is_printed_in_english_and_marked(project: Project) -> None:
    replace(catalog(project, "ar"), f'msgstr "{by_rote("ar", "Between two boxes.")}"', 'msgstr ""')
    made = composed(project, "ar", "patient")
    (text,) = block(made.handout, "boxes", "gap")
    assert str(text) == "Between two boxes."
    assert_in_english(text)
    assert [(gap.context, gap.reason, gap.text) for gap in made.gaps] == [
        ("boxes.gap", "missing", "Between two boxes.")
    ]
    assert len(made.handout.head.marks) == 3
    (gap,) = made.gaps
    line = catalog(project, "ar").read_text(encoding="utf-8").split("\n")[gap.origin.line - 1]
    assert line == 'msgstr ""'


def test_facts_in_english_text_that_stands_in_are_written_in_english(project: Project) -> None:
    change(
        catalog(project, "es"),
        lambda text: text.replace(f'msgstr "{by_rote("es", "{people} people")}', 'msgstr "{people'),
    )
    (text,) = block(composed(project, "es", "patient").handout, "prose", "figures")
    assert_in_english(text)
    assert str(text).replace(NBSP, " ").startswith("5,218 people, 20% to 40% of them better (9 of 17); 1 in 600")


def test_a_fuzzy_translation_is_never_printed(project: Project) -> None:
    path = catalog(project, "es")
    replace(path, 'msgctxt "boxes.gap"', '#, fuzzy\nmsgctxt "boxes.gap"')
    made = composed(project, "es", "patient")
    (text,) = block(made.handout, "boxes", "gap")
    assert str(text) == "Between two boxes."
    assert_in_english(text)
    assert gaps(project, "es") == [("boxes.gap", "fuzzy", "")]


FAILING = {
    "dropped_placeholder": ("{tablet_dose}", "the dose", "prose.plain"),
    "other_placeholder": ("{tablet_dose}", "{body_heat}", "prose.plain"),
    "unknown_placeholder": ("{tablet_dose}", "{tablet_dos}", "prose.plain"),
    "doubled_strong": ("**strong words**", "**strong** **words**", "prose.plain"),
    "dropped_strong": ("**strong words**", "strong words", "prose.plain"),
    "unclosed_strong": ("**strong words**", "**strong words", "prose.plain"),
    "changed_citation": ("[@second_2021]", "[@first_2020]", "prose.plain"),
    "dropped_citation": ("[@second_2021]", "", "prose.plain"),
    "dropped_link": ("[link](@more)", "link", "prose.plain"),
    "changed_link": ("[link](@more)", "[link](@other)", "prose.plain"),
    "web_address": ("[link](@more)", "[link](@more) https://example.org", "prose.plain"),
    "html": ("A paragraph", "A <b>paragraph", "prose.plain"),
    "added_digit": ("A paragraph", "A paragraph of 12 words", "prose.plain"),
}


@pytest.mark.parametrize("locale", TRANSLATED)
@pytest.mark.parametrize("name", FAILING)
def test_a_translation_that_fails_to_carry_over_what_it_must_is_never_printed(
    project: Project, locale: str, name: str
) -> None:
    old, new, context = FAILING[name]
    old, new = (by_rote(locale, text).removeprefix(MARKS[locale]) if "strong" in text else text for text in (old, new))

    def spoil(text: str) -> str:
        head, mark, rest = text.partition(f'msgstr "{by_rote(locale, "A paragraph")}')
        assert mark
        line, end, tail = rest.partition("\n")
        whole = mark + line
        assert old in whole
        return head + whole.replace(old, new) + end + tail

    change(catalog(project, locale), spoil)
    made = composed(project, locale, "clinician")
    (text,) = block(made.handout, "prose", "plain")
    assert_in_english(text)
    assert str(text).startswith("A paragraph with strong words")
    (gap,) = made.gaps
    assert (gap.context, gap.reason) == (context, "failing")
    assert gap.issue


@pytest.mark.parametrize("digits", ["4", "33", "٤", ""])
def test_a_translation_with_another_number_is_never_printed(project: Project, digits: str) -> None:
    replace(
        catalog(project, "ar"),
        by_rote("ar", "The second, with 3 words"),
        by_rote("ar", f"The second, with {digits} words"),
    )
    made = composed(project, "ar", "patient")
    assert [gap.reason for gap in made.gaps] == ["failing"]
    assert "number" in made.gaps[0].issue


def test_the_digits_of_another_script_are_the_same_number(project: Project) -> None:
    replace(
        catalog(project, "ar"), by_rote("ar", "The second, with 3 words"), by_rote("ar", "The second, with ٣ words")
    )
    assert gaps(project, "ar") == []


def test_two_gaps_of_one_text_are_told_once(project: Project) -> None:
    path = catalog(project, "es", "furniture")
    change(path, lambda text: text.replace('msgctxt "furniture.version"', '#, fuzzy\nmsgctxt "furniture.version"'))
    assert gaps(project, "es") == [("furniture.version", "fuzzy", "")]


def test_a_site_without_words_in_a_language_is_a_gap_and_prints_english(project: Project) -> None:
    path = project.folder("sites") / "example-hospital.toml"
    change(path, lambda text: "\n".join(line for line in text.split("\n") if not line.startswith("ar = ")))
    made = composed(project, "ar", "patient")
    assert str(made.handout.head.service) == "Example Hospital · Skin clinic"
    assert_in_english(made.handout.head.service)
    assert {(gap.context, gap.reason, str(gap.origin)) for gap in made.gaps} == {
        ("site", "missing", "sites/example-hospital.toml")
    }
    assert len(made.gaps) == 1
    assert gaps(project, "es") == []
    replace(catalog(project, "ar", "furniture"), 'msgstr "من {first} إلى {last}"', 'msgstr ""')
    (_, clinic, *_) = contact(composed(project, "ar", "patient").handout).ways
    assert clinic.hours
    assert str(clinic.hours) == "Monday to Friday, 09:00 to 17:00".replace("0 to 1", f"0{NBSP}to{NBSP}1")
    assert_in_english(clinic.hours)


def test_phones_doses_and_web_addresses_are_islands_in_arabic(project: Project) -> None:
    arabic = "عدد {people}، {share} تحسنوا ({better})؛ {chance} عند {grade} مع {gene}."
    change(catalog(project, "ar"), lambda text: re.sub(r'(?<=msgstr ")نص \{people\}.*(?=")', arabic, text))
    handout = composed(project, "ar", "patient").handout
    islands = {run.text for run in runs(handout) if run.island}
    assert {"020 7946 0958".replace(" ", NBSP), "skin.example.org/book", "17", "FGF23"} <= islands
    assert any("250" in text for text in islands)
    for text in texts(handout):
        for run in text.runs:
            if text.direction is None and not run.island and not run.field:
                assert not any(char.isascii() and char.isalnum() for char in run.text), run


def test_numbers_of_references_are_islands_in_arabic(shared_project: Project) -> None:
    raised = [run for run in runs(composed(shared_project, "ar", "clinician").handout) if run.raised]
    assert raised
    assert all(run.island for run in raised)


def test_left_to_right_languages_have_no_islands_and_no_text_hides_direction_marks(shared_project: Project) -> None:
    for locale in ("en", *TRANSLATED):
        handout = composed(shared_project, locale, "patient").handout
        assert locale == "ar" or not any(run.island for run in runs(handout))
        assert not list(forbidden_characters("".join(words(handout))))


@pytest.mark.parametrize("locale", ["en", *TRANSLATED])
def test_the_emergency_number_stands_in_the_heading_of_the_ladder(shared_project: Project, locale: str) -> None:
    heading, *_ = block(composed(shared_project, locale, "patient").handout, "warnings", "now")
    assert "999" in str(heading)
    assert not heading.untranslated
    if locale == "ar":
        assert Run("999", island=True) in heading.runs


def test_a_callout_with_a_heading_of_its_own_keeps_it(shared_project: Project) -> None:
    heading, *_ = block(composed(shared_project, "en", "patient").handout, "boxes", "dont")
    assert heading.runs == (Run("Do "), Run("not", strong=True), Run(" do this"))
    heading, *_ = block(composed(shared_project, "en", "patient").handout, "boxes", "do")
    assert str(heading) == "Do"


def contact(handout: Handout) -> Contact[Text]:
    (found,) = [
        part.content for section in handout.sections for part in section.blocks if isinstance(part.content, Contact)
    ]
    return found


def test_the_contact_card_lists_phones_and_pages_with_their_links(shared_project: Project) -> None:
    ways = contact(composed(shared_project, "en", "patient").handout).ways
    assert [way.link for way in ways] == [
        "tel:999", "tel:+442079460958", "tel:+442079460321", "tel:+442079460777", "https://wa.me/447700900123",
        "https://skin.example.org/specialists", "https://skin.example.org/second-opinion",
        "https://skin.example.org/health-checks", "https://skin.example.org/book",
    ]  # fmt: skip
    assert [way.form for way in ways] == ["number"] * 5 + ["line"] * 3 + ["code"]
    assert str(ways[1].hours) == "Monday to Friday, 09:00 to 17:00".replace(" to 17", f"{NBSP}to{NBSP}17")
    assert str(ways[1].value) == "020 7946 0958".replace(" ", NBSP)


def test_an_extension_is_printed_in_words_and_in_one_line(project: Project) -> None:
    replace(project.folder("sites") / "example-hospital.toml", '0958"', '0958 ext. 123"')
    (english, arabic) = (contact(composed(project, locale, "patient").handout).ways[1] for locale in ("en", "ar"))
    assert str(english.value) == "020 7946 0958 ext. 123".replace(" ", NBSP)
    assert english.link == arabic.link == "tel:+442079460958;ext=123"
    assert str(arabic.value) == "020 7946 0958 تحويلة 123".replace(" ", NBSP)
    assert [run.text for run in arabic.value.runs if run.island] == ["020 7946 0958".replace(" ", NBSP), "123"]


def test_email_and_postal_address_stand_on_the_card_in_every_language(project: Project) -> None:
    place = "1 Example Street, London"
    change(
        project.folder("sites") / "example-hospital.toml",
        lambda text: f'email = "skin@example.org"\naddress = "{place}"\n{text}',
    )
    for locale, labels in (("en", ("Email", "Address")), ("ar", ("البريد الإلكتروني", "العنوان"))):
        made = composed(project, locale, "patient")
        email, address = (way for way in contact(made.handout).ways if way.link.partition(":")[0] in ("mailto", ""))
        assert (str(email.label), str(address.label)) == labels
        assert (str(email.value), email.link) == ("skin@example.org", "mailto:skin@example.org")
        assert (str(address.value), address.link, address.value.untranslated) == (place, "", False)
        assert address.value.language == (None if locale == "en" else "en")
        assert made.gaps == ()


def test_one_name_serves_all_languages_and_english_alone_says_that_it_is_english(project: Project) -> None:
    path = project.folder("sites") / "example-hospital.toml"
    change(path, lambda text: re.sub(r"(?s)\[name\].*?(?=\[service\])", "", f'name = "Example Hospital"\n{text}'))
    spanish = composed(project, "es", "patient")
    assert str(spanish.handout.head.service) == "Example Hospital · Consulta de piel"
    assert (spanish.handout.head.service.language, spanish.gaps) == (None, ())
    change(path, lambda text: re.sub(r"(?s)\[service\].*?(?=\[\[)", "", f'service = "Skin clinic"\n{text}'))
    arabic = composed(project, "ar", "patient")
    service = arabic.handout.head.service
    assert (str(service), service.language, service.direction) == ("Example Hospital · Skin clinic", "en", "ltr")
    assert (service.untranslated, arabic.gaps) == (False, ())


def test_without_phones_and_pages_the_card_has_words_alone_and_the_ladder_says_to_get_help(project: Project) -> None:
    shorten_site(project, "[[phones]]")
    for locale in ("en", *TRANSLATED):
        made = composed(project, locale, "patient")
        card = contact(made.handout)
        assert card.ways == ()
        assert "Call us." in str(card.text)
        assert [(str(gap.origin), gap.context, gap.reason) for gap in made.gaps] == [
            ("sites/example-hospital.toml", "warnings.today", "unreachable")
        ]
        assert len(made.handout.head.marks) == len(composed(project, locale, "patient").handout.head.marks)
    heading, *_ = block(composed(project, "en", "patient").handout, "warnings", "now")
    assert str(heading) == "Get emergency help now"


def test_a_link_prints_its_address_behind_its_words(shared_project: Project) -> None:
    (text,) = block(composed(shared_project, "en", "patient").handout, "prose", "plain")
    assert Run("link", link="https://example.org/more/about-blocks") in text.runs
    assert "a link (example.org/more/about-blocks), a dose" in str(text)


@pytest.mark.parametrize("locale", ["en", "es", "zh_Hans", "ar"])
def test_no_line_breaks_in_a_date(shared_project: Project, locale: str) -> None:
    handout = composed(shared_project, locale, "patient").handout
    language = read(shared_project, [locale]).locales[locale]
    for written in (language.day(date(2026, 1, 31)), language.month(date(2027, 1, 31))):
        assert written.replace(" ", NBSP) in str(handout.head.details)


def test_head_and_foot_name_code_version_language_and_dates(shared_project: Project) -> None:
    handout = composed(shared_project, "zh_Hans", "patient").handout
    assert (handout.code, handout.version, handout.language) == ("EVERY-P-zh-Hans", "1.2", "zh-Hans")
    assert composed(shared_project, "ar", "clinician").handout.code == "EVERY-C-ar"
    details = str(composed(shared_project, "es", "patient").handout.head.details).replace(NBSP, " ")
    assert details.split(" · ")[0] == "Español (Spanish)"
    assert "31 de enero de 2026" in details
    english = composed(shared_project, "en", "patient").handout
    foot = str(english.foot).replace(NBSP, " ")
    assert foot == f"EVERY-P-en {english.check_code} · Version 1.2 · 2026-01-31 · Next check January 2027"
    spanish = composed(shared_project, "es", "patient").handout
    assert (english.revision, spanish.revision) == (None, 1)
    assert "1.2-1" in str(spanish.foot)
    assert "1.2-1" in str(spanish.head.details)


@pytest.mark.parametrize("locale", ["en", *TRANSLATED])
def test_the_page_label_has_a_field_for_the_page_and_one_for_the_pages(shared_project: Project, locale: str) -> None:
    label = composed(shared_project, locale, "patient").handout.page_label
    assert sorted(run.field for run in label.runs if run.field) == ["page", "pages"]


def test_a_text_that_waits_for_its_author_is_a_gap_in_every_language(project: Project) -> None:
    replace(project.folder("leaflets") / f"{CONDITION}.yaml", "Between two boxes.", "FILL IN the gap")
    for locale in ("en", "es"):
        found = composed(project, locale, "patient").gaps
        assert ("boxes.gap", "unfinished") in [(gap.context, gap.reason) for gap in found]


def test_a_figure_alone_needs_no_translation(shared_project: Project) -> None:
    rows = block(composed(shared_project, "es", "patient").handout, "lists", "rows")
    assert "–" in map(str, rows)
    assert not any(text.untranslated for text in rows)


def test_the_same_leaflet_gives_the_same_handout(shared_project: Project) -> None:
    first, second = (composed(shared_project, "ar", "clinician") for _ in range(2))
    assert first == second
    assert hash(first.handout) == hash(second.handout)
