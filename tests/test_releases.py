"""What was published is kept, and no other text goes out under its number: what `check` and a release say of that."""

import shutil
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from clinic import CONDITION, make_clinic, source, spanish, translate
from docx import Document
from lxml import html as lxml_html
from projects import change, see_figures, template_of, update_catalogs
from projects import replace as put

from leafletpress.build.check import check
from leafletpress.build.freshness.inputs import Inputs
from leafletpress.build.library import Project, Wanted, read_library, read_translations
from leafletpress.build.policy import kept_number
from leafletpress.build.project import Unit, read_settings
from leafletpress.build.public import read_public
from leafletpress.build.run import Order, build
from leafletpress.build.versions import bumped, version_problems
from leafletpress.model.problems import ExitCode, LeafletError
from leafletpress.model.releases import (
    RELEASES_FILE,
    Release,
    TextVersion,
    text_version,
    unnumbered,
    unnumbered_in,
    version_key,
    with_published,
)
from leafletpress.publish.folder import read_published
from leafletpress.publish.gather import archive
from leafletpress.publish.releases import dump_releases
from leafletpress.read.releases import read_releases, release_places
from leafletpress.translate.revisions import raise_revisions
from leafletpress.write import WRITERS

DAY, TODAY = date(2026, 2, 1), date(2026, 11, 30)
BATH = "Wash in warm water, not in hot water. Then pat the skin dry with a soft towel and do not rub it."


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The clinic, its leaflet published in both languages; it is read only."""
    project = make_clinic(tmp_path_factory.mktemp("published") / "project")
    shutil.rmtree(project.folder("templates"))  # the program's are as good, and need not be copied for each test
    library = read_library(project, Wanted())
    texts = {
        (one.handout.condition, one.handout.locale, one.handout.audience): text_version(one.handout)
        for one in library.compositions(Wanted())
    }
    ledger(project).write_text(dump_releases(with_published({}, texts, DAY)), encoding="utf-8")
    return project


@pytest.fixture
def published(clinic: Project, tmp_path: Path) -> Project:
    return Project(Path(shutil.copytree(clinic.root, tmp_path / "project")))


def ledger(project: Project) -> Path:
    return project.root / RELEASES_FILE


def said(project: Project, site: str | None = None) -> list[str]:
    """What `check` says of numbers and of the file of releases."""
    library = read_library(project, Wanted(site=site))
    found = dict.fromkeys((*library.problems, *version_problems(library, library.compositions(Wanted()))))
    return [str(problem) for problem in found if RELEASES_FILE in str(problem) or "published" in str(problem)]


def withheld(project: Project) -> dict[tuple[str, str], str]:
    """Why a release withholds each handout for its number."""
    library = read_library(project, Wanted())
    made = [one.handout for one in library.compositions(Wanted())]
    why = {(one.locale, one.audience): kept_number(one, library.releases) for one in made}
    return {key: text for key, text in why.items() if text}


def bump(project: Project, why: str = "Wash in cool water.", *, major: bool = False, today: date = TODAY) -> str:
    name, content, version = bumped(project.files(), CONDITION, why, today, major=major)
    (project.root / name).write_bytes(content)
    return version


def refused(project: Project, why: str = "New.", condition: str = CONDITION, today: date = TODAY) -> str:
    with pytest.raises(LeafletError) as caught:
        bumped(project.files(), condition, why, today, major=False)
    assert caught.value.exit_code == ExitCode.USAGE
    return str(caught.value)


# --- The rule ---------------------------------------------------------------------------------------------------------

TEXT = TextVersion("1.2", 3, "a" * 32, "b" * 32)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (TEXT, None),
        (replace(TEXT, version="1.10", english="c" * 32), None),
        (replace(TEXT, version="2", revision=1, english="c" * 32, translation="d" * 32), None),
        (replace(TEXT, revision=4, translation="d" * 32), None),
        (replace(TEXT, revision=4), None),
        (replace(TEXT, english="c" * 32), "the text is not the one that was published as version 1.2 on 2026-02-01"),
        (replace(TEXT, version="1.2.0", english="c" * 32), "the text is not the one"),
        (replace(TEXT, revision=9, english="c" * 32), "the text is not the one"),
        (replace(TEXT, version="1.1.9"), "version 1.1.9 is lower than 1.2, which was published on 2026-02-01"),
        (replace(TEXT, version="1", english="c" * 32), "version 1 is lower than 1.2"),
        (replace(TEXT, translation="d" * 32), "the translation is not the one that was published as revision 3 of"),
        (replace(TEXT, revision=2, translation="d" * 32), "the translation is not the one"),
        (replace(TEXT, revision=None, translation=None), "the translation is not the one"),
    ],
)
def test_a_text_that_changed_needs_a_number_above_the_one_that_was_published(
    now: TextVersion, expected: str | None
) -> None:
    found = unnumbered(Release(TEXT, DAY), now)
    assert (found.text.startswith(expected) if found and expected else found) is (True if expected else None)
    assert unnumbered(None, now) is None


def test_a_language_that_was_never_published_is_held_to_the_english_of_its_version() -> None:
    english = Release(replace(TEXT, revision=None, translation=None), DAY)
    releases = {("a", "en", "patient"): english}
    assert unnumbered_in(releases, ("a", "fr", "patient"), TEXT) is None
    found = unnumbered_in(releases, ("a", "fr", "patient"), replace(TEXT, english="c" * 32))
    assert found
    assert found.part == "version"
    assert unnumbered_in(releases, ("a", "fr", "clinician"), replace(TEXT, english="c" * 32)) is None
    assert unnumbered_in(releases, ("b", "fr", "patient"), replace(TEXT, english="c" * 32)) is None


def test_versions_are_compared_number_by_number() -> None:
    assert sorted(["1.10", "1.9", "2", "0.1", "1"], key=version_key) == ["0.1", "1", "1.9", "1.10", "2"]
    assert version_key("1") == version_key("1.0.0")


def test_what_was_published_is_kept_with_its_day_until_another_text_follows() -> None:
    before = {("a", "en", "patient"): Release(TEXT, DAY), ("gone", "en", "patient"): Release(TEXT, DAY)}
    other = replace(TEXT, version="1.3")
    now = with_published(before, {("a", "en", "patient"): TEXT, ("b", "en", "patient"): other}, TODAY)
    assert now == {**before, ("b", "en", "patient"): Release(other, TODAY)}
    assert with_published(now, {("a", "en", "patient"): other}, TODAY)["a", "en", "patient"] == Release(other, TODAY)


# --- check and release ------------------------------------------------------------------------------------------------


def test_a_project_that_published_nothing_has_no_file_and_no_fault(published: Project) -> None:
    ledger(published).unlink()
    put(source(published), "warm water", "cool water")
    update_catalogs(published)
    assert read_releases(published.files()) == {}
    assert said(published) == []
    assert withheld(published) == {}


def test_a_text_as_it_was_published_has_no_fault(published: Project) -> None:
    assert said(published) == []
    assert withheld(published) == {}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("warm water", "warm water,"),
        ("value: 5 to 10", "value: 5 to 11"),
        ("do **not** scratch", "do not scratch"),
        ("next_review: 2028-01-05", "next_review: 2028-02-05"),
        ("level: dont", "level: do"),
        ("https://skin.example.org/creams", "https://skin.example.org/cream"),
        ('year: "2021"', 'year: "2022"'),
        ("code: DRYS", "code: DRYK"),
        ("sections:\n", "contacts: [clinic]\nsections:\n"),
        (
            "            - Do **not** stop the tablets on your own.\n",
            "",
        ),
    ],
)
def test_text_that_changed_under_its_version_is_an_error_at_the_version_and_withheld(
    published: Project, old: str, new: str
) -> None:
    put(source(published), old, new)
    (line,) = said(published)
    fault = "the text is not the one that was published as version 1.0 on 2026-02-01"
    hint = f"(raise the version: leafletpress bump {CONDITION} --why TEXT)"
    assert line == f"leaflets/{CONDITION}.yaml:4:10: {fault} {hint}"
    if old == "warm water":
        assert {locale for locale, _ in withheld(published)} == {"en", "es"}
        put(source(published), 'version: "1.0"', 'version: "1.1"')
        assert said(published) == []
        assert withheld(published) == {}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("code: DRYS\n", "# A remark for authors.\ncode: DRYS\n"),
        ("title: Dry skin\n", 'title: "Dry   skin"\n'),
        ("written: 2026-01-05", "written: 2026-01-06"),
        ("checked: 2026-01-05", "checked: 2026-01-04"),
    ],
)
def test_what_readers_never_see_needs_no_new_version(published: Project, old: str, new: str) -> None:
    put(source(published), old, new)
    assert said(published) == []


def test_words_of_the_site_and_of_templates_need_no_new_version(published: Project) -> None:
    put(
        published.folder("sites") / next(path.name for path in published.folder("sites").iterdir()),
        '"Example',
        '"Other',
    )
    assert said(published) == []


def test_check_tells_it(published: Project) -> None:
    put(source(published), "warm water", "cool water")
    found = [str(problem) for problem in check(read_library(published, Wanted())).problems]
    assert [one for one in found if "bump" in one] == said(published) != []


def test_a_lower_version_is_an_error(published: Project) -> None:
    put(source(published), 'version: "1.0"', 'version: "0.9"')
    (line,) = said(published)
    assert line.startswith(f"leaflets/{CONDITION}.yaml:4:10: version 0.9 is lower than 1.0, which was published on")


def test_a_translation_that_changed_under_its_revision_is_an_error_until_catalogs_update_raises_it(
    published: Project,
) -> None:
    change(spanish(published), lambda text: text.replace("agua templada", "agua fresca"))
    (line,) = said(published)
    assert line.startswith(
        f"locales/es/LC_MESSAGES/{CONDITION}.po:1:1: the translation is not the one that was published"
    )
    assert line.endswith("(raise the revision: leafletpress catalogs update)")
    assert {locale for locale, _ in withheld(published)} == {"es"}
    assert raised_in(published) == [f"locales/es/LC_MESSAGES/{CONDITION}.po"]
    assert '"X-Revision: 2\\n"' in spanish(published).read_text(encoding="utf-8")
    assert said(published) == []
    assert withheld(published) == {}
    assert raised_in(published) == []


def raised_in(project: Project) -> list[str]:
    files = project.files()
    found = read_translations(project)
    return raise_revisions(files, found.leaflets, found.locales, read_releases(files))


def test_revisions_are_counted_anew_for_each_version_of_the_english(published: Project) -> None:
    change(spanish(published), lambda text: text.replace("agua templada", "agua fresca"))
    raised_in(published)
    put(source(published), "warm water", "cool water")
    bump(published)
    update_catalogs(published)
    assert "X-Revision" not in spanish(published).read_text(encoding="utf-8")
    assert raised_in(published) == []
    assert said(published) == []


def test_what_was_published_and_is_made_no_more_is_told_at_its_row(published: Project) -> None:
    source(published).unlink()
    found = said(published)
    assert len(found) == len(read_releases(published.files())) > 1
    assert all("warning" in one and "the project does not make it" in one for one in found)
    places = {str(place) for place in release_places(published.files()).values()}
    assert {one.split(": ")[0] for one in found} == places
    assert all(place.count(":") == 2 for place in places)


def test_what_was_published_in_a_language_that_the_leaflet_gave_up_is_told_at_its_row(published: Project) -> None:
    put(source(published), "title: ", "languages: [en]\ntitle: ")
    found = [one for one in said(published) if "the project does not make it" in one]
    gone = [key for key in read_releases(published.files()) if key[1] != "en"]
    assert len(found) == len(gone) > 0
    assert all(one.startswith("published.toml:") and ' in "es" for ' in one for one in found)


def test_a_release_withholds_it_and_publishes_the_rest_until_it_has_a_new_number(published: Project) -> None:
    out = published.root / "output"
    wanted = Wanted(audiences=("patient",), formats=("html",))

    def released() -> dict[str, str | None]:
        built = build(published, Order(wanted, out, "out", release=True, workers=1))
        assert set(built.exit_codes) <= {ExitCode.OK, ExitCode.WITHHELD}
        return {row.locale: row.reason for row in read_published(out, "out").rows.values()}

    assert released() == {"en": None, "es": None}
    change(spanish(published), lambda text: text.replace("agua templada", "agua fresca"))
    found = released()
    assert found["en"] is None
    assert (found["es"] or "").startswith("the translation is not the one that was published as revision 1")
    assert not list(out.glob(f"{CONDITION}/es/*"))
    raised_in(published)
    assert released() == {"en": None, "es": None}
    put(ledger(published), "revision = 1", "revision = 3")
    with pytest.raises(LeafletError, match="not as it was written"):
        released()


def test_sites_that_print_different_numbers_publish_one_version_after_each_other(published: Project) -> None:
    put(source(published), "- id: tests\n        paragraph:", "- id: tests\n        contact:")
    only = next(published.folder("sites").iterdir())
    other = only.with_name("other.toml")
    other.write_text(only.read_text(encoding="utf-8"), encoding="utf-8")
    put(other, '"+44 20 7946 0958"', '"+44 20 7946 0123"')
    wanted = Wanted(audiences=("patient",), formats=("html",))

    def released(site: str) -> dict[str, str | None]:
        """Why each language is withheld when a site releases; what it published is kept, as `archive` does."""
        out, into = published.root / "output" / site, published.root / "packed" / site
        shutil.rmtree(into, ignore_errors=True)
        build(published, Order(replace(wanted, site=site), out, site, release=True, workers=1))
        archive(out, site, into, read_public(published, site, TODAY))
        shutil.copy(into / RELEASES_FILE, ledger(published))
        return {row.locale: row.reason for row in read_published(out, site).rows.values()}

    def codes() -> set[tuple[str, str]]:
        rows = (read_published(published.root / "output" / site, site).rows.values() for site in sites)
        return {(row.locale, row.check_code) for found in rows for row in found}

    sites = only.stem, other.stem
    ledger(published).unlink()
    assert [released(site) for site in sites] == [{"en": None, "es": None}] * 2
    assert len(codes()) == 4, "the two print the same"
    assert [said(published, site) for site in sites] == [[], []]
    assert {one.text.version for one in read_releases(published.files()).values()} == {"1.0"}

    put(source(published), "value: 5 to 10", "value: 5 to 11")
    see_figures(published)
    for site in reversed(sites):
        assert [line.partition(": ")[0] for line in said(published, site)] == [f"leaflets/{CONDITION}.yaml:4:10"]
        assert all(why and "published as version 1.0" in why for why in released(site).values())


# --- The file ---------------------------------------------------------------------------------------------------------


def broken(project: Project) -> list[str]:
    with pytest.raises(LeafletError) as caught:
        read_releases(project.files())
    assert caught.value.exit_code == ExitCode.CONTENT
    return [str(problem) for problem in caught.value.problems]


def test_the_file_reads_back_as_it_was_written(published: Project) -> None:
    text = ledger(published).read_text(encoding="utf-8")
    assert dump_releases(read_releases(published.files())) == text
    assert f'[handouts.{CONDITION}.es]\nclinician = {{ version = "1.0", day = 2026-02-01, english = ' in text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('version = "1.0"', 'version = "0.9"'),
        ("day = 2026-02-01", "day = 2026-02-02"),
        ("revision = 1", "revision = 2"),
        ("handouts.dry-skin.es", "handouts.dry-skin.fr"),
        ("handouts.dry-skin.es", "handouts.wet-skin.es"),
        ("patient = {", "relative = {"),
    ],
)
def test_a_file_that_was_changed_by_hand_is_refused_at_its_seal(published: Project, old: str, new: str) -> None:
    put(ledger(published), old, new)
    (line,) = broken(published)
    assert line.startswith(f"{RELEASES_FILE}:3:8: this file is not as it was written when leaflets were published")
    assert "git checkout" in line


def test_a_file_that_was_cut_is_refused(published: Project) -> None:
    text = ledger(published).read_text(encoding="utf-8")
    whole = text.index("\n[handouts.dry-skin.es]")
    for end in (whole, text.index("[handouts"), text.index("seal"), text.rindex("english"), text.rindex(" }"), 0):
        ledger(published).write_text(text[:end], encoding="utf-8")
        for line in broken(published):
            assert line.startswith(f"{RELEASES_FILE}:")
            assert line.split(": ")[0].count(":") == 2


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('english = "', 'english = "x', f'{RELEASES_FILE}:6:13: english "x'),
        ('seal = "', 'seal = "0', f'{RELEASES_FILE}:3:8: seal "0'),
        ("day = 2026-02-01", 'day = "February"', f'{RELEASES_FILE}:6:13: day "February" is not a date'),
        ('version = "1.0"', 'version = "one"', f'{RELEASES_FILE}:6:13: version "one" has the wrong form'),
        ("revision = 1", "revision = 0", f'{RELEASES_FILE}:10:13: revision "0" has the wrong form'),
        ("day = 2026-02-01, ", "", f'{RELEASES_FILE}:6:13: clinician lacks "day"'),
        ("revision = 1", "revison = 1", f'{RELEASES_FILE}:10:13: unknown key "revison" (did you mean "revision"?)'),
        ("[handouts.dry-skin.en]", "[handouts.Dry.en]", f'{RELEASES_FILE}:5:1: handouts key "Dry" has the wrong form'),
        ("seal =", "sael =", f'{RELEASES_FILE}:3:1: unknown key "sael"'),
        ("patient = {", "patient = 5 #", f"{RELEASES_FILE}:7:11: patient takes keys and values"),
        ("seal =", "<<<<<<< HEAD\nseal =", f"{RELEASES_FILE}:3:1: not TOML"),
    ],
)
def test_what_is_wrong_in_the_file_is_told_with_its_place(
    published: Project, old: str, new: str, expected: str
) -> None:
    put(ledger(published), old, new)
    assert any(line.startswith(expected) for line in broken(published)), broken(published)


def test_a_draft_is_built_beside_a_broken_file_which_is_reported(published: Project) -> None:
    put(ledger(published), "revision = 1", "revision = 2")
    library = read_library(published, Wanted())
    assert [str(problem) for problem in library.problems] == broken(published)
    assert len(list(library.compositions(Wanted()))) == 4


def test_a_unit_is_looked_at_again_when_its_rows_change_and_no_other_is(published: Project) -> None:
    def digests() -> dict[str, str]:
        files = published.files()
        inputs = Inputs(files, read_settings(files, Wanted()), {})
        return {locale: inputs.digest(Unit(CONDITION, locale)) for locale in ("en", "es")}

    before = digests()
    put(ledger(published), "revision = 1", "revision = 2")
    after = digests()
    assert after["en"] == before["en"]
    assert after["es"] != before["es"]
    put(ledger(published), "[handouts.dry-skin.es]", "[handouts.'dry-skin'.es]")
    assert digests()["es"] not in (before["es"], after["es"])


# --- bump -------------------------------------------------------------------------------------------------------------


def test_bump_raises_version_and_day_and_notes_why_and_keeps_every_other_byte(published: Project) -> None:
    put(source(published), "warm water", "cool water")
    put(source(published), 'version: "1.0"\n', 'version: "1.0"   # as printed\n')
    put(source(published), "next_review: 2028-01-05\n", "next_review: 2028-01-05  # two years\n# Colours: none.\n")
    before = source(published).read_text(encoding="utf-8")
    assert bump(published, 'Wash in "cool" water: it itches less.') == "1.1"
    expected = before.replace('version: "1.0" ', 'version: "1.1" ').replace(
        "written: 2026-01-05", "written: 2026-11-30"
    )
    expected = expected.replace(
        "  # two years\n",
        "  # two years\nchanges:\n"
        '  - version: "1.1"\n    day: 2026-11-30\n    why: "Wash in \\"cool\\" water: it itches less."\n',
    )
    assert source(published).read_text(encoding="utf-8") == expected
    assert said(published) == []
    leaflet = read_library(published, Wanted()).leaflets[CONDITION]
    assert [(one.version, one.day, one.why.text) for one in leaflet.changes] == [
        ("1.1", TODAY, 'Wash in "cool" water: it itches less.')
    ]


@pytest.mark.parametrize("indent", ["", "  ", "    "])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_the_newest_change_comes_first_in_a_list_as_its_author_wrote_it(
    published: Project, indent: str, newline: str, mark: str
) -> None:
    put(source(published), "warm water", "cool water")
    item = f"{indent}- version: '0.5'\n{indent}  day: 2026-01-02\n{indent}  why: More on baths.\n"
    text = (
        source(published).read_text(encoding="utf-8").replace("links:\n", f"changes:\n# All of them.\n{item}links:\n")
    )
    source(published).write_bytes((mark + text).replace("\n", newline).encode())
    before = source(published).read_bytes().decode()
    assert bump(published, major=True) == "2.0"
    new = f'{indent}- version: "2.0"\n{indent}  day: 2026-11-30\n{indent}  why: "Wash in cool water."\n'
    expected = before.replace('version: "1.0"', 'version: "2.0"').replace("2026-01-05\r", "2026-11-30\r", 1)
    expected = expected.replace("written: 2026-01-05", "written: 2026-11-30")
    expected = expected.replace(item.replace("\n", newline), (new + item).replace("\n", newline))
    assert source(published).read_bytes().decode() == expected


def test_bump_goes_on_from_the_highest_version_that_was_published(published: Project) -> None:
    put(source(published), 'version: "1.0"', "version: 0.3")
    put(source(published), "warm water", "cool water")
    assert bump(published) == "1.1"
    assert "version: 1.1\n" in source(published).read_text(encoding="utf-8")


def test_bump_refuses_where_no_new_version_is_needed(published: Project) -> None:
    assert "nothing changed since version 1.0 was published" in refused(published)
    put(source(published), "warm water", "cool water")
    bump(published)
    assert "version 1.1 has not been published, so it may stay (published last: version 1.0)" in refused(published)
    ledger(published).unlink()
    assert "nothing of this leaflet was published, so its version may stay" in refused(published)


@pytest.mark.parametrize(
    "why", ["", "  ", "FILL IN", "**Cool", "Take {morning_dose}.", "See [this](@creams).", "So.[@x]"]
)
def test_bump_refuses_a_reason_that_can_not_be_printed(published: Project, why: str) -> None:
    put(source(published), "warm water", "cool water")
    assert "--why: " in refused(published, why)


def test_bump_refuses_an_unknown_condition_and_a_clock_that_goes_wrong(published: Project) -> None:
    assert 'unknown condition "dry-skn" (did you mean "dry-skin"?)' in refused(published, condition="dry-skn")
    put(source(published), "warm water", "cool water")
    assert "it was written on 2026-01-05, and today is 2025-01-01" in refused(published, today=date(2025, 1, 1))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("links:\n", 'changes: [{version: "0.5", day: 2026-01-02, why: Baths.}]\nlinks:\n', "does not change"),
        (
            "next_review: 2028-01-05",
            "next_review: 2026-11-30",
            "next_review 2026-11-30 is not after written 2026-11-30",
        ),
    ],
)
def test_bump_leaves_a_file_alone_that_it_can_not_change_rightly(
    published: Project, old: str, new: str, expected: str
) -> None:
    put(source(published), "warm water", "cool water")
    put(source(published), old, new)
    before = source(published).read_bytes()
    with pytest.raises(LeafletError) as caught:
        bump(published)
    assert expected in str(caught.value)
    assert source(published).read_bytes() == before


def test_bump_refuses_while_the_leaflet_or_the_releases_are_broken(published: Project) -> None:
    put(ledger(published), "revision = 1", "revision = 2")
    with pytest.raises(LeafletError, match="not as it was written"):
        bump(published)
    put(source(published), "title:", "titel:")
    with pytest.raises(LeafletError, match='unknown key "titel"'):
        bump(published)


# --- The list of changes ----------------------------------------------------------------------------------------------

CHANGES = """\
changes:
  - version: "1.0"
    day: 2026-01-05
    why: How to wash.
  - version: "0.5"
    day: 2026-01-02
    why: More on **baths**.
