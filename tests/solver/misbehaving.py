"""Scenarios that misbehave as soon as a child process looks at them."""

from __future__ import annotations

import os
import re
import signal
import time
from typing import Any


class Misbehaving:
    """Stands in for a scenario; the first look at it is the last."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        self.act()
        raise AssertionError("it should not have come back")

    def act(self) -> None:
        raise NotImplementedError


class Aborts(Misbehaving):
    """Ends as a failed assertion of native code does."""

    def act(self) -> None:
        os.abort()


class Stops(Misbehaving):
    """Stops, as a debugger or an administrator would have it."""

    def act(self) -> None:
        os.kill(os.getpid(), signal.SIGSTOP)


class NeverLetsGo(Misbehaving):
    """Holds the interpreter for ever: no other thread of the process runs."""

    def act(self) -> None:
        re.fullmatch("(a+)+", "a" * 64 + "b")


class Spins(Misbehaving):
    """Goes on for ever, while its other threads are well."""

    def act(self) -> None:
        while True:
            time.sleep(0.01)


class Grows(Misbehaving):
    """Takes memory, some of it every moment."""

    def act(self) -> None:
        taken = [b"x" * (8 << 20)]
        while len(taken) < 250:
            taken.append(b"x" * (8 << 20))
            time.sleep(0.01)
        Spins().act()
