"""A right plan for the district, made by hand: every date and name below was chosen by reading.

``settle`` fills what follows from the decisions (first times, cost lines, funds, tiers), so that
a plan broken in one place is broken in that place only.
"""

from __future__ import annotations

from copy import deepcopy
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from plsched.plan.costs import cost_lines
from plsched.plan.facts import Facts
from plsched.plan.kinds import kind_of, phase_of
from plsched.plan.models import CostLine, Plan, TierResult
from plsched.plan.tiers import tier_values
from plsched.scenario.directory import Directory
from plsched.scenario.hashing import scenario_hash
from plsched.scenario.models import Scenario
from plsched.scenario.models.learning import Gathering
from tests.plan.district import Raw

ZONE = ZoneInfo("America/Chicago")

PLC_DATES = [
    "2027-08-25", "2027-09-01", "2027-09-08", "2027-09-15", "2027-09-22", "2027-09-29",
    "2027-10-06", "2027-10-13", "2027-10-20", "2027-10-27", "2027-11-03", "2027-11-10",
    "2027-11-17", "2027-12-01", "2027-12-08", "2027-12-15",
]  # fmt: skip
LEAD_DATES = [
    "2027-09-09", "2027-10-07", "2027-11-04", "2027-12-02", "2028-01-06", "2028-02-03",
    "2028-03-02", "2028-04-06", "2028-05-04",
]  # fmt: skip
NET_DATES = ["2027-09-17", "2027-10-15", "2027-11-12", "2028-01-14", "2028-02-11"]
CONFERENCES = ["2027-08-30", "2027-09-13", "2027-09-20"]  # 6 September is a holiday
VISITS = ["2027-09-01", "2027-09-08", "2027-09-15", "2027-09-22"]

NORTH_1, NORTH_2 = ["n1", "n2", "n3"], ["n4", "n5", "n6"]
SOUTH = ["s1", "s2", "s3", "s4"]


def at(day: str, clock: str) -> datetime:
    """Give a wall-clock time of the district."""
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZONE)


def piece(day: str, clock: str, minutes: int, label: str | None = None) -> Raw:
    """Give an occurrence."""
    start = at(day, clock)
    return {"start": start, "end": start + timedelta(minutes=minutes), "label": label}


def plan(scenario: Scenario) -> Raw:
    """Give the plan as a mapping, to be changed at will; ``settle`` makes a plan of it."""
    return {
        "scenario": scenario.name,
        "timezone": "America/Chicago",
        "seed": 0,
        "version": "0",
        "status": "FEASIBLE",
        "wall_time_s": 0.0,
        "items": deepcopy(_items()),
        "substitutes": _substitutes(),
        "expert_days": _expert_days(),
        "left_out": [
            {"id": "walk/r2", "source": "walk", "title": "Learning walk", "required": False,
             "reason": "no second day"},
            {"id": "extra", "source": "extra", "title": "Book study", "required": False,
             "reason": "pinned not to stand"},
        ],
    }  # fmt: skip


def find(plan: Raw, item_id: str) -> Raw:
    """Find a plan item."""
    found: Raw = next(item for item in plan["items"] if item["id"] == item_id)
    return found


def hired(plan: Raw, sub_id: str) -> Raw:
    """Find a sub."""
    found: Raw = next(sub for sub in plan["substitutes"] if sub["id"] == sub_id)
    return found


def move(plan: Raw, item_id: str, day: str, clock: str) -> Raw:
    """Move an item of one occurrence; its length stays."""
    item = find(plan, item_id)
    (old,) = item["occurrences"]
    minutes = int((old["end"] - old["start"]).total_seconds()) // 60
    item["occurrences"] = [piece(day, clock, minutes, old["label"])]
    return item


def _item(item_id: str, occurrences: list[Raw], educators: list[str], **more: Any) -> Raw:
    return {
        "id": item_id,
        "source": item_id.split("/", maxsplit=1)[0],
        "occurrences": occurrences,
        "educators": educators,
        **more,
    }


