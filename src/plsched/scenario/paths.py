"""Paths into a scenario, as changes write them: ``funds[title-ii].amount_cents``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plsched.scenario.models import Scenario
from plsched.scenario.models.base import Model
from plsched.scenario.nearest import suggestion
from plsched.scenario.shapes import Many, Pairs, Part, Shape, default, fields
from plsched.scenario.source import Map, Path, Place, Seq, row_key

_STEP = re.compile(r"\.?(?:(?P<name>[A-Za-z_]\w*)|\[(?P<key>[^\x00-\x1f]+?)\](?=[.\[]|$))")
MOST_STEPS = 12


class PathError(Exception):
    """A path leads nowhere; says why and what to write instead."""

    def __init__(self, code: str, value: str, message: str, remedy: str) -> None:
        super().__init__(message)
        self.code, self.value, self.message, self.remedy = code, value, message, remedy


@dataclass(frozen=True, slots=True)
class Target:
    """Where a path leads: the map or list that holds the value, the step to it, and its shape."""

    parent: Map | Seq
    step: str | int
    shape: Shape
    path: Path
    default: object = None

    @property
    def value(self) -> object:
        """What stands there, or the field's default."""
        if isinstance(self.parent, Seq):
            return self.parent[int(self.step)]
        return self.parent.get(str(self.step), self.default)

    def put(self, value: object, place: Place) -> None:
        """Write a value there."""
        if isinstance(self.parent, Seq):
            self.parent[int(self.step)] = value
            self.parent.marks[int(self.step)] = place
        else:
            self.parent.put(str(self.step), value, place)


def steps_of(text: str) -> list[tuple[str, bool]]:
    """Cut a path into names and keys in brackets (``True``)."""
    steps: list[tuple[str, bool]] = []
    at = 0
    while at < len(text):
        found = _STEP.match(text, at)
        if (
            found is None
            or (at == 0) != (not found[0].startswith((".", "[")))
            or len(steps) == MOST_STEPS
        ):
            remedy = "Write it as in funds[title-ii].amount_cents or policy.required."
            raise PathError("path", text, "the path cannot be read", remedy)
        steps.append((found["name"] or found["key"], found["key"] is not None))
        at = found.end()
    if not steps:
        remedy = "Write it as in funds[title-ii].amount_cents or policy.required."
        raise PathError("path", text, "the path is empty", remedy)
    return steps


def target(root: Map, text: str, place: Place) -> Target:
    """Follow a path; parts on the way that are not written yet begin empty.

    Raises
    ------
    PathError
        A key or a row is not known.
    """
    shape: Shape = Part(Scenario)
    node: Map | Seq = root
    path: Path = ()
    steps = steps_of(text)
    for at, (word, is_key) in enumerate(steps):
        found = _next(node, shape, word, is_key, path)
        if at == len(steps) - 1:
            return found
        held = found.value
        if held is None and isinstance(found.shape, Part | Pairs | Many):
            held = Seq(place) if isinstance(found.shape, Many) else Map(place)
            found.put(held, place)
        if not isinstance(held, Map | Seq):
            raise PathError(
                "path",
                word,
                f"{word!r} holds one value; nothing is inside of it",
                "End the path there.",
            )
        node, shape, path = held, found.shape, found.path
    raise PathError("path", text, "the path is empty", "Name what is to change.")


def _next(node: Map | Seq, shape: Shape, word: str, is_key: bool, path: Path) -> Target:
    match shape:
        case Part(model=model) if isinstance(node, Map) and not is_key:
            known = fields(model)
            if word not in known:
                remedy = suggestion(word, tuple(known), "keys")
                raise PathError("unknown-key", word, f"the key {word!r} is not known", remedy)
            return Target(node, word, known[word], (*path, word), _default(model, word))
        case Pairs(value=value) if isinstance(node, Map):
            return Target(node, word, value, (*path, word))
        case Many(of=of) if isinstance(node, Seq) and is_key:
            index = row_index(node, word)
            return Target(node, index, of, (*path, index))
    remedy = "Rows are chosen in brackets: funds[title-ii]; fields after a dot: policy.required."
    raise PathError("path", word, f"{word!r} does not fit there", remedy)


def _default(model: type[Model], field: str) -> object:
    """Give a default where a change can tell it: single values, not parts or lists."""
    held = default(model, field)
    return held if isinstance(held, str | int) else None


def row_index(rows: Seq, key: str) -> int:
    """Find a row by its key, or by ``#`` and its number.

    Raises
    ------
    PathError
        There is no such row, or there are several.
    """
    if key.startswith("#"):
        number = int(key[1:]) if key[1:].isdecimal() and len(key) < 10 else 0
        if 1 <= number <= len(rows):
            return number - 1
        remedy = f"There are {len(rows)} rows: write #1 to #{len(rows)}."
        raise PathError("unknown-id", key, f"there is no row {key}", remedy)
    keys = [row_key(row) for row in rows]
    match [at for at, held in enumerate(keys) if held == key]:
        case [index]:
            return index
        case []:
            remedy = suggestion(key, {held for held in keys if held}, "rows")
            raise PathError("unknown-id", key, f"there is no row {key!r}", remedy)
        case several:
            remedy = f"Choose one by its number, such as #{several[0] + 1}."
            raise PathError("duplicate-id", key, f"there are {len(several)} rows {key!r}", remedy)
