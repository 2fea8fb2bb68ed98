"""Results year over year, on the page and as a table."""

import csv

import pytest

from plsched.exports.report import render_report
from plsched.exports.report.year_over_year import milli, years
from plsched.exports.tables import results_csv
from plsched.plan.facts import Facts
from plsched.plan.year_over_year import year_over_year
from plsched.scenario.directory import Directory
from plsched.scenario.models import Scenario
from tests.exports.plans import plan, scenario

SHARED = {"pathway": "num", "measure": "Talks, percent", "reach": 3}
RESULTS = [
    {"year": "2024-25", "cost_cents": 100_000, "outcome_milli": 50_000}
    | {"low_milli": 49_500, "high_milli": 50_500},
    {"year": "2025-26", "option": "=pilot", "cost_cents": 110_000, "outcome_milli": 53_000}
    | {"low_milli": 51_500, "high_milli": 54_500, "decision": "scale"},
    {"year": "2026-27", "cost_cents": 120_000, "outcome_milli": 52_500},
]


def recorded() -> Scenario:
    results = [SHARED | row for row in RESULTS]
    data = scenario().model_dump(mode="json") | {"records": {"results": results}}
    return Scenario.model_validate(data)


def facts() -> Facts:
    return Facts(Directory(recorded()), plan())


def test_each_row_says_what_more_bought() -> None:
    found = years(facts())
    assert found is not None
    first, pilot, last = found.tables[0].rows
    assert (first.name, first.cost, first.outcome) == ("2024-25", "$1,000.00", "50 (49.5 to 50.5)")
    assert (first.further, first.gain, first.ratio, first.verdict) == ("", "", "", "")
    assert pilot.name == "2025-26, =pilot (scale)"
    assert (pilot.further, pilot.gain) == ("$100.00", "3 (1 to 5)")
    assert pilot.ratio == "$33.33 ($20.00 to $100.00)"
    assert pilot.verdict == "dearer and better"
    assert last.verdict == "costs no less, achieves no more; dominated by 2025-26, =pilot"


def test_the_table_is_exact_and_holds_no_formula() -> None:
    found = year_over_year(facts())
    assert found is not None
    rows = list(csv.DictReader(results_csv(found).splitlines()))
    assert rows[1] == {
        "pathway": "num",
        "measure": "Talks, percent",
        "better": "higher",
        "ledger": "economic",
        "year": "2025-26",
        "option": "'=pilot",
        "decision": "scale",
        "cost": "1100.00",
        "educators": "3",
        "outcome": "53.000",
        "outcome_low": "51.500",
        "outcome_high": "54.500",
        "further_cost": "100.00",
        "gain": "3.000",
        "gain_low": "1.000",
        "gain_high": "5.000",
        "icer": "33.33",
        "icer_low": "20.00",
        "icer_high": "100.00",
        "verdict": "dearer_and_better",
        "dominated_by": "",
    }
    assert rows[2]["dominated_by"] == "2025-26, =pilot"
    assert (rows[2]["further_cost"], rows[2]["gain"], rows[2]["icer"]) == ("100.00", "-0.500", "")


def test_costs_of_pathways_are_for_those_who_may_see_costs() -> None:
    assert "Year over year" in render_report(recorded(), plan())
    assert "Year over year" not in render_report(recorded(), plan(), with_costs=False)
    assert "Year over year" not in render_report(scenario(), plan())


@pytest.mark.parametrize(
    ("value", "words"),
    [(0, "0"), (1, "0.001"), (-250, "-0.25"), (61_500, "61.5"), (1_234_000, "1,234")],
)
def test_thousandths_are_written_as_decimals(value: int, words: str) -> None:
    assert milli(value) == words
