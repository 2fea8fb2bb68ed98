import pytest

from plsched.plan.models import Plan
from plsched.plan.summary import DIMENSIONS, Dimension, Sums, educator_shares, summarize
from tests.plan import district, handmade


@pytest.fixture(scope="module")
def plan() -> Plan:
    scenario = district.scenario()
    return handmade.settle(scenario, handmade.plan(scenario))


TOTAL = Sums(cash_cents=571_920, economic_cents=1_214_678)


def added(sums: list[Sums]) -> Sums:
    return sum(sums, Sums())


def test_the_ledgers_are_summed_apart(plan: Plan) -> None:
    assert summarize(plan).total == TOTAL


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_every_breakdown_adds_up_to_the_same_total(plan: Plan, dimension: Dimension) -> None:
    assert added(list(summarize(plan).by[dimension].values())) == TOTAL


def test_by_fund(plan: Plan) -> None:
    assert summarize(plan).by["fund"] == {
        "fy26": Sums(51_450, 51_450),
        "fy27": Sums(154_000, 154_000),
        "title2": Sums(366_470, 366_470),
        None: Sums(0, 642_758),
    }


def test_items_and_shared_accounts_add_up_and_say_whom_they_reach(plan: Plan) -> None:
    summary = summarize(plan)
    assert added([row.sums for row in summary.items]) == TOTAL
    rows = {row.id: row for row in summary.items}
    assert rows["safety"].educators == ("s1", "s2", "s3", "s4")
    # The workshop's own expert day is its own: 90,250 in cash for four.
    assert rows["safety"].sums == Sums(90_250, 117_750)
    assert rows["safety"].cash_per_educator == 22_563
    # Subs and travel of the consultant, for the sections' six.
    assert rows["math|cur"].sums == Sums(3 * 12_894 + 4 * 8_000, 3 * 12_894 + 4 * 8_000)
    assert rows["math|cur"].educators == ("n1", "n2", "n3", "n4", "n5", "n6")
    assert summary.whole.educators == (
        "c1", "k1", "n1", "n2", "n3", "n4", "n5", "n6", "s1", "s2", "s3", "s4",
    )  # fmt: skip
    assert summary.whole.cash_per_educator == 47_660


def test_shares_of_educators_lose_no_cent(plan: Plan) -> None:
    shares = educator_shares(plan)
    assert added(list(shares.values())) == TOTAL
    assert None not in shares
    # Safety 90,250 / 4, team time 96,000 / 4, coaching no cash; 22,562.50 falls to the first two.
    assert shares["s4"].cash_cents == 22_562 + 24_000
    assert shares["s2"].cash_cents == 22_563 + 24_000


def test_what_reaches_nobody_is_kept_apart(plan: Plan) -> None:
    alone = plan.model_copy(update={"items": ()})
    assert educator_shares(alone) == {None: summarize(alone).total}
    assert summarize(alone).whole.cash_per_educator is None
