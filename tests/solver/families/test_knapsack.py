"""Covers of a limit forbid exactly the sets that pass it."""

from __future__ import annotations

import random
from itertools import product

import numpy as np
import pytest

from plsched.solver.families.experts import least_pay
from plsched.solver.families.knapsack import cover_rows
from plsched.solver.index.build import build_problem
from plsched.solver.matrix import Matrix
from plsched.solver.model import build_model
from plsched.solver.proto import whole_model
from plsched.solver.rows import Rows
from plsched.solver.settings import step_solver
from tests.solver.generated import generated
from tests.solver.solving import sample


@pytest.mark.parametrize("seed", range(60))
def test_covers_say_what_the_limit_says(seed: int) -> None:
    rng = random.Random(seed)
    rows = Rows()
    terms = [(rows.literal(), rng.randint(0, 9)) for _ in range(rng.randint(1, 7))]
    limit = rng.randint(0, 25)
    cover_rows(rows, terms, limit)
    matrix = Matrix(rows)
    for point in product((0, 1), repeat=len(terms)):
        within = sum(c * x for (_, c), x in zip(terms, point, strict=True)) <= limit
        assert within == (len(matrix.broken(matrix.point(np.array(point)))) == 0)


@pytest.mark.parametrize("seed", sample(range(9900, 10_100), 20))
def test_no_plan_pays_an_expert_less_than_the_least(seed: int) -> None:
    model = build_model(build_problem(generated(seed), None))
    rng = random.Random(seed)
    for _ in range(3):
        model.rows.minimise([(v, rng.randint(-9, 9)) for v in range(model.rows.count)])
        solver = step_solver(seed, 1, 0.2)
        solver.solve(whole_model(model.rows))
        values = list(solver.response_proto.solution)
        if not values:
            return
        for expert, terms in model.cash.of_expert.items():
            least = least_pay(model.problem, model.variables, expert)
            assert sum(c * values[v] for v, c in least) <= sum(c * values[v] for v, c in terms)
