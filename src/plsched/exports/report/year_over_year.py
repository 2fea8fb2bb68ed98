"""Year over year: what each pathway cost, reached and achieved, and what more of it bought."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from plsched.exports.report.wording import listed, number
from plsched.money import dollars, round_half_up
from plsched.plan.facts import Facts
from plsched.plan.year_over_year import MILLI, PathwayResults, Step, year_over_year


@dataclass(frozen=True, slots=True)
class YearRow:
    """A result, and what came of it against the one before."""

    name: str
    cost: str
    reach: str
    outcome: str
    further: str
    gain: str
    ratio: str
    verdict: str


@dataclass(frozen=True, slots=True)
class YearTable:
    """The results of a pathway by one measure."""

    pathway: str
    measure: str
    ledger: str
    better: str
    rows: tuple[YearRow, ...]


@dataclass(frozen=True, slots=True)
class Years:
    """All results for people."""

    tables: tuple[YearTable, ...]
    told: tuple[str, ...]


def years(facts: Facts) -> Years | None:
    """Read results year over year; ``None`` where none were recorded."""
    found = year_over_year(facts)
    if found is None:
        return None
    return Years(tuple(_table(facts, results) for results in found.pathways), found.told)


def milli(value: int) -> str:
    """Write thousandths as a decimal: ``61.5``, ``-0.25``."""
    whole, rest = divmod(abs(value), MILLI)
    digits = f".{rest:03d}".rstrip("0").rstrip(".")
    return f"{'-' if value < 0 else ''}{whole:,}{digits}"


def ratio_words(ratio: Fraction) -> str:
    """Write cents for a unit, rounded half up to the cent."""
    return dollars(round_half_up(ratio.numerator, ratio.denominator))


def verdict_words(step: Step) -> str:
    """Say what the step is worth; what is dominated says by what."""
    before = {
        "first": "",
        "unmeasured": "not measured yet"
        if step.option.result.outcome_milli is None
        else "the one before was not measured",
        "dearer_and_better": "dearer and better",
        "cheaper_and_worse": "cheaper and worse",
        "dominates": "costs no more, achieves no less",
        "dominated": "costs no less, achieves no more",
        "same": "no difference",
    }[step.verdict]
    if not step.dominated_by:
        return before
    beaten = f"dominated by {listed(step.dominated_by)}"
    return f"{before}; {beaten}" if before else beaten


def _table(facts: Facts, results: PathwayResults) -> YearTable:
    return YearTable(
        pathway=facts.directory.pathways[results.pathway].name,
        measure=results.measure,
        ledger=results.ledger,
        better=results.better,
        rows=tuple(_row(step) for step in results.steps),
    )


def _row(step: Step) -> YearRow:
    option, result = step.option, step.option.result
    compared = step.verdict not in {"first", "unmeasured"}
    decision = f" ({result.decision})" if result.decision else ""
    return YearRow(
        name=f"{option.name}{decision}",
        cost=dollars(option.cost_cents) + (" planned" if option.of_plan else ""),
        reach=number(option.reach),
        outcome=_ranged(result.outcome_milli, _span(result.low_milli, result.high_milli)),
        further=dollars(step.further_cents) if compared else "",
        gain=_ranged(step.gain_milli if compared else None, step.gain_range_milli),
        ratio=_ratio(step),
        verdict=verdict_words(step),
    )


def _span(low: int | None, high: int | None) -> tuple[int, int] | None:
    return None if low is None or high is None else (low, high)


def _ranged(value: int | None, span: tuple[int, int] | None) -> str:
    if value is None:
        return ""
    return milli(value) + (f" ({milli(span[0])} to {milli(span[1])})" if span else "")


def _ratio(step: Step) -> str:
    if step.icer is None:
        return ""
    words = ratio_words(step.icer)
    if step.icer_range is not None:
        low, high = step.icer_range
        return f"{words} ({ratio_words(low)} to {ratio_words(high)})"
    if step.gain_range_milli is not None:
        return f"{words} (no range: there may be no difference)"
    return words
