"""The chance that a class stays uncovered, and how many subs are missing, exactly."""

from fractions import Fraction
from itertools import product

import pytest

from plsched.exports.report.fill import chance_short, expected_short


def by_counting(size: int, fill_percent: int, needed: int) -> tuple[Fraction, Fraction]:
    """Add up every way in which each sub comes or stays away: the chance, and the number."""
    comes = Fraction(fill_percent, 100)
    total = missing = Fraction(0)
    for outcome in product((True, False), repeat=size):
        if sum(outcome) < needed:
            chance = Fraction(1)
            for came in outcome:
                chance *= comes if came else 1 - comes
            total += chance
            missing += chance * (needed - sum(outcome))
    return total, missing


@pytest.mark.parametrize("size", range(6))
@pytest.mark.parametrize("fill_percent", [0, 1, 50, 75, 80, 100])
def test_it_equals_counting_every_outcome(size: int, fill_percent: int) -> None:
    assert [
        (chance_short(size, fill_percent, n), expected_short(size, fill_percent, n))
        for n in range(8)
    ] == [by_counting(size, fill_percent, n) for n in range(8)]


def test_a_known_value() -> None:
    """Ten subs at 80%: fewer than eight come with chance 0.3222004736."""
    assert chance_short(10, 80, 8) == Fraction(3222004736, 10**10)


def test_nobody_needed_is_never_short_and_more_than_the_pool_always_is() -> None:
    assert [chance_short(4, 80, 0), chance_short(4, 80, 5)] == [Fraction(0), Fraction(1)]


def test_a_large_pool_stays_exact() -> None:
    assert 0 < chance_short(400, 80, 320) < 1


@pytest.mark.parametrize("fill_percent", [-1, 101])
def test_a_fill_that_is_no_percentage_is_refused(fill_percent: int) -> None:
    with pytest.raises(ValueError, match=f"fill_percent {fill_percent} is not within 0 to 100"):
        chance_short(4, fill_percent, 1)
