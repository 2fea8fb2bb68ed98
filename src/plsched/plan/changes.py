"""What a plan changes against the plan before it, in words that a planner would use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from plsched.plan.models import Plan, PlanItem, Shift
from plsched.plan.phrases import Named, Phrases, count, day_name, few
from plsched.scenario.models import Scenario

Aspect = Literal["title", "time", "place", "leaders", "people", "visits", "releases"]
ChangeKind = Literal["added", "called_off", "changed"]

_SHIFTS: dict[Shift, str] = {
    "full": "the whole day",
    "morning": "the morning",
    "afternoon": "the afternoon",
    "periods": "single periods",
    "hours": "some hours",
}


class Row(BaseModel):
    """A frozen row of a change list."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ItemChange(Row):
    """A plan item that is new, called off, or stands otherwise than before.

    Attributes
    ----------
    on
        Its first date in the new plan; in the old one where it is called off.
    aspects
        What changed; empty unless ``kind`` is ``changed``.
    said
        The change in sentences.
    educators
        Whom it concerns: all who take part for another time or place, those who join or leave.
    """

    id: str
    title: str
    kind: ChangeKind
    on: date
    aspects: tuple[Aspect, ...] = ()
    said: tuple[str, ...]
    educators: tuple[str, ...]


class HireChange(Row):
    """More or fewer substitutes of a pool at a site on a date."""

    pool: str
    on: date
    site: str
    shift: Shift
    before: int
    now: int
    said: str


class ChangeList(Row):
    """Everything that a plan changes; ``summary`` says it in a line."""

    summary: str
    items: tuple[ItemChange, ...]
    hires: tuple[HireChange, ...]
    educators: tuple[str, ...]
    """Everybody whom a change of an item concerns."""


def changes(before: tuple[Scenario, Plan], now: tuple[Scenario, Plan]) -> ChangeList:
    """List what a plan changes against the plan before it; each comes with its own scenario."""
    old, new = Phrases(*before), Phrases(*now)
    items = tuple(sorted(_items(old, new), key=lambda change: (change.on, change.id)))
    hires = tuple(_hires(old, new))
    concerned = tuple(sorted({educator for change in items for educator in change.educators}))
    return ChangeList(
        summary=_summary(items, hires, len(concerned)),
        items=items,
        hires=hires,
        educators=concerned,
    )


def _summary(items: Iterable[ItemChange], hires: Sequence[HireChange], people: int) -> str:
    counted: Counter[str] = Counter()
    for change in items:
        if change.kind == "changed":
            counted[_word(change.aspects)] += 1
        else:
            counted[change.kind.replace("_", " ")] += 1
    order = ("added", "called off", "moved", "in another place", "changed otherwise")
    said = [f"{counted[what]} {what}" for what in order if counted[what]]
    if hires:
        said.append(f"other substitutes on {count(len({hire.on for hire in hires}), 'day')}")
    if not said:
        return "Nothing changes."
    return f"{', '.join(said)}; {count(people, 'educator')} concerned.".capitalize()


def _word(aspects: Sequence[Aspect]) -> str:
    if "time" in aspects:
        return "moved"
    return "in another place" if "place" in aspects else "changed otherwise"


def _items(old: Phrases, new: Phrases) -> Iterator[ItemChange]:
    for item in new.plan.items:
        before = old.items.get(item.id)
        if before is None:
            yield _added(new, item)
        elif found := [one for ask in _ASPECTS if (one := ask(old, before, new, item))]:
            yield ItemChange(
                id=item.id,
                title=item.title,
                kind="changed",
                on=new.first_day(item),
                aspects=tuple(one.aspect for one in found),
                said=tuple(one.said for one in found),
                educators=tuple(sorted({e for one in found for e in one.educators})),
            )
    for item in old.plan.items:
        if item.id not in new.items:
            yield _called_off(old, item, new.plan)


def _added(new: Phrases, item: PlanItem) -> ItemChange:
    where, leaders = new.where(item), new.leaders(item)
    said = [f"Added: {_dates(new, item)}{f', in {where}' if where else ''}."]
    said += [f"Led by {leaders}."] if leaders else []
    said += [f"For {new.who(item.educators)}."] if item.educators else []
    return ItemChange(
        id=item.id,
        title=item.title,
        kind="added",
        on=new.first_day(item),
        said=tuple(said),
        educators=tuple(sorted(_people(item))),
    )


