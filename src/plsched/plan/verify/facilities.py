"""Facilities fit, are free, and are where the plan says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from plsched.plan.facts import Facts
from plsched.plan.standing import Stand
from plsched.plan.venues import needs_facility, unfit
from plsched.plan.verify.violation import Violation
from plsched.plan.workdays import clock_text
from plsched.scenario.models.learning import Gathering
from plsched.scenario.models.observation import Observation
from plsched.scenario.models.places import Facility
from plsched.timegrid import clock_min, to_date, to_minute


@dataclass(frozen=True, slots=True)
class Occupation:
    """A stretch of time in which a facility is taken, setting up and clearing up included."""

    start: int
    end: int
    item: str


def check_facilities(facts: Facts) -> Iterator[Violation]:
    """Check which facility each item has, that it fits, and that it is free."""
    occupied: dict[str, list[Occupation]] = defaultdict(list)
    for stand in facts.stands:
        for text in (*_choice(facts, stand), *_site(stand)):
            ids = (stand.id, *([stand.item.facility] if stand.item.facility else []))
            yield Violation("facilities", ids, f"{stand.id}: {text}")
        facility = facts.directory.facilities.get(stand.item.facility or "")
        if facility is not None:
            occupied[facility.id].extend(_occupations(stand, facility))
    for facility_id, occupations in occupied.items():
        occupations.sort(key=lambda o: (o.start, o.end))
        yield from _overlaps(facts, facility_id, occupations)
        yield from _unavailable(facts, facts.directory.facilities[facility_id], occupations)


def _choice(facts: Facts, stand: Stand) -> Iterator[str]:
    chosen, source = stand.item.facility, stand.source
    match source:
        case Gathering():
            needed = needs_facility(source)
        case Observation():
            needed = source.briefing_min > 0 or source.debriefing_min > 0
        case _:
            needed = False
    if not needed:
        if chosen is not None:
            yield f"it has facility {chosen} and needs none"
        return
    if chosen is None:
        yield "it has no facility and needs one"
        return
    facility = facts.directory.facilities.get(chosen)
    if facility is None:
        yield f"facility {chosen} is not in the scenario"
    elif isinstance(source, Gathering):
        reason = unfit(source, facility, len(stand.participants))
        if reason is not None:
            yield f"facility {chosen} is not possible: {reason}"
    elif isinstance(source, Observation):
        yield from _observation_room(stand, source, facility)


def _observation_room(stand: Stand, source: Observation, facility: Facility) -> Iterator[str]:
    if facility.site != source.site:
        yield f"facility {facility.id} is at {facility.site}, not at {source.site}"
    missing = [f for f in source.features if f not in facility.features]
    if missing:
        yield f"facility {facility.id} lacks {', '.join(missing)}"
    if facility.capacity < len(stand.participants):
        yield (
            f"{len(stand.participants)} observers do not fit the capacity "
            f"{facility.capacity} of {facility.id}"
        )


def _site(stand: Stand) -> Iterator[str]:
    source, site = stand.source, stand.item.site
    if isinstance(source, Gathering) and not source.needs_room and source.format != "virtual":
        allowed = (None,) if source.sites is None else source.sites
        if site not in allowed:
            yield f"its site is {site or 'none'}, not {' or '.join(a or 'none' for a in allowed)}"
    elif site != stand.venue:
        yield f"its site is {site or 'none'}, and it is held at {stand.venue or 'none'}"


def _occupations(stand: Stand, facility: Facility) -> Iterator[Occupation]:
    for piece in stand.pieces:
        if piece.label != "visits" or not isinstance(stand.source, Observation):
            start, end = piece.start - facility.setup_min, piece.end + facility.clear_min
            yield Occupation(start, end, stand.id)


def _overlaps(facts: Facts, facility: str, occupations: list[Occupation]) -> Iterator[Violation]:
    latest: Occupation | None = None
    for taken in occupations:
        if latest is not None and taken.start < latest.end:
            day = to_date(facts.ground.workdays.origin, taken.start)
            text = (
                f"{facility} is taken until {clock_text(latest.end)} by {latest.item} and from "
                f"{clock_text(taken.start)} by {taken.item} on {day}, set-up and clear-up included"
            )
            yield Violation("facilities", (latest.item, taken.item, facility), text)
        if latest is None or taken.end > latest.end:
            latest = taken


def _unavailable(
    facts: Facts, facility: Facility, occupations: list[Occupation]
) -> Iterator[Violation]:
    if not facility.availability:
        return
    origin = facts.ground.workdays.origin
    for taken in occupations:
        day = to_date(origin, taken.start)
        base = to_minute(origin, day, 0)
        inside = any(
            row.holds(day)
            and base + clock_min(row.start) <= taken.start
            and taken.end <= base + clock_min(row.end)
            for row in facility.availability
        )
        if not inside:
            text = (
                f"{taken.item} takes {facility.id} on {day} from {clock_text(taken.start)} to "
                f"{clock_text(taken.end)}, when it is not available"
            )
            yield Violation("facilities", (taken.item, facility.id), text)
