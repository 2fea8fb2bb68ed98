"""Bounds a tier by whole numbers: of what is alike, how many stand, not which.

A linear relaxation holds things in part, and fills what is scarce to the brim with halves. Over what
is alike (`quotient.py`) every plan is a whole number for each class, so the best whole numbers bound
all plans, and there are few of them: which of a hundred sections stands on which of fifty days is
the same to them. HiGHS cuts and branches.

It calculates in floating point numbers. What it proves is widened, and is never exact enough to call
a plan the best there is.
"""

from __future__ import annotations

import math
from threading import Event, Thread

import highspy
import numpy as np
from highspy.highs import HighsCallbackEvent

from plsched.solver.bounds import Fractions
from plsched.solver.linear import or_open
from plsched.solver.matrix import Numbers
from plsched.solver.quotient import Quotient
from plsched.solver.rows import NO_LEAST, NO_MOST


class Counting:
    """Looks for whole numbers in a thread of its own, until it is stopped.

    Parameters
    ----------
    merged
        A relaxation over what is alike; its limits are read now.

    Attributes
    ----------
    bound
        What is minimised is at least that; nothing before anything is known.
    values
        Of each variable, its share of the best whole numbers so far.
    """

    def __init__(self, merged: Quotient) -> None:
        self._merged = merged
        self._members: Numbers = np.bincount(merged.class_of, minlength=merged.count)
        self._highs = _Quiet()  # type: ignore[no-untyped-call]
        self._highs.setOptionValue("threads", 1)
        self._highs.setOptionValue("time_limit", _LONGEST_S)
        self._highs.passModel(_model(merged, self._members))
        self._highs.cbMipInterrupt += self._look
        self._highs.cbMipImprovingSolution += self._better
        self._over = Event()
        self._stopped = False
        self.bound: int | None = None
        self.values: Fractions | None = None
        self._thread = Thread(target=self._run)
        self._thread.start()

    @property
    def ended(self) -> bool:
        """Whether nothing more will be known."""
        return self._stopped or self._over.is_set()

    def wait(self, seconds: float) -> None:
        """Wait until it has ended, but no longer than that."""
        self._over.wait(seconds)

    def stop(self) -> None:
        """End soon."""
        self._stopped = True

    def _run(self) -> None:
        try:
            self._highs.run()
            self._take(self._highs.getInfo().mip_dual_bound)
        finally:
            self._over.set()

    def _look(self, event: HighsCallbackEvent) -> None:
        self._take(event.data_out.mip_dual_bound)
        if self._stopped:
            event.interrupt()

    def _take(self, bound: float) -> None:
        if abs(bound) < highspy.kHighsInf:
            self.bound = math.floor(bound - max(1.0, _WIDER * abs(bound)))

    def _better(self, event: HighsCallbackEvent) -> None:
        found: Fractions = np.array(event.data_out.mip_solution, dtype=np.float64)
        self.values = self._merged.spread(found / self._members)


class _Quiet(highspy.Highs):
    """Says nothing; another one greets as soon as it is made."""

    def enableCallbacks(self) -> None:  # noqa: N802 - so it is named there
        """Turn the output off before anything is said."""
        self.silent()
        super().enableCallbacks()  # type: ignore[no-untyped-call]


def _model(merged: Quotient, members: Numbers) -> highspy.HighsLp:
    """Add up the rows of each class, over how many of each class of variables hold.

    Every variable of a class stands in as many rows of a class of rows, with the same coefficients,
    so the sums are whole. What counts cents need not be.
    """
    made = highspy.HighsLp()
    made.num_col_, made.num_row_ = merged.count, merged.size
    made.col_cost_ = (merged.minimise // members).astype(float)
    made.col_lower_ = (merged.low * members).astype(float)
    made.col_upper_ = (merged.high * members).astype(float)
    made.row_lower_ = _sums(merged, merged.least, -highspy.kHighsInf)
    made.row_upper_ = _sums(merged, merged.most, highspy.kHighsInf)
    made.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    made.a_matrix_.start_ = np.searchsorted(merged.row_of, np.arange(merged.size + 1))
    made.a_matrix_.index_ = merged.columns
    made.a_matrix_.value_ = summed(merged, members).astype(float)
    made.integrality_ = [
        highspy.HighsVarType.kContinuous if most > _MANY else highspy.HighsVarType.kInteger
        for most in (merged.high * members).tolist()
    ]
    return made


def summed(merged: Quotient, members: Numbers) -> Numbers:
    """Give the coefficients of the sums of all rows of a class, for each entry."""
    coefficients: Numbers = merged.coefficients * merged.rows_in[merged.row_of]
    return coefficients // members[merged.columns]


def _sums(merged: Quotient, limits: Numbers, infinity: float) -> Fractions:
    """Limits of the sums of all rows of a class, endless where there is none."""
    none = NO_LEAST if infinity < 0 else NO_MOST
    found: Fractions = or_open(limits, none, infinity) * merged.rows_in
    return found


_WIDER = 1e-6
"""Share of a bound by which it is widened: the tolerance within which HiGHS keeps rows."""
_LONGEST_S = 3600.0
"""Seconds after which it ends should nobody stop it."""
_MANY = 20_000
"""Most that is counted one by one; money flows in cents, of which nobody asks for whole ones."""
