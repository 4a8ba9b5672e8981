"""Where the program's own templates and languages are: beside it in a checkout, inside it when it is installed."""

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).parent.parent
_INSTALLED = _PACKAGE / "data"


@cache
def program_folder() -> Path:
    """The folder that has templates/ and locales/ as the program brings them."""
    return _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent
