"""The command line: which commands there are, and how each ending becomes an exit code."""

from contextlib import suppress
from importlib import import_module
from pathlib import Path

import click

from leafletpress import __version__
from leafletpress.cli.project import Named
from leafletpress.cli.say import call_program, say_error, say_problems
from leafletpress.cli.streams import printing
from leafletpress.model.problems import ExitCode, LeafletError

# Each command's module and its name there. A module is imported when its command is asked for: some take a while.
COMMANDS = {
    "build": ("build", "build_command"),
    "check": ("check", "check_command"),
    "status": ("status", "status_command"),
    "explain": ("explain", "explain_command"),
    "verify": ("verify", "verify_command"),
    "report": ("report", "report_command"),
    "archive": ("archive", "archive_command"),
    "init": ("init", "init_command"),
    "fonts": ("fonts", "fonts_command"),
    "new": ("authors", "new_command"),
    "import": ("from_word", "import_command"),
    "bump": ("authors", "bump_command"),
    "sign": ("approval", "sign_command"),
    "withdraw": ("approval", "withdraw_command"),
    "schema": ("authors", "schema_command"),
    "catalogs": ("catalogs", "catalogs"),
}
_PROJECT = "--project"


@printing
def main(arguments: list[str], checkout: Path | None = None) -> int:
    """Run a command line and give its exit code; where it does not begin with a command, that is `build`.

    `checkout` is the project of a program that is made for one: what build_leaflets.py builds.
    """
    call_program("script/build" if checkout else "leafletpress")
    named, arguments = _take_project(arguments)
    if not arguments or arguments[0] not in (*COMMANDS, "--help", "--version"):
        arguments = ["build", *arguments]
    for name in COMMANDS if arguments[0] == "--help" else {arguments[0]} & COMMANDS.keys():
        module, command = COMMANDS[name]
        commands.add_command(getattr(import_module(f"leafletpress.cli.{module}"), command))
    try:
        prog_name = "build_leaflets.py" if checkout else "leafletpress"
        code = commands.main(args=arguments, prog_name=prog_name, standalone_mode=False, obj=Named(named or checkout))
    except click.exceptions.Abort:
        say_error("stopped; what was built before is kept")
        return ExitCode.CONTENT
    except click.ClickException as error:
        with suppress(OSError):  # nobody can read it
            error.show()
        return ExitCode.USAGE
    except LeafletError as error:
        say_problems(error.problems)
        return error.exit_code
    return int(code or ExitCode.OK)


def _take_project(arguments: list[str]) -> tuple[Path | None, list[str]]:
    """The project that is named anywhere among the arguments, and the others; a name of nothing is left among them."""
    for place, argument in enumerate(arguments):
        if argument == _PROJECT and any(arguments[place + 1 : place + 2]):
            return Path(arguments[place + 1]), arguments[:place] + arguments[place + 2 :]
        if argument.startswith(f"{_PROJECT}=") and argument != f"{_PROJECT}=":
            return Path(argument.removeprefix(f"{_PROJECT}=")), arguments[:place] + arguments[place + 1 :]
    return None, arguments


@click.group()
@click.version_option(__version__)
@click.option(
    _PROJECT,
    "_project",
    metavar="FOLDER",
    help="The project; default: the one that the working folder is in. It may also come after a command.",
    expose_value=False,
)
def commands() -> None:
    """Builds patient and clinician leaflets as PDF, DOCX and HTML. Without a command: build.

    Exit codes: 0 done, 1 problems in content, 2 wrong usage, 3 something withheld, 4 something missing on this machine.
    """
