"""Makes docs/commands.md from the commands themselves: .venv/bin/python docs/make_commands.py."""
# ruff: noqa: INP001 - a script beside the documents, not a package

import inspect
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # so that the script runs from any folder

from leafletpress.cli.main import COMMANDS, commands  # noqa: E402
from leafletpress.model.problems import ExitCode  # noqa: E402

PAGE = ROOT / "docs" / "commands.md"
PROGRAM = "leafletpress"

HEAD = """\
# Commands

<!-- Made by docs/make_commands.py; do not edit. -->

The installed program is called `leafletpress`. In a checkout of this repository type `script/build` instead, which sets
up the folder where that is needed, or `.venv/bin/python build_leaflets.py`; the commands and options are the same. The
command's name comes first, its options after it. Without a name it is `build`. Each command takes `--help`.
"""
EXIT_CODES = {
    ExitCode.OK: "done",
    ExitCode.CONTENT: "something is wrong in the content: a leaflet, a catalog, a site or a template; or a draft has "
    "too many sides; or nothing is left to release; or a review is due (`check --due`); or a published file is not "
    "what the manifest says (`verify`, `report`, `archive`); or somebody stopped the command (a watch ends with 0)",
    ExitCode.USAGE: "wrong usage: an unknown option or name, several sites and no `--site`, a name that is taken",
    ExitCode.WITHHELD: "a release left something out, or would (`status`)",
    ExitCode.MISSING: "something is missing on this machine: a package, a font, a library, a folder that can be "
    "written to and that no other build is using, a scheduler that answers",
}
FOOT = """\
Where several apply, 4 counts before 1, 1 before 2, and 2 before 3. A single translation with an error does not end a
build with 1: its English is printed instead. Only `catalogs check` ends with 1 for it.
"""


def page() -> str:
    """The page as it should be."""
    for module, name in COMMANDS.values():
        commands.add_command(getattr(import_module(f"leafletpress.cli.{module}"), name))
    top = click.Context(commands, info_name=PROGRAM)
    parts = [HEAD, *_options(top), *_exit_codes(), FOOT]
    for name in COMMANDS:
        parts += _command(commands.commands[name], name, top, "##")
    return "\n".join(parts)


def _command(command: click.Command, name: str, parent: click.Context, level: str) -> Iterator[str]:
    """What one command does, with its options, and the commands below it."""
    context = click.Context(command, info_name=name, parent=parent)
    yield f"{level} {context.command_path.removeprefix(PROGRAM).strip()}\n"
    yield f"{inspect.cleandoc(command.help or '')}\n"
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            yield from _command(command.commands[below], below, context, f"{level}#")
        return
    yield f"    {' '.join([context.command_path, *command.collect_usage_pieces(context)])}\n"
    yield from _options(context)


def _options(context: click.Context) -> Iterator[str]:
    """The options, and arguments that have a help text, as a table; nothing where there are none."""
    records = filter(None, (parameter.get_help_record(context) for parameter in context.command.params))
    rows = [f"| `{_cell(name)}` | {_cell(means)} |" for name, means in records if means]
    if rows:
        yield "\n".join(["| option | means |", "|---|---|", *rows, ""])


def _exit_codes() -> Iterator[str]:
    yield "## Exit codes\n"
    rows = (f"| {code.value} | {EXIT_CODES[code]} |" for code in ExitCode)
    yield "\n".join(["| exit code | means |", "|---|---|", *rows, ""])


def _cell(text: str) -> str:
    """A text that stays in its cell."""
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
