"""The files of templates/ that an audience's leaflets are made with, as values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TemplateFiles:
    """The page, style sheets, Word base document and icons of an audience.

    `texts` are pages and style sheets by name below templates/ ("patient/page.html.j2"); `base_docx` is the Word base
    document; `lines` are the icons of callouts as SVG, `dots` the same as PNG, by level. `own` are the names
    of texts that the project has itself, instead of the program's.
    """

    audience: str
    texts: tuple[tuple[str, str], ...]
    base_docx: bytes
    lines: tuple[tuple[str, bytes], ...]
    dots: tuple[tuple[str, bytes], ...]
    own: tuple[str, ...] = ()
