"""A scenario's fingerprint: the same content gives the same hash, however it was written."""

from __future__ import annotations

import hashlib
import json

from plsched.scenario.models import Scenario


def scenario_hash(scenario: Scenario) -> str:
    """Hash the scenario's canonical JSON (SHA-256, hexadecimal)."""
    canonical = json.dumps(
        scenario.model_dump(mode="json"), sort_keys=True, separators=(",", ":"), ensure_ascii=True
    )
    return hashlib.sha256(canonical.encode()).hexdigest()
