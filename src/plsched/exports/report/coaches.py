"""Coaches' hours per week against their capacity, and their caseload."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from plsched.exports.report.wording import day, hours, plural
from plsched.exports.report.year import Block, blocks, weeks_of
from plsched.money import round_half_up
from plsched.plan.coaching_ratio import CoachingRatio, Ratio, coaching_ratio
from plsched.plan.facts import Facts
from plsched.plan.standing import Stand
from plsched.scenario.directory import Directory
from plsched.scenario.models.coaching import Coaching
from plsched.scenario.models.people import Coach
from plsched.timegrid import week_start


@dataclass(frozen=True, slots=True)
class CoachWeek:
    """A week of a coach; ``level`` is 0 (none) to 4, 5 is over the capacity."""

    minutes: int
    cycles: int
    level: int


@dataclass(frozen=True, slots=True)
class CoachYear:
    """The year of a coach."""

    name: str
    sites: tuple[str, ...]
    capacity_min: int
    caseload: int
    cycles: int
    people: int
    total_min: int
    peak_min: int
    peak_cycles: int
    weeks: tuple[CoachWeek, ...]

    @property
    def peak_share(self) -> Fraction:
        """Share of the capacity that the fullest week takes."""
        return Fraction(self.peak_min, self.capacity_min) if self.capacity_min else Fraction(0)


@dataclass(frozen=True, slots=True)
class RatioRow:
    """Teachers of a site for each full-time coach."""

    site: str
    teachers: int
    coaches: int
    positions: str
    each: str
    is_short: bool


@dataclass(frozen=True, slots=True)
class Coaches:
    """All coaches."""

    finding: str
    ratio: str
    ratios: tuple[RatioRow, ...]
    blocks: tuple[Block, ...]
    coaches: tuple[CoachYear, ...]


def capacity_min(coach: Coach) -> int:
    """Give the minutes that a coach can meet in a week."""
    return max(0, coach.weekly_contract_min * coach.share_percent // 100 - coach.weekly_travel_min)


def coaches(facts: Facts) -> Coaches:
    """Add up the meetings and cycles of each coach, week by week."""
    cycles = [stand for stand in facts.stands if isinstance(stand.source, Coaching)]
    minutes: Counter[tuple[str, date]] = Counter()
    running: Counter[tuple[str, date]] = Counter()
    for cycle in cycles:
        coach = cycle.item.coach
        if coach is not None and isinstance(cycle.source, Coaching):
            for piece in cycle.pieces:
                minutes[coach, week_start(piece.day)] += piece.minutes
            running.update((coach, week) for week in _weeks_run(cycle.source, cycle.first_day))
    weeks = weeks_of(week for _, week in running)
    rows = tuple(
        _coach_year(
            facts.directory, coach, cycles=cycles, weeks=weeks, minutes=minutes, running=running
        )
        for coach in facts.scenario.coaches
    )
    ratio = coaching_ratio(facts.directory)
    ratios = tuple(_ratio_row(facts.directory, one) for one in ratio.sites if rows)
    return Coaches(
        _finding(rows, weeks), _ratio_words(ratio) if rows else "", ratios, blocks(weeks), rows
    )


def _ratio_row(directory: Directory, ratio: Ratio) -> RatioRow:
    each = ratio.teachers_per_coach
    return RatioRow(
        site="" if ratio.site is None else directory.sites[ratio.site].name,
        teachers=ratio.teachers,
        coaches=ratio.coaches,
        positions=_decimal(ratio.positions),
        each="nobody coaches there" if each is None else _decimal(each),
        is_short=ratio.is_short,
    )


def _ratio_words(ratio: CoachingRatio) -> str:
    whole = ratio.whole
    each = whole.teachers_per_coach
    if each is None:
        return f"{plural(whole.teachers, 'teacher')}, and no part of a position is for coaching."
    short = sum(site.is_short for site in ratio.sites)
    held = "more than" if whole.is_short else "within"
    return (
        f"{_decimal(each)} teachers for each full-time coach, {held} the {whole.most} that one "
        f"should have; {short:,} of {plural(len(ratio.sites), 'site')} "
        f"{'has' if short == 1 else 'have'} more than that, or no coach."
    )


def _decimal(value: Fraction) -> str:
    """Write a fraction with two decimals at most."""
    hundredths = round_half_up(value.numerator * 100, value.denominator)
    return f"{hundredths // 100:,}.{hundredths % 100:02d}".rstrip("0").rstrip(".")


def _weeks_run(programme: Coaching, first_meeting: date) -> Iterator[date]:
    """Give the weeks of a cycle, those with every meeting skipped included."""
    met = week_start(first_meeting)
    first = max((week for week in programme.first_weeks if week <= met), default=met)
    for n in range(programme.weeks):
        yield first + timedelta(weeks=n)


def _coach_year(
    directory: Directory,
    coach: Coach,
    *,
    cycles: list[Stand],
    weeks: tuple[date, ...],
    minutes: Mapping[tuple[str, date], int],
    running: Mapping[tuple[str, date], int],
) -> CoachYear:
    capacity = capacity_min(coach)
    own = [cycle for cycle in cycles if cycle.item.coach == coach.educator]
    row = tuple(
        CoachWeek(
            found := minutes.get((coach.educator, week), 0),
            running.get((coach.educator, week), 0),
            _level(found, capacity),
        )
        for week in weeks
    )
    return CoachYear(
        name=directory.educators[coach.educator].name,
        sites=tuple(directory.sites[site].name for site in coach.sites),
        capacity_min=capacity,
        caseload=coach.caseload,
        cycles=len(own),
        people=len({person for cycle in own for person in cycle.participants}),
        total_min=sum(week.minutes for week in row),
        peak_min=max((week.minutes for week in row), default=0),
        peak_cycles=max((week.cycles for week in row), default=0),
        weeks=row,
    )


def _level(minutes: int, capacity: int) -> int:
    if minutes == 0:
        return 0
    if minutes > capacity:
        return 5
    return min(4, 1 + 4 * minutes // (capacity + 1))


def _finding(rows: tuple[CoachYear, ...], weeks: tuple[date, ...]) -> str:
    if not rows:
        return "The scenario has no coaches."
    busy = [row for row in rows if row.cycles]
    if not busy:
        return f"No coaching cycle stands; {plural(len(rows), 'coach', 'coaches')} could be used."
    top = max(busy, key=lambda row: row.peak_share)
    week = weeks[max(range(len(weeks)), key=lambda w: top.weeks[w].minutes)]
    words = (
        f"{plural(sum(r.cycles for r in busy), 'cycle')} by "
        f"{plural(len(busy), 'coach', 'coaches')} of {len(rows):,}, "
        f"{hours(sum(r.total_min for r in busy))} h of meetings; the fullest week is that of "
        f"{top.name}, {hours(top.peak_min)} of {hours(top.capacity_min)} h "
        f"(week of {day(week)})."
    )
    full = sum(1 for row in busy if row.peak_cycles >= row.caseload)
    if full:
        words += f" {plural(full, 'coach reaches', 'coaches reach')} the caseload limit."
    return words
