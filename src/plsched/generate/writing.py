"""A scenario to a folder: ``scenario.yaml``, and CSV tables for what is long."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from functools import cache
from pathlib import Path

import yaml

from plsched.errors import OutputFolderUnusable
from plsched.scenario.models import Scenario
from plsched.scenario.models.base import Model

TABLES = (
    "sites",
    "travel",
    "facilities",
    "educators",
    "groups",
    "experts",
    "coaches",
    "courses",
    "engagements",
    "tasks",
    "observations",
    "coaching",
    "limits",
    "prior",
)
"""Parts that stand in tables of their own; the rest is in ``scenario.yaml``."""

_HEAD = "# A synthetic district, made by `plsched generate`. Change it as you like.\n"


class _Dumper(yaml.SafeDumper):
    """Writes equal values out in each place; scenarios know no aliases."""

    def ignore_aliases(self, data: object) -> bool:
        """Write every value out."""
        del data
        return True


def write_district(scenario: Scenario, folder: Path) -> None:
    """Write a scenario into a folder that is empty or not there yet.

    Raises
    ------
    OutputFolderUnusable
        The folder holds something, or cannot be written.
    """
    see_that_it_is_free(folder)
    texts = {"days.csv": _table(scenario.calendar.days)}
    for table in TABLES:
        texts[f"{table}.csv"] = _table(getattr(scenario, table))
    texts["scenario.yaml"] = _main(scenario)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise OutputFolderUnusable(
            f"{folder} cannot be written ({error.strerror}); name another folder"
        ) from error


def see_that_it_is_free(folder: Path) -> None:
    """Refuse a folder that holds something.

    Raises
    ------
    OutputFolderUnusable
        The folder is a file, or is not empty.
    """
    if folder.exists() and not folder.is_dir():
        raise OutputFolderUnusable(f"{folder} is a file; name a folder")
    held = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    if held:
        raise OutputFolderUnusable(
            f"{folder} is not empty (it holds {', '.join(held[:3])}); name a new folder"
        )


def _main(scenario: Scenario) -> str:
    whole = _fields(scenario)
    for table in TABLES:
        if table in whole:
            whole[table] = f"{table}.csv"
    whole["calendar"] = _fields(scenario.calendar) | {"days": "days.csv"}
    return _HEAD + yaml.dump(
        whole,
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        default_flow_style=None,
        width=100,
    )


def _fields(part: Model) -> dict[str, object]:
    """Give a part as YAML writes it; fields that keep their default are left out."""
    return {name: _plain(held) for name, held in _given(part)}


def _plain(value: object) -> object:
    match value:
        case Model():
            return _fields(value)
        case tuple():
            return [_plain(inner) for inner in value]
        case dict():
            return {key: _plain(inner) for key, inner in value.items()}
        case time():
            return f"{value:%H:%M}"
        case _:
            return value


def _given(part: Model) -> Iterable[tuple[str, object]]:
    """Give the fields of a part whose value is not their default."""
    for name, default in _fields_of(type(part)):
        value = getattr(part, name)
        if value != default:
            yield name, value


@cache
def _fields_of(model: type[Model]) -> list[tuple[str, object]]:
    """Give the fields of a part with their defaults, the id first, the others in their order."""
    return [
        (name, field.get_default(call_default_factory=True))
        for name, field in sorted(model.model_fields.items(), key=lambda pair: pair[0] != "id")
    ]


def _table(rows: Sequence[Model]) -> str:
    """Write rows with a column for each field that some row gives; parts have dotted columns."""
    flat = [dict(_cells(row, "")) for row in rows]
    names = [name for name, _ in _fields_of(type(rows[0]))] if rows else []
    columns = dict.fromkeys(column for row in flat for column in row)
    ordered = sorted(columns, key=lambda column: names.index(column.partition(".")[0]))
    stream = io.StringIO()
    writer = csv.DictWriter(stream, ordered, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(flat)
    return stream.getvalue()


def _cells(part: Model, before: str) -> Iterable[tuple[str, str]]:
    for name, value in _given(part):
        column = f"{before}{name}"
        if isinstance(value, Model):
            yield from _cells(value, f"{column}.")
        elif isinstance(value, tuple) and value and isinstance(value[0], Model):
            for at, inner in enumerate(value, start=1):
                yield from _cells(inner, f"{column}.{at}.")
        else:
            yield column, _cell(value)


def _cell(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case time():
            return f"{value:%H:%M}"
        case date():
            return value.isoformat()
        case tuple():
            nested = any(isinstance(inner, tuple) for inner in value)
            return "; ".join("|".join(inner) if nested else _cell(inner) for inner in value)
        case Mapping():
            return "; ".join(f"{key}={_cell(inner)}" for key, inner in value.items())
        case _:
            return str(value)
