"""What pays: salaries, substitutes, funds with different windows and conditions, and their codes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from plsched.generate import shares
from plsched.generate.demand import Cents
from plsched.generate.schools import Area
from plsched.generate.year import clock
from plsched.money import split
from plsched.scenario.models.base import DateRange
from plsched.scenario.models.money import AccountCode, Cap, CostKind, Fund, SetAside
from plsched.scenario.models.people import Salary, SubPool, Substitutes

# 1,496 h: 187 days of 8 h; 2,080 h: twelve months.
SALARIES = (
    Salary(
        id="teacher-early",
        annual_cents=5_460_000,
        basis_hours=1496,
        fringe_permille=290,
        stipend_cents_per_hour=3000,
    ),
    Salary(
        id="teacher-mid",
        annual_cents=6_918_000,
        basis_hours=1496,
        fringe_permille=290,
        stipend_cents_per_hour=3000,
    ),
    Salary(
        id="teacher-late",
        annual_cents=8_735_000,
        basis_hours=1496,
        fringe_permille=290,
        stipend_cents_per_hour=3000,
    ),
    Salary(
        id="specialist",
        annual_cents=7_420_000,
        basis_hours=1496,
        fringe_permille=290,
        stipend_cents_per_hour=3000,
    ),
    Salary(
        id="coach",
        annual_cents=8_310_000,
        basis_hours=1576,
        fringe_permille=290,
        stipend_cents_per_hour=3500,
    ),
    Salary(id="administrator", annual_cents=12_650_000, basis_hours=2080, fringe_permille=310),
)

_YEAR = DateRange(first=date(2027, 7, 1), last=date(2028, 6, 30))


def substitutes(all_areas: Sequence[Area], subs: Sequence[int]) -> Substitutes:
    """Give a pool for each area, so large that at its expected fill ``subs`` can be counted on."""
    closed = (
        DateRange(first=date(2027, 8, 23), last=date(2027, 9, 3)),
        DateRange(first=date(2028, 5, 15), last=date(2028, 5, 25)),
    )
    return Substitutes(
        day_cents=15_375,
        half_day_cents=7_688,
        afternoon_start=clock("11:50"),
        full_day_from_periods={"middle": 3, "high": 3},
        full_day_from_min={"elementary": 195},
        pools=tuple(
            SubPool(
                id=f"subs-{area.number}",
                sites=tuple(school.id for school in area.schools),
                size=-(-number * 100 // shares.FILL_PERCENT),
                fill_percent=shares.FILL_PERCENT,
                closed=closed,
            )
            for area, number in zip(all_areas, subs, strict=True)
        ),
    )


def funds(asked: Cents, all_areas: Sequence[Area]) -> tuple[Fund, ...]:
    """Divide too little money over funds; the general fund alone can pay all that is required."""
    wished = asked.requested * shares.MONEY_PERCENT // 100
    parts = split(wished, list(shares.FUND_SHARES.values()))
    amounts = dict(zip(shares.FUND_SHARES, parts, strict=True))
    general = asked.required * shares.REQUIRED_MONEY_PERCENT // 100
    high_need = tuple(s.id for area in all_areas for s in area.schools if s.high_need)
    people: tuple[CostKind, ...] = (
        "stipend",
        "substitute",
        "expert_fee",
        "expert_travel",
        "materials",
        "conference_fee",
        "travel",
    )
    first = all_areas[0].largest.id
    return (
        Fund(
            id="title-ii-a",
            name="Title II, Part A",
            amount_cents=amounts["title-ii-a"],
            obligations=_YEAR,
            priority=1,
            requires_follow_up=True,
            kinds=people,
            caps=(
                Cap(
                    id="title-ii-a-conferences", kinds=("conference_fee", "travel"), max_percent=10
                ),
            ),
            source="20 U.S.C. 6613 and 7801(42), to be checked by the district",
        ),
        Fund(
            id="title-i",
            name="Title I, high-need schools",
            amount_cents=amounts["title-i"],
            obligations=_YEAR,
            priority=1,
            kinds=people,
            sites=high_need or (first,),
            source="20 U.S.C. 6314, to be checked by the district",
        ),
        Fund(
            id="title-iv-a",
            name="Title IV, Part A",
            amount_cents=amounts["title-iv-a"],
            obligations=_YEAR,
            priority=2,
            pathways=("belonging", "inclusion", "data", "listening"),
            caps=(Cap(id="title-iv-a-technology", kinds=("licence",), max_percent=15),),
            source="20 U.S.C. 7118, to be checked by the district",
        ),
        Fund(
            id="literacy-grant",
            name="State grant for literacy",
            amount_cents=amounts["literacy-grant"],
            obligations=DateRange(first=date(2027, 9, 1), last=date(2028, 5, 31)),
            priority=2,
            pathways=("literacy", "secondary"),
            source="Grant letter of the synthetic state",
        ),
        Fund(
            id="general",
            name="General fund",
            amount_cents=general,
            obligations=_YEAR,
            priority=5,
            source="Board policy of this synthetic district",
        ),
        Fund(
            id="foundation",
            name="Community foundation grant",
            amount_cents=amounts["foundation"],
            obligations=DateRange(first=date(2027, 6, 1), last=date(2028, 5, 31)),
            priority=4,
            set_asides=(
                SetAside(
                    id="foundation-outside",
                    cents=amounts["foundation"] * 25 // 100,
                    pathways=("outside",),
                ),
            ),
            source="Grant letter of the synthetic foundation",
        ),
        Fund(
            id="closing-year",
            name="Curriculum fund of the closing year",
            amount_cents=amounts["closing-year"],
            obligations=DateRange(first=date(2027, 6, 1), last=date(2027, 6, 30)),
            priority=1,
            kinds=("stipend", "materials", "expert_fee", "contract"),
            pathways=("literacy", "mathematics", "secondary", "standards", "coaching"),
            source="Board policy of this synthetic district; what is not obligated by 30 June is lost",
        ),
    )


_TRAINING = "Instructional staff training"
_CODES: Sequence[tuple[str, str, str, tuple[CostKind, ...]]] = (
    ("2213-113", _TRAINING, "Stipends and salaries of professional staff", ("stipend", "salary")),
    ("2213-312", _TRAINING, "Purchased services, professional education", ("expert_fee",)),
    ("2213-580", _TRAINING, "Travel", ("expert_travel", "travel")),
    ("2213-810", _TRAINING, "Dues and fees", ("conference_fee",)),
    ("2213-123", _TRAINING, "Salaries of temporary substitutes", ("substitute",)),
    ("2213-610", _TRAINING, "General supplies", ("materials",)),
    ("2213-441", _TRAINING, "Rental of buildings", ("facility",)),
    ("2213-650", _TRAINING, "Supplies, technology-related", ("licence",)),
    ("2213-320", _TRAINING, "Professional educational services, contract", ("contract",)),
)
ACCOUNT_CODES = tuple(
    AccountCode(code=code, function=function, object=thing, kinds=kinds)
    for code, function, thing, kinds in _CODES
)
"""Codes by NCES function and object."""
