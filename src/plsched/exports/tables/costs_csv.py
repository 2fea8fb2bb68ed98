"""costs.csv: every cost line, by RFC 4180."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from plsched.exports.tables.cells import amount_text, safe_text
from plsched.exports.tables.lines import HEADER, lines, texts
from plsched.plan.models import Plan
from plsched.scenario.models import Scenario


def costs_csv(scenario: Scenario, plan: Plan) -> str:
    """Write every cost line as a row; a line that several funds pay is a row for each.

    Amounts are decimal dollars, exact to the cent.
    """
    table = io.StringIO(newline="")
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(HEADER)
    for line in lines(scenario, plan):
        cost = line.cost
        writer.writerow(
            (
                *map(safe_text, texts(line)),
                cost.quantity,
                safe_text(cost.unit),
                amount_text(cost.cash_cents),
                amount_text(cost.economic_cents),
            )
        )
    return table.getvalue()


def write_costs_csv(path: Path, scenario: Scenario, plan: Plan) -> None:
    """Write costs.csv, in UTF-8."""
    path.write_bytes(costs_csv(scenario, plan).encode())
