"""Year over year: what a pathway's further cost bought, exactly and with its range.

The incremental cost-effectiveness ratio (ICER) of a result against the one before it is further
cents / further outcome. It is kept as a fraction: cents of whole units of the measure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from plsched.money import dollars
from plsched.plan.facts import Facts
from plsched.plan.kinds import phase_of
from plsched.plan.summary import Sums, summarize
from plsched.scenario.models.records import Decision, Result

MILLI = 1000

Verdict = Literal[
    "first",
    "unmeasured",
    "dearer_and_better",
    "cheaper_and_worse",
    "dominates",
    "dominated",
    "same",
]


@dataclass(frozen=True, slots=True)
class Option:
    """A result with its cost, and with the educators whom it reached."""

    result: Result
    cost_cents: int
    reach: int
    of_plan: bool

    @property
    def name(self) -> str:
        """Year, and what tells it from others of the year."""
        return f"{self.result.year}, {self.result.option}".removesuffix(", ")


@dataclass(frozen=True, slots=True)
class Step:
    """An option against the one before it.

    ``further_cents`` and ``gain_milli`` are signed; a gain is always for the better. ``icer`` is
    cents for each unit of the measure: of further cost for each gained, or saved for each lost.
    ``icer_range`` is ``None`` where there is no range, and where the range of the gain holds 0.
    ``dominated_by`` names options that cost no more and achieve no less, and are better in one.
    """

    option: Option
    verdict: Verdict
    further_cents: int = 0
    gain_milli: int = 0
    gain_range_milli: tuple[int, int] | None = None
    icer: Fraction | None = None
    icer_range: tuple[Fraction, Fraction] | None = None
    dominated_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PathwayResults:
    """The results of a pathway by one measure, in the order in which they were recorded."""

    pathway: str
    measure: str
    ledger: Literal["cash", "economic"]
    better: Literal["higher", "lower"]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class YearOverYear:
    """All results, and what should be looked at before a pilot goes on."""

    pathways: tuple[PathwayResults, ...]
    told: tuple[str, ...]


def year_over_year(facts: Facts) -> YearOverYear | None:
    """Compare the results of each pathway with those before; ``None`` without any."""
    records = facts.scenario.records
    if records is None or not records.results:
        return None
    sums = summarize(facts.plan).by["pathway"]
    options: dict[tuple[str, str], list[Option]] = {}
    for result in records.results:
        key = (result.pathway, result.measure)
        options.setdefault(key, []).append(_option(facts, result, sums.get(key[0], Sums())))
    order = [pathway.id for pathway in facts.scenario.pathways]
    ordered = sorted(options.items(), key=lambda item: order.index(item[0][0]))
    return YearOverYear(
        pathways=tuple(
            PathwayResults(
                pathway, measure, rows[0].result.ledger, rows[0].result.better, tuple(_steps(rows))
            )
            for (pathway, measure), rows in ordered
        ),
        told=tuple(dict.fromkeys(t for (_, _), rows in ordered for t in _pilots(facts, rows))),
    )


def _option(facts: Facts, result: Result, sums: Sums) -> Option:
    planned = sums.cash_cents if result.ledger == "cash" else sums.economic_cents
    people = {
        educator
        for item in facts.plan.items
        if item.pathway == result.pathway
        for educator in item.educators
    }
    return Option(
        result,
        planned if result.cost_cents is None else result.cost_cents,
        len(people) if result.reach is None else result.reach,
        of_plan=result.cost_cents is None,
    )


def _steps(options: Sequence[Option]) -> Iterator[Step]:
    for at, option in enumerate(options):
        beaten = tuple(o.name for o in options if _dominates(o, option))
        if option.result.outcome_milli is None:
            yield Step(option, "unmeasured")
        elif at == 0 or options[at - 1].result.outcome_milli is None:
            yield Step(option, "first" if at == 0 else "unmeasured", dominated_by=beaten)
        else:
            yield _step(options[at - 1], option, beaten)


def _step(before: Option, now: Option, beaten: tuple[str, ...]) -> Step:
    cents = now.cost_cents - before.cost_cents
    gain, span = _gain(before.result, now.result)
    verdict = _verdict(cents, gain)
    traded = verdict in {"dearer_and_better", "cheaper_and_worse"}
    return Step(
        now,
        verdict,
        further_cents=cents,
        gain_milli=gain,
        gain_range_milli=span,
        icer=_icer(cents, gain) if traded else None,
        icer_range=_icer_range(cents, span) if traded else None,
        dominated_by=beaten,
    )


def _gain(before: Result, now: Result) -> tuple[int, tuple[int, int] | None]:
    """Thousandths for the better, and their range: at the worst, and at the best."""
    a, b = before.outcome_milli or 0, now.outcome_milli or 0
    a_low, a_high = before.low_milli, before.high_milli
    b_low, b_high = now.low_milli, now.high_milli
    least = (a if a_low is None else a_low), (b if b_low is None else b_low)
    most = (a if a_high is None else a_high), (b if b_high is None else b_high)
    rise = (least[1] - most[0], most[1] - least[0])
    ranged = a_low is not None or b_low is not None
    if now.better == "higher":
        return b - a, rise if ranged else None
    return a - b, (-rise[1], -rise[0]) if ranged else None


def _verdict(cents: int, gain: int) -> Verdict:
    if cents == 0 and gain == 0:
        return "same"
    if cents <= 0 <= gain:
        return "dominates"
    if gain <= 0 <= cents:
        return "dominated"
    return "dearer_and_better" if cents > 0 else "cheaper_and_worse"


def _icer(cents: int, gain_milli: int) -> Fraction:
    return Fraction(cents * MILLI, gain_milli)


def _icer_range(cents: int, span: tuple[int, int] | None) -> tuple[Fraction, Fraction] | None:
    """Give the ratio at both ends, the lower first; none where there may be no difference."""
    if span is None or span[0] <= 0 <= span[1]:
        return None
    low, high = sorted(_icer(cents, gain) for gain in span)
    return low, high


def _dominates(other: Option, option: Option) -> bool:
    if other.result.outcome_milli is None or option.result.outcome_milli is None:
        return False
    gain, _ = _gain(option.result, other.result)
    cheaper = option.cost_cents - other.cost_cents
    return cheaper >= 0 and gain >= 0 and (cheaper > 0 or gain > 0)


def _pilots(facts: Facts, options: Sequence[Option]) -> Iterator[str]:
    """Tell pilots that are not funded, not measured, or measured and not decided."""
    last = next((o for o in reversed(options) if o.result.decision is not None), None)
    if last is None:
        return
    pathway = facts.directory.pathways[last.result.pathway]
    decision: Decision | None = last.result.decision
    sums = summarize(facts.plan).by["pathway"].get(pathway.id, Sums())
    if decision == "stop" and sums.economic_cents:
        yield (
            f"{pathway.name}: {last.name} was stopped, and the plan pays "
            f"{dollars(sums.cash_cents)} for it (economic {dollars(sums.economic_cents)})"
        )
    if decision != "try":
        return
    if last.result.outcome_milli is not None:
        yield (
            f"{pathway.name}: {last.name} is measured; say whether it is scaled, adjusted or stopped"
        )
    elif not last.of_plan:
        yield f"{pathway.name}: {last.name} was tried, and nothing was measured"
    else:
        if not sums.economic_cents:
            yield f"{pathway.name}: {last.name} is to be tried, and the plan holds nothing of it"
        mine = (s for s in facts.stands if s.source.pathway == pathway.id)
        if not any(phase_of(stand.source) == "evaluation" for stand in mine):
            yield (
                f"{pathway.name}: {last.name} is to be tried, and nothing in the plan measures it"
            )
