"""Who signed exactly which text: the states that follow, what voids a signature, and what no record may hold."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from approvals import approve, keep, signs
from clinic import CONDITION, make_clinic, source, translate
from projects import change, replace, update_catalogs

from leafletpress.build.check import check
from leafletpress.build.library import Library, Project, Wanted, read_library
from leafletpress.build.policy import held
from leafletpress.build.signing import Person, sign, withdraw
from leafletpress.compose.handouts import Composition
from leafletpress.model.approval import Withdrawal
from leafletpress.model.problems import ExitCode, LeafletError
from leafletpress.model.site import Policy
from leafletpress.model.walk import section_texts
from leafletpress.read.signoffs import signoffs_file

DAY, TODAY = date(2026, 2, 1), date(2026, 3, 1)
LEAFLET = f"leaflets/{CONDITION}.yaml"
CREAM = "Choose a [cream without scent](@creams)"


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = make_clinic(tmp_path_factory.mktemp("signing") / "project")
    shutil.rmtree(project.folder("templates"))  # the program's are as good, and need not be copied for each test
    return project


@pytest.fixture
def own(clinic: Project, tmp_path: Path) -> Project:
    return Project(Path(shutil.copytree(clinic.root, tmp_path / "project")))


def library(project: Project, today: date = TODAY) -> Library:
    return read_library(project, Wanted(audiences=("patient",)), today)


def made(project: Project, locale: str = "en", today: date = TODAY) -> Composition:
    wanted = Wanted(audiences=("patient",))
    return next(one for one in library(project, today).compositions(wanted) if one.handout.locale == locale)


def state(project: Project, locale: str = "en", today: date = TODAY) -> str:
    return made(project, locale, today).standing.state


def why(project: Project, policy: Policy, locale: str = "en", today: date = TODAY) -> str:
    """Why a release withholds a leaflet under a policy."""
    known = library(project, today)
    one = next(one for one in known.compositions(Wanted(audiences=("patient",))) if one.handout.locale == locale)
    return held(one, known.signoffs[CONDITION], known.releases, policy, today).by(release=True)


def record(project: Project) -> Path:
    return project.root / signoffs_file(CONDITION)


def refused(project: Project, role: str, locale: str = "en", day: date = DAY, today: date = TODAY, **who: str) -> str:
    """What is said where somebody can't sign."""
    person = Person(role, **{"name": "Ann Example", "credential": "Nurse", **who})  # type: ignore[arg-type]
    wanted = Wanted(conditions=(CONDITION,), locales=(locale,), audiences=("patient",))
    with pytest.raises(LeafletError) as caught:
        sign(project, wanted, person, day, today)
    return str(caught.value)


# --- states -----------------------------------------------------------------------------------------------------------


def test_english_is_approved_when_author_and_clinician_have_signed_it(own: Project) -> None:
    assert state(own) == "draft"
    signs(own, "author", DAY)
    assert (state(own), made(own).standing.waiting) == ("draft", (("en", "clinician"),))
    signs(own, "clinician", TODAY)
    standing = made(own).standing
    assert (standing.state, standing.day, standing.waiting) == ("approved", TODAY, ())


def test_a_translation_is_translated_revised_and_approved_with_its_english(own: Project) -> None:
    assert state(own, "es") == "draft"
    signs(own, "translator", DAY, locale="es")
    assert state(own, "es") == "translated"
    signs(own, "reviser", DAY, locale="es")
    assert state(own, "es") == "revised"
    assert made(own, "es").standing.waiting == (("en", "author"), ("en", "clinician"))
    approve(own, TODAY)
    assert (state(own, "es"), made(own, "es").standing.day) == ("approved", TODAY)


def test_each_audience_is_signed_by_itself(own: Project) -> None:
    approve(own, DAY)
    clinician = next(read_library(own, Wanted(), TODAY).compositions(Wanted(audiences=("clinician",))))
    assert clinician.standing.state == "draft"


