"""Writes variables and rows out for CP-SAT.

The proto API is an order of magnitude quicker than expression objects.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ortools.sat.python import cp_model

from plsched.solver.rows import Kind, Rows, Term

Written = tuple[Sequence[int], Sequence[int], int, int, int]
"""Variables, coefficients, least, most, kind."""


def write_model(
    domains: Iterable[tuple[int, int]],
    rows: Iterable[Written],
    objective: Sequence[Term],
    hints: Sequence[Term] = (),
) -> cp_model.CpModel:
    """Make a model of domains, rows, what to minimise, and hints."""
    model = cp_model.CpModel()
    proto = model.proto
    for low, high in domains:
        proto.variables.add().domain.extend((low, high))
    constraints = proto.constraints
    for variables, coefficients, least, most, kind in rows:
        made = constraints.add()
        if kind == Kind.LINEAR:
            row = made.linear
            row.vars.extend(variables)
            row.coeffs.extend(coefficients)
            row.domain.extend((least, most))
            continue
        literals = [v if c > 0 else ~v for v, c in zip(variables, coefficients, strict=True)]
        if kind == Kind.AT_MOST_ONE:
            made.at_most_one.literals.extend(literals)
        elif kind == Kind.EXACTLY_ONE:
            made.exactly_one.literals.extend(literals)
        else:
            made.bool_or.literals.extend(literals)
    if objective:
        proto.objective.vars.extend([v for v, _ in objective])
        proto.objective.coeffs.extend([c for _, c in objective])
    if hints:
        proto.solution_hint.vars.extend([v for v, _ in hints])
        proto.solution_hint.values.extend([x for _, x in hints])
    return model


def whole_model(rows: Rows) -> cp_model.CpModel:
    """Write out everything."""
    domains = zip(rows.low, rows.high, strict=True)
    return write_model(domains, _rows(rows), rows.objective)


def _rows(rows: Rows) -> Iterator[Written]:
    for number, kind in enumerate(rows.kinds):
        first, last = rows.starts[number], rows.starts[number + 1]
        yield (
            rows.columns[first:last],
            rows.coefficients[first:last],
            rows.least[number],
            rows.most[number],
            kind,
        )
