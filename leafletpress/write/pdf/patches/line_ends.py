"""Keeps a line whole that fits but for the space at its end: WeasyPrint would break it behind its first word.

That happens before a strong word or a link that begins the next line, and leaves a line with one word in a paragraph.
"""

from typing import Any


def split_first_line(stock: Any) -> Any:
    """For `text.line_break.split_first_line`.

    It gives layout, bytes of the line, where to go on (None: it is all), and measures.
    """

    def ours(text: str, style: Any, context: Any, max_width: float | None, *how: Any, **more: Any) -> Any:
        found = stock(text, style, context, max_width, *how, **more)
        _, length, resume_at, *_ = found
        if resume_at is None or not max_width or not text.endswith(" ") or style["white_space"] != "normal":
            return found
        if " " in text.encode()[:length].decode().strip():
            return found
        *_, fits = stock(text.rstrip(" "), style, context, max_width, *how, **more)[:3]
        # The space hangs over the end of the line, where it is not printed.
        return found if fits is not None else stock(text, style, context, None, *how, **more)

    return ours
