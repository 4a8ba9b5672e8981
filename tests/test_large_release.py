"""A release of three hundred leaflets, of which five are faulty in five ways: all others are published, in one run."""

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from approvals import PEOPLE
from projects import replace
from test_leaflets_year import LEAFLET, SITE
from test_release import pages

from leafletpress.build.init import new_project
from leafletpress.build.library import Project, Wanted, read_library
from leafletpress.build.run import Order, build
from leafletpress.model.approval import Signature, Signoffs
from leafletpress.model.digests import signed_digest, signed_parts
from leafletpress.model.handout import Handout
from leafletpress.model.problems import ExitCode, LeafletError, Origin, Problem, weightiest
from leafletpress.read.signoffs import dump_signoffs, signoffs_file
from leafletpress.write import WRITERS
from leafletpress.write.template import Template

COUNT = 300
TODAY = date(2026, 2, 1)
LONG, BROKEN, UNSIGNED, UNPRINTABLE, EXPIRED = (f"skin-{number}" for number in (7, 77, 111, 222, 299))
WHY = {
    LONG: "9 sides, at most 6 are allowed",
    BROKEN: 'leaflets/skin-77.yaml:1:1: file lacks "title"',
    UNSIGNED: "not approved: en waits for author and clinician",
    UNPRINTABLE: "has no room",
    EXPIRED: "expired: its review was due on 2026-01-31",
}


def many(root: Path) -> Project:
    """The project, its leaflets in English for patients, all but one of them signed."""
    new_project(root, "clinic", ())
    (root / "sites" / "clinic.toml").write_text(SITE, encoding="utf-8")
    for number in range(COUNT):
        letters = "".join(chr(ord("A") + int(digit)) for digit in f"{number:03}")
        text = LEAFLET.replace("DRYS", f"S{letters}").replace("Dry skin", f"Dry skin {number}")
        (root / "leaflets" / f"skin-{number}.yaml").write_text(text, encoding="utf-8")
    replace(root / "leaflets" / f"{EXPIRED}.yaml", "next_review: 2027-01-05", "next_review: 2026-01-31")
    project = Project(root)
    for made in read_library(project, Wanted(), TODAY).compositions(Wanted()):
        if made.handout.condition != UNSIGNED:
            sign(project, made.handout)
    replace(root / "leaflets" / f"{BROKEN}.yaml", "title:", "titel:")
    return project


def sign(project: Project, handout: Handout) -> None:
    text = signed_digest(handout)
    people = (PEOPLE["author"], PEOPLE["clinician"])
    about = handout.locale, handout.audience
    rows = (Signature(one.role, *about, one.name, one.credential, TODAY, handout.version, text) for one in people)
    record = project.root / signoffs_file(handout.condition)
    record.parent.mkdir(exist_ok=True)
    signoffs = Signoffs(tuple(rows), (), {text: signed_parts(handout)})
    record.write_text(dump_signoffs(handout.condition, signoffs), encoding="utf-8")


def write(handout: Handout, _template: Template) -> bytes:
    """Stands for the PDF: this is about what is released, not about pages."""
    if handout.condition == UNPRINTABLE:
        raise LeafletError([Problem(Origin(f"{handout.condition}-patient-en.pdf"), WHY[UNPRINTABLE])])
    return pages(9 if handout.condition == LONG else 1)


def test_five_faulty_leaflets_are_withheld_with_their_reasons_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(WRITERS, "pdf", write)
    project, out = many(tmp_path / "project"), tmp_path / "out"
    order = Order(Wanted(formats=("html", "pdf")), out, "out", release=True, workers=1, today=TODAY)
    made = build(project, order)
    assert weightiest(made.exit_codes) == ExitCode.WITHHELD
    rows = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["documents"]
    states = {(row["condition"], row["state"]) for row in rows if row["audience"] == "patient"}
    assert Counter(state for _, state in states) == {"built": COUNT - 5, "withheld": 5}
    reasons = {(row["condition"], re.sub("^its PDF: ", "", row["reason"])) for row in rows if row["reason"]}
    assert reasons == set(WHY.items())
    there = {path.stem for path in out.rglob("*.html")}
    assert there == {f"skin-{number}-patient-en" for number in range(COUNT)} - {f"{name}-patient-en" for name in WHY}
    assert {path.stem for path in out.rglob("*.pdf")} == there
