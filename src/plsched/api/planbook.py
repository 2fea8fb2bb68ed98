"""Plans that are being read: each kept open for a while with its scenario and its feeds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from plsched.errors import NotStored
from plsched.exports.calendars import Agenda, Feed, FeedKey, FeedState
from plsched.exports.report import render_report
from plsched.plan.models import Plan
from plsched.scenario.models import Scenario
from plsched.store import Database, PlanStore, RunStore, ScenarioStore, StoredPlan

OPEN_PLANS = 8
OPEN_FEEDS = 2000


@dataclass(frozen=True)
class OpenPlan:
    """A plan with everything that its pages and files are made from."""

    stored: StoredPlan
    plan: Plan
    scenario: Scenario
    before: FeedState | None

    @cached_property
    def agenda(self) -> Agenda:
        """The plan's feeds."""
        return Agenda(
            self.scenario, self.plan, changed_at=self.stored.created_at, previous=self.before
        )

    @cached_property
    def feed_keys(self) -> dict[str, FeedKey]:
        """Whose feed each file name stands for."""
        return {name: key for key, name in self.agenda.names.items()}


class PlanBook:
    """Opens plans of all districts. A plan never changes, so what was read once is kept."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.open = lru_cache(OPEN_PLANS)(self._open)
        self.report = lru_cache(2 * OPEN_PLANS)(self._report)
        self.feed = lru_cache(OPEN_FEEDS)(self._feed)

    def _open(self, tenant: str, plan_id: str) -> OpenPlan:
        plans = PlanStore(self._database, tenant)
        stored = plans.get(plan_id)
        return OpenPlan(
            stored=stored,
            plan=plans.content(plan_id),
            scenario=ScenarioStore(self._database, tenant).content(stored.scenario_id),
            before=self._feeds_before(tenant, stored),
        )

    def _report(self, tenant: str, plan_id: str, with_costs: bool) -> str:
        opened = self.open(tenant, plan_id)
        return render_report(opened.scenario, opened.plan, with_costs=with_costs)

    def _feed(self, tenant: str, plan_id: str, name: str) -> Feed:
        opened = self.open(tenant, plan_id)
        key = opened.feed_keys.get(name)
        if key is None:
            raise NotStored("calendar", name)
        return opened.agenda.feed(key)

    def _feeds_before(self, tenant: str, stored: StoredPlan) -> FeedState | None:
        """Give the state of the feeds after the plans that this one was made from.

        So that subscribers of a replanned year see events move and be called off.
        """
        plans, runs = PlanStore(self._database, tenant), RunStore(self._database, tenant)
        scenarios = ScenarioStore(self._database, tenant)
        earlier = []
        while (baseline := _baseline(runs, stored)) is not None:
            stored = plans.get(baseline)
            earlier.append(stored)
        state = None
        for old in reversed(earlier):
            agenda = Agenda(
                scenarios.content(old.scenario_id),
                plans.content(old.id),
                changed_at=old.created_at,
                previous=state,
            )
            state = agenda.state
        return state


@dataclass(frozen=True, slots=True)
class Shelf:
    """The part of the book that one district may read."""

    book: PlanBook
    tenant: str

    def open(self, plan_id: str) -> OpenPlan:
        """Open a plan; raises `NotStored`."""
        return self.book.open(self.tenant, plan_id)

    def report(self, plan_id: str, *, with_costs: bool) -> str:
        """Render the report of a plan; raises `NotStored`."""
        return self.book.report(self.tenant, plan_id, with_costs)

    def feed(self, plan_id: str, name: str) -> Feed:
        """Write the feed of a file name; raises `NotStored`."""
        return self.book.feed(self.tenant, plan_id, name)


def _baseline(runs: RunStore, stored: StoredPlan) -> str | None:
    return None if stored.run_id is None else runs.get(stored.run_id).request.baseline_id
