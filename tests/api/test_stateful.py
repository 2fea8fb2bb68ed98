"""The API does what a model of it in memory does, whatever is asked in whatever order."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import hypothesis
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from plsched.store import open_database
from tests import postgres
from tests.api.model import Service

Urls = Callable[[], str]
PARTS, RUNS_OF_PART = 8, 125


@pytest.fixture(params=["sqlite", "postgresql"])
def fresh_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Urls]:
    """Give URLs of empty databases, each of which is gone once the next one is asked for."""
    empty = tmp_path / "empty.db"
    open_database(f"sqlite:///{empty}").close()
    numbers = count()

    def copied() -> str:
        own = tmp_path / f"{next(numbers)}.db"
        shutil.copy(empty, own)
        return f"sqlite:///{own}"

    with ExitStack() as stack:

        def made() -> str:
            stack.close()
            return stack.enter_context(postgres.new_database())

        yield copied if request.param == "sqlite" else made


def run(fresh_url: Urls, *, runs: int, steps: int, seed: int) -> None:
    class Fresh(Service):
        def __init__(self) -> None:
            self.url = fresh_url()
            super().__init__()

    run_state_machine_as_test(
        hypothesis.seed(seed)(Fresh),
        settings=settings(
            max_examples=runs,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_a_few_runs(fresh_url: Urls) -> None:
    run(fresh_url, runs=3, steps=20, seed=0)


@pytest.mark.soak
@pytest.mark.parametrize("part", range(PARTS))
def test_a_thousand_runs(fresh_url: Urls, part: int) -> None:
    run(fresh_url, runs=RUNS_OF_PART, steps=50, seed=1 + part)
