"""What each section of the report says, without any page."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from plsched.exports.report.coaches import RatioRow, coaches
from plsched.exports.report.costs import FundRule, FundUse, Ledgers, costs
from plsched.exports.report.coverage import PathwayCoverage, coverage
from plsched.exports.report.evaluation import EvaluationTask, Stretch, evaluation
from plsched.exports.report.gaps import ExpertUse, Overlap, RoomUse, SkillGap, TwoPrices, gaps
from plsched.exports.report.head import TierRow, head
from plsched.exports.report.left_out import LeftOutRow, omissions
from plsched.exports.report.limits import LimitRow, limits
from plsched.exports.report.load import load
from plsched.exports.report.mandatory import Mandatory, Training, mandatory
from plsched.exports.report.reconciliation import books
from plsched.exports.report.substitutes import PoolDay, substitutes
from plsched.exports.report.timeline import Cycles, Row, timeline
from plsched.exports.report.year import Month, blocks, month_heads, months_between, weeks_of
from plsched.plan.facts import Facts
from plsched.plan.models import Plan, Status, TierResult
from plsched.scenario.directory import Directory
from plsched.scenario.models import Scenario
from tests.exports.district import AWKWARD_TITLE
from tests.exports.plans import plan, scenario


@pytest.fixture(scope="module")
def facts() -> Facts:
    return Facts(Directory(scenario()), plan())


def planless(status: Status) -> Facts:
    bare = plan().model_copy(
        update={
            "status": status,
            "items": (),
            "substitutes": (),
            "expert_days": (),
            "left_out": (),
            "tiers": (),
        }
    )
    return Facts(Directory(scenario()), bare)


def with_tiers(*tiers: TierResult, status: Status = "FEASIBLE") -> Facts:
    changed: Plan = plan().model_copy(update={"tiers": tiers, "status": status})
    return Facts(Directory(scenario()), changed)


def tier(gap: float | None, value: int = 1000) -> TierResult:
    bound = None if gap is None else value + round(gap * value)
    return TierResult(name="reach", sense="max", unit="", value=value, bound=bound, gap=gap)


def test_tiers_stand_in_the_units_in_which_people_count(facts: Facts) -> None:
    found = [(t.name, t.value, t.bound, t.gap) for t in head(facts, ()).tiers]
    assert found == [
        ("required", "2 of 5", "2", "none: proven best"),
        (
            "reach",
            "66.7 weighted educator-hours",
            "68.3 weighted educator-hours",
            "2.5% (1.7 weighted educator-hours)",
        ),
        ("cost", "$8,354.32", "not known", "not known"),
        ("comfort", "12 points", "0 points", "100% (12 points)"),
    ]


def test_the_head_says_what_it_is_about(facts: Facts) -> None:
    found = head(facts, ("Title II-A is cut by 20%.",))
    assert (found.school_year, found.span) == ("School year 2026-27", "Jun 1, 2026 to Jun 30, 2027")
    assert found.changes == ("Title II-A is cut by 20%.",)
    assert found.finding == (
        "66 sessions, meetings and visits reach 6 educators for $8,354.32 in cash. "
        "2 things asked for are left out, 1 of them required."
    )
    assert dict(found.stamp) == {
        "Scenario hash": "0" * 64,
        "plsched version": "0.1.0",
        "Seed": "7",
        "Solving time": "1.5 s",
        "Time zone": "America/Chicago",
    }


@pytest.mark.parametrize(
    ("tiers", "words"),
    [
        ((tier(0.0),), "Proven best in reach."),
        ((tier(0.004),), "At most this far from the best possible: reach 0.4%."),
        ((tier(0.0031),), "At most this far from the best possible: reach 0.4%."),
        ((tier(None),), "How far reach could still improve is not known."),
    ],
)
def test_a_feasible_plan_says_how_far_from_the_best(
    tiers: tuple[TierResult, ...], words: str
) -> None:
    assert head(with_tiers(*tiers), ()).status == f"Feasible: it keeps every rule. {words}"


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("OPTIMAL", "Proven best: no other plan does better in any tier."),
        ("INFEASIBLE", "Proven impossible: no plan can keep all the rules at once."),
        (
            "NO_PLAN_IN_TIME",
            "No plan was found in the time given; that does not mean that there is none.",
        ),
        ("CANCELLED", "Stopped by request before it was finished."),
    ],
)
def test_each_status_has_its_words(status: Status, words: str) -> None:
    assert head(with_tiers(status=status), ()).status == words


def test_a_small_gap_is_never_shown_as_none() -> None:
    row = head(with_tiers(tier(0.00001, 10_000_000)), ()).tiers[0]
    assert isinstance(row, TierRow)
    assert row.gap == "0.1% (1.7 weighted educator-hours)"


def test_the_year_lists_what_stands_by_pathway(facts: Facts) -> None:
    found = timeline(facts)
    numeracy, leading = found.pathways
    assert [(r.title, r.kind, len(r.dates)) for r in numeracy.rows] == [
        ("Write the numeracy units", "Planning task", 1),
        (AWKWARD_TITLE, "Course", 2),
        ("Numeracy coaching", "Coaching cycles", 22),
        ("How did it go?", "Evaluation task", 1),
        ("Reading conference", "Engagement", 3),
        ("Learning walk at Oak", "Observation days", 1),
    ]
    assert leading.by_month == (0, 0, 1, 4, 4, 4, 2, 3, 5, 4, 4, 5, 0)
    assert found.by_month == (1, 0, 2, 4, 10, 11, 2, 3, 10, 12, 6, 5, 0)
    assert numeracy.rows[1] == Row(
        title=AWKWARD_TITLE,
        kind="Course",
        required=True,
        people=3,
        dates=(date(2026, 8, 11), date(2026, 11, 3)),
        cycles=(),
        by_month=(0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0),
    )
    assert numeracy.rows[2].cycles == (
        Cycles(date(2026, 10, 13), date(2026, 11, 19), 1),
        Cycles(date(2027, 2, 23), date(2027, 4, 1), 1),
    )
    assert found.finding == (
        "The year holds 8 sessions and series, 2 tasks, 1 observation day and 2 coaching cycles; "
        "the fullest month is Mar 2027 with 12 dates of 66."
    )


def test_weeks_stand_under_their_months_in_blocks_that_fit_a_page() -> None:
    weeks = weeks_of([date(2026, 9, 30), date(2026, 11, 3)])
    assert weeks[0] == date(2026, 9, 28)
    assert month_heads(weeks) == (Month(2026, 9, 1), Month(2026, 10, 4), Month(2026, 11, 1))
    first, second = blocks(weeks, most=4)
    assert (first.weeks, second.weeks) == (weeks[:3], weeks[3:])
    assert (first.first, first.end, second.first, second.end) == (0, 3, 3, 6)
    assert first.starts == {date(2026, 9, 28), date(2026, 10, 5)}
    assert blocks(()) == ()


def test_months_run_over_the_turn_of_the_year() -> None:
    assert [(m.year, m.label) for m in months_between(date(2026, 11, 30), date(2027, 1, 1))] == [
        (2026, "Nov"),
        (2026, "Dec"),
        (2027, "Jan"),
    ]


def test_load_is_that_of_the_busiest_member_with_the_way(facts: Facts) -> None:
    found = load(facts)
    oak = next(g for g in found.groups if g.name == "Oak team")
    weeks = [w for block in found.blocks for w in block.weeks]
    busy = {
        str(week): (c.minutes, c.level)
        for week, c in zip(weeks, oak.cells, strict=True)
        if c.minutes > 45
    }
    # Three hours and twice ten minutes to Central, and an hour of safety in August; an observation
    # day in April is a visit, its briefing and its debriefing.
    assert busy == {"2026-08-10": (260, 3), "2026-11-02": (230, 3), "2027-04-12": (75, 1)}
    assert (oak.members, oak.heavy_weeks) == (3, 0)
    assert found.finding == (
        "The fullest week of anybody has 25.3 h (Basil Fir, week of Mon Feb 8, 2027). "
        "2 educators of 6 have a week of over 3 h on top of teaching, 5 such weeks in all."
    )
    assert [g.heavy_weeks for g in found.groups] == [0, 1, 4, 0]


def test_everybody_is_shown_in_the_smallest_of_their_groups_of_two_or_more(facts: Facts) -> None:
    assert [(g.name, g.members) for g in load(facts).groups] == [
        ("Oak team", 3),
        ("Elm team", 1),
        ("Office team", 2),
        ("Oak walkers", 2),
    ]


def test_limits_stand_beside_the_most_that_anybody_comes_to() -> None:
    each = {
        "id": "week",
        "window": "week",
        "unit": "minutes",
        "at_most": 1520,
        "source": "Article 7",
    }
    out = {
        "id": "out",
        "window": "term",
        "unit": "days_out",
        "at_most": 4,
        "counts": ["engagement"],
    }
    groups = {"id": "once", "window": "day", "unit": "groups_out", "at_most": 1, "per": "together"}
    ruled = Scenario.model_validate(
        scenario().model_dump(exclude_unset=True)
        | {"limits": [each, out, {**out, "id": "full", "at_most": 3}, {**groups, "groups": []}]}
    )
    assert limits(Facts(Directory(ruled), plan())) == (
        LimitRow(
            "week",
            "everything of everybody; each person, in a week",
            "25.3 h",
            "25.3 h, by 1 educator",
            "Article 7",
        ),
        LimitRow(
            "out",
            "engagements of everybody; each person, in a term",
            "4 days out",
            "3 days out",
            "",
        ),
        LimitRow(
            "full",
            "engagements of everybody; each person, in a term",
            "3 days out",
            "3 days out, by 1 educator",
            "",
        ),
        LimitRow(
            "once",
            "everything of everybody; all together, in a day",
            "1 group out at once",
            "kept",
            "",
        ),
    )


def test_mandatory_hours_are_counted(facts: Facts) -> None:
    assert mandatory(facts) == Mandatory(
        "4 educators of 7 have mandatory training, 4 person-hours in all; "
        "the most for one person is 1 h.",
        (
            Training(
                title="Safety briefing",
                dates=(date(2026, 8, 12),),
                places=("own site or online",),
                people=4,
                minutes_each=60,
                person_min=240,
            ),
        ),
    )


def test_coverage_sets_what_stands_beside_what_was_asked(facts: Facts) -> None:
    found = coverage(facts)
    assert found.pathways[1] == PathwayCoverage(
        name="Leading",
        priority=1,
        asked=3,
        whole=3,
        partly=0,
        none=0,
        things_asked=4,
        things_standing=4,
        dates=36,
        people_asked=6,
        people_reached=6,
        person_min=4620,
    )
    assert [(g.id, g.asked, g.standing, g.out_of_scope, g.bare) for g in found.goals] == [
        ("G1", 4, 3, None, False),
        ("G1.1", 4, 3, None, False),
        ("G1.1.a", 1, 1, None, False),
        ("G1.1.b", 0, 0, "takes nobody's time", False),
        ("G2", 2, 2, None, False),
    ]
    assert found.goal_finding == (
        "2 of 2 goals, 1 of 1 objective and 1 of 2 action steps have something that serves them; "
        "1 step is out of scope."
    )


def test_goals_without_a_session_are_named() -> None:
    found = coverage(planless("NO_PLAN_IN_TIME"))
    assert found.goal_finding.endswith("Without any session: goal G1, goal G2 and objective G1.1.")


def test_funds_stand_against_their_amounts(facts: Facts) -> None:
    found = costs(facts)
    assert found.funds[:2] == (
        FundUse(
            name="Title II-A",
            limit_cents=1_500_000,
            used_cents=631_043,
            first=date(2026, 7, 1),
            last=date(2027, 9, 30),
            rules=(FundRule("cap travel-cap", 150_000, 120_000),),
        ),
        FundUse(
            name="General fund",
            limit_cents=2_000_000,
            used_cents=204_389,
            first=date(2026, 6, 1),
            last=date(2027, 6, 30),
            rules=(FundRule("set aside for lead-share", 50_000, 62_150, minimum=True),),
        ),
    )
    assert (found.cash_each_cents, found.economic_each_cents) == (139_239, 200_310)
    assert found.finding == (
        "Cash $8,354.32, economic $12,018.57, for 6 educators reached. 2 funds pay; the tightest "
        "is Title II-A, 42.1% used, $8,689.57 remaining."
    )


def test_each_breakdown_adds_up_to_the_same_total(facts: Facts) -> None:
    found = costs(facts)
    sums = {
        table.name: (
            sum(row.cash_cents for row in table.rows),
            sum(row.economic_cents for row in table.rows),
        )
        for table in found.tables
    }
    assert sums == dict.fromkeys(
        ("element", "phase", "pathway", "term", "department", "site"),
        (found.total.cash_cents, found.total.economic_cents),
    )
    assert found.tables[3].rows == (
        Ledgers("Summer", 414_240, 484_042),
        Ledgers("Fall", 45_050, 161_222),
        Ledgers("Spring", 376_142, 556_593),
    )


def test_substitutes_stand_against_what_the_pool_can_be_counted_on_for(facts: Facts) -> None:
    found = substitutes(facts)
    assert found.days[2:4] == (
        PoolDay(
            date=date(2027, 2, 12),
            pool="pool",
            needed=1,
            full=1,
            morning=0,
            afternoon=0,
            covered=1,
            sites=("Elm School",),
            size=4,
            fill_percent=75,
            expected=3,
            chance_short=Fraction(1, 256),
            uncovered_cents=26,
        ),
        PoolDay(
            date=date(2027, 4, 13),
            pool="pool",
            needed=1,
            full=1,
            morning=0,
            afternoon=0,
            covered=2,
            sites=("Oak School", "Elm School"),
            size=4,
            fill_percent=80,
            expected=3,
            chance_short=Fraction(1, 625),
            uncovered_cents=5,
        ),
    )


def test_colleagues_who_cover_have_a_price() -> None:
    """Nobody comes: each class of each sub is covered by a colleague, at $20 an hour."""
    given = scenario()
    assert given.substitutes is not None
    (pool,) = given.substitutes.pools
    nobody = pool.model_copy(update={"fill_percent": 0, "fill_on": {}})
    settings = given.substitutes.model_copy(update={"pools": (nobody,)})
    without = given.model_copy(update={"substitutes": settings})
    found = substitutes(Facts(Directory(without), plan()))
    assert [day.uncovered_cents for day in found.days] == [6667, 6667, 6667, 3333, 0]
    assert "cost $233.34 on average; no fund is charged with it." in found.finding


def test_coaches_stand_against_capacity_and_caseload(facts: Facts) -> None:
    coach = coaches(facts).coaches[0]
    assert (coach.name, coach.capacity_min, coach.cycles, coach.people) == (
        "Sage Elder",
        1350,
        2,
        4,
    )
    assert (coach.total_min, coach.peak_min, coach.peak_cycles, coach.caseload) == (990, 90, 1, 5)
    assert coach.peak_share == Fraction(90, 1350)


def test_what_is_left_out_stands_required_first(facts: Facts) -> None:
    found = omissions(facts)
    assert [(r.ids, r.required, r.groups, r.reach_lost) for r in found.rows] == [
        (("CC/elm-team/2",), True, ("Elm team",), 0),
        (("ART/oak-team",), False, ("Oak team",), 360),
    ]
    assert [(h.family, h.things) for h in found.help] == [
        ("expert skill, number, no-overlap, availability, hours and contract caps", 1),
        ("coach caseload, weekly capacity, skill, own training first, follow-up, dosage", 1),
        ("staff-hour caps and overload limits", 1),
    ]
    assert found.finding == (
        "2 things left out, 1 of them required; 6 weighted educator-hours of requested learning "
        "are lost."
    )


def test_parts_of_one_item_left_out_for_the_same_reason_share_a_row() -> None:
    first = plan().left_out[0]
    others = [
        first.model_copy(update={"id": f"ART/oak-team#{n}", "groups": (f"oak-team#{n}",)})
        for n in (1, 2)
    ]
    split = plan().model_copy(update={"left_out": tuple(others)})
    assert omissions(Facts(Directory(scenario()), split)).rows == (
        LeftOutRow(
            ids=("ART/oak-team#1", "ART/oak-team#2"),
            title="Drawing to think",
            required=False,
            groups=("Oak team, part 1", "Oak team, part 2"),
            reach_lost=720,
            reason="=Nobody has the skill 'drawing'.",
        ),
    )


@pytest.mark.parametrize(
    ("status", "step"),
    [
        ("INFEASIBLE", "Loosen one of the rules below: any one of them is enough"),
        ("NO_PLAN_IN_TIME", "Give more time:"),
        ("CANCELLED", "Start the run again;"),
    ],
)
def test_without_a_plan_there_is_advice(status: Status, step: str) -> None:
    assert omissions(planless(status)).next_steps[0].startswith(step)


def test_gaps_name_who_and_what_is_lacking(facts: Facts) -> None:
    found = gaps(facts, coverage(facts).goals)
    assert found.skills[:2] == (
        SkillGap("drawing", ("Drawing to think",), 1, ()),
        SkillGap("numeracy", (AWKWARD_TITLE,), 1, ("Partner by the day", "Sage Elder")),
    )
    assert [s.missing for s in found.skills] == [1, 0, 0]
    assert found.experts[1] == ExpertUse("Partner by the hour", ("leading",), 3, 270, None)
    assert found.rooms[2] == RoomUse("Library", "Oak School", 20, 2, 1, 45, 2)
    assert found.finding == (
        "Nobody, or too few, can teach drawing; no expert is booked to the cap; no room was "
        "lacking; each objective and step in scope has a session."
    )


def priced(**changes: object) -> Facts:
    """Give the district with its course of numeracy asked for a second time, and two partners."""
    data = scenario().model_dump(mode="json")
    numeracy = next(c for c in data["courses"] if c["id"] == "NUM") | {"content": "counting"}
    again = numeracy | {"id": "NUM2", "title": "Again", "department": None} | changes
    data["courses"] = [numeracy, again]
    partner = {"name": "Partner by the DAY", "skills": ["numeracy"], "id": "X-TWICE"}
    rate = {"unit": "hour", "cents": 9000, "minimum_min": 120, "prep_permille": 500}
    data["experts"].append(partner | {"rate": rate | {"travel_cents_per_day": 100}})
    data["coaching"] = []
    return Facts(Directory(Scenario.model_validate(data)), planless("FEASIBLE").plan)


RATES = TwoPrices(
    "Partner by the day",
    (
        ("X-DAY", "$1,500.00 a day, $200.00 travel a day"),
        (
            "X-TWICE",
            "$90.00 an hour, 120 min at least, 500 permille to prepare, $1.00 travel a day",
        ),
    ),
)


def test_the_same_thing_at_two_prices_is_told() -> None:
    dearer = priced(fee_cents_per_person=1)
    found = gaps(dearer, ())
    content = TwoPrices(
        "counting",
        (
            (f"{AWKWARD_TITLE} (Mathematics)", "$25.00 a person"),
            ("Again (no department)", "$25.01 a person"),
        ),
    )
    assert found.two_prices == (content, RATES)
    assert found.overlaps == (Overlap("counting", (AWKWARD_TITLE, "Again"), 3),)
    assert gaps(priced(), ()).two_prices == (RATES,)
    assert gaps(dearer, (), with_costs=False).two_prices == ()


def test_the_books_are_read_only_when_something_is_booked(facts: Facts) -> None:
    assert books(facts) is None
    data = scenario().model_dump(mode="json")
    posting = {
        "fund": "title-ii",
        "object": "2213-610",
        "stage": "spent",
        "obligation_date": "2026-09-01",
        "cents": 5002,
    }
    data["records"] = {"as_of": "2026-10-01", "postings": [posting]}
    found = books(Facts(Directory(Scenario.model_validate(data)), plan()))
    assert found is not None
    assert found.finding == (
        "Of $8,354.32 that the plan pays, $50.02 are spent, $0.00 encumbered and $8,304.30 remain, "
        "as of Oct 1, 2026. 1 thing to look at."
    )
    assert found.told == (
        ("Title II-A", "2213-610: $0.01 more are encumbered and spent than the plan approves"),
    )
    assert [row.name for row in found.rows if row.is_fund] == [
        "Title II-A",
        "General fund",
        "Old grant, spent by now",
    ]
    assert [row.name for row in found.departments] == ["Mathematics", "Literacy", "No department"]


def test_evaluation_stands_by_level(facts: Facts) -> None:
    found = evaluation(facts)
    assert found.tasks == (
        EvaluationTask(1, "How did it go?", "Numeracy", (date(2026, 11, 3),), 3),
    )
    assert [words[0] for words in found.empty_levels] == ["2", "3", "4", "5"]


def test_the_first_days_are_counted_from_the_first_day_of_fall(facts: Facts) -> None:
    stretches = evaluation(facts).stretches
    assert [s.name for s in stretches] == [
        "Before Fall",
        "Days 1 to 30",
        "Days 31 to 60",
        "Days 61 to 90",
        "Days 91 to 120",
    ]
    assert stretches[2] == Stretch(
        name="Days 31 to 60",
        first=date(2026, 9, 16),
        last=date(2026, 10, 15),
        counts=(("Coaching cycles", 2), ("Engagement", 5)),
        milestones=(
            (date(2026, 9, 30), "Leaders' circle begins"),
            (date(2026, 10, 13), "Numeracy coaching begins"),
        ),
    )


def test_the_coaching_ratio_is_told_against_its_yardstick(facts: Facts) -> None:
    found = coaches(facts)
    assert found.ratio == (
        "5.38 teachers for each full-time coach, within the 45 that one should have; 0 of 2 sites "
        "have more than that, or no coach."
    )
    assert found.ratios == (
        RatioRow("Oak School", 3, 1, "0.47", "6.45", False),
        RatioRow("Elm School", 2, 1, "0.47", "4.3", False),
    )


def test_cost_bands_are_told_for_pathways_and_partners(facts: Facts) -> None:
    assert [(b.name, b.kind, b.band) for b in costs(facts).bands] == [
        ("Numeracy", "pathway", "under $50,000"),
        ("Leading", "pathway", "under $50,000"),
        ("Partner by the day", "partner", "under $50,000"),
        ("Partner by the hour", "partner", "under $50,000"),
    ]
