"""Everybody who leaves a class is covered, by subs who can be hired."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from plsched.plan.facts import Facts, Released
from plsched.plan.fill import expected_on_notice
from plsched.plan.kinds import POSITION, account_of
from plsched.plan.models import Release, Substitute
from plsched.plan.verify.hires import hire_faults
from plsched.plan.verify.violation import Violation, names

Key = tuple[str, str, date, str]
"""Plan item, educator, date, period."""


def check_cover(facts: Facts) -> Iterator[Violation]:
    """Check releases as written, who covers them, what each sub does, and the pools."""
    yield from _written(facts)
    needed: dict[Key, Released] = {(r.item, r.educator, r.day, r.period): r for r in facts.releases}
    covered: Counter[Key] = Counter()
    for hired in facts.plan.substitutes:
        for cover in hired.covers:
            key = (cover.item, cover.educator, hired.date, cover.period)
            covered[key] += 1
            what = f"{hired.id} covers {cover.educator} in {cover.period} on {hired.date}"
            release = needed.get(key)
            if release is None:
                text = f"{what} for {cover.item}, which is no release"
                yield Violation("cover", (hired.id, cover.item, cover.educator), text)
                continue
            for text in _fits(facts, hired, cover.site, release):
                yield Violation("cover", (hired.id, cover.item, cover.educator), f"{what}: {text}")
        for text in hire_faults(facts, hired):
            yield Violation("cover", (hired.id,), f"{hired.id} on {hired.date}: {text}")
    yield from _counts(needed, covered)
    yield from _pools(facts)


def _written(facts: Facts) -> Iterator[Violation]:
    """Compare the releases that items list with those that follow from the placements."""
    found: dict[str, dict[tuple[str, date], set[str]]] = defaultdict(lambda: defaultdict(set))
    for release in facts.releases:
        found[release.item][release.educator, release.day].add(release.period)
    for stand in facts.stands:
        expected = found.get(stand.id, {})
        if _listed(stand.item.releases) != Counter(
            (e, d, frozenset(periods)) for (e, d), periods in expected.items()
        ):
            count = sum(len(p) for p in expected.values())
            written = sum(len(r.periods) for r in stand.item.releases)
            text = (
                f"{stand.id} lists {written} periods of release that are not the {count} "
                "that follow from its times and people"
            )
            yield Violation("cover", (stand.id,), text)


def _listed(releases: tuple[Release, ...]) -> Counter[tuple[str, date, frozenset[str]]]:
    return Counter((r.educator, r.date, frozenset(r.periods)) for r in releases)


def _fits(facts: Facts, hired: Substitute, site: str, release: Released) -> Iterator[str]:
    if site != release.site:
        yield f"the class is at {release.site}, not at {site}"
    elif site not in {hired.site, hired.second_site}:
        yield f"the class is at {site}, the sub is hired for {hired.site}"
    account = account_of(release.stand.source)
    subs = facts.scenario.substitutes
    if subs is not None and subs.charge == "position":
        fund = facts.directory.educators[release.educator].position_fund
        account = f"{POSITION}{fund or ''}"
    if hired.account != account:
        yield f"the account is {hired.account}, not {account}"


def _counts(needed: Mapping[Key, Released], covered: Counter[Key]) -> Iterator[Violation]:
    missing: dict[tuple[str, str, date], list[str]] = defaultdict(list)
    for item, educator, day, period in needed:
        if covered[item, educator, day, period] == 0:
            missing[item, educator, day].append(period)
        elif covered[item, educator, day, period] > 1:
            text = f"{educator} is covered by several subs in {period} on {day} for {item}"
            yield Violation("cover", (item, educator), text)
    for (item, educator, day), periods in missing.items():
        text = f"nobody covers {educator} in {names(periods)} on {day} for {item}"
        yield Violation("cover", (item, educator), text)


def _pools(facts: Facts) -> Iterator[Violation]:
    subs = facts.scenario.substitutes
    pools = {} if subs is None else {pool.id: pool for pool in subs.pools}
    hired: dict[tuple[str, date], list[str]] = defaultdict(list)
    for substitute in facts.plan.substitutes:
        hired[substitute.pool, substitute.date].append(substitute.id)
    for (pool_id, day), ids in hired.items():
        pool = pools.get(pool_id)
        as_of = facts.scenario.policy.as_of
        most = 0 if pool is None else expected_on_notice(pool, day, as_of, facts.baseline)
        if len(ids) > most:
            text = (
                f"{len(ids)} subs of pool {pool_id} are hired for {day}; {most} can be counted on"
            )
            yield Violation("cover", (pool_id, *ids), text)
