"""The forms that a text in a file must have, each with a hint for people."""

from dataclasses import dataclass
from typing import Annotated

ID = r"[a-z][a-z0-9_]*"


@dataclass(frozen=True, slots=True)
class Pattern:
    """The form that a text must have, and a hint that describes it."""

    regex: str
    hint: str


@dataclass(frozen=True, slots=True)
class AnyOf:
    """The text is one of the names that the decoder was given for this noun (audiences, locales)."""

    noun: str


Id = Annotated[str, Pattern(ID, "small letters, digits and underscores, a letter first")]


WebAddress = Annotated[str, Pattern(r"https://[A-Za-z0-9.-]+(?:[/?#][^\s<>\"]*)?", "a web address, https://…")]


PictureName = Annotated[
    str, Pattern(r"[a-z0-9][a-z0-9_-]*\.(?:svg|png|jpg|jpeg)", "an SVG, PNG or JPEG file in the same folder")
]


LogoName = Annotated[str, Pattern(r"[a-z0-9][a-z0-9_-]*\.(?:png|jpg|jpeg)", "a PNG or JPEG file in the same folder")]