@pytest.mark.parametrize(
    ("place", "old", "new", "changed"),
    [
        (LEAFLET, "value: 5 to 10", "value: 50 to 100", "treatment.doses"),
        (LEAFLET, "do not rub it", "do rub it", "treatment.bath"),
        (LEAFLET, "https://skin.example.org/creams", "https://skin.example.org/other", "treatment.cream"),
        (LEAFLET, "next_review: 2028-01-05", "next_review: 2030-01-05", "next_review"),
        (LEAFLET, "https://example.org/first", "https://example.org/second", ""),
        ("sites/example-hospital.toml", "Skin clinic", "Eye clinic", "head.service"),
    ],
)  # fmt: skip
def test_any_change_of_the_text_makes_its_signatures_void(
    own: Project, place: str, old: str, new: str, changed: str
) -> None:
    approve(own, DAY)
    replace(own.root / place, old, new)
    standing = made(own).standing
    if not changed:  # a source that patients see no more of than its publisher
        assert standing.state == "approved"
        return
    assert (standing.state, standing.signed, len(standing.void)) == ("draft", (), 2)
    (signed,) = signs(own, "author", TODAY, name="Aida Example")
    assert (signed.changed, signed.last and signed.last.name) == ((changed,), "Ann Example")


def test_what_follows_from_numbers_and_days_voids_nothing(own: Project) -> None:
    approve(own, DAY)
    replace(source(own), 'version: "1.0"', 'version: "1.1"')
    replace(source(own), "written: 2026-01-05", "written: 2026-01-30")
    assert state(own) == "approved"


def test_a_translation_that_changed_is_a_draft_again_and_its_english_is_not(own: Project) -> None:
    approve(own, DAY, "es")
    translate(own, {"Morning": "Por la mañana"})
    assert (state(own), state(own, "es")) == ("approved", "draft")


def test_a_text_that_comes_back_has_its_signatures_again(own: Project) -> None:
    approve(own, DAY)
    before = source(own).read_text(encoding="utf-8")
    replace(source(own), "Morning", "Mornings")
    assert state(own) == "draft"
    source(own).write_text(before, encoding="utf-8")
    assert state(own) == "approved"


def test_past_its_review_it_is_expired_whoever_signed(own: Project) -> None:
    approve(own, DAY)
    assert state(own, today=date(2028, 1, 5)) == "approved"
    standing = made(own, today=date(2028, 1, 6)).standing
    assert (standing.state, standing.day) == ("expired", date(2028, 1, 5))


def test_a_translation_that_its_english_left_behind_is_out_of_date(own: Project) -> None:
    approve(own, DAY, "es")
    replace(source(own), CREAM, "Take a [cream without scent](@creams)")
    update_catalogs(own)
    standing = made(own, "es").standing
    assert (standing.state, standing.untranslated, standing.behind) == ("out of date", 1, True)


# --- on paper ---------------------------------------------------------------------------------------------------------


def marks(project: Project, locale: str = "en", today: date = TODAY) -> list[str]:
    return [plain(mark) for mark in made(project, locale, today).handout.head.marks]


def plain(text: object) -> str:
    """A text with spaces that may break where those stand that hold a date together."""
    return str(text).replace("\u00a0", " ")


def test_the_paper_says_its_state_in_words(own: Project) -> None:
    assert marks(own) == ["Draft: not yet checked by a clinician"]
    approve(own, DAY, "es")
    assert (marks(own), marks(own, "es")) == ([], [])
    assert "Approved 1 February 2026" in plain(made(own).handout.head.details)
    assert "1 de febrero de 2026" in plain(made(own, "es").handout.head.details)
    (mark,) = marks(own, today=date(2028, 2, 1))
    assert mark == "Past its check date (January 2028). Ask staff before you use it."
    replace(source(own), CREAM, "Take a [cream without scent](@creams)")
    update_catalogs(own)
    assert any(": 1." in mark for mark in marks(own, "es"))


def test_staff_who_read_another_language_are_told_which_leaflet_it_is_and_its_state(own: Project) -> None:
    staff = made(own, "es").handout.head.staff
    assert staff
    assert (staff.language, staff.direction) == ("en", "ltr")
    for said in ("For staff", "Patient information", "Dry skin", "draft", "January 2028", "DRYS-P-es"):
        assert said in str(staff).replace("\u00a0", " ")
    assert made(own).handout.head.staff is None
    site = own.root / "sites" / "example-hospital.toml"
    change(site, lambda text: text.replace('region = "GB"', 'region = "GB"\nstaff = "es"'))
    staff = made(own).handout.head.staff
    assert staff
    assert "Piel seca" in str(staff)
    assert made(own, "es").handout.head.staff is None


