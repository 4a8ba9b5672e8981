"""Adds to what is on record of a leaflet: signatures, each for exactly what is printed now, and withdrawals."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date

from leafletpress.build.check import gap_problem
from leafletpress.build.library import Library, Wanted, read_library
from leafletpress.build.project import Project, refuse_unknown
from leafletpress.compose.handouts import Composition
from leafletpress.model.approval import Role, Signature, Signoffs, Withdrawal, changed_since, roles
from leafletpress.model.digests import signed_digest, signed_parts
from leafletpress.model.handout import Handout
from leafletpress.model.leaflet import UNFILLED
from leafletpress.model.locale import SOURCE
from leafletpress.model.problems import ExitCode, LeafletError, Origin, Problem
from leafletpress.read.conditions import conditions
from leafletpress.read.languages.settings import locale_names
from leafletpress.read.releases import read_releases
from leafletpress.read.signoffs import ANOTHER, ONE_PERSON, dump_signoffs, read_signoffs, same_person, signoffs_file
from leafletpress.read.templates import read_audiences


@dataclass(frozen=True, slots=True)
class Person:
    """Who signs: in which role, under which name, and what qualifies them."""

    role: Role
    name: str
    credential: str


@dataclass(frozen=True, slots=True)
class Signed:
    """A handout that was signed, and the parts of it that changed since the last signature of this role."""

    handout: Handout
    changed: tuple[str, ...]
    last: Signature | None


@dataclass(frozen=True, slots=True)
class Recorded:
    """The name of the file of a condition, and its new content."""

    file: str
    content: bytes


def sign(
    project: Project, wanted: Wanted, person: Person, day: date, today: date
) -> tuple[Recorded, tuple[Signed, ...]]:
    """The record of a condition with the signatures of a person, one for each audience that is wanted.

    `wanted` names one condition and one language. Raises LeafletError: (2) for a person who can't sign this, or did; a
    day that is none for it; (1) where a text is not whole, was withdrawn, or can't be read.
    """
    (condition,), (locale,) = wanted.conditions, wanted.locales
    _refuse_person(person, locale)
    library = read_library(project, wanted, today)
    made = list(library.compositions(wanted))
    if library.problems or not made:
        missing = Problem(
            Origin(condition), f'is not made in "{locale}" for this audience', "status lists what is made"
        )
        raise LeafletError(library.problems or [missing])
    signoffs = library.signoffs[condition]
    problems = [problem for one in made for problem in _unsignable(one, library)]
    if problems:
        raise LeafletError(problems)
    problems = [problem for one in made for problem in _unfit(one.handout, signoffs, person, day, today)]
    if problems:
        raise LeafletError(problems, ExitCode.USAGE)
    signed = tuple(_signed(one.handout, signoffs, person) for one in made)
    for one in signed:
        signoffs = _with_signature(signoffs, one.handout, person, day)
    return _recorded(condition, signoffs), signed


def withdraw(project: Project, condition: str, withdrawal: Withdrawal) -> Recorded:
    """The record of a condition with a withdrawal, of today.

    Raises LeafletError: (2) for what is none of the project's, is withdrawn already, or is no better to use; for a
    reason that can't be printed.
    """
    files, today = project.files(), withdrawal.day
    releases = read_releases(files)
    known = conditions(files)
    published = {name for name, _, _ in releases}
    refuse_unknown(
        {
            "condition": ((condition,), sorted({*known, *published})),
            "instead": ((withdrawal.instead,) if withdrawal.instead else (), known),
            "locale": ((withdrawal.locale,) if withdrawal.locale else (), _languages(project, condition, releases)),
            "audience": ((withdrawal.audience,) if withdrawal.audience else (), list(read_audiences(files))),
        }
    )
    signoffs = read_signoffs(files, condition, today)
    problems = list(_unprintable("--why", withdrawal.why))
    if withdrawal.instead == condition:
        problems.append(Problem(Origin("--instead"), "is the leaflet that is withdrawn", "name another, or none"))
    elif withdrawal.instead and read_signoffs(files, withdrawal.instead, today).withdrawals:
        problems.append(Problem(Origin("--instead"), f'"{withdrawal.instead}" is withdrawn itself', "name another"))
    covered = [one for one in signoffs.withdrawals if _is_within(withdrawal, one)]
    if covered:
        problems.append(Problem(Origin(condition), f"is withdrawn since {covered[0].day}: {covered[0].why}"))
    if problems:
        raise LeafletError(problems, ExitCode.USAGE)
    return _recorded(condition, replace(signoffs, withdrawals=(*signoffs.withdrawals, withdrawal)))


def _languages(project: Project, condition: str, releases: Collection[tuple[str, str, str]]) -> list[str]:
    published = {locale for name, locale, _ in releases if name == condition}
    return sorted({*locale_names(project.files()), *published})


def _is_within(one: Withdrawal, other: Withdrawal) -> bool:
    """Whether all that one withdraws was withdrawn by the other."""
    return other.locale in (None, one.locale) and other.audience in (None, one.audience)


def _refuse_person(person: Person, locale: str) -> None:
    problems = [*_unprintable("--name", person.name), *_unprintable("--credential", person.credential)]
    if person.role not in roles(locale):
        what = "English" if locale == SOURCE else "a translation"
        text = f"{what} is signed by {' and '.join(roles(locale))}, not by {person.role}"
        problems.append(Problem(Origin("--role"), text))
    if problems:
        raise LeafletError(problems, ExitCode.USAGE)


def _unprintable(option: str, text: str) -> Iterator[Problem]:
    """What is wrong with a text that people will read for years."""
    if not text.strip() or not text.isprintable() or UNFILLED in text:
        yield Problem(Origin(option), "takes one line of text", "write what people can read, for example in quotes")
    elif text != " ".join(text.split()):
        yield Problem(Origin(option), "has spaces too many", "leave one between two words")


def _unsignable(made: Composition, library: Library) -> Iterator[Problem]:
    """What is not there to be read by who signs."""
    yield from map(gap_problem, made.gaps)
    if withdrawal := made.standing.withdrawal:
        place = library.leaflets[made.handout.condition].version_origin
        yield Problem(place, f"was withdrawn on {withdrawal.day}: {withdrawal.why}")


def _unfit(handout: Handout, signoffs: Signoffs, person: Person, day: date, today: date) -> Iterator[Problem]:
    """Why this person's signature would not hold for this text, or is there."""
    if day > today:
        yield Problem(Origin("--day"), f"{day} is still to come: today is {today}")
    if day < date.fromisoformat(handout.dated):
        yield Problem(Origin("--day"), f"{handout.code} was written on {handout.dated}, after {day}")
    text = signed_digest(handout)
    for other in (one for one in signoffs.of(handout.locale, handout.audience) if one.text == text):
        if other.role == person.role and same_person(other.name, person.name):
            yield Problem(Origin("--name"), f"{other.name} signed {handout.code} as {other.role} on {other.day}")
        if {other.role, person.role} == {"translator", "reviser"} and same_person(other.name, person.name):
            yield Problem(Origin("--name"), ONE_PERSON, ANOTHER)


def _signed(handout: Handout, signoffs: Signoffs, person: Person) -> Signed:
    earlier = [one for one in signoffs.of(handout.locale, handout.audience) if one.role == person.role]
    last = earlier[-1] if earlier else None
    changed = changed_since(signoffs, last, signed_parts(handout)) if last else []
    return Signed(handout, tuple(changed), last)


def _with_signature(signoffs: Signoffs, handout: Handout, person: Person, day: date) -> Signoffs:
    text = signed_digest(handout)
    signature = Signature(
        person.role, handout.locale, handout.audience, person.name, person.credential, day, handout.version, text
    )
    texts = {**signoffs.texts, text: signed_parts(handout)}
    return replace(signoffs, signatures=(*signoffs.signatures, signature), texts=texts)


def _recorded(condition: str, signoffs: Signoffs) -> Recorded:
    return Recorded(signoffs_file(condition), dump_signoffs(condition, signoffs).encode())
