"""What the demo district must hold, whatever is tuned in it later."""

from __future__ import annotations

from pathlib import Path

import pytest

from plsched.scenario.check import check
from plsched.scenario.directory import AnyItem, Directory
from plsched.scenario.models import Scenario

SCENARIOS = Path(__file__).parents[2] / "scenarios"
FOLDER = SCENARIOS / "clayton"
SCHOOLS = {"clover", "linden", "sage", "tupelo", "basswood", "apiary"}
CLASSROOM_ROLES = {"teacher", "specialist", "counsellor", "librarian"}


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    checked = check(FOLDER)
    assert [str(f) for f in checked.findings if f.severity == "error"] == []
    assert checked.scenario is not None
    return checked.scenario


@pytest.fixture(scope="module")
def directory(scenario: Scenario) -> Directory:
    return Directory(scenario)


def items(directory: Directory) -> list[AnyItem]:
    return list(directory.items.values())


def test_it_has_seven_sites_and_250_educators(scenario: Scenario) -> None:
    levels = [site.level for site in scenario.sites if site.level != "external"]
    assert sorted(levels) == [
        "central",
        "early_childhood",
        "elementary",
        "elementary",
        "elementary",
        "high",
        "middle",
    ]
    assert len(scenario.educators) == 250


def test_staff_are_neutral_tokens(scenario: Scenario) -> None:
    assert [e.id for e in scenario.educators] == [f"W-{n:03d}" for n in range(1, 251)]
    assert all(e.name.endswith(e.id) for e in scenario.educators)


def test_each_school_has_four_observation_days(scenario: Scenario) -> None:
    days = {o.site: (o.rounds, o.required) for o in scenario.observations}
    assert days == dict.fromkeys(SCHOOLS, (4, True))


def test_everybody_who_teaches_observes(scenario: Scenario, directory: Directory) -> None:
    observers = {
        person
        for observation in scenario.observations
        for group in observation.observers
        for person in directory.members[group]
    }
    assert observers == {e.id for e in scenario.educators if e.teaches}


def test_each_action_step_is_served_or_out_of_scope_with_a_reason(
    scenario: Scenario, directory: Directory
) -> None:
    served = {ref for item in items(directory) for ref in item.serves}
    steps = [s for g in scenario.goals for o in g.objectives for s in o.action_steps]
    assert len(steps) == 47
    assert [s.id for s in steps if (s.id in served) == bool(s.out_of_scope)] == []
    assert [s.id for s in steps if s.out_of_scope] == ["g4-o1-s4"]


def test_the_readme_names_each_action_step_and_what_serves_it(
    scenario: Scenario, directory: Directory
) -> None:
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    rows = dict(
        line.strip("| ").split(" | ", 1) for line in text.splitlines() if line.startswith("| g")
    )
    steps = [s.id for g in scenario.goals for o in g.objectives for s in o.action_steps]
    assert list(rows) == steps
    for item in items(directory):
        for step in set(item.serves) & set(steps):
            stems = {item.id[:n] + "…" for n in range(3, len(item.id))} | {item.id}
            assert any(f"`{stem}`" in rows[step] for stem in stems), (step, item.id)


def test_every_item_serves_a_goal(directory: Directory) -> None:
    assert [item.id for item in items(directory) if not item.serves] == []


def test_everybody_in_a_classroom_is_coached(scenario: Scenario, directory: Directory) -> None:
    coached = {
        person
        for programme in scenario.coaching
        if programme.required
        for group in programme.coachees
        for person in directory.members[group]
    }
    assert coached == {e.id for e in scenario.educators if e.role in CLASSROOM_ROLES}
    cycles = sum(len(p.coachees) * p.cycles_per_group for p in scenario.coaching)
    assert 60 <= cycles <= 100


def test_leaders_and_coaches_have_a_metacoach(scenario: Scenario, directory: Directory) -> None:
    metacoached = {
        person
        for engagement in scenario.engagements
        if "partner-metacoach" in engagement.partners
        for group in engagement.groups
        for person in directory.members[group]
    }
    leaders = {e.id for e in scenario.educators if e.role in {"principal", "assistant_principal"}}
    assert metacoached == leaders | set(directory.coaches)


def test_coaches_and_evaluators_have_their_own_training(
    scenario: Scenario, directory: Directory
) -> None:
    wanted = set(directory.coaches) | set(directory.members["evaluators"])
    for course in ("cognitive-coaching", "adaptive-schools"):
        before = {e for row in scenario.prior if row.course == course for e in row.educators}
        audience = {
            person
            for group in next(c for c in scenario.courses if c.id == course).audience
            for person in directory.members[group]
        }
        assert wanted <= before | audience
        assert not before & audience


def test_there_are_six_coaches_and_a_teacher_who_coaches(scenario: Scenario) -> None:
    roles = {e.id: e.role for e in scenario.educators}
    assert sorted(roles[c.educator] for c in scenario.coaches) == ["coach"] * 6 + ["teacher"]
    assert [c.educator for c in scenario.coaches if len(c.sites) > 1] == ["W-250"]


def test_five_funds_meet_at_the_first_of_july(scenario: Scenario) -> None:
    windows = {
        f.id: (f"{f.obligations.first:%m-%d}", f"{f.obligations.last:%m-%d}")
        for f in scenario.funds
    }
    assert windows == {
        "title-ii-a": ("07-01", "06-30"),
        "title-iv-a": ("07-01", "06-30"),
        "local-pd": ("07-01", "06-30"),
        "foundation": ("06-01", "05-31"),
        "curriculum": ("06-01", "06-30"),
    }
    assert [f.id for f in scenario.funds if f.requires_follow_up] == ["title-ii-a"]


def test_eleven_professional_days(scenario: Scenario) -> None:
    kinds = [row.kind for row in scenario.calendar.days if row.note.startswith("Professional day")]
    assert sorted(kinds) == ["data"] * 3 + ["pl"] * 6 + ["workday"] * 2


def test_more_than_ninety_sessions_and_recurring_items(scenario: Scenario) -> None:
    recurring = len(scenario.engagements) + len(scenario.observations) + len(scenario.coaching)
    assert len(scenario.courses) + recurring == 101
