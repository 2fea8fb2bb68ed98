"""What each field of a scenario holds, read off the models: a list, a map, a number, a date."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Annotated, Any, Literal, TypeAlias, Union, get_args, get_origin

from plsched.scenario.models.base import Model

ScalarKind = Literal["text", "integer", "yes_no", "date", "clock", "moment", "word"]


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value. ``words`` are those allowed for a ``word``."""

    kind: ScalarKind
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Many:
    """A list; ``length`` is set where it is fixed."""

    of: Shape
    length: int | None = None


@dataclass(frozen=True, slots=True)
class Pairs:
    """A map from the user's own keys."""

    key: Scalar
    value: Shape


@dataclass(frozen=True, slots=True)
class Part:
    """An object with known fields."""

    model: type[Model]


Shape: TypeAlias = Scalar | Many | Pairs | Part

_SCALARS: dict[object, Scalar] = {
    str: Scalar("text"),
    int: Scalar("integer"),
    bool: Scalar("yes_no"),
    date: Scalar("date"),
    time: Scalar("clock"),
    datetime: Scalar("moment"),
}


@cache
def fields(model: type[Model]) -> Mapping[str, Shape]:
    """Give the shape of each field of a model."""
    return {name: _shape(info.annotation) for name, info in model.model_fields.items()}


def default(model: type[Model], field: str) -> object:
    """Give what a field holds when nothing is written."""
    info = model.model_fields[field]
    return None if info.is_required() else info.get_default(call_default_factory=True)


def _shape(annotation: Any) -> Shape:
    origin, args = get_origin(annotation), get_args(annotation)
    shape: Shape | None = None
    if annotation in _SCALARS:
        shape = _SCALARS[annotation]
    elif isinstance(annotation, type) and issubclass(annotation, Model):
        shape = Part(annotation)
    elif origin is Annotated:
        shape = _shape(args[0])
    elif origin in {Union, types.UnionType}:
        (inner,) = (arg for arg in args if arg is not types.NoneType)
        shape = _shape(inner)
    elif origin is Literal:
        numbers = all(isinstance(arg, int) for arg in args)
        shape = Scalar("integer") if numbers else Scalar("word", tuple(str(arg) for arg in args))
    elif origin in {tuple, dict}:
        shape = _collection(origin, args)
    if shape is None:
        raise TypeError(f"no shape is known for {annotation}; teach plsched.scenario.shapes")
    return shape


def _collection(origin: type, args: tuple[Any, ...]) -> Shape | None:
    if origin is tuple:
        return Many(_shape(args[0]), length=None if args[-1] is Ellipsis else len(args))
    key = _shape(args[0])
    return Pairs(key, _shape(args[1])) if isinstance(key, Scalar) else None


def is_table(shape: Shape) -> bool:
    """Tell whether a field is a list of objects, which may stand in a file of its own."""
    return isinstance(shape, Many) and isinstance(shape.of, Part)


def row_model(shape: Shape) -> type[Model]:
    """Give the model of a table's rows."""
    if isinstance(shape, Many) and isinstance(shape.of, Part):
        return shape.of.model
    raise TypeError(f"{shape} is not a list of objects")
