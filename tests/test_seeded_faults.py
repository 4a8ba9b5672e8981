"""Thirty faults that harm, put into a good catalog one by one: which of them our check, msgfmt and pofilter catch."""

import difflib
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import validators
from clinic import make_clinic, spanish
from projects import ROOT

from leafletpress.build.library import Project, Wanted, read_library, read_translations
from leafletpress.model.problems import LeafletError
from leafletpress.translate.findings import Finding, check_catalogs

Edit = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Seed:
    """A fault as a translator, a tool or a merge makes it; `printed` where the text may still be right."""

    name: str
    spoil: Edit
    printed: bool = False


def put(old: str, new: str) -> Edit:
    """The last place where `old` stands, which is in a msgstr, made `new`."""

    def edit(text: str) -> str:
        assert old in text, old
        return new.join(text.rsplit(old, 1))

    return edit


def wrapped_and_cut(text: str) -> str:
    """Wrapped as Poedit wraps it, then cut off at the end of a line, in the middle of a translation."""
    head, mark, _ = text.partition('msgstr "Quizá hagamos')
    assert mark
    return f'{head}msgstr ""\n"Quizá hagamos una biopsia. Es un trocito de piel que "\n'


def twice(text: str) -> str:
    entry = text[text.index('msgctxt "treatment.doses"') :].split("\n\n")[0]
    return f"{text}\n{entry.replace('por la mañana', 'por la noche')}\n"


SEEDS = (
    Seed("a placeholder is lost", put("Tome {morning_dose} por", "Tome un poco por")),
    Seed("a placeholder stands twice", put("y {evening_dose}", "y {morning_dose} {evening_dose}")),
    Seed("a placeholder is renamed", put("Tome {morning_dose}", "Tome {dosis_matinal}")),
    Seed("two doses change places", put("Tome {morning_dose} por la mañana y {evening_dose}",
                                        "Tome {evening_dose} por la mañana y {morning_dose}"), printed=True),
    Seed("an emergency number is another", put("al 112 si", "al 121 si")),
    Seed("the digits of a dose change places", put("2,5 ml", "5,2 ml")),
    Seed("a decimal sign is lost", put("2,5 ml", "25 ml")),
    Seed("a number becomes a word", put("durante 3 días", "durante tres días")),
    Seed("a number is another, in native digits", put("durante 3 días", "durante ٤ días")),
    Seed("a not is lost with its strong words", put("si **no** puede", "si puede")),
    Seed("a not is no longer strong", put("y **no** se rasque", "y no se rasque")),
    Seed("strong words no longer say not", put("**No** deje", "**Ya** deje")),
    Seed("a citation is lost", put("respirar.[@first_2020]", "respirar.")),
    Seed("a citation is another", put("comprimidos.[@second_2021]", "comprimidos.[@first_2020]")),
    Seed("a link leads elsewhere", put("(@creams)", "(@cremas)")),
    Seed("strong words are not closed", put("**No** tome", "**No tome")),
    Seed("an HTML tag", put("un trocito", "<b>un trocito</b>")),
    Seed("a term is not the agreed one", put("antiácido", "anticoagulante")),
    Seed("a forbidden word beside the term", put("una biopsia", "una biopsia o autopsia")),
    Seed("a long text left in English", lambda text: re.sub(
        r'(msgid "(Wash in warm.*)"\n)msgstr ".*"', r'\1msgstr "\2"', text)),
    Seed("a sentence left in English", put("Después seque la piel con una toalla suave, sin frotar.",
                                           "Then pat the skin dry with a soft towel and do not rub it.")),
    Seed("a sentence is lost", put("Quizá hagamos una biopsia. Es un trocito de piel que miramos con el microscopio.",
                                   "Quizá hagamos una biopsia."), printed=True),
    Seed("the translation of another text", put("Tome dos comprimidos por la noche con comida.",
                                                "Tome un comprimido por la mañana con un vaso lleno de agua."),
         printed=True),
    Seed("a mark that turns the direction", put("al 112 si", "al \u202e112 si")),
    Seed("a word twice", put("un vaso lleno", "un un vaso lleno"), printed=True),
    Seed("a quotation mark is lost", put('microscopio."', "microscopio.")),
    Seed("one entry twice, with another text", twice),
    Seed("a merge conflict is left", lambda text: text.replace(
        'msgstr "Mañana"', '<<<<<<< HEAD\nmsgstr "Mañana"\n=======\nmsgstr "Tarde"\n>>>>>>> branch')),
    Seed("the file is cut in a translation", wrapped_and_cut),
    Seed("the plural forms of another language", put("nplurals=2; plural=(n != 1)", "nplurals=1; plural=0"),
         printed=True),
)  # fmt: skip
ids = [seed.name for seed in SEEDS]


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return make_clinic(tmp_path_factory.mktemp("clinic") / "project")


