"""What a plan says of what it leaves out: what would have to give way, and that this is so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pytest

from plsched.plan.models import LeftOut
from plsched.scenario.check import load
from plsched.scenario.directory import AnyItem, Directory
from plsched.scenario.models import Scenario
from plsched.scenario.models.money import Fund
from plsched.scenario.models.policy import Pin
from plsched.solver.clock import Clock
from plsched.solver.effort import Effort
from plsched.solver.index.build import build_problem
from plsched.solver.matrix import Matrix
from plsched.solver.model import build_model
from plsched.solver.rivals import InTheWay, Rivals
from plsched.solver.search import Search
from tests.scenarios.expectations import ROOT
from tests.solver import boundaries as made
from tests.solver.generated import generated
from tests.solver.solving import sample, solved


def left_out(**tables: Any) -> LeftOut:
    (entry,) = solved(made.district(**tables)).left_out
    return entry


def requested(rows: list[dict[str, Any]], **more: Any) -> list[dict[str, Any]]:
    """Ask for the first as required, the others as a wish."""
    return [rows[0], *(row | {"required": False} | more for row in rows[1:])]


def test_the_same_people() -> None:
    tables = made.second_starts_at(10 * 60 + 30)
    entry = left_out(tasks=requested(tables["tasks"]))
    assert entry.reason.endswith("It would stand if a (the same people) gave way")


def test_the_same_room() -> None:
    tables = made.room_again_at(11 * 60)
    entry = left_out(**tables | {"tasks": requested(tables["tasks"])})
    assert entry.reason.endswith("It would stand if a (the same room) gave way")


def test_the_same_seats() -> None:
    tables = made.seats(3)
    entry = left_out(**tables | {"tasks": requested(tables["tasks"])})
    assert entry.reason.endswith("It would stand if a (the same seats) gave way")


def test_money_is_told_to_the_cent() -> None:
    """Two people at 7.00 each; the fund has 13.99."""
    row = made.task("a", made.when(), materials_cents_per_person=700, required=False)
    entry = left_out(tasks=[row], funds=[made.fund(amount_cents=1_399)])
    assert entry.families == ("funds",)
    assert entry.reason.endswith("It would stand if $0.01 more were in Fund")


def test_subs_are_told_with_their_day() -> None:
    tables = made.subs(size=1)
    entry = left_out(**tables | {"tasks": requested(tables["tasks"])})
    assert entry.reason.endswith(
        "It would stand if 1 more substitute of the pool pool came on 2027-09-08"
    )


def test_times_that_fit_alone_are_counted_too() -> None:
    """Two sessions of an hour; the contract pays one, and one of the four days is taken."""
    rows = [made.task("a", made.when(day=7))]
    wish = made.course(
        "c", made.when(day=7, last=10), sessions=2, required=False, experts=[{"skill": "math"}]
    )
    rate = {"unit": "hour", "cents": 10_000}
    expert = {"id": "x", "name": "X", "skills": ["math"], "rate": rate}
    entry = left_out(tasks=rows, courses=[wish], experts=[expert | {"contract_max_cents": 19_999}])
    assert entry.reason.startswith(
        "People are already taken (at 1 of its 4 possible times); "
        "what must come before or after does not stand at a time that fits "
        "(at 1 of its 4 possible times); "
        "at 2 of its 4 possible times it fits alone, but not together with what else it needs. "
    )


def test_experts_who_are_missing() -> None:
    row = made.task("a", made.when(), experts=[{"skill": "music", "count": 2}])
    expert = {"id": "x", "name": "X", "skills": ["music"]}
    entry = left_out(tasks=[row], experts=[expert])
    assert entry.families == ("experts",)
    assert entry.reason == (
        "It could not stand even if everything else gave way: it needs 2 with the skill 'music', "
        "and 1 of 2 could lead at any of its possible times"
    )


def test_a_coach_who_is_missing() -> None:
    """The demo's what-if: nobody coaches reading in East and West, so neither floor is met."""
    plan = solved(load(ROOT / "delivery-cycle-coach-lost"))
    told = {entry.id: entry for entry in plan.left_out if entry.source == "reading-coaching"}
    assert {entry.reason for entry in told.values()} == {
        f"No coach with the skill 'reading' serves {school} School, where the group is"
        for school in ("East", "West")
    }
    floor = told["reading-coaching/k2-east/floor"]
    assert (floor.families, floor.required) == (("coaching",), True)
    assert floor.title == "Coaching in reading, 480 minutes at least"
    # What is too dear together, and at no time alone, is told by what would help.
    money = next(entry for entry in plan.left_out if entry.source == "vocabulary-for-language")
    assert "(0 of" not in money.reason
    assert "$50.00 more" in money.reason
    assert money.families[0] == "funds"
    # Title II does not pay for a day that nothing follows up, however much is in it.
    day = next(entry for entry in plan.left_out if entry.source == "restorative-circles")
    assert day.reason.endswith("more were in Professional learning budget")


