"""Faults as a translator makes them in texts of a leaflet are told, but for those that are known to go unseen."""

import pytest
from known_languages import language
from leaflet_faults import LeafletFault, leaflet_faults

from leafletpress.model.text.fidelity import issues
from leafletpress.model.text.issue import Issue
from leafletpress.model.text.orthography.alphabet import in_parts

FAULTS = leaflet_faults()
_MOST_UNSEEN = 0.1


def told(fault: LeafletFault, text: str) -> list[Issue]:
    """What is told of a translation, but for the glossary, which some texts were not written for."""
    found = [*issues(fault.english, text, language(fault.locale), safety=True), *in_parts(text)]
    return [issue for issue in found if issue.rule != "glossary"]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.kind}-{fault.locale}-{fault.new}")
def test_a_fault_is_told_and_the_good_translation_is_not(fault: LeafletFault) -> None:
    known = language(fault.locale)
    assert told(fault, fault.good) == []
    before, after = (
        [(issue.rule, issue.text) for issue in issues(fault.english, text, known, safety=True)]
        for text in (fault.good, fault.bad)
    )
    assert (after == before and not [*in_parts(fault.bad)]) is fault.unseen


def test_of_the_faults_one_in_ten_goes_unseen_at_most() -> None:
    for when in ("before", "after"):
        own = [fault for fault in FAULTS if fault.written == when]
        assert 0 < sum(fault.unseen for fault in own) <= _MOST_UNSEEN * len(own)


def test_the_faults_are_in_all_languages() -> None:
    assert len({fault.locale for fault in FAULTS}) == 15
