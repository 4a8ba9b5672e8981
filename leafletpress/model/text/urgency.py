"""Where an English text tells when to act or speaks of pain or medicines: a wrong word there harms, as a lost "not"."""

import re

from leafletpress.model.text.markup import Piece

_WHEN = (
    r"today|tonight|tomorrow|same day|at once|(?:right|straight) away|immediately|urgent\w*|emergenc\w+"
    r"|before|until|unless"
)
_CALL = r"call|phone|telephone"
_TAKE = r"pain|painful|painkillers?|analges\w+|medicines?|medications?"

_ACT = re.compile(rf"\b(?:{_WHEN}|{_CALL}|{_TAKE})\b", re.IGNORECASE)


def tells_to_act(pieces: tuple[Piece, ...]) -> bool:
    """Whether the words of a text say when to act, to call somebody, or speak of pain or of what is taken."""
    return bool(_ACT.search("".join(piece.value if piece.kind == "words" else " " for piece in pieces)))
