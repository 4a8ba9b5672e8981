"""Word files made part by part, for what no program writes on purpose."""

from collections.abc import Mapping
from io import BytesIO
from types import MappingProxyType
from zipfile import ZIP_DEFLATED, ZipFile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="{}"/></Types>'
)
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def relations(*leads: tuple[str, str, str]) -> str:
    """Relations of a part: id, kind and target of each; an address is outside of the file."""
    rows = (
        f'<Relationship Id="{ident}" Type="{_RELATION}/{kind}" Target="{target}" TargetMode="{mode}"/>'
        for ident, kind, target in leads
        for mode in ["External" if ":" in target else "Internal"]
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{"".join(rows)}</Relationships>'


def part(name: str, inside: str) -> str:
    """A part of this root: document, header, footnotes."""
    return f"<w:{name} {_SPACES}>{inside}</w:{name}>"


def p(*runs: str, style: str = "", properties: str = "") -> str:
    """A paragraph of runs; a run without markup is words."""
    look = (f'<w:pStyle w:val="{style}"/>' if style else "") + properties
    inside = "".join(run if run.startswith("<") else r(run) for run in runs)
    return f"<w:p>{f'<w:pPr>{look}</w:pPr>' if look else ''}{inside}</w:p>"


def field(instruction: str) -> str:
    """The run that begins a field; `END` ends it."""
    begin, apart = (f'<w:fldChar w:fldCharType="{kind}"/>' for kind in ("begin", "separate"))
    return f"<w:r>{begin}<w:instrText>{instruction}</w:instrText>{apart}</w:r>"


END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def r(words: str, look: str = "") -> str:
    """A run of words; `look` are its properties."""
    return f'<w:r>{f"<w:rPr>{look}</w:rPr>" if look else ""}<w:t xml:space="preserve">{words}</w:t></w:r>'


def word_file(
    *body: str,
    kind: str = _DOCUMENT,
    leads: tuple[tuple[str, str, str], ...] = (),
    parts: Mapping[str, str | bytes] = MappingProxyType({}),
) -> bytes:
    """A Word file of this body; `leads` are the relations of its text, `parts` further files below word/."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES.format(kind))
        archive.writestr("_rels/.rels", relations(("r1", "officeDocument", "word/document.xml")))
        archive.writestr("word/document.xml", part("document", f"<w:body>{''.join(body)}</w:body>"))
        archive.writestr("word/_rels/document.xml.rels", relations(*leads))
        for name, content in parts.items():
            archive.writestr(f"word/{name}", content)
    return buffer.getvalue()
