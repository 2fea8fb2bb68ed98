"""The API does what a model of it in memory does, whatever is asked in whatever order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests import postgres
from tests.api.model import Service

Urls = Callable[[], str]


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Urls]:
    """Give URLs of empty databases."""
    numbers = count()
    with ExitStack() as stack:
        yield (
            lambda: (
                f"sqlite:///{tmp_path}/{next(numbers)}.db"
                if request.param == "sqlite"
                else stack.enter_context(postgres.new_database())
            )
        )


def run(fresh_url: Urls, *, runs: int, steps: int) -> None:
    class Fresh(Service):
        def __init__(self) -> None:
            self.url = fresh_url()
            super().__init__()

    run_state_machine_as_test(
        Fresh,
        settings=settings(
            max_examples=runs,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_a_few_runs(fresh_url: Urls) -> None:
    run(fresh_url, runs=3, steps=20)


@pytest.mark.soak
def test_a_thousand_runs(fresh_url: Urls) -> None:
    run(fresh_url, runs=1000, steps=50)
