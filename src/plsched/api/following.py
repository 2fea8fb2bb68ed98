"""A run's progress as a stream of events."""

from __future__ import annotations

from collections.abc import AsyncIterator

import anyio
from fastapi.concurrency import run_in_threadpool
from fastapi.sse import ServerSentEvent

from plsched.api.schemas import ProgressOut, RunOut
from plsched.runs import RunService
from plsched.runs.states import has_ended

LOOK_S = 0.5
LASTS_S = 300.0
"""A stream ends after so long, and its reader asks anew: whoever may not any more learns it then."""


async def follow(
    runs: RunService, run_id: str, *, after: int, with_costs: bool
) -> AsyncIterator[ServerSentEvent]:
    """Give a run's progress as it comes, for a while, and its end as the last event.

    Parameters
    ----------
    after
        Number of the last line that the follower has seen.
    with_costs
        ``False`` for those who may not see what a plan costs.
    """
    seen, until = after, anyio.current_time() + LASTS_S
    while anyio.current_time() < until:
        # The state is read before the progress, so that no line is missed at the end.
        run = await run_in_threadpool(runs.get, run_id)
        for line in await run_in_threadpool(runs.progress, run_id, seen):
            seen = line.number
            yield ServerSentEvent(
                event="progress", id=str(seen), data=ProgressOut.of(line, with_costs=with_costs)
            )
        if has_ended(run):
            yield ServerSentEvent(event="end", data=RunOut.of(run))
            return
        await anyio.sleep(LOOK_S)
