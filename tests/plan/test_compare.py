import pytest

from plsched.plan.compare import Candidate, Coverage, FundUse, Move, compare
from tests.plan import district, handmade
from tests.plan.breaks.breaking import drop, leave_out
from tests.plan.handmade import move


def candidates() -> list[Candidate]:
    scenario = district.scenario()
    base = handmade.settle(scenario, handmade.plan(scenario))
    raw = district.raw()
    raw["funds"][1]["amount_cents"] = 400_000
    what_if = district.scenario(raw)
    data = handmade.plan(what_if)
    drop(data, "survey/1")
    leave_out(data, "survey", "survey")
    move(data, "net/3", "2027-11-19", "10:00")
    return [
        Candidate("base", scenario, base),
        Candidate("cut", what_if, handmade.settle(what_if, data), ("fund fy27 is cut",)),
    ]


def test_plans_stand_side_by_side() -> None:
    base, cut = compare(candidates()).columns
    assert (base.name, base.status, base.changes) == ("base", "FEASIBLE", ())
    assert cut.changes == ("fund fy27 is cut",)
    assert (base.educators_reached, cut.educators_reached) == (12, 12)
    assert base.educator_min - cut.educator_min == 6 * 30
    assert (base.cash_cents, base.economic_cents) == (571_920, 1_214_678)
    assert (cut.cash_cents, cut.economic_cents) == (571_920, 1_214_678 - 13_752)
    assert base.funds[1] == FundUse(fund="fy27", paid_cents=154_000, amount_cents=500_000)
    assert cut.funds[1] == FundUse(fund="fy27", paid_cents=154_000, amount_cents=400_000)
    assert sum(e.cash_cents for e in base.elements) == base.cash_cents


def test_what_only_one_leaves_out_and_what_moved() -> None:
    base, cut = compare(candidates()).columns
    assert {o.id: o.only_here for o in base.left_out} == {"walk/r2": False, "extra": False}
    assert {o.id: o.only_here for o in cut.left_out} == {
        "walk/r2": False,
        "extra": False,
        "survey": True,
    }
    assert base.moved == ()
    assert cut.moved == (
        Move(id="net/3", title="Network", changes=("2027-11-12 10:00 → 2027-11-19 10:00",)),
    )
    assert (cut.added, cut.gone) == ((), ("survey/1",))


def test_coverage_counts_units_rounds_cycles_and_series() -> None:
    base, cut = compare(candidates()).columns
    # Two units of numeracy, one of the institute, leadership, network, two tasks, two rounds.
    assert base.coverage == (
        Coverage(pathway="math", standing=8, asked=9),
        Coverage(pathway="care", standing=3, asked=4),
    )
    assert cut.coverage[0] == Coverage(pathway="math", standing=7, asked=9)


def test_one_plan_alone_leaves_nothing_out_that_others_hold() -> None:
    (base,) = compare(candidates()[:1]).columns
    assert not any(o.only_here for o in base.left_out)


def test_nothing_to_compare() -> None:
    with pytest.raises(ValueError, match="give one plan at least"):
        compare([])
