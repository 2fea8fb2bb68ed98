"""Districts as large as those of the United States: many small ones, few large ones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# Districts with at least so many students, 2021-22: NCES, Digest of Education Statistics 2022, table
# 214.20. The largest three, 10th and 26th are rounded from the same digest, table 215.30.
RANKS = (1, 2, 3, 10, 26, 266, 876, 1_872, 3_726, 6_911, 8_721, 10_643, 13_201)
STUDENTS = (
    *(860_000, 430_000, 330_000, 190_000, 100_000),
    *(25_000, 10_000, 5_000, 2_500, 1_000, 600, 300, 30),
)
DISTRICTS = RANKS[-1]
NATION = 1_000
SUBSCRIBERS = 3_000_000


@dataclass(frozen=True, slots=True)
class Scale:
    """Some districts, each with its educators; every educator subscribes to a feed."""

    name: str
    educators: NDArray[np.float64]

    @property
    def districts(self) -> int:
        return len(self.educators)

    @property
    def subscribers(self) -> int:
        return int(self.educators.sum())


def students(rank: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the students of the district of a rank; between the ranks known, a power of the rank."""
    return np.asarray(np.exp(np.interp(np.log(rank), np.log(RANKS), np.log(STUDENTS))))


def scales() -> tuple[Scale, Scale, Scale]:
    """Give a district, a state and a nation.

    The nation is the 1,000 largest districts, with three million subscribers between them. The
    state is 200 districts of every size, drawn evenly from all 13,201. The district is the nation's
    middle one.
    """
    nation = students(np.arange(1, NATION + 1, dtype=float))
    each = SUBSCRIBERS / nation.sum()
    ranks = (np.arange(200) + 0.5) * DISTRICTS / 200
    return (
        Scale("district", np.round(np.array([np.median(nation)]) * each)),
        Scale("state", np.maximum(1, np.round(students(ranks) * each))),
        Scale("nation", np.round(nation * each)),
    )
