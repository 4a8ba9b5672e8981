"""What a project says of its published documents is read from its sources as they are, whatever of them is broken."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from approvals import keep
from clinic import CONDITION, make_clinic, source
from projects import change, replace

from leafletpress.build.library import Project
from leafletpress.build.public import read_public
from leafletpress.build.signing import withdraw
from leafletpress.model.approval import Withdrawal
from leafletpress.model.digests import english_digest
from leafletpress.model.document import Document
from leafletpress.publish.public import Expected, Public
from leafletpress.read.leaflets import read_leaflet

TODAY = date(2026, 11, 30)
SPANISH = (CONDITION, "es", "patient")


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return make_clinic(tmp_path_factory.mktemp("public") / "project")


@pytest.fixture
def project(clinic: Project, tmp_path: Path) -> Project:
    return Project(Path(shutil.copytree(clinic.root, tmp_path / "project")))


def public(project: Project) -> Public:
    return read_public(project, None, TODAY)


def pdf(edition: str = "a4", locale: str = "es", audience: str = "patient", format_: str = "pdf") -> Document:
    return Document(CONDITION, locale, audience, edition, format_)


def test_a_document_must_be_of_the_leaflet_as_it_is_written_and_within_its_budget(project: Project) -> None:
    leaflet = read_leaflet(project.files(), CONDITION, ("patient", "clinician"))
    found = public(project)
    assert found.expected(pdf()) == Expected(english_digest(leaflet, "patient"), 7)
    assert found.expected(pdf(locale="en")) == Expected(english_digest(leaflet, "patient"), 6)
    assert found.expected(pdf(audience="clinician")) == Expected(english_digest(leaflet, "clinician"), 5)
    assert found.expected(pdf(format_="exe")) is None
    assert found.expected(pdf("booklet")) is None  # the site builds A4 alone
    assert found.problems == ()
    change(source(project), lambda text: text.replace("sections:\n", "sides: {patient: 8}\nsections:\n", 1))
    assert public(project).expected(pdf()) == Expected(english_digest(leaflet, "patient"), 8)


@pytest.mark.parametrize("gone", ["leaflet", "language", "audience", "choice of languages", "choice of audiences"])
def test_what_is_gone_is_not_made_any_more(project: Project, gone: str) -> None:
    assert public(project).has_handout(SPANISH)
    match gone:
        case "leaflet":
            source(project).unlink()
        case "language":
            shutil.rmtree(project.folder("locales") / "es")
        case "audience":
            replace(project.folder("locales") / "es" / "locale.toml", '["patient", "clinician"]', '["clinician"]')
        case "choice of languages":
            change(source(project), lambda text: text.replace("sections:\n", "languages: [en]\nsections:\n", 1))
        case _:
            change(
                source(project),
                lambda text: text.replace("sections:\n", "audiences: [clinician]\nsections:\n", 1).replace(
                    "main_message:\n  patient: Keep your skin soft, and do **not** scratch it.\n", ""
                ),
            )
    found = public(project)
    assert not found.has_handout(SPANISH)
    assert found.expected(pdf()) is None


@pytest.mark.parametrize("broken", ["leaflets/dry-skin.yaml", "locales/es/locale.toml"])
def test_what_cannot_be_read_may_be_made(project: Project, broken: str) -> None:
    (project.root / broken).write_text("[", encoding="utf-8")
    found = public(project)
    assert found.has_handout(SPANISH)
    assert (found.expected(pdf()) or Expected(sides=-1)).sides in (None, 7)


def test_a_withdrawal_is_known_also_when_the_leaflet_is_gone(project: Project) -> None:
    keep(project, withdraw(project, CONDITION, Withdrawal(TODAY, "Wrong dose.", locale="es")))
    source(project).unlink()
    found = public(project)
    assert found.withdrawal(SPANISH) == Withdrawal(TODAY, "Wrong dose.", locale="es")
    assert found.withdrawal((CONDITION, "en", "patient")) is None


def test_a_record_that_was_changed_by_hand_is_not_believed(project: Project) -> None:
    keep(project, withdraw(project, CONDITION, Withdrawal(TODAY, "Wrong dose.")))
    change(project.root / "signoffs" / f"{CONDITION}.toml", lambda text: text.replace("Wrong", "Right"))
    found = public(project)
    assert (found.withdrawal(SPANISH), list(found.unread)) == (None, [CONDITION])


def test_a_file_of_releases_that_was_cut_is_a_problem_and_other_faults_are_not(project: Project) -> None:
    source(project).write_text("[", encoding="utf-8")
    (project.root / "published.toml").write_text(f'seal = "{"0" * 32}"\n[handouts.a.en]\n', encoding="utf-8")
    (problem,) = public(project).problems
    assert str(problem).startswith(
        "published.toml:1:8: this file is not as it was written when leaflets were published"
    )


def test_staff_whose_language_cannot_be_read_are_told_in_english(project: Project) -> None:
    site = next(project.folder("sites").glob("*.toml"))
    change(site, lambda text: text.replace("[name]", 'staff = "es"\n\n[name]', 1))
    assert public(project).staff.name == "es"
    (project.folder("locales") / "es" / "locale.toml").write_text("[", encoding="utf-8")
    assert public(project).staff.name == "en"
