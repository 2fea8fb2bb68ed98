"""A scenario's fingerprints: the same content gives the same hash, however it was written."""

from __future__ import annotations

import hashlib
import json

from plsched.scenario.models import Scenario

BESIDE_THE_PLAN = frozenset({"records", "yardsticks"})
"""Parts that no plan depends on."""


def scenario_hash(scenario: Scenario) -> str:
    """Hash all that a plan may depend on (SHA-256 of canonical JSON, hexadecimal).

    Records and yardsticks are left out: a plan does not become another scenario's by what is
    booked later, or by what it is measured by.
    """
    return _hashed(scenario.model_dump(mode="json", exclude=set(BESIDE_THE_PLAN)))


def content_hash(scenario: Scenario) -> str:
    """Hash the whole scenario; where nothing stands beside the plan, it is the scenario's hash."""
    fields = Scenario.model_fields
    usual = {name for name in BESIDE_THE_PLAN if getattr(scenario, name) == fields[name].default}
    return _hashed(scenario.model_dump(mode="json", exclude=usual))


def _hashed(content: object) -> str:
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(canonical.encode()).hexdigest()
