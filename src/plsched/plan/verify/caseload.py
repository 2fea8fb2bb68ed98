"""What a coach can carry in a week: minutes of meetings, and cycles at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from plsched.plan.facts import Facts
from plsched.plan.standing import Stand
from plsched.plan.verify.meetings import Reading
from plsched.plan.verify.violation import Violation, names
from plsched.scenario.models.coaching import Coaching
from plsched.scenario.models.people import Coach
from plsched.timegrid import week_start


def coach_faults(facts: Facts, read: Mapping[str, Sequence[Reading]]) -> Iterator[Violation]:
    """Check weekly minutes and caseload of every coach."""
    cycles: dict[str, list[Stand]] = defaultdict(list)
    for stand in facts.stands:
        if isinstance(stand.source, Coaching) and stand.item.coach in facts.directory.coaches:
            cycles[str(stand.item.coach)].append(stand)
    for coach_id, stands in cycles.items():
        coach = facts.directory.coaches[coach_id]
        yield from _minutes(coach, stands)
        yield from _at_once(coach, stands, read)


def weekly_capacity(coach: Coach) -> int:
    """Minutes of meetings in a week: contract x share, rounded down, less travel."""
    return coach.weekly_contract_min * coach.share_percent // 100 - coach.weekly_travel_min


def _minutes(coach: Coach, stands: Sequence[Stand]) -> Iterator[Violation]:
    weeks: dict[date, int] = defaultdict(int)
    for stand in stands:
        for piece in stand.pieces:
            weeks[week_start(piece.day)] += piece.minutes
    capacity = weekly_capacity(coach)
    for week, minutes in sorted(weeks.items()):
        if minutes > capacity:
            text = (
                f"coach {coach.educator} has {minutes} min of meetings in the week of {week}; "
                f"the capacity is {capacity}"
            )
            yield Violation("coaching", (coach.educator,), text)


def _at_once(
    coach: Coach, stands: Sequence[Stand], read: Mapping[str, Sequence[Reading]]
) -> Iterator[Violation]:
    running: dict[date, list[Stand]] = defaultdict(list)
    for stand in stands:
        for week in _weeks(stand, read.get(stand.id, ())):
            running[week].append(stand)
    for week, there in sorted(running.items()):
        if len(there) > coach.caseload:
            yield _too_many(coach, week, there, coach.caseload, "")
        if coach.site_caseload is None:
            continue
        for site in sorted({s.venue for s in there if s.venue is not None}):
            at_site = [s for s in there if s.venue == site]
            if len(at_site) > coach.site_caseload:
                yield _too_many(coach, week, at_site, coach.site_caseload, f" at {site}")


def _too_many(
    coach: Coach, week: date, stands: Sequence[Stand], most: int, where: str
) -> Violation:
    listed = names(s.id for s in stands)
    text = (
        f"coach {coach.educator} has {len(stands)} cycles{where} in the week of {week} "
        f"({listed}); at most {most}"
    )
    return Violation("coaching", (coach.educator, *(s.id for s in stands)), text)


def _weeks(stand: Stand, exact: Sequence[Reading]) -> set[date]:
    """Weeks in which a cycle runs.

    Where skipped meetings leave open which week was the first, only weeks that every possible
    first week has count.
    """
    source = stand.source
    if exact and isinstance(source, Coaching):
        runs = [{r.first_week + timedelta(days=7 * k) for k in range(source.weeks)} for r in exact]
        return set.intersection(*runs)
    return {week_start(piece.day) for piece in stand.pieces}
