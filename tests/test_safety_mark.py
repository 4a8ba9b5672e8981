"""Safety texts are what an author marks, steps, and what tells when to act or of pain or medicines; no other is one."""

import json

import pytest
from projects import VALID

from leafletpress.model.leaflet import Leaflet, bears_safety, messages
from leafletpress.read.leaflets import parse_leaflet
from leafletpress.read.located.files import Files

AUDIENCES = ("patient", "clinician")
SECTION = """
  - id: marked
    heading: "{heading}"
    {section}
    blocks:
      - id: wash
        {block}
        {kind}: {content}
      - id: other
        paragraph: It stayed for {{weeks}}.
"""


def leaflet(
    *,
    section: str = "note: none",
    block: str = "note: none",
    fact: str = "kind: duration",
    heading: str = "What you can do",
    kind: str = "bullets",
    text: str = "",
) -> Leaflet:
    """A leaflet with a marked section; `text` is the only text of its first block, else it has two."""
    content = json.dumps(text) if text else json.dumps(["Wash the sore.", "Cover it."])
    added = SECTION.format(section=section, block=block, heading=heading, kind=kind, content=content)
    text = (VALID / "every-block.yaml").read_text(encoding="utf-8") + added
    text = text.replace("facts:\n", f"facts:\n  weeks: {{{fact}, value: 2, unit: week}}\n", 1)
    return parse_leaflet(Files(VALID.parent), "every-block", text.encode(), AUDIENCES)


def safe(found: Leaflet) -> list[str]:
    return [message.text for message in messages(found) if message.context.startswith("marked.") and
            bears_safety(message, found.facts)]  # fmt: skip


def test_without_a_mark_other_words_are_no_safety_text() -> None:
    assert safe(leaflet()) == []


def test_steps_are_safety_texts_whatever_they_say() -> None:
    assert safe(leaflet(kind="steps")) == ["Wash the sore.", "Cover it."]


@pytest.mark.parametrize(
    "text",
    [
        "Call us.",
        "Whom do I phone?",
        "See a doctor the **same day**.",
        "Go to hospital today.",
        "It is URGENT.",
        "In an emergency, come at once.",
        "Ask before you buy it.",
        "Rest unless it is better.",
        "Stay in bed until it is gone.",
        "Come straight away.",
        "This bone medicine helps.",
        "Take a painkiller.",
        "Painful lumps.",
        "Is there pain?",
    ],
)
@pytest.mark.parametrize("kind", ["paragraph", "contact"])
def test_what_tells_when_to_act_or_of_pain_or_medicines_is_a_safety_text(text: str, kind: str) -> None:
    assert safe(leaflet(kind=kind, text=text)) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "The so-called lumps.",  # words that hold another
        "Beforehand, nothing shows.",
        "The campaign goes on.",
        "Lumps grow in the skin.",
    ],
)
def test_what_only_looks_so_is_no_safety_text(text: str) -> None:
    assert safe(leaflet(kind="paragraph", text=text)) == []


def test_headings_that_name_it_tell_nothing() -> None:
    assert safe(leaflet(heading="Pain and medicines: before you call")) == []


def test_a_block_a_section_and_a_fact_may_be_marked() -> None:
    assert safe(leaflet(block="safety: true")) == ["Wash the sore.", "Cover it."]
    every = ["What you can do", "Wash the sore.", "Cover it.", "It stayed for {weeks}."]
    assert safe(leaflet(section="safety: true")) == every
    assert safe(leaflet(fact="kind: duration, safety: true")) == ["It stayed for {weeks}."]


@pytest.mark.parametrize("mark", ["safety: false", "note: x"])
def test_what_is_marked_as_none_is_none(mark: str) -> None:
    assert safe(leaflet(block=mark, section=mark)) == []
