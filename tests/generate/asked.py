"""What a scenario asks for and what it has, added up anew from its tables alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plsched.scenario.directory import Directory
from plsched.scenario.models import Scenario
from plsched.scenario.models.base import weekday_of
from plsched.scenario.models.cadence import rhythm
from plsched.scenario.models.learning import Course
from plsched.scenario.models.people import SubPool
from plsched.timegrid import days


def schools(scenario: Scenario) -> int:
    return sum(site.level not in {"central", "external"} for site in scenario.sites)


def sessions(scenario: Scenario) -> int:
    """Sessions of all sections that courses may have."""
    return sum(course.sessions * (course.max_sections or 1) for course in scenario.courses)


def visits(scenario: Scenario, term: str) -> int:
    """Visits of an observation term, with four visitors each."""
    members = Directory(scenario).members
    dates = {"fall": 2027, "spring": 2028}
    found = 0
    for observation in scenario.observations:
        assert observation.when.first is not None
        if observation.when.first.year == dates[term]:
            found += -(-sum(len(members[group]) for group in observation.observers) // 4)
    return found


def cycles(scenario: Scenario) -> int:
    return sum(len(item.coachees) * item.cycles_per_group for item in scenario.coaching)


def required_cycles(scenario: Scenario, pool: SubPool) -> int:
    """Required cycles of groups at a pool's sites."""
    directory = Directory(scenario)
    groups = [g for item in scenario.coaching if item.required for g in item.coachees]
    homes = [directory.educators[directory.members[group][0]].site for group in groups]
    return sum(home in pool.sites for home in homes)


def cycles_held(scenario: Scenario, pool: SubPool) -> int:
    """Cycles that the caseloads of a pool's coaches allow in the four rounds of a year."""
    rounds = len(scenario.coaching[0].first_weeks)
    return rounds * sum(c.caseload for c in scenario.coaches if c.sites[0] in pool.sites)


def expert_minutes(scenario: Scenario) -> tuple[int, int]:
    """Minutes asked of experts on the staff by requested courses, and their hours."""
    in_house = {s for x in scenario.experts if x.hours_cap_min is not None for s in x.skills}
    asked = sum(
        course.sessions * course.duration_min * (course.max_sections or 1)
        for course in scenario.courses
        if course.experts and course.experts[0].skill in in_house
    )
    return asked, sum(x.hours_cap_min or 0 for x in scenario.experts)


def release_courses(scenario: Scenario, pool: SubPool) -> list[Course]:
    """Courses that take people of a pool's sites out of classes."""
    directory = Directory(scenario)
    return [
        course
        for course in scenario.courses
        if course.release
        and directory.educators[directory.members[course.audience[0]][0]].site in pool.sites
    ]


def subs_on(pool: SubPool) -> int:
    """Substitutes of a pool on a Tuesday."""
    return pool.size * pool.fill_percent // 100


def sub_days(scenario: Scenario, pool: SubPool) -> Iterator[tuple[int, int]]:
    """Give, for each season, the days that release courses ask for and those that can be had."""
    members = Directory(scenario).members
    asked: dict[tuple[date, date], int] = {}
    dates: dict[tuple[date, date], int] = {}
    for course in release_courses(scenario, pool):
        window = course.when
        assert window.first is not None
        assert window.last is not None
        key = window.first, window.last
        teaching = [e.id for e in scenario.educators if e.teaches]
        people = set(teaching) & {e for group in course.audience for e in members[group]}
        asked[key] = asked.get(key, 0) + course.sessions * len(people)
        tuesdays_and_thursdays = (1, 3)
        dates[key] = sum(day.weekday() in tuesdays_and_thursdays for day in days(*key))
    for key, wanted in asked.items():
        yield wanted, dates[key] * subs_on(pool)


def requested_cents(scenario: Scenario) -> int:
    """Materials, stipends and substitutes that requested courses ask for; partners come on top."""
    directory = Directory(scenario)
    assert scenario.substitutes is not None
    found = 0
    for course in scenario.courses:
        if course.required:
            continue
        people = {e for group in course.audience for e in directory.members[group]}
        rates = [directory.stipend_rates[e] for e in people]
        hours_cents = course.sessions * course.duration_min * sum(rates) // 60
        teaching = sum(bool(directory.educators[e].teaches) for e in people)
        found += course.materials_cents_per_person * len(people)
        found += hours_cents if course.stipend else 0
        if course.release:
            found += course.sessions * teaching * (scenario.substitutes.day_cents or 0)
    return found


def dated_occurrences(scenario: Scenario) -> int:
    """Occurrences of series that are dated one by one, as many as there may be."""
    beats = [rhythm(engagement.cadence) for engagement in scenario.engagements]
    often = {"monthly": 9, "pattern": 0}
    return sum(often.get(beat.kind, beat.high) for beat in beats)


def required_things(scenario: Scenario) -> int:
    """Count what the first tier counts when all of it stands; units of a course share nobody."""
    members = Directory(scenario).members
    units = sum(
        -(-len(members[group]) // course.section_size)
        for course in scenario.courses
        if course.required
        for group in course.audience
    )
    whole = sum(item.required for item in (*scenario.engagements, *scenario.tasks))
    rounds = sum(item.rounds for item in scenario.observations if item.required)
    coaching = sum(
        len(item.coachees) * (item.cycles_per_group + 1)  # one more for the dosage floor
        for item in scenario.coaching
        if item.required
    )
    return units + whole + rounds + coaching


def dates_of(scenario: Scenario, course: Course) -> list[date]:
    """Give the dates on which a course may meet, at the first school."""
    directory = Directory(scenario)
    assert course.when.first is not None
    assert course.when.last is not None
    kinds = {
        day: directory.day_kind(scenario.sites[0].id, day)
        for day in days(course.when.first, course.when.last)
        if weekday_of(day) in course.when.weekdays
    }
    return [day for day, kind in kinds.items() if kind and kind.id in course.when.day_kinds]
