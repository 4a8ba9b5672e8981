"""What gives an audience's leaflets their look: the texts and pictures of templates/, as values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Looks:
    """What an audience's leaflets are made of beside their words.

    `texts` are pages and style sheets by name below templates/ ("patient/page.html.j2"); `base_docx` is the Word base
    document; `lines` are the icons of callouts as SVG, `dots` the same as PNG, by level. `own` are the texts that the
    project has in its own way, instead of the program's.
    """

    audience: str
    texts: tuple[tuple[str, str], ...]
    base_docx: bytes
    lines: tuple[tuple[str, bytes], ...]
    dots: tuple[tuple[str, bytes], ...]
    own: tuple[str, ...] = ()
