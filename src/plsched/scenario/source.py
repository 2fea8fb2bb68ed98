"""What was read, before it is checked: values that remember where they stand.

A scenario is read into maps, lists and texts. Text that is not quoted (`Plain`) has no type yet:
the field it lands in decides whether ``07`` is a number or a name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import NamedTuple

Path = tuple[str | int, ...]

# Fields by which rows without id and name are called, the first that they have.
_KEY_FIELDS = ("educator", "course", "item", "code", "site", "skill")
_NAMES = frozenset({"name", "title"})


class Place(NamedTuple):
    """Where a value stands: a line of a YAML file, or a row of a table."""

    file: str
    number: int = 0
    sheet: str | None = None
    is_row: bool = False


class Plain(str):
    """Text as it stands, without quotes: the field decides what it means."""

    __slots__ = ()


class Bad:
    """Stands where a finding has been told already, so that nobody tells it twice."""

    def __repr__(self) -> str:
        return "(not read)"


BAD = Bad()


class Map(dict[str, object]):
    """A map with the place of itself and of each key."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.marks: dict[str, Place] = {}

    def put(self, key: str, value: object, place: Place) -> None:
        """Set a key and remember where it stands."""
        self[key] = value
        self.marks[key] = place


class Seq(list[object]):
    """A list with the place of itself and of each element."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.marks: list[Place] = []

    def put(self, value: object, place: Place) -> None:
        """Add an element and remember where it stands."""
        self.append(value)
        self.marks.append(place)

    def drop(self, index: int) -> None:
        """Remove an element."""
        del self[index]
        del self.marks[index]


def from_values(value: object, place: Place) -> object:
    """Wrap plain maps and lists (parsed JSON), all at one place."""
    if isinstance(value, Mapping):
        wrapped = Map(place)
        for key, inner in value.items():
            wrapped.put(str(key), from_values(inner, place), place)
        return wrapped
    if isinstance(value, list | tuple):
        listed = Seq(place)
        for inner in value:
            listed.put(from_values(inner, place), place)
        return listed
    return value


def beginning(value: object, most: int) -> object:
    """Give a value with the first few entries of each map and list in it."""
    if isinstance(value, Mapping):
        return {key: beginning(inner, most) for key, inner in islice(value.items(), most)}
    if isinstance(value, list | tuple):
        return [beginning(inner, most) for inner in value[:most]]
    return value


def copied(value: object) -> object:
    """Copy maps and lists, so that changes to one do not reach the other."""
    if isinstance(value, Map):
        twin = Map(value.place)
        for key, inner in value.items():
            twin.put(key, copied(inner), value.marks[key])
        return twin
    if isinstance(value, Seq):
        listed = Seq(value.place)
        for inner, place in zip(value, value.marks, strict=True):
            listed.put(copied(inner), place)
        return listed
    return value


def row_key(row: object) -> str | None:
    """Give the name by which a row is called, if it has one."""
    if not isinstance(row, Mapping):
        return None
    fields = ("id",) if "id" in row or not _NAMES.isdisjoint(row) else _KEY_FIELDS
    return next((str(row[field]) for field in fields if isinstance(row.get(field), str)), None)


def in_words(root: object, path: Iterable[str | int]) -> str:
    """Write a path as in ``funds[title-ii].amount_cents``; rows without a name as ``[#3]``."""
    text = ""
    node = root
    for step in path:
        if isinstance(step, int):
            inside = isinstance(node, list) and step < len(node)
            node = node[step] if isinstance(node, list) and inside else None
            text += f"[{row_key(node) or f'#{step + 1}'}]"
        else:
            node = node.get(step) if isinstance(node, Mapping) else None
            text += f".{step}" if text else step
    return text


def place_of(root: object, path: Path) -> tuple[Place, int]:
    """Find the closest place known for a path, and how many of its steps lead to that row or line.

    For a value of a table the place is that of its row, and the steps after the row name its
    column.
    """
    node = root
    place, depth = Place("scenario"), 0
    if isinstance(node, Map | Seq):
        place = node.place
    for at, step in enumerate(path):
        if isinstance(node, Map) and step in node:
            mark, node = node.marks[str(step)], node[str(step)]
        elif isinstance(node, Seq) and isinstance(step, int) and step < len(node):
            mark, node = node.marks[step], node[step]
        else:
            break
        if mark != place or not mark.is_row:
            place, depth = mark, at + 1
    return place, depth


def locate(root: object, path: Path) -> tuple[str, str]:
    """Give the file of a value, and its row and column or its line and path."""
    place, depth = place_of(root, path)
    if place.is_row:
        sheet = f"sheet {place.sheet}, " if place.sheet else ""
        steps = path[depth:-1] if path and isinstance(path[-1], int) else path[depth:]
        column = ".".join(str(s + 1 if isinstance(s, int) else s) for s in steps)
        return place.file, f"{sheet}row {place.number}" + (f", column {column}" if column else "")
    words = in_words(root, path)
    line = f"line {place.number}" if place.number else ""
    return place.file, ", ".join(part for part in (line, words) if part) or "the whole file"
