"""The forms that a text in a file must have, each with a hint for people."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

from leafletpress.model.codes import LONGEST, too_long
from leafletpress.model.text.markup import html_fault

ID = r"[a-z][a-z0-9_]*"
ID_HINT = "small letters, digits and underscores, a letter first"
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)


def device(name: str) -> str | None:
    """What is wrong with a name of a file or folder: that Windows takes it for a device, whatever its ending."""
    return f'"{name}" is the name of a device on Windows' if _DEVICES.fullmatch(name) else None


@dataclass(frozen=True, slots=True)
class Pattern:
    """The form that a text must have, and a hint that describes it."""

    regex: str
    hint: str


@dataclass(frozen=True, slots=True)
class Rule:
    """What no pattern can say: `fault` says what is wrong with a text, or None."""

    fault: Callable[[str], str | None]
    hint: str


@dataclass(frozen=True, slots=True)
class Between:
    """A number from `least` to `most`, a whole one where these are; what is no number (nan) is between none."""

    least: float
    most: float

    @property
    def hint(self) -> str:
        """The same in words."""
        whole = "whole " if isinstance(self.least, int) else ""
        return f"a {whole}number from {self.least:g} to {self.most:g}"


@dataclass(frozen=True, slots=True)
class Most:
    """The most members that a list may have."""

    count: int


@dataclass(frozen=True, slots=True)
class AnyOf:
    """The text is one of the names that the decoder was given for this noun (audiences, locales).

    `hint` is for a text that is close to none of them.
    """

    noun: str
    hint: str = ""


_NO_DEVICE = Rule(lambda name: "is the name of a device on Windows" if device(name) else None, "choose another name")


FileId = Annotated[str, Pattern(ID, ID_HINT), _NO_DEVICE]


Id = Annotated[str, Pattern(ID, ID_HINT)]


Sides = Annotated[int, Between(1, 99)]


# Hosts that anybody can reach: a number or a name without a dot is known inside of one network at most.
_WEB = r"https://(?:[A-Za-z0-9-]+\.)+[A-Za-z][A-Za-z0-9-]*(?:[/?#][^\s<>\"]*)?"
_MAIL = r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"


WebAddress = Annotated[str, Pattern(_WEB, "a web address, https://…")]


TARGET = Pattern(
    rf"{_WEB}|mailto:{_MAIL}|tel:\S.*|leaflet:[A-Z]{{4,6}}",
    "https://…, mailto:name@example.org, tel:+44 20 7946 0958, or leaflet:CODE",
)


PlainWords = Annotated[str, Rule(html_fault, "write the character itself (H₂, &, <), without italics")]


CodedAddress = Annotated[WebAddress, Rule(too_long, f"shorten it to {LONGEST} letters, better to 60")]


Email = Annotated[str, Pattern(_MAIL, "an email address: skin@example.org")]


_SMALL_LETTERS = "its name in small letters, digits, - and _"
PictureName = Annotated[
    str,
    Pattern(
        r"[a-z0-9][a-z0-9_-]*\.(?:svg|png|jpg|jpeg)", f"an SVG, PNG or JPEG file in the same folder, {_SMALL_LETTERS}"
    ),
    _NO_DEVICE,
]


LogoName = Annotated[
    str,
    Pattern(r"[a-z0-9][a-z0-9_-]*\.(?:png|jpg|jpeg)", f"a PNG or JPEG file in the same folder, {_SMALL_LETTERS}"),
    _NO_DEVICE,
]


PrintedWidth = Annotated[str, Pattern(r"[1-9][0-9]{0,2}(?:\.[0-9])?mm", "a width on paper in millimetres: 80mm")]
