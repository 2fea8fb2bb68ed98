"""What was recorded since: the books, how ready things are, what pathways achieved.

No plan depends on it, so a plan stays that of its scenario when rows are added.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from plsched.scenario.models.base import MAX_CENTS, Id, Model, Name, NameOrNone, Text
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


class Records(Model):
    """What was recorded since the plan was asked for."""

    as_of: date | None = None
    """The date on which the records are read."""
    postings: tuple[Posting, ...] = ()
    ratings: tuple[Rating, ...] = ()
