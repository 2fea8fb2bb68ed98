"""The app: settings and a solver in, an ASGI application out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from plsched import __version__
from plsched.api.compression import Compression
from plsched.api.document import complete_document
from plsched.api.headers import SafeHeaders
from plsched.api.hosts import KnownHosts
from plsched.api.identity import Gate
from plsched.api.limits import BodyLimit, HeadLimit
from plsched.api.metrics import RequestMetrics, StoreMetrics, new_registry
from plsched.api.planbook import PlanBook
from plsched.api.problems import handle_problems
from plsched.api.requests import RequestWatch
from plsched.api.routes import (
    audit,
    calendars,
    compare,
    costs,
    feeds,
    keys,
    me,
    members,
    pages,
    plans,
    publications,
    publishing,
    reports,
    runs,
    scenarios,
    schemas,
    service,
    sign_in,
    subscriptions,
)
from plsched.api.services import Backstage
from plsched.api.settings import ApiSettings
from plsched.api.sign_in import SignInSwitch, open_desk
from plsched.api.subscribed import SubscribedFeeds
from plsched.runs import RunMetrics, Solve, dispatcher
from plsched.store import KeyStore, MemberStore, open_database

VERSIONED = (
    scenarios,
    runs,
    plans,
    reports,
    costs,
    calendars,
    publications,
    feeds,
    compare,
    schemas,
    me,
    keys,
    members,
    audit,
)
UNVERSIONED = (subscriptions, service, pages, publishing, sign_in)
PREFIX = "/v1"

DESCRIPTION = """
Plans the professional learning of a school district: send a scenario (`POST /v1/scenarios`), ask
for a solve (`POST /v1/runs`), follow it (`GET /v1/runs/{id}/events`), and read the plan, what it
costs and its calendars.

Errors are problem details (RFC 9457). Money is integer cents, times carry their zone.
"""


class _Watched(FastAPI):
    """Watches every request, and the answers to those that meet a fault of ours too."""

    def __init__(self, requests: RequestMetrics, **described: Any) -> None:
        self._requests = requests
        super().__init__(**described)

    def build_middleware_stack(self) -> ASGIApp:
        """Stand around all of it, also around what turns an unforeseen error into an answer."""
        return RequestWatch(SafeHeaders(super().build_middleware_stack()), self._requests, PREFIX)


def create_app(settings: ApiSettings, solve: Solve) -> FastAPI:
    """Make the app; ``app.state.registry`` has its metrics.

    Parameters
    ----------
    solve
        Solves a scenario in a process of its own.
    """
    registry = new_registry()
    requests, solved = RequestMetrics(registry), RunMetrics(registry)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with open_database(settings.database_url) as database:
            runner = dispatcher(
                database, solve, concurrent=settings.concurrent_solves, metrics=solved
            )
            stored = StoreMetrics(database, runner)
            registry.register(stored)
            app.state.gate = Gate(
                SignInSwitch(settings, database), KeyStore(database), MemberStore(database)
            )
            app.state.backstage = Backstage(
                settings,
                database,
                runner,
                PlanBook(database),
                SubscribedFeeds(database),
                registry,
            )
            runner.start()
            try:
                yield
            finally:
                runner.stop()
                registry.unregister(stored)

    app = _Watched(
        requests,
        title="plsched",
        version=__version__,
        description=DESCRIPTION,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        # What a path does not name is not there; a redirect would be an answer of its own.
        redirect_slashes=False,
        # A scenario is written and read in one form.
        separate_input_output_schemas=False,
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.desk = open_desk(settings)
    # Paths are tried in their order, and feeds are polled more than all else is asked for.
    for module in UNVERSIONED:
        app.include_router(module.router)
    for module in VERSIONED:
        app.include_router(module.router, prefix=PREFIX)
    app.include_router(sign_in.leaving)
    app.mount("/assets", StaticFiles(packages=[("plsched.api", "assets")]), name="assets")
    app.state.registry = registry
    handle_problems(app)
    complete_document(app)
    app.add_middleware(BodyLimit, max_bytes=settings.max_body_bytes, within_s=settings.max_body_s)
    app.add_middleware(Compression, minimum_size=1000)
    app.add_middleware(HeadLimit)
    app.add_middleware(KnownHosts, hosts=settings.allowed_hosts)
    return app
