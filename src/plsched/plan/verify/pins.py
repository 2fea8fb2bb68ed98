"""What is pinned or frozen stands as it was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plsched.plan.facts import Facts
from plsched.plan.models import Plan, PlanItem
from plsched.plan.standing import wall_clock
from plsched.plan.tiers import times
from plsched.plan.verify.violation import Violation, names
from plsched.scenario.models.policy import Pin


def check_pins(facts: Facts) -> Iterator[Violation]:
    """Check pins, and the freeze against the baseline."""
    for pin in facts.scenario.pins:
        found = [
            item
            for item in facts.plan.items
            if pin.item in ({item.source} if pin.item in facts.directory.items else {item.id})
        ]
        # An engagement with a pattern has one plan item, of the same id.
        for text in _pin(facts, pin, found):
            yield Violation("pins", (pin.item,), text)
    freeze = facts.scenario.policy.freeze_before
    if facts.baseline is not None and freeze is not None:
        yield from _frozen(facts, facts.baseline, freeze)


def _pin(facts: Facts, pin: Pin, found: list[PlanItem]) -> Iterator[str]:
    if not pin.present:
        if found:
            yield f"{names(item.id for item in found)} stands, pinned not to"
        return
    if not found:
        yield f"{pin.item} is pinned and does not stand"
    for item in found:
        if pin.start is not None and _start(facts, item) != wall_clock(
            pin.start, facts.scenario.zone
        ):
            yield f"{item.id} starts at {_start(facts, item)}, pinned to {pin.start}"
        if pin.facility is not None and item.facility != pin.facility:
            yield f"{item.id} is in {item.facility or 'no facility'}, pinned to {pin.facility}"
        if pin.experts is not None and set(item.experts) != set(pin.experts):
            listed = names(item.experts) or "nobody"
            yield f"{item.id} has experts {listed}, pinned to {names(pin.experts) or 'nobody'}"


def _start(facts: Facts, item: PlanItem) -> object:
    return min(wall_clock(o.start, facts.scenario.zone) for o in item.occurrences)


def _frozen(facts: Facts, baseline: Plan, freeze: date) -> Iterator[Violation]:
    now = {item.id: item for item in facts.plan.items}
    then = {item.id: item for item in baseline.items}
    for item_id, before in then.items():
        if not _starts_before(facts, before, freeze):
            continue
        kept = now.get(item_id)
        if kept is None:
            text = f"{item_id} of the baseline starts before {freeze} and does not stand"
            yield Violation("pins", (item_id,), text)
        elif changed := _differences(facts, before, kept):
            text = f"{item_id} starts before {freeze} and differs in {', '.join(changed)}"
            yield Violation("pins", (item_id,), text)
    for item_id, item in now.items():
        old = then.get(item_id)
        was_there = old is not None and _starts_before(facts, old, freeze)
        if not was_there and _starts_before(facts, item, freeze):
            text = f"{item_id} starts before {freeze} and not in the baseline"
            yield Violation("pins", (item_id,), text)


def _starts_before(facts: Facts, item: PlanItem, freeze: date) -> bool:
    return min(wall_clock(o.start, facts.scenario.zone).date() for o in item.occurrences) < freeze


def _differences(facts: Facts, then: PlanItem, now: PlanItem) -> list[str]:
    """Name the decisions that differ; what follows from them and who pays may change."""
    pairs: dict[str, tuple[object, object]] = {
        "times": (times(facts, then), times(facts, now)),
        "site": (then.site, now.site),
        "facility": (then.facility, now.facility),
        "groups": (set(then.groups), set(now.groups)),
        "experts": (set(then.experts), set(now.experts)),
        "coach": (then.coach, now.coach),
        "visits": (_visits(then), _visits(now)),
    }
    return [name for name, (a, b) in pairs.items() if a != b]


def _visits(item: PlanItem) -> set[tuple[str, str, frozenset[str]]]:
    return {(v.period, v.host, frozenset(v.observers)) for v in item.visits}
