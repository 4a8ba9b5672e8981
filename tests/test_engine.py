"""A build makes what its sources changed, and nothing else; what it leaves is what a whole build would make."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
from projects import CONDITION, ROOT, by_rote, catalog, change, composed, copy_language, replace, update_catalogs

from leafletpress.build import library, translations
from leafletpress.build.explain import explain, foresee
from leafletpress.build.freshness import inputs, keys
from leafletpress.build.freshness.cache import Cache
from leafletpress.build.freshness.keys import code_digest, program
from leafletpress.build.freshness.ledger import Ledger
from leafletpress.build.library import Project, Wanted
from leafletpress.build.run import Build, Listener, Order, build
from leafletpress.model.problems import ExitCode, LeafletError, weightiest
from leafletpress.publish.files import OWN_FOLDER
from leafletpress.publish.lock import Lock
from leafletpress.write import WRITERS

LOCALES = ("en", "es", "ar")
HTML = Wanted(locales=LOCALES, formats=("html",))
BOTH = Wanted(locales=("en", "es"), formats=("html", "docx"))
MOST = 100_000_000
ALL = {f"{audience}-{locale}" for audience in ("patient", "clinician") for locale in LOCALES}


@dataclass(frozen=True)
class Desk:
    """A project beside its output folder."""

    project: Project
    out: Path

    def build(self, wanted: Wanted = HTML, *, release: bool = False, cache: Cache | None = None) -> Build:
        return build(self.project, Order(wanted, self.out, "out", release=release, workers=1), cache=cache)

    def cache(self, most: int = MOST) -> Cache:
        return Cache(self.project.root / ".cache", ".cache", most)

    def page(self, locale: str, audience: str = "patient") -> Path:
        return self.out / CONDITION / locale / f"{CONDITION}-{audience}-{locale}.html"

    def leaflet(self) -> Path:
        return self.project.folder("leaflets") / f"{CONDITION}.yaml"

    def site(self) -> Path:
        return self.project.folder("sites") / "example-hospital.toml"

    def template(self, name: str) -> Path:
        return self.project.folder("templates") / name

    def foreseen(self, wanted: Wanted = HTML, *, release: bool = False) -> dict[str, str]:
        found = foresee(self.project, wanted, self.out, "out", release=release)
        return {short(document.path): "; ".join(reasons) for document, reasons in found.documents}

    def files(self) -> dict[str, bytes]:
        """Everything in the output folder, what the program keeps for itself too."""
        return {str(path.relative_to(self.out)): path.read_bytes() for path in self.out.rglob("*") if path.is_file()}


def short(path: str) -> str:
    """patient-es for the page of that audience and language; other formats keep their ending."""
    return path.rpartition("/")[2].removeprefix(f"{CONDITION}-").removesuffix(".html")


def made(built: Build) -> set[str]:
    return {short(outcome.document.path) for outcome in built.outcomes}


@pytest.fixture(scope="module")
def first(shared_project: Project, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """What the first build of the small project leaves; nothing may change it."""
    desk = Desk(shared_project, tmp_path_factory.mktemp("engine") / "out")
    assert len(desk.build().outcomes) == len(ALL)
    return desk


@pytest.fixture
def desk(first: Desk, tmp_path: Path) -> Desk:
    """The small project, built, for a test to change."""
    shutil.copytree(first.project.root, tmp_path / "project")
    shutil.copytree(first.out, tmp_path / "out")
    return Desk(Project(tmp_path / "project"), tmp_path / "out")


def forbid_writers(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_arguments: object) -> bytes:
        raise AssertionError("a writer was called")

    for name in WRITERS:
        monkeypatch.setitem(WRITERS, name, never)


@pytest.fixture
def nothing_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_arguments: object) -> object:
        raise AssertionError("a leaflet was read")

    forbid_writers(monkeypatch)
    monkeypatch.setattr(library, "read_units", never)


# --- nothing to do ----------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("nothing_is_read")
def test_with_nothing_to_do_nothing_is_read_composed_or_written(desk: Desk) -> None:
    before = {path: path.stat().st_mtime_ns for path in desk.out.rglob("*") if path.is_file()}
    built = desk.build()
    assert (built.outcomes, built.problems, built.exit_codes) == ((), (), ())
    assert {short(row.document.path) for row in built.unchanged} == ALL
    assert {path: path.stat().st_mtime_ns for path in desk.out.rglob("*") if path.is_file()} == before


@pytest.mark.usefixtures("nothing_is_read")
def test_touching_every_file_builds_nothing(desk: Desk) -> None:
    for path in desk.project.root.rglob("*"):
        os.utime(path, (1, 1))
    assert made(desk.build()) == set()


HEAVY = (
    "weasyprint", "docx", "babel", "yaml", "jinja2", "pypdfium2", "PIL", "lxml", "fontTools", "rich", "watchfiles",
    "pydantic", "fhir",
)  # fmt: skip


def test_a_build_with_nothing_to_do_imports_none_of_the_large_libraries(desk: Desk) -> None:
    script = (
        "import sys; from pathlib import Path\n"
        "from leafletpress.cli import main\n"
        f"project, out = {str(desk.project.root)!r}, {str(desk.out)!r}\n"
        "code = main.main(['--project', project, '--output', out, '--format', 'html', '--locale', 'en'])\n"
        f"print(code, [name for name in {HEAVY!r} if name in sys.modules])\n"
    )
    for _ in range(2):  # the first makes the page that finds leaflets
        done = subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT, capture_output=True, encoding="utf-8", check=True
        )
    assert done.stdout.splitlines() == ["0 built, 0 withheld, 0 failed, 2 unchanged", "0 []"]


# --- what changed is made anew, and nothing else ----------------------------------------------------------------------


def edit(path: Callable[[Desk], Path], old: str, new: str) -> Callable[[Desk], None]:
    return lambda desk: replace(path(desk), old, new)


def po(locale: str, domain: str = CONDITION) -> Callable[[Desk], Path]:
    return lambda desk: catalog(desk.project, locale, domain)


def template(name: str) -> Callable[[Desk], Path]:
    return lambda desk: desk.template(name)


def locale_file(locale: str, name: str = "locale.toml") -> Callable[[Desk], Path]:
    return lambda desk: desk.project.folder("locales") / locale / name


def glossary(desk: Desk) -> None:
    """A glossary by which one translation, which patients read, is wrong."""
    text = '[[terms]]\nterm = "patient"\ntranslation = ["paciente"]\n'
    locale_file("es", "glossary.toml")(desk).write_text(text, encoding="utf-8")


def turned(desk: Desk) -> None:
    """A second drawing for scripts that run from right to left."""
    folder = desk.project.folder("leaflets")
    drawing = (folder / "shapes.svg").read_text(encoding="utf-8")
    (folder / "shapes.rtl.svg").write_text(drawing.replace("<title>", "<title>Turned ", 1), encoding="utf-8")


def swapped(name: str, other: str) -> Callable[[Desk], None]:
    def swap(desk: Desk) -> None:
        desk.template(name).write_bytes(desk.template(other).read_bytes())

    return swap


def redrawn(desk: Desk) -> None:
    replace(desk.project.folder("leaflets") / "shapes.svg", "<title>", "<title>Redrawn ")


def first_translation(text: str) -> str:
    return f'msgstr "{by_rote("es", text)}"'


PATIENTS = {name for name in ALL if name.startswith("patient")}
CLINICIANS = ALL - PATIENTS
CHANGES: dict[str, tuple[Callable[[Desk], None], set[str]]] = {
    "a translation that all read": (
        edit(po("es"), first_translation("Between two boxes."), 'msgstr "Entre cajas."'),
        {"patient-es", "clinician-es"},
    ),
    "a translation that patients read": (
        edit(po("es"), first_translation("Only the patient reads this."), 'msgstr "Solo para pacientes."'),
        {"patient-es"},
    ),
    "a remark in a catalog": (edit(po("es"), "#. ", "# Seen.\n#. "), set()),
    "the date of a catalog": (lambda desk: change(po("es")(desk), lambda text: f"# by hand\n{text}"), set()),
    "a glossary": (glossary, {"patient-es"}),
    "a translated word of the templates": (
        edit(po("es", "furniture"), "Mis notas", "Mis apuntes"),
        {"patient-es"},
    ),
    "a phone number": (edit(Desk.site, "7946 0958", "7946 0959"), ALL),
    "the Spanish name of the service": (
        edit(Desk.site, 'es = "Consulta de piel"', 'es = "Consulta"'), {"patient-es", "clinician-es"},
    ),
    "a remark in the site": (lambda desk: change(desk.site(), lambda text: f"# north\n{text}"), set()),
    "how a language is set": (
        edit(locale_file("es"), "line_height = 1.4", "line_height = 1.5"), {"patient-es", "clinician-es"},
    ),
    "a sheet of one audience": (edit(template("patient/screen.css"), "header {", "/* seen */ header {"), PATIENTS),
    "a sheet that only paper takes": (edit(template("patient/print.css"), "{", "{ /* seen */"), set()),
    "a sheet that all share": (edit(template("shared/screen.css"), "{", "{ /* seen */"), ALL),
    "an icon": (edit(template("shared/icons/now.svg"), "<svg", "<svg "), ALL),
    "an icon for Word": (swapped("shared/icons/now.png", "shared/icons/do.png"), set()),
    "a base for Word": (swapped("patient/base.docx", "clinician/base.docx"), set()),
    "another edition": (edit(template("editions.toml"), "type_size = 18", "type_size = 19"), set()),
    "the edition": (edit(template("editions.toml"), 'paper = "A4"', 'paper = "Letter"'), ALL),
    "a sentence for clinicians": (
        edit(Desk.leaflet, "Only the clinician reads this.", "The clinician alone reads this."), CLINICIANS,
    ),
    "a sentence for patients": (
        edit(Desk.leaflet, "Only the patient reads this.", "The patient reads this."), PATIENTS,
    ),
    "a fact": (edit(Desk.leaflet, 'value: "38"', 'value: "39"'), ALL),
    "a remark in the leaflet": (edit(Desk.leaflet, "# Every kind", "# Each kind"), set()),
    "a drawing": (redrawn, ALL),
    "a drawing for one direction": (turned, ALL),  # it is part of what the version stands for, which each row tells
}  # fmt: skip


@pytest.mark.parametrize(("edited", "expected"), CHANGES.values(), ids=CHANGES)
def test_exactly_what_prints_a_change_is_made_anew(
    desk: Desk, edited: Callable[[Desk], None], expected: set[str], tmp_path: Path
) -> None:
    edited(desk)
    foreseen = desk.foreseen()
    assert foreseen.keys() == expected
    built = desk.build()
    assert made(built) == expected
    assert {short(row.document.path) for row in built.unchanged} == ALL - expected
    whole = Desk(desk.project, tmp_path / "whole")
    whole.build()
    assert desk.files() == whole.files()
    assert made(desk.build()) == set()


def test_what_a_build_would_do_names_the_file_and_the_text(desk: Desk) -> None:
    replace(catalog(desk.project, "es"), first_translation("Between two boxes."), 'msgstr "Entre cajas."')
    before = desk.files()
    po = f"locales/es/LC_MESSAGES/{CONDITION}.po"
    assert desk.foreseen() == {"patient-es": f"{po}: boxes.gap", "clinician-es": f"{po}: boxes.gap"}
    assert desk.files() == before


REASONS: dict[str, tuple[Callable[[Desk], None], str, str]] = {
    "phone": (
        edit(Desk.site, "7946 0958", "7946 0959"),
        "patient-en",
        "sites/example-hospital.toml: reach.card, warnings.today",
    ),
    "icon": (edit(template("shared/icons/now.svg"), "<svg", "<svg "), "patient-en", "templates: shared/icons/now.svg"),
    "edition": (
        edit(template("editions.toml"), 'paper = "A4"', 'paper = "Letter"'), "patient-en", "templates: editions.toml",
    ),
    "word": (
        edit(po("es", "furniture"), "Mis notas", "Mis apuntes"), "patient-es",
        "locales/es/LC_MESSAGES/furniture.po: furniture.notes",
    ),
    "drawing": (redrawn, "patient-ar", "leaflets/shapes.svg: shapes.svg"),
    "gone": (lambda desk: desk.page("es").unlink(), "patient-es", "its file is missing, or not as large as it was"),
    "new": (lambda desk: replace(locale_file("es")(desk), "[", '["patient", "clinician"] # ['), "patient-es", ""),
}  # fmt: skip


@pytest.mark.parametrize(("edited", "page", "said"), REASONS.values(), ids=REASONS)
def test_a_reason_is_told_for_every_kind_of_change(
    desk: Desk, edited: Callable[[Desk], None], page: str, said: str
) -> None:
    edited(desk)
    assert desk.foreseen().get(page, "").replace("templates/", "") == said.replace("templates/", "")


def test_explain_names_what_a_page_is_made_of_and_what_differs(desk: Desk) -> None:
    path = f"{CONDITION}/es/{CONDITION}-patient-es.html"
    known = explain(desk.project, path, desk.out, "out")
    assert (known.differing, known.reasons, known.problems) == ({}, (), ())
    assert {f"leaflets/{CONDITION}.yaml", "templates/patient/print.css", "leafletpress/", "weasyprint"} <= set(
        known.inputs
    )
    assert "templates/clinician/print.css" not in known.inputs
    replace(desk.leaflet(), "Only the clinician reads this.", "The clinician reads this.")
    known = explain(desk.project, f"out/{path}", desk.out, "out")
    assert (list(known.differing), known.reasons) == ([f"leaflets/{CONDITION}.yaml"], ())
    known = explain(desk.project, str(desk.out / path.replace("patient", "clinician")), desk.out, "out")
    assert known.reasons == (f"leaflets/{CONDITION}.yaml: reach.clinician_words",)


def test_explain_refuses_a_path_at_which_nothing_is_published(desk: Desk) -> None:
    with pytest.raises(LeafletError, match=r"nothing is published there.*did you mean") as caught:
        explain(desk.project, f"{CONDITION}/es/{CONDITION}-pacient-es.html", desk.out, "out")
    assert caught.value.exit_code == ExitCode.USAGE


def test_explain_knows_a_page_that_no_source_makes_any_more(desk: Desk) -> None:
    shutil.rmtree(desk.project.folder("locales") / "es")
    known = explain(desk.project, f"{CONDITION}/es/{CONDITION}-patient-es.html", desk.out, "out")
    assert known.reasons == ("the project no longer makes it",)


# --- what comes and goes ----------------------------------------------------------------------------------------------


def test_a_new_language_builds_its_own_documents_alone(desk: Desk) -> None:
    assert made(desk.build(Wanted(formats=("html",)))) == {"patient-zh_Hans", "clinician-zh_Hans"}


def test_a_region_is_made_anew_when_its_parent_comes_or_changes(desk: Desk) -> None:
    locales = desk.project.folder("locales")
    shutil.move(locales / "es", locales / "es_MX")
    for path in (locales / "es_MX").rglob("*.po"):
        change(path, lambda text: text.replace("Language: es", "Language: es_MX"))
    wanted = Wanted(locales=("es_MX",), formats=("html",))
    assert made(desk.build(wanted)) == {"patient-es_MX", "clinician-es_MX"}
    assert made(desk.build(wanted)) == set()
    replace(
        locales / "es_MX" / "LC_MESSAGES" / f"{CONDITION}.po",
        first_translation("Only the patient reads this."),
        'msgstr ""',
    )
    assert made(desk.build(wanted)) == {"patient-es_MX"}
    copy_language(desk.project.root, "es")
    update_catalogs(desk.project)
    parent = locales / "es" / "LC_MESSAGES" / f"{CONDITION}.po"
    replace(
        parent,
        '"Only the patient reads this."\nmsgstr ""',
        '"Only the patient reads this."\nmsgstr "Lo lee el paciente."',
    )
    assert made(desk.build(wanted)) == {"patient-es_MX", "clinician-es_MX"}  # its site words come from the parent now
    replace(parent, "Lo lee el paciente.", "Lo lee quien es paciente.")
    assert made(desk.build(wanted)) == {"patient-es_MX"}
    page = desk.out / CONDITION / "es_MX" / f"{CONDITION}-patient-es_MX.html"
    assert "Lo lee quien es paciente." in page.read_text("utf-8")


def test_a_second_leaflet_leaves_the_first_alone_and_a_lost_one_builds_nothing(desk: Desk) -> None:
    folder = desk.project.folder("leaflets")
    shutil.copy(folder / f"{CONDITION}.yaml", folder / "second.yaml")
    replace(folder / "second.yaml", "code: EVERY", "code: SECOND")
    built = desk.build(Wanted(locales=("en",), formats=("html",)))
    assert {outcome.document.condition for outcome in built.outcomes} == {"second"}
    desk.leaflet().unlink()
    built = desk.build(Wanted(locales=("en",), formats=("html",)))
    assert (made(built), len(built.unchanged)) == (set(), 2)


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_bytes(path.read_bytes() + b" ")])
def test_a_file_that_is_gone_or_grew_is_made_again(desk: Desk, spoil: Callable[[Path], None]) -> None:
    before = desk.files()
    spoil(desk.page("es"))
    assert made(desk.build()) == {"patient-es"}
    assert desk.files() == before


def test_a_row_that_is_gone_is_made_again(desk: Desk) -> None:
    before = desk.files()
    (desk.out / "manifest.json").unlink()
    assert made(desk.build()) == ALL
    assert desk.files() == before


def test_what_another_build_put_in_the_place_of_a_page_does_not_stand(desk: Desk) -> None:
    """Rows whose digest the ledger does not know, as an older version of the program would leave them."""
    before = desk.files()
    ledger = (desk.out / OWN_FOLDER / "ledger.json").read_bytes()
    replace(catalog(desk.project, "es"), first_translation("Between two boxes."), 'msgstr "Entre cajas."')
    desk.build()
    replace(catalog(desk.project, "es"), 'msgstr "Entre cajas."', first_translation("Between two boxes."))
    (desk.out / OWN_FOLDER / "ledger.json").write_bytes(ledger)
    assert made(desk.build()) == {"patient-es", "clinician-es"}
    assert {name: content for name, content in desk.files().items() if OWN_FOLDER not in name} == {
        name: content for name, content in before.items() if OWN_FOLDER not in name
    }


# --- options ----------------------------------------------------------------------------------------------------------


def test_a_filter_does_not_vouch_for_what_it_left_out(desk: Desk) -> None:
    replace(desk.leaflet(), "Between two boxes.", "Between the boxes.")
    assert made(desk.build(Wanted(locales=("en",), audiences=("patient",), formats=("html",)))) == {"patient-en"}
    assert made(desk.build(Wanted(locales=("en",), formats=("html",)))) == {"clinician-en"}
    assert made(desk.build(Wanted(locales=("en",), formats=("html", "docx")))) == {
        "patient-en.docx",
        "clinician-en.docx",
    }
    assert made(desk.build(Wanted(locales=("en",), formats=("html", "docx")))) == set()


def untranslate(desk: Desk, text: str = "Only the patient reads this.") -> None:
    replace(catalog(desk.project, "es"), first_translation(text), 'msgstr ""')


def test_a_release_after_a_draft_withholds_and_a_draft_after_it_publishes_again(desk: Desk) -> None:
    untranslate(desk)
    assert made(desk.build()) == {"patient-es"}
    draft = desk.files()
    built = desk.build(release=True)
    assert (made(built), weightiest(built.exit_codes)) == ({"patient-es"}, ExitCode.WITHHELD)
    assert not desk.page("es").exists()
    built = desk.build()
    assert (made(built), weightiest(built.exit_codes)) == ({"patient-es"}, ExitCode.OK)
    assert desk.files() == draft


def test_what_is_withheld_stays_withheld_with_its_exit_code_and_is_not_read_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    untranslate(desk)
    first = desk.build(release=True)
    before = desk.files()
    monkeypatch.delattr(library, "read_units")
    forbid_writers(monkeypatch)
    again = desk.build(release=True)
    assert (made(again), weightiest(again.exit_codes)) == (set(), weightiest(first.exit_codes))
    assert [row.reason for row in again.unchanged if row.state == "withheld"] == [
        outcome.row.reason for outcome in first.outcomes if outcome.row
    ]
    assert desk.files() == before
    assert desk.foreseen(release=True) == {}


def test_a_withheld_file_that_somebody_put_back_leaves_again(desk: Desk) -> None:
    untranslate(desk)
    content = desk.page("es").read_bytes()
    desk.build(release=True)
    desk.page("es").write_bytes(content)
    assert made(desk.build(release=True)) == {"patient-es"}
    assert not desk.page("es").exists()


def test_gaps_are_told_of_what_is_not_read_again_too(desk: Desk) -> None:
    untranslate(desk)
    first = desk.build().gaps
    again = build(desk.project, Order(HTML, desk.out, "out", tell_gaps=True, workers=1))
    assert made(again) == set()
    assert {key: gaps for key, gaps in first.items() if gaps} == again.gaps
    (desk.out / OWN_FOLDER / "made" / CONDITION / "es.json").unlink()
    again = build(desk.project, Order(HTML, desk.out, "out", tell_gaps=True, workers=1))
    assert made(again) == set()
    assert {key: gaps for key, gaps in again.gaps.items() if gaps} == {key: gaps for key, gaps in first.items() if gaps}


# --- what is wrong is told by every build -----------------------------------------------------------------------------


def break_catalog(desk: Desk) -> None:
    change(catalog(desk.project, "es"), lambda text: text + "\n<<<<<<< ours\n")


def break_leaflet(desk: Desk) -> None:
    replace(desk.leaflet(), "title: Every", "titel: Every")


def break_locale(desk: Desk) -> None:
    replace(locale_file("es")(desk), '"patient"', '"pacient"')


def break_page(desk: Desk) -> None:
    replace(desk.template("patient/screen.css"), "header {", "{% nonsense %}header {")


FAULTS = {fault.__name__: fault for fault in (break_catalog, break_leaflet, break_locale, break_page)}


@pytest.mark.parametrize("spoil", FAULTS.values(), ids=FAULTS)
def test_problems_are_told_by_every_build_and_not_after_they_are_mended(
    desk: Desk, spoil: Callable[[Desk], None], tmp_path: Path
) -> None:
    before = desk.files()
    good = tmp_path / "good"
    shutil.copytree(desk.project.root, good)
    spoil(desk)
    rounds = [desk.build(), desk.build()]
    told = [
        (*built.problems, *(problem for outcome in built.outcomes for problem in outcome.problems)) for built in rounds
    ]
    assert told[0]
    assert told[0] == told[1]
    assert [weightiest(built.exit_codes) for built in rounds] == [ExitCode.CONTENT] * 2
    shutil.rmtree(desk.project.root)
    shutil.move(good, desk.project.root)
    built = desk.build()
    assert (built.problems, weightiest(built.exit_codes)) == ((), ExitCode.OK)
    assert desk.files() == before


# --- what changes while a build is at work ----------------------------------------------------------------------------


def test_a_file_that_changes_while_it_is_read_is_not_taken_for_what_was_read(desk: Desk) -> None:
    path = catalog(desk.project, "es")
    first, last = first_translation("Between two boxes."), 'msgstr "Entre cajas."'

    def saved(name: str) -> None:
        if name.startswith("3"):
            replace(path, 'msgstr "Otra cosa."', last)

    replace(path, first, 'msgstr "Otra cosa."')
    build(desk.project, Order(HTML, desk.out, "out", workers=1), Listener(step=saved))
    assert made(desk.build()) == {"patient-es", "clinician-es"}
    assert "Entre cajas." in desk.page("es").read_text("utf-8")


def test_documents_are_made_of_templates_as_they_were_when_the_build_began(desk: Desk) -> None:
    sheet, cache = desk.template("patient/screen.css"), desk.cache()
    text = sheet.read_text("utf-8")

    def saved(_outcome: object) -> None:
        sheet.write_text(text, "utf-8")

    replace(sheet, "header {", "/* seen */ header {")
    build(desk.project, Order(HTML, desk.out, "out", workers=1), Listener(done=saved), cache=cache)
    assert "/* seen */" in desk.page("en").read_text("utf-8")
    assert "/* seen */" in desk.page("ar").read_text("utf-8")
    desk.build(cache=cache)
    assert "/* seen */" not in desk.page("en").read_text("utf-8")
    assert "/* seen */" not in desk.page("ar").read_text("utf-8")


# --- the ledger -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"schema": 1}', b"\xff\xfe", b'{"schema": 2, "documents": {}}']
)
def test_a_ledger_that_cannot_be_read_is_told_once_and_written_anew(desk: Desk, content: bytes) -> None:
    before = desk.files()
    (desk.out / OWN_FOLDER / "ledger.json").write_bytes(content)
    built = desk.build()
    assert [(problem.severity, problem.origin.file) for problem in built.problems] == [
        ("warning", f"out/{OWN_FOLDER}/ledger.json")
    ]
    assert (made(built), weightiest(built.exit_codes)) == (ALL, ExitCode.OK)
    assert desk.files() == before
    assert desk.build().problems == ()


@pytest.mark.skipif(os.name == "nt", reason="rights are those of a POSIX machine")
@pytest.mark.parametrize("which", ["", "ledger.json"])
def test_a_ledger_that_others_can_write_is_not_believed(desk: Desk, which: str) -> None:
    before = desk.files()
    (desk.out / ".leafletpress" / which).chmod(0o777)
    built = desk.build()
    assert made(built) == ALL
    (problem,) = built.problems
    assert str(problem) == (
        "out/.leafletpress/ledger.json: warning: others can write what an earlier build noted: it is not "
        "believed, every document is checked again (chmod -R go-w out/.leafletpress, or name a folder of your own "
        "with --output)"
    )
    assert desk.files() == before
    (desk.out / ".leafletpress").chmod(0o755)
    assert (made(desk.build()), desk.build().problems) == (set(), ())


@pytest.mark.skipif(os.name == "nt", reason="rights are those of a POSIX machine")
def test_who_lets_a_group_write_new_files_has_a_ledger_that_is_believed(desk: Desk) -> None:
    shutil.rmtree(desk.out)
    earlier = os.umask(0o002)
    try:
        desk.build()
    finally:
        os.umask(earlier)
    built = desk.build()
    assert (made(built), built.problems) == (set(), ())


def rot(path: Path) -> None:
    """Change one bit in the middle of a file."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_a_build_whose_folder_another_machine_took_over_publishes_nothing(desk: Desk) -> None:
    replace(desk.leaflet(), "title: ", "title: Another ")
    before = (desk.out / "manifest.json").read_bytes(), desk.page("en").read_bytes()

    def take_over(step: str) -> None:
        if step.startswith("2"):
            other = {"pid": 7, "host": "elsewhere", "since": "noon"}
            (desk.out / OWN_FOLDER / "lock").write_text(json.dumps(other))

    order = Order(Wanted(locales=("en",), formats=("html",)), desk.out, "out", workers=1)
    with Lock(desk.out, "out") as lock, pytest.raises(LeafletError, match="another took its folder over"):
        build(desk.project, order, Listener(step=take_over), lock=lock)
    assert ((desk.out / "manifest.json").read_bytes(), desk.page("en").read_bytes()) == before


