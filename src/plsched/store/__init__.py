"""What is kept, in SQLite or in PostgreSQL: districts, scenarios, runs, plans, keys, members, deeds."""

from plsched.store.audit import AuditStore
from plsched.store.backup import Copied, back_up, restore
from plsched.store.census import Census
from plsched.store.database import Database, open_database
from plsched.store.feeds import FeedFiles, FeedStore
from plsched.store.keys import KeyStore
from plsched.store.members import MemberStore
from plsched.store.plans import PlanStore
from plsched.store.publications import NewPublication, PublicationStore, Published
from plsched.store.records import (
    Deed,
    FeedFile,
    Member,
    Progress,
    ProgressLine,
    Publication,
    QueueState,
    Run,
    RunRequest,
    RunStatus,
    ServedFeed,
    Stage,
    StoredFeed,
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
    "Copied",
    "Database",
    "Deed",
    "FeedFile",
    "FeedFiles",
    "FeedStore",
    "KeyStore",
    "Member",
    "MemberStore",
    "NewPublication",
    "PlanStore",
    "Progress",
    "ProgressLine",
    "Publication",
    "PublicationStore",
    "Published",
    "QueueState",
    "Run",
    "RunQueue",
    "RunRequest",
    "RunStatus",
    "RunStore",
    "ScenarioStore",
    "ServedFeed",
    "Stage",
    "StoredFeed",
    "StoredKey",
    "StoredPlan",
    "StoredScenario",
    "Tenant",
    "TenantStore",
    "back_up",
    "open_database",
    "restore",
]
