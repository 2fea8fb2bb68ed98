"""Texts of people without what no reader should meet, for whatever is written from them."""

from __future__ import annotations

import re

_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff"
    r"\ud800-\udfff]"
)


def clean(text: str) -> str:
    """Take out what no reader should meet; line ends become line feeds.

    Control characters can end a line early, bidirectional controls can make a text read as
    something else, and U+FFFE and U+FFFF may stand in no XML file.
    """
    return _UNSEEN.sub("", _LINE_ENDS.sub("\n", text))


def one_line(text: str) -> str:
    """Clean a text that has to stay on one line."""
    return " ".join(clean(text).split())
