"""Bytes of a file to text: UTF-8, with or without a byte-order mark, and nothing else."""

from __future__ import annotations

import codecs
import re

from plsched.scenario.collect import Findings

_SAVE = "Save the file as UTF-8 (in a spreadsheet: 'CSV UTF-8') and check again."
_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
# Line breaks and tabs aside, no control character belongs into a scenario.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def decode(data: bytes, file: str, found: Findings) -> str | None:
    """Decode a file, or tell why it cannot be."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            message = f"the file is in {encoding}, not in UTF-8"
            found.error("encoding", (file, "line 1"), data[:4].hex(" "), message, _SAVE)
            return None
    data = data.removeprefix(codecs.BOM_UTF8)
    if data[:200].count(0) > len(data[:200]) // 4:
        message = "every other byte is empty: the file is probably in UTF-16, not in UTF-8"
        found.error("encoding", (file, "line 1"), data[:4].hex(" "), message, _SAVE)
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        wrong = data[error.start : error.start + 1].hex()
        message = f"byte {wrong} is not UTF-8 (the file is probably in Latin-1 or Windows-1252)"
        found.error("encoding", (file, f"line {line}"), wrong, message, _SAVE)
        return None
    return text if _clean(text, file, found) else None


def _clean(text: str, file: str, found: Findings) -> bool:
    control = _CONTROL.search(text)
    if control is None:
        return True
    line = text.count("\n", 0, control.start()) + 1
    code = f"U+{ord(control[0]):04X}"
    found.error(
        "control-character",
        (file, f"line {line}"),
        code,
        f"a control character ({code}) stands in the text",
        "Delete it; it cannot be seen in most editors, so write the line anew.",
    )
    return False
