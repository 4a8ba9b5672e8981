"""Adds a language: its folder, with settings that CLDR and the script of the language suggest."""

import re

import babel
from babel.core import get_global

from leafletpress.model.leaflet import FURNITURE
from leafletpress.model.locale import PSEUDO_LOCALES, SOURCE
from leafletpress.model.problems import ExitCode, LeafletError, Origin, Problem
from leafletpress.publish.files import put, writing
from leafletpress.read.languages.cldr import parse_cldr
from leafletpress.read.languages.locale import read_locale
from leafletpress.read.languages.opposites import opposites_file, read_words
from leafletpress.read.languages.settings import catalog_file, locale_names, parent_name
from leafletpress.read.located.files import Files
from leafletpress.read.program import program_folder
from leafletpress.translate.backtranslation import backtranslation_file, read_backtranslation
from leafletpress.translate.worksheet import dump

# Language, script, region and variants of BCP 47; extensions and private use name no written language.
_TAG = re.compile(
    r"[a-z]{2,3}(?:[-_][a-z]{4})?(?:[-_](?:[a-z]{2}|[0-9]{3}))?(?:[-_](?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*",
    re.IGNORECASE,
)
# Families that set each script, and line height; a script that is not here takes "Noto Sans <its name>".
_LATIN = "Noto Sans"
_FONTS = {
    **dict.fromkeys(("Latn", "Cyrl", "Grek"), ((_LATIN,), 1.42)),
    "Arab": (("Vazirmatn", _LATIN), 1.6),
    "Hans": (("Noto Sans SC", _LATIN), 1.6),
    "Hant": (("Noto Sans TC", _LATIN), 1.6),
    "Jpan": (("Noto Sans JP", _LATIN), 1.6),
    "Kore": (("Noto Sans KR", _LATIN), 1.6),
    # Scripts that CLDR and Noto call by different names.
    "Beng": (("Noto Sans Bengali", _LATIN), 1.6),
    "Orya": (("Noto Sans Oriya", _LATIN), 1.6),
    "Cans": (("Noto Sans Canadian Aboriginal", _LATIN), 1.6),
    "Tibt": (("Noto Serif Tibetan", _LATIN), 1.6),
}
_PLACE = Origin("catalogs add")
_GLOSSARY = """\
# The words that the translations of this language agree on; "catalogs check" holds them. TRANSLATING.md tells how.

# Words that say "not", as they stand in strong words:
# negations = ["…"]
# Words that may stand twice in a row:
# repeated = ["…"]

# [[terms]]
# term = "calcium"
# translation = ["…"]
"""

_OPPOSITES = """\
# Words of this language for the pairs of {file}. A text whose English is on one side, and which is on
# the other, is reported. List on each side all that a translation may say, and leave out what can mean something else.
# A * at either end stands for any letters. TRANSLATING.md tells how.
"""


def add_locale(files: Files, tag: str, cldr: str | None = None) -> tuple[str, list[str]]:
    """Make the folder of a language in a project; the language's name, and the files that were written.

    Raises LeafletError (exit code 2) for a language that is there already, else as `language_files` does.
    """
    name = language_name(tag)
    if name in locale_names(files):
        text, hint = f"locales/{name} exists already", "to bring it up to date: catalogs update"
        raise LeafletError([Problem(_PLACE, text, hint)], ExitCode.USAGE)
    made = language_files(files, name, cldr)
    settings = f"locales/{name}/locale.toml"
    with writing(f"locales/{name}", hint=""):
        # The settings last: they make the folder a language.
        wanted = sorted((file for file in made if not files.holds(file)), key=lambda file: file == settings)
        return name, [file for file in wanted if put(files.path(file), made[file])]


def language_name(tag: str) -> str:
    """The folder's name of a language tag: pt-br is pt_BR, zh-hant-hk is zh_Hant_HK, ca-ES-VALENCIA is ca_ES_valencia.

    Raises LeafletError (exit code 2) for what is no tag, and for a pseudo-language.
    """
    language, *rest = re.split("[-_]", tag.lower())
    name = "_".join([language, *(_cased(part) for part in rest)])
    if not _TAG.fullmatch(tag):
        hint = "language, script if needed, region if needed: fr, pt-BR, zh-Hant"
        raise LeafletError([Problem(_PLACE, f'"{tag}" is no language tag', hint)], ExitCode.USAGE)
    if name in PSEUDO_LOCALES:
        hint = f"it needs no folder: leafletpress --locale {name}"
        raise LeafletError([Problem(_PLACE, f'"{name}" is a pseudo-language', hint)], ExitCode.USAGE)
    return name