@pytest.fixture
def seeded(clinic: Project, tmp_path: Path) -> Callable[[Seed], Project]:
    def plant(seed: Seed) -> Project:
        project = Project(Path(shutil.copytree(clinic.root, tmp_path / "project")))
        path = spanish(project)
        before = path.read_text(encoding="utf-8")
        path.write_text(seed.spoil(before), encoding="utf-8")
        assert path.read_text(encoding="utf-8") != before
        return project

    return plant


def findings(project: Project) -> list[Finding]:
    found = read_translations(project)
    return [*map(Finding, found.problems), *check_catalogs(found.domains, found.locales)]


def changed_lines(before: str, after: str) -> set[int]:
    """The lines of `after` that are not in `before`; the last one where lines are only gone."""
    opcodes = difflib.SequenceMatcher(None, before.split("\n"), after.split("\n"), autojunk=False).get_opcodes()
    lines = {line + 1 for kind, _, _, first, last in opcodes if kind != "equal" for line in range(first, last)}
    return lines or {after.count("\n")}


def caught_by_us(clinic: Project, project: Project) -> bool:
    """Whether a finding stands at a line that the fault changed; what is wrong with the header is told at line 1."""
    before, after = (spanish(each).read_text(encoding="utf-8") for each in (clinic, project))
    lines = changed_lines(before, after)
    header = after.index("\n\n")
    lines |= {1} if min(lines) <= after[:header].count("\n") + 1 else set()
    return any(finding.problem.origin.line in lines and finding.problem.hint for finding in findings(project))


def test_there_are_thirty_and_the_good_catalog_raises_no_alarm(clinic: Project) -> None:
    assert len(SEEDS) == len(set(ids)) == 30
    assert findings(clinic) == []
    assert validators.msgfmt([spanish(clinic)]) == {spanish(clinic): []}


@pytest.mark.parametrize("seed", SEEDS, ids=ids)
def test_our_check_catches_each_at_its_line(clinic: Project, seeded: Callable[[Seed], Project], seed: Seed) -> None:
    assert caught_by_us(clinic, seeded(seed)), seed.name


@pytest.mark.parametrize("seed", SEEDS, ids=ids)
def test_none_is_printed_but_those_that_only_a_person_can_judge(seeded: Callable[[Seed], Project], seed: Seed) -> None:
    library = read_library(seeded(seed), Wanted(locales=("es",)))
    gaps = [gap for made in library.compositions(Wanted()) for gap in made.gaps]
    assert bool(library.problems or gaps) is not seed.printed


def test_the_table_for_translators_says_what_was_measured(clinic: Project, tmp_path: Path) -> None:
    good = spanish(clinic)
    usual = set(_pofilter(good))
    rows = []
    for number, seed in enumerate(SEEDS):
        root = Path(shutil.copytree(clinic.root, tmp_path / str(number)))
        path = spanish(Project(root))
        path.write_text(seed.spoil(path.read_text(encoding="utf-8")), encoding="utf-8")
        caught = (
            caught_by_us(clinic, Project(root)),
            bool(validators.msgfmt([path])[path]),
            bool(set(_pofilter(path)) - usual),
        )
        rows.append((seed.name, caught))
    totals = [sum(caught[tool] for _, caught in rows) for tool in range(3)]
    table = ["| fault | catalogs check | msgfmt -c | pofilter |", "|---|---|---|---|"]
    table += [f"| {name} | {' | '.join('yes' if one else '–' for one in caught)} |" for name, caught in rows]
    table += [f"| **of 30** | **{totals[0]}** | **{totals[1]}** | **{totals[2]}** |"]
    assert "\n".join(table) in (ROOT / "TRANSLATING.md").read_text(encoding="utf-8"), "\n" + "\n".join(table)


def _pofilter(path: Path) -> list[str]:
    """What pofilter finds with every test it has; a file that it can't read is a finding."""
    try:
        return validators.pofilter([path], "es", tests=())[path]
    except (RuntimeError, LeafletError):
        return ["unreadable"]
