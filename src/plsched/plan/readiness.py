"""How ready things are: what is red, yellow or green now, rolled up to the worst."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from plsched.scenario.models import Scenario
from plsched.scenario.models.money import Phase
from plsched.scenario.models.records import Colour, Rating

PHASES: tuple[Phase, ...] = ("planning", "delivery", "coaching", "evaluation")
_BADNESS: Mapping[Colour, int] = {"green": 0, "yellow": 1, "red": 2}


@dataclass(frozen=True, slots=True)
class Element:
    """An element as it is rated now; ``before`` is its colour in the rating before that."""

    now: Rating
    before: Colour | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class Rollup:
    """The worst colour of a pathway, over all and in each phase; ``None``: nothing is rated.

    ``pathway`` is ``None`` for elements of no single pathway. Elements of no single phase count
    for ``worst`` alone.
    """

    pathway: str | None
    worst: Colour | None
    phases: Mapping[Phase, Colour | None]


@dataclass(frozen=True, slots=True)
class Readiness:
    """Every element, worst first, and the roll-ups. ``as_of`` is the date that was read for."""

    as_of: date
    elements: tuple[Element, ...]
    rollups: tuple[Rollup, ...]
    worst: Colour


def readiness(scenario: Scenario) -> Readiness | None:
    """Read the ratings as of the records' date, else of the newest one; ``None`` without any."""
    records = scenario.records
    if records is None or not records.ratings:
        return None
    as_of = records.as_of or max(rating.rated for rating in records.ratings)
    history: dict[tuple[str, str | None, Phase | None], list[Rating]] = {}
    for rating in records.ratings:
        if rating.rated <= as_of:
            key = (rating.element, rating.pathway, rating.phase)
            history.setdefault(key, []).append(rating)
    if not history:
        return None
    elements = [_element(ratings, as_of) for ratings in history.values()]
    order = [*(p.id for p in scenario.pathways), None]
    return Readiness(
        as_of=as_of,
        elements=tuple(sorted(elements, key=lambda e: (-_BADNESS[e.now.colour], not e.overdue))),
        rollups=tuple(
            _rollup(pathway, [e.now for e in elements if e.now.pathway == pathway])
            for pathway in order
            if pathway is not None or any(e.now.pathway is None for e in elements)
        ),
        worst=max((e.now.colour for e in elements), key=_BADNESS.__getitem__),
    )


def worst_of(ratings: Iterable[Rating]) -> Colour | None:
    """Give the worst colour, never a mean: one red element makes the whole red."""
    return max((r.colour for r in ratings), key=_BADNESS.__getitem__, default=None)


def _element(ratings: list[Rating], as_of: date) -> Element:
    """Take the newest rating, and of one day the worst."""
    ordered = sorted(ratings, key=lambda r: (r.rated, _BADNESS[r.colour]))
    now = ordered[-1]
    overdue = now.due is not None and now.due < as_of and now.colour != "green"
    return Element(now, ordered[-2].colour if len(ordered) > 1 else None, overdue)


def _rollup(pathway: str | None, ratings: list[Rating]) -> Rollup:
    phases = {phase: worst_of(r for r in ratings if r.phase == phase) for phase in PHASES}
    return Rollup(pathway, worst_of(ratings), phases)
