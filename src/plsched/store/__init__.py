"""What is kept, in SQLite or in PostgreSQL: districts, scenarios, runs, plans, keys, members, deeds."""

from plsched.store.audit import AuditStore
from plsched.store.census import Census
from plsched.store.database import Database, open_database
from plsched.store.keys import KeyStore
from plsched.store.members import MemberStore
from plsched.store.plans import PlanStore
from plsched.store.records import (
    Deed,
    Member,
    Progress,
    ProgressLine,
    QueueState,
    Run,
    RunRequest,
    RunStatus,
    StoredKey,
    StoredPlan,
    StoredScenario,
    Tenant,
)
from plsched.store.runs import Announce, Beat, RunQueue, RunStore
from plsched.store.scenarios import ScenarioStore
from plsched.store.tenants import TenantStore

__all__ = [
    "Announce",
    "AuditStore",
    "Beat",
    "Census",
    "Database",
    "Deed",
    "KeyStore",
    "Member",
    "MemberStore",
    "PlanStore",
    "Progress",
    "ProgressLine",
    "QueueState",
    "Run",
    "RunQueue",
    "RunRequest",
    "RunStatus",
    "RunStore",
    "ScenarioStore",
    "StoredKey",
    "StoredPlan",
    "StoredScenario",
    "Tenant",
    "TenantStore",
    "open_database",
]
