"""Every demo scenario, solved and judged, gives what its folder says that it gives."""

from __future__ import annotations

from pathlib import Path

import pytest

from plsched.plan.models import Plan
from plsched.plan.verify import verify
from plsched.scenario.check import load
from plsched.scenario.models import Scenario
from plsched.solver import solve
from tests.scenarios.expectations import Expected, Span, expected_of, folders, name_of

ALL = [
    # A district is to be solved in a time: nothing else may run beside it.
    pytest.param(f, marks=() if f.parent.name == "tiny" else pytest.mark.alone, id=name_of(f))
    for f in folders()
]


@pytest.mark.parametrize("folder", ALL)
def test_solved_as_expected(folder: Path) -> None:
    scenario, expected = load(folder), expected_of(folder)
    plan = solve(scenario, time_limit_s=expected.time_limit_s, workers=2, seed=1)
    assert verify(scenario, plan) == ()
    assert plan.status == expected.status
    assert _tiers(plan, expected) == {name: _ends(v) for name, v in expected.tiers.items()}
    if expected.left_out is not None:
        assert sorted({x.source for x in plan.left_out}) == sorted(expected.left_out)
    if expected.substitutes is not None:
        assert len(plan.substitutes) == expected.substitutes
    if expected.conflict_families is not None:
        found = sorted({conflict.family for conflict in plan.conflicts})
        assert found == sorted(expected.conflict_families)
    assert _details(scenario, plan, expected) == _details_asked(expected)


def _ends(value: int | Span) -> tuple[int, int]:
    return (value.min, value.max) if isinstance(value, Span) else (value, value)


def _tiers(plan: Plan, expected: Expected) -> dict[str, tuple[int, int]]:
    """Give each tier's value twice, or the span that it keeps to."""
    found: dict[str, tuple[int, int]] = {}
    for tier in plan.tiers:
        low, high = _ends(expected.tiers.get(tier.name, tier.value))
        found[tier.name] = (low, high) if low <= tier.value <= high else (tier.value, tier.value)
    return found


def _details(scenario: Scenario, plan: Plan, expected: Expected) -> dict[str, object]:
    by_source = {
        source: [item for item in plan.items if item.source == source]
        for source in {item.source for item in plan.items}
    }
    first_sessions = {
        course.id: [i for i in by_source.get(course.id, []) if i.session == 1]
        for course in scenario.courses
    }
    starts = {item.id: item.start for item in plan.items}
    return {
        "occurrences": {
            source: sum(len(item.occurrences) for item in by_source.get(source, []))
            for source in expected.occurrences
        },
        "section_sizes": {
            course: sorted(len(item.educators) for item in first_sessions[course])
            for course in expected.section_sizes
        },
        "experts": {
            source: sorted({x for item in by_source.get(source, []) for x in item.experts})
            for source in expected.experts
        },
        "starts": {item: starts.get(item) for item in expected.starts},
    }


def _details_asked(expected: Expected) -> dict[str, object]:
    return {
        "occurrences": expected.occurrences,
        "section_sizes": expected.section_sizes,
        "experts": expected.experts,
        "starts": expected.starts,
    }
