"""The cost lines of the plan by hand: each kind, element and phase, a line split over two funds.

Cents are written out, so that a test can add them up by another way than the exports do.
"""

from __future__ import annotations

from datetime import date

from plsched.plan.models import CostLine

CODES = {
    "substitute": "2213-123",
    "expert_fee": "2213-320",
    "contract": "2213-320",
    "travel": "2213-580",
    "expert_travel": "2213-580",
    "materials": "2213-610",
}
TERMS = (
    ("summer", date(2026, 6, 8), date(2026, 8, 14)),
    ("fall", date(2026, 8, 17), date(2026, 12, 18)),
    ("spring", date(2027, 1, 4), date(2027, 6, 4)),
)


def line(
    kind: str,
    element: str,
    day: date,
    cash: int,
    fund: str | None,
    **more: object,
) -> CostLine:
    """Write one line; ``economic_cents`` is the cash unless it is given."""
    return CostLine.model_validate(
        {
            "kind": kind,
            "element": element,
            "phase": "delivery",
            "quantity": 1,
            "unit": "session",
            "cash_cents": cash,
            "economic_cents": cash,
            "fund": fund,
            "account_code": CODES.get(kind),
            "obligation_date": day,
            "term": next((t for t, first, last in TERMS if first <= day <= last), None),
            "pathway": "num",
            "department": None,
            "site": None,
            **more,
        }
    )


def salary(day: date, cents: int, minutes: int, element: str, **more: object) -> CostLine:
    """Write a line of contract time: no cash."""
    amount = {"quantity": minutes, "unit": "minute", "economic_cents": cents}
    return line("salary", element, day, 0, None, **amount, **more)


def bill(item: str) -> tuple[CostLine, ...]:
    """Give the lines of an item; an item without any gives none."""
    return _BILLS.get(item, ())


def daily_bill(day: date) -> tuple[CostLine, ...]:
    """Give what the expert by the day costs on a date; the contract was signed in July."""
    signed = date(2026, 7, 15)
    where = {"department": "math"}
    return (
        line(
            "expert_fee",
            "training_and_coaching",
            signed,
            150_000,
            "title-ii",
            unit="day",
            **where,
        ),
        line("expert_travel", "travel_transportation", day, 20_000, "general", unit="day", **where),
    )


def hire_bill(
    day: date, site: str, department: str | None, cents: int = 25_787
) -> tuple[CostLine, ...]:
    """Give what a sub costs on a date."""
    where = {"site": site, "department": department, "unit": "hire"}
    return (line("substitute", "teacher_time", day, cents, "title-ii", **where),)


_OAK = {"department": "math", "site": "oak"}
_LIT = {"department": "lit"}
_LEAD = {"pathway": "lead"}
_FIRST, _SECOND = date(2026, 8, 11), date(2026, 11, 3)
_CIRCLE = (date(2026, 9, 30), date(2027, 2, 3), date(2027, 5, 5))
_TRAVEL = date(2027, 2, 10)

_BILLS: dict[str, tuple[CostLine, ...]] = {
    "NUM/s1/1": (
        salary(_FIRST, 29_935, 540, "teacher_time", **_OAK),
        # 7,500 cents, split over two funds to the cent.
        line(
            "materials",
            "materials_equipment_facilities",
            _FIRST,
            5_001,
            "title-ii",
            quantity=3,
            unit="person",
            **_OAK,
        ),
        line(
            "materials",
            "materials_equipment_facilities",
            _FIRST,
            2_499,
            "general",
            quantity=3,
            unit="person",
            **_OAK,
        ),
        line("travel", "travel_transportation", _FIRST, 1_740, "general", unit="trip", **_OAK),
    ),
    "NUM/s1/2": (salary(_SECOND, 29_935, 540, "teacher_time", **_OAK),),
    "SAFE/s1/1": (
        salary(date(2026, 8, 12), 13_304, 240, "teacher_time", **_LEAD),
        salary(date(2026, 8, 12), 5_313, 60, "training_and_coaching", **_LEAD),
        line(
            "licence",
            "materials_equipment_facilities",
            date(2026, 8, 12),
            5_000,
            "general",
            **_LEAD,
        ),
    ),
    **{
        f"LEAD/{k}": (
            line("stipend", "teacher_time", day, 6_000, "general", quantity=90, unit="minute"),
            line("expert_fee", "training_and_coaching", day, 18_000, "general", **_LEAD),
            line("facility", "materials_equipment_facilities", day, 1_050, "general", **_LEAD),
        )
        for k, day in enumerate(_CIRCLE, 1)
    },
    "CONF/1": (
        salary(_TRAVEL, 180_451, 2_880, "teacher_time", **_LIT),
        line("conference_fee", "tuition_conference_fees", _TRAVEL, 90_000, "title-ii", **_LIT),
        line("travel", "travel_transportation", _TRAVEL, 120_000, "title-ii", **_LIT),
    ),
    "WRITE/1": (
        salary(date(2026, 6, 30), 21_250, 240, "administration", phase="planning"),
        line(
            "contract",
            "administration",
            date(2026, 6, 30),
            80_000,
            "general",
            phase="planning",
        ),
    ),
    "EVAL/1": (salary(_SECOND, 4_990, 90, "teacher_time", phase="evaluation", **_OAK),),
    "CC/oak-team/1": (
        salary(date(2026, 10, 13), 37_419, 675, "teacher_time", phase="coaching", **_OAK),
        salary(date(2026, 10, 13), 43_828, 495, "training_and_coaching", phase="coaching", **_OAK),
    ),
}
