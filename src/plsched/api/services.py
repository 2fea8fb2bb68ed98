"""What the handlers work with: one set for an app."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from plsched.api.planbook import PlanBook
from plsched.runs import RunService
from plsched.store import Database, PlanStore, ScenarioStore


@dataclass(frozen=True)
class Services:
    """Stores and services of an app."""

    database: Database
    scenarios: ScenarioStore
    plans: PlanStore
    runs: RunService
    book: PlanBook


def _services(request: Request) -> Services:
    services = request.app.state.services
    assert isinstance(services, Services)  # noqa: S101  # set by the app's lifespan
    return services


Serving = Annotated[Services, Depends(_services)]
