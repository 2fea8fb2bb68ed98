"""Typed values to a frozen scenario; what a model refuses becomes a finding."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ValidationError

from plsched.money import dollars
from plsched.scenario.collect import Findings
from plsched.scenario.models import Scenario
from plsched.scenario.source import BAD, Map, Path, locate

MOST_FAULTS = 5_000


def validated(values: Mapping[str, object], root: Map, found: Findings) -> Scenario | None:
    """Make the scenario, or tell every reason why it is none."""
    try:
        return Scenario.model_validate(values)
    except ValidationError as error:
        # A fault takes a few hundred times the memory of the text that it is in.
        if error.error_count() > MOST_FAULTS:
            found.flood(error.error_count())
        for fault in error.errors(include_url=False):
            if not _told(fault):
                _tell(fault, root, found)
        return None


def _told(fault: Mapping[str, Any]) -> bool:
    """Find faults that follow from others: of a bad value, or of a list whose rows have faults."""
    value = fault["input"]
    if fault["type"] == "too_short" and isinstance(value, list):
        return len(value) >= int(fault["ctx"]["min_length"])
    return value is BAD


def _tell(fault: Mapping[str, Any], root: Map, found: Findings) -> None:
    path = _known_path(tuple(step for step in fault["loc"] if step != "[key]"))
    code, message, remedy = _words(fault, _field(path))
    value = "" if fault["type"] == "missing" else fault["input"]
    if isinstance(value, Mapping):
        single = {key: held for key, held in value.items() if not isinstance(held, list | dict)}
        named = [key for key in re.findall(r"\w+", message) if key in single]
        path = (*path, *named[:1])
        value = _brief({key: single[key] for key in named or list(single)[:2]})
    elif isinstance(value, list | tuple):
        value = ", ".join(str(inner) for inner in list(value)[:8])
    found.error(code, locate(root, path), value, message, remedy)


def _known_path(path: tuple[object, ...]) -> Path:
    return tuple(step if isinstance(step, int) else str(step) for step in path)


def _field(path: Path) -> str:
    return next((step for step in reversed(path) if isinstance(step, str)), "")


def _brief(values: Mapping[str, object]) -> str:
    return ", ".join(f"{key}: {value}" for key, value in values.items())


def _words(fault: Mapping[str, Any], field: str) -> tuple[str, str, str]:
    """Put a fault into code, message and remedy."""
    limits = fault.get("ctx", {})
    kind = fault["type"]
    if kind in _WORDS:
        return _WORDS[kind](field, limits)
    if kind == "value_error":
        said, remedy = _said(str(limits["error"]))
        return "contradiction", said, remedy
    return "wrong-value", f"{field}: {fault['msg']}", "Look the field up in `plsched schema`."


def _said(text: str) -> tuple[str, str]:
    """Part a model's own message into what is wrong and what to do."""
    said, _, remedy = text.partition("; ")
    if not remedy:
        parted = re.match(r"^(.*): ((?:remove|name|give|write|lower) .*)$", text)
        said, remedy = (parted[1], parted[2]) if parted else (text, "change one of the values")
    return said, remedy[0].upper() + remedy[1:].rstrip(".") + "."


def _amount(number: object, field: str) -> str:
    if isinstance(number, int) and "cents" in field:
        return f"{number} cents ({dollars(number)})"
    return str(number)


def _at_least(field: str, limits: Mapping[str, Any]) -> tuple[str, str, str]:
    least = _amount(limits["ge"], field)
    return "too-small", f"{field} is at least {least}", f"Write {least} or more."


def _at_most(field: str, limits: Mapping[str, Any]) -> tuple[str, str, str]:
    most = _amount(limits["le"], field)
    return "too-large", f"{field} is at most {most}", f"Write {most} or less."


def _missing(field: str, _limits: Mapping[str, Any]) -> tuple[str, str, str]:
    return "missing", f"{field} is missing", f"Add {field}: every row of this kind needs it."


def _too_few(field: str, limits: Mapping[str, Any]) -> tuple[str, str, str]:
    least = limits["min_length"]
    message = f"{field} has {limits['actual_length']} entries and needs at least {least}"
    return "too-few", message, f"Add to {field}."


def _too_many(field: str, limits: Mapping[str, Any]) -> tuple[str, str, str]:
    most = limits["max_length"]
    message = f"{field} has more than {most} entries"
    return "too-many", message, f"Keep at most {most}."


def _too_short(field: str, limits: Mapping[str, Any]) -> tuple[str, str, str]:
    return "empty-value", f"{field} is empty", f"Write at least {limits['min_length']} character."


def _too_long(field: str, limits: Mapping[str, Any]) -> tuple[str, str, str]:
    most = limits["max_length"]
    return "text-length", f"{field} is longer than {most} characters", "Shorten it."


def _pattern(field: str, limits: Mapping[str, Any]) -> tuple[str, str, str]:
    if "#" in limits["pattern"]:
        message = f"{field} has a character that an id may not have"
        return "id", message, "Leave out # / | ; and , and line breaks, and begin with no blank."
    message = f"{field} has a line break or another control character"
    return "control-character", message, "Write it on one line."


_WORDS: dict[str, Callable[[str, Mapping[str, Any]], tuple[str, str, str]]] = {
    "greater_than_equal": _at_least,
    "less_than_equal": _at_most,
    "missing": _missing,
    "too_short": _too_few,
    "too_long": _too_many,
    "string_too_short": _too_short,
    "string_too_long": _too_long,
    "string_pattern_mismatch": _pattern,
}
