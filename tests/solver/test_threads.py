"""What two threads find at once is not lost."""

from __future__ import annotations

from functools import cache

import pytest

from plsched.generate import generate
from plsched.solver.clock import Clock
from plsched.solver.incumbent import Incumbent
from plsched.solver.index.build import build_problem
from plsched.solver.matrix import Matrix
from plsched.solver.model import Model, build_model
from plsched.solver.settings import step_solver
from plsched.solver.step import Steps

REQUIRED, REACH = 0, 1
INSTITUTE, NETWORK = "reading-institute-1", "network-1"


@cache
def model() -> Model:
    return build_model(build_problem(generate(60, 0), None))


def placed() -> Steps:
    """Place what is required."""
    matrix = Matrix(model().rows)
    incumbent = Incumbent(matrix, model().tiers)
    steps = Steps(model(), matrix, incumbent, lambda _: None, Clock())
    for name, part in steps.parts.items():
        if part.size and part.item.required:
            freed = steps.free(frozenset({name}), REQUIRED, frozenset({name}))
            steps.solve(*freed, REQUIRED, step_solver(0, 1, 1.0))
    assert incumbent.whole
    return steps


def at_once(steps: Steps, *names: str) -> None:
    """Solve steps of which none knows what the others found."""
    freed = [steps.free(frozenset({n}), REACH, frozenset({n})) for n in names]
    for piece, rows in freed:
        steps.solve(piece, rows, REACH, step_solver(0, 1, 1.0))


def alone(name: str) -> int:
    steps = placed()
    at_once(steps, name)
    return steps.incumbent.reached[REACH]


def test_what_fits_beside_the_other_is_taken_too() -> None:
    """Both spend money, and each step knows of its own alone."""
    steps = placed()
    at_once(steps, INSTITUTE, NETWORK)
    assert alone(INSTITUTE) > 0
    assert alone(NETWORK) > 0
    assert steps.incumbent.reached[REACH] == alone(INSTITUTE) + alone(NETWORK)
    assert steps.incumbent.whole


def test_without_joining_one_of_them_would_be_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Steps, "_join", lambda *_: False)
    steps = placed()
    at_once(steps, INSTITUTE, NETWORK)
    assert steps.incumbent.reached[REACH] == max(alone(INSTITUTE), alone(NETWORK))
