"""Every way that is worth a thought to hire subs for some releases: exact, by enumeration."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import combinations, product

from plsched.money import round_half_up
from plsched.plan.facts import Facts, Released
from plsched.plan.kinds import POSITION, account_of
from plsched.plan.models import Cover, Shift, Substitute
from plsched.scenario.directory import Directory
from plsched.scenario.models.base import weekday_of
from plsched.scenario.models.people import SubPool, Substitutes
from plsched.timegrid import clock_min

Duty = tuple[str, str, str]
"""Site, period, educator."""
Slot = tuple[str, str]
"""Site and period."""


@dataclass(frozen=True, slots=True)
class Hire:
    """One sub: where, for how long, for what."""

    site: str
    second_site: str | None
    shift: Shift
    cents: int
    slots: tuple[Slot, ...]


Crew = tuple[Hire, ...]


def crews(facts: Facts) -> list[tuple[int, tuple[Substitute, ...]]]:
    """List undominated staffings of everything released, with their cents, cheapest first.

    One staffing dominates another if in no pool, date, site and account it costs more, and on no
    date takes more of a pool.
    """
    directory = facts.directory
    needs: dict[tuple[str, date], dict[str, set[Duty]]] = defaultdict(lambda: defaultdict(set))
    for release in facts.releases:
        pool = directory.pools.get(release.site)
        if pool is None:
            return []
        account = _account(facts, release)
        duty = (release.site, release.period, release.educator)
        needs[pool.id, release.day][account].add(duty)
    days = []
    for (pool_id, day), accounts in needs.items():
        staff = _Staff(directory, pool_id, day)
        found = staff.day({a: tuple(sorted(d)) for a, d in accounts.items()})
        days.append([staff.named(facts, choice) for choice in found])
    made = []
    for chosen in product(*days):
        cents = sum(c for c, _ in chosen)
        made.append((cents, tuple(s for _, subs in chosen for s in subs)))
    return sorted(made, key=lambda x: x[0])


def _account(facts: Facts, release: Released) -> str:
    subs = facts.scenario.substitutes
    if subs is not None and subs.charge == "position":
        return f"{POSITION}{facts.directory.educators[release.educator].position_fund or ''}"
    return account_of(release.stand.source)


class _Staff:
    """Hires from one pool on one date."""

    def __init__(self, directory: Directory, pool_id: str, day: date) -> None:
        subs = directory.scenario.substitutes
        assert subs is not None
        self.directory = directory
        self.subs: Substitutes = subs
        self.pool: SubPool = next(p for p in subs.pools if p.id == pool_id)
        self.date = day
        half, day_cents = subs.half_day_cents, subs.day_cents or 0
        self.half = round_half_up(day_cents, 2) if half is None else half
        extra = subs.second_site_surcharge_cents
        self.two = day_cents + (self.half if extra is None else extra)
        self.crews = lru_cache(maxsize=None)(self._crews)

    def day(self, accounts: dict[str, tuple[Duty, ...]]) -> list[dict[str, Crew]]:
        """Staffings of all accounts together that the pool can send."""
        sized = [
            [(a, crew) for crew in self.crews(tuple(sorted((s, p) for s, p, _ in duties)))]
            for a, duties in accounts.items()
        ]
        self._duties = accounts
        closed = any(c.holds(self.date) for c in self.pool.closed)
        fill = self.pool.fill_on.get(weekday_of(self.date), self.pool.fill_percent)
        most = 0 if closed else self.pool.size_on.get(self.date, self.pool.size) * fill // 100
        return [
            dict(chosen) for chosen in product(*sized) if sum(len(c) for _, c in chosen) <= most
        ]

    def named(self, facts: Facts, chosen: dict[str, Crew]) -> tuple[int, tuple[Substitute, ...]]:
        """Write hires as a plan does, and add up what they cost."""
        made: list[Substitute] = []
        cents = 0
        for account, crew in chosen.items():
            waiting: dict[Slot, list[str]] = defaultdict(list)
            for site, period, educator in self._duties[account]:
                waiting[site, period].append(educator)
            for hire in crew:
                covers = [
                    Cover(item=r.item, educator=educator, site=site, period=period)
                    for site, period in hire.slots
                    for educator in (waiting[site, period].pop(),)
                    for r in facts.releases
                    if (r.educator, r.day, r.period) == (educator, self.date, period)
                    and _account(facts, r) == account
                ]
                made.append(
                    Substitute(
                        id=f"{self.pool.id} {self.date} {account} {len(made)}",
                        pool=self.pool.id,
                        date=self.date,
                        site=hire.site,
                        second_site=hire.second_site,
                        shift=hire.shift,
                        account=account,
                        covers=tuple(covers),
                    )
                )
                cents += hire.cents
        return cents, tuple(made)

    def _crews(self, slots: tuple[Slot, ...]) -> list[Crew]:
        """Undominated crews for slots (one entry for each educator who is out)."""
        if not slots:
            return [()]
        first, rest = slots[0], slots[1:]
        others = sorted({s for s in rest if s != first})
        found: list[Crew] = []
        for size in range(len(others) + 1):
            for more in combinations(others, size):
                left = list(rest)
                for slot in more:
                    left.remove(slot)
                for hire in self._hires((first, *more)):
                    found += [(hire, *crew) for crew in self.crews(tuple(left))]
        return _undominated(found)

    def _hires(self, slots: tuple[Slot, ...]) -> Iterator[Hire]:
        if len(slots) > self.subs.roving.max_periods_per_day:
            return
        sites = {s for s, _ in slots}
        early = tuple(s for s in slots if self._is_early(s))
        late = tuple(s for s in slots if not self._is_early(s))
        if len(sites) == 1 and self._is_half(slots):
            yield from self._by_time(slots)
        if self.subs.day_cents is None:
            return
        if len(sites) == 1:
            (site,) = sites
            yield Hire(site, None, "full", self.subs.day_cents, slots)
            if not late and self._is_half(slots):
                yield Hire(site, None, "morning", self.half, slots)
            if not early and self._is_half(slots):
                yield Hire(site, None, "afternoon", self.half, slots)
        if not self.subs.allow_second_site:
            return
        for a, b in ((a, b) for a in self.pool.sites for b in self.pool.sites if a != b):
            apart = {s for s, _ in early} <= {a} and {s for s, _ in late} <= {b}
            if apart and self._is_half(early) and self._is_half(late):
                yield Hire(a, b, "full", self.two, slots)

    def _by_time(self, slots: tuple[Slot, ...]) -> Iterator[Hire]:
        site = slots[0][0]
        if self.subs.period_cents is not None:
            count = max(len(slots), self.subs.minimum_periods)
            yield Hire(site, None, "periods", count * self.subs.period_cents, slots)
        if self.subs.hour_cents is not None:
            times = [self._start(slot) for slot in slots]
            there = set(range(min(s for s, _ in times), max(e for _, e in times)))
            bell = self.directory.bell(site, self.date)
            if bell is not None and bell.lunch is not None:
                there -= set(range(bell.lunch.start_min, bell.lunch.end_min))
            minutes = max(len(there), self.subs.minimum_min)
            cents = round_half_up(minutes * self.subs.hour_cents, 60)
            yield Hire(site, None, "hours", cents, slots)

    def _start(self, slot: Slot) -> tuple[int, int]:
        bell = self.directory.bell(slot[0], self.date)
        assert bell is not None
        period = next(p for p in bell.periods if p.id == slot[1])
        return period.start_min, period.end_min

    def _is_early(self, slot: Slot) -> bool:
        return self._start(slot)[0] < clock_min(self.subs.afternoon_start)

    def _is_half(self, slots: Sequence[Slot]) -> bool:
        if not slots:
            return True
        level = self.directory.sites[slots[0][0]].level
        periods = self.subs.full_day_from_periods.get(level)
        minutes = self.subs.full_day_from_min.get(level)
        length = sum(end - start for start, end in map(self._start, slots))
        return not (periods is not None and len(slots) >= periods) and not (
            minutes is not None and length >= minutes
        )


def _undominated(found: list[Crew]) -> list[Crew]:
    def bill(crew: Crew) -> dict[str, int]:
        sums: dict[str, int] = defaultdict(int)
        for hire in crew:
            sums[hire.site] += hire.cents
        return sums

    kept: list[tuple[dict[str, int], Crew]] = []
    for crew in sorted(found, key=lambda c: (sum(h.cents for h in c), len(c))):
        mine = bill(crew)
        if not any(
            len(other) <= len(crew) and all(mine.get(s, 0) >= c for s, c in theirs.items())
            for theirs, other in kept
        ):
            kept.append((mine, crew))
    return [crew for _, crew in kept]
