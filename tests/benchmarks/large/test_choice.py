"""Environment variables choose a part of the benchmark; what they misspell is an error."""

import pytest

from benchmarks.large.choice import choice_of
from benchmarks.large.contenders import CONTENDERS
from benchmarks.large.sizes import SEEDS, SIZES
from benchmarks.large.tables import not_run


def test_without_variables_everything_is_run() -> None:
    choice = choice_of({"HOME": "elsewhere"})
    assert [s.name for s in choice.sizes] == list(SIZES)
    assert choice.seeds == SEEDS
    assert choice.contenders == tuple(CONTENDERS)
    assert choice.limit_of(SIZES["S"]) == SIZES["S"].limit_s
    assert not_run(choice) == []


def test_a_part_of_it() -> None:
    choice = choice_of(
        {
            "PLSCHED_LARGE_SIZES": "S,60",
            "PLSCHED_LARGE_SEEDS": "1",
            "PLSCHED_LARGE_CONTENDERS": "full,fet",
            "PLSCHED_LARGE_PROMISES": "none",
            "PLSCHED_LARGE_LIMIT_S": "20",
            "PLSCHED_LARGE_MEMORY_MIB": "500",
        }
    )
    assert [s.educators for s in choice.sizes] == [250, 60]
    assert choice.promises == ()
    assert {choice.limit_of(s) for s in choice.sizes} == {20.0}
    assert {choice.memory_of(s) for s in choice.sizes} == {500.0}
    told = {r.of: r.value for r in not_run(choice)}
    assert told["sizes not run"] == "M, L, XL"
    assert told["seeds not run"] == "0, 2"
    assert (
        told["contenders not run"]
        == "construction, monolith, monolith-hinted, timefold, timefold-warm"
    )


@pytest.mark.parametrize(
    ("variable", "value", "named"),
    [
        ("PLSCHED_LARGE_SIZES", "XXL", "XXL"),
        ("PLSCHED_LARGE_CONTENDERS", "gurobi", "gurobi"),
        ("PLSCHED_LARGE_PROMISES", "moon", "moon"),
        ("PLSCHED_LARGE_SIZE", "S", "PLSCHED_LARGE_SIZE"),
    ],
)
def test_a_wrong_word_is_named(variable: str, value: str, named: str) -> None:
    with pytest.raises(ValueError, match=named):
        choice_of({variable: value})
