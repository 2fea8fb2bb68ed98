"""What the handlers work with: the stores and services of the district that is asking."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, Request
from prometheus_client import CollectorRegistry

from plsched.access import Permission, Principal
from plsched.api.planbook import PlanBook, Shelf
from plsched.api.settings import ApiSettings
from plsched.api.subscribed import SubscribedFeeds
from plsched.errors import LimitExceeded, NotReady
from plsched.publishing import FeedService, PublicationService
from plsched.runs import Dispatcher, RunService
from plsched.scenario.models import Scenario
from plsched.store import (
    AuditStore,
    Database,
    KeyStore,
    MemberStore,
    PlanStore,
    ScenarioStore,
    StoredScenario,
    Tenant,
    TenantStore,
)


@dataclass(frozen=True)
class Backstage:
    """What one app has of everything, for all districts."""

    settings: ApiSettings
    database: Database
    runner: Dispatcher
    book: PlanBook
    subscribed: SubscribedFeeds
    registry: CollectorRegistry

    def see_that_it_is_ready(self) -> int:
        """Give the number of those that carry out runs.

        Raises
        ------
        StoreUnavailable
            The store does not answer.
        NotReady
            Its tables are of another plsched, or nobody carries out runs.
        """
        if not self.database.is_current():
            raise NotReady(
                "the store was migrated by another plsched while this one ran; start it again, in "
                "the same version as the others"
            )
        alive = self.runner.alive()
        if alive == 0:
            raise NotReady(
                "nobody carries out runs; with PostgreSQL start 'plsched worker', with SQLite start "
                "the service again"
            )
        return alive

    def services(self, principal: Principal) -> Services:
        """Give what somebody works with."""
        tenant = self._within_limits(TenantStore(self.database).get(principal.tenant))
        return Services(
            principal=principal,
            tenant=tenant,
            scenarios=ScenarioStore(self.database, tenant.id),
            plans=PlanStore(self.database, tenant.id),
            runs=RunService(self.database, self.runner, tenant),
            keys=KeyStore(self.database),
            members=MemberStore(self.database),
            audit=AuditStore(self.database, tenant.id),
            book=Shelf(self.book, tenant.id),
            publications=PublicationService(self.database, tenant.id),
            feeds=FeedService(self.database, tenant.id),
        )

    def _within_limits(self, tenant: Tenant) -> Tenant:
        return tenant.limited(
            max_time_limit_s=self.settings.max_time_limit_s,
            max_workers=self.settings.max_workers,
            max_queued_runs=self.settings.max_queued_runs,
            max_educators=self.settings.max_educators,
        )


@dataclass(frozen=True)
class Services:
    """Stores and services of one district, for one who asks."""

    principal: Principal
    tenant: Tenant
    scenarios: ScenarioStore
    plans: PlanStore
    runs: RunService
    keys: KeyStore
    members: MemberStore
    audit: AuditStore
    book: Shelf
    publications: PublicationService
    feeds: FeedService

    def may(self, permission: Permission) -> bool:
        """Tell whether the one who asks has a permission."""
        return permission in self.principal.permissions

    def keep(self, scenario: Scenario) -> tuple[StoredScenario, bool]:
        """Keep a scenario; the flag tells whether it is new.

        Raises
        ------
        LimitExceeded
            It has more educators than the district may plan for.
        """
        many, most = len(scenario.educators), self.tenant.max_educators
        if most is not None and many > most:
            raise LimitExceeded(
                f"the scenario has {many} educators, and this district may plan for at most {most};"
                " take some out, or ask those who run the service for more"
            )
        return self.scenarios.add(scenario, by=self.principal, now=datetime.now(UTC))


def backstage(request: Request) -> Backstage:
    """Give what the app has for all districts."""
    found = request.app.state.backstage
    assert isinstance(found, Backstage)  # noqa: S101  # set by the app's lifespan
    return found


def _services(request: Request) -> Services:
    return backstage(request).services(request.state.principal)


Serving = Annotated[Services, Depends(_services)]
AppWide = Annotated[Backstage, Depends(backstage)]
