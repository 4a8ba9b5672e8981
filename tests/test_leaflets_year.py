"""A year of a leaflet in a project of its own: after each step, what may reach a reader, and what its paper says."""

import json
import re
import shutil
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

from approvals import approve, keep, signs
from clinic import CONDITION, source
from projects import catalog, replace, update_catalogs
from readback import docx_paragraphs, pdf_text, squeezed

from leafletpress.build.init import new_project
from leafletpress.build.library import Project, Wanted
from leafletpress.build.run import Order, build
from leafletpress.build.signing import withdraw
from leafletpress.build.versions import bumped
from leafletpress.cli.main import main
from leafletpress.model.approval import Withdrawal
from leafletpress.model.problems import ExitCode, weightiest
from leafletpress.model.releases import RELEASES_FILE
from leafletpress.read.releases import read_releases

FORMATS = ("html", "pdf", "docx")
LOCALES = ("en", "ar", "ur")
LEAFLET = """\
code: DRYS
title: Dry skin
subtitle: Rough and itchy skin
version: "1.0"
written: 2026-01-05
next_review: 2027-01-05
audiences: [patient]
notes: false
sections:
  - id: help
    heading: When to get help
    blocks:
      - id: now
        callout:
          level: now
          bullets:
            - You can **not** breathe.
      - id: dont
        callout:
          level: dont
          bullets:
            - Do **not** stop your tablets on your own.
  - id: care
    heading: What can help
    blocks:
      - id: cream
        paragraph: Use a cream without scent every day.
      - id: bath
        paragraph: Wash in warm water.
  - id: contact
    heading: How to reach us
    blocks:
      - id: card
        contact: You can ask us.
"""
TRANSLATIONS = {
    "Dry skin": ("جفاف الجلد", "خشک جلد"),
    "Rough and itchy skin": ("جلد خشن ومثير للحكة", "کھردری اور خارش والی جلد"),
    "When to get help": ("متى تطلب المساعدة", "مدد کب لیں"),
    "You can **not** breathe.": ("**لا** تستطيع التنفس.", "آپ سانس **نہیں** لے سکتے۔"),
    "Do **not** stop your tablets on your own.": (
        "**لا** توقف أقراصك من تلقاء نفسك.",
        "اپنی گولیاں خود سے بند **نہ** کریں۔",
    ),
    "Do **not** stop or halve your tablets on your own.": (
        "**لا** توقف أقراصك ولا تنصّفها من تلقاء نفسك.",
        "اپنی گولیاں خود سے بند **نہ** کریں اور نہ آدھی کریں۔",
    ),
    "What can help": ("ما الذي يساعد", "کیا مدد کر سکتا ہے"),
    "Use a cream without scent every day.": ("استعمل كريمًا بلا عطر كل يوم.", "ہر روز بغیر خوشبو والی کریم لگائیں۔"),
    "Use a cream without scent twice every day.": (
        "استعمل كريمًا بلا عطر مرتين كل يوم.",
        "ہر روز دو بار بغیر خوشبو والی کریم لگائیں۔",
    ),
    "Wash in warm water.": ("اغتسل بماء دافئ.", "نیم گرم پانی سے دھوئیں۔"),
    "How to reach us": ("كيف تتصل بنا", "ہم سے کیسے رابطہ کریں"),
    "You can ask us.": ("يمكنك أن تسألنا.", "آپ ہم سے پوچھ سکتے ہیں۔"),
    "We corrected a sentence about tablets.": ("صححنا جملة عن الأقراص.", "ہم نے گولیوں کے بارے میں ایک جملہ درست کیا۔"),
    "More about creams.": ("المزيد عن الكريمات.", "کریموں کے بارے میں مزید۔"),
}
SITE = """\
region = "GB"
name = "Example Hospital"

[service]
en = "Skin clinic"
ar = "عيادة الجلد"
ur = "جلد کا کلینک"

[[phones]]
kind = "emergency"
number = "999"

[[phones]]
kind = "clinic"
number = "020 7946 0958"

[release]
publish = "approved"
expired = "withheld"
lag_days = 0
back_translations = "optional"
"""


