"""Presence: what stands, stands whole, and once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from plsched.solver.problem import Problem
from plsched.solver.rows import Rows
from plsched.solver.things import Thing
from plsched.solver.variables import BundleVars, Variables


def add_presence(
    rows: Rows, problem: Problem, variables: Variables, things: Sequence[Thing]
) -> None:
    r"""Each unit in at most one section; rounds and cycles in order; required ones if they must.

    .. math:: \sum_s g_{us} \le 1, \qquad y_{n+1} \le y_n
    """
    numbered = numbered_sections(problem)
    for source, bundles in variables.by_source.items():
        if bundles[0].bundle.fixed:
            continue
        with rows.rule("presence", source):
            for u in range(len(bundles[0].bundle.units)):
                rows.at_most_one(b.chosen[u] for b in bundles)
        if source not in numbered:
            _order_sections(rows, bundles)
    _in_order(rows, variables)
    if problem.directory.scenario.policy.required == "must_stand":
        for thing in things:
            if thing.required:
                with rows.rule("presence", thing.id, wish=True):
                    rows.linear([(v, 1) for v in thing.literals], 1, 1)


def _in_order(rows: Rows, variables: Variables) -> None:
    """No round or cycle without the one before it."""
    for before, after in pairwise(variables.rounds):
        if before.round.item.id == after.round.item.id:
            with rows.rule("presence", after.round.item.id):
                rows.implies(after.present, [before.present])
    for first, second in pairwise(variables.cycles):
        if second.cycle.number == first.cycle.number + 1:
            with rows.rule("presence", second.cycle.item.id):
                rows.implies(second.present, [first.present])


def numbered_sections(problem: Problem) -> frozenset[str]:
    """Courses whose sections may not be renumbered: pins or a baseline name them."""
    if problem.baseline is not None:
        return frozenset(problem.by_source)
    return frozenset(p.item.split("/")[0] for p in problem.directory.scenario.pins)


def _order_sections(rows: Rows, sections: Sequence[BundleVars]) -> None:
    """Order the sections by their first unit, so that equal plans are found once."""
    for j, section in enumerate(sections):
        for u, literal in enumerate(section.chosen):
            if j > u:
                rows.forbid(literal)
            elif j > 0:
                rows.implies(literal, sections[j - 1].chosen[:u])