def test_what_it_leans_on() -> None:
    """The second waits for the first, for which the money lacks."""
    first = made.task("a", made.when(day=8), materials_cents_per_person=700, required=False)
    second = made.task("b", made.when(day=9), after=[{"item": "a"}], required=False)
    plan = solved(made.district(tasks=[first, second], funds=[made.fund(amount_cents=1_000)]))
    reasons = {entry.id: entry.reason for entry in plan.left_out}
    assert reasons["b"].endswith("It would stand if a stood as well and $4.00 more were in Fund")


def test_what_leans_on_a_rival_gives_way_with_it() -> None:
    """The second waits for the first; the third wants the time of the first."""
    rows = [
        made.task("a", made.when(day=8)),
        made.task("b", made.when(day=9), after=[{"item": "a"}]),
        made.task("c", made.when(day=8), required=False),
    ]
    entry = left_out(tasks=rows)
    assert entry.id == "c"
    assert entry.reason.endswith(
        "It would stand if a (the same people) and b (what comes before or after what) gave way"
    )


def test_what_keeps_itself_out() -> None:
    """Two occurrences a week apart in two days; nothing else is asked for."""
    row = made.item("n", made.when(day=6, last=7), groups=["both"], cadence="2 times per year")
    entry = left_out(engagements=[row | {"min_gap_days": 7}])
    assert "It could not stand even if everything else gave way" in entry.reason


@pytest.mark.parametrize("seed", sample(range(300), 60))
def test_it_stands_once_what_is_in_its_way_gives_way(seed: int) -> None:
    """Take what is named out of the district, and ask for the thing: there is a plan."""
    scenario = generated(seed, pins=[])
    for entry, way in _ways(scenario):
        if way.never is None and not (way.cents or way.subs):
            gone = {thing.item.id for thing, _ in way.things} - {entry}
            assert _fits(scenario, entry, gone), (entry, gone)
        elif way.never is not None:
            items = Directory(scenario).items
            assert not _fits(_rich(scenario), entry, items.keys() - {entry, *_waited_for(items)})


def _ways(scenario: Scenario) -> list[tuple[str, InTheWay]]:
    model = build_model(build_problem(scenario))
    effort = Effort(seed=0, time_limit_s=30.0, workers=1)
    values = Search(model, effort, lambda _: None, Clock()).run().values
    if not values:
        return []
    rivals = Rivals(model, Matrix(model.rows), values)
    found = []
    for thing in model.things:
        alone = sum(t.item.id == thing.item.id for t in model.things) == 1
        if alone and not any(values[v] for v in thing.literals) and not thing.refusals:
            way = rivals.of(thing)
            if way is not None:
                found.append((thing.item.id, way))
    return found


def _fits(scenario: Scenario, entry: str, gone: Iterable[str]) -> bool:
    """Tell whether an item can stand without some others."""
    pins = [Pin(item=item, present=False) for item in sorted(gone)]
    policy = scenario.policy.model_copy(update={"required": "leave_out"})
    update = {"pins": (*pins, Pin(item=entry)), "policy": policy}
    return solved(scenario.model_copy(update=update)).status == "OPTIMAL"


def _rich(scenario: Scenario) -> Scenario:
    """Give the district money and substitutes enough."""
    first = scenario.funds[0]
    rich = Fund(id="rich", name="Rich", amount_cents=10**8, obligations=first.obligations)
    old = scenario.substitutes
    subs = old and old.model_copy(
        update={"pools": tuple(p.model_copy(update={"size": 400}) for p in old.pools)}
    )
    return scenario.model_copy(update={"funds": (*scenario.funds, rich), "substitutes": subs})


def _waited_for(items: Mapping[str, AnyItem]) -> Iterator[str]:
    """Items for which any other waits: they may have to stand, too."""
    for item in items.values():
        yield from getattr(item, "prerequisites", ())
        yield from (r.item for name in ("after", "before") for r in getattr(item, name, ()))
        yield from getattr(item, "coach_prerequisites", ())
        yield from filter(None, [getattr(item, "follows", None)])
