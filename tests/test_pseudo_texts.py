"""The texts of the pseudo-languages keep what a translation must keep."""

import pytest
from projects import CONDITION, are_shipped, shipped_project

from leafletpress.build.library import Project, Wanted, read_library
from leafletpress.model.leaflet import messages
from leafletpress.model.locale import PSEUDO_LOCALES
from leafletpress.model.text.fidelity import Language, issues

# A pseudo-language has no terms; its texts end in a bracket, and in words that make them longer.
NOT_KEPT = ("glossary", "sentences", "stop")


@pytest.mark.parametrize("name", PSEUDO_LOCALES)
def test_each_text_keeps_what_a_translation_must_keep_and_is_longer(shared_project: Project, name: str) -> None:
    for project in (shared_project, *([shipped_project()] if are_shipped() else [])):
        library = read_library(project, Wanted(locales=(name,)))
        (leaflet,) = library.leaflets.values()
        for message in [*messages(leaflet), *library.furniture.values()]:
            found = library.locales[name].translate("x", message.context, message.text).text
            assert found
            faults = issues(message.text, found, Language())
            assert [issue for issue in faults if issue.rule not in NOT_KEPT] == []
            assert (found[0], found[-1]) == ("‹", "›")
            assert len(found) >= 1.2 * len(message.text)


def test_markup_is_kept_piece_by_piece(shared_project: Project) -> None:
    library = read_library(shared_project, Wanted(locales=("en_XA",), conditions=(CONDITION,)))
    shown = library.locales["en_XA"].translate("x", "y", r"A **b {c_d} e**, a \* and [f](@g).[@h]").text
    assert shown == r"‹Á **ƀ {c_d} éé**, áá \* ááñđ [ƒ](@g).[@h] óóñéé›"
