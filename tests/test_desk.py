"""The review desk: what each leaflet waits for, the worst first, whatever happened to its files."""

import re
import shutil
from collections.abc import Callable
from dataclasses import replace as replaced
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from approvals import approve, keep, signs
from clinic import CONDITION, make_clinic, source, spanish, translate
from desk import DAY, OTHER, SITE_FILE, add_other, publish
from lxml import html
from projects import change, replace, update_catalogs

from leafletpress.build import library
from leafletpress.build.desk import survey as surveying
from leafletpress.build.desk.page import page
from leafletpress.build.desk.rows import ROW_STATES, Published, Row, folded, urgency
from leafletpress.build.desk.survey import Choice, Survey, survey
from leafletpress.build.freshness.cache import Cache
from leafletpress.build.library import Library, Project
from leafletpress.build.project import Settings, Unit
from leafletpress.build.signing import withdraw
from leafletpress.model.approval import Role, Withdrawal
from leafletpress.model.problems import ExitCode, LeafletError
from leafletpress.model.releases import RELEASES_FILE
from leafletpress.read.located.files import Files
from leafletpress.read.signoffs import signoffs_file

TODAY = date(2026, 3, 1)


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = make_clinic(tmp_path_factory.mktemp("desk") / "project")
    shutil.rmtree(project.folder("templates"))  # the program's are as good, and need not be copied for each test
    change(project.root / SITE_FILE, lambda text: text.replace('publish = "drafts"', 'publish = "approved"'))
    return project


@pytest.fixture
def own(clinic: Project, tmp_path: Path) -> Project:
    return Project(Path(shutil.copytree(clinic.root, tmp_path / "project")))


def surveyed(project: Project, choice: Choice | None = None, today: date = TODAY, cache: Cache | None = None) -> Survey:
    return survey(project, None, choice or Choice(), today, cache)


def row(project: Project, locale: str = "en", audience: str = "patient", today: date = TODAY) -> Row:
    (found,) = surveyed(project, Choice((CONDITION,), (locale,), (audience,)), today).rows
    return found


def states(project: Project, choice: Choice | None = None, today: date = TODAY) -> dict[str, str]:
    """The state of each row, by condition, language and audience as far as it has them."""
    return {
        " ".join(filter(None, (one.condition, one.locale, one.audience))): one.state
        for one in surveyed(project, choice, today).rows
    }


# --- what a row says --------------------------------------------------------------------------------------------------


def test_a_leaflet_that_nobody_signed_waits_for_those_who_must(own: Project) -> None:
    english, translated = row(own), row(own, "es")
    assert (english.state, english.waiting) == ("draft", (("en", "author"), ("en", "clinician")))
    assert english.next_step == "have it signed by author and clinician"
    assert english.withheld == "not approved: en waits for author and clinician"
    assert translated.next_step == "have it signed by translator and reviser"
    assert translated.withheld == "not approved: es waits for translator and reviser; en waits for author and clinician"
    assert (english.title, english.code, english.version) == ("Dry skin", "DRYS-P-en", "1.0")
    assert (english.since, english.age(TODAY)) == ("2026-01-05", 55)
    assert (english.next_review, english.days_left(TODAY)) == ("2028-01-05", 675)


def test_a_row_names_who_signed_and_is_done_when_all_have(own: Project) -> None:
    approve(own, DAY, "es")
    english, translated = row(own), row(own, "es")
    assert [(one.role, one.name, one.credential, one.day) for one in english.signed] == [
        ("author", "Ann Example", "Dermatology nurse", "2026-02-01"),
        ("clinician", "Cleo Example", "Consultant dermatologist", "2026-02-01"),
    ]
    for one in (english, translated):
        assert (one.state, one.since, one.withheld, one.next_step) == ("approved", "2026-02-01", "", "")


def test_a_translation_that_is_revised_waits_for_its_english(own: Project) -> None:
    roles: tuple[Role, ...] = ("translator", "reviser")
    for role in roles:
        signs(own, role, DAY, locale="es")
    assert row(own, "es").state == "revised"
    assert row(own, "es").next_step == "have its English signed by author and clinician"


def test_a_void_signature_names_what_changed_until_its_role_signs_again(own: Project) -> None:
    approve(own, DAY)
    replace(source(own), "value: 5 to 10", "value: 50 to 100")
    found = row(own)
    assert [(one.role, one.changed) for one in found.void] == [
        ("author", ("treatment.doses",)),
        ("clinician", ("treatment.doses",)),
    ]
    signs(own, "author", TODAY)
    found = row(own)
    assert ([one.role for one in found.signed], [one.role for one in found.void]) == (["author"], ["clinician"])


