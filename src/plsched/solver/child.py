"""Solves in a child process: an abort of the solver is an error with a reason, not a crash."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from plsched.errors import JudgeRejected, SolverCrashed
from plsched.plan.models import Plan
from plsched.scenario.models import Scenario
from plsched.solver.effort import Effort
from plsched.solver.progress import Progress

if TYPE_CHECKING:
    from plsched.solver.session import Session

_ORPHANED = 1


@dataclass(frozen=True, slots=True)
class _Failed:
    """What a child says before it ends without a plan."""

    kind: str
    text: str
    trace: str | None = None


def solve(
    scenario: Scenario,
    *,
    seed: int = 0,
    time_limit_s: float = 60.0,
    workers: int = 2,
    baseline: Plan | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Plan:
    """Solve a checked scenario; the plan has passed the judge.

    Parameters
    ----------
    scenario
        The scenario.
    seed
        Seed of the search.
    time_limit_s
        Seconds for index, model and search together; naming and judging come on top.
    workers
        Threads of the search.
    baseline
        A plan to stay close to.
    on_progress
        Called with every step, in this process.
    cancelled
        Asked several times a second; once it says yes, the best plan so far is given.

    Raises
    ------
    SolverCrashed
        The child process died, or gave up with an error.
    JudgeRejected
        The plan did not pass the judge.
    """
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    task = (scenario, Effort(seed, time_limit_s, workers), baseline)
    process = context.Process(target=_child, args=(there, task), daemon=True)
    process.start()
    there.close()
    try:
        return _listen(here, process, on_progress, cancelled)
    finally:
        here.close()
        if process.is_alive():
            process.terminate()
        process.join()


def _listen(
    pipe: Connection,
    process: multiprocessing.process.BaseProcess,
    on_progress: Callable[[Progress], None] | None,
    cancelled: Callable[[], bool] | None,
) -> Plan:
    asked = False
    while True:
        if cancelled is not None and not asked and cancelled():
            # A child that died meanwhile is found out below.
            with suppress(BrokenPipeError):
                pipe.send("cancel")
            asked = True
        if not pipe.poll(0.1) and process.is_alive():
            continue
        match _next(pipe, process):
            case Progress() as progress:
                if on_progress is not None:
                    on_progress(progress)
            case Plan() as plan:
                return plan
            case _Failed(kind="JudgeRejected", text=text):
                raise JudgeRejected(text)
            case _Failed(text=text, trace=trace):
                raise SolverCrashed(text, trace)


def _next(pipe: Connection, process: multiprocessing.process.BaseProcess) -> object:
    """Read what the child says next; at the end of the pipe it has died."""
    try:
        return pipe.recv()
    except (EOFError, ConnectionResetError) as error:
        process.join()
        raise SolverCrashed(_epitaph(process)) from error


def _epitaph(process: multiprocessing.process.BaseProcess) -> str:
    code = process.exitcode
    if code is not None and code < 0:
        return f"the solver's process was ended by signal {signal.Signals(-code).name}"
    return f"the solver's process ended with exit code {code} and no result"


def _child(pipe: Connection, task: tuple[Scenario, Effort, Plan | None]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from plsched.solver.session import Session

    # What is built lives until this process ends; looking for garbage took 40 % of building.
    gc.disable()
    scenario, effort, baseline = task
    session = Session(scenario, effort, baseline, pipe.send)
    threading.Thread(target=_obey, args=(pipe, session), daemon=True).start()
    try:
        pipe.send(session.run())
    except Exception as error:  # noqa: BLE001 - whatever it is, the parent must be told
        pipe.send(_failed(error))


def _failed(error: Exception) -> _Failed:
    kind = type(error).__name__
    if isinstance(error, JudgeRejected):
        return _Failed(kind, str(error))
    told = traceback.format_exception_only(error)[-1].strip()
    reason = str(error) if isinstance(error, SolverCrashed) else f"the solver broke: {told}"
    return _Failed(kind, reason, traceback.format_exc())


def _obey(pipe: Connection, session: Session) -> None:
    """Cancel when told to; end at once when the parent is gone, since nobody waits any more."""
    try:
        while True:
            if pipe.recv() == "cancel":
                session.cancel()
    except (EOFError, OSError):
        os._exit(_ORPHANED)
