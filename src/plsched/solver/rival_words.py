"""What is in the way of something left out, in a planner's words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plsched.families import FAMILIES, TITLES, Family
from plsched.money import dollars
from plsched.scenario.models.learning import Course
from plsched.solver.model import Model
from plsched.solver.rivals import InTheWay
from plsched.solver.things import Thing

_SHARED: dict[Family, str] = {
    "people": "the same people",
    "facilities": "the same room",
    "licences": "the same seats",
    "experts": "the same experts",
    "order": "what comes before or after what",
    "sections": "the size of sections",
    "visits": "the same hosts or observers",
    "coaching": "the same coach",
    "limits": "the same limits on time",
    "pins": "a pin",
}


def in_words(model: Model, thing: Thing, way: InTheWay) -> str:
    """Say what would have to give way, and what would have to be there in addition."""
    if way.never is not None:
        told = "It could not stand even if everything else gave way"
        return told + (f": {'; '.join(TITLES[f] for f in way.never)}" if way.never else "")
    if not (way.things or way.cents or way.subs or way.moved or way.also):
        return (
            "It fits beside all that stands: the search ended before it was tried, or it would "
            "cost what ranks higher"
        )
    # What is named is enough; where the small solve ran out of time, less may be, too.
    stand = "It would stand" if way.least else "It would stand, for instance,"
    return f"{stand} if {_listed(list(_conditions(model, thing, way)))}"


def families_of(way: InTheWay) -> tuple[Family, ...]:
    """Rule families that are in the way, at most three."""
    if way.never:
        return way.never[:3]
    found = {family for _, families in way.things for family in families}
    found |= {"funds"} if way.cents else set()
    found |= {"cover"} if way.subs else set()
    return tuple(family for family in FAMILIES if family in found)[:3]


def _conditions(model: Model, thing: Thing, way: InTheWay) -> Iterator[str]:
    if way.things:
        named = _named(model, way.things)
        yield f"{_listed(_shortened(named))} gave way"
    if way.also:
        also = _named(model, [(thing, ()) for thing in way.also])
        yield f"{_listed(also)} stood as well"
    if way.moved:
        yield "other parts of it were at other times"
    names = _who_may_pay(model, thing)
    for funds, cents in way.cents:
        able = [names[f] for f in funds.split("+") if f in names]
        where = " or ".join(able) if able else "a fund that may pay for it"
        yield f"{dollars(cents)} more were in {where}"
    for pool, day, count in way.subs:
        more_subs = "1 more substitute" if count == 1 else f"{count} more substitutes"
        yield f"{more_subs} of the pool {pool} came on {model.problem.date(day)}"


def _who_may_pay(model: Model, thing: Thing) -> dict[str, str]:
    """Name the funds that may pay for a thing: a stand-alone workshop may need a follow-up."""
    funds = model.problem.directory.scenario.funds
    if not isinstance(thing.item, Course) or thing.item.sessions > 1:
        return {fund.id: fund.name for fund in funds}
    return {
        fund.id: f"{fund.name} (only with a follow-up)" if fund.requires_follow_up else fund.name
        for fund in funds
        if thing.item.follow_up or not fund.requires_follow_up
    }


def _named(model: Model, things: Sequence[tuple[Thing, Sequence[Family]]]) -> list[str]:
    """Name things, those of one course together, each with what it shares."""
    names = {group.id: group.name for group in model.problem.directory.scenario.groups}
    together: dict[tuple[str, tuple[str, ...]], dict[str, None]] = {}
    for thing, families in things:
        shared = tuple(_SHARED[family] for family in families if family in _SHARED)[:2]
        whom = together.setdefault((thing.title, shared), {})
        if isinstance(thing.item, Course):
            whom |= dict.fromkeys(names.get(g.split("#")[0], g) for g in thing.groups)
    return [
        title
        + (f" for {_listed(_shortened(list(whom)))}" if whom else "")
        + (f" ({', '.join(shared)})" if shared else "")
        for (title, shared), whom in together.items()
    ]


def _shortened(parts: list[str]) -> list[str]:
    """Keep the first few, and the number of the rest."""
    rest = len(parts) - _NAMED
    return [*parts[:_NAMED], f"{rest} more"] if rest > 0 else parts


def _listed(parts: Sequence[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


_NAMED = 3
"""Things that are named; of more, their number is told."""
