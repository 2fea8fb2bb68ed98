"""A client that is generated from the document sends, solves and reads."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from plsched.access import Role, local
from plsched.api import ApiSettings
from plsched.store import KeyStore, open_database
from tests import tiny
from tests.api.conftest import by_hand
from tests.api.live import live

PACKAGE = "plsched_client"
FILE = "application/octet-stream"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# The generator asks to be told what media types are that it does not know.
CONFIG = {
    "post_hooks": [],
    "content_type_overrides": {
        "application/problem+json": "application/json",
        XLSX: FILE,
        "text/csv": "text/plain",
        "text/calendar": "text/plain",
        "text/event-stream": "text/plain",
    },
}


@pytest.fixture
def service(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """Serve with sign-in; give the address and the key of a planner."""
    url = f"sqlite:///{tmp_path}/a.db"
    with open_database(url) as database:
        key, _ = KeyStore(database).give_out(
            "A program", Role.PLANNER, expires_at=None, by=local(), now=tiny.NOW
        )
    with live(ApiSettings(database_url=url, sign_in="on"), by_hand) as base:
        yield base, key.text


@pytest.fixture
def generated(
    service: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """Generate the client, and let it be imported."""
    document = tmp_path / "openapi.json"
    document.write_bytes(httpx2.get(f"{service[0]}/openapi.json", timeout=60).content)
    generator = Path(sys.executable).with_name("openapi-python-client")
    config = tmp_path / "config.json"
    config.write_text(json.dumps(CONFIG), encoding="utf-8")
    places = {"--path": document, "--config": config, "--output-path": tmp_path / PACKAGE}
    options = [str(word) for pair in places.items() for word in pair]
    done = subprocess.run(
        [generator, "generate", *options, "--meta", "none", "--fail-on-warning"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    monkeypatch.syspath_prepend(str(tmp_path))
    yield tmp_path / PACKAGE
    for name in [name for name in sys.modules if name.startswith(PACKAGE)]:
        del sys.modules[name]


def part(name: str) -> Any:
    return importlib.import_module(f"{PACKAGE}.{name}")


def test_it_sends_a_scenario_and_reads_its_plan(service: tuple[str, str], generated: Path) -> None:
    assert (generated / "client.py").is_file()
    base, key = service
    models = part("models")
    client = part("client").AuthenticatedClient(base_url=base, token=key)
    with client as client:
        scenario = models.Scenario.from_dict(tiny.mapping())
        kept = part("api.scenarios.add_scenario").sync(client=client, body=scenario)
        assert isinstance(kept, models.ScenarioAccepted)
        asked = models.RunIn(scenario=kept.id, time_limit_s=1)
        run = part("api.runs.add_run").sync(client=client, body=asked)
        until = time.monotonic() + 60
        while run.status.value != "succeeded":
            assert time.monotonic() < until, run
            time.sleep(0.05)
            run = part("api.runs.get_run").sync(run.id, client=client)
        plan = part("api.plans.get_plan").sync(run.plan, client=client)
        assert [item.id for item in plan.items] == ["welcome/s1/1"]
        costs = part("api.costs.get_costs").sync(run.plan, client=client)
        assert costs.total.cash_cents == 5000
        page = part("api.plans.list_plans").sync(client=client)
        assert [listed.id for listed in page.items] == [run.plan]
        missing = part("api.plans.get_schedule").sync("x", client=client)
        assert (missing.status, missing.type_) == (404, "not-stored")
