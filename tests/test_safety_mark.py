"""What an author marks as safety counts as safety text, wherever it stands; unmarked text of that kind does not."""

import pytest
from projects import VALID

from leafletpress.model.leaflet import Leaflet, bears_safety, messages
from leafletpress.read.leaflets import parse_leaflet
from leafletpress.read.located.files import Files

AUDIENCES = ("patient", "clinician")
SECTION = """
  - id: marked
    heading: What you can do
    {section}
    blocks:
      - id: wash
        {block}
        steps:
          - Wash the sore.
          - Cover it.
      - id: other
        paragraph: It stayed for {{weeks}}.
"""


def leaflet(*, section: str = "note: none", block: str = "note: none", fact: str = "kind: duration") -> Leaflet:
    text = (VALID / "every-block.yaml").read_text(encoding="utf-8")
    text += SECTION.format(section=section, block=block)
    text = text.replace("facts:\n", f"facts:\n  weeks: {{{fact}, value: 2, unit: week}}\n", 1)
    return parse_leaflet(Files(VALID.parent), "every-block", text.encode(), AUDIENCES)


def safe(found: Leaflet) -> list[str]:
    return [message.text for message in messages(found) if message.context.startswith("marked.") and
            bears_safety(message, found.facts)]  # fmt: skip


def test_without_a_mark_steps_are_no_safety_text() -> None:
    assert safe(leaflet()) == []


def test_a_block_a_section_and_a_fact_may_be_marked() -> None:
    assert safe(leaflet(block="safety: true")) == ["Wash the sore.", "Cover it."]
    every = ["What you can do", "Wash the sore.", "Cover it.", "It stayed for {weeks}."]
    assert safe(leaflet(section="safety: true")) == every
    assert safe(leaflet(fact="kind: duration, safety: true")) == ["It stayed for {weeks}."]


@pytest.mark.parametrize("mark", ["safety: false", "note: x"])
def test_what_is_marked_as_none_is_none(mark: str) -> None:
    assert safe(leaflet(block=mark, section=mark)) == []
