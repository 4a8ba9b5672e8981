"""Why a handout may not be printed: it was withdrawn, its text is not whole, or its site lets no such state out."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, groupby

from leafletpress.compose.handouts import Composition
from leafletpress.model.approval import Signoffs, Standing, Withdrawal, changed_since
from leafletpress.model.digests import signed_parts
from leafletpress.model.gap import UNTRANSLATED, Gap
from leafletpress.model.handout import Handout
from leafletpress.model.leaflet import CHANGES
from leafletpress.model.problems import Problem
from leafletpress.model.releases import Releases, text_version, unnumbered_in
from leafletpress.model.site import Policy


@dataclass(frozen=True, slots=True)
class Held:
    """Why a handout is withheld: by every build (`always`), or by a release; both "" where it is not.

    `days` are those on which this answer, and what the paper says of its state, stay the same: the first, and the last
    if there is one.
    """

    always: str
    release: str
    days: tuple[date, date | None]

    def by(self, *, release: bool) -> str:
        """Why this kind of build withholds it."""
        return self.always or (self.release if release else "")


def held(
    composition: Composition,
    signoffs: Signoffs,
    releases: Releases,
    policy: Policy,
    today: date,
    not_put_back: Sequence[str] = (),
    unsourced: Sequence[Problem] = (),
) -> Held:
    """Whether a handout may be printed on a day, by what is on record of it and by the policy of its site.

    `not_put_back` are the contexts of safety texts that nobody put back into English as they stand,
    `unsourced` are doses without a source.
    """
    handout, standing = composition.handout, composition.standing
    always = withdrawn(standing.withdrawal) if standing.withdrawal else ""
    whys = _reasons(composition, signoffs, releases, policy, today)
    if unsourced:
        whys = chain([f"{len(unsourced)} doses have no source; first: {unsourced[0]}"], whys)
    if not_put_back and policy.put_back:
        first = f"{len(not_put_back)} safety texts are not put back into English; first: {not_put_back[0]}"
        whys = chain(whys, [first])
    return Held(always, next(whys, ""), _days(handout, policy, today))


def withdrawn(withdrawal: Withdrawal) -> str:
    """Why a leaflet that was withdrawn is withheld."""
    instead = f"; use {withdrawal.instead} instead" if withdrawal.instead else ""
    return f"withdrawn on {withdrawal.day}: {withdrawal.why}{instead}"


def _reasons(
    composition: Composition, signoffs: Signoffs, releases: Releases, policy: Policy, today: date
) -> Iterator[str]:
    handout, standing = composition.handout, composition.standing
    lags = standing.behind and today <= _last_of_lag(handout, policy)
    gaps = [gap for gap in composition.gaps if not _may_wait(gap, lags=lags)]
    if gaps:
        yield reason(gaps)
    if why := kept_number(handout, releases):
        yield why
    if standing.state == "expired" and not policy.expired:
        yield f"expired: its review was due on {handout.next_review}"
    if standing.waiting and not policy.drafts and not (lags and _approved_but_for_gaps(composition, signoffs)):
        yield f"not approved: {waits_for(standing)}"


def kept_number(handout: Handout, releases: Releases) -> str:
    """Why a handout is withheld whose text changed under the version or revision that was published; else ""."""
    key = handout.condition, handout.locale, handout.audience
    found = unnumbered_in(releases, key, text_version(handout))
    return found.text if found else ""


def reason(gaps: Iterable[Gap]) -> str:
    """Why a handout with gaps is withheld: how many texts are missing, fuzzy or failing, and where the first one is."""
    listed = list(gaps)
    counts = Counter(gap.reason for gap in listed)
    return f"{', '.join(f'{count} {why}' for why, count in sorted(counts.items()))}; first: {listed[0].origin}"


def waits_for(standing: Standing) -> str:
    """Whose signatures a text lacks, language by language."""
    groups = groupby(standing.waiting, key=lambda waiting: waiting[0])
    return "; ".join(f"{locale} waits for {' and '.join(role for _, role in lacking)}" for locale, lacking in groups)


def _may_wait(gap: Gap, *, lags: bool) -> bool:
    """Whether a text may stand in English for a while: what changed, and in a translation that lags, what is newer."""
    if gap.context == CHANGES:
        return gap.reason in UNTRANSLATED
    return lags and gap.reason in ("missing", "fuzzy") and not gap.safety


def _last_of_lag(handout: Handout, policy: Policy) -> date:
    """The last day on which passages may be newer in English; the day before the English is of where none may."""
    return date.fromisoformat(handout.dated) + timedelta(days=policy.lag_days - (policy.lag_days == 0))


def _approved_but_for_gaps(composition: Composition, signoffs: Signoffs) -> bool:
    """Whether translator and reviser signed all that is not newer in English, and English lacks no signature."""
    handout, standing = composition.handout, composition.standing
    if standing.lacks("author") or standing.lacks("clinician"):
        return False
    newer = {gap.context for gap in composition.gaps}
    parts = signed_parts(handout)
    signed = {one.role for one in standing.void if newer.issuperset(changed_since(signoffs, one, parts))}
    return signed >= {"translator", "reviser"}


def _days(handout: Handout, policy: Policy, today: date) -> tuple[date, date | None]:
    ends = sorted({date.fromisoformat(handout.next_review), _last_of_lag(handout, policy)})
    first = max((end + timedelta(days=1) for end in ends if end < today), default=date.min)
    return first, min((end for end in ends if end >= today), default=None)
