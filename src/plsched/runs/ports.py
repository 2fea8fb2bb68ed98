"""What runs need of a solver. The composition root passes it in; nothing here imports one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from plsched.plan.models import Plan
from plsched.scenario.models import Scenario


class ProgressSeen(Protocol):
    """What a solver tells while it works; see `plsched.runs.progress.Progress`."""

    @property
    def elapsed_s(self) -> float: ...  # noqa: D102 - said in Progress
    @property
    def stage(self) -> str: ...  # noqa: D102 - said in Progress
    @property
    def tier(self) -> str | None: ...  # noqa: D102 - said in Progress
    @property
    def value(self) -> int | None: ...  # noqa: D102 - said in Progress
    @property
    def bound(self) -> int | None: ...  # noqa: D102 - said in Progress
    @property
    def gap(self) -> float | None: ...  # noqa: D102 - said in Progress
    @property
    def message(self) -> str: ...  # noqa: D102 - said in Progress


class Solve(Protocol):
    """Solve a scenario in a process of its own, and give a judged plan."""

    def __call__(
        self,
        scenario: Scenario,
        *,
        seed: int,
        time_limit_s: float,
        workers: int,
        baseline: Plan | None,
        on_progress: Callable[[ProgressSeen], None] | None,
        cancelled: Callable[[], bool] | None,
    ) -> Plan:
        """Solve; ``cancelled`` is asked now and then, and ends the solve when it is true."""
        ...
