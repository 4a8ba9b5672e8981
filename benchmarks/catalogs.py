"""Catalogs of 5,000 entries, beside Babel and GNU gettext: .venv/bin/python benchmarks/catalogs.py.

Each figure is the best of three, in one run on one machine; what counts is the ratio to the peer.
"""
# ruff: noqa: INP001 - a script, not a package

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from time import perf_counter

from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # so that the script runs from any folder

from leafletpress.model.leaflet import Message  # noqa: E402
from leafletpress.model.problems import Origin  # noqa: E402
from leafletpress.model.text.markup import parse  # noqa: E402
from leafletpress.model.walk import Place  # noqa: E402
from leafletpress.read.languages.catalogs import read_catalog  # noqa: E402
from leafletpress.read.languages.locale import read_locale  # noqa: E402
from leafletpress.read.located.files import Files  # noqa: E402
from leafletpress.translate.dump import dump_catalog  # noqa: E402
from leafletpress.translate.findings import check_catalogs  # noqa: E402
from leafletpress.translate.update import Domain, update  # noqa: E402

ENTRIES = 5_000  # twenty times a leaflet; a catalog of more than 2 MB is refused
NOW = datetime(2026, 1, 1, tzinfo=UTC)
NAME = "big"


def domain(reworded: str) -> Domain:
    """So many texts, one of twenty of them said with another word."""
    messages = []
    for number in range(ENTRIES):
        word = reworded if number % 20 == 0 else "clean"
        text = f"Do **not** touch lump {number}. Keep it {word} and dry, and call us if it hurts or leaks."
        place = Place(f"section_{number // 20}.block_{number}", "paragraph", None, None)
        messages.append(Message(text, Origin("leaflets/big.yaml", number + 1, 1), place))
    return Domain(NAME, "1.0", tuple(messages), {})


def best(work: Callable[[], object]) -> float:
    """Seconds of the fastest of three runs."""
    times = []
    for _ in range(3):
        parse.cache_clear()
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return min(times)


def main() -> None:
    """Measure and print the table."""
    folder = Path(tempfile.mkdtemp())
    for name in ("en", "es"):
        (folder / "locales" / name).mkdir(parents=True)
        shutil.copy(ROOT / "locales" / name / "locale.toml", folder / "locales" / name)
    english, _ = read_locale(Files(folder), "en", (), None)
    update(Files(folder), [domain("clean")], [read_locale(Files(folder), "es", (), english)[0]], NOW)
    path = folder / "locales" / "es" / "LC_MESSAGES" / f"{NAME}.po"
    text = path.read_text(encoding="utf-8")
    for number in range(ENTRIES):
        text = text.replace('msgstr ""\n\n', f'msgstr "**No** toque el bulto {number}. Llámenos si le duele."\n\n', 1)
    path.write_text(text, encoding="utf-8")
    changed = domain("fresh")
    locale, _ = read_locale(Files(folder), "es", (NAME,), english)

    def ours() -> None:
        path.write_text(text, encoding="utf-8")
        _, broken = update(Files(folder), [changed], [locale], NOW)
        assert not broken

    def babels() -> None:
        with path.open("rb") as old, (folder / "locales" / "pot" / f"{NAME}.pot").open("rb") as pot:
            catalog, template = read_po(old), read_po(pot)
        catalog.update(template, no_fuzzy_matching=True)
        write_po(BytesIO(), catalog, width=0, include_previous=True)

    def gettexts() -> None:
        pot = folder / "locales" / "pot" / f"{NAME}.pot"
        subprocess.run(["msgmerge", "-q", "-N", "-o", "/dev/null", path, pot], check=True)

    def checks() -> None:
        list(check_catalogs([changed], [read_locale(Files(folder), "es", (NAME,), english)[0]]))

    def msgfmts() -> None:
        subprocess.run(["msgfmt", "-c", "-o", "/dev/null", path], check=True)

    rows = [("update", "ours, extraction included", best(ours)), ("update", "Babel", best(babels))]
    rows += [("update", "msgmerge", best(gettexts))] if shutil.which("msgmerge") else []
    rows += [
        ("read and write", "ours", best(lambda: dump_catalog(read_catalog(Files(path.parent), path.name)))),
        ("read and write", "Babel", best(lambda: write_po(BytesIO(), read_po(path.open("rb")), width=0))),
        ("check", "ours", best(checks)),
    ]
    rows += [("check", "msgfmt -c", best(msgfmts))] if shutil.which("msgfmt") else []
    print(f"{ENTRIES:,} entries, one of twenty reworded; best of three.\n")
    print("| work | done by | seconds | ours is 1 |")
    print("|---|---|---|---|")
    first = {work: seconds for work, _, seconds in reversed(rows)}
    for work, who, seconds in rows:
        print(f"| {work} | {who} | {seconds:.2f} | {seconds / first[work]:.2f} |")
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