def test_texts_that_can_not_be_printed_are_counted_with_the_place_of_the_first(own: Project) -> None:
    approve(own, DAY, "es")
    replace(source(own), "heading: Morning", "heading: In the morning")
    update_catalogs(own)
    found = row(own, "es")
    assert (found.state, found.gaps) == ("out of date", {"fuzzy": 1})
    assert re.fullmatch(r"locales/es/LC_MESSAGES/dry-skin\.po:\d+:1", found.first_gap)
    assert found.next_step == f"translate 1 text (1 fuzzy), first {found.first_gap}"
    assert found.withheld == f"1 fuzzy; first: {found.first_gap}"


def test_what_waits_for_its_author_comes_before_signatures_and_translations(own: Project) -> None:
    replace(source(own), "heading: Morning", "heading: FILL IN")
    update_catalogs(own)
    assert row(own).next_step.startswith("write what still says FILL IN: 1 text, first leaflets/dry-skin.yaml:")
    assert row(own, "es").next_step.startswith("write what still says FILL IN: 1 text, first leaflets/dry-skin.yaml:")


def test_a_text_that_changed_under_a_number_that_was_published_needs_a_new_one(own: Project) -> None:
    publish(own, (CONDITION, "en", "patient"))
    found = row(own)
    assert found.next_step == "raise the version: leafletpress bump dry-skin --why TEXT"
    assert found.published == Published("1.0", None, "2026-02-01")
    assert "the text is not the one that was published as version 1.0" in found.withheld


def test_safety_texts_that_nobody_put_back_into_english_are_counted_and_asked_for_where_the_site_wants_it(
    own: Project,
) -> None:
    lacking = row(own, "es").not_put_back
    assert (lacking > 1, row(own).not_put_back) == (True, 0)
    assert row(own, "es").next_step == "have it signed by translator and reviser"
    replace(own.root / SITE_FILE, 'back_translations = "optional"', "")
    asked = f"have {lacking} safety texts put back into English: leafletpress catalogs backtranslate es"
    assert row(own, "es").next_step == asked


def test_a_leaflet_past_its_review_is_expired_and_one_near_it_is_due(own: Project) -> None:
    approve(own, DAY)
    late, near = date(2028, 1, 8), date(2027, 12, 30)
    found = row(own, today=late)
    assert (found.state, found.since, found.days_left(late)) == ("expired", "2028-01-05", -3)
    assert found.next_step == "review text, figures and sources, then set version, written and next_review"
    assert row(own, today=near).state == "approved"
    assert len(states(own, Choice(due=6), near)) == 4
    assert states(own, Choice(due=5), near) == {}


# --- withdrawn, and no longer made ------------------------------------------------------------------------------------


def test_a_withdrawn_leaflet_has_its_reason_and_nothing_to_do(own: Project) -> None:
    keep(own, withdraw(own, CONDITION, Withdrawal(DAY, "The dose was wrong.", locale="es")))
    found = row(own, "es")
    assert (found.state, found.since, found.next_step) == ("withdrawn", "2026-02-01", "")
    assert found.withheld == "withdrawn on 2026-02-01: The dose was wrong."
    assert (row(own).state, found.is_held_back) == ("draft", False)


def test_what_was_published_and_has_no_source_any_more_is_to_be_withdrawn(own: Project) -> None:
    publish(own, ("old-skin", "en", "patient"), ("old-skin", "fr", "patient"), (CONDITION, "fr", "patient"))
    found = {(one.condition, one.locale): one for one in surveyed(own).rows if one.state == "no longer made"}
    assert found.keys() == {("old-skin", "en"), ("old-skin", "fr"), (CONDITION, "fr")}
    assert found["old-skin", "fr"].next_step == "withdraw it: leafletpress withdraw old-skin --why TEXT"
    only = "withdraw it: leafletpress withdraw dry-skin --locale fr --audience patient --why TEXT"
    assert found[CONDITION, "fr"].next_step == only
    keep(own, withdraw(own, "old-skin", Withdrawal(TODAY, "Nobody needs it.", CONDITION)))
    gone = surveyed(own, Choice(("old-skin",))).rows
    assert {(one.state, one.withheld, one.next_step) for one in gone} == {
        ("withdrawn", "withdrawn on 2026-03-01: Nobody needs it.; use dry-skin instead", "")
    }


