"""A scenario's fingerprints: the same content gives the same hash, however it was written."""

from __future__ import annotations

import hashlib
import json

from plsched.scenario.models import Scenario


def scenario_hash(scenario: Scenario) -> str:
    """Hash all that a plan may depend on (SHA-256 of canonical JSON, hexadecimal).

    Records are left out: a plan does not become another scenario's by what is booked later.
    """
    return _hashed(scenario.model_dump(mode="json", exclude={"records"}))


def content_hash(scenario: Scenario) -> str:
    """Hash the whole scenario, records included; without any it is the scenario's hash."""
    if scenario.records is None:
        return scenario_hash(scenario)
    return _hashed(scenario.model_dump(mode="json"))


def _hashed(content: object) -> str:
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode()).hexdigest()
