"""A plan by hand for the district of the tests: each kind of item, hire, day's fee and cost line.

The judge has not seen it and its prices are round figures: the exports show what a plan says.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from plsched.plan.models import (
    Cover,
    ExpertDay,
    LeftOut,
    Occurrence,
    Plan,
    PlanItem,
    Release,
    Substitute,
    TierResult,
    Visit,
)
from tests.exports.bills import bill, daily_bill, hire_bill
from tests.exports.district import AWKWARD_TITLE, scenario

__all__ = ["plan", "scenario"]

WEEKLY_OFF = {
    date(2026, 11, 23),
    date(2026, 12, 21),
    date(2026, 12, 28),
    date(2027, 1, 18),
    date(2027, 3, 22),
}
"""Mondays on which the weekly meeting does not stand; the clocks change on 1 November, 14 March."""


def plan(timezone: str = "America/Chicago") -> Plan:
    """Build the plan, on the wall clock of a zone."""
    clock = Clock(timezone)
    return Plan(
        scenario="Three Trees",
        scenario_hash="0" * 64,
        timezone=timezone,
        seed=7,
        version="0.1.0",
        status="FEASIBLE",
        tiers=_tiers(),
        wall_time_s=1.5,
        items=(
            *_courses(clock),
            *_engagements(clock),
            *_tasks(clock),
            _observation(clock),
            *_cycles(clock),
        ),
        substitutes=_substitutes(),
        expert_days=tuple(
            ExpertDay(expert="X-DAY", date=day, account="num|math", cost_lines=daily_bill(day))
            for day in (date(2026, 8, 11), date(2026, 11, 3))
        ),
        left_out=_left_out(),
        notes=("Mileage is paid at 72.5 cents a mile.",),
    )


class Clock:
    """Writes occurrences on the wall clock of a zone."""

    def __init__(self, timezone: str) -> None:
        self._zone = ZoneInfo(timezone)

    def at(self, day: date, clock: str) -> datetime:
        """Give the moment at which the clock of the zone shows a time."""
        return datetime.combine(day, time.fromisoformat(clock), tzinfo=self._zone)

    def on(self, day: date, start: str, minutes: int, label: str | None = None) -> Occurrence:
        """Give an occurrence of some minutes."""
        begin = self.at(day, start)
        return Occurrence(start=begin, end=begin + timedelta(minutes=minutes), label=label)


def _item(
    key: str,
    title: str,
    occurrences: tuple[Occurrence, ...],
    *,
    educators: tuple[str, ...],
    **more: object,
) -> PlanItem:
    return PlanItem.model_validate(
        {
            "id": key,
            "source": key.split("/", maxsplit=1)[0],
            "title": title,
            "start": occurrences[0].start,
            "end": occurrences[0].end,
            "occurrences": occurrences,
            "educators": educators,
            "cost_lines": bill(key),
            "pathway": "num",
            **more,
        }
    )


def _courses(clock: Clock) -> tuple[PlanItem, ...]:
    oak = ("T1", "t1", "T 3 é")
    numeracy = {
        "kind": "session",
        "section": 1,
        "groups": ("oak-team",),
        "experts": ("X-DAY",),
        "site": "central",
        "facility": "hall",
        "required": True,
        "department": "math",
        "serves": ("G1", "G1.1.a"),
    }
    first, second = date(2026, 8, 11), date(2026, 11, 3)
    return (
        _item(
            "NUM/s1/1",
            AWKWARD_TITLE,
            (clock.on(first, "09:00", 180),),
            educators=oak,
            session=1,
            **numeracy,
        ),
        _item(
            "NUM/s1/2",
            AWKWARD_TITLE,
            (clock.on(second, "09:00", 180),),
            educators=oak,
            session=2,
            **numeracy,
        ),
        _item(
            "SAFE/s1/1",
            "Safety briefing",
            (clock.on(date(2026, 8, 12), "13:00", 60),),
            educators=(*oak, "T4"),
            kind="session",
            section=1,
            session=1,
            groups=("oak-team", "elm-team"),
            experts=("X-OWN",),
            format="virtual",
            licence="web",
            required=True,
            pathway="lead",
        ),
    )


def _engagements(clock: Clock) -> tuple[PlanItem, ...]:
    mondays = (date(2026, 9, 14) + timedelta(weeks=k) for k in range(37))
    office = {"kind": "session", "pathway": "lead", "serves": ("G2",), "groups": ("office-team",)}
    place = {"site": "central", "facility": "office"}
    circle = (date(2026, 9, 30), date(2027, 2, 3), date(2027, 5, 5))
    return (
        _item(
            "WEEKLY",
            "Office team meets",
            tuple(clock.on(day, "09:00", 60) for day in mondays if day not in WEEKLY_OFF),
            educators=("C1", "P1"),
            **office,
            **place,
        ),
        *(
            _item(
                f"LEAD/{k}",
                "Leaders' circle",
                (clock.on(day, "15:30", 90),),
                educators=("C1", "P1"),
                experts=("X-HOUR",),
                format="hybrid",
                licence="web",
                **office,
                **place,
            )
            for k, day in enumerate(circle, 1)
        ),
        _item(
            "CONF/1",
            "Reading conference",
            tuple(clock.on(date(2027, 2, 10 + k), "08:00", 480) for k in range(3)),
            educators=("T4", "P1"),
            kind="session",
            department="lit",
            releases=tuple(
                Release(educator="T4", date=date(2027, 2, 10 + k), periods=("p1", "p2", "p3", "p5"))
                for k in range(3)
            ),
            subs=tuple(f"2027-02-{10 + k}/elm/1" for k in range(3)),
        ),
    )


def _tasks(clock: Clock) -> tuple[PlanItem, ...]:
    task = {"kind": "task", "department": "math"}
    return (
        _item(
            "WRITE/1",
            "Write the numeracy units",
            (clock.on(date(2026, 6, 30), "08:00", 240),),
            educators=("C1",),
            phase="planning",
            **task,
        ),
        _item(
            "EVAL/1",
            "How did it go?",
            (clock.on(date(2026, 11, 3), "14:00", 30),),
            educators=("T1", "t1", "T 3 é"),
            groups=("oak-team",),
            phase="evaluation",
            **task,
        ),
    )


def _observation(clock: Clock) -> PlanItem:
    day = date(2027, 4, 13)
    visits = tuple(
        Visit(
            period=period,
            start=clock.at(day, start),
            end=clock.at(day, start) + timedelta(minutes=30),
            host="T 3 é",
            observers=(observer,),
        )
        for period, start, observer in (("p2", "08:55", "T1"), ("p5", "12:15", "t1"))
    )
    return _item(
        "WALK/r1",
        "Learning walk at Oak",
        (
            clock.on(day, "07:45", 15, "briefing"),
            clock.on(day, "08:00", 360, "visits"),
            clock.on(day, "14:30", 30, "debriefing"),
        ),
        educators=("T1", "t1", "T 3 é"),
        kind="observation",
        site="oak",
        facility="oak-lib",
        serves=("G1.1",),
        visits=visits,
        releases=(
            Release(educator="T1", date=day, periods=("p2",)),
            Release(educator="t1", date=day, periods=("p5",)),
        ),
        subs=("2027-04-13/oak/1",),
    )


def _cycles(clock: Clock) -> tuple[PlanItem, ...]:
    """Give a cycle through each change of clocks; one meeting of each is skipped."""
    shared = {"kind": "cycle", "coach": "C1", "department": "math", "serves": ("G1.1",)}
    runs = (
        ("oak-team", ("T1", "t1", "T 3 é"), "oak", date(2026, 10, 12), date(2026, 11, 3)),
        ("elm-team", ("T4",), "elm", date(2027, 2, 22), date(2027, 3, 25)),
    )
    return tuple(
        _item(
            f"CC/{group}/1",
            "Numeracy coaching",
            _meetings(clock, monday, skipped),
            educators=people,
            groups=(group,),
            site=site,
            phase="coaching",
            **shared,
        )
        for group, people, site, monday, skipped in runs
    )


def _meetings(clock: Clock, monday: date, skipped: date) -> tuple[Occurrence, ...]:
    slots = ((1, "14:05", "conference"), (3, "09:00", "visit"))
    return tuple(
        clock.on(day, start, 45, label)
        for week in range(6)
        for offset, start, label in slots
        if (day := monday + timedelta(weeks=week, days=offset)) != skipped
    )


def _substitutes() -> tuple[Substitute, ...]:
    conference = tuple(
        Substitute(
            id=f"2027-02-{10 + k}/elm/1",
            pool="pool",
            date=date(2027, 2, 10 + k),
            site="elm",
            shift="full",
            account="num|lit",
            covers=tuple(
                Cover(item="CONF/1", educator="T4", site="elm", period=p)
                for p in ("p1", "p2", "p3", "p5")
            ),
            cost_lines=hire_bill(date(2027, 2, 10 + k), "elm", "lit"),
        )
        for k in range(3)
    )
    day = date(2027, 4, 13)
    walk = Substitute(
        id="2027-04-13/oak/1",
        pool="pool",
        date=day,
        site="oak",
        second_site="elm",
        shift="full",
        account="num|",
        covers=(
            Cover(item="WALK/r1", educator="T1", site="oak", period="p2"),
            Cover(item="WALK/r1", educator="t1", site="oak", period="p5"),
        ),
        cost_lines=hire_bill(day, "oak", None),
    )
    half = Substitute(
        id="2027-05-04/oak/1",
        pool="pool",
        date=date(2027, 5, 4),
        site="oak",
        shift="morning",
        account="num|math",
        cost_lines=hire_bill(date(2027, 5, 4), "oak", "math", cents=12_894),
    )
    return (*conference, walk, half)


def _tiers() -> tuple[TierResult, ...]:
    return (
        TierResult(name="required", sense="max", unit="things", value=2, bound=2, gap=0.0),
        TierResult(name="reach", sense="max", unit="points", value=4_000, bound=4_100, gap=0.025),
        TierResult(name="cost", sense="min", unit="cents", value=835_432, bound=None, gap=None),
        TierResult(name="comfort", sense="min", unit="points", value=12, bound=0, gap=1.0),
    )


def _left_out() -> tuple[LeftOut, ...]:
    return (
        LeftOut(
            id="ART/oak-team",
            source="ART",
            title="Drawing to think",
            required=False,
            groups=("oak-team",),
            reach_lost=360,
            families=("experts",),
            reason="=Nobody has the skill 'drawing'.",
        ),
        LeftOut(
            id="CC/elm-team/2",
            source="CC",
            title="Numeracy coaching",
            required=True,
            groups=("elm-team",),
            families=("coaching", "limits"),
            reason="Coach C1 has no week left with two free hours.",
        ),
    )
