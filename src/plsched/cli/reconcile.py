"""``plsched reconcile``: the plan against the books."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plsched.cli.check import AsJson, ScenarioPath
from plsched.cli.verify import PlanPath

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

    from plsched.plan.reconciliation import Amounts, Reconciliation

STAGES = ("requested", "approved", "encumbered", "spent", "remaining")


def reconcile(scenario: ScenarioPath, plan: PlanPath, as_json: AsJson = False) -> None:
    """Set what a plan pays against the postings in the scenario's records.

    By fund and object, by fund, and by department; what is overdrawn or outside a fund's dates is
    told. The plan stays the scenario's when records are added. Exit: 0 reconciled; 2 bad input.
    """
    from plsched.cli.console import results
    from plsched.cli.inputs import read_plan_of, read_scenario
    from plsched.plan.facts import Facts
    from plsched.plan.reconciliation import reconcile as reconciled
    from plsched.scenario.directory import Directory

    asked, _ = read_scenario(scenario, as_json=as_json)
    found = reconciled(Facts(Directory(asked), read_plan_of(asked, plan)))
    if as_json:
        print(found.model_dump_json(indent=2))
    else:
        _show(results(), found)


def _show(console: Console, found: Reconciliation) -> None:
    from rich.text import Text

    from plsched.money import dollars

    as_of = "" if found.as_of is None else f", as of {found.as_of}"
    table = _table(f"By fund and object{as_of}", *STAGES)
    for fund in found.funds:
        table.add_row(Text(fund.fund or "left out", "bold"), *_cells(fund.amounts))
        for row in found.objects:
            if row.fund == fund.fund:
                table.add_row(Text(f"  {row.object}"), *_cells(row.amounts))
    table.add_section()
    table.add_row("all", *_cells(found.total))
    console.print(table)
    table = _table("What each fund still has", "amount", "booked", "available")
    for fund in found.funds:
        if fund.amount_cents is not None and fund.available_cents is not None:
            booked = fund.amounts.encumbered_cents + fund.amounts.spent_cents
            cents = (fund.amount_cents, booked, fund.available_cents)
            table.add_row(Text(fund.fund or ""), *map(dollars, cents))
    console.print(table)
    table = _table("By department", *STAGES)
    for asking in found.departments:
        table.add_row(Text(asking.department or "none"), *_cells(asking.amounts))
    table.add_section()
    table.add_row("all", *_cells(found.total))
    console.print(table)
    if found.total.encumbered_cents == found.total.spent_cents == 0:
        console.print("no posting: the books stand in 'records' of the scenario", soft_wrap=True)
    for told in found.told:
        console.print(f"to look at: {told.fund}: {told.message}", markup=False, soft_wrap=True)


def _table(title: str, *amounts: str) -> Table:
    """Make a table of a name and amounts; narrow terminals fold the name, never an amount."""
    from rich import box
    from rich.table import Table

    table = Table(
        title=title,
        title_justify="left",
        box=box.SIMPLE_HEAD,
        show_edge=False,
        padding=(0, 0, 0, 1),
    )
    table.add_column("", overflow="fold")
    for name in amounts:
        table.add_column(name, justify="right", no_wrap=True)
    return table


def _cells(amounts: Amounts) -> tuple[str, ...]:
    from plsched.money import dollars

    return tuple(
        dollars(cents)
        for cents in (
            amounts.requested_cents,
            amounts.approved_cents,
            amounts.encumbered_cents,
            amounts.spent_cents,
            amounts.remaining_cents,
        )
    )
