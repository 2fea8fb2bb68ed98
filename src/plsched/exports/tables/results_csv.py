"""results.csv: what each pathway cost, reached and achieved, year over year."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from plsched.exports.tables.cells import amount_text, safe_text
from plsched.money import round_half_up
from plsched.plan.year_over_year import PathwayResults, Step, YearOverYear

HEADER = (
    *("pathway", "measure", "better", "ledger", "year", "option", "decision", "cost", "educators"),
    *("outcome", "outcome_low", "outcome_high", "further_cost", "gain", "gain_low", "gain_high"),
    *("icer", "icer_low", "icer_high", "verdict", "dominated_by"),
)


def results_csv(found: YearOverYear) -> str:
    """Write a row for each result, by RFC 4180; amounts are decimal dollars."""
    table = io.StringIO(newline="")
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(HEADER)
    for results in found.pathways:
        for step in results.steps:
            writer.writerow(_cells(results, step))
    return table.getvalue()


def _cells(results: PathwayResults, step: Step) -> Iterator[str]:
    option, result = step.option, step.option.result
    compared = step.verdict not in {"first", "unmeasured"}
    yield from map(safe_text, (results.pathway, results.measure, results.better, results.ledger))
    yield from map(safe_text, (result.year, result.option, result.decision or ""))
    yield from (amount_text(option.cost_cents), str(option.reach))
    yield from map(_units, (result.outcome_milli, result.low_milli, result.high_milli))
    yield amount_text(step.further_cents) if compared else ""
    low, high = step.gain_range_milli or (None, None)
    yield from map(_units, (step.gain_milli if compared else None, low, high))
    least, most = step.icer_range or (None, None)
    yield from map(_ratio, (step.icer, least, most))
    yield from (step.verdict, safe_text("; ".join(step.dominated_by)))


def _units(milli: int | None) -> str:
    return "" if milli is None else f"{Decimal(milli).scaleb(-3):f}"


def _ratio(ratio: Fraction | None) -> str:
    if ratio is None:
        return ""
    return amount_text(round_half_up(ratio.numerator, ratio.denominator))
