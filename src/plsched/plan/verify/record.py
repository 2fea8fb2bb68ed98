"""The plan's account of itself: ids exist, times are the district's, copies agree."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator

from plsched.plan.facts import Facts
from plsched.plan.models import PlanItem
from plsched.plan.standing import at_home
from plsched.plan.verify.violation import Violation, names
from plsched.scenario.hashing import scenario_hash
from plsched.scenario.models.learning import Course


def check_record(facts: Facts) -> Iterator[Violation]:
    """Check references, zone, and what items say of their own start, end and subs."""
    yield from _head(facts)
    for item in facts.strays:
        text = f"{item.id} is of {item.source}, which is not in the scenario"
        if item.source in facts.directory.items:
            text = f"{item.id} has times far from the calendar ({item.occurrences[0].start})"
        yield Violation("record", (item.id, item.source), text)
    subs: dict[str, set[str]] = defaultdict(set)
    for hired in facts.plan.substitutes:
        for cover in hired.covers:
            subs[cover.item].add(hired.id)
    for item in facts.plan.items:
        for text in (*_times(facts, item), *_references(facts, item)):
            yield Violation("record", (item.id,), f"{item.id}: {text}")
        if Counter(item.subs) != Counter(subs[item.id]):
            text = f"{item.id} names subs {names(item.subs) or 'none'}, not those who cover for it"
            yield Violation("record", (item.id,), text)
    yield from _hired(facts)


def _head(facts: Facts) -> Iterator[Violation]:
    scenario, plan = facts.scenario, facts.plan
    if plan.timezone != scenario.timezone:
        text = f"the plan is in {plan.timezone}, the scenario in {scenario.timezone}"
        yield Violation("record", (plan.timezone,), text)
    if plan.scenario_hash != scenario_hash(scenario):
        text = "the plan was made from another scenario, or the scenario has changed since"
        yield Violation("record", (plan.scenario,), text)


def _times(facts: Facts, item: PlanItem) -> Iterator[str]:
    first = item.occurrences[0]
    if (item.start, item.end) != (first.start, first.end):
        yield f"it starts {item.start} and ends {item.end}, its first occurrence does not"
    starts = [o.start for o in item.occurrences]
    if starts != sorted(starts):
        yield "its occurrences are not in the order of their dates"
    moments = [item.start, item.end]
    moments += [m for o in item.occurrences for m in (o.start, o.end)]
    moments += [m for v in item.visits for m in (v.start, v.end)]
    for moment in moments:
        if not at_home(moment, facts.scenario.zone):
            yield f"{moment} is not written in the offset of {facts.scenario.timezone} on that day"
            return
        if moment.second or moment.microsecond:
            yield f"{moment} is no whole minute"
            return


def _references(facts: Facts, item: PlanItem) -> Iterator[str]:
    directory = facts.directory
    source = directory.items.get(item.source)
    groups: Container[str] = directory.groups
    if isinstance(source, Course):
        groups = facts.ground.audience.units(source)
    people = [item.coach] if item.coach is not None else []
    people += [*item.educators, *(r.educator for r in item.releases)]
    people += [e for v in item.visits for e in (v.host, *v.observers)]
    tables: tuple[tuple[str, Container[str], Iterable[str | None]], ...] = (
        ("educator", directory.educators, people),
        ("group or unit", groups, item.groups),
        ("expert", directory.experts, item.experts),
        ("site", directory.sites, (item.site,)),
        ("facility", directory.facilities, (item.facility,)),
        ("licence", directory.licences, (item.licence,)),
    )
    for what, known, used in tables:
        unknown = sorted({x for x in used if x is not None and x not in known})
        if unknown:
            yield f"{what} {names(unknown)} is not in the scenario"


def _hired(facts: Facts) -> Iterator[Violation]:
    directory = facts.directory
    subs = facts.scenario.substitutes
    pools = {pool.id for pool in subs.pools} if subs else set[str]()
    items = {item.id for item in facts.plan.items}
    for sub_id, count in Counter(s.id for s in facts.plan.substitutes).items():
        if count > 1:
            yield Violation("record", (sub_id,), f"{count} subs are called {sub_id}")
    for hired in facts.plan.substitutes:
        sites = filter(None, (hired.site, hired.second_site))
        used: tuple[tuple[str, Container[str], set[str]], ...] = (
            ("pool", pools, {hired.pool}),
            ("site", directory.sites, {*sites, *(c.site for c in hired.covers)}),
            ("educator", directory.educators, {c.educator for c in hired.covers}),
            ("plan item", items, {c.item for c in hired.covers}),
        )
        for what, known, ids in used:
            unknown = sorted(x for x in ids if x not in known)
            if unknown:
                text = f"{hired.id}: {what} {names(unknown)} is unknown"
                yield Violation("record", (hired.id, *unknown), text)
    for day in facts.plan.expert_days:
        if day.expert not in directory.experts:
            text = f"a day of expert {day.expert} on {day.date}, who is not in the scenario"
            yield Violation("record", (day.expert,), text)
