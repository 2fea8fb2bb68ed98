"""Text to typed values: the field a value lands in decides what it means."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import NamedTuple

from plsched.scenario.collect import Findings, shown
from plsched.scenario.models import Scenario
from plsched.scenario.models.base import Model
from plsched.scenario.nearest import Suggestions
from plsched.scenario.shapes import Many, Pairs, Part, Scalar, Shape, fields
from plsched.scenario.source import BAD, Map, Path, Plain, Seq, locate

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_INTEGER = re.compile(r"^[+-]?\d{1,1000}(?:\.0+)?$")
_MOST_BITS = 3400
_DECIMAL = re.compile(r"^[+-]?\d+\.\d+$")
_DATE = re.compile(r"^\d{4}-\d\d-\d\d$")
_CLOCK = re.compile(r"^(\d{1,2}):(\d\d)(?::00)?$")
_YES_NO = {"true": True, "yes": True, "false": False, "no": False}


class _Fault(NamedTuple):
    code: str
    message: str
    remedy: str


def fitted(root: Map, found: Findings) -> dict[str, object]:
    """Give a scenario's values their types; tell those that do not fit, and unknown keys."""
    value = _Fitting(root, found).part(root, Scenario, ())
    return value if isinstance(value, dict) else {}


class _Fitting:
    def __init__(self, root: Map, found: Findings) -> None:
        self._root = root
        self._found = found
        self._names = Suggestions()

    def value(self, value: object, shape: Shape, path: Path) -> object:
        """Fit any value."""
        match shape:
            case Scalar():
                return self._scalar(value, shape, path)
            case Many():
                return self._many(value, shape, path)
            case Pairs():
                return self._pairs(value, shape, path)
            case Part(model=model):
                return self.part(value, model, path)

    def part(self, value: object, model: type[Model], path: Path) -> object:
        """Fit an object with known fields."""
        if value is BAD:
            return BAD
        known = fields(model)
        if not isinstance(value, Map):
            remedy = f"Write keys with values: {', '.join(list(known)[:4])} ..."
            message = "keys with values are meant here"
            return self._tell(path, "not-a-map", _brief(value), message, remedy)
        fit: dict[str, object] = {}
        for key, inner in value.items():
            shape = known.get(key)
            if shape is None:
                remedy = self._names.suggestion(key, tuple(known), f"keys of {model.__name__}")
                self._tell(
                    (*path, key), "unknown-key", key, f"the key {key!r} is not known", remedy
                )
            elif not _absent(inner):
                fit[key] = self.value(inner, shape, (*path, key))
        return fit

    def _many(self, value: object, shape: Many, path: Path) -> object:
        if value is BAD:
            return BAD
        if not isinstance(value, Seq):
            text = shown(value) if isinstance(value, str) else "..."
            remedy = f"Write a list: [{text}]."
            return self._tell(path, "not-a-list", _brief(value), "a list is meant here", remedy)
        if shape.length is not None and len(value) != shape.length:
            message = f"the list has {len(value)} elements instead of {shape.length}"
            remedy = f"Write exactly {shape.length}, separated by ';' in a cell."
            return self._tell(path, "list-length", len(value), message, remedy)
        return [self.value(inner, shape.of, (*path, at)) for at, inner in enumerate(value)]

    def _pairs(self, value: object, shape: Pairs, path: Path) -> object:
        if value is BAD:
            return BAD
        if not isinstance(value, Map):
            remedy = "Write keys with values; in a cell: key=value;key=value."
            return self._tell(
                path, "not-a-map", _brief(value), "keys with values are meant", remedy
            )
        fit: dict[object, object] = {}
        for key, inner in value.items():
            typed = self._scalar(Plain(key), shape.key, (*path, key))
            if typed is BAD:
                return BAD
            fit[typed] = self.value(inner, shape.value, (*path, key))
        return fit

    def _scalar(self, value: object, shape: Scalar, path: Path) -> object:
        if value is BAD:
            return BAD
        if _absent(value):
            remedy = "Write a value, or remove the line."
            return self._tell(path, "empty-value", "", "a value is missing", remedy)
        if shape.kind == "word":
            return self._word(value, shape, path)
        fit = _READERS[shape.kind](value, _field(path))
        if isinstance(fit, _Fault):
            return self._tell(path, fit.code, _brief(value), fit.message, fit.remedy)
        return fit

    def _word(self, value: object, shape: Scalar, path: Path) -> object:
        text, field = str(value), _field(path)
        if isinstance(value, str) and text in shape.words:
            return text
        remedy = self._names.suggestion(text, shape.words, f"words for {field}")
        message = f"{field} does not know this word"
        return self._tell(path, "unknown-word", _brief(value), message, remedy)

    def _tell(self, path: Path, code: str, value: object, message: str, remedy: str) -> object:
        self._found.error(code, locate(self._root, path), value, message, remedy)
        return BAD


