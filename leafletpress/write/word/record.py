"""What a record system fills in of a Word file: a part of its own, to which the content controls are bound.

ECMA-376 part 1, 17.5.2.6 and 22.5: when it opens the file, Word shows in each control what stands in its element.
"""

from collections.abc import Iterable
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.part import Part

# What docs/filling-in.md promises to record systems.
NAMESPACE, ROOT = "urn:leafletpress:form", "form"
_STORE = f"{{{uuid5(NAMESPACE_URL, NAMESPACE)}}}".upper()
_DATA, _ABOUT = "/customXml/item%d.xml", "/customXml/itemProps%d.xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PROPERTIES = (
    f'{_HEAD}<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml" '
    f'ds:itemID="{_STORE}"><ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
)


def binding(name: str) -> str:
    """The w:dataBinding of a control: it shows what stands in the element of this name."""
    return (
        f"<w:dataBinding w:prefixMappings=\"xmlns:l='{NAMESPACE}'\" "
        f'w:xpath="/l:{ROOT}[1]/l:{name}[1]" w:storeItemID="{_STORE}"/>'
    )


def add_record(document: Any, names: Iterable[str]) -> None:
    """Give a python-docx document the part that its controls of these names are bound to, its elements empty."""
    package = document.part.package
    elements = "".join(f"<{name}/>" for name in names)
    data = f'{_HEAD}<{ROOT} xmlns="{NAMESPACE}">{elements}</{ROOT}>'
    item = Part(package.next_partname(_DATA), CONTENT_TYPE.XML, data.encode(), package)
    kind = CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES
    about = Part(package.next_partname(_ABOUT), kind, _PROPERTIES.encode(), package)
    item.relate_to(about, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)
    document.part.relate_to(item, RELATIONSHIP_TYPE.CUSTOM_XML)
