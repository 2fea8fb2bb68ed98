"""A store with the tiny district and plans of it, by hand."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from plsched.access import Permission, Principal, hashed, local
from plsched.plan.models import Occurrence, Plan
from plsched.publishing import FeedService, PublicationService
from plsched.scenario.models import Scenario
from plsched.store import (
    Database,
    FeedFiles,
    PlanStore,
    Publication,
    ScenarioStore,
    Tenant,
    TenantStore,
)
from tests import tiny

NEXT_YEAR = {
    "calendar": {
        **tiny.mapping()["calendar"],
        "first": "2028-08-01",
        "last": "2028-08-04",
        "terms": [
            {
                "id": "fall",
                "name": "Fall",
                "season": "fall",
                "first": "2028-08-01",
                "last": "2028-08-04",
            }
        ],
        "days": [{"kind": "pl-day", "first": "2028-08-01"}],
    }
}


def other_district() -> Principal:
    return Principal("other", "key:other", frozenset(Permission))


@dataclass(frozen=True)
class District:
    """What one district works with; time stands still unless a test moves it."""

    database: Database
    by: Principal

    @classmethod
    def local(cls, database: Database) -> District:
        return cls(database, local())

    @classmethod
    def other(cls, database: Database) -> District:
        made = Tenant("other", "Another district", tiny.NOW)
        TenantStore(database).add(made, by=other_district())
        return cls(database, other_district())

    @property
    def publications(self) -> PublicationService:
        return PublicationService(self.database, self.by.tenant)

    @property
    def feeds(self) -> FeedService:
        return FeedService(self.database, self.by.tenant)

    def keep(self, made: Plan | None = None, scenario: Scenario | None = None) -> str:
        """Keep a plan, of the tiny district unless told otherwise, and give its id."""
        district = scenario or tiny.scenario()
        stored, _ = ScenarioStore(self.database, self.by.tenant).add(
            district, by=self.by, now=tiny.NOW
        )
        plans = PlanStore(self.database, self.by.tenant)
        return plans.add(made or tiny.plan(), scenario_id=stored.id, run_id=None, now=tiny.NOW)

    def publish(self, plan_id: str, *, days: float = 0) -> Publication:
        made, is_new = self.publications.publish(plan_id, by=self.by, now=later(days))
        assert is_new
        return made

    def read(self, token: str) -> str | None:
        """Read a feed by its token; ``None`` when it leads nowhere."""
        files = FeedFiles(self.database)
        found = files.find([hashed(token)]).get(hashed(token))
        file = None if found is None else files.content(found)
        return None if file is None else gzip.decompress(file.content).decode()


def later(days: float) -> datetime:
    return tiny.NOW + timedelta(days=days)


def moved(hours: int = 1, **changes: Any) -> Plan:
    """Give the plan with its one item some hours later."""
    (item,) = tiny.plan().items
    start, end = item.start + timedelta(hours=hours), item.end + timedelta(hours=hours)
    update = {"start": start, "end": end, "occurrences": (Occurrence(start=start, end=end),)}
    return tiny.plan(items=(item.model_copy(update=update),), **changes)


def next_year() -> tuple[Plan, Scenario]:
    """Give a plan of the year after."""
    scenario = tiny.scenario(**NEXT_YEAR)
    (item,) = tiny.plan().items
    start = datetime(2028, 8, 1, 9, tzinfo=scenario.zone)
    end = start + timedelta(hours=2)
    update = {"start": start, "end": end, "occurrences": (Occurrence(start=start, end=end),)}
    return tiny.plan(items=(item.model_copy(update=update),)), scenario
