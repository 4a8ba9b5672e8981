"""How far the approval of a text has come: who signed exactly this text, and the state that follows from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from leafletpress.model.locale import SOURCE

Role = Literal["author", "clinician", "translator", "reviser"]
State = Literal["draft", "translated", "revised", "approved", "out of date", "expired", "withdrawn"]
Waiting = tuple[str, Role]  # the language of a text, and who has not signed it

_OF_ENGLISH: tuple[Role, ...] = ("author", "clinician")
_OF_TRANSLATION: tuple[Role, ...] = ("translator", "reviser")


def roles(locale: str) -> tuple[Role, ...]:
    """Who must sign a text in a language."""
    return _OF_ENGLISH if locale == SOURCE else _OF_TRANSLATION


@dataclass(frozen=True, slots=True)
class Signature:
    """Somebody's word for a text: `text` is the digest of all that was read, `version` that of the English on it."""

    role: Role
    locale: str
    audience: str
    name: str
    credential: str
    day: date
    version: str
    text: str


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Since when nobody may use a leaflet, why, and which condition's leaflet to use instead.

    It holds in one language and for one audience, or, where these are None, in all and for all.
    """

    day: date
    why: str
    instead: str | None = None
    locale: str | None = None
    audience: str | None = None

    def covers(self, locale: str, audience: str) -> bool:
        """Whether it is about a leaflet in this language for this audience."""
        return self.locale in (None, locale) and self.audience in (None, audience)


@dataclass(frozen=True, slots=True)
class Signoffs:
    """What is on record of a condition: signatures, withdrawals, and the texts that were signed, by their digests.

    Each of `texts` is the digest of each of its parts, by message context or by name.
    """

    signatures: tuple[Signature, ...] = ()
    withdrawals: tuple[Withdrawal, ...] = ()
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def withdrawal(self, locale: str, audience: str) -> Withdrawal | None:
        """The first withdrawal of a leaflet in a language for an audience."""
        return next((one for one in self.withdrawals if one.covers(locale, audience)), None)

    def of(self, locale: str, audience: str) -> tuple[Signature, ...]:
        """The signatures of a leaflet in a language for an audience, the newest last."""
        return tuple(one for one in self.signatures if (one.locale, one.audience) == (locale, audience))


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a leaflet in a language for an audience has come.

    `day` is that of the last signature where the state is approved, that of the review it missed where it is expired,
    and that of the withdrawal where it is withdrawn. `signed` are the signatures of exactly this text, `void` those of
    an earlier one. `waiting` are the signatures that it lacks, those of its English included. `untranslated` is how
    many texts are printed in English for want of a good translation, `behind` is whether all were translated once.
    """

    state: State
    day: date | None
    signed: tuple[Signature, ...]
    void: tuple[Signature, ...]
    waiting: tuple[Waiting, ...]
    untranslated: int = 0
    behind: bool = False
    withdrawal: Withdrawal | None = None

    def lacks(self, role: Role) -> bool:
        """Whether somebody of this role has not signed it."""
        return role in {waiting for _, waiting in self.waiting}


def standing(
    signoffs: Signoffs,
    locale: str,
    audience: str,
    text: str,
    *,
    whole: bool,
    untranslated: int,
    published: bool,
    english: "Standing | None",
    next_review: date,
    today: date,
) -> Standing:
    """The standing of a text, by its digest, on a day; `english` is that of the text that it translates.

    It is `whole` where no translation is missing, of what is for screens alone either.
    """
    all_of_it = signoffs.of(locale, audience)
    signed = tuple(one for one in all_of_it if one.text == text)
    void = tuple(one for one in all_of_it if one.text != text)
    named = {one.role for one in signed}
    lacking = [(locale, role) for role in roles(locale) if role not in named]
    own = len(lacking)
    lacking += english.waiting if english else ()
    behind = not whole and (published or bool(all_of_it))
    withdrawal = signoffs.withdrawal(locale, audience)
    state: State = "draft"
    day = None
    if withdrawal:
        state, day = "withdrawn", withdrawal.day
    elif today > next_review:
        state, day = "expired", next_review
    elif behind:
        state = "out of date"
    elif not lacking:
        days = [one.day for one in (*signed, *(english.signed if english else ()))]
        state, day = "approved", max(days)
    elif english and not own:
        state = "revised"
    elif english and "translator" in named:
        state = "translated"
    return Standing(state, day, signed, void, tuple(lacking), untranslated, behind, withdrawal)


def changed_since(signoffs: Signoffs, signature: Signature, parts: Mapping[str, str]) -> list[str]:
    """The parts of a text that differ from those that were signed: their message contexts or names, in order."""
    before = signoffs.texts.get(signature.text, {})
    return [name for name in {**before, **parts} if before.get(name) != parts.get(name)]
