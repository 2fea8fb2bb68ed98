"""What was recorded since: the books, how ready things are, what pathways achieved.

No plan depends on it, so a plan stays that of its scenario when rows are added.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from plsched.scenario.models.base import MAX_CENTS, Cents, Count, Id, Model, Name, NameOrNone, Text
from plsched.scenario.models.money import Phase

SignedCents = Annotated[int, Field(ge=-MAX_CENTS, le=MAX_CENTS, strict=True)]
"""Money that may be given back: whole cents, negative for a credit."""

Stage = Literal["encumbered", "spent"]


class Posting(Model):
    """An amount that the books hold against a fund.

    ``object`` is an account code of ``account_codes``, or a cost kind where lines have no code.
    Negative cents take back: a payment is a row ``spent``, and a row ``encumbered`` that takes
    back what was held for it. ``obligation_date`` is the date by which it belongs to the fund's
    window.
    """

    fund: Id
    object: Name
    stage: Stage
    obligation_date: date
    cents: SignedCents
    department: Id | None = None
    reference: NameOrNone = ""
    """What the books call it: a voucher, a purchase order."""


Colour = Literal["red", "yellow", "green"]


class Rating(Model):
    """How ready one element is, by those who work on it, on a date.

    An element is told from others by its name, pathway and phase; its newest rating counts.
    ``due`` is the date by which it has to be green.
    """

    element: Name
    pathway: Id | None = None
    phase: Phase | None = None
    colour: Colour
    rated: date
    owner: Name
    evidence: Text = ""
    due: date | None = None


Milli = Annotated[int, Field(ge=-(10**9), le=10**9, strict=True)]
"""Thousandths of a measure's unit: 61500 is 61.5 percent where the measure is in percent."""

Decision = Literal["try", "scale", "adjust", "stop"]


class Result(Model):
    """What a pathway cost, whom it reached and what came of it, in a year.

    ``option`` tells several of a year apart, such as a pilot and what everybody else had. Without
    ``cost_cents`` or ``reach`` the plan's own count: cents of the ``ledger``, educators reached.
    ``outcome_milli`` is missing until it was measured; ``low_milli`` to ``high_milli`` is its range.
    """

    pathway: Id
    year: Name
    option: NameOrNone = ""
    measure: Name
    better: Literal["higher", "lower"] = "higher"
    ledger: Literal["cash", "economic"] = "economic"
    cost_cents: Cents | None = None
    reach: Count | None = None
    outcome_milli: Milli | None = None
    low_milli: Milli | None = None
    high_milli: Milli | None = None
    decision: Decision | None = None
    """Of a pilot: tried, then scaled, adjusted or stopped."""

    @model_validator(mode="after")
    def _range_holds_the_outcome(self) -> Result:
        low, high = self.low_milli, self.high_milli
        if low is None and high is None:
            return self
        if low is None or high is None or self.outcome_milli is None:
            raise ValueError("a range has an outcome and two ends; give outcome_milli, low, high")
        if not low <= self.outcome_milli <= high:
            raise ValueError(
                f"outcome_milli {self.outcome_milli} is outside its range, {low} to {high}"
            )
        return self


class Records(Model):
    """What was recorded since the plan was asked for."""

    as_of: date | None = None
    """The date on which the records are read."""
    postings: tuple[Posting, ...] = ()
    ratings: tuple[Rating, ...] = ()
    results: tuple[Result, ...] = ()