links:
"""


def with_changes(project: Project, *edits: tuple[str, str]) -> None:
    text = CHANGES
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    put(source(project), "links:\n", text)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('"1.0"', '"1.1"', ":10:14: a change of version 1.1 in a leaflet of version 1.0"),
        ('"0.5"', '"1.0"', ":13:14: the change of version 1.0 comes after that of 1.0"),
        ("2026-01-05", "2026-01-06", ":11:10: day 2026-01-06 is after written 2026-01-05"),
        ("2026-01-05", "2026-W02-1", ':11:10: day "2026-W02-1" is not a date'),
        ("How to wash.", "Take {morning_dose}.", ":12:10: a change is told in words, without facts, sources and links"),
        ("How to wash.", "Take **more.", ":12:15: ** is opened and never closed"),
        ("    why: How to wash.\n", "", ':10:5: changes lacks "why"'),
        ("day: 2026-01-05", "date: 2026-01-05", ':11:5: unknown key "date"'),
    ],
)
def test_what_is_wrong_in_the_list_of_changes_is_told_with_its_place(
    published: Project, old: str, new: str, expected: str
) -> None:
    with_changes(published, (old, new))
    found = [str(problem) for problem in read_library(published, Wanted()).problems]
    assert any(f"leaflets/{CONDITION}.yaml{expected}"[:60] in one for one in found), found


@pytest.mark.parametrize("locale", ["en", "es"])
def test_a_web_page_ends_with_the_changes_and_a_word_file_has_none(published: Project, locale: str) -> None:
    with_changes(published)
    update_catalogs(published)
    translate(published, {"How to wash.": "Cómo lavarse.", "More on **baths**.": "Más sobre los **baños**."})
    library = read_library(published, Wanted(locales=(locale,)))
    handout = next(one.handout for one in library.compositions(Wanted()) if one.handout.audience == "patient")
    template = template_of(published, "patient")
    page: Any = lxml_html.fromstring(WRITERS["html"](handout, template))
    (section,) = page.xpath("//main/section[last()][@id='list-of-changes']")
    whys = [" ".join(one.text_content().split()) for one in section.iter("dd")]
    assert whys == (["How to wash.", "More on baths."] if locale == "en" else ["Cómo lavarse.", "Más sobre los baños."])
    paper = Document(BytesIO(WRITERS["docx"](handout, template)))
    assert str(handout.changes and handout.changes.heading) not in "".join(paper.element.itertext())


def test_changes_are_printed_for_screens_alone_newest_first_and_translated(published: Project) -> None:
    with_changes(published)
    update_catalogs(published)
    translate(published, {"How to wash.": "Cómo lavarse.", "More on **baths**.": "Más sobre los **baños**."})
    made = {one.handout.locale: one for one in read_library(published, Wanted()).compositions(Wanted())}
    spanish_changes = made["es"].handout.changes
    assert spanish_changes
    assert made["es"].gaps == ()
    assert str(spanish_changes.heading) == "Qué ha cambiado"
    (listed,) = spanish_changes.blocks
    told = [(str(item.term).replace("\xa0", " "), str(item.text)) for item in listed.content.items]  # type: ignore[union-attr]
    assert told == [
        ("Versión 1.0 · 5 de enero de 2026", "Cómo lavarse."),
        ("Versión 0.5 · 2 de enero de 2026", "Más sobre los baños."),
    ]
