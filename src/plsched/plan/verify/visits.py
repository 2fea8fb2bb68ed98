"""Observation visits: who visits whom, in which period."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from plsched.plan.facts import Facts
from plsched.plan.models import Visit
from plsched.plan.standing import Stand
from plsched.plan.trips import travellers, visit_piece
from plsched.plan.verify.violation import Violation, names
from plsched.scenario.models.calendar import Period
from plsched.scenario.models.observation import Observation
from plsched.timegrid import to_minute


def check_visits(facts: Facts) -> Iterator[Violation]:
    """Check visits per observer, visitors per visit, hosts per day and term."""
    for stand in facts.stands:
        if isinstance(stand.source, Observation):
            yield from _day(facts, stand, stand.source)
        elif stand.item.visits:
            yield Violation("visits", (stand.id,), f"{stand.id} has visits and is no observation")
    for source in facts.scenario.observations:
        yield from _terms(facts, source)


def _day(facts: Facts, stand: Stand, source: Observation) -> Iterator[Violation]:
    for visit in stand.item.visits:
        for text in _visit(facts, stand, source, visit):
            what = f"{stand.id}: visit to {visit.host} in {visit.period}: {text}"
            yield Violation("visits", (stand.id, visit.host), what)
        if (visit.host, stand.first_day, visit.period) in facts.released:
            text = f"{stand.id}: host {visit.host} is released in {visit.period}"
            yield Violation("visits", (stand.id, visit.host), text)
    for text in (*_observers(stand, source), *_hosts(stand, source)):
        yield Violation("visits", (stand.id,), f"{stand.id}: {text}")


def _terms(facts: Facts, source: Observation) -> Iterator[Violation]:
    counts: Counter[tuple[str, str]] = Counter()
    for stand in facts.standing(source.id):
        term = facts.directory.term(stand.first_day)
        if term is not None:
            counts.update((visit.host, term.id) for visit in stand.item.visits)
    for (host, term_id), count in counts.items():
        if count > source.host_max_per_term:
            text = (
                f"{host} is visited {count} times in {term_id} for {source.id}; at most "
                f"{source.host_max_per_term}"
            )
            yield Violation("visits", (source.id, host), text)


def _visit(facts: Facts, stand: Stand, source: Observation, visit: Visit) -> Iterator[str]:
    bell = facts.directory.bell(source.site, stand.first_day)
    period = next((p for p in bell.periods if p.id == visit.period), None) if bell else None
    if period is None:
        yield f"{source.site} has no such period on {stand.first_day}"
    else:
        yield from _times(facts, stand, source, visit, period)
    workdays, day = facts.ground.workdays, stand.first_day
    if visit.host not in stand.hosts:
        yield f"{visit.host} is no host of {source.id} who works at {source.site} that day"
    elif all(p.id != visit.period for p in workdays.of(visit.host, day).taught):
        yield "the host does not teach then"
    for observer in visit.observers:
        if observer == visit.host:
            yield f"{observer} visits their own class"
        if observer not in stand.participants:
            yield f"{observer} is no observer of {source.id} who works at {source.site} that day"
        elif observer in travellers(facts.ground, stand):
            yield from _from_elsewhere(facts, stand, source, visit, observer)
        elif not source.use_planning_periods and all(
            p.id != visit.period for p in workdays.of(observer, day).taught
        ):
            yield f"{observer} does not teach then, and planning periods are not used"
    if not source.min_visitors <= len(visit.observers) <= source.max_visitors:
        span = f"{source.min_visitors} to {source.max_visitors}"
        yield f"{len(visit.observers)} observers instead of {span}"


def _from_elsewhere(
    facts: Facts, stand: Stand, source: Observation, visit: Visit, observer: str
) -> Iterator[str]:
    """Hold an observer of another site to their own contract hours and classes."""
    there = facts.ground.attendance(observer, visit_piece(facts.ground, stand, visit), None)
    if there.stipend_min:
        yield f"{there.stipend_min} min are outside contract hours of {observer}"
    if not there.released and not source.use_planning_periods:
        yield f"{observer} does not teach then, and planning periods are not used"


def _times(
    facts: Facts, stand: Stand, source: Observation, visit: Visit, period: Period
) -> Iterator[str]:
    when = visit_piece(facts.ground, stand, visit)
    start, end = when.start, when.end
    begins = to_minute(facts.ground.workdays.origin, stand.first_day, period.start_min)
    if start != begins:
        yield f"it starts on {visit.start:%Y-%m-%d %H:%M}, not with the period at {period.start:%H:%M}"
    if end - start != source.visit_min:
        yield f"it lasts {end - start} min instead of {source.visit_min}"
    if period.end_min - period.start_min < source.visit_min:
        yield f"the period is shorter than {source.visit_min} min"
    if not any(p.label == "visits" and p.start <= start and end <= p.end for p in stand.pieces):
        yield "it is outside the hours of visits that the day lists"


def _observers(stand: Stand, source: Observation) -> Iterator[str]:
    periods: dict[str, list[str]] = defaultdict(list)
    for visit in stand.item.visits:
        for observer in visit.observers:
            periods[observer].append(visit.period)
    for observer in stand.participants:
        count = len(periods[observer])
        if count != source.visits_per_observer:
            yield f"{observer} makes {count} visits instead of {source.visits_per_observer}"
    for observer, visited in periods.items():
        if len(set(visited)) < len(visited):
            yield f"{observer} makes two visits in one period"


def _hosts(stand: Stand, source: Observation) -> Iterator[str]:
    slots = Counter((visit.host, visit.period) for visit in stand.item.visits)
    for (host, period), count in slots.items():
        if count > 1:
            yield f"{host} has {count} visits in {period}"
    per_day = Counter(visit.host for visit in stand.item.visits)
    for host, count in per_day.items():
        if count > source.host_max_per_day:
            yield f"{host} has {count} visits that day; at most {source.host_max_per_day}"
    observing = {(o, v.period) for v in stand.item.visits for o in v.observers}
    busy = sorted({f"{host} in {period}" for host, period in slots if (host, period) in observing})
    if busy:
        yield f"host {names(busy)} observes at the same time"
