"""The command line: which commands there are, and how each ending becomes an exit code."""

import click

from leafletpress import __version__
from leafletpress.cli.archive import archive_command
from leafletpress.cli.build import build_command
from leafletpress.cli.catalogs import catalogs
from leafletpress.cli.check import check_command
from leafletpress.cli.report import report_command
from leafletpress.cli.say import say_error, say_problems
from leafletpress.cli.source import new_command, schema_command
from leafletpress.cli.verify import verify_command
from leafletpress.errors import ExitCode, LeafletError


def main(arguments: list[str]) -> int:
    """Run a command line and give its exit code; where it does not begin with a command, that is `build`."""
    if not arguments or arguments[0] not in (*commands.commands, "--help", "--version"):
        arguments = ["build", *arguments]
    try:
        code = commands.main(args=arguments, prog_name="build_leaflets.py", standalone_mode=False)
    except click.exceptions.Abort:
        say_error("stopped; what was built before is kept")
        return ExitCode.CONTENT
    except click.ClickException as error:
        error.show()
        return ExitCode.USAGE
    except LeafletError as error:
        say_problems(error.problems)
        return error.exit_code
    return int(code or ExitCode.OK)


@click.group()
@click.version_option(__version__)
def commands() -> None:
    """Builds patient and clinician leaflets as PDF, DOCX and HTML. Without a command: build.

    Exit codes: 0 done, 1 problems in content, 2 wrong usage, 3 something withheld, 4 something missing on this machine.
    """


for command in (
    build_command,
    check_command,
    verify_command,
    report_command,
    archive_command,
    new_command,
    schema_command,
    catalogs,
):
    commands.add_command(command)
