"""A solve under way: a bar on a terminal, plain lines otherwise."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from plsched.cli.wording import in_units, percent

if TYPE_CHECKING:
    from rich.console import Console

    from plsched.runs.ports import ProgressSeen

Show = Callable[["ProgressSeen"], None]
LINE_EVERY_S = 1.0


@contextmanager
def shown_progress(time_limit_s: float) -> Iterator[Show]:
    """Give what a solve calls to tell its progress, on the standard error."""
    from plsched.cli.console import errors

    console = errors()
    if console.is_terminal:
        with _bar(console, time_limit_s) as show:
            yield show
    else:
        yield _lines(console)


def words(seen: ProgressSeen) -> str:
    """Say in one line how far a solve is."""
    if seen.tier is None or seen.value is None:
        return f"{seen.stage}: {seen.message}"
    return (
        f"{seen.stage}: {seen.tier} {in_units(seen.tier, seen.value)}, "
        f"bound {in_units(seen.tier, seen.bound)}, gap {percent(seen.gap)}"
    )


@contextmanager
def _bar(console: Console, time_limit_s: float) -> Iterator[Show]:
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=20),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("reading the scenario", total=time_limit_s)

        def show(seen: ProgressSeen) -> None:
            bar.update(task, description=words(seen), completed=min(seen.elapsed_s, time_limit_s))

        yield show


def _lines(console: Console) -> Show:
    last_words, last_at = "", float("-inf")

    def show(seen: ProgressSeen) -> None:
        nonlocal last_words, last_at
        said, now = words(seen), time.monotonic()
        if said != last_words and now - last_at >= LINE_EVERY_S:
            last_words, last_at = said, now
            console.print(f"{seen.elapsed_s:7.1f} s  {said}", markup=False, soft_wrap=True)

    return show
