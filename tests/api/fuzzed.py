"""Schemathesis against the app: every phase, with sign-in on, and what it found."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema
from starlette.types import Receive, Scope, Send

from plsched.access import Role, local
from plsched.api import ApiSettings, create_app
from plsched.store import KeyStore, open_database
from tests.api.instant import at_once

ADMINS = ("/v1/keys", "/v1/members", "/v1/audit", "/metrics")
# What is valid by its schema may be refused by its meaning, or for a NUL in a text, with a status that
# is documented.
ACCEPTED = ["2xx", "3xx", "400", "401", "403", "404", "409", "422"]


@dataclass
class Found:
    """What a run of it found."""

    cases: Counter[str] = field(default_factory=Counter)
    failures: dict[str, str] = field(default_factory=dict)
    statuses: Counter[int] = field(default_factory=Counter)


class SignedIn:
    """Shows a key with each request, of an admin where one is needed; it cannot be revoked."""

    def __init__(self, url: str) -> None:
        with open_database(url) as database:
            keys, now = KeyStore(database), datetime.now(UTC)
            given = {
                role: keys.give_out("A", role, expires_at=None, by=local(), now=now)[0]
                for role in (Role.PLANNER, Role.ADMIN)
            }
        self._keys = given
        settings = ApiSettings.model_validate(
            {
                "database_url": url,
                "allowed_hosts": ["testserver"],
                "sign_in": "on",
                "max_queued_runs": 1_000_000,
            }
        )
        self._app = create_app(settings, at_once)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] == "http":
            path = scope["path"]
            role = Role.ADMIN if path.startswith(ADMINS) else Role.PLANNER
            for key in self._keys.values():
                path = path.replace(key.id, "0" * 12)
            shown = (b"authorization", f"Bearer {self._keys[role].text}".encode())
            others = [pair for pair in scope["headers"] if pair[0] != b"authorization"]
            scope = {**scope, "path": path, "headers": [*others, shown]}
        await self._app(scope, receive, send)


def fuzz(url: str, *, examples: int, seed: int, most: int, paths: str | None = None) -> Found:
    """Send what schemathesis makes up.

    Parameters
    ----------
    examples
        Cases of each operation in the phases of fuzzing and of sequences.
    most
        Cases after which it stops.
    paths
        Expression for the paths that are tried; ``None``: all.
    """
    config: dict[str, Any] = {
        "seed": seed,
        "continue-on-failure": True,
        "checks": {
            "enabled": True,
            # Who may do what is tried by test_matrix; here everybody has the right key.
            "ignored_auth": {"enabled": False},
            "missing_required_header": {"enabled": False},
            "negative_data_rejection": {"enabled": False},
            # Who deletes a key or an address revokes it; it is still shown, as revoked.
            "use_after_free": {"enabled": False},
            "positive_data_acceptance": {"expected-statuses": ACCEPTED},
        },
        "generation": {"max-examples": examples, "database": "none", "deterministic": True},
    }
    whole = schemathesis.openapi.from_asgi(
        "/openapi.json", SignedIn(url), config=SchemathesisConfig.from_dict(config)
    )
    schema = whole if paths is None else whole.include(path_regex=paths)
    found = Found()
    stream = from_schema(schema).execute()
    for event in stream:
        if isinstance(event, events.ScenarioFinished):
            _note(found, event)
            if found.cases.total() >= most:
                stream.stop()
        elif isinstance(event, events.NonFatalError | events.FatalError):
            found.failures[f"error {len(found.failures)}"] = repr(event)[:1000]
    return found


def _note(found: Found, event: events.ScenarioFinished) -> None:
    recorder = event.recorder
    found.cases[str(event.phase.value)] += len(recorder.interactions)
    for seen in recorder.interactions.values():
        if seen.response is not None:
            found.statuses[seen.response.status_code] += 1
    for case, checks in recorder.checks.items():
        for check in checks:
            if check.failure_info is None:
                continue
            failure = check.failure_info.failure
            told = ""
            if case in recorder.interactions:
                seen = recorder.interactions[case]
                status = "" if seen.response is None else seen.response.status_code
                told = f"{seen.request.method} {seen.request.uri[:300]} {status}"
            name = f"{check.name}, {recorder.label}: {failure.title}"
            found.failures.setdefault(name, f"{told} {failure.message[:600]}")
