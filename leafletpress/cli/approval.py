"""The commands of those who answer for leaflets: sign a text that was read, withdraw one that must not be used."""

from datetime import datetime

import click

from leafletpress.build.library import Wanted
from leafletpress.build.signing import Person, Recorded, sign, withdraw
from leafletpress.cli.project import chosen_project
from leafletpress.model.approval import Role, Withdrawal
from leafletpress.model.locale import SOURCE, locale_name
from leafletpress.model.problems import ExitCode, LeafletError, Origin, Problem
from leafletpress.publish.files import put, writing

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command("sign")
@click.argument("condition")
@click.option("--role", required=True, type=click.Choice(["author", "clinician", "translator", "reviser"]))
@click.option("--name", required=True, help="Who signs.")
@click.option("--credential", required=True, metavar="TEXT", help="What qualifies them: post, register and number.")
@click.option("--locale", help="The language of the translation that was read; English goes without saying.")
@click.option("--audience", help="For whom the text is that was read; default: all.")
@click.option("--site", help="The hospital or service, a file of sites/; needed when there are several.")
@click.option("--day", type=_DAY, help="When they signed, for example 2026-11-30; default: today.")
def sign_command(
    condition: str,
    role: Role,
    name: str,
    credential: str,
    locale: str | None,
    audience: str | None,
    site: str | None,
    day: datetime | None,
) -> int:
    """Record in signoffs/CONDITION.toml that somebody has read a text and answers for it.

    What they have read is the text as it is printed now, figures, phone numbers and addresses included. Any change of
    it makes the signature void. English is signed by author and clinician, a translation by translator and reviser, who
    are two people.
    """
    if locale is None and role in ("translator", "reviser"):
        raise LeafletError([Problem(Origin("--locale"), "which translation was read?")], ExitCode.USAGE)
    today = datetime.now().astimezone().date()
    wanted = Wanted(
        conditions=(condition,),
        locales=(locale_name(locale or SOURCE),),
        audiences=(audience,) if audience else (),
        site=site,
    )
    recorded, signed = sign(
        chosen_project(), wanted, Person(role, name, credential), day.date() if day else today, today
    )
    _keep(recorded)
    for one in signed:
        print(f"{one.handout.code} {one.handout.version} is signed by {name}, {credential}, as {role}.")
        if one.last and one.changed:
            print(f"  Changed since {one.last.name} signed on {one.last.day}: {', '.join(one.changed)}")
    print(f"Next: commit {recorded.file}.")
    return ExitCode.OK


@click.command("withdraw")
@click.argument("condition")
@click.option("--why", required=True, metavar="TEXT", help="Why nobody may use it any more, for staff and readers.")
@click.option("--instead", metavar="CONDITION", help="The leaflet to use instead.")
@click.option("--locale", help="Only in this language.")
@click.option("--audience", help="Only for this audience.")
def withdraw_command(condition: str, why: str, instead: str | None, locale: str | None, audience: str | None) -> int:
    """Withdraw a leaflet: no build makes it any more, and its page says since when, why, and what to use instead."""
    today = datetime.now().astimezone().date()
    language = locale_name(locale) if locale else None
    recorded = withdraw(chosen_project(), condition, Withdrawal(today, why, instead, language, audience))
    _keep(recorded)
    print(f"{condition} is withdrawn. Next: commit {recorded.file}, then build and publish; see to printed copies.")
    return ExitCode.OK


def _keep(recorded: Recorded) -> None:
    with writing(recorded.file, hint=""):
        put(chosen_project().files().path(recorded.file), recorded.content)