def test_a_withdrawn_leaflet_stays_in_the_list_when_its_file_is_gone(own: Project) -> None:
    add_other(own)
    keep(own, withdraw(own, CONDITION, Withdrawal(DAY, "The dose was wrong.")))
    keep(own, withdraw(own, OTHER, Withdrawal(DAY, "Old.", locale="es", audience="patient")))
    source(own).unlink()
    found = states(own)
    assert found[CONDITION] == "withdrawn"
    assert found[f"{OTHER} es patient"] == "withdrawn"
    (own.folder("leaflets") / f"{OTHER}.yaml").unlink()
    assert states(own) == {CONDITION: "withdrawn", f"{OTHER} es patient": "withdrawn"}


# --- what can't be read -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "old", "new", "rows", "where"),
    [
        (f"leaflets/{OTHER}.yaml", "sections:", "sektions:", {OTHER}, f"leaflets/{OTHER}.yaml"),
        (f"leaflets/{OTHER}.yaml", "title: Dry skin", "title: [", {OTHER}, f"leaflets/{OTHER}.yaml"),
        (signoffs_file(OTHER), "Old.", "Older.", {OTHER}, signoffs_file(OTHER)),
        (f"locales/es/LC_MESSAGES/{OTHER}.po", "msgid", "msgxd", {f"{OTHER} es"}, "locales/es/LC_MESSAGES/wet-skin.po"),
    ],
)
def test_a_leaflet_that_can_not_be_read_is_a_row_of_its_own_and_stops_no_other(
    own: Project, file: str, old: str, new: str, rows: set[str], where: str
) -> None:
    add_other(own)
    keep(own, withdraw(own, OTHER, Withdrawal(DAY, "Old.", locale="es", audience="clinician")))
    before = states(own)
    change(own.root / file, lambda text: text.replace(old, new))
    found = states(own)
    assert {name for name, state in found.items() if state == "unreadable"} == rows
    assert {name: found[name] for name in before if name.startswith(CONDITION)} == {
        name: state for name, state in before.items() if name.startswith(CONDITION)
    }
    whole = surveyed(own)
    assert whole.rows[0].problems[0].origin.file == where  # the worst comes first
    assert whole.rows[0].next_step == f"mend {whole.rows[0].problems[0]}"
    assert whole.exit_code == ExitCode.CONTENT
    assert surveyed(own, Choice((CONDITION,))).exit_code == ExitCode.WITHHELD


def test_a_catalog_that_is_missing_is_a_row_of_its_language(own: Project) -> None:
    spanish(own).unlink()
    assert states(own)[f"{CONDITION} es"] == "unreadable"
    assert states(own)[f"{CONDITION} en patient"] == "draft"


def test_a_language_that_can_not_be_read_is_a_row_of_each_leaflet(own: Project) -> None:
    (own.folder("locales") / "es" / "locale.toml").write_text("own_name = 1\n", encoding="utf-8")
    found = surveyed(own)
    assert [(one.locale, one.state) for one in found.rows if one.locale == "es"] == [("es", "unreadable")]
    assert found.exit_code == ExitCode.CONTENT


def test_without_what_was_published_nobody_knows_what_may_be(own: Project) -> None:
    publish(own, (CONDITION, "en", "patient"))
    replace(own.root / RELEASES_FILE, 'version = "1.0"', 'version = "1.1"')
    with pytest.raises(LeafletError, match=r"published\.toml"):
        surveyed(own)


# --- how a survey ends ------------------------------------------------------------------------------------------------


def test_it_ends_with_0_only_where_all_that_is_not_withdrawn_may_be_released(own: Project) -> None:
    patients = Choice(audiences=("patient",))
    assert surveyed(own, patients).exit_code == ExitCode.WITHHELD
    approve(own, DAY)
    assert surveyed(own, patients).exit_code == ExitCode.WITHHELD
    keep(own, withdraw(own, CONDITION, Withdrawal(DAY, "The dose was wrong.", locale="es")))
    assert surveyed(own, patients).exit_code == ExitCode.OK
    assert surveyed(own).exit_code == ExitCode.WITHHELD


