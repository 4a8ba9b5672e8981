"""A year of a translator's work: after each step what prints is right or withheld, and the message names the line."""

import shutil
from datetime import date
from pathlib import Path

from clinic import CONDITION, SPANISH, make_clinic, source, spanish, translate
from projects import NOW, catalog_in, change, replace, update_catalogs

from leafletpress.build.library import Wanted, read_library, read_translations
from leafletpress.build.run import Build, Order, build
from leafletpress.compose.handouts import Composition
from leafletpress.model.handout import Text, texts
from leafletpress.model.problems import ExitCode, weightiest
from leafletpress.translate.add import add_locale
from leafletpress.translate.findings import check_catalogs
from leafletpress.translate.status import Status, statuses
from leafletpress.translate.update import update

SHOWN = f"locales/es/LC_MESSAGES/{CONDITION}.po"


class Year:
    """The project as the year goes on, and what is printed and published of it."""

    def __init__(self, root: Path) -> None:
        self.project = make_clinic(root / "project")
        self.output = root / "output"

    def page(self, locale: str = "es") -> Composition:
        """The patient leaflet."""
        made = read_library(self.project, Wanted(locales=(locale,), audiences=("patient",))).compositions(Wanted())
        return next(iter(made))

    def printed(self, locale: str = "es") -> list[str]:
        """The texts of the leaflet; what stands in for a translation is marked."""
        return [("!" if text.untranslated else "") + shown(text) for text in texts(self.page(locale).handout)]

    def release(self) -> Build:
        """Build for the public."""
        wanted = Wanted(locales=("es",), audiences=("patient",), formats=("html",))
        return build(self.project, Order(wanted, self.output, "output", release=True, workers=1))

    def released(self) -> bool:
        """Whether the leaflet is published now; if not, no earlier one may lie about."""
        (outcome,) = self.release().outcomes
        assert outcome.row
        path = self.output / outcome.document.path
        assert path.exists() is (outcome.row.state == "built")
        return path.exists()

    def problems(self) -> list[str]:
        """What the check of catalogs says."""
        found = read_translations(self.project, ("es",))
        checked = (finding.problem for finding in check_catalogs(found.domains, found.locales))
        return [str(problem) for problem in (*found.problems, *checked)]

    def status(self, locale: str = "es") -> Status:
        """How far the leaflet is."""
        found = read_translations(self.project, (locale,))
        rows = statuses(found.domains, found.locales, found.backtranslations, date(2026, 12, 31))
        return next(row for row in rows if (row.condition, row.audience) == (CONDITION, "patient"))

    def line_of(self, text: str) -> int:
        """The first line of the catalog that holds a text."""
        lines = spanish(self.project).read_text(encoding="utf-8").split("\n")
        return next(number for number, line in enumerate(lines, start=1) if text in line)

    def update(self) -> None:
        """Bring the catalogs in step; a second time changes nothing."""
        update_catalogs(self.project)
        assert update_catalogs(self.project) == []


def shown(text: Text) -> str:
    return str(text).replace("\u00a0", " ")