def test_a_release_notices_a_file_that_changed_though_its_size_did_not_and_makes_it_again(desk: Desk) -> None:
    desk.build(release=True)
    before = desk.files()
    path = desk.out / CONDITION / "en" / f"{CONDITION}-patient-en.html"
    rot(path)
    built = desk.build(release=True)
    assert made(built) == {"patient-en"}
    (problem,) = built.problems
    assert str(problem) == (
        "out: warning: 1 files are not those that were built; they are made again, or leave the folder; "
        f"first: {CONDITION}/en/{CONDITION}-patient-en.html"
    )
    assert desk.files() == before
    assert desk.build(release=True).problems == ()


def test_a_release_of_something_else_takes_out_a_file_that_changed(desk: Desk) -> None:
    desk.build(release=True)
    path = desk.out / CONDITION / "en" / f"{CONDITION}-patient-en.html"
    rot(path)
    assert len(desk.build(Wanted(locales=("es",)), release=True).problems) == 1
    assert not path.exists()
    assert path.name not in (desk.out / "manifest.json").read_text(encoding="utf-8")
    assert made(desk.build(release=True)) == {"patient-en"}


def test_a_ledger_that_was_not_written_to_its_end_vouches_for_nothing_new(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace(catalog(desk.project, "es"), first_translation("Between two boxes."), 'msgstr "Entre cajas."')
    with monkeypatch.context() as patched:
        patched.setattr(Ledger, "write", interrupted)
        with pytest.raises(KeyboardInterrupt):
            desk.build()
    replace(catalog(desk.project, "es"), 'msgstr "Entre cajas."', first_translation("Between two boxes."))
    assert made(desk.build()) == {"patient-es", "clinician-es"}


def interrupted(*_arguments: object) -> None:
    raise KeyboardInterrupt


NOT_NOTED = (
    f"out/{OWN_FOLDER}/ledger.json: warning: what was built can't be noted: No space left on device; "
    "the next build makes it again"
)


def test_a_folder_in_which_nothing_can_be_noted_is_built_all_the_same(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    replace(desk.leaflet(), "Between two boxes.", "Between the boxes.")
    monkeypatch.setattr(Ledger, "write", full)
    built = desk.build(Wanted(locales=("en",), formats=("html",)))
    assert [str(problem) for problem in built.problems] == [NOT_NOTED]
    assert "Between the boxes." in desk.page("en").read_text("utf-8")


# --- the cache --------------------------------------------------------------------------------------------------------


@pytest.fixture
def cached(desk: Desk) -> Desk:
    """Built with a cache, in English and Spanish, in two formats."""
    shutil.rmtree(desk.out)
    desk.build(BOTH, cache=desk.cache())
    return desk


def entries(desk: Desk) -> list[Path]:
    return sorted((desk.project.root / ".cache").rglob("*.leaflet"))


def entry(folder: Path, key: str) -> Path:
    return folder / key[:2] / f"{key[2:]}.leaflet"


def test_a_lost_output_folder_comes_back_from_the_cache(cached: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    forbid_writers(monkeypatch)
    before = cached.files()
    shutil.rmtree(cached.out)
    built = cached.build(BOTH, cache=cached.cache())
    assert all(outcome.cached for outcome in built.outcomes)
    assert cached.files() == before


def test_another_folder_shares_the_cache(cached: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forbid_writers(monkeypatch)
    other = Desk(cached.project, tmp_path / "other")
    other.build(BOTH, cache=cached.cache())
    assert other.files() == cached.files()


@pytest.mark.parametrize("damage", [lambda sealed: sealed[:-1], lambda sealed: sealed + b"x", lambda _sealed: b""])
def test_a_damaged_document_of_the_cache_is_made_anew_and_told_once(
    cached: Desk, damage: Callable[[bytes], bytes]
) -> None:
    before, sealed = cached.files(), [path.read_bytes() for path in entries(cached)]
    for path in entries(cached)[:3]:
        path.write_bytes(damage(path.read_bytes()))
    shutil.rmtree(cached.out)
    built = cached.build(BOTH, cache=cached.cache())
    assert [str(problem) for problem in built.problems] == [
        ".cache: warning: a damaged document in the cache is made again"
    ]
    assert sum(not outcome.cached for outcome in built.outcomes) == 3
    assert cached.files() == before
    assert [path.read_bytes() for path in entries(cached)] == sealed


def test_documents_that_changed_places_in_the_cache_are_damaged(cached: Desk) -> None:
    before = cached.files()
    one, other = entries(cached)[:2]
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)
    shutil.rmtree(cached.out)
    cached.build(BOTH, cache=cached.cache())
    assert cached.files() == before


def test_a_cache_that_cannot_be_written_is_told_once_and_stops_nothing(desk: Desk) -> None:
    shutil.rmtree(desk.out)
    (desk.project.root / ".cache").write_text("a file where the folder would be")
    built = desk.build(cache=desk.cache())
    assert made(built) == ALL
    assert [problem.severity for problem in built.problems] == ["warning"]
    assert weightiest(built.exit_codes) == ExitCode.OK


def test_what_was_asked_for_least_lately_leaves_the_cache(tmp_path: Path) -> None:
    names = [f"{number:032x}" for number in range(12)]
    for number, key in enumerate(names):
        Cache(tmp_path, "cache", MOST).put(key, bytes(1000))
        os.utime(entry(tmp_path, key), (number, number))
    cache = Cache(tmp_path, "cache", 10 * (1000 + 32))
    assert cache.get(names[0]) == bytes(1000)
    cache.put(names[11], bytes(1000))
    cache.trim()
    kept = [key for key in names if entry(tmp_path, key).exists()]
    assert kept == [names[0], *names[3:]]


def test_processes_share_a_cache_that_is_trimmed_and_deleted_meanwhile(tmp_path: Path) -> None:
    script = (
        f"import sys, shutil; sys.path.insert(0, {str(ROOT)!r})\n"
        "from pathlib import Path; from leafletpress.build.freshness.cache import Cache\n"
        f"folder = Path({str(tmp_path / 'cache')!r}); cache = Cache(folder, 'cache', 20_000)\n"
        "for number in range(400):\n"
        "    key = f'{number % 25:032x}'; content = key.encode() * 50\n"
        "    cache.put(key, content)\n"
        "    assert cache.get(key) in (None, content)\n"
        "    if number % 90 == 89: shutil.rmtree(folder, ignore_errors=True)\n"
        "print([str(problem) for problem in cache.take_problems() if 'damaged' in problem.text])\n"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, encoding="utf-8") for _ in range(3)
    ]
    assert [process.communicate()[0] for process in running] == ["[]\n"] * 3
    assert [process.returncode for process in running] == [0] * 3


def test_a_failed_document_is_not_kept(desk: Desk) -> None:
    break_page(desk)
    built = desk.build(Wanted(locales=("en",), formats=("html",)), cache=desk.cache())
    assert [outcome.row is None for outcome in built.outcomes] == [True]
    assert entries(desk) == []


# --- keys -------------------------------------------------------------------------------------------------------------


def test_a_key_does_not_depend_on_the_seed_of_hashes(desk: Desk) -> None:
    script = (
        f"import sys; sys.path[:0] = [{str(ROOT)!r}, {str(ROOT / 'tests')!r}]\n"
        "from pathlib import Path; from projects import composed; from leafletpress.build.project import Project\n"
        "from leafletpress.build.freshness.keys import handout_digest, program_digest\n"
        "from leafletpress.model.digests import part_digests\n"
        f"handout = composed(Project(Path({str(desk.project.root)!r})), 'ar', 'patient').handout\n"
        "print(handout_digest(handout), program_digest(), sorted(part_digests(handout).items()))\n"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", script], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True,
            encoding="utf-8", check=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(told) == 1


def test_the_digest_of_a_handout_leaves_nothing_out(shared_project: Project) -> None:
    """`repr` shows every field of every class that a handout is made of."""
    found, waiting = set(), [composed(shared_project, "ar", "patient").handout]
    while waiting:
        part: Any = waiting.pop()
        if isinstance(part, tuple):
            waiting += part
        elif is_dataclass(part):
            found.add(type(part).__name__)
            assert all(field.repr for field in fields(part)), type(part)
            assert type(part).__repr__ is not object.__repr__
            waiting += [getattr(part, field.name) for field in fields(part)]
        else:
            assert part is None or type(part) in (str, bytes, bool, int, float), part
    assert {"Handout", "Head", "Text", "Run", "Typography", "Figure", "Way", "WriteIn"} <= found


def test_the_code_of_the_program_is_known_by_content(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "leafletpress", tmp_path / "p", ignore=shutil.ignore_patterns("__pycache__"))
    before = code_digest(tmp_path / "p")
    assert before == code_digest(ROOT / "leafletpress")
    os.utime(tmp_path / "p" / "build" / "run.py", (1, 1))
    (tmp_path / "p" / "__pycache__").mkdir()
    (tmp_path / "p" / "__pycache__" / "build.pyc").write_bytes(b"x")
    assert code_digest(tmp_path / "p") == before
    change(tmp_path / "p" / "write" / "html" / "writer.py", lambda text: f"{text}\n")
    assert code_digest(tmp_path / "p") != before


@pytest.mark.parametrize(("name", "other"), [("leafletpress/", "other"), ("Pango", "2"), ("weasyprint", "71")])
def test_a_changed_program_builds_all(desk: Desk, monkeypatch: pytest.MonkeyPatch, name: str, other: str) -> None:
    changed = {**program(), name: other}
    monkeypatch.setattr(keys, "program", lambda: changed)
    monkeypatch.setattr(inputs, "program", lambda: changed)
    monkeypatch.setattr(inputs, "code_digest", lambda: changed["leafletpress/"])
    assert desk.foreseen() == dict.fromkeys(ALL, f"writer: {name}")
    assert made(desk.build()) == ALL
    assert made(desk.build()) == set()


def test_a_changed_font_builds_what_is_set_in_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    font = inputs.font_digest  # the fonts themselves are pinned
    monkeypatch.setattr(inputs, "font_digest", lambda name: "other" if "vazirmatn" in name else font(name))
    monkeypatch.setattr(inputs.Inputs, "tools_moved", lambda _self: False)
    assert made(desk.build()) == {"patient-ar", "clinician-ar"}


def test_libraries_are_known_by_the_versions_that_are_installed() -> None:
    from importlib.metadata import version

    known = program()
    for name in ("weasyprint", "python-docx", "pillow", "pyyaml", "pikepdf"):
        assert known[name] == version(name)
    assert "?" not in {known["Pango"], known["HarfBuzz"], known["Fontconfig"]}


# --- a library --------------------------------------------------------------------------------------------------------


def test_one_string_in_a_library_builds_exactly_the_documents_that_print_it(project: Project, tmp_path: Path) -> None:
    names = [f"copy-{number}" for number in range(6)]
    for letter, name in zip("ABCDEF", names, strict=True):
        shutil.copy(project.folder("leaflets") / f"{CONDITION}.yaml", project.folder("leaflets") / f"{name}.yaml")
        replace(project.folder("leaflets") / f"{name}.yaml", "code: EVERY", f"code: COPY{letter}")
        for locale in ("es", "ar"):
            shutil.copy(catalog(project, locale), catalog(project, locale, name))
    desk = Desk(project, tmp_path / "out")
    count = len(desk.build().outcomes)
    assert count == (len(names) + 1) * len(ALL)

    def after(path: Path, old: str, new: str) -> set[str]:
        replace(path, old, new)
        built = desk.build()
        assert len(built.outcomes) + len(built.unchanged) == count
        return {outcome.document.path.rpartition("/")[2] for outcome in built.outcomes}

    one = after(catalog(project, "es", names[3]), first_translation("Only the patient reads this."), 'msgstr "Leer."')
    assert one == {"copy-3-patient-es.html"}
    two = after(project.folder("leaflets") / f"{names[5]}.yaml", "Between two boxes.", "Between the boxes.")
    assert two == {f"copy-5-{name}.html" for name in ALL}
    shared = after(catalog(project, "es", "furniture"), "Mis notas", "Mis apuntes")
    assert shared == {f"{name}-patient-es.html" for name in (CONDITION, *names)}
    assert desk.build().outcomes == ()


_OPENED: list[str] = []
_LISTENING: list[str] = []  # the folder whose files are listened for; a hook can't be taken away again


def _hear(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open" and _LISTENING and str(arguments[0]).startswith(_LISTENING[0]):
        _OPENED.append(str(arguments[0]).removeprefix(_LISTENING[0]))


def test_each_file_is_opened_once_in_a_build_and_none_but_what_it_needs(project: Project, tmp_path: Path) -> None:
    root = f"{project.root}/"
    sys.addaudithook(_hear)
    _LISTENING.append(root)
    try:
        build(project, Order(Wanted(formats=("html", "docx")), tmp_path / "out", "out", workers=1))
    finally:
        _LISTENING.clear()
    inputs_ = {
        path.relative_to(project.root).as_posix()
        for folder in ("leaflets", "locales", "sites", "templates")
        for path in project.folder(folder).rglob("*")
        if path.is_file() and "pot" not in path.parts and "report" not in path.parts
    }
    assert sorted(name for name in _OPENED if (project.root / name).exists()) == sorted(inputs_)


def test_a_change_of_the_report_has_no_leaflet_read_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    replace(desk.template("report/report.css"), "body", "main, body")
    forbid_writers(monkeypatch)
    monkeypatch.setattr(translations, "read_leaflet", lambda *_: pytest.fail("a leaflet was read"))
    assert desk.build().outcomes == ()
