"""Whether what is on record fits the project: signatures of texts that there are, and something to use instead."""

from collections.abc import Iterator

from leafletpress.build.library import Library
from leafletpress.model.approval import Signature, Signoffs, Withdrawal
from leafletpress.model.problems import LeafletError, Origin, Problem, did_you_mean
from leafletpress.read.conditions import conditions
from leafletpress.read.languages.settings import locale_names
from leafletpress.read.signoffs import read_signoffs, recorded_conditions, signoff_places, signoffs_file


def record_problems(library: Library) -> Iterator[Problem]:
    """What is wrong with the records of all conditions; those that can't be read are reported by who reads them."""
    known = conditions(library.files)
    for condition in recorded_conditions(library.files):
        signoffs = library.signoffs.get(condition)
        if signoffs is None and condition not in known:
            try:
                signoffs = read_signoffs(library.files, condition, library.today)
            except LeafletError as error:
                yield from error.problems
        if signoffs:
            yield from _unfit(library, condition, signoffs, known)


def _unfit(library: Library, condition: str, signoffs: Signoffs, known: list[str]) -> Iterator[Problem]:
    places = signoff_places(library.files, condition)
    if condition not in known and not signoffs.withdrawals:
        text = f'there is no leaflet "{condition}"'
        place = min(places.values(), default=Origin(signoffs_file(condition)))
        yield Problem(place, text, did_you_mean(condition, known))
        return
    for at, signature in enumerate(signoffs.signatures):
        if condition in known and not _exists(library, condition, signature):
            of = f'"{signature.locale}" for "{signature.audience}"'
            hint = "take the signature out, if that was removed: git keeps it"
            yield Problem(places["signatures", at], f"a signature for a text that does not exist: in {of}", hint)
    for at, withdrawal in enumerate(signoffs.withdrawals):
        if fault := _no_help(library, withdrawal, known):
            yield Problem(places["withdrawals", at], fault, "name another leaflet to use instead")


def _exists(library: Library, condition: str, signature: Signature) -> bool:
    """Whether the project makes this text; where a leaflet or language can't be read, it may."""
    leaflet, locale = library.leaflets.get(condition), library.locales.get(signature.locale)
    if signature.locale not in locale_names(library.files) or signature.audience not in library.audiences:
        return False
    if leaflet is None or locale is None:
        return True
    in_it = leaflet.is_for(signature.audience) and leaflet.is_in(signature.locale)
    return in_it and signature.audience in locale.audiences


def _no_help(library: Library, withdrawal: Withdrawal, known: list[str]) -> str:
    """Why what is named to be used instead can't be."""
    instead = withdrawal.instead
    if instead is None:
        return ""
    if instead not in known:
        return f'"{instead}", to be used instead, is no leaflet'
    signoffs = library.signoffs.get(instead)
    return f'"{instead}", to be used instead, is withdrawn itself' if signoffs and signoffs.withdrawals else ""
