"""The year as a timeline: each thing in its pathway, month by month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from plsched.exports.report.reading import dates_of, kind_words
from plsched.exports.report.wording import listed, plural
from plsched.exports.report.year import Month, months_between
from plsched.plan.facts import Facts
from plsched.plan.models import Plan
from plsched.plan.standing import Stand
from plsched.scenario.models.coaching import Coaching
from plsched.timegrid import month_key


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of the year with a name: a term, or dates on which something is blacked out."""

    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Cycles:
    """Coaching cycles that run over the same weeks."""

    first: date
    last: date
    count: int


@dataclass(frozen=True, slots=True)
class Row:
    """Something that was asked for, and when it takes place."""

    title: str
    kind: str
    required: bool
    people: int
    dates: tuple[date, ...]
    cycles: tuple[Cycles, ...]
    by_month: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PathwayYear:
    """The year of a pathway."""

    id: str
    name: str
    rows: tuple[Row, ...]
    by_month: tuple[int, ...]

    @property
    def total(self) -> int:
        """Number of dates in the year."""
        return sum(self.by_month)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The year."""

    finding: str
    first: date
    last: date
    months: tuple[Month, ...]
    terms: tuple[Band, ...]
    blackouts: tuple[Band, ...]
    pathways: tuple[PathwayYear, ...]
    by_month: tuple[int, ...]


def timeline(facts: Facts) -> Timeline:
    """Lay out what stands over the year."""
    calendar = facts.scenario.calendar
    months = months_between(calendar.first, calendar.last)
    pathways = []
    for pathway in facts.scenario.pathways:
        rows = tuple(_rows(facts, pathway.id, months))
        if rows:
            totals = _added(row.by_month for row in rows)
            pathways.append(PathwayYear(pathway.id, pathway.name, rows, totals))
    by_month = _added(p.by_month for p in pathways) or tuple(0 for _ in months)
    return Timeline(
        finding=_finding(months, by_month, facts.plan),
        first=calendar.first,
        last=calendar.last,
        months=months,
        terms=tuple(Band(t.name, t.first, t.last) for t in calendar.terms),
        blackouts=tuple(Band(b.reason or b.id, b.first, b.last) for b in calendar.blackouts),
        pathways=tuple(pathways),
        by_month=by_month,
    )


def _rows(facts: Facts, pathway: str, months: tuple[Month, ...]) -> list[Row]:
    rows = []
    for stands in facts.by_source.values():
        source = stands[0].source
        if source.pathway != pathway:
            continue
        dates = dates_of(stands)
        counts = Counter(month_key(d) for d in dates)
        rows.append(
            Row(
                title=source.title,
                kind=kind_words(stands[0]),
                required=source.required,
                people=len({person for stand in stands for person in stand.item.educators}),
                dates=dates,
                cycles=_cycles(stands),
                by_month=tuple(counts[m.year, m.month] for m in months),
            )
        )
    return sorted(rows, key=lambda r: (r.dates[0], r.title))


def _cycles(stands: Iterable[Stand]) -> tuple[Cycles, ...]:
    spans = Counter(
        (stand.first_day, stand.last_day) for stand in stands if isinstance(stand.source, Coaching)
    )
    return tuple(Cycles(first, last, n) for (first, last), n in sorted(spans.items()))


def _added(rows: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(sum(column) for column in zip(*rows, strict=True))


def _finding(months: tuple[Month, ...], by_month: tuple[int, ...], plan: Plan) -> str:
    if not any(by_month):
        return "No date is planned."
    kinds: Counter[str] = Counter(item.kind for item in plan.items)
    most = max(range(len(months)), key=lambda m: by_month[m])
    parts = [
        plural(kinds[kind], one, many)
        for kind, one, many in (
            ("session", "session or series", "sessions and series"),
            ("task", "task", None),
            ("observation", "observation day", None),
            ("cycle", "coaching cycle", None),
        )
        if kinds[kind]
    ]
    return (
        f"The year holds {listed(parts)}; the fullest month is {months[most].label} "
        f"{months[most].year} with {plural(by_month[most], 'date')} of {sum(by_month):,}."
    )
