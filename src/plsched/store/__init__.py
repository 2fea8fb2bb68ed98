"""What is kept: scenarios, runs and plans, in SQLite or another SQL database."""

from plsched.store.database import Database, open_database
from plsched.store.plans import PlanStore
from plsched.store.records import Run, RunRequest, RunStatus, StoredPlan, StoredScenario
from plsched.store.runs import RunStore
from plsched.store.scenarios import ScenarioStore

__all__ = [
    "Database",
    "PlanStore",
    "Run",
    "RunRequest",
    "RunStatus",
    "RunStore",
    "ScenarioStore",
    "StoredPlan",
    "StoredScenario",
    "open_database",
]
