"""Points of discomfort: unliked times, ways, late follow-up, heavy weeks."""

from __future__ import annotations

from collections import Counter
from datetime import date

from plsched.plan.facts import Facts
from plsched.plan.standing import Piece, Stand
from plsched.scenario.models.base import weekday_of
from plsched.scenario.models.calendar import When
from plsched.scenario.models.coaching import Coaching
from plsched.scenario.models.learning import Gathering
from plsched.scenario.models.observation import Observation
from plsched.timegrid import clock_min, week_start


def comfort(facts: Facts) -> int:
    """Add all points up; less is better."""
    points = facts.scenario.policy.comfort
    return (
        points.off_preferred * sum(_off_preferred(s) for s in facts.stands)
        + points.travel_per_10_min * sum(_tens_of_travel(facts, s) for s in facts.stands)
        + points.follow_up_per_week * sum(_weeks_to_follow_up(facts, s) for s in facts.stands)
        + points.heavy_week_per_hour * _heavy_hours(facts, points.soft_week_min)
    )


def begun(amount: int, unit: int) -> int:
    """Units begun: 1 to 10 minutes are one ten."""
    return max(0, -(-amount // unit))


def _off_preferred(stand: Stand) -> int:
    match stand.source:
        case Gathering() as source:
            return sum(_disliked(source.when, o[0], True) for o in stand.occurrences)
        case Observation() as source:
            return int(_disliked(source.when, stand.pieces[0], False))
        case _:
            return 0


def _disliked(when: When, piece: Piece, has_clock: bool) -> bool:
    if when.preferred_weekdays is not None and weekday_of(piece.day) not in when.preferred_weekdays:
        return True
    return (
        has_clock
        and when.preferred_starts is not None
        and piece.clock not in {clock_min(t) for t in when.preferred_starts}
    )


def _tens_of_travel(facts: Facts, stand: Stand) -> int:
    if not isinstance(stand.source, Gathering) or stand.venue is None:
        return 0
    attend = facts.ground.attendance
    return sum(
        begun(attend(educator, piece, stand.venue).way_min, 10)
        for piece in stand.pieces
        for educator in stand.participants
    )


def last_session_before(facts: Facts, stand: Stand) -> Piece | None:
    """Last session that a cycle follows: of the sections in which a member of its group is."""
    source = stand.source
    if not isinstance(source, Coaching) or source.follows is None:
        return None
    if stand.parts is None or stand.parts.number != 1:
        return None
    people = facts.sections_of.get(source.follows, {})
    pieces = [
        piece
        for member in stand.participants
        for sessions in people.get(member, ())
        for session in sessions
        for piece in session.pieces
    ]
    return max(pieces, key=lambda p: p.end, default=None)


def _weeks_to_follow_up(facts: Facts, stand: Stand) -> int:
    last = last_session_before(facts, stand)
    return 0 if last is None else begun((stand.first_day - last.day).days, 7)


def minutes_on_top(facts: Facts) -> Counter[tuple[str, date]]:
    """Add up, by educator and week, the minutes on days that are not set aside for such work."""
    directory = facts.directory
    weeks: Counter[tuple[str, date]] = Counter()
    for (educator, day), taken in facts.load.all.items():
        kind = directory.day_kind(directory.site_of(educator, day), day)
        if kind is None or not kind.set_aside:
            weeks[educator, week_start(day)] += taken.minutes
    return weeks


def _heavy_hours(facts: Facts, soft_week_min: int) -> int:
    return sum(begun(m - soft_week_min, 60) for m in minutes_on_top(facts).values())
