"""Checks everything and builds nothing: problems, gaps in translations, and how hard the text is to read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from leafletpress.build.legibility import hard_to_see
from leafletpress.build.letters import missing_letters
from leafletpress.build.library import Library, Wanted, domains
from leafletpress.build.looks import faults_of_looks
from leafletpress.build.readability import Grade, grade
from leafletpress.build.records import record_problems
from leafletpress.build.sources import unsourced
from leafletpress.build.versions import version_problems
from leafletpress.model.audience import Audience
from leafletpress.model.facts import UNITS
from leafletpress.model.gap import Gap
from leafletpress.model.leaflet import Leaflet, Message, messages
from leafletpress.model.problems import Problem, Severity
from leafletpress.model.text.amounts.reader import read
from leafletpress.model.text.amounts.writing import Writing
from leafletpress.model.text.excerpt import excerpt
from leafletpress.model.text.markup import parse, plain, with_facts
from leafletpress.model.text.negation import unmarked_negations
from leafletpress.model.walk import for_audience, section_texts
from leafletpress.read.languages.locale import CatalogLocale
from leafletpress.read.links import unmade
from leafletpress.translate.backtranslation import read_backtranslations
from leafletpress.translate.findings import check_backtranslations
from leafletpress.translate.update import Domain, unused_catalogs

_DOSES = frozenset(UNITS["dose"].values())


@dataclass(frozen=True, slots=True)
class Reading:
    """The grade of a leaflet's text for an audience; `section` None is the whole text."""

    condition: str
    audience: str
    section: str | None
    grade: Grade


@dataclass(frozen=True, slots=True)
class Findings:
    """What a check found."""

    problems: tuple[Problem, ...]
    readings: tuple[Reading, ...]


def check(library: Library) -> Findings:
    """Everything that is wrong with what was read, gaps as warnings, and the readability of each leaflet.

    Also what is wrong with pages, style sheets and Word base documents, and with back-translations;
    letters that no font has, what a reader in need would not see, catalogs that nothing is made from, texts that
    changed under a number that was published, and signatures of texts that there are not.
    """
    listed = domains(library.furniture, library.leaflets)
    problems = [*library.problems, *_read_back(library, listed)]
    problems.extend(unused_catalogs(library.files, listed, library.locales))
    compositions = list(library.compositions(Wanted()))
    problems.extend(faults_of_looks(library.files, library.audiences, library.editions.values(), compositions))
    problems.extend(gap_problem(gap) for composition in compositions for gap in composition.gaps)
    problems.extend(missing_letters(library, compositions))
    problems.extend(hard_to_see(library.leaflets.values(), library.audiences.values(), library.site))
    problems.extend(version_problems(library, compositions))
    problems.extend(record_problems(library))
    readings: list[Reading] = []
    for leaflet in library.leaflets.values():
        problems.extend(_unmarked(leaflet))
        problems.extend(unmade(leaflet, library.locales))
        problems.extend(_typed_doses(leaflet, library.locales.values()))
        problems.extend(one.problem for one in unsourced(leaflet))
        for audience in library.audiences.values():
            if audience.grade_whole is None or not leaflet.is_for(audience.id):
                continue
            for reading, message in _readings(leaflet, audience):
                readings.append(reading)
                limit = audience.grade_whole if reading.section is None else audience.grade_section
                if limit is not None and reading.grade.adjusted > limit:
                    part = reading.section or "the whole"
                    text = f"Flesch-Kincaid grade {reading.grade.adjusted:.1f} of {part} is above {limit:g}"
                    problems.append(Problem(message.origin, text, "shorter sentences, shorter words"))
    return Findings(tuple(sorted(dict.fromkeys(problems), key=lambda problem: problem.origin)), tuple(readings))


def due(leaflets: Iterable[Leaflet], today: date, days: int) -> Iterator[Problem]:
    """The leaflets whose review is past, as errors, or comes within so many days, as warnings.

    The review is when sources and figures are looked up again, so there is no second reminder for those.
    """
    for leaflet in leaflets:
        left = (leaflet.next_review - today).days
        if left > days:
            continue
        distance = f"{abs(left)} day{'' if abs(left) == 1 else 's'}"
        when = f"was due {distance} ago" if left < 0 else f"is due in {distance}" if left else "is due today"
        hint = "review text, figures and sources, then set version, written and next_review"
        severity: Severity = "error" if left < 0 else "warning"
        yield Problem(leaflet.review_origin, f"the review of {leaflet.next_review} {when}", hint, severity)


def _read_back(library: Library, listed: Iterable[Domain]) -> Iterator[Problem]:
    translated = [locale for locale in library.locales.values() if not locale.language.is_english]
    known, problems = read_backtranslations(library.files, [locale.name for locale in translated])
    yield from problems
    asked = library.site.policy.put_back
    for locale in translated:
        for finding in check_backtranslations(listed, locale, known[locale.name], required=asked):
            yield finding.problem


def gap_problem(gap: Gap) -> Problem:
    """A gap as a warning for the translator; an error where nobody can be called, or a figure is newer."""
    if gap.reason == "unreachable":
        return Problem(gap.origin, f"{gap.context} tells people to call, and no number is on the paper", gap.issue)
    if gap.reason == "fuzzy" and gap.issue:
        return Problem(gap.origin, f"{gap.context}: {gap.issue}", "run: catalogs update")
    text = {
        "missing": "not translated",
        "fuzzy": "fuzzy: the English changed",
        "failing": gap.issue,
        "unfinished": "waits for its author",
    }[gap.reason]
    return Problem(gap.origin, f"{gap.context}: {text}", f'English: "{excerpt(gap.text)}"', "warning")


def _unmarked(leaflet: Leaflet) -> Iterator[Problem]:
    """A warning for each "not" of the safety text that is not strong: translators and the checks go by that mark.

    In other text only a "not" that forbids is reported.
    """
    for message in messages(leaflet):
        for negation in unmarked_negations(parse(message.text)[0], safety=message.place.safety):
            hint = "mark the word that forbids or denies: **not**"
            yield Problem(message.origin, f'{message.context}: "{negation}" is not strong', hint, "warning")


def _typed_doses(leaflet: Leaflet, locales: Iterable[CatalogLocale]) -> Iterator[Problem]:
    """Each dose that is typed into a text, where it could be a fact: an error in safety text, elsewhere a warning."""
    english = next((locale.language.english for locale in locales), Writing())
    for message in messages(leaflet):
        for amount in read(with_facts(parse(message.text)[0]), english).amounts:
            if amount.kind == "number" and amount.units & _DOSES:
                text = f'{message.context}: "{amount.written}" looks like a dose'
                hint = "make it a fact: then it has a source, and each language writes it by rule"
                yield Problem(message.origin, text, hint, "error" if message.place.safety else "warning")


def _readings(leaflet: Leaflet, audience: Audience) -> Iterator[tuple[Reading, Message]]:
    """Each section's reading and the message it begins with, then that of the whole text."""

    def words(messages: list[Message]) -> list[str]:
        values = {name: fact.value for name, fact in leaflet.facts.items()}
        return [plain(parse(message.text)[0], values) for message in messages]

    exceptions = leaflet.readability_exceptions
    every_text = [leaflet.title, leaflet.subtitle]
    every_text += [leaflet.main_message[audience.id]] if audience.id in leaflet.main_message else []
    for section in for_audience(leaflet.sections, audience.id):
        found = section_texts(section)
        yield Reading(leaflet.condition, audience.id, section.id, grade(words(found), exceptions)), found[0]
        every_text += found
    yield Reading(leaflet.condition, audience.id, None, grade(words(every_text), exceptions)), leaflet.title
