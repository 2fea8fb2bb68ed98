"""What tests need over and over: a line of progress, a run followed to its end."""

import time
from dataclasses import dataclass
from typing import Any

import httpx2

from tests import tiny


@dataclass(frozen=True)
class Told:
    elapsed_s: float = 0.5
    stage: str = "solve"
    tier: str | None = "cost"
    value: int | None = 5000
    bound: int | None = 4000
    gap: float | None = 0.2
    message: str = "cost 5000"


def send_scenario(client: httpx2.Client, **changes: Any) -> str:
    """Send the tiny district in, and give its id."""
    answer = client.post("/v1/scenarios", json=tiny.mapping(**changes))
    assert answer.status_code in {200, 201}, answer.text
    return str(answer.json()["id"])


def wait_for(client: httpx2.Client, run_id: str, *statuses: str) -> dict[str, Any]:
    """Look at a run until it has one of these statuses."""
    until = time.monotonic() + 60
    while (run := client.get(f"/v1/runs/{run_id}").json())["status"] not in statuses:
        assert time.monotonic() < until, run
        time.sleep(0.02)
    assert isinstance(run, dict)
    return run


def solve(client: httpx2.Client, **asked: Any) -> dict[str, Any]:
    """Solve the tiny district, and give the run when it has ended."""
    body = {"scenario": send_scenario(client)} | asked
    answer = client.post("/v1/runs", json=body)
    assert answer.status_code == 202, answer.text
    return wait_for(
        client,
        answer.json()["id"],
        "succeeded",
        "infeasible",
        "no_plan_in_time",
        "failed",
        "cancelled",
    )
