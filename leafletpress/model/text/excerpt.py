"""Shortens a text that a message quotes: a person can still find its place, and the message stays a line."""

MOST = 60  # characters, with the sign that something is left out


def excerpt(text: str, most: int = MOST) -> str:
    """The text, or its beginning where it has more than `most` characters; "…" says that it goes on."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