def _session(section: int, session: int, day: str, clock: str, **more: Any) -> Raw:
    return _item(
        f"num/s{section}/{session}",
        [piece(day, clock, 120)],
        NORTH_1 if section == 1 else NORTH_2,
        section=section,
        session=session,
        groups=[f"north-team#{section}"],
        facility="R1",
        site="north",
        experts=["X1"],
        **more,
    )


def _release(educator: str, day: str, *periods: str) -> Raw:
    return {"educator": educator, "date": date.fromisoformat(day), "periods": list(periods)}


def _items() -> list[Raw]:
    return [
        _session(1, 1, "2027-08-17", "08:30"),
        _session(
            1, 2, "2027-09-14", "13:10",
            releases=[
                _release("n1", "2027-09-14", "P6"),
                _release("n2", "2027-09-14", "P6"),
                _release("n3", "2027-09-14", "P6", "P7"),
            ],
            subs=["sub-1", "sub-2", "sub-3"],
        ),
        _session(2, 1, "2027-08-18", "08:30"),
        _session(2, 2, "2027-10-08", "13:10"),
        _item(
            "safety/s1/1", [piece("2027-08-19", "10:00", 90)], SOUTH,
            section=1, session=1, groups=["south-team"], licence="Z", experts=["X2"],
        ),
        *(
            _item(
                f"own/s1/{k}", [piece(day, "09:00", 240)], ["c1"],
                section=1, session=k, groups=["coaches"], facility="R2", site="south",
                experts=["K1"],
            )
            for k, day in enumerate(["2027-06-29", "2027-07-06"], 1)
        ),
        _item("plc", [piece(d, "15:00", 45) for d in PLC_DATES], SOUTH, groups=["south-team"]),
        *(
            _item(f"lead/{k}", [piece(d, "15:00", 60)], ["n1", "s1"], site="north")
            for k, d in enumerate(LEAD_DATES, 1)
        ),
        *(
            _item(f"net/{k}", [piece(d, "10:00", 60)], ["c1", "k1"], licence="Z")
            for k, d in enumerate(NET_DATES, 1)
        ),
        _item("write/1", [piece("2027-06-15", "09:00", 240)], ["k1"]),
        _item(
            "survey/1", [piece("2028-01-11", "15:00", 30)], [*NORTH_1, *NORTH_2],
            groups=["north-team"],
        ),
        _walk(),
        _item(
            "cc/duo/1",
            sorted(
                [piece(d, "09:35", 45, "conference") for d in CONFERENCES]
                + [piece(d, "08:30", 45, "visit") for d in VISITS],
                key=lambda p: str(p["start"]),
            ),
            ["s2", "s3"], groups=["duo"], site="south", coach="c1",
        ),
    ]  # fmt: skip


def _walk() -> Raw:
    day = "2027-10-19"
    return _item(
        "walk/r1",
        [
            piece(day, "07:45", 15, "briefing"),
            piece(day, "08:00", 415, "visits"),
            piece(day, "15:00", 30, "debriefing"),
        ],
        [*NORTH_1, "n5", "n6"],
        site="north",
        facility="R3",
        visits=[
            visit("P1", day, "08:00", "n5", "n1", "n2"),
            visit("P4", day, "10:45", "n6", "n3"),
        ],
        releases=[
            _release("n1", day, "P1"),
            _release("n2", day, "P1"),
            _release("n3", day, "P4"),
        ],
        subs=["sub-4", "sub-5"],
    )


def visit(period: str, day: str, clock: str, host: str, *observers: str) -> Raw:
    """Give a visit of half an hour."""
    start = at(day, clock)
    return {
        "period": period,
        "start": start,
        "end": start + timedelta(minutes=30),
        "host": host,
        "observers": list(observers),
    }


