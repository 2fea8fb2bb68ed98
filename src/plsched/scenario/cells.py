"""Rows of text to objects: dotted columns are parts of parts, ``;`` separates a list."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from plsched.scenario.collect import Findings
from plsched.scenario.models.base import Model
from plsched.scenario.nearest import suggestion
from plsched.scenario.shapes import Many, Pairs, Part, Scalar, Shape, fields
from plsched.scenario.sheets import Row, Sheet
from plsched.scenario.source import BAD, Map, Place, Plain, Seq

TABLE_ENDINGS = (".csv", ".xlsx")
MOST_NUMBERED = 50

_FORMULA = ("=", "+", "@")


@dataclass(frozen=True, slots=True)
class _Column:
    heading: str
    steps: tuple[str | int, ...]
    shape: Shape


def rows_of(sheet: Sheet, model: type[Model], found: Findings) -> Seq:
    """Make objects of a table's rows; cells stay text until the fields read them."""
    columns = [_column(heading, model, sheet, found) for heading in sheet.headings]
    table = Seq(Place(sheet.file, 1, sheet.name, is_row=True))
    for row in sheet.rows:
        place = Place(sheet.file, row.number, sheet.name, is_row=True)
        table.put(_object(row, columns, place, found), place)
    return table


def _column(heading: str, model: type[Model], sheet: Sheet, found: Findings) -> _Column | None:
    """Find the field that a heading names, in parts of parts."""
    shape: Shape = Part(model)
    steps: list[str | int] = []
    rest = heading.split(".")
    while rest:
        word = rest.pop(0)
        match shape:
            case Part(model=inner):
                known = fields(inner)
                if word not in known:
                    _unknown(heading, word, tuple(known), sheet, found)
                    return None
                shape = known[word]
                steps.append(word)
            case Pairs(value=value):
                shape = value
                steps.append(".".join([word, *rest]))
                rest = []
            case Many(of=Part() as part) if word.isdecimal() and 1 <= int(word) <= MOST_NUMBERED:
                shape = part
                steps.append(int(word) - 1)
            case _:
                _unknown(heading, word, (), sheet, found)
                return None
    return _Column(heading, tuple(steps), shape)


def _unknown(
    heading: str, word: str, known: tuple[str, ...], sheet: Sheet, found: Findings
) -> None:
    name = f"sheet {sheet.name}, " if sheet.name else ""
    remedy = suggestion(word, known, "columns") if known else "End the heading before that."
    message = f"the column {heading!r} is not known: there is no {word!r}"
    found.error(
        "unknown-key", (sheet.file, f"{name}row 1, column {heading}"), word, message, remedy
    )


def _object(row: Row, columns: list[_Column | None], place: Place, found: Findings) -> Map:
    whole = Map(place)
    for column, cell in zip(columns, row.cells, strict=False):
        if column is None or not cell:
            continue
        name = f"sheet {place.sheet}, " if place.sheet else ""
        spot = (place.file, f"{name}row {place.number}, column {column.heading}")
        _store(whole, column.steps, _value(cell, column.shape, place, spot, found), place)
    return whole


def _store(whole: Map, steps: tuple[str | int, ...], value: object, place: Place) -> None:
    node: Map | Seq = whole
    for step, following in pairwise(steps):
        inner: Map | Seq = Seq(place) if isinstance(following, int) else Map(place)
        if isinstance(node, Seq):
            while len(node) <= int(step):
                node.put(Map(place), place)
            held = node[int(step)]
        else:
            held = node.setdefault(str(step), inner)
            node.marks[str(step)] = place
        if not isinstance(held, Map | Seq):
            return
        node = held
    if isinstance(node, Map):
        node.put(str(steps[-1]), value, place)


def _value(cell: str, shape: Shape, place: Place, spot: tuple[str, str], found: Findings) -> object:
    if cell.startswith(_FORMULA):
        message = "the cell holds a formula, or text that a spreadsheet takes for one"
        found.error("formula", spot, cell, message, "Write the value itself into the cell.")
        return BAD
    match shape:
        case Scalar():
            value: object = Plain(cell)
        case Many(of=Scalar()):
            value = _listed(cell.split(";"), place)
        case Many(of=Many(of=Scalar())):
            value = _lists(cell, place)
        case Pairs(value=inner):
            value = _pairs(cell, inner, place, spot, found)
        case Many(of=Part()) if cell.endswith(TABLE_ENDINGS):
            value = Plain(cell)
        case _:
            value = BAD
            message = "a part with fields of its own cannot stand in one cell"
            column = spot[1].rsplit(" ", 1)[-1]
            remedy = f"Write a column for each field, such as {column}.{_example(shape)}."
            found.error("cell", spot, cell, message, remedy)
    return value


def _lists(cell: str, place: Place) -> Seq:
    outer = Seq(place)
    for part in cell.split(";"):
        if part.strip():
            outer.put(_listed(part.split("|"), place), place)
    return outer


def _listed(texts: list[str], place: Place) -> Seq:
    listed = Seq(place)
    for text in texts:
        if text.strip():
            listed.put(Plain(text.strip()), place)
    return listed


def _pairs(cell: str, inner: Shape, place: Place, spot: tuple[str, str], found: Findings) -> object:
    pairs = Map(place)
    for part in cell.split(";"):
        key, equals, text = (piece.strip() for piece in part.partition("="))
        if not part.strip():
            continue
        if not equals or not key:
            message = f"{part.strip()!r} is not of the form key=value"
            found.error("cell", spot, cell, message, "Write key=value;key=value.")
            return BAD
        if key in pairs:
            message = f"the key {key!r} stands twice in the cell"
            found.error("duplicate-key", spot, cell, message, "Keep one of the two.")
            return BAD
        value = _listed(text.split("|"), place) if isinstance(inner, Many) else Plain(text)
        pairs.put(key, value, place)
    return pairs


def _example(shape: Shape) -> str:
    match shape:
        case Part(model=model):
            return next(iter(fields(model)))
        case Many(of=Part(model=model)):
            return f"1.{next(iter(fields(model)))}"
    return "1"
