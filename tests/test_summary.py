"""What is wrong with many documents is told once, and what differs stays apart."""

from collections.abc import Iterable

from leafletpress.build.publishing import Outcome
from leafletpress.cli.summary import outcome_problems
from leafletpress.model.document import Document
from leafletpress.model.problems import Origin, Problem

DOCUMENTS = [Document("warts", locale, "patient", "a4", "pdf") for locale in ("en", "es", "fr")]


def outcome(document: Document, *problems: Problem) -> Outcome:
    return Outcome(document, None, problems)


def said(outcomes: Iterable[Outcome], told: tuple[Problem, ...] = ()) -> list[str]:
    return [str(problem) for problem in outcome_problems(outcomes, told)]


def test_a_problem_that_names_its_document_is_told_with_the_first_and_the_number_of_all_others() -> None:
    found = [outcome(document, Problem(Origin(document.path), "too long", "shorten")) for document in DOCUMENTS]
    assert said(found[:1]) == ["warts/en/warts-patient-en.pdf: too long (shorten)"]
    assert said(found) == ["warts/en/warts-patient-en.pdf and 2 more: too long (shorten)"]


def test_each_of_many_documents_is_named_for_who_asks_for_it() -> None:
    found = [outcome(document, Problem(Origin(document.path), "too long", "shorten")) for document in DOCUMENTS]
    assert [str(problem) for problem in outcome_problems(found, each=True)] == [
        f"{document.path}: too long (shorten)" for document in DOCUMENTS
    ]
    shared = Problem(Origin("templates/patient/page.html.j2", 3, 1), "unknown name")
    assert [str(problem) for problem in outcome_problems([outcome(one, shared) for one in DOCUMENTS], each=True)] == [
        f"templates/patient/page.html.j2:3:1 in {document.path}: unknown name" for document in DOCUMENTS
    ]


def test_a_writer_may_name_a_document_by_the_name_of_its_file() -> None:
    found = [outcome(one, Problem(Origin(one.path.rpartition("/")[2]), "a link leads nowhere")) for one in DOCUMENTS]
    assert said(found) == ["warts-patient-en.pdf and 2 more: a link leads nowhere"]


def test_texts_hints_and_places_that_differ_stay_apart_in_their_order() -> None:
    first, second, third = DOCUMENTS
    place = Origin(first.path)
    template = "templates/patient/page.html.j2"
    found = [
        outcome(first, Problem(place, "too long"), Problem(place, "too long", "shorten"), Problem(place, "too wide")),
        outcome(second, Problem(Origin(template, 3, 1), "unknown name"), Problem(Origin(second.path), "too wide")),
        outcome(
            third, Problem(Origin(template, 9, 1), "unknown name"), Problem(Origin(template, 3, 1), "unknown name")
        ),
    ]
    assert said(found) == [
        f"{first.path}: too long",
        f"{first.path}: too long (shorten)",
        f"{first.path} and 1 more: too wide",
        f"{template}:3:1 in {second.path} and 1 more: unknown name",
        f"{template}:9:1: unknown name",
    ]


def test_a_problem_that_a_document_has_twice_counts_once_and_one_that_was_told_is_not_told_again() -> None:
    font, other = Problem(Origin("fonts/x"), "is not installed"), Problem(Origin("templates/x"), "can't be read")
    found = [outcome(document, font, other, other) for document in DOCUMENTS]
    assert said(found, (font,)) == [f"templates/x in {DOCUMENTS[0].path} and 2 more: can't be read"]