def test_a_change_of_state_changes_the_check_code(own: Project) -> None:
    before = made(own).handout.check_code
    approve(own, DAY)
    assert made(own).handout.check_code != before


# --- the policy of a site ---------------------------------------------------------------------------------------------


def test_a_site_lets_out_what_is_approved_or_drafts_too(own: Project) -> None:
    assert why(own, Policy()) == "not approved: en waits for author and clinician"
    assert why(own, Policy(), "es") == (
        "not approved: es waits for translator and reviser; en waits for author and clinician"
    )
    assert why(own, Policy(drafts=True)) == ""
    approve(own, DAY, "es")
    assert (why(own, Policy()), why(own, Policy(), "es")) == ("", "")


def test_what_is_expired_is_withheld_or_marked(own: Project) -> None:
    approve(own, DAY)
    late = date(2028, 1, 6)
    assert why(own, Policy(drafts=True), today=late) == "expired: its review was due on 2028-01-05"
    assert why(own, Policy(expired=True), today=late) == ""


def lagging(project: Project, old: str, new: str) -> None:
    """Have the English move on after everything was approved, and be approved again."""
    approve(project, DAY, "es")
    replace(source(project), old, new)
    replace(source(project), "written: 2026-01-05", "written: 2026-02-10")
    update_catalogs(project)
    approve(project, date(2026, 2, 10))


def test_a_translation_may_lag_for_so_many_days_and_says_so(own: Project) -> None:
    lagging(own, CREAM, "Take a [cream without scent](@creams)")
    day = date(2026, 2, 20)
    assert why(own, Policy(lag_days=0), "es", day).startswith("1 fuzzy; first: locales/es/")
    assert why(own, Policy(lag_days=10), "es", day) == ""
    assert why(own, Policy(lag_days=9), "es", day).startswith("1 fuzzy")


def test_text_that_bears_safety_never_lags(own: Project) -> None:
    lagging(own, "Do **not** stop the tablets on your own.", "Do **not** stop these tablets on your own.")
    assert why(own, Policy(drafts=True, lag_days=99), "es", date(2026, 2, 11)).startswith("1 fuzzy")


def test_a_translation_that_changed_beside_what_lags_is_withheld(own: Project) -> None:
    lagging(own, CREAM, "Take a [cream without scent](@creams)")
    translate(own, {"Morning": "Por la mañana"})
    assert why(own, Policy(lag_days=99), "es", date(2026, 2, 11)) == "not approved: es waits for translator and reviser"


def test_what_was_never_whole_does_not_lag(own: Project) -> None:
    replace(source(own), CREAM, "Take a [cream without scent](@creams)")
    update_catalogs(own)
    assert why(own, Policy(drafts=True, lag_days=99), "es").startswith("1 fuzzy")


def test_the_days_on_which_nothing_changes_by_itself_are_known(own: Project) -> None:
    lagging(own, CREAM, "Take a [cream without scent](@creams)")
    known = library(own)
    one = next(one for one in known.compositions(Wanted()) if one.handout.locale == "es")

    def days(today: date, policy: Policy) -> tuple[date, date | None]:
        return held(one, known.signoffs[CONDITION], known.releases, policy, today).days

    policy = Policy(lag_days=10)
    assert days(date(2026, 2, 11), policy) == (date.min, date(2026, 2, 20))
    assert days(date(2026, 2, 20), policy) == (date.min, date(2026, 2, 20))
    assert days(date(2026, 2, 21), policy) == (date(2026, 2, 21), date(2028, 1, 5))
    assert days(date(2028, 1, 6), policy) == (date(2028, 1, 6), None)


# --- withdrawals ------------------------------------------------------------------------------------------------------


def test_a_withdrawn_leaflet_is_withheld_by_every_build_with_the_reason(own: Project) -> None:
    keep(own, withdraw(own, CONDITION, Withdrawal(DAY, "The dose was wrong.", locale="es")))
    known, policy = library(own), Policy(drafts=True)
    said = {
        one.handout.locale: held(one, known.signoffs[CONDITION], known.releases, policy, TODAY).by(release=False)
        for one in known.compositions(Wanted())
    }
    assert said == {"en": "", "es": "withdrawn on 2026-02-01: The dose was wrong."}
    assert (state(own, "es"), made(own, "es").standing.day) == ("withdrawn", DAY)
    assert "was withdrawn on 2026-02-01" in refused(own, "translator", "es")


