"""Contract rules: so many minutes, meetings or days out, in a day, week, month, term or year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from plsched.plan.facts import Facts, Released
from plsched.plan.load import is_counted, is_mandatory, scenario_kind
from plsched.plan.verify.violation import Violation, names
from plsched.scenario.directory import matches
from plsched.scenario.models.policy import Limit
from plsched.timegrid import month_key, week_start


def check_limits(facts: Facts) -> Iterator[Violation]:
    """Check every limit for every educator whom it is about."""
    for limit in facts.scenario.limits:
        if limit.unit == "groups_out":
            yield from _groups_out(facts, limit)
            continue
        for (who, window), total in limit_sums(facts, limit).items():
            if total > limit.at_most:
                whom = who or "all together"
                unit = limit.unit.replace("_", " ")
                text = f"{total} {unit} for {whom} in {window}; {limit.id} allows {limit.at_most}"
                yield Violation("limits", (limit.id, *([who] if who else [])), text)


def limit_sums(facts: Facts, limit: Limit) -> Mapping[tuple[str, str], int]:
    """Add up what a limit counts, for each educator (or ``""``, all together) and window."""
    sums: dict[tuple[str, str], int] = defaultdict(int)
    about = _about(facts, limit)
    named: dict[date, str | None] = {}
    for (educator, day), amount in _amounts(facts, limit):
        if educator not in about:
            continue
        if day not in named:
            named[day] = _window(facts, limit, day)
        window = named[day]
        if window is not None:
            sums[educator if limit.per == "person" else "", window] += amount
    return sums


def _about(facts: Facts, limit: Limit) -> frozenset[str]:
    grouped: set[str] | None = None
    if limit.groups is not None:
        grouped = {e for g in limit.groups for e in facts.ground.audience.group(g)}
    return frozenset(
        educator.id
        for educator in facts.scenario.educators
        if matches(limit.who, educator)
        and (grouped is None or educator.id in grouped)
        and (limit.educators is None or educator.id in limit.educators)
    )


def _amounts(facts: Facts, limit: Limit) -> Iterator[tuple[tuple[str, date], int]]:
    if limit.unit == "days_out":
        for key in {(r.educator, r.day) for r in _counted(limit, facts.releases)}:
            yield key, 1
        return
    for key, taken in facts.load.counted(limit).items():
        yield key, taken.minutes if limit.unit == "minutes" else taken.meetings


def _counted(limit: Limit, releases: Iterable[Released]) -> Iterator[Released]:
    counted: dict[str, bool] = {}
    for release in releases:
        source = release.stand.source
        if source.id not in counted:
            counted[source.id] = is_counted(limit, scenario_kind(source), is_mandatory(source))
        if counted[source.id]:
            yield release


def _window(facts: Facts, limit: Limit, day: date) -> str | None:
    """Name the window that a date is in; a date of no term is in no window of that kind."""
    match limit.window:
        case "day":
            return str(day)
        case "week":
            return f"the week of {week_start(day)}"
        case "month":
            year, month = month_key(day)
            return f"{year}-{month:02d}"
        case "term":
            term = facts.directory.term(day)
            return None if term is None else term.id
        case "year":
            return "the year"


def _groups_out(facts: Facts, limit: Limit) -> Iterator[Violation]:
    groups: dict[str, list[str]] = defaultdict(list)
    for group in limit.groups or ():
        for educator in facts.ground.audience.group(group):
            groups[educator].append(group)
    out: dict[tuple[str, date, str], set[str]] = defaultdict(set)
    for educator, of_groups in groups.items():
        for r in _counted(limit, facts.releases_of.get(educator, ())):
            out[r.site, r.day, r.period].update(of_groups)
    for (site, day, period), found in sorted(out.items()):
        if len(found) > limit.at_most:
            text = (
                f"{len(found)} groups ({names(sorted(found))}) are out in {period} on {day} at "
                f"{site}; {limit.id} allows {limit.at_most}"
            )
            yield Violation("limits", (limit.id, *sorted(found)), text)
