"""What one sub can do on a date: periods, halves of the day, two sites."""

from __future__ import annotations

from collections.abc import Iterator

from plsched.plan.facts import Facts
from plsched.plan.models import Cover, Shift, Substitute
from plsched.plan.verify.violation import names
from plsched.scenario.models.calendar import Period
from plsched.scenario.models.people import Substitutes
from plsched.timegrid import clock_min

Duty = tuple[str, Period]
"""Site and period of its bell schedule."""

_UNITS: dict[Shift, str] = {
    "full": "days",
    "morning": "days",
    "afternoon": "days",
    "periods": "periods",
    "hours": "hours",
}


def hire_faults(facts: Facts, hired: Substitute) -> Iterator[str]:
    """Say what is wrong with a hire: too many periods, the wrong half, the wrong site."""
    subs = facts.scenario.substitutes
    if subs is None:
        yield "the scenario has no substitutes"
        return
    pools = facts.directory.pools
    for site in filter(None, (hired.site, hired.second_site)):
        if site not in pools or pools[site].id != hired.pool:
            yield f"pool {hired.pool} does not serve {site}"
    yield from _one_at_a_time(hired)
    duties, unknown = _duties(facts, hired)
    if unknown:
        yield f"there is no period {names(unknown)} that day"
    if len(duties) > subs.roving.max_periods_per_day:
        most = subs.roving.max_periods_per_day
        yield f"{len(duties)} periods in a day are over {most}"
    prices = {"periods": subs.period_cents, "hours": subs.hour_cents}
    if prices.get(hired.shift, subs.day_cents) is None:
        yield f"subs have no price here for {_UNITS[hired.shift]}"
    if hired.second_site is not None:
        yield from _two_sites(facts, subs, hired, duties)
    elif hired.shift in prices:
        yield from _at_one_site(hired.site, duties)
        yield from _steps(facts, subs, hired.site, duties)
    elif hired.shift != "full":
        yield from _half(facts, subs, hired.shift, hired.site, duties)


def _one_at_a_time(hired: Substitute) -> Iterator[str]:
    seen: dict[tuple[str, str], Cover] = {}
    for cover in hired.covers:
        other = seen.setdefault((cover.site, cover.period), cover)
        if other.educator != cover.educator:
            yield f"{cover.period} is covered for {other.educator} and {cover.educator} at once"


def _duties(facts: Facts, hired: Substitute) -> tuple[list[Duty], list[str]]:
    """Periods that a sub covers, each once, and those that no bell schedule has."""
    duties: list[Duty] = []
    unknown: list[str] = []
    for site, name in dict.fromkeys((c.site, c.period) for c in hired.covers):
        bell = facts.directory.bell(site, hired.date) if site in facts.directory.sites else None
        found = [p for p in bell.periods if p.id == name] if bell is not None else []
        duties.extend((site, p) for p in found[:1])
        if not found:
            unknown.append(name)
    return duties, unknown


def _two_sites(
    facts: Facts, subs: Substitutes, hired: Substitute, duties: list[Duty]
) -> Iterator[str]:
    if not subs.allow_second_site:
        yield "subs are not hired for a second site here"
    if hired.shift != "full":
        yield f"a sub at two sites is hired for the full day, not the {hired.shift}"
    if hired.second_site == hired.site:
        yield f"the second site is {hired.site} again"
    afternoon = clock_min(subs.afternoon_start)
    first = [d for d in duties if d[1].start_min < afternoon]
    yield from _half(facts, subs, "morning", hired.site, first)
    second = [d for d in duties if d[1].start_min >= afternoon]
    yield from _half(facts, subs, "afternoon", str(hired.second_site), second)


def _half(
    facts: Facts, subs: Substitutes, half: str, site: str, duties: list[Duty]
) -> Iterator[str]:
    """Hold a half-day hire to its half, its site and the steps of the level's pay."""
    afternoon = clock_min(subs.afternoon_start)
    for _, period in duties:
        if (period.start_min < afternoon) != (half == "morning"):
            yield f"{period.id} ({period.start:%H:%M}) is not in the {half}"
    yield from _at_one_site(site, duties)
    yield from _steps(facts, subs, site, duties)


def _at_one_site(site: str, duties: list[Duty]) -> Iterator[str]:
    for at, period in duties:
        if at != site:
            yield f"{period.id} at {at} is covered in the hours of {site}"


def _steps(facts: Facts, subs: Substitutes, site: str, duties: list[Duty]) -> Iterator[str]:
    """Say where a level's pay makes a full day of what is covered."""
    if site not in facts.directory.sites:
        return
    level = facts.directory.sites[site].level
    most = subs.full_day_from_periods.get(level)
    if most is not None and len(duties) >= most:
        yield f"{len(duties)} periods are a full day at {site}: from {most} on"
    minutes = sum(p.end_min - p.start_min for _, p in duties)
    limit = subs.full_day_from_min.get(level)
    if limit is not None and minutes >= limit:
        yield f"{minutes} min are a full day at {site}: from {limit} on"
