"""How good a plan is in each tier, worked out anew from what stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from plsched.plan.comfort import comfort
from plsched.plan.facts import Facts
from plsched.plan.models import Plan, PlanItem
from plsched.plan.naming import rhythm_of
from plsched.plan.required import asked_for
from plsched.plan.standing import Stand, wall_clock
from plsched.plan.work import visit_minutes
from plsched.scenario.models.learning import Engagement
from plsched.scenario.models.observation import Observation
from plsched.scenario.models.policy import Tier

GONE, NEW, MOVED, OTHER_FACILITY, OTHER_LEADERS, OTHER_PEOPLE = 10, 1, 5, 1, 2, 2


def tier_values(facts: Facts) -> Mapping[Tier, int]:
    """Value of each tier; ``distance`` only with a baseline."""
    values: dict[Tier, int] = {
        "required": sum(1 for a in asked_for(facts) if a.required and a.stands),
        "reach": sum(reach(facts, stand) for stand in facts.stands) - _required_low(facts),
        "cost": sum(line.cash_cents for line in facts.ledger.lines()),
        "comfort": comfort(facts),
    }
    if facts.baseline is not None:
        values["distance"] = distance(facts, facts.plan, facts.baseline)
    return values


def reach(facts: Facts, stand: Stand) -> int:
    """Weight x educators x minutes of a plan item.

    Counts requested items, and every occurrence of a required engagement with a count: those
    within its low count are taken off again for the engagement as a whole.
    """
    source = stand.source
    match source:
        case Engagement() if source.required and rhythm_of(source).kind == "count":
            pass
        case _ if source.required:
            return 0
    match source:
        case Observation():
            people = len(facts.ground.audience.whole(source))
            minutes = visit_minutes(source) + source.briefing_min + source.debriefing_min
        case _:
            people = len(stand.participants)
            minutes = sum(p.minutes for p in stand.pieces)
    return _weight(facts, stand) * people * minutes


def _weight(facts: Facts, stand: Stand) -> int:
    return stand.source.priority * facts.directory.pathways[stand.source.pathway].priority


def _required_low(facts: Facts) -> int:
    """Reach of the occurrences that required engagements must have anyway."""
    total = 0
    for source in facts.scenario.engagements:
        stands = facts.standing(source.id)
        beat = rhythm_of(source)
        if not (source.required and beat.kind == "count" and stands):
            continue
        counts = Counter(s.parts.term if s.parts and beat.per_term else None for s in stands)
        low = sum(min(n, beat.low) for n in counts.values())
        minutes = source.days * source.duration_min
        total += low * _weight(facts, stands[0]) * len(stands[0].participants) * minutes
    return total


def distance(facts: Facts, plan: Plan, baseline: Plan) -> int:
    """Points for what changed against a baseline, item by item."""
    now = {item.id: item for item in plan.items}
    then = {item.id: item for item in baseline.items}
    points = GONE * len(then.keys() - now.keys()) + NEW * len(now.keys() - then.keys())
    return points + sum(_changed(facts, then[i], now[i]) for i in then.keys() & now.keys())


def _changed(facts: Facts, then: PlanItem, now: PlanItem) -> int:
    leaders = (frozenset(then.experts), then.coach) != (frozenset(now.experts), now.coach)
    return (
        MOVED * (times(facts, then) != times(facts, now))
        + OTHER_FACILITY * (then.facility != now.facility)
        + OTHER_LEADERS * leaders
        + OTHER_PEOPLE * (set(then.educators) != set(now.educators))
    )


def times(facts: Facts, item: PlanItem) -> tuple[tuple[object, ...], ...]:
    """Wall-clock times of an item's occurrences, in order."""
    zone = facts.scenario.zone
    return tuple(
        sorted((wall_clock(o.start, zone), wall_clock(o.end, zone)) for o in item.occurrences)
    )
