"""A leaflet that tells people to call the service has a number on its paper, or is told where it says so."""

from pathlib import Path

import pytest

from leafletpress.compose.contacts import unreachable
from leafletpress.read.leaflets import parse_leaflet
from leafletpress.read.located.files import Files
from leafletpress.read.sites import read_site

LEAFLET = """\
code: CALL
title: Calls
subtitle: Who answers
version: "0.1"
written: 2026-11-22
next_review: 2028-11-22
sections:
  - id: help
    heading: Help
    blocks:
      - id: words
        paragraph: "TEXT"
      - id: card
        contact: How to reach us
"""
SITE = """\
region = "GB"
name = "A hospital"
service = "A clinic"
"""
CLINIC = '[[phones]]\nkind = "clinic"\nnumber = "020 7946 0958"\n'


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("If it gets worse, call us.", True),
        ("**Ring** **us** at once.", True),
        ("Phone the skin clinic on the same day.", True),
        ("Telephone your dermatology nurse.", True),
        ("Call your hospital.", True),
        ("Call this number.", True),
        ("Give us a ring.", True),
        ("This is what we call use of light.", False),
        ("Call 999.", False),  # the number is there
        ("Call your family doctor.", False),  # whose number no hospital knows
        ("Keep your phone in your pocket.", False),
    ],
)
def test_a_text_that_tells_people_to_call_the_service_needs_its_number(tmp_path: Path, text: str, tells: bool) -> None:
    (tmp_path / "sites").mkdir()
    files = Files(tmp_path)
    leaflet = parse_leaflet(files, "calls", LEAFLET.replace("TEXT", text).encode(), ["patient"])
    for name, phones in (("none", ""), ("some", CLINIC), ("emergency", CLINIC.replace("clinic", "emergency"))):
        number = phones.replace("020 7946 0958", "999") if name == "emergency" else phones
        (tmp_path / "sites" / f"{name}.toml").write_text(SITE + number, encoding="utf-8")
        gap = unreachable(leaflet.sections, leaflet, read_site(files, name, ["a4"]))
        assert (gap is not None) == (tells and name != "some")
        if gap:
            assert (gap.reason, gap.context, gap.origin.file) == ("unreachable", "help.words", f"sites/{name}.toml")
