"""Changes in words, as people read them side by side."""

from __future__ import annotations

from collections.abc import Sequence

from plsched.scenario.source import Map, Path, Plain, Seq, row_key

MOST_ELEMENTS = 6


def named(root: object, path: Path) -> str:
    """Name what changes: ``funds title-ii: amount_cents``."""
    words: list[str] = []
    node = root
    for step in path:
        if isinstance(node, Sequence) and isinstance(step, int) and not isinstance(node, str):
            node = node[step]
            words.append(row_key(node) or f"#{step + 1}")
        else:
            node = node.get(str(step)) if isinstance(node, Map) else None
            words.append(str(step))
    return " ".join(words[:-1]) + ": " + words[-1] if len(words) > 1 else words[0] + ":"


def told_value(value: object, path: Path) -> str:
    """Tell a value in the field's unit."""
    if value is None or (isinstance(value, Plain) and value in {"", "~", "null"}):
        return "nothing"
    field = next((step for step in reversed(path) if isinstance(step, str)), "")
    if isinstance(value, Seq):
        listed = [row_key(part) if isinstance(part, Map) else str(part) for part in value]
        if len(listed) > MOST_ELEMENTS or None in listed:
            return f"{len(listed)} rows"
        return ", ".join(str(part) for part in listed) or "none"
    if isinstance(value, Map):
        return row_key(value) or ", ".join(f"{key} {told_value(value[key], ())}" for key in value)
    if "cents" in field and str(value).lstrip("-").isdecimal():
        cents = int(str(value))
        sign = "-" if cents < 0 else ""
        return f"{sign}{abs(cents) // 100:,}.{abs(cents) % 100:02d} dollars"
    return str(value)


def percent_change(percent: int) -> str:
    """Tell what a percentage changes: ``-20 %`` for 80."""
    return f"{percent - 100:+d} %"
