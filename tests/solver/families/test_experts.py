"""Who could share a day is found by looking at ends and starts alone."""

from __future__ import annotations

import random

import pytest

from plsched.solver.families.experts import could_share_a_day
from plsched.solver.problem import DAY, Column, Piece


def drawn(rng: random.Random) -> list[list[Column]]:
    def piece() -> Piece:
        start = rng.randrange(4) * DAY + rng.randrange(0, 600, 100)
        return Piece(start, start + rng.choice([100, 200, 400]))

    return [
        [Column(tuple(piece() for _ in range(rng.randint(1, 2)))) for _ in range(rng.randint(0, 3))]
        for _ in range(rng.randint(0, 5))
    ]


def apart_on_a_day(some: list[Column], others: list[Column]) -> bool:
    return any(
        p.day == q.day and (p.end <= q.start or q.end <= p.start)
        for c in some
        for p in c.pieces
        for other in others
        for q in other.pieces
    )


@pytest.mark.parametrize("seed", range(300))
def test_they_share_a_day_if_some_pieces_of_two_do_not_overlap_there(seed: int) -> None:
    led = drawn(random.Random(seed))
    expected = {
        number
        for number, columns in enumerate(led)
        if any(apart_on_a_day(columns, x) for other, x in enumerate(led) if other != number)
    }
    assert could_share_a_day(led) == expected
