"""Virtual seats: at no moment more educators than a licence has seats."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from plsched.plan.facts import Facts
from plsched.plan.verify.violation import Violation, names
from plsched.plan.workdays import clock_text
from plsched.scenario.models.learning import Gathering
from plsched.timegrid import to_date


def check_licences(facts: Facts) -> Iterator[Violation]:
    """Check that sessions name their licence, and that its seats suffice at every moment."""
    moments: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for stand in facts.stands:
        licence = stand.source.licence if isinstance(stand.source, Gathering) else None
        if stand.item.licence != licence:
            text = f"{stand.id} has licence {stand.item.licence}, the scenario says {licence}"
            yield Violation("licences", (stand.id,), text)
        if licence in facts.directory.licences:
            people = len(stand.participants)
            for piece in stand.pieces:
                moments[str(licence)].append((piece.start, people, stand.id))
                moments[str(licence)].append((piece.end, -people, stand.id))
    for licence_id, events in moments.items():
        yield from _seats(facts, licence_id, events)


def _seats(facts: Facts, licence: str, events: list[tuple[int, int, str]]) -> Iterator[Violation]:
    seats = facts.directory.licences[licence].seats
    inside: dict[str, int] = {}
    # At one moment those who leave come first: intervals are half-open.
    for minute, people, item in sorted(events):
        if people <= 0:
            inside.pop(item, None)
            continue
        inside[item] = people
        if sum(inside.values()) > seats:
            day = to_date(facts.ground.workdays.origin, minute)
            text = (
                f"{sum(inside.values())} educators are in {names(sorted(inside))} on {day} at "
                f"{clock_text(minute)}, and {licence} has {seats} seats"
            )
            yield Violation("licences", (*sorted(inside), licence), text)
