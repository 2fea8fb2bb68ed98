"""What-ifs: a base, and changes to it, each told in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from plsched.money import round_half_up
from plsched.scenario.collect import Findings
from plsched.scenario.forgetting import forget
from plsched.scenario.nearest import suggestion
from plsched.scenario.paths import PathError, row_index, target
from plsched.scenario.references import TABLES
from plsched.scenario.shapes import Scalar, is_table
from plsched.scenario.source import Map, Path, Plain, Seq, copied, locate, place_of, row_key
from plsched.scenario.telling import named, percent_change, told_value

MOST_PERCENT = 100_000

_INTEGER = re.compile(r"^[+-]?\d{1,15}(?:\.0+)?$")
_FORMS = {
    "set": ("set", "to"),
    "scale": ("scale", "percent"),
    "add": ("add", "row"),
    "remove": ("remove", "id", "everywhere"),
}
_HOW = (
    "Write one of: {set: PATH, to: VALUE}, {scale: PATH, percent: 80}, {add: TABLE, row: {...}}, "
    "{remove: TABLE, id: ID}."
)


def apply_changes(root: Map, written: Map, found: Findings) -> tuple[str, ...]:
    """Apply the ``changes`` of a what-if to its base, in their order.

    Parameters
    ----------
    root
        The base; changed in place.
    written
        The file with the list ``changes``.
    found
        Takes changes that cannot be applied; the others are applied all the same.

    Returns
    -------
    tuple of str
        Each change in words.
    """
    changes = written.get("changes")
    if changes is None or (isinstance(changes, Plain) and not changes):
        return ()
    if not isinstance(changes, Seq):
        at = locate(written, ("changes",))
        found.error("not-a-list", at, "", "changes is a list", _HOW)
        return ()
    told: list[str] = []
    for index, change in enumerate(changes):
        try:
            told.append(_applied(root, change))
        except PathError as error:
            place, _ = place_of(written, ("changes", index))
            line = f"line {place.number}, " if place.number else ""
            at = (place.file, f"{line}changes[#{index + 1}]")
            found.error(error.code, at, error.value, error.message, error.remedy)
    return tuple(told)


@dataclass(frozen=True, slots=True)
class _Change:
    """A change with its keys; values are looked up by the key's name."""

    keys: Map

    def text(self, key: str) -> str:
        value = self.keys.get(key)
        if not isinstance(value, str | int) or isinstance(value, bool) or not str(value).strip():
            raise PathError("change", key, f"{key!r} is missing, or is no plain text", _HOW)
        return str(value).strip()


def _applied(root: Map, change: object) -> str:
    if not isinstance(change, Map):
        raise PathError("change", str(change), "a change is a map of keys", _HOW)
    kinds = [kind for kind in _FORMS if kind in change]
    if len(kinds) != 1:
        value = ", ".join(change)
        raise PathError("change", value, "a change does exactly one thing", _HOW)
    kind = kinds[0]
    for key in change:
        if key not in _FORMS[kind]:
            remedy = suggestion(key, _FORMS[kind], "keys")
            raise PathError("unknown-key", key, f"the key {key!r} is not known here", remedy)
    return _KINDS[kind](root, _Change(change))


def _set(root: Map, change: _Change) -> str:
    text, keys = change.text("set"), change.keys
    if "to" not in keys:
        raise PathError("change", text, "'to' is missing", _HOW)
    goal = target(root, text, keys.place)
    before = told_value(goal.value, goal.path)
    value = copied(keys["to"])
    goal.put(value, keys.marks["to"])
    return f"{named(root, goal.path)} from {before} to {told_value(value, goal.path)}"


def _scale(root: Map, change: _Change) -> str:
    text, percent_text = change.text("scale"), change.text("percent")
    if not percent_text.isdecimal() or len(percent_text) > 6 or int(percent_text) > MOST_PERCENT:
        message = f"percent is a whole number from 0 to {MOST_PERCENT}"
        raise PathError("change", percent_text, message, "Write 80 for four fifths.")
    goal = target(root, text, change.keys.place)
    value, percent = goal.value, int(percent_text)
    if goal.shape != Scalar("integer"):
        raise PathError("change", text, "only whole numbers can be scaled", "Use set instead.")
    if value is None or isinstance(value, bool) or not _INTEGER.match(str(value)):
        message = "there is no whole number to scale"
        raise PathError("change", str(value or ""), message, "Use set instead.")
    before = int(str(value).partition(".")[0])
    after = round_half_up(before * percent, 100)
    goal.put(after, change.keys.marks["scale"])
    was, is_now = told_value(before, goal.path), told_value(after, goal.path)
    return f"{named(root, goal.path)} from {was} to {is_now} ({percent_change(percent)})"


def _table(root: Map, text: str, keys: Map) -> tuple[Seq, Path]:
    goal = target(root, text, keys.place)
    if not is_table(goal.shape):
        raise PathError("path", text, f"{text!r} is no table", "Name a list of rows, as funds.")
    rows = goal.value
    if rows is None:
        rows = Seq(keys.place)
        goal.put(rows, keys.place)
    if not isinstance(rows, Seq):
        raise PathError("path", text, f"{text!r} could not be read", "Mend the table first.")
    return rows, goal.path


def _add(root: Map, change: _Change) -> str:
    text, keys = change.text("add"), change.keys
    rows, path = _table(root, text, keys)
    row = copied(keys.get("row"))
    if not isinstance(row, Map):
        raise PathError("change", text, "'row' is missing, or is no map of keys", _HOW)
    key = row_key(row)
    if key is not None and "id" in row and any(row_key(held) == key for held in rows):
        message = f"there is a row {key!r} already"
        raise PathError("duplicate-id", key, message, "Choose another id, or use set.")
    rows.put(row, keys.marks["row"])
    return f"{' '.join(str(step) for step in path)}: added {key or f'row #{len(rows)}'}"


def _remove(root: Map, change: _Change) -> str:
    text, keys = change.text("remove"), change.keys
    rows, path = _table(root, text, keys)
    key = change.text("id")
    everywhere = str(keys.get("everywhere", "false")).casefold()
    if everywhere not in {"true", "false"}:
        raise PathError("change", everywhere, "everywhere is true or false", "Write true or false.")
    index = row_index(rows, key)
    gone = rows[index]
    rows.drop(index)
    words = f"{' '.join(str(step) for step in path)}: removed {row_key(gone) or key}"
    thing = TABLES.get(text)
    if everywhere == "false":
        return words
    if thing is None:
        raise PathError("change", text, "nothing names rows of this table", "Leave out everywhere.")
    count = forget(root, thing, frozenset(_ids(gone)))
    return f"{words}, also where it was named ({count} place{'' if count == 1 else 's'})"


def _ids(row: object) -> list[str]:
    """Give the id of a row; for a goal, those of its objectives and action steps, too."""
    if not isinstance(row, Map):
        return []
    key = row_key(row)
    ids = [] if key is None else [key]
    for field in ("objectives", "action_steps"):
        inner = row.get(field)
        for part in inner if isinstance(inner, Seq) else ():
            ids.extend(_ids(part))
    return ids


_KINDS: dict[str, Callable[[Map, _Change], str]] = {
    "set": _set,
    "scale": _scale,
    "add": _add,
    "remove": _remove,
}
