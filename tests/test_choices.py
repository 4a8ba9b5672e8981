"""A leaflet says for whom it is made, which contacts it prints, and whether it has lines for notes."""

from pathlib import Path

import pytest
from projects import CONDITION, change, composed, replace

from leafletpress.build.check import check
from leafletpress.build.library import Project, Wanted, read_library
from leafletpress.build.run import Build, Order, build
from leafletpress.model.blocks import Contact
from leafletpress.model.problems import LeafletError
from leafletpress.read.leaflets import parse_leaflet
from leafletpress.read.located.files import Files

TITLE = "title: Every block\n"


def leaflet(project: Project) -> Path:
    return project.folder("leaflets") / f"{CONDITION}.yaml"


def for_patients_alone(text: str) -> str:
    """The leaflet without what clinicians alone read."""
    text = text.partition("      - id: clinician_words\n")[0]
    text = text.replace("  clinician: Every block kind in one place.\n", "")
    return text.replace(TITLE, f"{TITLE}audiences: [patient]\n")


def links(project: Project, audience: str = "patient") -> list[str]:
    handout = composed(project, "es", audience).handout
    blocks = [block.content for section in handout.sections for block in section.blocks]
    return [way.link for block in blocks if isinstance(block, Contact) for way in block.ways]


def test_a_leaflet_prints_the_contacts_that_it_names_in_the_order_of_the_site(project: Project) -> None:
    replace(leaflet(project), TITLE, f"{TITLE}contacts: [booking, clinic]\n")
    assert links(project) == links(project, "clinician") == ["tel:+442079460958", "https://skin.example.org/book"]
    assert composed(project, "es", "patient").gaps == ()


def test_a_leaflet_that_tells_people_to_call_takes_a_number_into_its_contacts(project: Project) -> None:
    replace(leaflet(project), TITLE, f"{TITLE}contacts: [whatsapp, booking]\n")
    problems = [str(problem) for problem in check(read_library(project, Wanted())).problems]
    said = "warnings.today tells people to call, and no number is on the paper"
    hint = "take clinic, out_of_hours or call_back into its contacts"
    assert [problem for problem in problems if said in problem] == [f"leaflets/{CONDITION}.yaml:56:39: {said} ({hint})"]


def test_a_leaflet_without_notes_has_no_lines_to_write_on(project: Project) -> None:
    assert composed(project, "en", "patient").handout.notes
    replace(leaflet(project), TITLE, f"{TITLE}notes: false\n")
    assert composed(project, "en", "patient").handout.notes is None


def run(project: Project, out: Path, *, prune: bool = False) -> Build:
    return build(project, Order(Wanted(locales=() if prune else ("en", "es")), out, "out", prune=prune, workers=1))


def made(out: Path) -> set[str]:
    return {path.name.removeprefix(f"{CONDITION}-") for path in out.glob(f"{CONDITION}/*/*")}


def test_a_leaflet_for_patients_alone_has_no_other_and_is_not_read_again_for_want_of_one(
    project: Project, tmp_path: Path
) -> None:
    change(project.folder("templates") / "editions.toml", lambda text: text.replace('"html", "pdf", "docx"', '"html"'))
    out = tmp_path / "out"
    run(project, out)
    assert made(out) == {"patient-en.html", "clinician-en.html", "patient-es.html", "clinician-es.html"}
    change(leaflet(project), for_patients_alone)
    run(project, out, prune=True)
    assert made(out) == {f"patient-{locale}.html" for locale in ("en", "es", "ar", "zh_Hans")}
    again = run(project, out)
    assert (again.outcomes, again.problems) == ((), ())
    assert {row.audience for row in again.unchanged} == {"patient"}
    change(leaflet(project), lambda text: text.replace("audiences: [patient]\n", ""))
    run(project, out)
    assert made(out) >= {"clinician-en.html", "clinician-es.html"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("audiences: [nurse]\n", '5:13: unknown audience "nurse" (known: clinician, patient)'),
        ("audiences: [patient]\n",
         "128:19: no clinician reads this: the leaflet is for patient (delete it, or add them to audiences)"),
        ("contacts: [fax]\n", '5:12: unknown contact "fax" (known: address, booking, call_back, clinic, email,'),
        ("notes: none\n", '5:8: notes "none" is not a switch (true or false)'),
    ],
)  # fmt: skip
def test_choices_that_fit_nothing_are_told_at_their_place(project: Project, text: str, said: str) -> None:
    content = leaflet(project).read_text(encoding="utf-8").replace(TITLE, TITLE + text)
    with pytest.raises(LeafletError) as caught:
        parse_leaflet(Files(project.root), CONDITION, content.encode(), ["patient", "clinician"])
    found = [str(problem).removeprefix(f"leaflets/{CONDITION}.yaml:") for problem in caught.value.problems]
    assert any(problem.startswith(said) for problem in found), found


def test_an_audience_with_nothing_to_read_is_told(project: Project) -> None:
    text = leaflet(project).read_text(encoding="utf-8").replace(TITLE, f"{TITLE}audiences: [patient, clinician]\n")
    before = text.partition("sections:\n")[0]
    only = "sections:\n  - {id: a, heading: A, audience: patient, blocks: [{id: b, paragraph: Words.}]}\n"
    with pytest.raises(LeafletError) as caught:
        parse_leaflet(Files(project.root), CONDITION, f"{before}{only}".encode(), ["patient", "clinician"])
    said = f"leaflets/{CONDITION}.yaml:5:12: nothing is for clinician (write a section for them, or leave them out)"
    assert said in [str(problem) for problem in caught.value.problems]
