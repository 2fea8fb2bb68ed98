"""The sheets of single things: cost lines, subs, what is left out."""

from __future__ import annotations

from plsched.exports.tables.cells import amount
from plsched.exports.tables.lines import HEADER, lines, texts
from plsched.exports.tables.sheet import Sheet
from plsched.families import TITLES
from plsched.plan.models import Plan, Substitute
from plsched.scenario.models import Scenario

LINE_WIDTHS = (22, 36, 17, 32, 12, 12, 11, 14, 12, 16, 16, 14, 11, 11, 13, 13)
_DATE = HEADER.index("obligation_date")
SUB_WIDTHS = (24, 11, 13, 18, 18, 12, 20, 54, 13)
LEFT_OUT_WIDTHS = (26, 30, 11, 22, 13, 40, 54)


def write_lines(sheet: Sheet, scenario: Scenario, plan: Plan) -> None:
    """Write every cost line, as in costs.csv."""
    names = [name.replace("_", " ").capitalize() for name in HEADER]
    sheet.header(names, numbers=(12, 14, 15))
    sheet.freeze()
    known = list(lines(scenario, plan))
    span = sheet.rows(
        (
            *texts(line)[:_DATE],
            line.cost.obligation_date,
            *texts(line)[_DATE + 1 :],
            line.cost.quantity,
            line.cost.unit,
            amount(line.cost.cash_cents),
            amount(line.cost.economic_cents),
        )
        for line in known
    )
    sheet.filter(span, len(HEADER))
    cash = amount(sum(line.cost.cash_cents for line in known))
    economic = amount(sum(line.cost.economic_cents for line in known))
    sheet.total(span, ("Total", *[None] * 13, cash, economic))


def write_substitutes(sheet: Sheet, scenario: Scenario, plan: Plan) -> None:
    """Write every hire: where, when, whom it covers, what it costs."""
    header = ("Substitute", "Pool", "Date", "Site", "Second site", "Shift", "Account", "Covers")
    sheet.header((*header, "Cash"), numbers=(8,))
    sheet.freeze()
    sites = {site.id: site.name for site in scenario.sites}
    names = {educator.id: educator.name for educator in scenario.educators}
    span = sheet.rows(
        (
            sub.id,
            sub.pool,
            sub.date,
            sites[sub.site],
            None if sub.second_site is None else sites[sub.second_site],
            sub.shift,
            sub.account,
            "; ".join(f"{names[c.educator]} {c.period} ({c.item})" for c in sub.covers),
            amount(_paid(sub)),
        )
        for sub in plan.substitutes
    )
    sheet.filter(span, 9)
    total = sum(_paid(sub) for sub in plan.substitutes)
    sheet.total(span, ("Total", *[None] * 7, amount(total)))


def write_left_out(sheet: Sheet, plan: Plan) -> None:
    """Write what was asked for and does not stand, and why."""
    header = ("Left out", "Title", "Required", "Groups", "Reach lost", "Rule families", "Reason")
    sheet.header(header, numbers=(4,))
    sheet.freeze()
    span = sheet.rows(
        (
            left.id,
            left.title,
            "yes" if left.required else "no",
            ", ".join(left.groups),
            left.reach_lost,
            "; ".join(TITLES[family] for family in left.families),
            left.reason,
        )
        for left in plan.left_out
    )
    sheet.filter(span, 7)


def _paid(sub: Substitute) -> int:
    return sum(cost.cash_cents for cost in sub.cost_lines)