def language_files(files: Files, name: str, cldr: str | None = None) -> dict[str, bytes]:
    """The files that make a language in a project, by name.

    Those of the program, with its template words translated, where it has the language. Else its settings are the
    parent's where it is a region of a language that is there, or what CLDR suggests, with the audiences of English.
    Raises LeafletError (exit code 2) for a language that CLDR does not know when no near locale (`cldr`) is named.
    """
    program = Files(program_folder())
    if name in locale_names(program):
        return _brought(program, name)
    above = parent_name(files, name)
    if above:
        settings = _regional(files.content(f"locales/{above}/locale.toml").decode(), name)
        return {f"locales/{name}/locale.toml": settings.encode()}
    audiences = read_locale(files, SOURCE, (), None)[0].audiences
    settings = _settings(name, audiences, cldr.replace("-", "_") if cldr else None)
    made = {"locale": settings, "glossary": _GLOSSARY, "opposites": _opposites(files)}
    return {f"locales/{name}/{part}.toml": text.encode() for part, text in made.items()}


def _opposites(files: Files) -> str:
    """The tables of the pairs, to be filled in; each with the English words behind it."""
    tables = (
        "\n".join(
            (
                f"# [{pair}]",
                *(f'# {side} = ["…"]  # {", ".join(words)}' for side, words in sides.items() if side != "neither"),
            )
        )
        for pair, sides in read_words(files, SOURCE).items()
    )
    return "\n\n".join((_OPPOSITES.format(file=opposites_file(SOURCE)), *tables)) + "\n"


def _brought(program: Files, name: str) -> dict[str, bytes]:
    """The files of a language that the program has: of its catalogs and back-translations, those of template words."""
    settings = (f"locales/{name}/{part}.toml" for part in ("locale", "glossary", "opposites"))
    wanted = (*settings, catalog_file(name, FURNITURE))
    found = {file: program.content(file) for file in wanted if program.holds(file)}
    back = [text for (catalog, _), text in read_backtranslation(program, name).items() if catalog == FURNITURE]
    return {**found, backtranslation_file(name): dump(back).encode()} if back else found


def _cased(part: str) -> str:
    """A script as a name, a region in capitals, a variant in small letters."""
    if len(part) == 4 and part.isalpha():
        return part.title()
    return part.upper() if len(part) <= 3 else part


def _settings(name: str, audiences: tuple[str, ...], cldr: str | None) -> str:
    try:
        known = parse_cldr(Origin("catalogs add"), cldr or name)
    except LeafletError as error:
        hint = "name a near locale for figures and dates: --cldr fa-AF"
        problems = [Problem(problem.origin, problem.text, hint) for problem in error.problems]
        raise LeafletError(problems, ExitCode.USAGE) from error
    own_name, english_name = (name, name) if cldr else _names(known, name)
    script = _script(known)
    families, line_height = _FONTS.get(script, ((f"{_LATIN} {_script_name(script)}", _LATIN), 1.6))
    lines = [
        f'own_name = "{own_name}"',
        f'english_name = "{english_name}"',
        f'direction = "{known.text_direction}"',
        f"audiences = {_listed(audiences)}",
        f"families = {_listed(families)}",
        f"line_height = {line_height}",
        *([f'cldr = "{known}"'] if cldr else []),
    ]
    return "\n".join(lines) + "\n"


def _regional(settings: str, name: str) -> str:
    """The parent's settings under the region's own names."""
    known = parse_cldr(Origin("catalogs add"), name)
    for key, value in zip(("own_name", "english_name"), _names(known, name), strict=True):
        settings = re.sub(rf"^{key} = .*$", f'{key} = "{value}"', settings, flags=re.MULTILINE)
    return re.sub(r"^cldr = .*\n", "", settings, flags=re.MULTILINE)


def _names(locale: babel.Locale, name: str) -> tuple[str, str]:
    """What the language calls itself, and what English calls it."""
    own_name = locale.get_display_name() or name
    return own_name[:1].title() + own_name[1:], locale.english_name or name


def _script(locale: babel.Locale) -> str:
    """The script that the locale is written in, as ISO 15924 has it."""
    if locale.script:
        return locale.script
    likely = get_global("likely_subtags")
    full = likely.get(str(locale)) or likely.get(locale.language) or "und_Latn"
    return full.split("_")[1]


def _script_name(script: str) -> str:
    return str(babel.Locale("en").scripts.get(script, script))


def _listed(names: tuple[str, ...]) -> str:
    quoted = ", ".join(f'"{name}"' for name in names)
    return f"[{quoted}]"
