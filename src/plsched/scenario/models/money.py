"""Who pays: funds, caps, set-asides, account codes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from plsched.scenario.models.base import (
    Cents,
    DateRange,
    Id,
    Model,
    Name,
    NameOrNone,
    Percent,
    Text,
)

CostKind = Literal[
    "salary",
    "stipend",
    "substitute",
    "expert_fee",
    "expert_travel",
    "materials",
    "facility",
    "licence",
    "conference_fee",
    "travel",
    "contract",
]
"""What a cost line buys. ``salary`` is contract time: it costs no cash."""

CostElement = Literal[
    "teacher_time",
    "training_and_coaching",
    "administration",
    "materials_equipment_facilities",
    "travel_transportation",
    "tuition_conference_fees",
]
"""The six elements of the PL cost framework (Odden, Archibald, Fermanich, Gallagher 2002)."""

Phase = Literal["planning", "delivery", "coaching", "evaluation"]


class Selector(Model):
    """Which cost lines a rule is about; each list that is given must hold the line's value.

    A line without the value (a substitute's line has no source item, say) is not matched by a
    list of that kind.
    """

    kinds: tuple[CostKind, ...] | None = None
    phases: tuple[Phase, ...] | None = None
    pathways: tuple[Id, ...] | None = None
    departments: tuple[Id, ...] | None = None
    sites: tuple[Id, ...] | None = None
    items: tuple[Id, ...] | None = None


class Cap(Selector):
    """Lines that the selector matches take at most this much of the fund."""

    id: Id
    max_cents: Cents | None = None
    max_percent: Percent | None = None
    """Percent of the fund's amount, rounded down to the cent."""

    @model_validator(mode="after")
    def _one_limit(self) -> Cap:
        if (self.max_cents is None) == (self.max_percent is None):
            raise ValueError("give max_cents or max_percent, one of the two")
        return self


class SetAside(Selector):
    """Part of a fund that is kept for lines that the selector matches."""

    id: Id
    cents: Cents


class Fund(Selector):
    """Money with conditions: the selector's lists say what it may pay.

    ``first`` to ``last`` is the window in which obligations must fall. A lower ``priority`` is
    spent first where several funds could pay. ``requires_follow_up``: a course of one session is
    paid only where one of its ``follow_up`` items stands for its participants.
    """

    id: Id
    name: Name
    amount_cents: Cents
    obligations: DateRange
    priority: Annotated[int, Field(ge=0, le=1000)] = 10
    requires_follow_up: bool = False
    caps: tuple[Cap, ...] = ()
    set_asides: tuple[SetAside, ...] = ()
    source: Text = ""
    """Where its rules are written down."""


class AccountCode(Selector):
    """The account code of the cost lines that match; the first row that matches counts."""

    code: Name
    function: NameOrNone = ""
    object: NameOrNone = ""
