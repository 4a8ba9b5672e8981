"""The file that marks a project and says in which format it is written."""

import re

from leafletpress.model.problems import ExitCode, LeafletError, Problem
from leafletpress.read.located.files import Files
from leafletpress.read.located.nodes import Scalar, Table
from leafletpress.read.located.toml import read_nodes

PROJECT_FILE = "leafletpress.toml"
FORMAT = 1


def refuse_newer(files: Files) -> None:
    """Raise LeafletError for a project of a format that this program does not know (4), or a broken file (1)."""
    tree, problems = read_nodes(PROJECT_FILE, files.content(PROJECT_FILE))
    if problems or not isinstance(tree, Table):
        raise LeafletError(problems)
    written = next((value for key, value in tree.items if key.text == "format"), None)
    place = written.origin if written else tree.origin
    if not isinstance(written, Scalar) or not re.fullmatch(r"[1-9][0-9]{0,8}", written.text):
        raise LeafletError([Problem(place, "it does not say its format", f"write: format = {FORMAT}")])
    if int(written.text) > FORMAT:
        text = f"this project has the format {written.text}, and this program reads {FORMAT}"
        raise LeafletError([Problem(place, text, "install a newer leafletpress")], ExitCode.MISSING)
