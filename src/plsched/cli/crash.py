"""A crash of the solver: a line for people, the whole for those who mend it."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from plsched.cli import exits
from plsched.errors import SolverCrashed


@contextmanager
def crash_told(*, as_json: bool = False) -> Iterator[None]:
    """End the command when the solver crashes; its traceback goes to JSON, or to a log file."""
    try:
        yield
    except SolverCrashed as error:
        if as_json:
            print(json.dumps({"error": str(error), "traceback": error.trace}, indent=2))
        else:
            typer.secho(f"error: {error}{_logged(error.trace)}", fg="red", err=True)
        raise typer.Exit(exits.OUR_FAULT) from error


def _logged(trace: str | None) -> str:
    if trace is None:
        return ""
    with tempfile.NamedTemporaryFile(
        "w", prefix="plsched-crash-", suffix=".log", encoding="utf-8", delete=False
    ) as log:
        log.write(trace)
    return f"; please report it with {log.name}"
