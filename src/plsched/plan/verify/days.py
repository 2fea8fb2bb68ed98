"""Each occurrence starts at a possible start of each participant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from plsched.plan.facts import Facts
from plsched.plan.standing import Piece, Stand
from plsched.plan.starts import date_obstacle, person_obstacles
from plsched.plan.trips import travellers
from plsched.plan.verify.violation import Violation, names
from plsched.plan.workdays import clock_text
from plsched.scenario.models.learning import Gathering
from plsched.scenario.models.observation import Observation
from plsched.timegrid import DAY_MIN, clock_min


def check_days(facts: Facts) -> Iterator[Violation]:
    """Check window, weekday, clock time, day kind, blackouts, contract, stipend, release."""
    for stand in facts.stands:
        match stand.source:
            case Gathering() as source:
                found = _gathering(facts, stand, source)
            case Observation() as source:
                found = _observation(facts, stand, source)
            case _:
                continue
        for text, people in found:
            yield Violation("days", (stand.id, *people), f"{stand.id}: {text}")


def _gathering(
    facts: Facts, stand: Stand, source: Gathering
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for occurrence in stand.occurrences:
        for index, piece in enumerate(occurrence):
            obstacle = date_obstacle(facts.directory, source.when, piece.day, first=index == 0)
            if obstacle is not None:
                yield obstacle, ()
            if piece.end > piece.start - piece.clock + DAY_MIN:
                yield f"it does not end by midnight of {piece.day}", ()
            yield from _participants(facts, stand, source, piece)
        if occurrence[0].clock not in facts.ground.starts.clocks(source):
            allowed = ", ".join(f"{t:%H:%M}" for t in source.when.starts)
            yield f"it starts at {clock_text(occurrence[0].start)}, not at {allowed}", ()


def _participants(
    facts: Facts, stand: Stand, source: Gathering, piece: Piece
) -> Iterator[tuple[str, tuple[str, ...]]]:
    blocked: dict[str, list[str]] = defaultdict(list)
    for educator in stand.participants:
        attendance = facts.ground.attendance(educator, piece, stand.venue)
        for obstacle in person_obstacles(source, attendance):
            blocked[obstacle].append(educator)
    for obstacle, people in blocked.items():
        clock = clock_text(piece.start)
        yield f"on {piece.day} at {clock}, {names(people)}: {obstacle}", tuple(people)


def _observation(
    facts: Facts, stand: Stand, source: Observation
) -> Iterator[tuple[str, tuple[str, ...]]]:
    day, site, directory = stand.first_day, source.site, facts.directory
    obstacle = date_obstacle(directory, source.when, day)
    if obstacle is not None:
        yield obstacle, ()
    kind = directory.day_kind(site, day)
    if kind is None or kind.id not in source.when.day_kinds:
        name = "closed" if kind is None else kind.id
        yield f"{day} is {name} at {site}, not {' or '.join(source.when.day_kinds)}", ()
    away = travellers(facts.ground, stand)
    homes = dict.fromkeys(directory.site_of(e, day) for e in away)
    for what in ("sessions", "releases"):
        for closed in (s for s in (site, *homes) if (s, day) in directory.closed_by[what]):
            yield f"{what} are blacked out at {closed} on {day}", ()
    starts = {"briefing": source.briefing_start, "debriefing": source.debriefing_start}
    for piece in stand.pieces:
        start = starts.get(piece.label or "")
        if start is None:
            continue
        if piece.clock != clock_min(start):
            yield f"{piece.label} starts at {clock_text(piece.start)}, not at {start:%H:%M}", ()
        yield from _observers(facts, stand, source, piece)


def _observers(
    facts: Facts, stand: Stand, source: Observation, piece: Piece
) -> Iterator[tuple[str, tuple[str, ...]]]:
    away = travellers(facts.ground, stand)
    for educator in stand.participants:
        attendance = facts.ground.attendance(educator, piece, None)
        if attendance.released and educator not in away:
            periods = ", ".join(attendance.released)
            yield f"{educator} teaches {periods} during the {piece.label}", (educator,)
        if attendance.stipend_min and not source.stipend:
            minutes = attendance.stipend_min
            text = f"{minutes} min of the {piece.label} are outside contract hours of {educator}"
            yield f"{text}, without stipend", (educator,)
