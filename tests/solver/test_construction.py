"""What is placed first, and until when, while a plan is constructed."""

from __future__ import annotations

from itertools import pairwise

import pytest

from plsched.solver.clock import Clock
from plsched.solver.construct import Stage, construct
from plsched.solver.effort import Effort
from plsched.solver.neighbourhoods import Neighbourhoods
from plsched.solver.search import Search
from tests.solver.test_rounds import model

LIMIT_S = 10.0


def begun(clock: Clock) -> Search:
    return Search(model(), Effort(0, LIMIT_S, 1, exact_columns=0), lambda _: None, clock)


def test_requests_have_a_tenth_of_the_limit_after_what_is_required_took_most_of_it() -> None:
    clock = Clock(steps=True)
    search = begun(clock)
    assert not search._constructed("required")
    clock.count(0.8 * LIMIT_S)
    assert not search._constructed("requested")
    clock.count(0.099 * LIMIT_S)
    assert not search._constructed("requested")
    clock.count(0.01 * LIMIT_S)
    assert search._constructed("requested")


def test_no_request_is_placed_where_what_is_required_was_cut_short() -> None:
    search = begun(Clock(steps=True))
    steps = search._steps
    assert steps is not None
    asked: list[Stage] = []

    def over(stage: Stage) -> bool:
        asked.append(stage)
        return True

    construct(steps, Neighbourhoods(steps.parts, 0), Effort(0, LIMIT_S, 1), over)
    assert asked == ["required"]


@pytest.mark.parametrize("stage", ["again", "required", "requested"])
def test_nothing_is_placed_after_the_limit(stage: Stage) -> None:
    clock = Clock(steps=True)
    search = begun(clock)
    clock.count(LIMIT_S)
    assert search._constructed(stage)


def test_requests_that_reach_most_for_each_column_are_placed_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What a later block places is worth no more than what an earlier one did."""
    monkeypatch.setattr("plsched.solver.construct._BLOCK", 30)
    search = begun(Clock(steps=True))
    steps = search._steps
    assert steps is not None
    requested = {n: p for n, p in steps.parts.items() if p.size and not p.item.required}
    worth = {n: steps.shares.lost(steps.place("reach"))[n] / p.size for n, p in requested.items()}
    blocks: list[set[str]] = []

    def over(stage: Stage) -> bool:
        values = steps.incumbent.values
        if stage == "requested":
            blocks.append({n for n, p in requested.items() if values[p.own].any()})
        return False

    construct(steps, Neighbourhoods(steps.parts, 0), Effort(0, LIMIT_S, 1), over)
    placed = [[worth[n] for n in now - then] for then, now in pairwise(blocks) if now - then]
    assert len(placed) > 3
    assert all(min(sooner) >= max(later) for sooner, later in pairwise(placed))
