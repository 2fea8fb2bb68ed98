"""What the demo scenarios must hold, whatever is tuned in them later."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from plsched.families import FAMILIES
from plsched.plan.facts import Facts
from plsched.plan.readiness import readiness
from plsched.plan.reconciliation import reconcile
from plsched.scenario.check import check, load
from plsched.scenario.directory import Directory
from plsched.scenario.models import Scenario
from plsched.scenario.models.cadence import rhythm
from plsched.solver import solve
from tests.scenarios.expectations import ROOT, expected_of, folders, name_of

LARGE = ROOT / "large-urban-math"
CYCLE = ROOT / "delivery-cycle"
NETWORK = ROOT / "network-protocol"
WHAT_IFS = {
    "large-urban-math": "large-urban-math-partner-cut",
    "delivery-cycle": "delivery-cycle-coach-lost",
    "network-protocol": "network-protocol-hub-closed",
}


@pytest.mark.parametrize("folder", folders(), ids=name_of)
def test_has_no_errors_a_story_and_an_expectation(folder: Path) -> None:
    errors = [str(f) for f in check(folder).findings if f.severity == "error"]
    assert errors == []
    assert (folder / "README.md").read_text(encoding="utf-8").startswith("# ")
    assert expected_of(folder).time_limit_s <= 60


def test_every_folder_is_in_the_list() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name_of(f) for f in folders() if f"({name_of(f)}/README.md)" not in text] == []


@pytest.mark.parametrize("family", FAMILIES)
def test_each_family_has_a_tiny_scenario(family: str) -> None:
    readmes = [f / "README.md" for f in folders() if f.parent.name == "tiny"]
    assert any(f"**{family}**" in path.read_text(encoding="utf-8") for path in readmes)


@pytest.mark.parametrize(("base", "what_if"), WHAT_IFS.items())
def test_each_what_if_tells_its_changes(base: str, what_if: str) -> None:
    checked = check(ROOT / what_if)
    assert checked.scenario is not None
    assert checked.changes != ()
    assert checked.scenario.calendar == load(ROOT / base).calendar


@pytest.fixture(scope="module")
def large() -> Scenario:
    return load(LARGE)


def test_the_partnership_reaches_its_people(large: Scenario) -> None:
    roles = [e.role for e in large.educators]
    assert 100 <= roles.count("teacher") + roles.count("teacher-lead") <= 200
    assert {"principal", "site-coach", "district-coach", "math-leader"} <= set(roles)
    directory = Directory(large)
    team = {directory.educators[e].role for e in directory.members["implementation-team"]}
    assert {"teacher-lead", "site-coach", "district-coach", "math-leader"} <= team


def test_the_partnership_has_the_cadences_of_its_scope(large: Scenario) -> None:
    found = {e.id: e for e in large.engagements}
    monthly = ("coherence-meeting", "implementation-team", "coach-plc")
    assert {found[x].cadence for x in monthly} == {"monthly"}
    assert {found[x].format for x in ("coherence-meeting", "implementation-team")} == {"hybrid"}
    assert len(found["coherence-meeting"].partners) >= 3
    assert found["leader-coaching"].cadence == "weekly"
    assert found["leader-coaching"].format == "virtual"
    for side in ("east", "west"):
        rounds = rhythm(found[f"rounds-{side}-visits"].cadence)
        assert (rounds.low, rounds.high) == (4, 6)
    assert rhythm(found["data-review"].cadence).low == 2


def test_the_funds_hold_the_cost_band(large: Scenario) -> None:
    assert sum(fund.amount_cents for fund in large.funds) == 500_000_00
    cost = expected_of(LARGE).tiers["cost"]
    assert (cost if isinstance(cost, int) else cost.min) >= 100_001_00


def test_four_departments_share_the_cycle() -> None:
    scenario = load(CYCLE)
    asking = {item.department for item in Directory(scenario).items.values()} - {None}
    assert asking == {d.id for d in scenario.departments}
    assert len(asking) == 4
    assert {t.kind for t in scenario.tasks} == {"planning", "evaluation", "mastery"}
    assert {t.season for t in scenario.calendar.terms} == {"summer", "fall", "spring"}
    assert {c.required for c in scenario.courses} == {True, False}
    assert len({p.priority for p in scenario.pathways}) >= 4


def test_the_same_content_asked_for_twice_is_told() -> None:
    warnings = [f for f in check(CYCLE).findings if f.code == "asked-twice"]
    assert len(warnings) == 1
    assert "'academic-vocabulary' and 'vocabulary-for-language'" in warnings[0].message


def test_a_skill_that_nobody_has_is_told() -> None:
    assert [f.value for f in check(CYCLE).findings if f.code == "unknown-skill"] == ["interpreting"]


def test_the_protocol_is_an_hour_and_an_hour_then_a_step_every_thirty_days() -> None:
    scenario = load(NETWORK)
    tasks = {task.id: task for task in scenario.tasks}
    districts = [t.removeprefix("protocol-") for t in tasks if t.startswith("protocol-")]
    assert len(districts) == 6
    for district in districts:
        protocol, planning = tasks[f"protocol-{district}"], tasks[f"planning-{district}"]
        assert (protocol.duration_min, planning.duration_min) == (60, 60)
        assert protocol.materials_cents_per_person > 0
        assert [(r.item, r.max_days) for r in planning.after] == [(protocol.id, 0)]
        for days in (30, 60, 90, 120):
            (relation,) = tasks[f"check-in-{days}-{district}"].after
            assert relation.item == planning.id
            assert relation.max_days is not None
            assert relation.min_days <= days <= relation.max_days


def test_the_network_assesses_itself_twice_and_its_facilitators_learn() -> None:
    scenario = load(NETWORK)
    found = {e.id: e for e in scenario.engagements}
    assert rhythm(found["standards-assessment"].cadence).low == 2
    facilitators = {r.id for r in scenario.roles if r.facilitator}
    directory = Directory(scenario)
    learners = {directory.educators[e].role for e in directory.members["facilitators"]}
    assert learners == facilitators
    assert [c.audience for c in scenario.courses] == [("facilitators",)]


def test_the_networks_dots_are_red_as_a_whole_though_most_are_better() -> None:
    found = readiness(load(NETWORK))
    assert found is not None
    assert found.worst == "red"
    colours = Counter(element.now.colour for element in found.elements)
    assert colours == {"red": 2, "yellow": 2, "green": 3}


def test_the_books_of_the_cycle_hold_two_things_to_look_at() -> None:
    """Whichever fund pays which line: the plans that are best differ in that."""
    scenario = load(CYCLE)
    plan = solve(scenario, time_limit_s=60, workers=1, seed=0)
    found = reconcile(Facts(Directory(scenario), plan))
    assert [(told.code, told.cents) for told in found.told] == [
        ("over-approved", 15_000),
        ("outside-window", 12_500),
    ]
    left_out = next(row for row in found.funds if row.fund is None)
    assert left_out.amounts.requested_cents == 540_000
