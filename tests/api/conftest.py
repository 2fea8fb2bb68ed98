from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from plsched.api import ApiSettings, create_app
from plsched.plan.models import Plan
from plsched.runs import ProgressSeen, Solve
from plsched.scenario.models import Scenario
from tests import tiny
from tests.api.told import Told

Serve = Callable[..., TestClient]


def by_hand(
    scenario: Scenario,
    *,
    seed: int,
    time_limit_s: float,
    workers: int,
    baseline: Plan | None,
    on_progress: Callable[[ProgressSeen], None] | None,
    cancelled: Callable[[], bool] | None,
) -> Plan:
    """Solve the tiny district by the plan that was worked out by hand."""
    del time_limit_s, workers, baseline, cancelled
    assert scenario.model_copy(update={"description": ""}) == tiny.scenario()
    assert on_progress is not None
    on_progress(Told())
    return tiny.plan(seed=seed)


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Start apps, each with a store of its own."""
    clients: list[TestClient] = []

    def start(solve: Solve = by_hand, **settings: object) -> TestClient:
        url = f"sqlite:///{tmp_path}/{len(clients)}.db"
        app = create_app(ApiSettings.model_validate({"database_url": url, **settings}), solve)
        client = TestClient(app, base_url="http://localhost", raise_server_exceptions=False)
        client.__enter__()
        clients.append(client)
        return client

    yield start
    for client in clients:
        client.__exit__(None, None, None)


@pytest.fixture
def client(serve: Serve) -> TestClient:
    return serve()
