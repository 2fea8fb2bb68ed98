"""Bounds a large district in a process of its own, on all columns, while it is planned on few.

Both are mostly Python at first, and two threads of that would take turns.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from queue import SimpleQueue

from plsched.plan.models import Plan
from plsched.scenario.models import Scenario
from plsched.solver.bounding import Bounding, Reached
from plsched.solver.branching import Guide, Leaf
from plsched.solver.effort import Effort
from plsched.solver.ground import Ground, ground_of
from plsched.solver.index.build import build_problem
from plsched.solver.model import Objective, build_model
from plsched.solver.relaxation import Fixed


@dataclass(frozen=True, slots=True)
class _Asked:
    """A tier to be bounded, or its first relaxation alone."""

    number: int
    index: int
    assumed: tuple[int, ...]
    certain: Fixed
    gap: float
    reached: tuple[int, ...]
    effort: Effort
    until: float
    look: bool

    @property
    def left_s(self) -> float:
        """Seconds left for it; the clock is that of the machine."""
        return self.until - time.monotonic()


@dataclass(frozen=True, slots=True)
class _Said:
    """What is known of a tier by now."""

    number: int
    bound: int | None
    guides: tuple[Guide, ...]
    leaves: tuple[Leaf, ...]
    over: bool


class Elsewhere:
    """The process; it builds its model as soon as it is there."""

    def __init__(self, scenario: Scenario, baseline: Plan | None) -> None:
        self._pipe, there = Pipe()
        handle = there.fileno()
        command = [sys.executable, "-c", _SERVE, str(handle)]
        self._process = subprocess.Popen(command, pass_fds=[handle])  # noqa: S603 - ourselves
        there.close()
        self._asked = 0
        self._outbox: SimpleQueue[object] = SimpleQueue()
        self._outbox.put((scenario, baseline))
        # In a thread, for a scenario is larger than a pipe, and the process may never read it.
        threading.Thread(target=self._give, daemon=True).start()

    def bounding(
        self,
        tiers: Sequence[Objective],
        plan: Reached,
        index: int,
        assumed: tuple[int, ...],
        certain: Fixed,
        gap: float,
    ) -> Bounding:
        """Give a tier to be bounded there."""
        return _There(self, tiers, plan, index, assumed, certain, gap)

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()
        self._pipe.close()

    def ask(self, asked: _Asked) -> int:
        """Ask for a tier; give the number under which it is answered."""
        self._asked += 1
        self._outbox.put(replace(asked, number=self._asked))
        return self._asked

    def stop(self, number: int) -> None:
        """Say that an answer is wanted no more."""
        self._outbox.put(number)

    def said(self, number: int) -> _Said | None:
        """Give the next answer under a number, if there is one soon; also once nobody is there."""
        try:
            while self._pipe.poll(_LOOK_S):
                said = self._pipe.recv()
                if isinstance(said, _Said) and said.number == number:
                    return said
        except (EOFError, OSError):
            return _Said(number, None, (), (), over=True)
        return None

    def _give(self) -> None:
        """Send what is put into the outbox, in its order."""
        # A process that has died is found out by whoever listens to it.
        with suppress(OSError):
            while True:
                self._pipe.send(self._outbox.get())


class _There(Bounding):
    """A tier that is bounded in the other process."""

    def __init__(
        self,
        elsewhere: Elsewhere,
        tiers: Sequence[Objective],
        plan: Reached,
        index: int,
        assumed: tuple[int, ...],
        certain: Fixed,
        gap: float,
    ) -> None:
        super().__init__(lambda: None, tiers, plan, index, assumed, certain, gap)
        self._elsewhere = elsewhere

    def look(self, limit_s: float) -> None:
        """Have the first relaxation solved there."""
        self._wait(limit_s, Effort(0, limit_s, 1), look=True)

    def run(self, effort: Effort, limit_s: float) -> None:
        """Have the tier bounded there until it is stopped or the time is over."""
        self._wait(limit_s, effort, look=False)
        self.ended = True

    def stop(self) -> None:
        """End soon."""
        self._stopped = True

    def _wait(self, limit_s: float, effort: Effort, *, look: bool) -> None:
        until = time.monotonic() + limit_s
        asked = _Asked(
            0,
            self.index,
            self.assumed,
            self._certain,
            self._gap,
            self._plan.reached,
            effort,
            until,
            look,
        )
        number = self._elsewhere.ask(asked)
        while not self._stopped and not self.done and time.monotonic() < until:
            said = self._elsewhere.said(number)
            if said is not None:
                self.guides, self.leaves = said.guides or self.guides, said.leaves or self.leaves
                self._take(said.bound)
                if said.over:
                    return
        self._elsewhere.stop(number)


# ---- the other process ----


@dataclass(frozen=True, slots=True)
class _Then:
    """What the tiers reached when a tier was asked for."""

    reached: tuple[int, ...]


class _Told(Bounding):
    """A tier that is bounded here; whoever asked is told of each better bound."""

    def __init__(self, pipe: Connection, ground: Ground, asked: _Asked) -> None:
        tiers = ground.model.tiers
        plan = _Then(asked.reached)
        super().__init__(
            lambda: ground, tiers, plan, asked.index, asked.assumed, asked.certain, asked.gap
        )
        self.number = asked.number
        self._pipe = pipe

    def go_on(self, asked: _Asked) -> None:
        """Bound the tier for an answer, from where it was left."""
        self.number, self._stopped, self.ended = asked.number, False, False
        self._plan = _Then(asked.reached)

    def _take(self, bound: int | None) -> bool:
        going = super()._take(bound)
        self.say(over=False)
        return going

    def say(self, *, over: bool) -> None:
        """Say what is known by now."""
        self._pipe.send(_Said(self.number, self.bound, self.guides, self.leaves, over))


class _Here:
    """Listens in a thread, so that what is wanted no more is stopped."""

    def __init__(self, pipe: Connection) -> None:
        self.pipe = pipe
        self.asked: SimpleQueue[_Asked] = SimpleQueue()
        self.stopped = 0
        self.current: _Told | None = None
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        try:
            while True:
                said = self.pipe.recv()
                if isinstance(said, _Asked):
                    self.asked.put(said)
                else:
                    self.stopped = said
                    if self.current is not None and self.current.number == said:
                        self.current.stop()
        except (EOFError, OSError):
            os._exit(0)  # nobody waits any more


def serve(handle: int) -> None:
    """Build the model of the scenario that is sent first, then bound what is asked for.

    Parameters
    ----------
    handle
        File descriptor of this end of the pipe.
    """
    gc.disable()  # what is built lives until this process ends
    pipe = Connection(handle)
    scenario, baseline = pipe.recv()
    here = _Here(pipe)
    problem = build_problem(scenario, baseline)
    ground = ground_of(build_model(problem, only_bounding=True))
    tier: _Told | None = None
    while True:
        asked = here.asked.get()
        if asked.index >= len(ground.model.tiers):
            pipe.send(_Said(asked.number, None, (), (), over=True))
            continue
        if tier is None or (tier.index, tier.assumed) != (asked.index, asked.assumed):
            if tier is not None:
                tier.stop()
            tier = _Told(pipe, ground, asked)
        tier.go_on(asked)
        here.current = tier
        if here.stopped < asked.number and asked.look:
            tier.look(asked.left_s * _IN_TIME)
            tier.count_ahead()
        elif here.stopped < asked.number:
            tier.run(asked.effort, asked.left_s)
        tier.say(over=True)


_LOOK_S = 0.1
_IN_TIME = 0.9
"""Of the time for a first relaxation, for its solver: what it found is to be checked and sent, too."""
_SERVE = "import sys; from plsched.solver.elsewhere import serve; serve(int(sys.argv[1]))"
"""Imported by its name, so that what is sent has the same types on both sides."""
