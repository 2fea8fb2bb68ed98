"""Rows on hires allow exactly the hires to whom the releases can be dealt out."""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import product

import pytest
from ortools.graph.python import max_flow
from ortools.sat.python import cp_model

from plsched.solver.families.hires import Hireable, hire_rows
from plsched.solver.proto import whole_model
from plsched.solver.rows import Rows


@dataclass(frozen=True)
class Desk:
    """Releases of each period, by which of two decisions holds; and what shifts may cover."""

    early: frozenset[str]
    released: dict[str, tuple[int, int]]
    most: tuple[int, ...]
    """Of a full day, a morning, an afternoon, a second kind of morning."""


def drawn(rng: random.Random) -> Desk:
    periods = [f"p{k}" for k in range(rng.choice((2, 6, 8)))]
    releases = [(rng.randint(0, 3), rng.randint(0, 2)) for _ in range(rng.choice((2, 4, 12)))]
    half = len(periods) // 2
    caps = [rng.randint(1, len(periods)), *(rng.randint(0, half) for _ in range(3))]
    return Desk(
        frozenset(periods[:half]),
        {p: rng.choice(releases) for p in periods},
        tuple(caps[: rng.choice((3, 3, 4))]),
    )


def dealt_out(desk: Desk, counts: dict[str, int], hires: tuple[int, ...]) -> bool:
    """Deal the releases out by a maximum flow, a sub at a time."""
    flow = max_flow.SimpleMaxFlow()
    periods = list(counts)
    subs = [shift for shift, n in enumerate(hires) for _ in range(n)]
    flow.add_arc_with_capacity(0, 1, 0)
    for k, period in enumerate(periods):
        flow.add_arc_with_capacity(0, 2 + k, counts[period])
        for s, shift in enumerate(subs):
            if shift == 0 or (shift == 2) != (period in desk.early):
                flow.add_arc_with_capacity(2 + k, 2 + len(periods) + s, 1)
    for s, shift in enumerate(subs):
        flow.add_arc_with_capacity(2 + len(periods) + s, 1, desk.most[shift])
    assert flow.solve(0, 1) == flow.OPTIMAL
    return bool(flow.optimal_flow() == sum(counts.values()))


@pytest.mark.parametrize("seed", range(60))
def test_hires_cover_what_can_be_dealt_out(seed: int) -> None:
    rng = random.Random(seed)
    desk = drawn(rng)
    rows = Rows()
    held = (rows.literal(), rows.literal())
    shifts = [(rows.integer(0, 500), most) for most in desk.most]
    need = {p: list(zip(held, counts, strict=True)) for p, counts in desk.released.items()}
    mornings = (shifts[1], *shifts[3:])
    hire_rows(rows, need, desk.early, Hireable(shifts[0], mornings, (shifts[2],)))
    choices = list(product((0, 1), (0, 1), *(range(4) for _ in shifts)))
    for choice in rng.sample(choices, min(len(choices), 40)):
        model = whole_model(rows)
        for variable, value in zip((*held, *(h for h, _ in shifts)), choice, strict=True):
            fixed = model.proto.constraints.add().linear
            fixed.vars.append(variable)
            fixed.coeffs.append(1)
            fixed.domain.extend((value, value))
        allowed = cp_model.CpSolver().solve(model) != cp_model.INFEASIBLE
        counts = {p: choice[0] * a + choice[1] * b for p, (a, b) in desk.released.items()}
        assert allowed == dealt_out(desk, counts, choice[2:])
