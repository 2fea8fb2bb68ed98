"""The model: its decisions, one line for each rule family, and the terms of each tier.

One builder serves every use: the whole problem, a problem without some rules (a conflict is looked
for), or one in which only some activities are free and the rest keeps the values of an incumbent.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from plsched.scenario.models.policy import Tier
from plsched.solver.cash import Cash, make_cash
from plsched.solver.comfort import comfort_terms
from plsched.solver.distance import distance_terms
from plsched.solver.families.coaching import add_coaching
from plsched.solver.families.cover import Desk, Hires, add_cover
from plsched.solver.families.experts import add_experts
from plsched.solver.families.facilities import add_facilities
from plsched.solver.families.funds import Flows, add_funds
from plsched.solver.families.licences import add_licences
from plsched.solver.families.limits import add_limits
from plsched.solver.families.loads import Loads
from plsched.solver.families.order import add_order
from plsched.solver.families.people import add_people
from plsched.solver.families.pins import add_pins
from plsched.solver.families.presence import add_presence, numbered_sections
from plsched.solver.families.sections import add_sections
from plsched.solver.families.visits import add_visits
from plsched.solver.problem import Problem
from plsched.solver.rows import Rows, Tag, Term, merge
from plsched.solver.things import Thing, make_things
from plsched.solver.variables import Variables, make_variables


@dataclass(frozen=True, slots=True)
class Objective:
    """A tier: weighted sum plus constant, to be made large or small."""

    name: Tier
    sense: Literal["max", "min"]
    unit: str
    terms: list[Term]
    constant: int = 0
    limit: int | None = None
    """A value that the tier cannot pass, known without a search."""

    def value(self, values: list[int]) -> int:
        """Value of the tier in a solution."""
        return self.constant + sum(c * values[v] for v, c in self.terms)


@dataclass(slots=True)
class Model:
    """A built model with all that is needed to read a solution."""

    rows: Rows
    problem: Problem
    variables: Variables
    things: list[Thing]
    cash: Cash
    desks: dict[Desk, Hires]
    flows: Flows
    tiers: list[Objective]


def build_model(
    problem: Problem,
    without: frozenset[Tag] = frozenset(),
    told: Callable[[str], None] = lambda _: None,
    workers: int = 1,
    *,
    only_bounding: bool = False,
) -> Model:
    """Build the model of a problem, some rules left out; tells what is built next.

    ``only_bounding``: without the rules that a relaxation seldom feels, and without the tiers from
    comfort on. What bounds this bounds the whole model, too.
    """
    rows = Rows(without)
    told("rows of people, rooms and experts")
    variables = make_variables(rows, problem)
    things = make_things(rows, problem, variables)
    cash = make_cash(rows, problem, variables)

    add_presence(rows, problem, variables, things)
    if not only_bounding:
        add_people(rows, problem, variables)
        add_facilities(rows, problem, variables)
        add_licences(rows, problem, variables)
    add_experts(rows, problem, variables, cash)
    if not only_bounding:
        add_order(rows, problem, variables)
    add_sections(rows, variables, numbered_sections(problem))
    add_visits(rows, problem, variables)
    told("rows of substitutes")
    loads = None if only_bounding else Loads(rows, problem, variables)
    desks = add_cover(rows, problem, variables, cash, workers)
    told("rows of coaching, limits and funds")
    add_coaching(rows, problem, variables)
    if loads is not None:
        add_limits(rows, problem, variables, loads)
    flows = add_funds(rows, problem, variables, cash)
    add_pins(rows, problem, variables)

    told("what counts")
    made = Model(rows, problem, variables, things, cash, desks, flows, [])
    names = problem.directory.scenario.policy.tiers
    made.tiers = _tiers(made, loads, _before_comfort(names) if loads is None else names)
    return made


def _before_comfort(names: Sequence[Tier]) -> Sequence[Tier]:
    return names[: names.index("comfort")] if "comfort" in names else names


def _tiers(model: Model, loads: Loads | None, names: Sequence[Tier]) -> list[Objective]:
    """List tiers, in their order; there is no comfort without loads."""
    make: dict[Tier, Callable[[], Objective]] = {
        "required": lambda: _required(model),
        "reach": lambda: _reach(model),
        "distance": lambda: _distance(model),
        "cost": lambda: Objective("cost", "min", "cents", merge(model.cash.total())),
    }
    if loads is not None:
        make["comfort"] = lambda: _comfort(model, loads)
    return [
        make[name]() for name in names if name != "distance" or model.problem.baseline is not None
    ]


def _required(model: Model) -> Objective:
    required = [t for t in model.things if t.required]
    terms = [(v, 1) for t in required for v in t.literals]
    most = sum(1 for t in required if model.rows.possible(t.literals))
    return Objective("required", "max", "things that stand", merge(terms), limit=most)


def _reach(model: Model) -> Objective:
    worth = [list(zip(t.literals, t.reach, strict=True)) for t in model.things]
    most = sum(max((r for v, r in w if model.rows.possible([v])), default=0) for w in worth)
    terms = merge([term for w in worth for term in w])
    return Objective("reach", "max", "weighted educator-minutes", terms, limit=most)


def _comfort(model: Model, loads: Loads) -> Objective:
    terms = comfort_terms(model.rows, model.problem, model.variables, loads)
    return Objective("comfort", "min", "points", terms)


def _distance(model: Model) -> Objective:
    assert model.problem.baseline is not None  # noqa: S101 - the tier is built with a baseline only
    terms, constant = distance_terms(
        model.rows, model.problem, model.variables, model.problem.baseline
    )
    return Objective("distance", "min", "points", merge(terms), constant)
