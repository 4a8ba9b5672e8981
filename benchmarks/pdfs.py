"""What the PDFs of a build are worth, as a table: .venv/bin/python benchmarks/pdfs.py [OUTPUT].

Profiles are those that veraPDF passes; words are read back by pdfium and by poppler. Needs what `.ci/run` brings.
"""
# ruff: noqa: INP001 - a script, not a package

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]  # so that the script runs from any folder

from readback import pages, pdfium_text, recall  # noqa: E402
from validators import pdftotext, verapdf  # noqa: E402

from leafletpress.build.library import Project, Wanted, read_library  # noqa: E402
from leafletpress.model.handout import texts  # noqa: E402

PROFILES = {"2a": "PDF/A-2a", "ua1": "PDF/UA-1"}


def main(output: Path) -> None:
    """Print a row for each handout that the folder holds in A4."""
    library = read_library(Project(ROOT), Wanted())
    made = {}
    for composition in library.compositions(Wanted()):
        handout = composition.handout
        name = f"{handout.condition}-{handout.audience}-{handout.locale}.pdf"
        path = output / handout.condition / handout.locale / name
        if path.is_file():
            made[path] = handout
    passed = {profile: verapdf(made, profile) for profile in PROFILES}
    print("| language | for | profiles passed | words read back: pdfium, poppler | sides | bytes |")
    print("|---|---|---|---|---|---|")
    for path, handout in made.items():
        wanted = " ".join(map(str, texts(handout)))
        shares = (recall(wanted, pdfium_text(path.read_bytes())), recall(wanted, pdftotext(path)))
        profiles = ", ".join(shown for profile, shown in PROFILES.items() if not passed[profile][path])
        words = ", ".join(f"{100 * share:.1f}" for share in shares)
        name = library.locales[handout.locale].english_name
        row = (name, f"{handout.audience}s", profiles, words, pages(path), f"{path.stat().st_size:,}")
        print("|", " | ".join(map(str, row)), "|")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "output")