def _called_off(old: Phrases, item: PlanItem, plan: Plan) -> ItemChange:
    known = {left.id for left in old.plan.left_out}
    reasons = dict.fromkeys(
        left.reason
        for left in plan.left_out
        if left.source == item.source
        and left.id not in known
        and (not left.groups or not item.groups or set(left.groups) & set(item.groups))
    )
    return ItemChange(
        id=item.id,
        title=item.title,
        kind="called_off",
        on=old.first_day(item),
        said=(f"Called off; it stood on {_dates(old, item)}.", *(f"Why: {r}" for r in reasons)),
        educators=tuple(sorted(_people(item))),
    )


class _Found(NamedTuple):
    aspect: Aspect
    said: str
    educators: Iterable[str]


def _title(_: Phrases, before: PlanItem, __: Phrases, item: PlanItem) -> _Found | None:
    if before.title == item.title:
        return None
    said = f"Now called “{item.title}”; before “{before.title}”."
    return _Found("title", said, _people(before, item))


def _time(old: Phrases, before: PlanItem, new: Phrases, item: PlanItem) -> _Found | None:
    then, now = old.times(before), new.times(item)
    gone, came = (list((Counter(a) - Counter(b)).elements()) for a, b in ((then, now), (now, then)))
    if not gone and not came:
        return None
    if gone and came:
        said = f"Moved from {few(gone)} to {few(came)}."
    else:
        said = f"Also on {few(came)}." if came else f"No longer on {few(gone)}."
    return _Found("time", said, _people(before, item))


def _place(old: Phrases, before: PlanItem, new: Phrases, item: PlanItem) -> _Found | None:
    then, now = old.where(before), new.where(item)
    said = f"Now in {now or 'no place'}; before in {then or 'no place'}."
    return _Found("place", said, _people(before, item)) if then != now else None


def _leaders(old: Phrases, before: PlanItem, new: Phrases, item: PlanItem) -> _Found | None:
    then, now = old.leaders(before), new.leaders(item)
    said = f"Now led by {now or 'nobody'}; before by {then or 'nobody'}."
    return _Found("leaders", said, _people(before, item)) if then != now else None


def _takers(old: Phrases, before: PlanItem, new: Phrases, item: PlanItem) -> _Found | None:
    joined = [e for e in item.educators if e not in set(before.educators)]
    left = [e for e in before.educators if e not in set(item.educators)]
    said = [f"Join: {new.who(joined)}."] if joined else []
    said += [f"No longer take part: {old.who(left)}."] if left else []
    return _Found("people", " ".join(said), (*joined, *left)) if said else None


def _visits(old: Phrases, before: PlanItem, new: Phrases, item: PlanItem) -> _Found | None:
    return _exchanged("visits", "Visits", old.visits(before), new.visits(item))


def _releases(old: Phrases, before: PlanItem, new: Phrases, item: PlanItem) -> _Found | None:
    return _exchanged("releases", "Released", old.releases(before), new.releases(item))


_ASPECTS = (_title, _time, _place, _leaders, _takers, _visits, _releases)


def _exchanged(aspect: Aspect, name: str, then: Named, now: Named) -> _Found | None:
    gone, came = ([said for said in a if said not in b] for a, b in ((then, now), (now, then)))
    said = [f"{name} now: {few(came)}."] if came else []
    said += [f"{name} no longer: {few(gone)}."] if gone else []
    about = {e for one in came for e in now[one]} | {e for one in gone for e in then[one]}
    return _Found(aspect, " ".join(said), about) if said else None


def _dates(phrases: Phrases, item: PlanItem) -> str:
    first, *more = phrases.times(item)
    return f"{first}, and {count(len(more), 'more date')}" if more else first


def _people(*items: PlanItem) -> set[str]:
    found = {educator for item in items for educator in item.educators}
    found |= {item.coach for item in items if item.coach is not None}
    return found | {visit.host for item in items for visit in item.visits}


def _hires(old: Phrases, new: Phrases) -> Iterator[HireChange]:
    then, now = old.hires(), new.hires()
    for key in sorted(then.keys() | now.keys()):
        if then[key] == now[key]:
            continue
        on, site, pool, shift = key
        named = new.site(site) if new.site(site) != site else old.site(site)
        yield HireChange(
            pool=pool,
            on=on,
            site=site,
            shift=shift,
            before=then[key],
            now=now[key],
            said=(
                f"{day_name(on)}, {named}: {count(now[key], 'substitute')} of {pool} for "
                f"{_SHIFTS[shift]}; before {then[key]}."
            ),
        )