def test_a_translators_year(tmp_path: Path) -> None:
    year = Year(tmp_path)

    # January: all is translated.
    assert year.problems() == []
    assert year.released()
    assert year.status().translated == len(SPANISH)
    assert not any(text.startswith("!") for text in year.printed())
    assert "Tome un comprimido por la mañana con un vaso lleno de agua." in year.printed()
    assert "Tome 5 a 10 mg por la mañana y 10 a 20 mg por la noche." in year.printed()

    # February: a text is reworded. Its old translation waits and does not print.
    replace(source(year.project), "Shake the bottle before you open it.", "Shake the bottle well before you open it.")
    year.update()
    assert "!Children take 2.5 ml for 3 days. Shake the bottle well before you open it." in year.printed()
    assert not year.released()
    assert year.status().fuzzy == 1
    assert year.status().english == "1.0"
    (problem,) = year.problems()
    line = year.line_of('msgstr "Los niños toman')
    assert problem.startswith(f"{SHOWN}:{line}:1: warning: fuzzy: the English changed (it was: ")
    new = "Los niños toman 2,5 ml durante 3 días. Agite bien el frasco antes de abrirlo."
    translate(year.project, {"Children take 2.5 ml for 3 days. Shake the bottle well before you open it.": new})
    assert new in year.printed()
    assert year.released()

    # March: a section moves; nothing is lost and nobody is asked again.
    before = set(year.printed())
    text = source(year.project).read_text(encoding="utf-8")
    head, rest = text.split("  - id: help\n")
    help_, others = rest.split("  - id: treatment\n")
    source(year.project).write_text(f"{head}  - id: treatment\n{others}  - id: help\n{help_}", encoding="utf-8")
    year.update()
    assert set(year.printed()) == before
    assert year.released()

    # April: a text is deleted, and in May it comes back: as fuzzy, for the English around it may have changed.
    text = source(year.project).read_text(encoding="utf-8")
    bath = text[text.index("      - id: bath\n") : text.index("      - id: tests\n")]
    source(year.project).write_text(text.replace(bath, ""), encoding="utf-8")
    year.update()
    assert not any("Lávese" in printed for printed in year.printed())
    assert year.released()
    source(year.project).write_text(text, encoding="utf-8")
    year.update()
    assert any(printed.startswith("!Wash in warm water") for printed in year.printed())
    assert not year.released()
    line = year.line_of("Lávese con agua")
    assert [problem.split(" warning")[0] for problem in year.problems()] == [f"{SHOWN}:{line}:1:"]
    change(spanish(year.project), lambda text: text.replace("#, fuzzy\n", ""))
    assert year.released()

    # June: the author swaps two similar doses; in July two similar sentences.
    text = source(year.project).read_text(encoding="utf-8")
    swapped = text.replace("value: 5 to 10", "value: x").replace("value: 10 to 20", "value: 5 to 10")
    source(year.project).write_text(swapped.replace("value: x", "value: 10 to 20"), encoding="utf-8")
    year.update()
    doses = [printed for printed in year.printed() if "in the morning and" in printed]
    assert doses == ["!Take 10 to 20 mg in the morning and 5 to 10 mg in the evening."]
    assert not year.released()
    change(spanish(year.project), lambda text: text.replace("#, fuzzy\n", ""))
    assert "Tome 10 a 20 mg por la mañana y 5 a 10 mg por la noche." in year.printed()
    one, two = [text for text in SPANISH if "one tablet" in text or "two tablets" in text]
    replace(source(year.project), f"- {one}\n          - {two}", f"- {two}\n          - {one}")
    year.update()
    in_order = [printed for printed in year.printed() if "comprimido" in printed and printed.startswith("Tome")]
    assert in_order == [SPANISH[two], SPANISH[one]]
    assert year.released()
    replace(source(year.project), two, "Take three tablets in the evening with food.")
    year.update()
    assert "!Take three tablets in the evening with food." in year.printed()
    assert SPANISH[two] not in year.printed()
    translate(
        year.project,
        {"Take three tablets in the evening with food.": "Tome tres comprimidos por la noche con comida."},
    )
    assert year.released()

    # August: a "not" is lost, with its mark and then with the mark left.
    good = spanish(year.project).read_text(encoding="utf-8")
    line = year.line_of('msgstr "**No** deje')
    for spoilt, said in (
        ("Deje los comprimidos", "0 strong spans, in the English 1"),
        ("**Deje** los comprimidos", '1 strong "not" in the English, 0 in the translation'),
    ):
        spanish(year.project).write_text(good.replace("**No** deje los comprimidos", spoilt), encoding="utf-8")
        assert "!Do not stop the tablets on your own." in year.printed()
        assert not year.released()
        (problem,) = year.problems()
        assert problem.startswith(f"{SHOWN}:{line}:1: {said}")

    # September: a placeholder is broken.
    spanish(year.project).write_text(good.replace("Tome {morning_dose}", "Tome {morning dose}"), encoding="utf-8")
    assert not year.released()
    line = year.line_of("{morning dose}")
    assert [problem.split(" (")[0] for problem in year.problems()] == [
        f"{SHOWN}:{line}:1: a stray brace is not markup here, at character 6 of the text",
        f"{SHOWN}:{line}:1: a stray brace is not markup here, at character 19 of the text",
    ]
    spanish(year.project).write_text(good, encoding="utf-8")
    assert year.released()

    # October: a merge conflict is resolved badly: the marks are left, then both sides are kept.
    both = 'msgctxt "morning.heading"\nmsgid "Morning"\nmsgstr "Mañana"\n'
    other = both.replace("Mañana", "Tarde")
    for spoilt, said in (
        (f"<<<<<<< HEAD\n{both}=======\n{other}>>>>>>> branch\n", "a mark of a merge conflict"),
        (f"{both}\n{other}", "the same entry twice"),
    ):
        spanish(year.project).write_text(good.replace(both, spoilt), encoding="utf-8")
        result = year.release()
        assert weightiest(result.exit_codes) == ExitCode.CONTENT  # nothing else is there to be published
        assert [said in str(one.row and one.row.reason) for one in result.outcomes] == [True]
        lines = spanish(year.project).read_text(encoding="utf-8").split("\n")
        named = [problem for problem in year.problems() if said in problem]
        assert named
        number = int(named[0].split(":")[1])
        assert lines[number - 1].startswith(("<<<<<<<", 'msgstr "Tarde"'))

    # November: the file is cut in half, in a line and between lines: nothing is published of it, nothing is lost.
    half = good[: good.index("Quizá hagamos") + 5]
    spanish(year.project).write_text(half, encoding="utf-8")
    assert not year.released()
    assert f"{SHOWN}:{half.count(chr(10)) + 1}:1: not a line of a catalog" in year.problems()[0]
    untouched = spanish(year.project).read_bytes()
    found = read_translations(year.project, catalogs=False)
    _, broken = update(year.project.files(), found.domains, found.locales, NOW)
    assert broken
    assert spanish(year.project).read_bytes() == untouched
    spanish(year.project).write_text(good[: good.index("\n\n", good.index("Quizá hagamos")) + 1], encoding="utf-8")
    assert not year.released()
    assert year.status().missing > 0
    assert "texts of the English are not in this catalog" in year.problems()[0]
    spanish(year.project).write_text(good, encoding="utf-8")
    assert year.released()

    # December: a language is added; the others stay as they are.
    assert add_locale(year.project.files(), "pt-BR")[0] == "pt_BR"
    year.update()
    assert year.status("pt_BR").missing == len(SPANISH)
    assert "!Dry skin" in year.printed("pt_BR")
    assert spanish(year.project).read_text(encoding="utf-8") == good
    path = year.project.folder("locales") / "es_MX"
    assert add_locale(year.project.files(), "es-MX")[0] == "es_MX"
    year.update()
    assert "Piel seca" in year.printed("es_MX")
    own = path / "LC_MESSAGES" / f"{CONDITION}.po"
    change(own, lambda text: text.replace('msgid "Dry skin"\nmsgstr ""', 'msgid "Dry skin"\nmsgstr "Piel reseca"'))
    assert "Piel reseca" in year.printed("es_MX")
    assert "Piel seca" in year.printed("es")
    assert catalog_in(own).entries["leaflet.title", "Dry skin"].translation == "Piel reseca"
    assert year.page("es_MX").gaps == ()
    shutil.rmtree(path)
    assert year.problems() == []
