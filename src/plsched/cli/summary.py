"""What a solve gave, at a glance."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from plsched.cli.wording import in_units, percent
from plsched.money import dollars
from plsched.plan.models import Plan
from plsched.plan.summary import Sums, summarize
from plsched.scenario.models import Scenario

SHOWN_LEFT_OUT = 10


def as_data(plan: Plan, paths: Mapping[str, Path]) -> dict[str, Any]:
    """Give the outcome for machines."""
    return {
        "status": plan.status,
        "scenario": plan.scenario,
        "scenario_hash": plan.scenario_hash,
        "wall_time_s": plan.wall_time_s,
        "tiers": [tier.model_dump(mode="json") for tier in plan.tiers],
        "left_out": len(plan.left_out),
        "conflicts": [conflict.model_dump(mode="json") for conflict in plan.conflicts],
        "notes": list(plan.notes),
        "paths": {name: str(path) for name, path in paths.items()},
    }


def show(console: Console, scenario: Scenario, plan: Plan, paths: Mapping[str, Path]) -> None:
    """Show the outcome: tiers, cost by fund, what is left out, where the files are."""
    verdict = f"{scenario.name}: {_verdict(plan)} ({plan.wall_time_s:.1f} s)"
    console.print(verdict, markup=False, soft_wrap=True)
    for note in plan.notes:
        console.print(note, markup=False)
    if plan.tiers:
        console.print(_tiers(plan), _funds(scenario, plan))
    if plan.left_out:
        console.print(_left_out(scenario, plan))
    if plan.conflicts:
        console.print(_conflicts(plan))
    for name, path in paths.items():
        console.print(f"{name:14}{path}", markup=False, soft_wrap=True)


def _verdict(plan: Plan) -> str:
    return {
        "OPTIMAL": "optimal plan",
        "FEASIBLE": "feasible plan, not proven the best",
        "INFEASIBLE": "no plan can keep all the rules (proven)",
        "NO_PLAN_IN_TIME": "no plan found in time; maybe allow more with --time-limit",
        "CANCELLED": "stopped; the best plan so far" if plan.tiers else "stopped before a plan",
    }[plan.status]


def _tiers(plan: Plan) -> Table:
    table = Table(title="How good it is, most important first", title_justify="left")
    for column in ("tier", "value", "bound", "gap"):
        table.add_column(column, justify="left" if column == "tier" else "right")
    for tier in plan.tiers:
        table.add_row(
            tier.name,
            f"{in_units(tier.name, tier.value)} ({'most' if tier.sense == 'max' else 'least'})",
            in_units(tier.name, tier.bound),
            percent(tier.gap),
        )
    return table


def _funds(scenario: Scenario, plan: Plan) -> Table:
    summary = summarize(plan)
    table = Table(title="Who pays", title_justify="left")
    table.add_column("fund")
    for column in ("pays", "of", "left"):
        table.add_column(column, justify="right")
    for fund in scenario.funds:
        paid = summary.by["fund"].get(fund.id, Sums()).cash_cents
        amounts = (paid, fund.amount_cents, fund.amount_cents - paid)
        table.add_row(Text(fund.name), *(dollars(cents) for cents in amounts))
    total = summary.total
    table.add_section()
    table.add_row("cash", dollars(total.cash_cents), "", "")
    table.add_row("economic, cash included", dollars(total.economic_cents), "", "")
    return table


def _left_out(scenario: Scenario, plan: Plan) -> Table:
    names = {group.id: group.name for group in scenario.groups}
    worst = sorted(plan.left_out, key=lambda out: (not out.required, -out.reach_lost, out.id))
    title = f"Left out: {len(worst)}"
    if len(worst) > SHOWN_LEFT_OUT:
        title += f"; the {SHOWN_LEFT_OUT} that weigh most (report.html has all)"
    table = Table(title=title, title_justify="left")
    for column in ("item", "", "why"):
        table.add_column(column, overflow="fold")
    for out in worst[:SHOWN_LEFT_OUT]:
        needed = Text("required", "bold red") if out.required else Text("requested")
        # A unit of a large group is named "GROUP#2".
        groups = dict.fromkeys(names.get(g.split("#")[0], g) for g in out.groups)
        title = f"{out.title}, for {', '.join(groups)}" if groups else out.title
        table.add_row(Text(title), needed, Text(out.reason))
    return table


def _conflicts(plan: Plan) -> Table:
    table = Table(title="These cannot hold together", title_justify="left")
    for column in ("rule family", "what", "ids"):
        table.add_column(column, overflow="fold")
    for conflict in plan.conflicts:
        table.add_row(conflict.family, Text(conflict.text), Text(", ".join(conflict.ids)))
    return table
