"""What the API takes and gives, in examples: the smallest district that makes a plan.

`SCENARIO` can be sent in as it stands; every other example follows from it. There is one for each
form that a request or an answer has.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from pydantic import BaseModel

from plsched import __version__
from plsched.access import PERMISSIONS, Role
from plsched.api.accounts import (
    DeedOut,
    DistrictOut,
    KeyGivenOut,
    KeyIn,
    KeyOut,
    MemberIn,
    MemberOut,
    MeOut,
)
from plsched.api.costing import costs_of
from plsched.api.published import (
    AddressOut,
    FeedIn,
    FeedOut,
    FeedsIn,
    PlannedChanges,
    PublicationOut,
    PublicationWhole,
)
from plsched.api.schemas import (
    CalendarOut,
    CalendarsOut,
    Health,
    Page,
    PlanOut,
    ProblemOut,
    ProgressOut,
    ProgressPage,
    Readiness,
    RunIn,
    RunOut,
    ScenarioAccepted,
    ScenarioOut,
    ScenarioWhole,
)
from plsched.plan.changes import changes
from plsched.plan.compare import Candidate, compare
from plsched.plan.facts import Facts
from plsched.plan.models import CostLine, Occurrence, Plan, PlanItem, TierResult
from plsched.plan.reconciliation import reconcile
from plsched.plan.schedule import schedule_of
from plsched.scenario.directory import Directory
from plsched.scenario.hashing import scenario_hash
from plsched.scenario.models import Scenario

_YEAR = {"first": "2027-08-02", "last": "2028-06-02"}

SCENARIO: dict[str, Any] = {
    "format": 1,
    "name": "Two teachers, one course",
    "timezone": "America/Chicago",
    "calendar": {
        **_YEAR,
        "terms": [{"id": "year", "name": "The year", "season": "fall", **_YEAR}],
        "day_kinds": [{"id": "pl-day", "name": "Professional learning day", "contract": "all"}],
        "days": [{"kind": "pl-day", "first": "2027-08-03"}],
        "bell_schedules": [{"id": "pl", "contract": {"start": "08:00", "end": "16:00"}}],
    },
    "sites": [{"id": "north", "name": "North School", "level": "high", "bells": {"pl-day": "pl"}}],
    "facilities": [
        {"id": "hall", "name": "Hall", "site": "north", "capacity": 10, "cents_per_hour": 2500}
    ],
    "roles": [{"id": "teacher", "name": "Teacher"}],
    "educators": [
        {"id": "t1", "name": "Teacher 1", "role": "teacher", "site": "north"},
        {"id": "t2", "name": "Teacher 2", "role": "teacher", "site": "north"},
    ],
    "groups": [{"id": "all", "name": "All", "members": ["t1", "t2"]}],
    "pathways": [{"id": "start", "name": "Start of the year"}],
    "courses": [
        {
            "id": "welcome",
            "title": "Welcome",
            "pathway": "start",
            "required": True,
            "duration_min": 120,
            "when": {"day_kinds": ["pl-day"], "starts": ["09:00"]},
            "audience": ["all"],
        }
    ],
    "funds": [
        {
            "id": "local",
            "name": "Local",
            "amount_cents": 100_000,
            "obligations": {"first": "2027-07-01", "last": "2028-06-30"},
        }
    ],
}

NOW = datetime(2027, 5, 3, 15, 0, tzinfo=UTC)
RUN_ID = "6b1f5a1e-6c1f-4d0e-9b1a-3f5f6f1f2a10"
SCENARIO_ID = "5d0c2b7a94e14f0db1c3a6e8f7290b13"
PLAN_ID = "0f3a9c41d2b84e6f9a7c5b1e2d3f4a5b"
KEY_ID = "4f2a9c0115ab"
_SITE, _TOKEN = "https://plan.example.org", "Q2x…"


@cache
def scenario() -> Scenario:
    """Give the example as a checked scenario."""
    return Scenario.model_validate(SCENARIO)


@cache
def plan() -> Plan:
    """Give its plan: everybody in the hall on the first day."""
    where = scenario()
    start, end = (datetime(2027, 8, 3, hour, tzinfo=where.zone) for hour in (9, 11))
    hall = CostLine(
        kind="facility",
        element="materials_equipment_facilities",
        phase="delivery",
        quantity=120,
        unit="minutes",
        cash_cents=5000,
        economic_cents=5000,
        fund="local",
        obligation_date=date(2027, 8, 3),
        term="year",
        pathway="start",
        department=None,
        site="north",
    )
    welcome = PlanItem(
        id="welcome/s1/1",
        kind="session",
        source="welcome",
        title="Welcome",
        section=1,
        session=1,
        start=start,
        end=end,
        occurrences=(Occurrence(start=start, end=end),),
        site="north",
        facility="hall",
        groups=("all",),
        educators=("t1", "t2"),
        required=True,
        pathway="start",
        cost_lines=(hall,),
    )
    return Plan(
        scenario=where.name,
        scenario_hash=scenario_hash(where),
        timezone=where.timezone,
        seed=0,
        version=__version__,
        status="OPTIMAL",
        tiers=(
            TierResult(name="required", sense="max", unit="things", value=1, bound=1, gap=0.0),
            TierResult(name="cost", sense="min", unit="cents", value=5000, bound=5000, gap=0.0),
        ),
        wall_time_s=1.5,
        items=(welcome,),
    )


@cache
def examples() -> Mapping[str, Any]:
    """Give an example of each form, by its name in the document, as JSON."""
    made: dict[str, BaseModel] = {}
    for one in _examples():
        made[type(one).__name__] = one
    listed = {
        f"Page_{name}_": Page(items=(made[name],), total=1, next=None)
        for name in (
            *("ScenarioOut", "RunOut", "PlanOut", "KeyOut", "MemberOut", "DeedOut"),
            *("PublicationOut", "FeedOut"),
        )
    }
    return {"Scenario": SCENARIO} | {
        name: one.model_dump(mode="json") for name, one in (made | listed).items()
    }


def _examples() -> list[BaseModel]:
    whole, best = scenario(), plan()
    stored: dict[str, Any] = {
        "id": SCENARIO_ID,
        "name": whole.name,
        "created_at": NOW,
    }
    actor = f"key:{KEY_ID}"
    key = KeyOut(
        id=KEY_ID,
        name="Sync with the staff list",
        role=Role.VIEWER,
        created_at=NOW,
        created_by="member:ada@district.example",
        expires_at=NOW + timedelta(days=365),
        revoked_at=None,
    )
    changed = changes((whole, best), (whole, best))
    published = PublicationOut(
        year=2027,
        number=2,
        stage="published",
        plan=PLAN_ID,
        scenario_name=whole.name,
        published_at=NOW,
        published_by=actor,
        summary=changed.summary,
    )
    feed = FeedOut(
        id=KEY_ID,
        kind="educator",
        reader="t1",
        title="Teacher 1",
        created_at=NOW,
        created_by=actor,
        revoked_at=None,
    )
    return [
        ScenarioOut(**stored),
        ScenarioAccepted(**stored, warnings=()),
        ScenarioWhole(**stored, scenario=whole),
        RunIn(scenario=SCENARIO_ID, time_limit_s=60),
        _run(),
        ProgressPage(items=(_line(),), next=1, ended=False),
        PlanOut(
            id=PLAN_ID,
            scenario=SCENARIO_ID,
            scenario_name=whole.name,
            run=RUN_ID,
            status="OPTIMAL",
            stage="published",
            created_at=NOW + timedelta(seconds=3),
        ),
        best,
        schedule_of(best),
        costs_of(whole, best, ["fund", "term"]),
        reconcile(Facts(Directory(whole), best)),
        compare([Candidate("All funds", whole, best), Candidate("A fund is cut", whole, best)]),
        CalendarsOut(
            calendars=(
                CalendarOut(
                    kind="educator",
                    id="t1",
                    title="Teacher 1",
                    href=f"/v1/plans/{PLAN_ID}/calendars/educator-t1.ics",
                ),
            )
        ),
        Health(status="ok", version=__version__),
        Readiness(status="ready", workers=1),
        key,
        KeyIn(name=key.name, role=key.role),
        KeyGivenOut(**key.model_dump(), key=f"plsched_{KEY_ID}_" + "x" * 43),
        MemberIn(role=Role.BUDGET),
        MemberOut(email="ada@district.example", role=Role.BUDGET, created_at=NOW, created_by=actor),
        DeedOut(
            number=1,
            at=NOW,
            actor=actor,
            action="run.cancel",
            subject=RUN_ID,
            request_id=None,
            details={},
        ),
        MeOut(actor=actor, district="north", permissions=tuple(sorted(PERMISSIONS[Role.VIEWER]))),
        DistrictOut(
            id="north",
            name="North District",
            max_time_limit_s=3600,
            max_workers=16,
            max_queued_runs=20,
            max_educators=60_000,
        ),
        published,
        PublicationWhole(**published.model_dump(), changes=changed),
        PlannedChanges(changes=changed, after=1),
        FeedIn(kind="educator", id="t1"),
        FeedsIn(kind="educator"),
        feed,
        AddressOut(
            **feed.model_dump(),
            address=f"{_SITE}/feeds/{_TOKEN}.ics",
            webcal=f"webcal://plan.example.org/feeds/{_TOKEN}.ics",
            subscribe=f"{_SITE}/subscribe/{_TOKEN}",
            email=None,
        ),
        ProblemOut(
            type="not-stored",
            title="No such plan",
            status=404,
            detail="no plan has the id 'x'; the list of plans names those there are",
        ),
    ]


def _line() -> ProgressOut:
    return ProgressOut(
        number=1,
        attempt=1,
        elapsed_s=0.5,
        stage="solve",
        tier="cost",
        value=5000,
        bound=4000,
        gap=0.2,
        message="cost 5000",
    )


def _run() -> RunOut:
    return RunOut(
        id=RUN_ID,
        status="succeeded",
        scenario=SCENARIO_ID,
        seed=0,
        time_limit_s=60,
        workers=2,
        baseline=None,
        created_at=NOW,
        started_at=NOW + timedelta(seconds=1),
        ended_at=NOW + timedelta(seconds=3),
        attempts=1,
        cancel_requested=False,
        plan=PLAN_ID,
        reason=None,
    )
