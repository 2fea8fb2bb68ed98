"""Who takes part: our ways to solve, and what a user could take instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.large.measures import Run
from benchmarks.large.running import Asked, run_fet, run_own, run_timefold


@dataclass(frozen=True, slots=True)
class Contender:
    """A contender: its title, what runs it in a folder, and which rules it cannot state.

    One that is asked for a ``part`` of the year is not drawn beside those that plan all of it.
    """

    title: str
    run: Callable[[Asked, Path], Run]
    cannot: tuple[str, ...] = ()
    part: bool = False


TIMEFOLD_CANNOT = (
    "comfort (not asked of it)",
    "limits on all together and on groups out at a time",
    "who observes in which period, who visits whom: only dates are chosen, releases are spread evenly",
    "which fund pays what: caps, set-asides, follow-up gates (it keeps to what each set of funds holds)",
    "a day's fee of an expert shared by two sessions; lunch on the way between sites",
    "in how many terms cycles start",
)
FET_CANNOT = (
    "a year: it holds 35 days, so only a window of 35 dates is asked of it",
    "costs, funds, substitutes, bounds, priorities: it seeks any timetable",
    "sections: units are put into sections beforehand",
    "experts to choose from, coaching cycles, observation rounds, series with a pattern",
    "prerequisites and gaps between dates, limits, licence seats, travel between sites",
)

CONTENDERS: Mapping[str, Contender] = {
    "full": Contender("plsched, the full solver", partial(run_own, "full")),
    "construction": Contender("our construction alone", partial(run_own, "construction")),
    "monolith": Contender("one CP-SAT model of everything", partial(run_own, "monolith")),
    "monolith-hinted": Contender(
        "one CP-SAT model, our construction as a hint", partial(run_own, "monolith-hinted")
    ),
    "timefold": Contender("Timefold, cold", partial(run_timefold, False), TIMEFOLD_CANNOT),
    "timefold-warm": Contender(
        "Timefold, from our construction", partial(run_timefold, True), TIMEFOLD_CANNOT
    ),
    "fet": Contender("FET, a window of 35 dates", run_fet, FET_CANNOT, part=True),
}
