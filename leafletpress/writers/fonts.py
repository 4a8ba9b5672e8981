"""The pinned fonts: which files a family has, and none but these."""

import os
from pathlib import Path

from leafletpress.errors import ExitCode, LeafletError, Origin, Problem

_HERE = Path(__file__).parent
_PACKAGES = _HERE.parent.parent / "node_modules" / "@expo-google-fonts"
_FACES = ((400, "400Regular"), (700, "700Bold"))


def font_file(family: str, face: str) -> Path:
    """The file of a family's face ("400Regular"); raises LeafletError (exit code 4) when it is not installed."""
    package = family.lower().replace(" ", "-")
    path = _PACKAGES / package / face / f"{family.replace(' ', '')}_{face}.ttf"
    if not path.is_file():
        shown = f"node_modules/@expo-google-fonts/{package}"
        missing = Problem(Origin(shown), f'the font "{family}" is not installed', "run: script/setup")
        raise LeafletError([missing], ExitCode.MISSING)
    return path


def font_faces(families: tuple[str, ...]) -> str:
    """The @font-face rules of the families."""
    rule = '@font-face {{ font-family: "{}"; font-weight: {}; src: url("{}") }}'
    return "\n".join(
        rule.format(family, weight, font_file(family, face).as_uri()) for family in families for weight, face in _FACES
    )


def is_pinned(url: str) -> bool:
    """Whether a file address is that of a pinned font."""
    return url.startswith(_PACKAGES.as_uri() + "/") and ".." not in url


def hide_system_fonts() -> None:
    """Keep every font of the machine out of sight; to be called before WeasyPrint is imported."""
    os.environ["FONTCONFIG_FILE"] = str(_HERE / "fonts.conf")
