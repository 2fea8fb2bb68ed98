"""Nobody is in two places at once, and everybody has the time to travel."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from plsched.plan.facts import Facts
from plsched.plan.standing import Stand
from plsched.plan.verify.violation import Violation
from plsched.plan.workdays import clock_text, overlap
from plsched.scenario.models.coaching import Coaching
from plsched.scenario.models.observation import Observation
from plsched.scenario.models.people import Expert
from plsched.timegrid import DAY_MIN, to_date, to_minute

Person = tuple[str, str]
"""``educator`` or ``expert``, and the id: ids of the two tables may be the same."""


@dataclass(frozen=True, slots=True)
class Taking:
    """A stretch of a person's time that a plan item takes."""

    start: int
    end: int
    venue: str | None
    stand: Stand

    @property
    def text(self) -> str:
        """Item and clock times, for messages."""
        return f"{self.stand.id} ({clock_text(self.start)} to {clock_text(self.end)})"


def check_people(facts: Facts) -> Iterator[Violation]:
    """Check that what a person takes part in does not overlap, travel included."""
    taken: dict[Person, list[Taking]] = defaultdict(list)
    for stand in facts.stands:
        for person, taking in _takings(facts, stand):
            taken[person].append(taking)
    for person, takings in taken.items():
        takings.sort(key=lambda t: (t.start, t.end))
        yield from _overlaps(facts, person, takings)
        for _, same_day in groupby(takings, key=lambda t: t.start // DAY_MIN):
            yield from _ways(facts, person, [t for t in same_day if t.venue is not None])


def person_of(expert: Expert) -> Person:
    """Say who an expert is: an educator, or somebody from outside."""
    return ("expert", expert.id) if expert.educator is None else ("educator", expert.educator)


def _takings(facts: Facts, stand: Stand) -> Iterator[tuple[Person, Taking]]:
    match stand.source:
        case Observation():
            yield from _observation_takings(facts, stand)
        case Coaching():
            known = [e for e in (stand.item.coach,) if e in facts.directory.educators]
            people = [("educator", str(e)) for e in dict.fromkeys((*stand.participants, *known))]
            for piece in stand.pieces:
                taking = Taking(piece.start, piece.end, stand.venue, stand)
                yield from ((person, taking) for person in people)
        case _:
            experts = [person_of(x) for x in (*stand.experts, *stand.partners)]
            everybody = dict.fromkeys([("educator", e) for e in stand.participants] + experts)
            for piece in stand.pieces:
                taking = Taking(piece.start, piece.end, stand.venue, stand)
                yield from ((person, taking) for person in everybody)


def _observation_takings(facts: Facts, stand: Stand) -> Iterator[tuple[Person, Taking]]:
    bell = facts.directory.bell(stand.venue, stand.first_day) if stand.venue else None
    if bell is not None and bell.periods:
        base = to_minute(facts.ground.workdays.origin, stand.first_day, 0)
        taking = Taking(
            base + min(p.start_min for p in bell.periods),
            base + max(p.end_min for p in bell.periods),
            stand.venue,
            stand,
        )
        for educator in dict.fromkeys((*stand.participants, *stand.hosts)):
            yield ("educator", educator), taking
    for piece in stand.pieces:
        if piece.label != "visits":
            taking = Taking(piece.start, piece.end, stand.venue, stand)
            for educator in stand.participants:
                yield ("educator", educator), taking


def _overlaps(facts: Facts, person: Person, takings: list[Taking]) -> Iterator[Violation]:
    """Compare each with the one before it that ends last; parts of one observation day may."""
    latest: Taking | None = None
    for taking in takings:
        if latest is not None and taking.start < latest.end and not _same_day_of(taking, latest):
            day = to_date(facts.ground.workdays.origin, taking.start)
            text = f"{person[1]} is in {latest.text} and in {taking.text} on {day}"
            yield Violation("people", (latest.stand.id, taking.stand.id, person[1]), text)
        if latest is None or taking.end > latest.end:
            latest = taking


def _same_day_of(a: Taking, b: Taking) -> bool:
    return a.stand is b.stand and isinstance(a.stand.source, Observation)


def _ways(facts: Facts, person: Person, takings: list[Taking]) -> Iterator[Violation]:
    for index, later in enumerate(takings):
        for earlier in takings[:index]:
            if earlier.venue == later.venue or earlier.venue is None or later.venue is None:
                continue
            if later.start < earlier.end:
                continue
            needed = facts.directory.travel_min(earlier.venue, later.venue)
            usable = _usable(facts, person, earlier.end, later.start)
            if usable < needed:
                text = (
                    f"{person[1]} has {usable} min outside lunch between {earlier.text} at "
                    f"{earlier.venue} and {later.text} at {later.venue}; the way takes {needed}"
                )
                yield Violation("people", (earlier.stand.id, later.stand.id, person[1]), text)


def _usable(facts: Facts, person: Person, start: int, end: int) -> int:
    if person[0] == "expert":
        return end - start
    workdays = facts.ground.workdays
    day = to_date(workdays.origin, start)
    base = to_minute(workdays.origin, day, 0)
    lunch = workdays.of(person[1], day).lunch
    return end - start - overlap((start - base, end - base), lunch)
