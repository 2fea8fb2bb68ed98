"""Somebody who goes on asking for plans while the service dies and comes back."""

from __future__ import annotations

import random
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

import httpx2

from tests import tiny
from tests.crash.site import Site

AGAIN_S = 0.2
PATIENCE_S = 300.0
"""A service that is begun anew takes its time on a busy machine; that is not what is measured."""


@dataclass
class Planner:
    """Asks for runs, few at a time, and keeps what was acknowledged.

    A request whose answer is lost is sent again with the same key.
    """

    site: Site
    chance: random.Random
    scenarios: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Content of each acknowledged scenario."""
    runs: dict[str, str] = field(default_factory=dict)
    """Key of each acknowledged run."""
    cancelled: set[str] = field(default_factory=set)
    """Runs whose cancel was acknowledged."""
    answers: list[tuple[str, int]] = field(default_factory=list)
    """Answers that nobody expects, such as 500."""

    def ask(self) -> None:
        """Send a new scenario, ask for its solve, and now and then cancel it."""
        content = tiny.mapping(name=f"District {self.chance.getrandbits(40)}")
        stored = self._send("POST", "/v1/scenarios", {200, 201}, json=content)
        self.scenarios[stored["id"]] = content
        key = str(uuid.UUID(int=self.chance.getrandbits(128)))
        run = self._send(
            "POST",
            "/v1/runs",
            {202},
            json={"scenario": stored["id"], "time_limit_s": 30, "workers": 1},
            headers={"Idempotency-Key": key},
        )
        self.runs[run["id"]] = key
        if self.chance.random() < 0.1:
            time.sleep(self.chance.uniform(0, 3))
            self._send("POST", f"/v1/runs/{run['id']}/cancel", {202, 409})
            self.cancelled.add(run["id"])

    def _send(self, method: str, path: str, expected: set[int], **sent: Any) -> dict[str, Any]:
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            try:
                with self.site.client() as client:
                    answer = client.request(method, path, **sent)
            except httpx2.TransportError:
                time.sleep(AGAIN_S)
                continue
            if answer.status_code not in expected:
                self.answers.append((path, answer.status_code))
            body = answer.json()
            assert isinstance(body, dict)
            return body
        raise AssertionError(f"no answer to {method} {path} in {PATIENCE_S} s")
