"""What a whole scenario must keep to, one function for each finding.

A rule takes the `Book` of a scenario and gives the problems that it sees. Rules about names run
first; the others look things up, so they run only when every name leads somewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from plsched.scenario.models import Scenario
from plsched.scenario.rules import (
    coaching,
    cycles,
    funding,
    ids,
    learning,
    names,
    people,
    records,
    staffing,
    ways,
    windows,
    year,
)
from plsched.scenario.rules.book import Book
from plsched.scenario.rules.problem import Problem

Rule = Callable[[Book], Iterator[Problem]]

NAMING: tuple[Rule, ...] = (
    ids.duplicate_ids,
    ids.two_ways,
    ids.pools_share_no_site,
    names.unknown_names,
    cycles.prerequisite_cycles,
    cycles.order_cycles,
    year.overlapping_terms,
    year.outside_calendar,
    year.periods_overlap,
    year.periods_outside_hours,
    year.passing_time,
    year.substitute_lunch,
    year.past_not_frozen,
    coaching.one_slot_for_a_kind,
    coaching.first_weeks_outside,
    funding.funds_of_another_year,
    funding.promises_over_the_amount,
    funding.two_rates,
)
MEANING: tuple[Rule, ...] = (
    year.missing_bells,
    people.empty_groups,
    people.no_participants,
    people.visitors_of_the_site,
    people.coachees_of_one_site,
    people.missing_pools,
    people.minimum_over_a_day,
    staffing.days_off_of_full_time,
    staffing.coaching_on_top_of_full_time,
    staffing.one_person_in_two_rows,
    ways.missing_ways,
    learning.no_facility,
    learning.no_briefing_room,
    learning.too_few_seats,
    learning.quorum_too_large,
    windows.no_date,
    windows.no_open_date,
    windows.no_start,
    learning.goals_without_items,
    learning.asked_twice,
    coaching.floor_out_of_reach,
    coaching.nobody_coaches_there,
    funding.nobody_pays,
    records.unknown_objects,
    records.postings_outside_windows,
    records.overdrawn_funds,
    records.ratings_without_evidence,
    records.ratings_to_come,
    records.results_told_twice,
    records.results_that_disagree,
    records.results_out_of_order,
    records.results_at_the_plans_cost,
    records.decided_without_measure,
)


def naming_problems(scenario: Scenario) -> Iterator[Problem]:
    """Give what can be seen without looking anything up by its name."""
    book = Book(scenario)
    for rule in NAMING:
        yield from rule(book)


def problems(scenario: Scenario) -> Iterator[Problem]:
    """Give everything that the rules see in a scenario whose structure is whole."""
    book = Book(scenario)
    sound = True
    for rule in NAMING:
        for problem in rule(book):
            sound = sound and problem.severity != "error"
            yield problem
    for rule in MEANING if sound else ():
        yield from rule(book)
