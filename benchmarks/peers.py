"""The leaflet of benchmarks/speed.py in other tools: Typst, Chromium, docxtpl, pandoc, each as its makers would use it.

All get the same texts, lists, tables and pictures, and the fonts that are pinned for the language.
"""
# ruff: noqa: INP001 - a script, not a package

import json
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

from leafletpress.model.blocks import kind_of
from leafletpress.model.handout import Handout, Text
from leafletpress.write.fonts import font_file, hide_system_fonts
from leafletpress.write.pictures import is_drawing, pictures

ROOT = Path(__file__).resolve().parent.parent
_TICKS = os.sysconf("SC_CLK_TCK")

Work = Callable[[str], object]
Leaf = tuple[str, Any]  # a kind, and a text, the cells of a row, or the name of a picture


def leaves(handout: Handout) -> Iterator[Leaf]:
    """What a handout prints, as a flat list that any tool can set."""
    head = handout.head
    yield from (("small", text) for text in (head.service, head.audience, *head.marks))
    yield from (("title", head.title), ("text", head.subtitle), ("small", head.details))
    if head.main_message:
        yield "strong", head.main_message
    for section in handout.sections:
        yield "heading", section.heading
        for block in section.blocks:
            yield from _block(block.content)
    if handout.notes:
        yield "heading", handout.notes.heading
        yield from (("row", (field.prompt, Text(()))) for field in handout.notes.fields)
    if handout.references:
        yield "heading", handout.references.heading
        yield from (("small", text) for text in handout.references.items)


def _block(content: Any) -> Iterator[Leaf]:
    match kind_of(content):
        case "paragraph":
            yield "text", content.text
        case "bullets":
            yield from (("bullet", text) for text in content.items)
        case "steps":
            yield from (("step", text) for text in content.items)
        case "definitions":
            yield from (("row", (item.term, item.text)) for item in content.items)
        case "table":
            yield from (("row", row) for row in (content.columns, *content.rows))
        case "callout":
            yield "box", content.heading
            yield from (("text", text) for text in (content.text,) if text)
            yield from (("bullet", text) for text in content.bullets)
        case "qa":
            for item in content.items:
                yield from (("strong", item.question), ("text", item.answer))
        case "figure":
            yield "picture", content.image
            yield from (("step", text) for text in content.labels)
        case "contact":
            yield "text", content.text
            for way in content.ways:
                yield "row", (way.label, way.value)
                if way.form == "code":
                    yield "picture", way.link


def _files(handout: Handout, folder: Path) -> dict[str, str]:
    """The names of the pictures' files in a folder, by the names that the handout has for them."""
    names = {}
    for number, (name, content) in enumerate(pictures(handout)):
        names[name] = f"{handout.locale}-{number}.{'svg' if is_drawing(content) else 'png'}"
        (folder / names[name]).write_bytes(content)
    return names


# --- Typst --------------------------------------------------------------------------------------------------------


def typst(folder: Path, handouts: dict[str, Handout]) -> Work:
    """Typst in process, as PDF/UA-1; of another type size each time, by a hair, for it remembers what it has set."""
    compiler = import_module("typst")

    turns = count()

    @cache
    def kept(locale: str) -> tuple[str, str]:
        handout = handouts[locale]
        faces = [font_file(name, face) for name in handout.typography.families for face in ("400Regular", "700Bold")]
        fonts = folder / f"fonts-{locale}"
        fonts.mkdir(exist_ok=True)
        for face in faces:
            shutil.copy(face, fonts)
        return _typst_source(handout, _files(handout, folder)), str(fonts)

    def work(locale: str) -> bytes:
        source, fonts = kept(locale)
        path = folder / f"{locale}.typ"
        path.write_text(source.replace("SIZE", f"{14 + next(turns) / 10_000}pt"), encoding="utf-8")
        content: bytes = compiler.compile(
            str(path), root=str(folder), font_paths=[fonts], ignore_system_fonts=True, pdf_standards="ua-1"
        )
        return content

    return work


def _typst_source(handout: Handout, files: dict[str, str]) -> str:
    families = ", ".join(f'"{family}"' for family in handout.typography.families)
    lines = [
        f"#set document(title: {_quoted(str(handout.head.title))})",
        f'#set page(paper: "a4", margin: (x: 18mm, y: 15mm), header: [#{_quoted(str(handout.head.title))}])',
        f"#set page(footer: context [#{_quoted(str(handout.foot))} #counter(page).display()])",
        f'#set text(font: ({families},), size: SIZE, lang: "{handout.language.partition("-")[0]}")',
    ]
    for kind, leaf in leaves(handout):
        match kind:
            case "title" | "heading" | "box":
                lines.append(f"#heading(level: {('title', 'heading', 'box').index(kind) + 1}, {_typst(leaf)})")
            case "bullet":
                lines.append(f"#list({_typst(leaf)})")
            case "step":
                lines.append(f"#enum({_typst(leaf)})")
            case "row":
                lines.append(f"#grid(columns: (1fr,) * {len(leaf)}, {', '.join(map(_typst, leaf))})")
            case "picture":
                lines.append(f'#image("{files[leaf]}", width: 20mm, alt: "a picture")')
            case "strong":
                lines.append(f"#strong({_typst(leaf)})")
            case _:
                lines.append(f"#par({_typst(leaf)})")
    return "\n\n".join(lines)


def _typst(text: Text) -> str:
    parts = []
    for run in text.runs:
        shown = f"[#{_quoted(run.text)}]"
        shown = f"strong({shown})" if run.strong else f"super({shown})" if run.raised else shown
        parts.append(f"link({_quoted(run.link)}, {shown})" if run.link else shown)
    return " + ".join(parts) or "[]"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


