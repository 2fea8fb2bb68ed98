"""Cost bands and the coaching ratio: exact at each end."""

from fractions import Fraction
from typing import Any

import pytest
from pydantic import ValidationError

from plsched.plan.coaching_ratio import Ratio, coaching_ratio
from plsched.plan.cost_bands import band_of, band_words, cost_bands
from plsched.plan.facts import Facts
from plsched.plan.partners import paid_to_experts
from plsched.plan.summary import summarize
from plsched.scenario.directory import Directory
from plsched.scenario.models import Scenario
from plsched.scenario.models.yardsticks import Yardsticks
from tests.exports.plans import plan, scenario

ENDS = Yardsticks().cost_bands_cents


@pytest.mark.parametrize(
    ("cents", "words"),
    [
        (0, "under $50,000"),
        (4_999_999, "under $50,000"),
        (5_000_000, "$50,000 to $100,000"),
        (10_000_000, "$50,000 to $100,000"),
        (10_000_001, "$100,000 to $500,000"),
        (50_000_000, "$100,000 to $500,000"),
        (100_000_000, "$500,000 to $1,000,000"),
        (100_000_001, "over $1,000,000"),
    ],
)
def test_each_band_has_its_ends(cents: int, words: str) -> None:
    assert band_words(band_of(cents, ENDS), ENDS) == words


def test_a_district_may_have_one_end_only() -> None:
    assert [band_words(band_of(c, (100,)), (100,)) for c in (99, 100, 101)] == [
        "under $1",
        "$1 and over",
        "$1 and over",
    ]


def test_bands_that_do_not_rise_are_refused() -> None:
    with pytest.raises(ValidationError, match="do not rise"):
        Yardsticks(cost_bands_cents=(100, 100))


def test_pathways_add_up_to_the_plan_and_partners_include_their_way() -> None:
    # The plan by hand names a partner as an expert, too; a plan that was judged does not.
    items = (
        i.model_copy(update={"experts": ()}) if i.source == "LEAD" else i for i in plan().items
    )
    facts = Facts(Directory(scenario()), plan().model_copy(update={"items": tuple(items)}))
    found = cost_bands(facts)
    pathways = {b.id: b.cash_cents for b in found if b.kind == "pathway"}
    assert sum(pathways.values()) == summarize(plan()).total.cash_cents
    partners = {b.id: b.cash_cents for b in found if b.kind == "partner"}
    # Two days at $1,500.00 with $200.00 for the way; three times 90 minutes at $120.00 an hour.
    assert partners == {"X-DAY": 340_000, "X-HOUR": 54_000}
    assert dict(paid_to_experts(facts)) == partners


def district(**changes: Any) -> Directory:
    data = scenario().model_dump(mode="json") | changes
    return Directory(Scenario.model_validate(data))


def coach(**changes: Any) -> dict[str, Any]:
    return {"educator": "C1", "sites": ["oak", "elm"]} | changes


def test_a_coach_of_two_sites_counts_half_at_each() -> None:
    """Five teachers, three at Oak; a full week of C1's site has 40 hours, of which 37.5 coach."""
    found = coaching_ratio(district())
    part = Fraction(93, 100)
    assert found.whole == Ratio(None, 5, 1, part, 45)
    assert found.sites == (Ratio("oak", 3, 1, part / 2, 45), Ratio("elm", 2, 1, part / 2, 45))
    assert found.sites[0].teachers_per_coach == Fraction(600, 93)
    assert not found.whole.is_short


@pytest.mark.parametrize(("fte", "minutes", "percent"), [(40, 2250, 40), (100, 1200, 50)])
def test_a_coach_counts_by_the_part_that_is_for_coaching(
    fte: int, minutes: int, percent: int
) -> None:
    data = scenario().model_dump(mode="json")
    people = [e | {"fte_percent": fte} if e["id"] == "C1" else e for e in data["educators"]]
    found = coaching_ratio(district(educators=people, coaches=[coach(weekly_contract_min=minutes)]))
    assert found.whole.positions == Fraction(percent, 100)


def test_at_the_yardstick_there_are_enough_one_more_is_short() -> None:
    full = [coach(sites=["oak"], weekly_contract_min=2400)]
    for most, short in ((5, False), (4, True)):
        found = coaching_ratio(district(coaches=full, yardsticks={"teachers_per_coach": most}))
        assert found.whole.teachers_per_coach == 5
        assert found.whole.is_short == short
    _, elm = found.sites
    assert (elm.teachers_per_coach, elm.is_short) == (None, True)


def test_who_coaches_is_no_teacher() -> None:
    found = coaching_ratio(district(coaches=[coach(educator="T1")], coaching=[]))
    assert (found.whole.teachers, found.whole.coaches) == (4, 1)
