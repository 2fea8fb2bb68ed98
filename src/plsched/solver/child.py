"""Solves in a child process: whatever becomes of it is a plan, or an error with a reason.

The child may abort, be killed, hang, spin or grow: `plsched.solver.watchdog` says when it is given
up. However a solve ends, its process is gone.
"""

from __future__ import annotations

import ctypes
import gc
import math
import multiprocessing
import os
import signal
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from plsched.errors import JudgeRejected, SolverCrashed
from plsched.plan.models import Plan
from plsched.scenario.models import Scenario
from plsched.solver.effort import Effort
from plsched.solver.progress import Progress
from plsched.solver.watchdog import BEAT_S, Watch

if TYPE_CHECKING:
    from plsched.solver.session import Session

_ORPHANED = 1
_NICENESS = 10
_GONE_S = 10.0
"""A killed process is gone at once, unless the kernel holds it; then nobody can do more."""
_LOOK_S = 0.1
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True)
class _Failed:
    """What a child says before it ends without a plan."""

    kind: str
    text: str
    trace: str | None = None


class _Alive:
    """A sign of life."""


class _Gone:
    """The end of the pipe: the child has died."""


_SILENCE = object()
"""Nothing was said for a moment."""


def solve(
    scenario: Scenario,
    *,
    seed: int = 0,
    time_limit_s: float = 60.0,
    workers: int = 2,
    baseline: Plan | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    memory_limit_mib: int | None = None,
    gap: float = 0.0,
    steps: bool = False,
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
    memory_limit_mib
        Resident memory that the child process may have; ``None`` sets no limit.
    gap
        Fraction of a tier's value; a tier that is known to be so close to the best goes no further.
    steps
        ``time_limit_s`` counts what solvers do instead of seconds, and so does the plan's
        ``wall_time_s``: with one worker the same scenario, seed and limit give the same bytes.

    Raises
    ------
    SolverCrashed
        The child process died, gave up with an error, or was ended: it gave no sign of life, did
        not come to an end after its time limit, or took too much memory.
    JudgeRejected
        The plan did not pass the judge.
    """
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    task = (scenario, Effort(seed, time_limit_s, workers, gap=gap, steps=steps), baseline)
    process = context.Process(target=_child, args=(there,), daemon=True)
    process.start()
    there.close()
    said: SimpleQueue[object] = SimpleQueue()
    given = threading.Event()
    reader = threading.Thread(target=_give_and_read, args=(here, task, given, said), daemon=True)
    reader.start()
    # How long so many steps take depends on the machine; silence and memory end a child all the same.
    watch = Watch(int(process.pid or 0), math.inf if steps else time_limit_s, memory_limit_mib)
    try:
        return _listen(said, _Asking(here, given, watch, cancelled), process, watch, on_progress)
    finally:
        # It has nothing to put in order, and a stopped process takes no other signal.
        process.kill()
        process.join(_GONE_S)
        reader.join(_GONE_S)
        if not reader.is_alive():
            here.close()


_Task = tuple[Scenario, Effort, Plan | None]


def _give_and_read(
    pipe: Connection, task: _Task, given: threading.Event, said: SimpleQueue[object]
) -> None:
    """Give the child its task, and take in what it says.

    In a thread, for a child may die or stop before it has read its task, or in the middle of a word.
    """
    try:
        pipe.send(task)
        given.set()
        while True:
            said.put(pipe.recv())
    except (EOFError, OSError):
        said.put(_Gone())


@dataclass(slots=True)
class _Asking:
    """Asks a child, once, for the best plan so far; ``given`` is set once it has its task."""

    pipe: Connection
    given: threading.Event
    watch: Watch
    wanted: Callable[[], bool] | None
    asked: bool = False

    def look(self) -> None:
        """Ask it when somebody wants that; whoever gives the solve up is heard at any time."""
        wanted = self.wanted is not None and self.wanted()
        if not wanted or self.asked or not self.given.is_set():
            return
        # A child that has died is found out by whoever listens to it.
        with suppress(BrokenPipeError):
            self.pipe.send("cancel")
        self.watch.cancelled()
        self.asked = True


def _listen(
    line: SimpleQueue[object],
    asking: _Asking,
    process: multiprocessing.process.BaseProcess,
    watch: Watch,
    on_progress: Callable[[Progress], None] | None,
) -> Plan:
    while True:
        asking.look()
        said = _next(line)
        if said is not _SILENCE:
            watch.heard(said)
        match said:
            case Progress() as progress:
                if on_progress is not None:
                    on_progress(progress)
            case Plan() as plan:
                return plan
            case _Failed(kind="JudgeRejected", text=text):
                raise JudgeRejected(text)
            case _Failed(text=text, trace=trace):
                raise SolverCrashed(text, trace)
            case _Gone():
                process.join()
                raise SolverCrashed(_epitaph(process))
        # Also while it talks without a pause: it may grow meanwhile.
        reason = watch.verdict()
        if reason is not None:
            raise SolverCrashed(reason)


def _next(line: SimpleQueue[object]) -> object:
    try:
        return line.get(timeout=_LOOK_S)
    except Empty:
        return _SILENCE


def _epitaph(process: multiprocessing.process.BaseProcess) -> str:
    code = process.exitcode
    if code is not None and code < 0:
        return f"the solver's process was ended by signal {signal.Signals(-code).name}"
    return f"the solver's process ended with exit code {code} and no result"


class _Line:
    """The child's end of the pipe; several threads speak into it."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._lock = threading.Lock()

    def say(self, what: object) -> None:
        """Tell the parent something."""
        with self._lock:
            self._pipe.send(what)


def _child(pipe: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _die_with_parent()
    # Who reads a calendar is answered first; without anybody else a solve has the whole machine.
    os.nice(_NICENESS)
    line = _Line(pipe)
    threading.Thread(target=_beat, args=(line,), daemon=True).start()
    from plsched.solver.session import Session

    # What is built lives until this process ends; looking for garbage took 40 % of building.
    gc.disable()
    scenario, effort, baseline = pipe.recv()
    session = Session(scenario, effort, baseline, line.say)
    threading.Thread(target=_obey, args=(pipe, session), daemon=True).start()
    try:
        line.say(session.run())
    except Exception as error:  # noqa: BLE001 - whatever it is, the parent must be told
        line.say(_failed(error))


def _die_with_parent() -> None:
    """Have the kernel end this process with its parent, even when it hangs or is stopped."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    parent = multiprocessing.parent_process()
    if parent is None or parent.pid != os.getppid():
        os._exit(_ORPHANED)


def _beat(line: _Line) -> None:
    """Say that this process lives; a thread that never lets go of the interpreter stops it."""
    with suppress(OSError):
        while True:
            line.say(_Alive())
            time.sleep(BEAT_S)


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
