"""Who visits whom: names for the counts of a round, then a pairing in each period."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import islice

from ortools.sat.python import cp_model

from plsched.errors import SolverCrashed
from plsched.solver.decode.chosen import ChosenRound
from plsched.solver.problem import Crowd
from plsched.solver.proto import whole_model
from plsched.solver.rows import Rows, Term
from plsched.solver.settings import quiet_solver


@dataclass(frozen=True, slots=True)
class NamedVisit:
    """A host visited by observers in a period."""

    period: str
    host: str
    observers: tuple[str, ...]


def name_visits(
    rounds: list[ChosenRound], term_of: dict[str, str | None]
) -> dict[str, list[NamedVisit]]:
    """Name observers and hosts of all rounds; hosts take turns over the rounds of a term."""
    visited: dict[tuple[str, str | None, str], int] = defaultdict(int)
    found = {}
    for r in sorted(rounds, key=lambda r: (r.column.start, r.vars.round.id)):
        item = r.vars.round.item
        term = term_of[r.vars.round.id]
        before = {
            person: visited[item.id, term, person]
            for crowd in _crowds(r)
            if crowd.home is None
            for person in crowd.members
        }
        observing, hosting = _name(r, before)
        observing |= _on_trips(r)
        for person, _ in hosting:
            visited[item.id, term, person] += 1
        found[r.vars.round.id] = _pair(observing, hosting)
    return found


def _crowds(r: ChosenRound) -> tuple[Crowd, ...]:
    return r.vars.round.patterns[r.vars.round.pattern[r.index]].crowds


def _name(
    r: ChosenRound, before: dict[str, int]
) -> tuple[dict[tuple[str, str], int], dict[tuple[str, str], int]]:
    """Choose who observes and who is visited in each period, with the counts that stand."""
    item = r.vars.round.item
    rows = Rows()
    observe: dict[tuple[str, str], int] = {}
    host: dict[tuple[str, str], int] = {}
    price: list[Term] = []
    for kind, counts in ((observe, r.observe), (host, r.host)):
        for (c, k), count in counts.items():
            if not count or _crowds(r)[c].home is not None:
                continue
            people = _crowds(r)[c].members
            for person in people:
                kind[person, k] = rows.literal()
            rows.linear([(kind[person, k], 1) for person in people], count, count)
    for person, visited in before.items():
        seen = [(v, 1) for (p, _), v in observe.items() if p == person]
        hosted = [(v, 1) for (p, _), v in host.items() if p == person]
        if seen:
            rows.linear(seen, item.visits_per_observer, item.visits_per_observer)
        left = min(item.host_max_per_day, item.host_max_per_term - visited)
        rows.linear(hosted, None, max(0, left))
        price += [(v, 1 + visited) for v, _ in hosted]
    for key, v in observe.items():
        if key in host:
            rows.at_most_one([v, host[key]])
    rows.minimise(price)
    solver = quiet_solver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = 5.0
    if solver.solve(whole_model(rows)) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise SolverCrashed(f"the counts of {r.vars.round.id} leave no names for its visits")
    values = solver.response_proto.solution
    return (
        {key: 1 for key, v in observe.items() if values[v]},
        {key: 1 for key, v in host.items() if values[v]},
    )


def _on_trips(r: ChosenRound) -> dict[tuple[str, str], int]:
    """Give each observer of another site a trip, in order."""
    found: dict[tuple[str, str], int] = {}
    for c, crowd in enumerate(_crowds(r)):
        waiting = iter(crowd.members if crowd.home is not None else ())
        for t, trip in enumerate(crowd.trips):
            for person in islice(waiting, r.trip[c, t]):
                found |= {(person, k): 1 for k in trip.visited}
    return found


def _pair(
    observing: dict[tuple[str, str], int], hosting: dict[tuple[str, str], int]
) -> list[NamedVisit]:
    """Share the observers of a period out over its hosts, as evenly as can be."""
    found = []
    for period in dict.fromkeys(k for _, k in hosting):
        hosts = [p for p, k in hosting if k == period]
        observers = [p for p, k in observing if k == period]
        found += [
            NamedVisit(period, name, tuple(observers[i :: len(hosts)]))
            for i, name in enumerate(hosts)
            if observers[i :: len(hosts)]
        ]
    return found