def test_the_policy_of_the_site_decides_what_is_withheld(own: Project) -> None:
    replace(own.root / SITE_FILE, 'publish = "approved"', 'publish = "drafts"')
    found = surveyed(own)
    assert {(one.state, one.withheld) for one in found.rows} == {("draft", "")}
    assert found.exit_code == ExitCode.OK
    assert row(own).next_step == "have it signed by author and clinician"  # it still waits for them


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (Choice(conditions=("dry-skim",)), 'unknown condition "dry-skim" (did you mean "dry-skin"?)'),
        (Choice(locales=("xx",)), 'unknown locale "xx"'),
        (Choice(audiences=("nurse",)), 'unknown audience "nurse"'),
    ],
)
def test_what_there_is_not_can_not_be_chosen(own: Project, choice: Choice, said: str) -> None:
    with pytest.raises(LeafletError) as caught:
        surveyed(own, choice)
    assert said in str(caught.value)
    assert caught.value.exit_code == ExitCode.USAGE


def test_rows_are_chosen_by_condition_language_audience_and_state(own: Project) -> None:
    add_other(own)
    approve(own, DAY)
    chosen = Choice((CONDITION,), ("en", "es"), ("patient",), ("approved", "revised"))
    assert states(own, chosen) == {f"{CONDITION} en patient": "approved"}
    assert len(states(own, Choice(states=("draft",)))) == 7


# --- the worst first --------------------------------------------------------------------------------------------------


def a_row(state: str, condition: str = "a", **values: object) -> Row:
    known = Row(condition, "en", "patient", state, "do something", next_review="2030-01-01")  # type: ignore[arg-type]
    return replaced(known, **values)  # type: ignore[arg-type]


def test_the_worst_comes_first() -> None:
    published = Published("1.0", None, "2026-01-01")
    expected = [
        a_row("unreadable"),
        a_row("draft", withheld="why", published=published),
        a_row("expired", withheld="why"),
        a_row("draft", withheld="why"),
        a_row("expired"),
        a_row("out of date"),
        a_row("draft", next_review="2027-01-01"),
        a_row("draft"),
        a_row("draft", locale="ar"),
        a_row("approved"),
        a_row("withdrawn", withheld="withdrawn"),
    ]
    mixed = [*expected[1::2], *expected[::2]]
    assert sorted(mixed, key=urgency) == expected
    names = [one.condition for one in folded(a_row("draft", one, withheld="why") for one in "cab")]
    assert names == ["a", "b", "c"]


def test_a_condition_is_as_urgent_as_its_worst_leaflet_and_counts_the_others() -> None:
    rows = [a_row("approved", "a"), a_row("draft", "a"), a_row("approved", "b"), a_row("expired", "b", locale="es")]
    first, second = folded(rows)
    assert (first.condition, {state: len(those) for state, those in first.states.items()}) == (
        "b",
        {"expired": 1, "approved": 1},
    )
    assert (second.condition, second.first.state) == ("a", "draft")


def test_what_translations_rest_on_is_done_first() -> None:
    rows = [a_row("out of date", locale="ar", withheld="why"), a_row("draft", withheld="why")]
    assert folded(rows)[0].first.locale == "en"
    held_back = [rows[0], replaced(rows[1], withheld="")]
    assert folded(held_back)[0].first.locale == "ar"


# --- what did not change is not read again ----------------------------------------------------------------------------


