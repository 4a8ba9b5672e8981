"""How far a leaflet in a language for an audience has come, and what is missing, as a row of the review desk."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from leafletpress.build.desk.next_step import next_step, next_step_of_unmade
from leafletpress.build.desk.rows import Published, Row, SignedBy
from leafletpress.build.library import Library
from leafletpress.build.policy import held, withdrawn
from leafletpress.compose.handouts import Composition
from leafletpress.model.approval import Signature, Signoffs, Withdrawal, changed_since
from leafletpress.model.digests import signed_parts
from leafletpress.model.leaflet import Leaflet
from leafletpress.model.problems import Problem
from leafletpress.model.releases import Release
from leafletpress.model.text.markup import parse, plain

_Of = tuple[str, str]  # locale, audience


def made_row(library: Library, made: Composition, fault: Problem | None) -> Row:
    """The row of a handout that was composed; `fault` is what is wrong with a file that it is made of."""
    handout, standing, gaps = made.handout, made.standing, made.gaps
    leaflet, signoffs = library.leaflets[handout.condition], library.signoffs[handout.condition]
    key = handout.condition, handout.locale, handout.audience
    not_put_back = library.not_put_back(handout)
    unsourced = library.unsourced_doses(handout)
    why = held(made, signoffs, library.releases, library.site.policy, library.today, not_put_back, unsourced)
    first_day, last_day = why.days
    asked = not_put_back if library.site.policy.put_back else ()
    on_record = [*(one.day for one in signoffs.signatures), *(one.day for one in signoffs.withdrawals)]
    void = {
        one.role: one for one in standing.void if one.role not in {other.role for other in standing.signed}
    }.values()
    parts = signed_parts(handout) if void else {}
    return Row(
        condition=handout.condition,
        locale=handout.locale,
        audience=handout.audience,
        state=standing.state,
        next_step=next_step(made, library.releases, asked, fault or next(iter(unsourced), None)),
        title=title_of(leaflet),
        code=handout.code,
        version=handout.version,
        revision=handout.revision,
        since=_since(library, made, leaflet).isoformat(),
        next_review=handout.next_review,
        signed=tuple(_signed_by(one) for one in standing.signed),
        void=tuple(_signed_by(one, changed_since(signoffs, one, parts)) for one in void),
        waiting=standing.waiting,
        gaps=dict(Counter(gap.reason for gap in gaps)),
        first_gap=str(gaps[0].origin) if gaps else "",
        not_put_back=len(not_put_back),
        withheld=why.by(release=True) or (str(fault) if fault else ""),
        published=_published(library.releases.get(key)),
        problems=(fault,) if fault else (),
        first_day=max((first_day, *on_record)).isoformat(),
        last_day=last_day.isoformat() if last_day else "",
    )


def unread_row(condition: str, locale: str | None, problems: tuple[Problem, ...]) -> Row:
    """The row of a leaflet that can't be read in a language, or, where that is None, in any."""
    why = str(problems[0]) if problems else "it can't be read"
    return Row(condition, locale, None, "unreadable", f"mend {why}", withheld=why, problems=problems)


def unmade_rows(
    condition: str, signoffs: Signoffs, published: Mapping[_Of, Release], made: Collection[_Of] = ()
) -> Iterator[Row]:
    """The rows of what no source makes any more of a condition: what was `published` of it, and what was withdrawn.

    `published` and `made` are by language and audience.
    """
    gone = [of for of in sorted(published) if of not in made]
    for of in gone:
        withdrawal = signoffs.withdrawal(*of)
        step = "" if withdrawal else next_step_of_unmade(condition, *(of if made else ()))
        yield _unmade(condition, of, published[of], withdrawal, step)
    for one in signoffs.withdrawals:
        if not any(one.covers(*of) for of in (*gone, *made)):
            yield _unmade(condition, (one.locale, one.audience), None, one, "")


def _unmade(
    condition: str,
    of: tuple[str | None, str | None],
    release: Release | None,
    withdrawal: Withdrawal | None,
    step: str,
) -> Row:
    day = withdrawal.day if withdrawal else (release.gone or release.day) if release else None
    return Row(
        condition,
        *of,
        "withdrawn" if withdrawal else "no longer made",
        step,
        since=day.isoformat() if day else None,
        withheld=withdrawn(withdrawal) if withdrawal else "",
        published=_published(release),
    )


def title_of(leaflet: Leaflet) -> str:
    """The English title, without markup."""
    return plain(parse(leaflet.title.text)[0])


def _since(library: Library, made: Composition, leaflet: Leaflet) -> date:
    standing, locale = made.standing, library.locales[made.handout.locale]
    if standing.day:
        return standing.day
    catalog = locale.catalogs.get(leaflet.condition)
    saved = catalog.saved if catalog else None
    return max((one.day for one in standing.signed), default=saved or leaflet.written)


def _signed_by(one: Signature, changed: Iterable[str] = ()) -> SignedBy:
    return SignedBy(one.role, one.name, one.credential, one.day.isoformat(), one.version, tuple(changed))


def _published(release: Release | None) -> Published | None:
    return Published(release.text.version, release.text.revision, release.day.isoformat()) if release else None
