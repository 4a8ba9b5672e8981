"""Signatures and withdrawals in the tests: names of people who do not exist."""

from datetime import date

from clinic import CONDITION

from leafletpress.build.library import Project, Wanted
from leafletpress.build.signing import Person, Recorded, Signed, sign
from leafletpress.model.approval import Role

PEOPLE: dict[Role, Person] = {
    "author": Person("author", "Ann Example", "Dermatology nurse"),
    "clinician": Person("clinician", "Cleo Example", "Consultant dermatologist"),
    "translator": Person("translator", "Tom Example", "Translator"),
    "reviser": Person("reviser", "Rita Example", "Translator"),
}


def keep(project: Project, recorded: Recorded) -> None:
    """Put the file of what is on record in its place."""
    path = project.root / recorded.file
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(recorded.content)


def signs(
    project: Project, role: Role, day: date, *, locale: str = "en", audience: str = "patient", name: str = ""
) -> tuple[Signed, ...]:
    """Have one of `PEOPLE`, or somebody of this name, sign a text on a day."""
    person = PEOPLE[role]
    person = Person(role, name, person.credential) if name else person
    wanted = Wanted(conditions=(CONDITION,), locales=(locale,), audiences=(audience,))
    recorded, signed = sign(project, wanted, person, day, day)
    keep(project, recorded)
    return signed


def approve(project: Project, day: date, *locales: str) -> None:
    """Have everybody who must sign the text for patients in these languages, English first."""
    for role in ("author", "clinician"):
        signs(project, role, day)
    for locale in locales:
        signs(project, "translator", day, locale=locale)
        signs(project, "reviser", day, locale=locale)
