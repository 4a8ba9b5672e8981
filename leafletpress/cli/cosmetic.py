"""Tells an author which rewordings kept their translations, and which are more than cosmetic."""

from collections.abc import Iterable

from leafletpress.build.dictionary import is_word
from leafletpress.cli.say import say_error, say_problems
from leafletpress.model.problems import Problem
from leafletpress.read.languages.locale import CatalogLocale
from leafletpress.read.located.files import Files
from leafletpress.translate.cosmetic import Rewording, follow_cosmetic
from leafletpress.translate.update import Domain

_HINT = "take the change back; or is it meant? Then run: leafletpress catalogs update, and the translators look at it"


def keep_cosmetic(files: Files, domains: Iterable[Domain], locales: Iterable[CatalogLocale]) -> bool:
    """Keep the translations of what was reworded cosmetically, and say so; whether nothing was refused."""
    rewordings, written, problems = follow_cosmetic(files, domains, locales, is_word)
    refused = [text for text in rewordings if text.judgement.against]
    for text in rewordings:
        if not text.judgement.against:
            _say_kept(text)
    for name in written:
        print(f"{name} is updated")
    for text in refused:
        reasons = "; ".join(text.judgement.against)
        say_problems([Problem(text.message.origin, f"not cosmetic: {reasons}", _HINT)])
        for line in _wordings(text):
            say_error(line)
    say_problems(problems)
    if refused or problems:
        say_error("All else was left as it is: no other change was brought into the catalogs.")
    elif not rewordings:
        print("No text was reworded since the catalogs were updated last: there is nothing to keep.")
    return not (refused or problems)


def _say_kept(text: Rewording) -> None:
    print(f"{text.message.origin}: kept in {_languages(text.current)}: {'; '.join(text.judgement.differences)}")
    for line in _wordings(text):
        print(line)
    if text.waiting:
        print(f"    fuzzy or not translated, as before, in {_languages(text.waiting)}: {', '.join(text.waiting)}")


def _wordings(text: Rewording) -> tuple[str, str]:
    return f"    was: {text.old}", f"    now: {text.message.text}"


def _languages(names: list[str]) -> str:
    return "1 language" if len(names) == 1 else f"{len(names)} languages"
