"""A plan for a whole district, as full as a real one, placed without regard to the rules.

It is for what depends on size: how large the report gets, how long it takes, how it reads.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import count, cycle, islice

from plsched.plan.audience import Audience
from plsched.plan.costs import cost_lines
from plsched.plan.kinds import account_of, kind_of, phase_of
from plsched.plan.models import (
    CostLine,
    Cover,
    LeftOut,
    Occurrence,
    Plan,
    PlanItem,
    Substitute,
    TierResult,
    Visit,
)
from plsched.scenario.directory import AnyItem, Directory
from plsched.scenario.models import Scenario
from plsched.scenario.models.cadence import rhythm
from plsched.scenario.models.coaching import Coaching
from plsched.scenario.models.learning import Course, Engagement, Gathering, Task
from plsched.scenario.models.observation import Observation
from plsched.timegrid import days


class Crowd:
    """Places everything that a scenario asks for, one thing after the other."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.directory = Directory(scenario)
        self.audience = Audience(self.directory)
        site = scenario.sites[0].id
        calendar = scenario.calendar
        self.dates = [
            day
            for day in days(calendar.first, calendar.last)
            if (kind := self.directory.day_kind(site, day)) is not None and kind.contract != "none"
        ]
        self._turn = count(3, 7)

    def plan(self) -> Plan:
        """Give the plan, priced, with subs on its observation days and some things left out."""
        items = tuple(item for source in self.directory.items.values() for item in self._of(source))
        bare = Plan(
            scenario=self.scenario.name,
            scenario_hash="c" * 64,
            timezone=self.scenario.timezone,
            seed=1,
            version="0.1.0",
            status="FEASIBLE",
            tiers=_tiers(),
            wall_time_s=60.0,
            items=items,
            substitutes=tuple(sub for item in items for sub in self._subs(item)),
            left_out=tuple(self._left_out()),
        )
        ledger = cost_lines(self.directory, bare)
        return bare.model_copy(
            update={
                "items": tuple(
                    i.model_copy(update={"cost_lines": self._paid(ledger.items[i.id])})
                    for i in items
                ),
                "substitutes": tuple(
                    s.model_copy(update={"cost_lines": self._paid(lines)})
                    for s, lines in zip(bare.substitutes, ledger.substitutes, strict=True)
                ),
            }
        )

    def _paid(self, lines: tuple[CostLine, ...]) -> tuple[CostLine, ...]:
        funds: list[str | None] = [fund.id for fund in self.scenario.funds] or [None]
        return tuple(
            line.model_copy(update={"fund": funds[line.cash_cents % len(funds)]})
            if line.cash_cents
            else line
            for line in lines
        )

    def _days(self, number: int, step: int = 5) -> list[date]:
        start = next(self._turn) % len(self.dates)
        return list(islice(cycle(self.dates[start:] + self.dates[:start]), 0, number * step, step))

    def _at(self, day: date, clock: time, minutes: int, label: str | None = None) -> Occurrence:
        start = datetime.combine(day, clock, tzinfo=self.scenario.zone)
        return Occurrence(start=start, end=start + timedelta(minutes=minutes), label=label)

    def _item(
        self,
        source: AnyItem,
        item_id: str,
        occurrences: list[Occurrence],
        educators: tuple[str, ...],
        **more: object,
    ) -> PlanItem:
        ordered = sorted(occurrences, key=lambda o: o.start)
        return PlanItem.model_validate(
            {
                "id": item_id,
                "kind": kind_of(source),
                "phase": phase_of(source),
                "source": source.id,
                "title": source.title,
                "start": ordered[0].start,
                "end": ordered[0].end,
                "occurrences": ordered,
                "educators": educators,
                "required": source.required,
                "pathway": source.pathway,
                "department": source.department,
                "serves": source.serves,
                **more,
            }
        )

    def _of(self, source: AnyItem) -> Iterator[PlanItem]:
        match source:
            case Course():
                yield from self._course(source)
            case Engagement() | Task():
                yield from self._gathering(source)
            case Observation():
                yield from self._rounds(source)
            case Coaching():
                yield from self._cycles(source)

    def _place(self, source: Gathering) -> dict[str, object]:
        rooms = source.facilities or tuple(self.directory.facilities)
        if source.format == "virtual" or not source.needs_room or not rooms:
            return {"format": source.format}
        room = rooms[next(self._turn) % len(rooms)]
        return {"format": source.format, "facility": room, "site": self._site(room)}

    def _site(self, room: str) -> str:
        return self.directory.facilities[room].site

    def _course(self, course: Course) -> Iterator[PlanItem]:
        for section, (unit, people) in enumerate(self.audience.units(course).items(), 1):
            for session, day in enumerate(sorted(self._days(course.sessions, 9)), 1):
                yield self._item(
                    course,
                    f"{course.id}/s{section}/{session}",
                    [self._at(day, course.when.starts[0], course.duration_min)],
                    people,
                    section=section,
                    session=session,
                    groups=(unit,),
                    **self._place(course),
                )

    def _gathering(self, source: Engagement | Task) -> Iterator[PlanItem]:
        beat = rhythm(source.cadence if isinstance(source, Engagement) else "once")
        people = self.audience.participants(source)
        shared = {"groups": source.groups, **self._place(source)}
        number = {"pattern": 30, "monthly": 9, "count": beat.low}[beat.kind]
        when = [
            self._at(day, source.when.starts[0], source.duration_min)
            for day in sorted(self._days(number, 5))
        ]
        if beat.kind == "pattern":
            yield self._item(source, source.id, when, people, **shared)
            return
        for n, occurrence in enumerate(when, 1):
            yield self._item(source, f"{source.id}/{n}", [occurrence], people, **shared)

    def _rounds(self, source: Observation) -> Iterator[PlanItem]:
        for n, day in enumerate(sorted(self._days(source.rounds, 23)), 1):
            bell = self.directory.bell(source.site, day)
            periods = (bell.periods if bell else ()) or ()
            if not periods:
                continue
            observers = self._members(source.observers)
            hosts = cycle(self._members(source.hosts))
            visits = tuple(
                Visit(
                    period=period.id,
                    start=self._at(day, period.start, source.visit_min).start,
                    end=self._at(day, period.start, source.visit_min).end,
                    host=next(hosts),
                    observers=observers[k :: len(periods)],
                )
                for k, period in enumerate(periods)
                if observers[k :: len(periods)]
            )
            people = self._members((*source.observers, *source.hosts))
            whole = [self._at(day, periods[0].start, 360, "visits")]
            yield self._item(
                source, f"{source.id}/r{n}", whole, people, site=source.site, visits=visits
            )

    def _members(self, groups: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(e for g in groups for e in self.directory.members[g]))

    def _cycles(self, source: Coaching) -> Iterator[PlanItem]:
        coaches = cycle(source.coaches)
        for group in source.coachees:
            people = self.directory.members[group]
            for n in range(1, source.cycles_per_group + 1):
                monday = source.first_weeks[next(self._turn) % len(source.first_weeks)]
                meetings = [
                    self._at(
                        monday + timedelta(weeks=week, days=k),
                        time(9 + k),
                        meeting.duration_min,
                        meeting.kind,
                    )
                    for week in range(source.weeks)
                    for k, meeting in enumerate(source.meetings)
                ]
                yield self._item(
                    source,
                    f"{source.id}/{group}/{n}",
                    meetings,
                    people,
                    groups=(group,),
                    coach=next(coaches),
                    site=self.directory.educators[people[0]].site if people else None,
                )

    def _subs(self, item: PlanItem) -> Iterator[Substitute]:
        pool = self.directory.pools.get(item.site or "")
        if item.kind != "observation" or pool is None or item.site is None:
            return
        for n, visit in enumerate(item.visits, 1):
            yield Substitute(
                id=f"{item.start.date()}/{item.site}/{item.id}-{n}",
                pool=pool.id,
                date=item.start.date(),
                site=item.site,
                shift="full" if n % 3 else "morning",
                account=account_of(self.directory.items[item.source]),
                covers=tuple(
                    Cover(item=item.id, educator=o, site=item.site, period=visit.period)
                    for o in visit.observers[:1]
                ),
            )

    def _left_out(self) -> Iterator[LeftOut]:
        for n, item in enumerate(self.directory.items.values()):
            if n % 17 == 0:
                yield LeftOut(
                    id=item.id,
                    source=item.id,
                    title=item.title,
                    required=item.required,
                    reach_lost=0 if item.required else 600 * n,
                    families=("experts", "facilities") if n % 2 else ("people",),
                    reason="No date is left on which everybody is free.",
                )


def _tiers() -> tuple[TierResult, ...]:
    return (
        TierResult(name="required", sense="max", unit="things", value=211, bound=212, gap=1 / 211),
        TierResult(name="reach", sense="max", unit="", value=987_650, bound=990_000, gap=0.0024),
        TierResult(name="cost", sense="min", unit="cents", value=9_000_050, bound=8_999_000, gap=0),
        TierResult(name="comfort", sense="min", unit="points", value=312, bound=None, gap=None),
    )
