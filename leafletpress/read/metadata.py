"""Leaves of a picture's file what can be seen: not where it was taken, when, with which camera, nor by whom."""

from collections.abc import Iterator

_PNG = b"\x89PNG\r\n\x1a\n"
# PNG (ISO/IEC 15948): chunks whose name begins with a capital are needed to draw it; these others change how it looks
# or how large it is.
_LOOKS = frozenset((b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"sBIT", b"bKGD", b"hIST", b"pHYs"))
# JPEG (ISO/IEC 10918-1, B.1.1): its segments begin with a marker, 0xFF and one of these.
_START, _END, _SCAN, _COMMENT, _FILL = b"\xd8", b"\xd9", b"\xda", b"\xfe", b"\xff"
_APPLICATION = range(0xE0, 0xF0)
_AMONG_DOTS = (0x00, *range(0xD0, 0xD8))  # what may follow 0xFF among the dots of a scan
_JFIF, _ADOBE, _PROFILE = b"\xff\xe0%bJFIF\0", b"\xff\xee%bAdobe", b"\xff\xe2%bICC_PROFILE\0"


def bare(content: bytes, dots_per_inch: tuple[int, int] | None) -> bytes | None:
    """The PNG or JPEG file without what is not seen, its dots as they are; None for a JPEG that can't be taken apart.

    Each JPEG has the head of JFIF then, and one that had none tells these dots per inch across and down.
    """
    if content.startswith(_PNG):
        return _PNG + b"".join(_seen_chunks(content))
    segments = list(_segments(content))
    heads = [segment for segment in segments if _is(segment, _JFIF)]
    coloured = any(_is(segment, _ADOBE) for segment in segments)
    if segments[-1:] != [b"\xff" + _END] or (coloured and not heads):
        return None  # a head of JFIF would give another meaning to the colours of the second
    # The head ends with the size of a small copy of the picture, which would follow: left out.
    inside = heads[0][4:16] if heads else _density(dots_per_inch)
    head = b"\xff\xe0\0\x10" + inside + b"\0\0"
    return b"\xff" + _START + head + b"".join(segment for segment in segments if _is_seen(segment))


def _density(dots_per_inch: tuple[int, int] | None) -> bytes:
    """The head of JFIF: its name, its version, a unit (1 is dots per inch, 0 none), and how many across and down."""
    across, down = dots_per_inch or (1, 1)
    unit = b"\1" if dots_per_inch else b"\0"
    return b"JFIF\0\1\1" + unit + across.to_bytes(2, "big") + down.to_bytes(2, "big")


def _seen_chunks(content: bytes) -> Iterator[bytes]:
    """The chunks of a whole PNG that are seen, up to its end."""
    at, name = len(_PNG), b""
    while name != b"IEND" and at < len(content):
        name, after = content[at + 4 : at + 8], at + 12 + int.from_bytes(content[at : at + 4], "big")
        if name[:1].isupper() or name in _LOOKS:
            yield content[at:after]
        at = after


def _segments(content: bytes) -> Iterator[bytes]:
    """The segments of a JPEG from its start to its end, each scan with its dots; fewer where it is out of order."""
    at = 2
    while content[at : at + 1] == b"\xff":
        marker = content[at + 1 : at + 2]
        if marker == _FILL:
            at += 1
            continue
        after = at + 2
        if marker != _END:
            after += int.from_bytes(content[at + 2 : at + 4], "big")
        if marker == _SCAN:
            after = _scan_end(content, after)
        yield content[at:after]
        if marker == _END:
            return
        at = after


def _scan_end(content: bytes, at: int) -> int:
    """Where the dots of a scan end: at the first marker that does not stand among them."""
    while (at := content.find(b"\xff", at)) >= 0 and at + 1 < len(content) and content[at + 1] in _AMONG_DOTS:
        at += 2
    return at if at >= 0 else len(content)


def _is(segment: bytes, kind: bytes) -> bool:
    return segment.startswith(kind % segment[2:4])


def _is_seen(segment: bytes) -> bool:
    if segment[1] in _APPLICATION:
        return _is(segment, _ADOBE) or _is(segment, _PROFILE)
    return segment[1:2] != _COMMENT