@pytest.mark.parametrize(
    ("condition", "withdrawal", "said"),
    [
        ("dry-skim", Withdrawal(DAY, "Old."), 'unknown condition "dry-skim" (did you mean "dry-skin"?)'),
        (CONDITION, Withdrawal(DAY, "Old.", instead="none"), 'unknown instead "none"'),
        (CONDITION, Withdrawal(DAY, "Old.", instead=CONDITION), "is the leaflet that is withdrawn"),
        (CONDITION, Withdrawal(DAY, "Old.", locale="xx"), 'unknown locale "xx"'),
        (CONDITION, Withdrawal(DAY, "Old.", audience="nurse"), 'unknown audience "nurse"'),
        (CONDITION, Withdrawal(DAY, " "), "--why: takes one line of text"),
        (CONDITION, Withdrawal(DAY, "One\nTwo"), "--why: takes one line of text"),
        (CONDITION, Withdrawal(DAY, "FILL IN"), "--why: takes one line of text"),
    ],
)
def test_a_withdrawal_that_helps_nobody_is_refused(
    own: Project, condition: str, withdrawal: Withdrawal, said: str
) -> None:
    with pytest.raises(LeafletError) as caught:
        withdraw(own, condition, withdrawal)
    assert said in str(caught.value)
    assert caught.value.exit_code == ExitCode.USAGE


def test_what_is_withdrawn_is_not_withdrawn_again(own: Project) -> None:
    keep(own, withdraw(own, CONDITION, Withdrawal(DAY, "Old.", locale="es")))
    keep(own, withdraw(own, CONDITION, Withdrawal(TODAY, "Older.")))  # all languages: more than before
    with pytest.raises(LeafletError, match="is withdrawn since 2026-03-01: Older"):
        withdraw(own, CONDITION, Withdrawal(TODAY, "Once more.", locale="en"))


# --- bad input --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"role": "translator"}, "--role: English is signed by author and clinician, not by translator"),
        ({"role": "author", "locale": "es"}, "a translation is signed by translator and reviser, not by author"),
        ({"role": "author", "name": " "}, "--name: takes one line of text"),
        ({"role": "author", "name": "FILL IN"}, "--name: takes one line of text"),
        ({"role": "author", "name": "Ann\u202e Example"}, "--name: takes one line of text"),
        ({"role": "author", "credential": "a\nb"}, "--credential: takes one line of text"),
        ({"role": "author", "day": date(2026, 3, 2)}, "--day: 2026-03-02 is still to come: today is 2026-03-01"),
        ({"role": "author", "day": date(2026, 1, 4)}, "DRYS-P-en was written on 2026-01-05, after 2026-01-04"),
        ({"role": "translator", "locale": "xx"}, 'unknown locale "xx"'),
    ],
)  # fmt: skip
def test_who_can_not_sign_is_told_why(own: Project, arguments: dict[str, str], said: str) -> None:
    assert said in refused(own, **arguments)  # type: ignore[arg-type]
    assert not record(own).exists()


@pytest.mark.parametrize("name", ["Tom Example", "tom  example", "ＴＯＭ Example"])
def test_translator_and_reviser_are_two_people(own: Project, name: str) -> None:
    signs(own, "translator", DAY, locale="es")
    name = " ".join(name.split())
    assert "translator and reviser of this text are one person" in refused(own, "reviser", "es", name=name)


def test_nobody_signs_twice_or_what_is_not_whole(own: Project) -> None:
    signs(own, "author", DAY)
    assert "Ann Example signed DRYS-P-en as author on 2026-02-01" in refused(own, "author")
    replace(source(own), "Morning", "In the morning")
    update_catalogs(own)
    assert "morning.heading: fuzzy" in refused(own, "translator", "es")


