"""One change to a planned district each, of the sort that makes people plan again."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import yaml

from plsched.plan.models import Plan
from plsched.scenario.check import check
from plsched.scenario.models import Scenario

Change = list[dict[str, object]]
"""Steps of a what-if, applied together."""
TRIED = 20
"""Coaches and rooms that are tried until the district without one is in order."""


def changes_of(scenario: Scenario, plan: Plan) -> Mapping[str, list[Change]]:
    """Give each change with its alternatives: first what the plan uses most.

    A coach leaves, a room closes, a snow day; and a tenth of each fund.
    """
    closed = next(k.id for k in scenario.calendar.day_kinds if k.contract == "none")
    dates = _by_use(i.start.date().isoformat() for i in plan.items)
    return {
        "a coach leaves": [_without("coaches", c) for c in _by_use(i.coach for i in plan.items)],
        "a room closes": [
            _without("facilities", f) for f in _by_use(i.facility for i in plan.items)
        ],
        "a snow day": [
            [{"add": "calendar.days", "row": {"kind": closed, "first": d}}] for d in dates
        ],
        "a cut of 10 %": [
            [{"scale": f"funds[{f.id}].amount_cents", "percent": 90} for f in scenario.funds]
        ],
    }


def write_change(folder: Path, district: Path, name: str, changes: list[Change]) -> Path | None:
    """Write a what-if beside a district: the first change of several that leaves it in order.

    The only coach of a programme cannot leave: the scenario would have findings.
    """
    for number, change in enumerate(changes):
        made = folder / f"{name.replace(' ', '-').replace('%', 'percent')}-{number}"
        made.mkdir(parents=True)
        base = os.path.relpath(district, made)
        text = {"format": 1, "name": name, "extends": base, "changes": change}
        (made / "scenario.yaml").write_text(yaml.safe_dump(text), encoding="utf-8")
        if check(made).scenario is not None:
            return made
    return None


def _without(table: str, ident: str) -> Change:
    return [{"remove": table, "id": ident, "everywhere": True}]


def _by_use(names: Iterable[str | None]) -> list[str]:
    counts = Counter(n for n in names if n is not None)
    return sorted(counts, key=lambda n: (-counts[n], n))[:TRIED]
