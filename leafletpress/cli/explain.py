"""The explain command: what a published document was made of, and what of that differs now."""

from pathlib import Path

import click

from leafletpress.build.explain import explain
from leafletpress.cli.project import chosen_project, output_folder
from leafletpress.cli.say import say_problems
from leafletpress.model.problems import ExitCode


@click.command("explain")
@click.argument("path")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    default=None,
    help="Where it is published; default: output/, or output/SITE.",
)
@click.option("--site", help="The hospital or service, a file of sites/; needed when there are several.")
def explain_command(path: str, output: Path | None, site: str | None) -> int:
    """Say what the document at PATH was made of, and what differs now."""
    found = explain(chosen_project(), path, *output_folder(output, site))
    say_problems(found.problems)
    print(found.document.path)
    if found.inputs:
        print("  made of:")
    for name in {**found.inputs, **found.differing}:
        differs = f", now {found.differing[name] or 'gone'}" if name in found.differing else ""
        print(f"  {'*' if differs else ' '} {name}  {found.inputs.get(name) or 'none'}{differs}")
    if found.reasons:
        print("  the next build makes it anew:")
        for reason in found.reasons:
            print(f"    {reason}")
    elif found.differing:
        print("  nothing that it prints differs; a build leaves it as it is")
    else:
        print("  it is as its sources are")
    return ExitCode.CONTENT if any(problem.severity == "error" for problem in found.problems) else ExitCode.OK