# --- Chromium -----------------------------------------------------------------------------------------------------


class Chromium:
    """A browser without a window that is kept open, spoken to through its own pipe (the DevTools protocol)."""

    def __init__(self) -> None:
        program = shutil.which("chromium") or shutil.which("google-chrome")
        if not program:
            raise FileNotFoundError("chromium")
        its_input, self._out = os.pipe()
        self._in, its_output = os.pipe()
        profile = tempfile.mkdtemp()
        command = f'exec "$0" "$@" 3<&{its_input} 4>&{its_output}'
        options = ("--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe")
        self.process = subprocess.Popen(
            ["sh", "-c", command, program, *options, f"--user-data-dir={profile}"],
            pass_fds=(its_input, its_output),
            start_new_session=True,
            stderr=subprocess.DEVNULL,
        )
        self._numbers, self._rest = count(1), b""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]

    def ask(self, method: str, session: str | None = None, **params: Any) -> Any:
        """The result of a command."""
        number = next(self._numbers)
        message = {"id": number, "method": method, "params": params, **({"sessionId": session} if session else {})}
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == number:
                if "error" in answer:
                    raise RuntimeError(answer["error"]["message"])
                return answer["result"]

    def _next(self) -> Any:
        while b"\0" not in self._rest:
            self._rest += os.read(self._in, 1 << 20)
        first, _, self._rest = self._rest.partition(b"\0")
        return json.loads(first)

    def print(self, page: Path) -> bytes:
        """The tagged PDF of a page."""
        self.ask("Page.enable", self._session)
        self.ask("Page.navigate", self._session, url=page.as_uri())
        while self._next().get("method") != "Page.loadEventFired":
            pass
        result = self.ask("Page.printToPDF", self._session, generateTaggedPDF=True, preferCSSPageSize=True)
        return bytes(result["data"], "ascii")

    def seconds(self) -> float:
        """The CPU seconds that all its processes have taken so far, those that have ended left out."""
        ticks = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == self.process.pid:  # its session
                ticks += int(fields[11]) + int(fields[12])
        return ticks / _TICKS

    def close(self) -> None:
        """End it."""
        os.killpg(self.process.pid, signal.SIGTERM)


def page_with_fonts(folder: Path, locale: str) -> Path:
    """The page with its fonts in it, for a browser."""
    page, fonts = (folder / f"{locale}.{ending}" for ending in ("html", "css"))
    path = folder / f"{locale}-fonts.html"
    sheet = f"<style>{fonts.read_text(encoding='utf-8')}</style>"
    path.write_text(page.read_text(encoding="utf-8").replace("</head>", f"{sheet}</head>"), encoding="utf-8")
    return path


# --- Word ---------------------------------------------------------------------------------------------------------


def docxtpl(folder: Path, handouts: dict[str, Handout]) -> Work:
    """docxtpl, with a template of its own making: headings, paragraphs, lists, rows and pictures in one loop."""
    import docx
    from docx.shared import Mm

    templates = import_module("docxtpl")

    path = folder / "docxtpl.docx"
    template = docx.Document()
    styles = {"title": "Title", "heading": "Heading 1", "box": "Heading 2", "bullet": "List Bullet"}
    styles |= {"step": "List Number", "strong": "Normal", "small": "Normal", "text": "Normal"}
    template.add_paragraph("{%p for kind, leaf in leaves %}")
    for kind, style in styles.items():
        template.add_paragraph(f"{{%p if kind == '{kind}' %}}")
        template.add_paragraph("{{r leaf }}", style)
        template.add_paragraph("{%p endif %}")
    template.add_paragraph("{%p if kind == 'picture' %}")
    template.add_paragraph("{{ leaf }}")
    template.add_paragraph("{%p endif %}")
    template.add_paragraph("{%p if kind == 'row' %}")
    row = template.add_table(1, 2).rows[0]
    row.cells[0].text, row.cells[1].text = "{{r leaf[0] }}", "{{r leaf[1] }}"
    template.add_paragraph("{%p endif %}")
    template.add_paragraph("{%p endfor %}")
    template.save(str(path))

    def rich(text: Text) -> Any:
        whole = templates.RichText()
        for run in text.runs:
            whole.add(run.text, bold=run.strong, superscript=run.raised)
        return whole

    def work(locale: str) -> bytes:
        document, found = templates.DocxTemplate(path), dict(pictures(handouts[locale]))
        filled: list[Leaf] = []
        for kind, leaf in leaves(handouts[locale]):
            if kind == "picture":
                if not is_drawing(found[leaf]):  # it takes no drawings
                    filled.append((kind, templates.InlineImage(document, BytesIO(found[leaf]), width=Mm(18))))
            else:
                filled.append((kind, [rich(cell) for cell in leaf] if kind == "row" else rich(leaf)))
        document.render({"leaves": filled})
        buffer = BytesIO()
        document.save(buffer)
        return buffer.getvalue()

    return work


def pandoc(folder: Path) -> Work:
    """pandoc as a command, from the HTML page, with our Word base for its styles."""
    program = shutil.which("pandoc")
    if not program:
        raise FileNotFoundError("pandoc")
    base = ROOT / "templates" / "patient" / "base.docx"

    def work(locale: str) -> None:
        command = (program, "--reference-doc", base, folder / f"{locale}.html", "-o", folder / "pandoc.docx")
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)

    return work


hide_system_fonts()