class Year:
    """The project as the year goes on, and what is published of it."""

    def __init__(self, root: Path) -> None:
        new_project(root / "project", "clinic", ("ar", "ur"))
        self.project = Project(root / "project")
        self.site = self.project.root / "sites" / "clinic.toml"
        self.site.write_text(SITE, encoding="utf-8")
        source(self.project).write_text(LEAFLET, encoding="utf-8")
        update_catalogs(self.project)
        self.output, self.archives = root / "output", root / "archives"

    def translate(self) -> None:
        """Put the translations of all texts into both catalogs, as translators do."""
        for number, locale in enumerate(("ar", "ur")):
            path = catalog(self.project, locale, CONDITION)
            entries = path.read_text(encoding="utf-8").split("\n\n")
            for at, entry in enumerate(entries):
                lines = entry.split("\n")
                for english, own in TRANSLATIONS.items():
                    if f'msgid "{english}"' in lines:
                        kept = [line for line in lines if line and not line.startswith(("msgstr", "#, fuzzy", "#| "))]
                        entries[at] = "\n".join([*kept, f'msgstr "{own[number]}"'])
            path.write_text("\n\n".join(entries).rstrip("\n") + "\n", encoding="utf-8")

    def bump(self, why: str, day: date) -> None:
        """Raise the version, with the reason that readers see."""
        name, content, _ = bumped(self.project.files(), CONDITION, why, day, major=False)
        (self.project.root / name).write_bytes(content)
        update_catalogs(self.project)

    def release(self, today: date) -> dict[str, str]:
        """Build for the public on a day: what became of each language, the same for each format."""
        wanted = Wanted(formats=FORMATS)
        made = build(self.project, Order(wanted, self.output, "output", release=True, workers=2, today=today))
        assert weightiest(made.exit_codes) in (ExitCode.OK, ExitCode.WITHHELD)
        found = {locale: {row["reason"] or row["state"] for row in self.rows(locale)} for locale in LOCALES}
        assert all(len(states) == 1 for states in found.values()), found
        return {locale: states.pop() for locale, states in found.items()}

    def rows(self, locale: str) -> list[dict[str, Any]]:
        """The rows of a language in the manifest; what is withheld is not in the folder."""
        listed = json.loads((self.output / "manifest.json").read_text(encoding="utf-8"))["documents"]
        rows = [row for row in listed if row["locale"] == locale]
        assert len(rows) == len(FORMATS)
        there = {path.suffix[1:] for path in (self.output / CONDITION / locale).glob("*")}
        assert there == {row["format"] for row in rows if row["state"] == "built"}
        return rows

    def status(self, locale: str) -> str:
        """The state of a leaflet, as the manifest has it."""
        (state,) = {row["status"] for row in self.rows(locale)}
        return str(state)

    def published(self) -> date:
        """The day on which the English was published last."""
        (release,) = (one for (_, locale, _), one in read_releases(self.project.files()).items() if locale == "en")
        return release.day

    def publish(self) -> None:
        """Gather what is published, and keep the record of it in the project."""
        into = self.archives / str(len(list(self.archives.glob("*"))))
        assert main(["--project", str(self.project.root), "archive", str(into), "--output", str(self.output)]) == 0
        shutil.copy(into / RELEASES_FILE, self.project.root)

    def say(self, locale: str, words: str) -> bool:
        """Whether each format of a leaflet says these words."""
        texts = [_text(path) for path in sorted((self.output / CONDITION / locale).iterdir())]
        # English in an Arabic page has another order of words in some readers of PDF.
        found = {all(squeezed(word) in squeezed(text) for word in re.findall(r"\w+", words)) for text in texts}
        assert len(found) == 1, f"{words}: some formats alone say this"
        return found.pop()


def _text(path: Path) -> str:
    match path.suffix:
        case ".docx":
            return " ".join(docx_paragraphs(path.read_bytes()))
        case ".pdf":
            return pdf_text(path.read_bytes())
        case _:
            return unescape(
                re.sub(r"<style.*?</style>|<[^>]*>", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL)
            )


