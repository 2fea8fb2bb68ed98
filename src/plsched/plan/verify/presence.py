"""Everything that stands is something the scenario asks for, whole."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import timedelta

from plsched.plan.facts import Facts
from plsched.plan.kinds import kind_of, phase_of
from plsched.plan.required import missing_required
from plsched.plan.standing import Stand
from plsched.plan.verify.violation import Violation, names
from plsched.scenario.models.coaching import Coaching
from plsched.scenario.models.learning import Course, Engagement, Gathering, Task
from plsched.scenario.models.observation import Observation


def check_presence(facts: Facts) -> Iterator[Violation]:
    """Check that items are the scenario's, whole and numbered from the first on."""
    for item_id, count in Counter(item.id for item in facts.plan.items).items():
        if count > 1:
            yield Violation("presence", (item_id,), f"{item_id} stands {count} times")
    for stand in facts.stands:
        if stand.parts is None:
            text = f"{stand.id} is no id of a plan item of {stand.source.id}"
            yield Violation("presence", (stand.id, stand.source.id), text)
        for text in (*_copies(stand), *_people(stand), *_pieces(stand)):
            yield Violation("presence", (stand.id, stand.source.id), f"{stand.id}: {text}")
    for course in facts.scenario.courses:
        yield from _sections(facts, course)
    yield from _numbering(facts)
    if facts.scenario.policy.required == "must_stand":
        for ids, text in missing_required(facts):
            yield Violation("presence", ids, f"{text}, and required items must stand")


def _copies(stand: Stand) -> Iterator[str]:
    item, source = stand.item, stand.source
    expected: dict[str, object] = {
        "kind": kind_of(source),
        "title": source.title,
        "required": source.required,
        "pathway": source.pathway,
        "department": source.department,
        "serves": source.serves,
        "phase": phase_of(source),
        "format": source.format if isinstance(source, Gathering) else "in_person",
    }
    if isinstance(source, Course) and stand.parts is not None:
        expected |= {"section": stand.parts.section, "session": stand.parts.number}
    for field, value in expected.items():
        if getattr(item, field) != value:
            yield f"{field} is {getattr(item, field)!r}, the scenario says {value!r}"


def _people(stand: Stand) -> Iterator[str]:
    listed = Counter(stand.item.educators)
    expected = set(stand.participants) | set(stand.hosts)
    for words, people in (
        ("does not list", sorted(expected - set(listed))),
        ("lists without reason", sorted(set(listed) - expected)),
        ("lists twice", sorted(e for e, n in listed.items() if n > 1)),
    ):
        if people:
            yield f"{words} {names(people)} among its educators"
    groups = stand.item.groups
    match stand.source:
        case Engagement() | Task() if sorted(groups) != sorted(set(stand.source.groups)):
            yield f"groups are {names(groups) or 'none'}, not {names(stand.source.groups) or 'none'}"
        case Coaching() if groups != (stand.group,):
            yield f"groups are {names(groups) or 'none'}, not {stand.group}"
        case _:
            pass


def _pieces(stand: Stand) -> Iterator[str]:
    match stand.source:
        case Course() as source:
            if len(stand.pieces) != 1:
                yield f"has {len(stand.pieces)} occurrences instead of 1"
            yield from _lengths(stand, source.duration_min)
        case Engagement() | Task() as source:
            yield from _lengths(stand, source.duration_min)
            yield from _consecutive(stand, source)
        case Observation() as source:
            yield from _day_pieces(stand, source)
        case Coaching():
            return


def _lengths(stand: Stand, minutes: int) -> Iterator[str]:
    for piece in stand.pieces:
        if piece.end - piece.start != minutes:
            yield f"lasts {piece.end - piece.start} min on {piece.day} instead of {minutes}"


def _consecutive(stand: Stand, source: Engagement | Task) -> Iterator[str]:
    for occurrence in stand.occurrences:
        first = occurrence[0]
        dates = [p.day for p in occurrence]
        expected = [first.day + timedelta(days=k) for k in range(source.days)]
        if dates != expected or any(p.clock != first.clock for p in occurrence):
            yield f"has no {source.days} consecutive days at one clock time from {first.day}"
    single = isinstance(source, Task) or (stand.parts is not None and stand.item.id != source.id)
    if single and len(stand.occurrences) != 1:
        yield f"has {len(stand.occurrences)} occurrences in one plan item instead of 1"


def _day_pieces(stand: Stand, source: Observation) -> Iterator[str]:
    expected = {
        "visits": None,
        "briefing": source.briefing_min,
        "debriefing": source.debriefing_min,
    }
    wanted = sorted(label for label, minutes in expected.items() if minutes != 0)
    found = sorted(str(p.label) for p in stand.pieces)
    if found != wanted:
        yield f"has the parts {names(found)} instead of {names(wanted)}"
    for piece in stand.pieces:
        minutes = expected.get(str(piece.label))
        if minutes is not None and piece.end - piece.start != minutes:
            yield f"{piece.label} lasts {piece.end - piece.start} min instead of {minutes}"
        if piece.day != stand.first_day:
            yield f"{piece.label} is on {piece.day}, not on {stand.first_day} like the rest"


def _sections(facts: Facts, course: Course) -> Iterator[Violation]:
    sections = facts.sections.get(course.id, {})
    units = facts.ground.audience.units(course)
    most = len(units) if course.max_sections is None else course.max_sections
    placed: dict[str, list[int]] = defaultdict(list)
    for j, sessions in sections.items():
        ids = (f"{course.id}/s{j}", course.id)
        if j > most:
            text = f"section {j} of {course.id} is over its {most} sections"
            yield Violation("presence", ids, text)
        numbers = [s.parts.number for s in sessions if s.parts]
        if numbers != list(range(1, course.sessions + 1)):
            text = f"{ids[0]} has sessions {names(map(str, numbers))} instead of 1 to {course.sessions}"
            yield Violation("presence", ids, text)
        if len({frozenset(s.item.groups) for s in sessions}) > 1:
            yield Violation("presence", ids, f"sessions of {ids[0]} differ in their units")
        for stand in sessions:
            if len(set(stand.item.groups)) < len(stand.item.groups):
                yield Violation("presence", (stand.id,), f"{stand.id} names a unit twice")
        for unit in {u for s in sessions for u in s.item.groups}:
            placed[unit].append(j)
    for unit, in_sections in sorted(placed.items()):
        if len(in_sections) > 1:
            listed = names(f"s{j}" for j in sorted(in_sections))
            text = f"{unit} is in sections {listed} of {course.id}"
            yield Violation("presence", (course.id, unit), text)


def _numbering(facts: Facts) -> Iterator[Violation]:
    """Hold rounds and cycles to numbers from 1 without a hole, no more than asked for."""
    numbers: dict[tuple[str, str | None], set[int]] = defaultdict(set)
    for stand in facts.stands:
        if isinstance(stand.source, Observation | Coaching) and stand.parts is not None:
            numbers[stand.source.id, stand.parts.group].add(stand.parts.number)
    for (source_id, group), found in numbers.items():
        source = facts.directory.items[source_id]
        most = source.rounds if isinstance(source, Observation) else 0
        if isinstance(source, Coaching):
            most = source.cycles_per_group
        what = f"{source_id}/{group}" if group else source_id
        if found != set(range(1, len(found) + 1)):
            text = f"{what} stands with numbers {names(map(str, sorted(found)))}: one before is missing"
            yield Violation("presence", (what,), text)
        if max(found) > most:
            text = f"{what} has number {max(found)}, and {most} are asked for"
            yield Violation("presence", (what,), text)