def spoilt(project: Project, old: str, new: str) -> list[str]:
    """What is wrong with the record after an edit by hand; the leaflet can't be made then."""
    replace(record(project), old, new)
    known = library(project)
    assert list(known.compositions(Wanted())) == []
    return [str(problem) for problem in known.problems]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Cleo Example", "Cleopatra Example", "signoffs/dry-skin.toml:15:1: this is not as it was written"),
        ('role = "clinician"', 'role = "author"', "signoffs/dry-skin.toml:15:1: this is not as it was written"),
        ('role = "clinician"', 'role = "boss"', 'unknown role "boss"'),
        ("day = 2026-02-01", "day = 2026-02-02", "this is not as it was written"),
        ("day = 2026-02-01", 'day = "2026-W05-1"', "day"),
        ("day = 2026-02-01", "day = 2027-02-01", "is still to come: today is 2026-03-01"),
        ('"morning.heading" = ', '"morning.header" = ', "this is not as it was written"),
        ("[texts.", "[text.", 'unknown key "text"'),
        ("[[signatures]]", "[[signature", "not TOML"),
    ],
)
def test_a_record_that_was_changed_by_hand_is_refused_and_nothing_of_the_leaflet_is_made(
    own: Project, old: str, new: str, said: str
) -> None:
    approve(own, DAY)
    assert any(said in problem for problem in spoilt(own, old, new))


def test_a_signature_does_not_hold_for_another_leaflet(own: Project) -> None:
    approve(own, DAY)
    shutil.copy(source(own), source(own).with_name("wet-skin.yaml"))
    replace(source(own).with_name("wet-skin.yaml"), "code: DRYS", "code: WETS")
    shutil.copy(record(own), record(own).with_name("wet-skin.toml"))
    assert any("belongs to another leaflet" in str(problem) for problem in library(own).problems)


def test_signatures_of_two_branches_hold_together(own: Project) -> None:
    signs(own, "author", DAY)
    first = record(own).read_text(encoding="utf-8")
    record(own).unlink()
    signs(own, "clinician", DAY)
    second = record(own).read_text(encoding="utf-8")
    rows = second.partition("[[signatures]]")[2].partition("[texts.")[0]
    head, _, texts = first.partition("[texts.")
    record(own).write_text(f"{head}[[signatures]]{rows}[texts.{texts}", encoding="utf-8")
    assert state(own) == "approved"


def test_check_tells_of_signatures_of_texts_that_there_are_not(own: Project) -> None:
    approve(own, DAY, "es")
    shutil.rmtree(own.folder("locales") / "es")
    found = [str(problem) for problem in check(read_library(own, Wanted(), TODAY)).problems]
    assert (
        len([text for text in found if 'a signature for a text that does not exist: in "es" for "patient"' in text])
        == 2
    )
    source(own).unlink()
    found = [str(problem) for problem in check(read_library(own, Wanted(), TODAY)).problems]
    assert 'signoffs/dry-skin.toml:4:1: there is no leaflet "dry-skin"' in found


def test_check_tells_of_help_that_is_none(own: Project) -> None:
    shutil.copy(source(own), source(own).with_name("wet-skin.yaml"))
    replace(source(own).with_name("wet-skin.yaml"), "code: DRYS", "code: WETS")
    update_catalogs(own)
    keep(own, withdraw(own, CONDITION, Withdrawal(DAY, "Old.", instead="wet-skin")))
    keep(own, withdraw(own, "wet-skin", Withdrawal(DAY, "Old too.")))
    found = [str(problem) for problem in check(read_library(own, Wanted(), TODAY)).problems]
    assert any('"wet-skin", to be used instead, is withdrawn itself' in text for text in found)
    shutil.copy(source(own), source(own).with_name("red-skin.yaml"))
    with pytest.raises(LeafletError, match='"wet-skin" is withdrawn itself'):
        withdraw(own, "red-skin", Withdrawal(DAY, "Old.", instead="wet-skin"))


def test_what_changed_for_one_reader_neither_withholds_nor_voids_the_leaflet_of_another(own: Project) -> None:
    approve(own, DAY, "es")
    replace(source(own), 'version: "1.0"\nwritten: 2026-01-05', 'version: "1.1"\nwritten: 2026-02-20')
    change = 'changes:\n  - version: "1.1"\n    day: 2026-02-20\n    why: The leaflet for clinicians says more.\n'
    replace(source(own), "main_message:", f"{change}main_message:")
    update_catalogs(own)
    assert (state(own), state(own, "es")) == ("approved", "approved")
    assert why(own, Policy(), "es", TODAY) == ""
    section = made(own, "es").handout.changes
    assert section
    assert any(text.untranslated for text in section_texts(section))