def test_a_leaflets_year(tmp_path: Path) -> None:
    year = Year(tmp_path)

    # Written. Nothing is public before somebody answers for it; a draft is there to be read.
    waits = "not approved: en waits for author and clinician"
    assert year.release(date(2026, 1, 10))["en"] == waits
    assert year.status("en") == "draft"

    # Signed: the English goes out and does not wait for its translations.
    approve(year.project, date(2026, 1, 12))
    found = year.release(date(2026, 1, 12))
    assert found["en"] == "built"
    assert found["ar"].startswith("10 missing; first: locales/ar/LC_MESSAGES/dry-skin.po:")
    assert year.say("en", "Approved 12 January 2026")
    assert not year.say("en", "Draft")
    year.publish()

    # Translated, then revised by a second person.
    year.translate()
    assert year.release(date(2026, 1, 20))["ur"] == "not approved: ur waits for translator and reviser"
    for locale in ("ar", "ur"):
        signs(year.project, "translator", date(2026, 1, 20), locale=locale)
    assert year.release(date(2026, 1, 21))["ur"] == "not approved: ur waits for reviser"
    assert year.status("ur") == "translated"
    for locale in ("ar", "ur"):
        signs(year.project, "reviser", date(2026, 1, 22), locale=locale)
    assert set(year.release(date(2026, 1, 22)).values()) == {"built"}
    assert {year.status(locale) for locale in LOCALES} == {"approved"}
    assert year.say("ur", "For staff")
    assert year.say("ur", "Approved 22 January 2026")
    year.publish()

    # Corrected urgently: the English is out at once. The translations have the old warning, and leave at once.
    replace(source(year.project), "Do **not** stop your", "Do **not** stop or halve your")
    unsigned = year.release(date(2026, 3, 2))["en"]
    assert unsigned == "the text is not the one that was published as version 1.0 on " + str(year.published())
    year.bump("We corrected a sentence about tablets.", date(2026, 3, 2))
    assert year.release(date(2026, 3, 2))["en"] == waits
    approve(year.project, date(2026, 3, 2))
    found = year.release(date(2026, 3, 2))
    assert found["en"] == "built"
    assert all("fuzzy" in found[locale] for locale in ("ar", "ur"))
    assert {year.status(locale) for locale in ("ar", "ur")} == {"out of date"}
    assert year.say("en", "stop or halve")
    year.publish()

    # The translations catch up.
    year.translate()
    for locale in ("ar", "ur"):
        signs(year.project, "translator", date(2026, 3, 5), locale=locale)
        signs(year.project, "reviser", date(2026, 3, 5), locale=locale)
    assert set(year.release(date(2026, 3, 5)).values()) == {"built"}
    year.publish()

    # A change that bears no safety: for two weeks the translations may lag, and say so, to staff too.
    replace(year.site, "lag_days = 0", "lag_days = 14")
    replace(source(year.project), "every day", "twice every day")
    year.bump("More about creams.", date(2026, 5, 4))
    approve(year.project, date(2026, 5, 4))
    assert set(year.release(date(2026, 5, 4)).values()) == {"built"}
    assert (year.status("en"), year.status("ar")) == ("approved", "out of date")
    assert year.say("ar", "Use a cream without scent twice every day.")
    assert year.say("ar", "out of date")
    assert set(year.release(date(2026, 5, 18)).values()) == {"built"}
    late = year.release(date(2026, 5, 19))
    assert late["en"] == "built"
    assert "fuzzy" in late["ur"]
    year.translate()
    for locale in ("ar", "ur"):
        signs(year.project, "translator", date(2026, 5, 20), locale=locale)
        signs(year.project, "reviser", date(2026, 5, 20), locale=locale)
    assert set(year.release(date(2026, 5, 20)).values()) == {"built"}
    year.publish()

    # Past its review: it is withheld, or says that it is.
    assert set(year.release(date(2027, 1, 5)).values()) == {"built"}
    expired = "expired: its review was due on 2027-01-05"
    assert set(year.release(date(2027, 1, 6)).values()) == {expired}
    replace(year.site, 'expired = "withheld"', 'expired = "marked"')
    assert set(year.release(date(2027, 1, 7)).values()) == {"built"}
    assert {year.status(locale) for locale in LOCALES} == {"expired"}
    assert year.say("en", "Past its check date (January 2027). Ask staff before you use it.")
    assert year.say("ur", "past its check date")
    assert set(year.release(date(2027, 1, 4)).values()) == {"built"}
    assert not year.say("en", "Past its check date")

    # Withdrawn: by every build, in all formats.
    keep(year.project, withdraw(year.project, CONDITION, Withdrawal(date(2027, 1, 4), "The advice is out of use.")))
    withdrawn = "withdrawn on 2027-01-04: The advice is out of use."
    assert set(year.release(date(2027, 1, 4)).values()) == {withdrawn}
    assert {year.status(locale) for locale in LOCALES} == {"withdrawn"}
