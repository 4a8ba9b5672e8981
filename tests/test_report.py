"""The change report: what changed between two output folders, and that what could do harm stands first."""

import hashlib
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from clinic import make_clinic, source, spanish
from projects import ROOT, change, replace, see_figures

from leafletpress.build.library import Project, Wanted
from leafletpress.build.run import Order, build
from leafletpress.cli.main import main
from leafletpress.compare.alerts import Speech
from leafletpress.compare.changes import Changes, compare
from leafletpress.compare.folders import read_compared
from leafletpress.compare.overview import Line, counts, files, lines, withheld
from leafletpress.compare.page import page
from leafletpress.compare.summary import summary
from leafletpress.model.problems import ExitCode
from leafletpress.model.text.quantities import NO_BREAK_SPACE
from leafletpress.read.located.files import Files
from leafletpress.read.templates import read_report

SPEECHES = {
    "en": Speech("English", (), is_english=True),
    "es": Speech("Spanish", ("no", "nunca")),
    "ar": Speech("Arabic", ("لا",)),
}
Edit = Callable[[Project], None]


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return make_clinic(tmp_path_factory.mktemp("clinic") / "project")


@pytest.fixture(scope="module")
def before(clinic: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The clinic's pages as they were; nothing may change them."""
    return publish(clinic, tmp_path_factory.mktemp("before") / "old")


def publish(project: Project, folder: Path, formats: tuple[str, ...] = ("html",), *, release: bool = False) -> Path:
    built = build(project, Order(Wanted(formats=formats), folder, "new", release=release, workers=1))
    assert not built.problems
    return folder


def edited(project: Project, tmp_path: Path, edit: Edit, formats: tuple[str, ...] = ("html",)) -> Path:
    """The pages of a copy of a project after an edit."""
    copy = Project(Path(shutil.copytree(project.root, tmp_path / "edited")))
    edit(copy)
    return publish(copy, tmp_path / "new", formats)


def compared(old: Path, new: Path, most_pages: int = 0) -> Changes:
    changes = compare(read_compared(old, "old"), read_compared(new, "new"), SPEECHES, most_pages)
    assert not changes.problems
    return changes


def shown(changes: Changes) -> str:
    return page(changes, SPEECHES, dict(read_report(Files(ROOT)))).decode()


def told(line: Line) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    return [(alert.concern, alert.old, alert.new) for alert in line.alerts]


def raise_dose(project: Project) -> None:
    """Ten times as much, which translators saw."""
    replace(source(project), "value: 5 to 10,", "value: 50 to 100,")
    see_figures(project)


def test_a_changed_dose_stands_first_in_one_line_for_all_languages(
    clinic: Project, before: Path, tmp_path: Path
) -> None:
    def edit(project: Project) -> None:
        raise_dose(project)
        replace(source(project), "subtitle: Rough and itchy", "subtitle: Rough, itchy")

    changes = compared(before, edited(clinic, tmp_path, edit))
    first = lines(changes)[0]
    assert told(first)[0] == ("figure", ("5 to", "10 mg"), ("50 to", "100 mg"))
    assert first.locales == ("en", "es")
    text = shown(changes)
    assert text.index("50 to") < text.index("Rough")


def test_a_translation_whose_figures_changed_otherwise_has_a_line_of_its_own(
    clinic: Project, before: Path, tmp_path: Path
) -> None:
    new = edited(clinic, tmp_path, raise_dose)
    for name in ("patient", "clinician"):
        forge(new, f"dry-skin/es/dry-skin-{name}-es.html", lambda text: re.sub(r"\b100\b", "1000", text))
    doses = [(line.locales, told(line)[0]) for line in lines(compared(before, new)) if line.grave]
    assert [locales for locales, _ in doses] == [("en",), ("es",)] * 2  # for clinicians, with references, and patients
    assert doses[1][1][2][-1].startswith("1000")


def forge(folder: Path, name: str, edit: Callable[[str], str], *, listed: bool = True) -> None:
    """Change a published file; where it is `listed`, the manifest knows of it."""
    change(folder / name, edit)
    if listed:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        for row in manifest["documents"]:
            if row["path"] == name:
                content = (folder / name).read_bytes()
                row["sha256"], row["bytes"] = hashlib.sha256(content).hexdigest(), len(content)
        (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")


def test_a_phone_number_with_its_digits_turned_is_told_and_keeps_its_order_in_right_to_left_text(
    project: Project, tmp_path: Path
) -> None:
    old = publish(project, tmp_path / "old")
    replace(project.folder("sites") / "example-hospital.toml", "+44 20 7946 0958", "+44 20 7946 0859")
    changes = compared(old, publish(project, tmp_path / "new"))
    grave = [line for line in lines(changes) if line.grave]
    assert len(grave) == 2  # on the card, and beside "Call us today"
    for line in grave:
        assert told(line)[0] == ("figure", ("020 7946 0958",), ("020 7946 0859",))
        assert line.locales == ("en", "ar", "es", "zh_Hans")
    arabic = re.findall(r'<p lang="ar" dir="rtl">(.*?)</p>', shown(changes).replace("\xa0", " "))
    assert any('<ins><span dir="ltr">020 7946 0859</span></ins>' in text for text in arabic)
    assert not [text for text in arabic if re.search(r"7946", re.sub(r'<span dir="ltr">.*?</span>', "", text))]
    assert "**Figure** \u2068020 7946 0958\u2069 → \u2068020 7946 0859\u2069" in summary(changes, SPEECHES)


def test_the_figures_of_right_to_left_words_are_isolated_in_the_list_and_the_summary(
    project: Project, tmp_path: Path
) -> None:
    old = publish(project, tmp_path / "old")
    name = "every-block/ar/every-block-patient-ar.html"
    new = Path(shutil.copytree(old, tmp_path / "new"))
    forge(old, name, lambda text: text.replace("</h1>", " +44 20 ملغ</h1>", 1))
    forge(new, name, lambda text: text.replace("</h1>", " +44 30 ملغ</h1>", 1))
    changes = compared(old, new)
    assert '<span dir="ltr">+44 30</span> ملغ</bdi>' in shown(changes)
    assert "\u2066+44 30\u2069 ملغ" in summary(changes, SPEECHES)


def test_a_lost_not_in_a_box_of_warning_signs_is_told(clinic: Project, before: Path, tmp_path: Path) -> None:
    def edit(project: Project) -> None:
        replace(source(project), "if you can **not** breathe", "if you can breathe")

    changes = compared(before, edited(clinic, tmp_path, edit))
    line = next(line for line in lines(changes) if "en" in line.locales)
    assert told(line)[:2] == [("not", ("not",), ()), ("box", ("now",), ("now",))]
    assert "if you can <del><strong>not</strong></del><del> </del>breathe" in shown(changes)
    spanish_now = [version for text in changes.texts for version in text.versions if version.locale == "es"]
    assert any(alert.new == ("now in English",) for version in spanish_now for alert in version.alerts)


def test_doses_that_change_places_are_told(before: Path, tmp_path: Path) -> None:
    rows = ["<tr><td>{}</td><td>5 mg</td></tr><tr><td>{}</td><td>10 mg</td></tr>".format(*names)
            for names in (("Morning", "Evening"), ("Evening", "Morning"))]  # fmt: skip
    name = "dry-skin/en/dry-skin-patient-en.html"
    old, new = (Path(shutil.copytree(before, tmp_path / side)) for side in ("old", "new"))
    for folder, table in zip((old, new), rows, strict=True):
        forge(folder, name, lambda text, table=table: text.replace("<main>", f"<main><table>{table}</table>"))  # type: ignore[misc]
    assert any(line.grave for line in lines(compared(old, new)))


def test_reference_numbers_alone_are_no_changed_text(clinic: Project, tmp_path: Path) -> None:
    wanted = Wanted(locales=("en",), audiences=("clinician",), formats=("html",))
    build(clinic, Order(wanted, tmp_path / "old", "old", workers=1))
    copy = Project(Path(shutil.copytree(clinic.root, tmp_path / "copy")))
    replace(source(copy), "breathe.[@first_2020]", "breathe.[@second_2021][@first_2020]")
    build(copy, Order(wanted, tmp_path / "new", "new", workers=1))
    changes = compared(tmp_path / "old", tmp_path / "new")
    assert changes.texts
    assert counts(changes)["texts"] <= 1  # the order of the sources
    assert not lines(changes)
    assert "in which only reference numbers changed" in shown(changes)


def test_a_changed_translation_stands_beside_its_english(clinic: Project, before: Path, tmp_path: Path) -> None:
    def edit(project: Project) -> None:
        replace(spanish(project), "Agite el frasco", "Sacuda el frasco")

    changes = compared(before, edited(clinic, tmp_path, edit))
    assert {handout.name[2] for handout in changes.handouts} == {"es"}
    (text,) = changes.texts
    (version,) = text.versions
    said = str(version.english).replace(NO_BREAK_SPACE, " ")
    assert said == "Children take 2.5 ml for 3 days. Shake the bottle before you open it."
    assert {audience for _, audience in text.where} == {"patient", "clinician"}
    assert [alert.concern for alert in version.alerts] == ["around"]
    assert text.heading == "What can help"
    page = shown(changes).replace(NO_BREAK_SPACE, " ")
    assert '<p lang="es" dir="ltr">Los niños toman 2,5 ml durante 3 días. <del>Agite</del>' in page


def test_a_new_language_is_told_with_its_files(clinic: Project, before: Path, tmp_path: Path) -> None:
    old = tmp_path / "old"
    build(clinic, Order(Wanted(locales=("en",), formats=("html",)), old, "old", workers=1))
    changes = compared(old, before)
    assert [(handout.name[2], files(handout)) for handout in changes.handouts] == [("es", {"new": ["a4 html"]})] * 2
    assert counts(compared(before, old))["gone"] == 2


def test_what_is_withheld_now_and_why_and_what_is_released(clinic: Project, before: Path, tmp_path: Path) -> None:
    copy = Project(Path(shutil.copytree(clinic.root, tmp_path / "copy")))
    replace(spanish(copy), 'msgstr "Piel seca"', 'msgstr ""')
    new = publish(copy, tmp_path / "new", release=True)
    ((heading, listed),) = withheld(compared(before, new))
    assert heading == "Withheld now"
    assert all("1 missing; first: locales/es/" in reason for _, reason in listed)
    ((heading, _),) = withheld(compared(new, before))
    assert heading == "Released"
    ((heading, _),) = withheld(compared(new, new))
    assert heading == "Still withheld"
    assert "1 missing" in shown(compared(before, new))


def test_an_added_page_is_counted_and_the_pages_that_belong_together_stand_side_by_side(
    clinic: Project, tmp_path: Path
) -> None:
    wanted = Wanted(locales=("en",), audiences=("patient",), formats=("html", "pdf"))
    build(clinic, Order(wanted, tmp_path / "old", "old", workers=1))
    copy = Project(Path(shutil.copytree(clinic.root, tmp_path / "copy")))
    more = "".join(
        f"      - id: more_{n}\n        paragraph: {'Rub the cream into your skin. ' * 9}\n" for n in range(20)
    )
    replace(source(copy), "  - id: morning\n", f"  - id: more\n    heading: More\n    blocks:\n{more}  - id: morning\n")
    build(copy, Order(wanted, tmp_path / "new", "new", workers=1))
    changes = compared(tmp_path / "old", tmp_path / "new", most_pages=9)
    (found,) = (change.pages for change in changes.documents if change.pages)
    assert found.new_count > found.old_count
    assert len(found.pictured) == found.changed
    assert any(pair.old is None and pair.new for pair in found.pictured)
    text = shown(changes)
    assert f"<b>{found.old_count} page" in text
    assert f"now {found.new_count}" in text
    assert text.count('src="data:image/png;base64,') == sum(bool(side) for pair in found.pictured
                                                            for side in (pair.old, pair.new))  # fmt: skip
    fewer = shown(compared(tmp_path / "old", tmp_path / "new", most_pages=0))
    assert "data:image" not in fewer
    assert f"{found.changed} more page" in fewer


def test_a_change_of_the_look_alone_is_told_as_such(clinic: Project, tmp_path: Path) -> None:
    wanted = Wanted(locales=("en",), audiences=("patient",))
    build(clinic, Order(wanted, tmp_path / "old", "old", workers=1))
    copy = Project(Path(shutil.copytree(clinic.root, tmp_path / "copy")))
    for sheet in ("base.css", "screen.css"):
        replace(copy.folder("templates") / "shared" / sheet, "--accent: #0b4f58", "--accent: #58100b")
    build(copy, Order(wanted, tmp_path / "new", "new", workers=1))
    changes = compared(tmp_path / "old", tmp_path / "new", most_pages=1)
    assert not changes.texts
    assert not lines(changes)
    assert not list(changes.disagreeing())
    (handout,) = changes.handouts
    assert files(handout) == {"same text, other look": ["a4 html", "a4 pdf"]}


def test_files_with_other_bytes_alone_are_told_as_such(before: Path, tmp_path: Path) -> None:
    new = Path(shutil.copytree(before, tmp_path / "new"))
    name = "dry-skin/en/dry-skin-patient-en.html"
    forge(new, name, lambda text: text.replace('content="Leafletpress"', 'content="Leafletpress 2"'))
    changes = compared(before, new)
    assert files(changes.handouts[0]) == {"same text, same look": ["a4 html"]}
    assert counts(changes)["same"] == 1


def test_a_word_file_that_says_what_the_page_does_not_is_told_first(clinic: Project, tmp_path: Path) -> None:
    wanted = Wanted(locales=("en",), audiences=("patient",), formats=("html", "docx"))
    build(clinic, Order(wanted, tmp_path / "old", "old", workers=1))
    copy = Project(Path(shutil.copytree(clinic.root, tmp_path / "copy")))
    replace(source(copy), "2.5 ml", "25 ml")
    build(
        copy, Order(Wanted(("dry-skin",), ("en",), ("patient",), ("html", "docx")), tmp_path / "new", "new", workers=1)
    )
    name = "dry-skin/en/dry-skin-patient-en.html"
    forge(tmp_path / "new", name, lambda _: (tmp_path / "old" / name).read_text(encoding="utf-8"))
    changes = compared(tmp_path / "old", tmp_path / "new")
    assert [change.document.format for change in changes.disagreeing()] == ["docx"]
    assert "no text of the handout's other files did" in shown(changes)
    assert "its handout's other files do not" in summary(changes, SPEECHES)


def test_without_pages_the_texts_are_read_from_word_or_pdf(clinic: Project, tmp_path: Path) -> None:
    for format_ in ("docx", "pdf"):
        wanted = Wanted(locales=("en",), audiences=("patient",), formats=(format_,))
        build(clinic, Order(wanted, tmp_path / format_ / "old", "old", workers=1))
        copy = Project(Path(shutil.copytree(clinic.root, tmp_path / format_ / "copy")))
        replace(source(copy), "2.5 ml", "25 ml")
        build(copy, Order(wanted, tmp_path / format_ / "new", "new", workers=1))
        first = lines(compared(tmp_path / format_ / "old", tmp_path / format_ / "new"))[0]
        assert told(first)[0] == ("figure", ("2.5 ml",), ("25 ml",))


def test_nothing_changed_is_said(before: Path) -> None:
    changes = compared(before, before)
    assert (changes.handouts, changes.texts, changes.unchanged) == ((), (), 4)
    assert "No handout changes." in shown(changes)


def test_the_report_is_one_file_that_needs_nothing_else_and_the_same_each_time(
    clinic: Project, before: Path, tmp_path: Path
) -> None:
    new = edited(clinic, tmp_path, lambda project: replace(source(project), "value: 5 to 10,", "value: 50 to 100,"))
    texts = {shown(compared(before, new)) for _ in range(2)}
    (text,) = texts
    assert "<script" not in text
    assert not [
        address for address in re.findall(r'(?:src|href)="([^"]*)"', text) if not address.startswith(("#", "data:"))
    ]
    assert not re.findall(r"@import|url\(", text)


def test_what_files_say_is_shown_and_never_obeyed(before: Path, tmp_path: Path) -> None:
    new = Path(shutil.copytree(before, tmp_path / "new"))
    hostile = "&lt;img src=x onerror=alert(1)&gt; @everyone [x](https://example.org) 5 mg"
    forge(new, "dry-skin/en/dry-skin-patient-en.html", lambda text: text.replace("</h1>", f"{hostile}</h1>"))
    changes = compared(before, new)
    assert "<img src=x" not in shown(changes)
    assert "&lt;img src=x onerror=alert(1)&gt;" in shown(changes)
    short = summary(changes, SPEECHES)
    assert "<img" not in short
    assert "](https" not in short


def test_the_summary_is_short_however_much_changes(before: Path, tmp_path: Path) -> None:
    new = Path(shutil.copytree(before, tmp_path / "new"))
    many = "".join(f"<p>Take {number} mg and then {number * 7} ml of {'syrup ' * 60}.</p>" for number in range(3, 400))
    forge(new, "dry-skin/en/dry-skin-patient-en.html", lambda text: text.replace("<main>", f"<main>{many}"))
    short = summary(compared(before, new), SPEECHES)
    assert len(short) < 13_000
    assert "more" in short.splitlines()[-1]


def run(*arguments: object) -> int:
    return main(["report", *map(str, arguments)])


def test_the_command_writes_both_files_and_ends_well_when_something_changed(
    clinic: Project, before: Path, tmp_path: Path
) -> None:
    new = edited(clinic, tmp_path, raise_dose)
    short, whole = tmp_path / "short.md", tmp_path / "reports" / "whole.html"
    assert run(before, new, "--output", whole, "--summary", short) == ExitCode.OK
    assert "English, Spanish" in short.read_text(encoding="utf-8")
    assert whole.read_text(encoding="utf-8").endswith("</html>")
    assert [path.name for path in whole.parent.iterdir()] == ["whole.html"]


def test_folders_that_are_not_there_are_wrong_usage_and_both_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = tmp_path / "whole.html"
    assert run(tmp_path / "one", tmp_path / "other", "--output", whole) == ExitCode.USAGE
    said = capsys.readouterr().err
    assert f"{tmp_path}/one: there is no such folder" in said
    assert f"{tmp_path}/other: there is no such folder" in said
    assert not whole.exists()


@pytest.mark.parametrize("text", ["", "[]", "{", '{"schema": 1, "site": "x", "documents": [1]}', '{"schema": 7}'])
def test_a_manifest_that_is_none_is_told_in_the_report(before: Path, tmp_path: Path, text: str) -> None:
    new = Path(shutil.copytree(before, tmp_path / "new"))
    (new / "manifest.json").write_text(text, encoding="utf-8")
    whole = tmp_path / "whole.html"
    assert run(before, new, "--output", whole) == ExitCode.CONTENT
    written = whole.read_text(encoding="utf-8")
    assert "manifest.json: can&#39;t be read" in written
    assert "No handout changes." in written


def test_files_that_are_missing_or_not_those_of_the_manifest_are_told_all_at_once(
    clinic: Project, before: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = Path(shutil.copytree(before, tmp_path / "old"))
    new = edited(clinic, tmp_path, lambda project: replace(source(project), "value: 5 to 10,", "value: 50 to 100,"))
    (old / "dry-skin/en/dry-skin-patient-en.html").unlink()
    forge(new, "dry-skin/es/dry-skin-patient-es.html", lambda text: text.replace("50", "5"), listed=False)
    whole, short = tmp_path / "whole.html", tmp_path / "short.md"
    assert run(old, new, "--output", whole, "--summary", short) == ExitCode.CONTENT
    said = capsys.readouterr().err
    for text in (said, whole.read_text(encoding="utf-8")):
        assert "dry-skin-patient-en.html: is missing" in text
        assert "dry-skin-patient-es.html: is not the file that was built" in text
    assert "**Problem:**" in short.read_text(encoding="utf-8")
    assert "50 to" in whole.read_text(encoding="utf-8")  # the clinician's pages are compared all the same


def test_where_a_page_is_missing_what_else_there_is_of_its_handout_is_compared(clinic: Project, tmp_path: Path) -> None:
    old = publish(clinic, tmp_path / "old", ("html", "docx"))
    new = edited(
        clinic,
        tmp_path,
        lambda project: replace(source(project), "value: 5 to 10,", "value: 50 to 100,"),
        ("html", "docx"),
    )
    for name in ("en/dry-skin-patient-en.html", "en/dry-skin-clinician-en.html"):
        (new / "dry-skin" / name).unlink()
    changes = compare(read_compared(old, "old"), read_compared(new, "new"), SPEECHES, 0)
    assert [problem.text for problem in changes.problems] == ["is missing"] * 2
    assert [change.name for change in changes.handouts if change.name[2] == "en" and change.texts] == [
        ("dry-skin", "clinician", "en"), ("dry-skin", "patient", "en"),
    ]  # fmt: skip


def test_a_path_that_leads_out_of_the_folder_is_not_followed(before: Path, tmp_path: Path) -> None:
    new = Path(shutil.copytree(before, tmp_path / "new"))
    change(
        new / "manifest.json", lambda text: text.replace('"dry-skin/en/dry-skin-patient', '"../old/dry-skin-patient', 1)
    )
    assert run(before, new, "--output", tmp_path / "whole.html") == ExitCode.CONTENT