def _absent(value: object) -> bool:
    return value is None or (isinstance(value, Plain) and value in _NULL)


def _brief(value: object) -> object:
    if isinstance(value, Seq):
        return f"a list of {len(value)}"
    if isinstance(value, Mapping):
        return f"keys {', '.join(list(value)[:3])}"
    if isinstance(value, int) and value.bit_length() > _MOST_BITS:
        return f"a number of {value.bit_length()} bits"
    return value


def _field(path: Path) -> str:
    last = path[-1] if path else ""
    if isinstance(last, str):
        return last
    return next((step for step in reversed(path) if isinstance(step, str)), "")


def _text(value: object, _field: str) -> object:
    if isinstance(value, str):
        return str(value)
    remedy = f'Put quotes around it: "{value}".'
    return _Fault("not-a-text", "text is meant here", remedy)


def _integer(value: object, field: str) -> object:
    if isinstance(value, int) and not isinstance(value, bool):
        if value.bit_length() > _MOST_BITS:
            return _Fault("too-large", f"{field} is far too large", "Write a smaller number.")
        return value
    if isinstance(value, Plain) and _INTEGER.match(value):
        return int(value.partition(".")[0])
    text = str(value)
    if isinstance(value, float | Plain) and _DECIMAL.match(text):
        return _Fault("not-a-whole-number", f"{field} takes whole numbers", _whole(text, field))
    if isinstance(value, str) and _INTEGER.match(value):
        return _Fault("not-a-number", "a number is meant here, not text", "Remove the quotes.")
    bare = re.sub(r"[\s,$%_']", "", text)
    remedy = "Write digits alone."
    if re.fullmatch(r"\d{1,30}(\.\d+)?", bare):
        remedy = _whole(bare, field) if "." in bare else f"Write digits alone: {bare}."
    return _Fault("not-a-number", f"{field} takes a whole number", remedy)


def _whole(text: str, field: str) -> str:
    """Say how a number with decimals is written in the field's unit."""
    whole, _, decimals = text.partition(".")
    if "cents" in field and len(decimals.rstrip("0")) <= 2 and len(text) < 30:
        return f"Money is in cents: write {int(whole + decimals.rstrip('0').ljust(2, '0'))}."
    for unit, smaller in (("_min", "minutes"), ("percent", "percent"), ("permille", "permille")):
        if unit in field:
            return f"Write whole {smaller}."
    return "Write it without decimals."


def _yes_no(value: object, _field: str) -> object:
    if isinstance(value, bool):
        return value
    if isinstance(value, Plain) and value.casefold() in _YES_NO:
        return _YES_NO[value.casefold()]
    return _Fault("not-yes-or-no", "true or false is meant here", "Write true or false.")


def _date(value: object, _field: str) -> object:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    text = str(value)
    if not isinstance(value, str) or not _DATE.match(text):
        return _Fault("not-a-date", "a date is meant here", "Write year-month-day: 2027-08-16.")
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        message = f"there is no such date ({error})"
        return _Fault("not-a-date", message, "Look it up in a calendar.")


def _clock(value: object, _field: str) -> object:
    if isinstance(value, time):
        return value
    remedy = "Write hours and minutes of 24 hours: 08:30 or 15:45."
    parts = _CLOCK.match(value) if isinstance(value, str) else None
    if parts is None:
        return _Fault("not-a-time", "a time of day is meant here", remedy)
    hour, minute = int(parts[1]), int(parts[2])
    if hour > 23 or minute > 59:
        return _Fault("not-a-time", "there is no such time of day", remedy)
    return time(hour, minute)


def _moment(value: object, _field: str) -> object:
    if isinstance(value, datetime):
        return value
    text = str(value)
    if isinstance(value, str) and len(text) > len("2027-08-16"):
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            pass
    remedy = "Write date and time of the district's clock: 2027-08-16T08:30."
    return _Fault("not-a-time", "a date with a time is meant here", remedy)


_READERS: dict[str, Callable[[object, str], object]] = {
    "text": _text,
    "integer": _integer,
    "yes_no": _yes_no,
    "date": _date,
    "clock": _clock,
    "moment": _moment,
}
