"""The API does what a model of it in memory does, whatever is asked in whatever order."""

from __future__ import annotations

import hypothesis
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.api.model import Service, served

PARTS, RUNS_OF_PART = 8, 125


def run(url: str, *, runs: int, steps: int, seed: int) -> None:
    with served(url) as opened:

        class OfThis(Service):
            client = opened

        run_state_machine_as_test(
            hypothesis.seed(seed)(OfThis),
            settings=settings(
                max_examples=runs,
                stateful_step_count=steps,
                deadline=None,
                database=None,
                suppress_health_check=list(HealthCheck),
            ),
        )


def test_a_few_runs(database_url: str) -> None:
    run(database_url, runs=3, steps=20, seed=0)


@pytest.mark.soak
@pytest.mark.parametrize("part", range(PARTS))
def test_a_thousand_runs(database_url: str, part: int) -> None:
    run(database_url, runs=RUNS_OF_PART, steps=50, seed=1 + part)
