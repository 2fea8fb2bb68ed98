"""Synthetic districts are in order, have the promised shape, and are tight."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from plsched.errors import OutputFolderUnusable, SizeOutOfRange
from plsched.generate import FEWEST, MOST, SIZES, generate, write_district
from plsched.generate.demand import cash
from plsched.scenario.check import check
from plsched.scenario.directory import Directory
from plsched.scenario.models.base import weekday_of
from plsched.scenario.models.policy import Policy
from tests.generate import asked
from tests.solver.solving import solved

made = cache(generate)
SOME = [(FEWEST, 0), (31, 5), (47, 1), (88, 2), (250, 3), (640, 4), (1500, 5), (3000, 3)]
SMALL_AND_LARGE = [(60, 1), (100, 2), (250, 0), (250, 1), (640, 2), (1500, 0), (7000, 0)]


@pytest.mark.parametrize(("number", "seed"), SOME)
def test_it_reads_back_as_it_was_made_without_any_finding(
    number: int, seed: int, tmp_path: Path
) -> None:
    district = made(number, seed)
    write_district(district, tmp_path / "district")
    checked = check(tmp_path / "district")
    assert [str(finding) for finding in checked.findings] == []
    assert checked.scenario == district
    assert len(district.educators) == number


@pytest.mark.parametrize("number", [FEWEST - 1, 0, -3, MOST + 1])
def test_a_size_out_of_range_is_refused(number: int) -> None:
    with pytest.raises(SizeOutOfRange, match=rf"{number:,} educators .* give 30 to 50,000"):
        generate(number, 0)


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputFolderUnusable, match=r"is not empty \(it holds mine\.txt\)"):
        write_district(made(FEWEST, 0), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_another_seed_is_another_district() -> None:
    assert made(60, 1) != made(60, 2)
    assert generate(60, 1) == made(60, 1)


@pytest.mark.parametrize("seed", range(3))
def test_a_large_urban_district_has_the_promised_counts(seed: int) -> None:
    district = made(SIZES["L"], seed)
    assert 171 <= asked.schools(district) <= 189
    assert 2250 <= asked.sessions(district) <= 2750
    assert 1350 <= asked.visits(district, "fall") <= 1650
    assert asked.visits(district, "spring") == asked.visits(district, "fall")
    assert 2850 <= asked.cycles(district) <= 3150
    assert len(district.coaches) == 156


@pytest.mark.parametrize(("size", "schools"), [("S", 6), ("M", 38)])
def test_smaller_ones_have_their_share(size: str, schools: int) -> None:
    district = made(SIZES[size], 0)
    number = SIZES[size]
    assert asked.schools(district) == schools
    assert asked.sessions(district) == pytest.approx(2500 * number / 7000, rel=0.3)
    assert asked.dated_occurrences(district) == pytest.approx(1050 * number / 7000, rel=0.9)
    assert asked.cycles(district) == pytest.approx(3000 * number / 7000, rel=0.05)


def test_schools_are_of_all_levels_and_vary() -> None:
    district = made(SIZES["M"], 0)
    levels = Counter(site.level for site in district.sites)
    assert (levels["elementary"], levels["middle"], levels["high"]) == (23, 8, 7)
    sizes = Counter(educator.site for educator in district.educators)
    of_schools = [sizes[site.id] for site in district.sites if site.level == "elementary"]
    assert max(of_schools) > 1.4 * min(of_schools)


def test_no_name_is_of_a_person() -> None:
    district = made(250, 0)
    assert all(educator.name.endswith(educator.id) for educator in district.educators)


# ---- tight: more is asked for than there is ----


@pytest.mark.parametrize(("number", "seed"), SMALL_AND_LARGE)
def test_money_is_short(number: int, seed: int) -> None:
    district = made(number, seed)
    conditional = [fund for fund in district.funds if fund.id != "general"]
    assert asked.requested_cents(district) > sum(fund.amount_cents for fund in conditional)
    wished = cash(Directory(district))
    assert sum(fund.amount_cents for fund in district.funds) < 0.8 * sum(wished)


@pytest.mark.parametrize(("number", "seed"), SMALL_AND_LARGE)
def test_experts_are_short(number: int, seed: int) -> None:
    wanted, hours = asked.expert_minutes(made(number, seed))
    assert hours < 0.95 * wanted


@pytest.mark.parametrize(("number", "seed"), SMALL_AND_LARGE)
def test_substitutes_are_short(number: int, seed: int) -> None:
    district = made(number, seed)
    assert district.substitutes is not None
    for pool in district.substitutes.pools:
        seasons = list(asked.sub_days(district, pool))
        enough = [there >= wanted for wanted, there in seasons]
        assert not all(enough), (pool.id, seasons)
        assert number < 100 or not any(enough), (pool.id, seasons)


# ---- and still, what is required can stand ----


def test_all_that_is_required_stands_in_a_plan() -> None:
    district = made(FEWEST, 0)
    plan = solved(district.model_copy(update={"policy": Policy(tiers=("required",))}))
    assert [tier.value for tier in plan.tiers] == [asked.required_things(district)]


@pytest.mark.parametrize(("number", "seed"), [*SOME, *SMALL_AND_LARGE])
def test_the_general_fund_pays_for_all_that_is_required(number: int, seed: int) -> None:
    district = made(number, seed)
    general = next(fund for fund in district.funds if fund.id == "general")
    assert general.kinds is None
    assert general.amount_cents > cash(Directory(district)).required


@pytest.mark.parametrize(("number", "seed"), [*SOME, *SMALL_AND_LARGE])
def test_a_pool_covers_a_section_and_an_observation_day(number: int, seed: int) -> None:
    district = made(number, seed)
    assert district.substitutes is not None
    members = Directory(district).members
    periods = district.substitutes.roving.max_periods_per_day
    for pool in district.substitutes.pools:
        there = asked.subs_on(pool)
        assert all(c.section_size <= there for c in asked.release_courses(district, pool))
        for observation in district.observations:
            if observation.site in pool.sites:
                assert -(-len(members[observation.observers[0]]) // periods) < there


@pytest.mark.parametrize(("number", "seed"), [*SOME, *SMALL_AND_LARGE])
def test_coaches_of_each_area_hold_its_required_cycles(number: int, seed: int) -> None:
    district = made(number, seed)
    assert district.substitutes is not None
    for pool in district.substitutes.pools:
        assert asked.required_cycles(district, pool) <= asked.cycles_held(district, pool)


@pytest.mark.parametrize(("number", "seed"), [*SOME, *SMALL_AND_LARGE])
def test_required_courses_have_experts_enough(number: int, seed: int) -> None:
    district = made(number, seed)
    for course in district.courses:
        for need in course.experts if course.required else ():
            able = [x for x in district.experts if need.skill in x.skills]
            capped = [x.hours_cap_min for x in able if x.hours_cap_min is not None]
            minutes = course.sessions * course.duration_min * (course.max_sections or 1)
            assert len(capped) < len(able) or sum(capped) >= minutes
            assert all(x.contract_max_cents is None for x in able)


@pytest.mark.parametrize(("number", "seed"), [*SOME, *SMALL_AND_LARGE])
def test_mandatory_training_has_seats_for_everybody(number: int, seed: int) -> None:
    district = made(number, seed)
    directory = Directory(district)
    seats = directory.licences["webinar"].seats
    off = {weekday for educator in district.educators for weekday in educator.off_weekdays}
    for course in (course for course in district.courses if course.mandatory):
        dates = asked.dates_of(district, course)
        assert not off & {weekday_of(day) for day in dates}
        at_once = seats // course.section_size
        assert (course.max_sections or 0) <= len(dates) * len(course.when.starts) * at_once
