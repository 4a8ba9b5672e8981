"""The outside validators that the tests consult: each says what it found wrong, file by file, [] where all is well.

A validator that this machine lacks skips the test; with LEAFLETPRESS_REQUIRE_VALIDATORS set, as in CI, it fails it.
"""

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from lxml import etree

ROOT = Path(__file__).resolve().parent.parent
VERAPDF_JARS = ROOT / ".tools" / "verapdf"
JARS = ROOT / ".tools" / "java"
HAPI_JARS = ROOT / ".tools" / "fhir"
PDFJS = ROOT / "node_modules" / "pdfjs-dist"
DOCX_PREVIEW = [
    ROOT / "node_modules" / f"{name}.min.js" for name in ("jszip/dist/jszip", "docx-preview/dist/docx-preview")
]
OOXML_SDK = ROOT / "node_modules" / "@xarsh" / "ooxml-validator-linux-x64" / "ooxml-validator"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
_VNU = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
_POFILTER = Path(sys.executable).with_name("pofilter")
_OUTLOUD = Path(sys.executable).with_name("outloud")
_JACTIONLINT = Path(sys.executable).with_name("jactionlint")
_SHELLCHECK = Path(sys.executable).with_name("shellcheck")
SYSTEM_PYTHON = Path("/usr/bin/python3")  # Debian's own, which sees Debian's libraries
_POPPLER_GLIB = "import gi; gi.require_version('Poppler', '0.18')"
TIMEOUT = 600  # seconds; far more than any of these takes

# What tesseract reads; .ci/run brings these, named as in Debian's packages: chi-sim for chi_sim.
OCR_LANGUAGES = set(
    "ara ben chi_sim deu eng fra hin pol spa tam tha tur ukr urd vie".split()  # noqa: SIM905 - shorter
)

Findings = dict[Path, list[str]]


@dataclass(frozen=True, slots=True)
class Word:
    """A word on a page, its box in points from the top left corner of the page; pages count from 1."""

    page: int
    text: str
    left: float
    top: float
    right: float
    bottom: float


def _on_path(name: str) -> Callable[[], bool]:
    return lambda: shutil.which(name) is not None


_TOOLS: dict[str, Callable[[], bool]] = {
    "verapdf": lambda: shutil.which("java") is not None and (VERAPDF_JARS / "pom.xml").is_file(),
    "ooxml_sdk": OOXML_SDK.is_file,
    "openxml_audit": lambda: importlib.util.find_spec("openxml_audit") is not None,
    "vnu": lambda: shutil.which("java") is not None and _VNU.is_file(),
    "axe": AXE.is_file,
    "playwright": lambda: importlib.util.find_spec("playwright") is not None,
    "mammoth": lambda: importlib.util.find_spec("mammoth") is not None,
    "pandoc": _on_path("pandoc"),
    "msgfmt": _on_path("msgfmt"),
    "pofilter": lambda: _POFILTER.is_file(),
    "soffice": _on_path("soffice"),
    "pdftotext": _on_path("pdftotext"),
    "pdftoppm": _on_path("pdftoppm"),
    "mupdf": lambda: importlib.util.find_spec("pymupdf") is not None,
    "pdfjs": (PDFJS / "build" / "pdf.mjs").is_file,
    "docx_preview": lambda: all(script.is_file() for script in DOCX_PREVIEW),
    "poppler_glib": lambda: SYSTEM_PYTHON.is_file() and _run(SYSTEM_PYTHON, "-c", _POPPLER_GLIB).returncode == 0,
    "ghostscript": _on_path("gs"),
    "jars": lambda: shutil.which("javac") is not None and (JARS / "pom.xml").is_file(),
    "hapi": lambda: shutil.which("javac") is not None and (HAPI_JARS / "pom.xml").is_file(),
    "outloud": _OUTLOUD.is_file,
    "jactionlint": _JACTIONLINT.is_file,
    "shellcheck": _SHELLCHECK.is_file,
    "chromium": _on_path("chromium"),
    "zbar": _on_path("zbarimg"),
    "tesseract": lambda: _ocr_languages() >= OCR_LANGUAGES,
}


def require(tool: str) -> None:
    """Skips the running test where the tool is missing, or fails it where no validator may be missing."""
    if _TOOLS[tool]():
        return
    reason = f"{tool} is not on this machine (.ci/run brings it)"
    if os.environ.get("LEAFLETPRESS_REQUIRE_VALIDATORS"):
        pytest.fail(reason)
    pytest.skip(reason)


