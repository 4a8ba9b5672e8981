"""The settings of a Word document: what is put there gets its place in the order of the schema (CT_Settings)."""

from typing import Any

from docx.oxml.ns import qn

# The first of them, up to the last that is put there.
_ORDER = (
    "writeProtection", "view", "zoom", "removePersonalInformation", "removeDateAndTime", "doNotDisplayPageBoundaries",
    "displayBackgroundShape", "printPostScriptOverText", "printFractionalCharacterWidth", "printFormsData",
    "embedTrueTypeFonts", "embedSystemFonts", "saveSubsetFonts", "saveFormsData", "mirrorMargins",
    "alignBordersAndEdges", "bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter", "gutterAtTop",
    "hideSpellingErrors", "hideGrammaticalErrors", "activeWritingStyle", "proofState", "formsDesign",
    "attachedTemplate", "linkStyles", "stylePaneFormatFilter", "stylePaneSortMethod", "documentType", "mailMerge",
    "revisionView", "trackRevisions", "doNotTrackMoves", "doNotTrackFormatting", "documentProtection",
)  # fmt: skip


def put(settings: Any, name: str, **attributes: str) -> None:
    """Set what `name` says, in place of what stands there; names go without their prefix, w."""
    take_out(settings, name)
    before = {qn(f"w:{one}") for one in _ORDER[: _ORDER.index(name)]}
    element = settings.makeelement(qn(f"w:{name}"), {qn(f"w:{key}"): value for key, value in attributes.items()})
    settings.insert(sum(child.tag in before for child in settings), element)


def take_out(settings: Any, *names: str) -> None:
    """Leave nothing of what these say."""
    for name in names:
        for old in settings.findall(qn(f"w:{name}")):
            settings.remove(old)
