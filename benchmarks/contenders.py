"""The work of each contender of benchmarks/speed.py: one leaflet, again and again, in a process of its own.

Run as `contenders.py NAME FOLDER`; for each line on standard input, the name of a locale, it answers with the CPU
seconds (user and system, with those of child processes) and the seconds that one document took.
"""
# ruff: noqa: INP001 - a script, not a package

import atexit
import gc
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # so that the script runs from any folder

CONDITION, AUDIENCE = "calcinosis-cutis", "patient"

Work = Callable[[str], object]


@cache
def handouts() -> dict[str, Any]:
    """The handout of each locale."""
    from leafletpress.build.library import Project, Wanted, read_library

    wanted = Wanted(conditions=(CONDITION,), audiences=(AUDIENCE,))
    compositions = read_library(Project(ROOT), wanted).compositions(wanted)
    return {composition.handout.locale: composition.handout for composition in compositions}


def template() -> Any:
    """The template of the leaflet."""
    from leafletpress.build.project import Project
    from leafletpress.read.templates import read_editions, read_template_files
    from leafletpress.write.template import Template

    files = Project(ROOT).files()
    return Template(read_template_files(files, AUDIENCE), read_editions(files)["a4"])


# --- ours ---------------------------------------------------------------------------------------------------------


def our_pdf(_folder: Path) -> Work:
    """The PDF with all its checks."""
    from leafletpress.write.pdf import writer as pdf

    return lambda locale: pdf.write(handouts()[locale], template())


def our_docx(_folder: Path) -> Work:
    """The Word file, its fonts embedded."""
    from leafletpress.write.word import writer as docx

    return lambda locale: docx.write(handouts()[locale], template())


def our_docx_without_fonts(_folder: Path) -> Work:
    """The Word file as other tools make it, without fonts."""
    from leafletpress.write.word import writer as docx

    return lambda locale: docx.write(replace(handouts()[locale], embeds_fonts=False), template())


def our_build(folder: Path) -> Work:
    """One leaflet in all its formats, from nothing."""
    options = ("--condition", CONDITION, "--audience", AUDIENCE, "--edition", "a4", "--no-cache", "--quiet")

    def work(locale: str) -> None:
        with tempfile.TemporaryDirectory(dir=folder) as output:
            command = (sys.executable, ROOT / "build_leaflets.py", "build", *options, "--locale", locale)
            subprocess.run((*command, "--output", output), check=True)

    return work


def pages(folder: Path) -> Work:
    """Writes what others start from: the HTML page that our PDF is made of, and the style sheet of its fonts."""
    from leafletpress.write.fonts import font_faces
    from leafletpress.write.pdf import writer as pdf
    from leafletpress.write.template import Template

    page = Template.page

    def work(locale: str) -> None:
        handout = handouts()[locale]
        made: list[str] = []

        def recorded(*asked: Any, **named: Any) -> str:
            made.append(page(*asked, **named))
            return made[-1]

        with patch.object(Template, "page", recorded):
            pdf.laid_out(handout, template())  # the last that is laid out is the one it takes
        (folder / f"{locale}.html").write_text(made[-1], encoding="utf-8")
        (folder / f"{locale}.css").write_text(font_faces(handout.typography.families), encoding="utf-8")

    return work


# --- WeasyPrint ---------------------------------------------------------------------------------------------------


def weasyprint_loop(folder: Path) -> Work:
    """WeasyPrint as it is, in a loop: the page is in memory, fonts and their style sheet are kept."""
    from leafletpress.write.fonts import hide_system_fonts

    hide_system_fonts()
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    @cache
    def kept(locale: str) -> tuple[str, Any, Any]:
        fonts = FontConfiguration()
        page = (folder / f"{locale}.html").read_text(encoding="utf-8")
        return page, CSS(filename=folder / f"{locale}.css", font_config=fonts), fonts

    def work(locale: str) -> bytes:
        page, sheet, fonts = kept(locale)
        content: bytes = HTML(string=page).write_pdf(stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/ua-1")
        return content

    return work


def weasyprint_command(folder: Path) -> Work:
    """WeasyPrint as a command for each file."""
    fonts = ROOT / "leafletpress" / "write" / "fonts.conf"
    environment = {**os.environ, "FONTCONFIG_FILE": str(fonts)}
    command = (sys.executable, "-m", "weasyprint", "--quiet", "--pdf-variant", "pdf/ua-1")

    def work(locale: str) -> None:
        names = ("--stylesheet", folder / f"{locale}.css", folder / f"{locale}.html", folder / "weasyprint.pdf")
        subprocess.run((*command, *names), env=environment, check=True)

    return work


# --- others -------------------------------------------------------------------------------------------------------


def typst(folder: Path) -> Work:
    """See peers.py."""
    import peers

    return peers.typst(folder, handouts())


def chromium(folder: Path) -> Work:
    """See peers.py; its CPU seconds are those of its own processes."""
    import peers

    browser = peers.Chromium()
    atexit.register(browser.close)
    _elsewhere.append(browser.seconds)
    kept = cache(partial(peers.page_with_fonts, folder))
    return lambda locale: browser.print(kept(locale))


def docxtpl(folder: Path) -> Work:
    """See peers.py."""
    import peers

    return peers.docxtpl(folder, handouts())


def pandoc(folder: Path) -> Work:
    """See peers.py."""
    import peers

    return peers.pandoc(folder)


CONTENDERS: dict[str, Callable[[Path], Work]] = {
    "our_pdf": our_pdf,
    "our_docx": our_docx,
    "our_docx_without_fonts": our_docx_without_fonts,
    "our_build": our_build,
    "pages": pages,
    "weasyprint_loop": weasyprint_loop,
    "weasyprint_command": weasyprint_command,
    "typst": typst,
    "chromium": chromium,
    "docxtpl": docxtpl,
    "pandoc": pandoc,
}
_elsewhere: list[Callable[[], float]] = []  # the CPU seconds of processes that are no children of this one


def _spent() -> tuple[float, float]:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    seconds = sum(one.ru_utime + one.ru_stime for one in used) + sum(count() for count in _elsewhere)
    return seconds, time.perf_counter()


def main(name: str, folder: Path) -> None:
    """Serve one contender; its first line tells whether it is there."""
    try:
        work = CONTENDERS[name](folder)
    except (ImportError, FileNotFoundError) as error:
        print(json.dumps(f"not installed: {error}"), flush=True)
        return
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        gc.collect()  # what the last document left behind is not the next one's to clear away
        cpu, wall = _spent()
        work(line.strip())
        after = _spent()
        print(json.dumps([after[0] - cpu, after[1] - wall]), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