def _run(*command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        env={**os.environ, "LC_ALL": "C.UTF-8", **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=TIMEOUT,
        check=False,
    )


# What a PDF for print, archive and every reader says that it is: profiles of veraPDF, and how its reports name them.
CLAIMS = {"2a": "PDF/A-2A", "ua1": "PDF/UA-1"}


def verapdf(paths: Iterable[Path], flavour: str) -> Findings:
    """Checks PDF files against a profile of veraPDF ("ua1", "2a", …), all in one start of Java.

    A finding names the failed rule by its clause and test number, says what it asks, and what the first fault was.
    """
    return {path: _verapdf_findings(job) for path, job in _verapdf_jobs(paths, flavour).items()}


def verapdf_claims(paths: Iterable[Path]) -> dict[str, Findings]:
    """Checks PDF files against both profiles that they are to claim, by profile, in one pass: half again as fast.

    A file that does not claim one of them has that as its finding.
    """
    found: dict[str, Findings] = {claim: {} for claim in CLAIMS}
    for path, job in _verapdf_jobs(paths, "0").items():
        results = {result["profileName"].split()[0]: result for result in job.get("validationResult") or ()}
        for claim, name in CLAIMS.items():
            if results and name not in results:
                found[claim][path] = [f"does not claim to be {name}"]
            else:
                found[claim][path] = _verapdf_findings({**job, "validationResult": results and [results[name]]})
    return found


def _verapdf_jobs(paths: Iterable[Path], flavour: str) -> dict[Path, Any]:
    """What veraPDF reports of each file; an empty report where it says nothing of one."""
    require("verapdf")
    jobs: dict[Path, Any] = {path.resolve(): {} for path in paths}
    done = _run(
        # One thread collects garbage, and little is compiled: for a minute or less it is the faster way.
        "java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
        "-cp", f"{VERAPDF_JARS}/*", "org.verapdf.apps.GreenfieldCliWrapper",
        "--format", "json", "--flavour", flavour, "--nonpdfext", "--maxfailuresdisplayed", "1", *jobs,
    )  # fmt: skip
    if not done.stdout.lstrip().startswith("{"):
        raise RuntimeError(f"veraPDF gave no report:\n{done.stdout}{done.stderr}")
    for job in json.loads(done.stdout)["report"]["jobs"]:
        jobs[Path(job["itemDetails"]["name"]).resolve()] = job
    return jobs


def _verapdf_findings(job: dict[str, Any]) -> list[str]:
    results = job.get("validationResult")
    if not isinstance(results, list) or not results:
        return [f"not a readable PDF: {job.get('taskException', 'not checked by veraPDF')}"]
    rules = [rule for result in results for rule in result["details"]["ruleSummaries"]]
    findings = [
        f"{rule['specification']} {rule['clause']}-{rule['testNumber']}: {rule['description']}"
        f" ({rule['failedChecks']}x, first: {rule['checks'][0]['errorMessage'] if rule['checks'] else '?'})"
        for rule in rules
    ]
    if not findings and not all(result["compliant"] for result in results):
        findings.append("not compliant, no rule named")
    return findings


# Rules of outloud that are not for these PDFs.
OUTLOUD_SKIPPED = {
    "TXT-003": "glyphs of joined letters that say nothing: what they say together stands behind them (ActualText)",
    "TXT-004": "several glyphs that say one letter: an Arabic letter has a form for each place in a word",
    "ORD-001": "bullets are painted after the lines of the page; the structure has them in their place",
    "TBL-010": "a small table whose rows have heads like its columns: more heads than other cells",
    "FIG-012": "a text that stands for a picture, in a language that it does not know",
    "HDG-010": "a heading that is no reference number: “立即拨打999”, call 999 now",
}
_RUNNING_HEAD = 785  # points from the foot of an A4 page: above, only what repeats on each page, marked as an artifact


def outloud(paths: Iterable[Path]) -> Findings:
    """Checks tagged PDFs with outloud: PDF/UA-1, and whether a screen reader would make sense of them."""
    require("outloud")
    found: Findings = {path.resolve(): [] for path in paths}
    done = _run(_OUTLOUD, "--quiet", "--json", "-", "--skip", ",".join(OUTLOUD_SKIPPED), *found)
    if not done.stdout.startswith("{"):
        raise RuntimeError(f"outloud gave no report:\n{done.stdout}{done.stderr}")
    for result in json.loads(done.stdout)["results"]:
        told = found[Path(result["path"]).resolve()]
        told += [result["error"]] if result["error"] else []
        for one in result["findings"]:
            in_head = all(box["y0"] > _RUNNING_HEAD for box in one.get("boxes", ()))
            if not (one["rule"] == "TAG-002" and in_head):  # prose among the artifacts
                told.append(f"{one['rule']}, page {one.get('page')}: {one['message']} ({one.get('evidence')})")
    return found


def ooxml_sdk(paths: Iterable[Path]) -> Findings:
    """Checks DOCX files with the Open XML SDK, as the current Word would; about a second each."""
    require("ooxml_sdk")
    found: Findings = {}
    for path in paths:
        # Invariant: without it .NET wants the ICU library.
        done = _run(OOXML_SDK, path, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT="1")
        if not done.stdout.strip():
            raise RuntimeError(f"the Open XML SDK gave no report:\n{done.stderr}")
        report = json.loads(done.stdout)
        found[path] = [f"{e['path']} {e['xPath']}: {e['description']}" for e in report["errors"]]
        if not report["ok"] and not found[path]:
            found[path].append("not valid, no error named")
    return found


def openxml_audit(paths: Iterable[Path]) -> Findings:
    """Checks DOCX files with openxml-audit: faster than the SDK, and sees other faults."""
    require("openxml_audit")
    from openxml_audit import OpenXmlValidator

    validator = OpenXmlValidator()
    return {path: [str(error) for error in validator.validate(str(path)).errors] for path in paths}


def vnu(paths: Iterable[Path]) -> Findings:
    """Checks HTML pages and their style sheets with the Nu Html Checker, all in one start of Java."""
    require("vnu")
    found: Findings = {path.resolve(): [] for path in paths}
    done = _run("java", "-jar", _VNU, "--format", "json", "--exit-zero-always", *found)
    if not done.stderr.startswith("{"):
        raise RuntimeError(f"the Nu Html Checker gave no report:\n{done.stderr}")
    for message in json.loads(done.stderr)["messages"]:
        path = Path(unquote(urlsplit(message["url"]).path))
        found[path].append(f"{message.get('lastLine')}: {message['message']} ({message['type']})")
    return found


# What HAPI's validator says without need, by a pattern of its words.
HAPI_SKIPPED = {
    "ValueSet/languages": "the languages that FHIR lists are a few of those of BCP 47, which it recommends",
    "CodeSystem is unknown and can't be validated: (urn:ietf:bcp:47|http://hl7.org/fhir/sid/icd-10) ": (
        "these codes need a terminology server"
    ),
    "dom-6: ": "recommends a text beside what is coded; here the document itself is the text",
}


def hapi(paths: Iterable[Path]) -> Findings:
    """Checks FHIR R4 resources (JSON) with HAPI's validator, all in one start of Java; it asks no server for codes."""
    require("hapi")
    found: Findings = {path.resolve(): [] for path in paths}
    done = _run(
        "java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dslf4j.internal.verbosity=ERROR",
        "-cp", f"{HAPI_JARS}/*", ROOT / "tests" / "fhir" / "Validate.java", *found,
    )  # fmt: skip
    if done.returncode or done.stdout.count("\tchecked\n") != len(found):
        raise RuntimeError(f"HAPI's validator gave no report:\n{done.stdout}{done.stderr}")
    for line in done.stdout.splitlines():
        path, _, finding = line.partition("\t")
        if finding != "checked" and not any(re.search(skipped, finding) for skipped in HAPI_SKIPPED):
            found[Path(path)].append(finding)
    return found


def msgfmt(paths: Iterable[Path]) -> Findings:
    """Checks gettext catalogs with `msgfmt --check`; a template (.pot) may leave its header unfilled."""
    require("msgfmt")
    found: Findings = {}
    for path in paths:
        checks = ["--check-format", "--check-domain"] if path.suffix == ".pot" else ["--check"]
        done = _run("msgfmt", *checks, "--output-file", os.devnull, path)
        # A warning counts too, and leaves the exit status at 0.
        found[path] = done.stderr.strip().splitlines()
        if done.returncode and not found[path]:
            found[path].append(f"msgfmt exited with {done.returncode}")
    return found


# The tests of pofilter that a leaflet can pass. Left out: those that take Latin punctuation, capitals or acronyms for
# the rule in every script (endpunc, puncspacing, startpunc, brackets, sentencecount, simplecaps, startcaps, acronyms),
# "unchanged" (names stay), "numbers" (a citation's year counts as one) "doublewords" (Hindi and Urdu double words
# rightly; our own check knows which) and "doublequoting" (it wants the marks of English in German and Spanish).
POFILTER = (
    "blank", "doublespacing", "emails", "endwhitespace", "escapes", "filepaths",
    "functions", "long", "newlines", "nplurals", "options", "printf", "purepunc", "pythonbraceformat", "short",
    "singlequoting", "startwhitespace", "tabs", "untranslated", "urls", "validchars", "variables", "xmltags",
)  # fmt: skip


def pofilter(paths: Iterable[Path], language: str, tests: tuple[str, ...] = POFILTER) -> Findings:
    """Checks gettext catalogs with translate-toolkit's pofilter: contexts of entries that fail, and the tests.

    Without names in `tests`, with all that it has.
    """
    require("pofilter")
    found: Findings = {}
    for path in paths:
        chosen = [f"--test={name}" for name in tests]
        done = _run(_POFILTER, "--progress=none", f"--language={language}", *chosen, path)
        if done.returncode:
            raise RuntimeError(f"pofilter could not check {path}:\n{done.stderr}")
        failed = re.findall(r'^# \(pofilter\) (.*)$|^msgctxt "(.*)"$', done.stdout, re.MULTILINE)
        found[path] = [context or test for test, context in failed]
    return found


def jactionlint(workflows: Iterable[Path]) -> Findings:
    """Checks workflows of GitHub Actions, their shell lines with shellcheck; asks nothing of the network."""
    require("jactionlint")
    require("shellcheck")
    found: Findings = {path: [] for path in workflows}
    done = _run(_JACTIONLINT, "--format=json", f"--shellcheck={_SHELLCHECK}", *found)
    if not done.stdout.startswith("["):
        raise RuntimeError(f"jactionlint gave no report:\n{done.stdout}{done.stderr}")
    for one in json.loads(done.stdout):
        path = next(path for path in found if path.name == Path(one["filepath"]).name)
        found[path].append(f"{one['line']}: {one['message']} [{one['id']}]")
    return found


def shellcheck(scripts: Iterable[Path]) -> Findings:
    """Checks shell scripts with shellcheck."""
    require("shellcheck")
    found: Findings = {path: [] for path in scripts}
    done = _run(_SHELLCHECK, "--norc", "--format=json", *found)
    if not done.stdout.startswith("["):
        raise RuntimeError(f"shellcheck gave no report:\n{done.stdout}{done.stderr}")
    for one in json.loads(done.stdout):
        found[Path(one["file"])].append(f"{one['line']}: {one['message']} [SC{one['code']}]")
    return found


def gettext_tool(name: str, *arguments: str | Path) -> None:
    """Runs a program of GNU gettext, such as msgcat, with which editors write catalogs."""
    require("msgfmt")
    done = _run(name, *arguments)
    if done.returncode:
        raise RuntimeError(f"{name} failed:\n{done.stderr}")


def soffice_pdf(paths: Iterable[Path], out_dir: Path, families: str = "*") -> dict[Path, Path]:
    """Prints DOCX files to PDF with LibreOffice, which sees the pinned fonts and no others; returns the PDF of each.

    `families` is a pattern for the folders of the fonts to be seen ("noto-sans-khmer"); there must be one at least.
    """
    return _converted(paths, out_dir, "pdf:writer_pdf_Export", families)


def soffice_odt(paths: Iterable[Path], out_dir: Path) -> dict[Path, Path]:
    """What LibreOffice understands of DOCX files, as OpenDocument texts."""
    return _converted(paths, out_dir, "odt")


def soffice_docx(paths: Iterable[Path], out_dir: Path) -> dict[Path, Path]:
    """Texts of one kind that LibreOffice reads, web pages among them, as it saves them as DOCX."""
    wanted = list(paths)
    reader = ("--infilter=HTML (StarWriter)",) if wanted[0].suffix == ".html" else ()  # else it is no text, but a page
    return _converted(wanted, out_dir, "docx:MS Word 2007 XML", options=reader)


def _converted(
    paths: Iterable[Path], out_dir: Path, kind: str, families: str = "*", options: tuple[str, ...] = ()
) -> dict[Path, Path]:
    """Has one process of LibreOffice, in a profile of its own, convert files; their names must differ."""
    require("soffice")
    wanted = list(paths)
    made = {path: out_dir / f"{path.stem}.{kind.partition(':')[0]}" for path in wanted}
    assert len(set(made.values())) == len(wanted)
    fonts = _pinned_fonts(out_dir, families)
    profile = out_dir / ".profile"
    done = _run(
        "soffice", f"-env:UserInstallation={profile.resolve().as_uri()}", "--headless", "--norestore",
        *options, "--convert-to", kind, "--outdir", out_dir, *wanted, FONTCONFIG_FILE=str(fonts),
    )  # fmt: skip
    shutil.rmtree(profile, ignore_errors=True)
    for path, file in made.items():
        if not file.is_file():
            raise RuntimeError(f"LibreOffice could not convert {path}:\n{done.stdout}{done.stderr}")
    return made


def mammoth_html(path: Path) -> str:
    """What mammoth makes of a DOCX file: an HTML fragment."""
    require("mammoth")
    import mammoth

    with path.open("rb") as file:
        return str(mammoth.convert_to_html(file).value)


def pandoc_html(path: Path) -> str:
    """What pandoc makes of a DOCX file: an HTML fragment."""
    require("pandoc")
    done = _run("pandoc", "--from", "docx", "--to", "html", "--wrap", "none", path)
    if done.returncode:
        raise RuntimeError(f"pandoc could not read {path}:\n{done.stderr}")
    return done.stdout


def _pinned_fonts(folder: Path, families: str = "*") -> Path:
    """A configuration of fontconfig, put into a folder, that sees these pinned fonts and no others."""
    fonts = folder / "fonts.conf"
    pinned = (ROOT / "node_modules" / "@expo-google-fonts").glob(f"{families}/*/")
    folders = "".join(f"<dir>{one}</dir>" for one in pinned)
    fonts.write_text(f"<fontconfig>{folders}<cachedir>{folder / 'cache'}</cachedir></fontconfig>", encoding="utf-8")
    return fonts


def chromium(page: Path) -> str:
    """What Chromium makes of an HTML page, in the pinned fonts: its document, after the page's own scripts."""
    require("chromium")
    profile = page.with_suffix(".profile")
    done = _run(
        "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--window-size=1200,2000",
        f"--user-data-dir={profile}", "--dump-dom", page.as_uri(),
        FONTCONFIG_FILE=str(_pinned_fonts(page.parent)),
    )  # fmt: skip
    shutil.rmtree(profile, ignore_errors=True)
    if done.returncode or not done.stdout:
        raise RuntimeError(f"Chromium could not open {page}:\n{done.stderr}")
    return done.stdout


def _ocr_languages() -> set[str]:
    """The languages that tesseract reads on this machine; none where it is missing."""
    if shutil.which("tesseract") is None:
        return set()
    return set(_run("tesseract", "--list-langs").stdout.split("\n")[1:])


def tesseract(pictures: Iterable[Path], language: str) -> str:
    """Reads the words of printed pages from their pictures, `language` as tesseract names it."""
    require("tesseract")
    found = ""
    for picture in pictures:
        done = _run("tesseract", picture, "-", "-l", language, OMP_THREAD_LIMIT="1")
        if done.returncode:
            raise RuntimeError(f"tesseract could not read {picture}:\n{done.stderr}")
        found += done.stdout
    return found


def zbar(pictures: Iterable[Path]) -> list[str]:
    """What the QR codes of pictures hold."""
    require("zbar")
    found = []
    for picture in pictures:
        done = _run("zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", picture)
        if done.returncode not in (0, _NO_CODE):
            raise RuntimeError(f"zbar could not read {picture}:\n{done.stderr}")
        found += done.stdout.splitlines()
    return found


_NO_CODE = 4  # how zbarimg exits


def pdftotext(path: Path) -> str:
    """Reads the words of a PDF with poppler."""
    require("pdftotext")
    done = _run("pdftotext", "-enc", "UTF-8", path, "-")
    if done.returncode:
        raise RuntimeError(f"pdftotext could not read {path}:\n{done.stderr}")
    return done.stdout


def pdftotext_bbox(path: Path) -> list[Word]:
    """Reads the words of a PDF with their places, in the order in which poppler reads them."""
    require("pdftotext")
    done = _run("pdftotext", "-bbox", "-enc", "UTF-8", path, "-")
    if done.returncode:
        raise RuntimeError(f"pdftotext could not read {path}:\n{done.stderr}")
    xhtml = _CONTROLS.sub("", done.stdout).encode()
    pages = etree.fromstring(xhtml).iterfind(".//{*}page")
    return [
        Word(
            number,
            word.text or "",
            *(float(word.attrib[side]) for side in ("xMin", "yMin", "xMax", "yMax")),
        )
        for number, page in enumerate(pages, start=1)
        for word in page.iterfind("{*}word")
    ]


# Poppler copies what the PDF says, whether XML allows it or not.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
