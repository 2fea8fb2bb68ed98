"""Rounds staffed alone: on as many threads as there are workers, with the same result."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from plsched.solver.families import alone
from plsched.solver.index.build import build_problem
from plsched.solver.model import build_model
from tests.solver.boundaries import district, hired, observed


@pytest.mark.parametrize("workers", [1, 3])
def test_it_keeps_to_the_workers(monkeypatch: pytest.MonkeyPatch, workers: int) -> None:
    asked: list[int] = []

    class Counted(ThreadPoolExecutor):
        def __init__(self, most: int) -> None:
            asked.append(most)
            super().__init__(most)

    monkeypatch.setattr(alone, "ThreadPoolExecutor", Counted)
    pool = {"id": "pool", "sites": ["north"], "size": 9, "fill_percent": 100}
    problem = build_problem(district(**observed() | {"substitutes": hired(pool)}), None)
    build_model(problem, workers=workers)
    assert asked == [workers]
    (staffing,) = problem.least_cover.values()
    assert staffing.least_cents == 5_000
