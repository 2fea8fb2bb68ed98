"""Where people read: results on the standard output, everything else on the standard error."""

from __future__ import annotations

from rich.console import Console


def results() -> Console:
    """Give the console for what was asked for."""
    return Console(highlight=False)


def errors() -> Console:
    """Give the console for progress and errors."""
    return Console(stderr=True, highlight=False)