def _substitutes() -> list[Raw]:
    return [
        sub("sub-1", "2027-09-14", "afternoon", "math|cur", "num/s1/2", ("n1", "P6"), ("n3", "P7")),
        sub("sub-2", "2027-09-14", "afternoon", "math|cur", "num/s1/2", ("n2", "P6")),
        sub("sub-3", "2027-09-14", "afternoon", "math|cur", "num/s1/2", ("n3", "P6")),
        sub("sub-4", "2027-10-19", "morning", "math|", "walk/r1", ("n1", "P1"), ("n3", "P4")),
        sub("sub-5", "2027-10-19", "morning", "math|", "walk/r1", ("n2", "P1")),
    ]


def sub(
    sub_id: str, day: str, shift: str, account: str, item: str, *covers: tuple[str, str]
) -> Raw:
    """Give a sub at the high school who covers educators in periods for one item."""
    return {
        "id": sub_id,
        "pool": "pool",
        "date": date.fromisoformat(day),
        "site": "north",
        "shift": shift,
        "account": account,
        "covers": [{"item": item, "educator": e, "site": "north", "period": p} for e, p in covers],
    }


def _expert_days() -> list[Raw]:
    days = [("X1", d, "math|cur") for d in ("2027-08-17", "2027-08-18", "2027-09-14", "2027-10-08")]
    days.append(("X2", "2027-08-19", "care||safety"))
    return [{"expert": x, "date": date.fromisoformat(d), "account": a} for x, d, a in days]


def settle(scenario: Scenario, data: Raw, baseline: Plan | None = None) -> Plan:
    """Make a plan of decisions: fill copies, first times, cost lines with funds, and tiers."""
    directory = Directory(scenario)
    for item in data["items"]:
        first = min(item["occurrences"], key=lambda o: str(o["start"]))
        item.update(start=first["start"], end=first["end"])
        source = directory.items[item["source"]]
        for key, value in {
            "kind": kind_of(source),
            "title": source.title,
            "required": source.required,
            "pathway": source.pathway,
            "department": source.department,
            "serves": source.serves,
            "phase": phase_of(source),
            "format": source.format if isinstance(source, Gathering) else "in_person",
        }.items():
            item.setdefault(key, value)
    bare = Plan.model_validate({"scenario_hash": scenario_hash(scenario), **data})
    paid = pay(directory, bare)
    values = tier_values(Facts(directory, paid, baseline))
    tiers = [
        TierResult(
            name=name,
            sense="max" if name in {"required", "reach"} else "min",
            unit="",
            value=values[name],
            bound=None,
            gap=None,
        )
        for name in scenario.policy.tiers
        if name in values
    ]
    return paid.model_copy(update={"tiers": tuple(tiers)})


def pay(directory: Directory, plan: Plan) -> Plan:
    """Add all cost lines, each paid by the fund of its obligation date and kind."""
    ledger = cost_lines(directory, plan)
    expert_days = []
    for day in plan.expert_days:
        lines = ledger.expert_days.get((day.expert, day.date, day.account), ())
        expert_days.append(day.model_copy(update={"cost_lines": _funded(lines)}))
    return plan.model_copy(
        update={
            "items": tuple(
                item.model_copy(update={"cost_lines": _funded(ledger.items.get(item.id, ()))})
                for item in plan.items
            ),
            "substitutes": tuple(
                hired.model_copy(update={"cost_lines": _funded(lines)})
                for hired, lines in zip(plan.substitutes, ledger.substitutes, strict=True)
            ),
            "expert_days": tuple(expert_days),
        }
    )


def _funded(lines: tuple[CostLine, ...]) -> tuple[CostLine, ...]:
    return tuple(line.model_copy(update={"fund": _fund(line)}) for line in lines)


def _fund(line: CostLine) -> str | None:
    if line.cash_cents == 0:
        return None
    if line.obligation_date <= date(2027, 6, 30):
        return "fy26"
    by_title2 = line.kind in {"expert_travel", "substitute"} or (
        line.kind == "expert_fee" and line.phase == "delivery" and line.pathway == "math"
    )
    is_safety = line.kind == "expert_fee" and line.cash_cents == 90_000
    return "title2" if by_title2 or is_safety else "fy27"
