"""Take an id out of everything that names it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plsched.scenario.models import Scenario
from plsched.scenario.models.base import Model
from plsched.scenario.models.learning import Relation
from plsched.scenario.models.people import Coach, SiteDays
from plsched.scenario.models.places import Travel
from plsched.scenario.models.policy import Pin, Prior
from plsched.scenario.references import KEYS, NAMES, VALUES, Thing, named_by
from plsched.scenario.shapes import Many, Part, Shape, fields
from plsched.scenario.source import Map, Seq

# Rows that say something of one thing only: without it they mean nothing.
_ABOUT_ONE = (Relation, Prior, Pin, Coach, Travel, SiteDays)

# What else is gone when a thing is.
_ALSO: Mapping[Thing, tuple[Thing, ...]] = {
    "educator": ("educator", "coach"),
    "course": ("course", "item"),
    "item": ("item",),
}


def forget(root: Map, thing: Thing, ids: frozenset[str]) -> int:
    """Drop ids from lists and maps that name them, and rows that are about them alone.

    Returns
    -------
    int
        Number of places from which they were dropped. A single field that names them is left:
        what it should name instead is for people to say.
    """
    return _in_part(root, Scenario, frozenset(_ALSO.get(thing, (thing,))), ids)


def _in_part(node: Map, model: type[Model], things: frozenset[Thing], ids: frozenset[str]) -> int:
    dropped = 0
    for field in _fields_about(NAMES, model, things):
        names = node.get(field)
        if isinstance(names, Seq):
            dropped += _drop(names, [at for at, name in enumerate(names) if str(name) in ids])
    for field in _fields_about(KEYS, model, things):
        dropped += _drop_keys(node, field, [key for key in _pairs(node, field) if key in ids])
    for field in _fields_about(VALUES, model, things):
        pairs = _pairs(node, field)
        dropped += _drop_keys(node, field, [key for key in pairs if str(pairs[key]) in ids])
    for field, shape in fields(model).items():
        if field in node:
            dropped += _inside(node[field], shape, things, ids)
    return dropped


def _inside(value: object, shape: Shape, things: frozenset[Thing], ids: frozenset[str]) -> int:
    if isinstance(shape, Part) and isinstance(value, Map):
        return _in_part(value, shape.model, things, ids)
    if not (isinstance(shape, Many) and isinstance(shape.of, Part) and isinstance(value, Seq)):
        return 0
    model = shape.of.model
    about = [at for at, row in enumerate(value) if _is_about(row, model, things, ids)]
    dropped = _drop(value, about)
    return dropped + sum(_in_part(row, model, things, ids) for row in value if isinstance(row, Map))


def _is_about(
    row: object, model: type[Model], things: frozenset[Thing], ids: frozenset[str]
) -> bool:
    if not issubclass(model, _ABOUT_ONE) or not isinstance(row, Map):
        return False
    for field in _fields_about(NAMES, model, things):
        held = row.get(field)
        if isinstance(held, str) and (held in ids or (model is Pin and _item(held) in ids)):
            return True
        if model is Travel and isinstance(held, Seq) and any(str(name) in ids for name in held):
            return True
    return False


def _item(planned: str) -> str:
    return planned.partition("/")[0]


def _fields_about(
    table: Mapping[type[Model], Mapping[str, Thing]], model: type[Model], things: frozenset[Thing]
) -> Iterator[str]:
    return (field for field, thing in named_by(table, model).items() if thing in things)


def _drop(rows: Seq, indices: list[int]) -> int:
    for index in reversed(indices):
        rows.drop(index)
    return len(indices)


def _pairs(node: Map, field: str) -> Map:
    held = node.get(field)
    return held if isinstance(held, Map) else Map(node.place)


def _drop_keys(node: Map, field: str, keys: list[str]) -> int:
    pairs = _pairs(node, field)
    for key in keys:
        del pairs[key]
    return len(keys)
