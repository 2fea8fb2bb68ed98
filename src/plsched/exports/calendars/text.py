"""Texts on their way into an .ics file: escaped and folded.

Written here and not left to a library because a district has tens of thousands of lines and the
libraries let control characters, bidirectional marks and broken lines through.
"""

from __future__ import annotations

LIMIT = 75
"""Octets of a physical line, its line end not counted (RFC 5545, 3.1)."""

_SPECIAL = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def text_line(name: str, text: str) -> bytes:
    """Write a property whose value is a cleaned text."""
    return line(f"{name}:{text.translate(_SPECIAL)}")


def line(content: str) -> bytes:
    """Write a content line, folded at 75 octets between characters, ended by CRLF."""
    octets = content.encode()
    if len(octets) <= LIMIT:
        return octets + b"\r\n"
    pieces: list[bytes] = []
    start, room = 0, LIMIT
    while len(octets) - start > room:
        end = _cut(octets, start, start + room)
        pieces.append(octets[start:end])
        # The space that begins a continued line counts.
        start, room = end, LIMIT - 1
    pieces.append(octets[start:])
    return b"\r\n ".join(pieces) + b"\r\n"


def _cut(octets: bytes, start: int, end: int) -> int:
    """Step back to where neither a character nor an escaped pair is cut."""
    while octets[end] & 0xC0 == 0x80:
        end -= 1
    piece = octets[start:end]
    backslashes = len(piece) - len(piece.rstrip(b"\\"))
    return end - backslashes % 2
