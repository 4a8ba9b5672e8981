"""A small leaflet such as a clinic would print, with its Spanish translation: what translators work on in the tests."""

from pathlib import Path

from projects import catalog, change, copy_language, copy_looks, update_catalogs

from leafletpress.build.library import Project

CONDITION = "dry-skin"
LEAFLET = """\
code: DRYS
title: Dry skin
subtitle: Rough and itchy patches of the skin
version: "1.0"
written: 2026-01-05
next_review: 2028-01-05
main_message:
  patient: Keep your skin soft, and do **not** scratch it.
links:
  creams: https://skin.example.org/creams
facts:
  morning_dose: {kind: dose, value: 5 to 10, unit: mg, source: first_2020}
  evening_dose: {kind: dose, value: 10 to 20, unit: mg, source: first_2020}
sources:
  first_2020:
    title: The first paper on dry skin
    publisher: Journal of Examples
    year: "2020"
    address: https://example.org/first
    checked: 2026-01-05
  second_2021:
    title: A page about dry skin
    publisher: Example Society
    year: "2021"
    address: https://example.org/second
    checked: 2026-01-05
sections:
  - id: help
    heading: When to get help
    blocks:
      - id: now
        callout:
          level: now
          bullets:
            - Call 112 if you can **not** breathe.[@first_2020]
      - id: dont
        callout:
          level: dont
          bullets:
            - Do **not** take an antacid with your tablets.[@second_2021]
            - Do **not** stop the tablets on your own.
  - id: treatment
    heading: What can help
    blocks:
      - id: doses
        paragraph: Take {morning_dose} in the morning and {evening_dose} in the evening.
      - id: liquid
        paragraph: Children take 2.5 ml for 3 days. Shake the bottle before you open it.
      - id: cream
        paragraph: Choose a [cream without scent](@creams) and use it on every part of the skin that is dry.
      - id: bath
        paragraph: Wash in warm water, not in hot water. Then pat the skin dry with a soft towel and do not rub it.
      - id: tests
        paragraph: We may take a biopsy. It is a small piece of skin that we look at under the microscope.
  - id: morning
    heading: Morning
    blocks:
      - id: what
        bullets:
          - Take one tablet in the morning with a full glass of water.
          - Take two tablets in the evening with food.
"""
SPANISH = {
    "Dry skin": "Piel seca",
    "Rough and itchy patches of the skin": "Zonas ásperas de la piel que pican",
    "Keep your skin soft, and do **not** scratch it.": "Mantenga la piel suave y **no** se rasque.",
    "When to get help": "Cuándo pedir ayuda",
    "Call 112 if you can **not** breathe.[@first_2020]": "Llame al 112 si **no** puede respirar.[@first_2020]",
    "Do **not** take an antacid with your tablets.[@second_2021]":
        "**No** tome un antiácido con los comprimidos.[@second_2021]",
    "Do **not** stop the tablets on your own.": "**No** deje los comprimidos por su cuenta.",
    "What can help": "Qué puede ayudar",
    "Take {morning_dose} in the morning and {evening_dose} in the evening.":
        "Tome {morning_dose} por la mañana y {evening_dose} por la noche.",
    "Children take 2.5 ml for 3 days. Shake the bottle before you open it.":
        "Los niños toman 2,5 ml durante 3 días. Agite el frasco antes de abrirlo.",
    "Choose a [cream without scent](@creams) and use it on every part of the skin that is dry.":
        "Elija una [crema sin perfume](@creams) y úsela en todas las zonas secas de la piel.",
    "Wash in warm water, not in hot water. Then pat the skin dry with a soft towel and do not rub it.":
        "Lávese con agua templada, no con agua caliente. Después seque la piel con una toalla suave, sin frotar.",
    "We may take a biopsy. It is a small piece of skin that we look at under the microscope.":
        "Quizá hagamos una biopsia. Es un trocito de piel que miramos con el microscopio.",
    "Morning": "Mañana",
    "Take one tablet in the morning with a full glass of water.":
        "Tome un comprimido por la mañana con un vaso lleno de agua.",
    "Take two tablets in the evening with food.": "Tome dos comprimidos por la noche con comida.",
}  # fmt: skip
GLOSSARY = """\
negations = ["no", "nunca", "ningún", "sin"]

[[terms]]
term = "antacid"
translation = ["antiácido"]

[[terms]]
term = "biopsy"
translation = ["biopsia"]
forbidden = ["autopsia"]
"""


def make_clinic(root: Path) -> Project:
    """The project, its Spanish catalog translated whole."""
    copy_looks(root)
    for name in ("en", "es"):
        copy_language(root, name)
    (root / "locales" / "es" / "glossary.toml").write_text(GLOSSARY, encoding="utf-8")
    (root / "leaflets").mkdir()
    source(Project(root)).write_text(LEAFLET, encoding="utf-8")
    project = Project(root)
    update_catalogs(project)
    translate(project, SPANISH)
    return project


def source(project: Project) -> Path:
    """The file of the leaflet."""
    return project.folder("leaflets") / f"{CONDITION}.yaml"


def spanish(project: Project) -> Path:
    """The file of the Spanish catalog."""
    return catalog(project, "es", CONDITION)


def translate(project: Project, translations: dict[str, str]) -> None:
    """Put translations in their places, as a translator does: those of before and the mark fuzzy are gone."""

    def translated(text: str) -> str:
        entries = text.split("\n\n")
        for number, entry in enumerate(entries):
            lines = entry.split("\n")
            for english, own in translations.items():
                if f'msgid "{english}"' in lines:
                    kept = [line for line in lines if not line.startswith(("msgstr", "#, fuzzy", "#| "))]
                    entries[number] = "\n".join([*(line for line in kept if line), f'msgstr "{own}"'])
        return "\n\n".join(entries).rstrip("\n") + "\n"

    change(spanish(project), translated)