def cache(project: Project) -> Cache:
    return Cache(project.root / ".cache" / "status", ".cache/status", 10_000_000)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The conditions that were read."""
    found: list[str] = []

    def read_units(files: Files, settings: Settings, units: tuple[Unit, ...]) -> Library:
        found.extend(dict.fromkeys(unit.condition for unit in units))
        return library.read_units(files, settings, units)

    monkeypatch.setattr(surveying, "read_units", read_units)
    return found


def test_what_did_not_change_is_not_read_again_and_says_the_same(own: Project, read: list[str]) -> None:
    add_other(own)
    approve(own, DAY, "es")
    replace(source(own), "value: 5 to 10", "value: 50 to 100")
    publish(own, (CONDITION, "en", "patient"), (CONDITION, "fr", "patient"), ("old-skin", "en", "patient"))
    fresh = surveyed(own)
    assert (read, surveyed(own, cache=cache(own))) == ([CONDITION, OTHER] * 2, fresh)
    read.clear()
    assert surveyed(own, cache=cache(own)) == fresh
    assert read == []


def swapped(name: str, old: str, new: str) -> Callable[[Project], None]:
    return lambda project: replace(project.root / name, old, new)


@pytest.mark.parametrize(
    "edit",
    [
        swapped(f"leaflets/{CONDITION}.yaml", "skin soft", "skin very soft"),
        swapped(f"leaflets/{CONDITION}.yaml", 'version: "1.0"', 'version: "1.1"'),
        lambda project: translate(project, {"Morning": "Por la mañana"}),
        lambda project: signs(project, "author", DAY),
        lambda project: keep(project, withdraw(project, CONDITION, Withdrawal(DAY, "Old."))),
        lambda project: publish(project, (CONDITION, "fr", "patient")),
        swapped(SITE_FILE, 'publish = "approved"', 'publish = "drafts"'),
        swapped(SITE_FILE, "Skin clinic", "Eye clinic"),
        swapped("locales/es/LC_MESSAGES/furniture.po", 'msgstr "Borrador', 'msgstr "El borrador'),
        swapped("locales/es/locale.toml", 'audiences = ["patient", "clinician"]', 'audiences = ["patient"]'),
    ],
)
def test_a_change_of_anything_that_it_is_made_of_is_seen(
    own: Project, edit: Callable[[Project], None], read: list[str]
) -> None:
    surveyed(own, cache=cache(own))
    read.clear()
    edit(own)
    assert surveyed(own, cache=cache(own)) == surveyed(own)
    assert read == [CONDITION, CONDITION]


def test_a_day_that_changes_a_state_is_seen_and_any_other_only_counted(own: Project, read: list[str]) -> None:
    surveyed(own, cache=cache(own))
    read.clear()
    later = surveyed(own, today=date(2026, 3, 11), cache=cache(own))
    assert (read, later.rows[0].age(later.today)) == ([], 65)
    assert {one.state for one in surveyed(own, today=date(2028, 1, 6), cache=cache(own)).rows} == {"expired"}
    assert {one.state for one in surveyed(own, today=TODAY, cache=cache(own)).rows} == {"draft"}


def test_what_can_not_be_read_is_read_again_each_time(own: Project, read: list[str]) -> None:
    add_other(own)
    change(source(own), lambda text: text.replace("sections:", "sektions:"))
    for _ in range(2):
        read.clear()
        assert surveyed(own, cache=cache(own)).rows[0].state == "unreadable"
    assert read == [CONDITION]


# --- the page ---------------------------------------------------------------------------------------------------------


def made_page(project: Project, today: date = TODAY) -> str:
    return page(project.files(), surveyed(project, today=today)).decode()


def test_the_page_has_every_leaflet_in_a_table_and_needs_neither_network_nor_script(own: Project) -> None:
    add_other(own)
    approve(own, DAY)
    text = made_page(own)
    document: Any = html.fromstring(text)
    assert not document.xpath("//*[@src] | //link | //*[@href]")
    assert "default-src 'none'" in document.xpath("string(//meta[@http-equiv]/@content)")
    assert [" ".join(one.text_content().split()) for one in document.xpath("//summary/h2")] == [
        "Dry skin wet-skin",
        "Dry skin dry-skin",
    ]
    rows = document.xpath("//details//tbody/tr")
    assert len(rows) == 8
    assert not document.xpath("//details[@hidden] | //tr[@hidden]")
    assert document.xpath("//form/@hidden")  # filters come with the script
    approved = next(one for one in rows if one.get("data-s") == "approved")
    for said in ("English, patient", "DRYS-P-en 1.0", "Ann Example, Dermatology nurse, 2026-02-01", "2028-01-05"):
        assert said in approved.text_content()


def test_what_people_wrote_can_not_become_markup(own: Project) -> None:
    keep(own, withdraw(own, CONDITION, Withdrawal(DAY, "<script>alert(1)</script> & so on", locale="es")))
    signs(own, "author", DAY, name='Ann "<b>" Example')
    text = made_page(own)
    assert text.count("<script") == 1
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; so on" in text
    assert "<b>&#34;" not in text
    assert "Ann &#34;&lt;b&gt;&#34; Example" in text


def test_states_are_named_in_the_language_of_the_staff(own: Project) -> None:
    replace(own.root / SITE_FILE, 'region = "GB"', 'region = "GB"\nstaff = "es"')
    document: Any = html.fromstring(made_page(own, date(2028, 1, 6)))
    chips = document.xpath("//ul[@class='counts']//bdi")
    assert [(one.text_content(), one.get("lang"), one.get("dir")) for one in chips] == [
        ("fecha de revisión pasada", "es", "ltr")
    ]


def test_every_state_has_a_look_of_its_own_or_the_plain_one() -> None:
    names = {state.replace(" ", "-") for state in ROW_STATES}
    css = (Path(__file__).parent.parent / "templates" / "report" / "status.css").read_text(encoding="utf-8")
    plain = {"draft", "translated", "revised", "withdrawn"}
    assert {name for name in names if f".{name}" not in css} == plain
