"""Experts have the skills, are free to come, and stay within hours and contracts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from plsched.money import dollars
from plsched.plan.facts import Facts
from plsched.plan.partners import paid_to_experts
from plsched.plan.standing import Piece, Stand
from plsched.plan.verify.violation import Violation, names
from plsched.plan.workdays import clock_text
from plsched.scenario.models.learning import Course, ExpertNeed, Gathering
from plsched.scenario.models.people import Expert
from plsched.timegrid import clock_min


def check_experts(facts: Facts) -> Iterator[Violation]:
    """Check number, skills, availability, other classes, hours and contracts of experts."""
    minutes: Counter[str] = Counter()
    for stand in facts.stands:
        if not isinstance(stand.source, Gathering):
            if stand.item.experts:
                text = f"{stand.id} has experts {names(stand.item.experts)} and needs none"
                yield Violation("experts", (stand.id, *stand.item.experts), text)
            continue
        for text in _choice(stand, stand.source):
            yield Violation("experts", (stand.id, *stand.item.experts), f"{stand.id}: {text}")
        for expert in (*stand.experts, *stand.partners):
            for piece in stand.pieces:
                minutes[expert.id] += piece.minutes
                for text in _free(facts, stand, stand.source, expert, piece):
                    message = f"{stand.id} on {piece.day}: expert {expert.id} {text}"
                    yield Violation("experts", (stand.id, expert.id), message)
    for course in facts.scenario.courses:
        yield from _same_in_all(facts, course)
    yield from _caps(facts, minutes)


def _choice(stand: Stand, source: Gathering) -> Iterator[str]:
    chosen = stand.item.experts
    twice = sorted(x for x, n in Counter(chosen).items() if n > 1)
    if twice:
        yield f"expert {names(twice)} is named twice"
    besides = sorted({p.id for p in stand.partners} & set(chosen))
    if besides:
        yield f"partner {names(besides)} takes part besides the experts and is named among them"
    wanted = sum(need.count for need in source.experts)
    if len(chosen) != wanted:
        yield f"it has {len(chosen)} experts and needs {wanted}"
    elif not _all_needs_met(source.experts, stand.experts):
        needs = ", ".join(f"{need.count} x {need.skill}" for need in source.experts)
        yield f"experts {names(chosen)} do not have the skills {needs}"
    people = set(stand.participants)
    learning = sorted(x.id for x in stand.experts if x.educator in people)
    if learning:
        yield f"expert {names(learning)} takes part as a participant too"


def _all_needs_met(needs: Sequence[ExpertNeed], experts: Sequence[Expert]) -> bool:
    """Give each expert one need, if that can be done (augmenting paths)."""
    seats = [need.skill for need in needs for _ in range(need.count)]
    holder: dict[int, int] = {}

    def place(expert: int, tried: set[int]) -> bool:
        for seat, skill in enumerate(seats):
            if seat in tried or skill not in experts[expert].skills:
                continue
            tried.add(seat)
            if seat not in holder or place(holder[seat], tried):
                holder[seat] = expert
                return True
        return False

    return len(experts) == len(seats) and all(place(x, set()) for x in range(len(experts)))


def _free(
    facts: Facts, stand: Stand, source: Gathering, expert: Expert, piece: Piece
) -> Iterator[str]:
    begin, finish = piece.clock, piece.clock + piece.minutes
    if expert.availability and not any(
        row.holds(piece.day) and clock_min(row.start) <= begin and finish <= clock_min(row.end)
        for row in expert.availability
    ):
        hours = f"{clock_text(piece.start)} to {clock_text(piece.end)}"
        yield f"is not available from {hours}"
    if any(row.holds(piece.day) for row in expert.unavailable):
        yield "is unavailable that day"
    if expert.educator is not None:
        attendance = facts.ground.attendance(expert.educator, piece, stand.venue)
        if attendance.released:
            yield f"teaches {', '.join(attendance.released)} then, the way included"
        if attendance.stipend_min and not source.stipend:
            yield f"has {attendance.stipend_min} min outside contract hours without stipend"


def _same_in_all(facts: Facts, course: Course) -> Iterator[Violation]:
    for j, sessions in facts.sections.get(course.id, {}).items():
        teams = {frozenset(stand.item.experts) for stand in sessions}
        if len(teams) > 1:
            listed = " / ".join(sorted(names(sorted(team)) or "nobody" for team in teams))
            text = f"sessions of {course.id}/s{j} have different experts: {listed}"
            yield Violation("experts", (f"{course.id}/s{j}",), text)


def _caps(facts: Facts, minutes: Counter[str]) -> Iterator[Violation]:
    paid = paid_to_experts(facts)
    for expert_id, presented in sorted(minutes.items()):
        expert = facts.directory.experts[expert_id]
        if expert.hours_cap_min is not None and presented > expert.hours_cap_min:
            text = f"expert {expert_id} presents {presented} min; the cap is {expert.hours_cap_min}"
            yield Violation("experts", (expert_id,), text)
        most = expert.contract_max_cents
        if most is not None and paid.get(expert_id, 0) > most:
            text = (
                f"expert {expert_id} is paid {dollars(paid[expert_id])} of at most {dollars(most)}"
            )
            yield Violation("experts", (expert_id,), text)
