"""A problem with few of its columns: enough for a good plan, and built in a fraction of the time.

A plan needs every rule and few choices; a bound needs every choice and few rules. So a large
district is planned on a sample of its columns, and bounded on all of them without the rules that a
relaxation seldom feels (``model.build_model``).
"""

from __future__ import annotations

import random
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace

from plsched.plan.models import PlanItem
from plsched.scenario.directory import AnyItem
from plsched.solver.families.pins import is_at, times_of
from plsched.solver.problem import DAY, Activity, Bundle, Column, Problem, Round

Gap = tuple[int, int | None]


def is_large(problem: Problem) -> bool:
    """Whether a problem is planned on a sample of its columns."""
    return problem.columns() > _LARGE


def sample(problem: Problem, seed: int) -> Problem:
    """Draw columns of everything: those of a baseline, some that go together, some spread evenly.

    What is pinned keeps all its columns.
    """
    things = sum(len(b.activities) for b in problem.bundles)
    things += len(problem.rounds) + len(problem.cycles)
    return _Sampler(problem, max(_LEAST, _COLUMNS // max(1, things)), seed).drawn()


def some_columns(
    problem: Problem,
    bundles: Sequence[Sequence[Iterable[int]]],
    rounds: Sequence[Iterable[int]],
    cycles: Sequence[Iterable[int]],
) -> Problem:
    """Keep some columns of each activity of each bundle, of each round and of each cycle."""
    made = replace(
        problem,
        bundles=[_bundle(b, kept) for b, kept in zip(problem.bundles, bundles, strict=True)],
        rounds=[_round(r, sorted(kept)) for r, kept in zip(problem.rounds, rounds, strict=True)],
        cycles=[
            replace(c, columns=[c.columns[i] for i in sorted(kept)])
            for c, kept in zip(problem.cycles, cycles, strict=True)
        ],
        by_source={},
    )
    for bundle in made.bundles:
        made.by_source.setdefault(bundle.item.id, []).append(bundle)
    return made


def _bundle(bundle: Bundle, kept: Sequence[Iterable[int]]) -> Bundle:
    pairs = zip(bundle.activities, kept, strict=True)
    return replace(bundle, activities=[_activity(a, sorted(order)) for a, order in pairs])


def _activity(activity: Activity, order: Sequence[int]) -> Activity:
    place = {c: i for i, c in enumerate(order)}
    return replace(
        activity,
        columns=[activity.columns[c] for c in order],
        attendance=[[row[c] for c in order] for row in activity.attendance],
        rooms=[activity.rooms[c] for c in order],
        leads={
            x: frozenset(place[c] for c in able if c in place) for x, able in activity.leads.items()
        },
    )


def _round(r: Round, order: Sequence[int]) -> Round:
    """Keep dates of a round; all its patterns stay, so that their numbers do."""
    return replace(
        r,
        columns=[r.columns[c] for c in order],
        pattern=[r.pattern[c] for c in order],
        observers=[r.observers[c] for c in order],
        hosts=[r.hosts[c] for c in order],
        stays=[r.stays[c] for c in order],
        rooms=[r.rooms[c] for c in order],
    )


class _Sampler:
    def __init__(self, problem: Problem, most: int, seed: int) -> None:
        self._problem = problem
        self._most = most
        self._random = random.Random(seed)  # noqa: S311 - a search, not a secret
        baseline = problem.baseline.items if problem.baseline is not None else ()
        self._then: dict[str, PlanItem] = {item.id: item for item in baseline}
        pins = problem.directory.scenario.pins
        self._pinned = {p.item.split("/")[0] for p in pins}

    def drawn(self) -> Problem:
        """Draw in the order of the problem."""
        p = self._problem
        bundles = [self._bundle(b) for b in p.bundles]
        rounds = [self._single(r.id, r.item, r.columns) for r in p.rounds]
        cycles = [self._single(c.id, c.item, [k.column for k in c.columns]) for c in p.cycles]
        return some_columns(p, bundles, rounds, cycles)

    def _single(self, ident: str, item: AnyItem, columns: Sequence[Column]) -> set[int]:
        everything = range(len(columns))
        if item.id in self._pinned:
            return set(everything)
        kept = self._as_then(ident, columns)
        return kept | spread(everything, self._wanted(ident, item, kept), self._random)

    def _bundle(self, bundle: Bundle) -> list[set[int]]:
        """Draw columns of each activity, some of which follow those of the one before."""
        if bundle.item.id in self._pinned:
            return [set(range(len(a.columns))) for a in bundle.activities]
        found: list[set[int]] = []
        for chain in bundle.chains:
            before: list[Column] = []
            for activity in bundle.activities[chain.first : chain.last]:
                able = _staffed(bundle, activity)
                kept = self._as_then(activity.id, activity.columns)
                most = self._wanted(activity.id, bundle.item, kept)
                if most > 0:
                    kept |= self._following(before, activity.columns, able, bundle.gap_days)
                rest = [i for i in able if i not in kept]
                kept |= spread(rest, most - len(kept), self._random)
                before = [activity.columns[i] for i in sorted(kept)]
                found.append(kept)
        return found

    def _wanted(self, ident: str, item: AnyItem, kept: set[int]) -> int:
        """Say how many columns are wanted besides those kept.

        With a baseline none where something can be as it was, many where it was and cannot, and few
        of what was left out then: a plan changes little, and is found soon.
        """
        if not self._then or (item.required and ident not in self._then):
            return self._most
        if kept:
            return 0
        return _LOST if ident in self._then else _LEFT_OUT

    def _as_then(self, ident: str, columns: Sequence[Column]) -> set[int]:
        """Columns with the times that something had in the baseline."""
        if ident not in self._then:
            return set()
        then = times_of(self._problem, self._then[ident])
        return {i for i, c in enumerate(columns) if is_at(c, then)}

    def _following(
        self, before: Sequence[Column], columns: Sequence[Column], able: Sequence[int], gap: Gap
    ) -> set[int]:
        """For each column before, one of the first that may follow it."""
        least, most = gap
        days = [columns[i].start // DAY for i in able]
        found = set()
        for column in before:
            last = (column.end - 1) // DAY
            low = bisect_left(days, last + least)
            high = len(able) if most is None else bisect_left(days, last + most + 1)
            options = [i for i in able[low:high] if columns[i].start >= column.end]
            if options:
                found.add(self._random.choice(options[:_SOON]))
        return found


def spread(options: Sequence[int], most: int, draw: random.Random) -> set[int]:
    """Draw some, evenly spread."""
    if len(options) <= max(0, most):
        return set(options)
    if most <= 0:
        return set()
    step = len(options) / most
    first = draw.random() * step
    return {options[int(first + k * step)] for k in range(most)}


def _staffed(bundle: Bundle, activity: Activity) -> list[int]:
    """Columns at which enough experts could lead."""
    return [
        i
        for i in range(len(activity.columns))
        if all(
            sum(i in activity.leads[x] for x in pool) >= need.count
            for need, pool in zip(bundle.needs, bundle.candidates, strict=True)
        )
    ]


_LARGE = 20_000
"""Columns beyond which a district is planned on a sample of them."""
_COLUMNS, _LEAST = 20_000, 6
"""Columns to draw in all, and the least for each activity, round and cycle."""
_LOST, _LEFT_OUT = 24, 2
"""With a baseline, columns of what cannot be as it was, and of what was left out then."""
_SOON = 4
"""A session follows at one of so many first chances."""
