"""The report command: what changes between two output folders, for whoever reviews it."""

from pathlib import Path

import click

_MOST_PAGES = 40


@click.command("report")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--output", type=click.Path(path_type=Path), default=Path("report.html"), help="Default: report.html.")
@click.option("--summary", type=click.Path(path_type=Path), help="Also the main things, as Markdown.")
@click.option(
    "--most-pages", type=click.IntRange(min=0), default=_MOST_PAGES, show_default=True, help="Changed pages to show."
)
def report_command(old: Path, new: Path, output: Path, summary: Path | None, most_pages: int) -> int:
    """Say what changes from the output folder OLD to NEW: handouts, texts, pages; what to look at first."""
    from leafletpress.cli.compare import report  # not for every command: it loads what reads and draws pages

    return report(old, new, output, summary, most_pages)
