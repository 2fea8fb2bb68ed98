"""The app: settings and a solver in, an ASGI application out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.staticfiles import StaticFiles

from plsched import __version__
from plsched.api.document import complete_document
from plsched.api.headers import SafeHeaders
from plsched.api.identity import Gate
from plsched.api.limits import BodyLimit
from plsched.api.planbook import PlanBook
from plsched.api.problems import handle_problems
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
    reports,
    runs,
    scenarios,
    schemas,
    service,
    subscriptions,
)
from plsched.api.services import Backstage
from plsched.api.settings import ApiSettings
from plsched.api.sign_in import SignInSwitch
from plsched.api.subscribed import SubscribedFeeds
from plsched.runs import Solve, dispatcher
from plsched.store import KeyStore, open_database

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
UNVERSIONED = (service, subscriptions, pages)
PREFIX = "/v1"

DESCRIPTION = """
Plans the professional learning of a school district: send a scenario (`POST /v1/scenarios`), ask
for a solve (`POST /v1/runs`), follow it (`GET /v1/runs/{id}/events`), and read the plan, what it
costs and its calendars.

Errors are problem details (RFC 9457). Money is integer cents, times carry their zone.
"""


def create_app(settings: ApiSettings, solve: Solve) -> FastAPI:
    """Make the app.

    Parameters
    ----------
    solve
        Solves a scenario in a process of its own.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with open_database(settings.database_url) as database:
            runner = dispatcher(database, solve, concurrent=settings.concurrent_solves)
            app.state.gate = Gate(SignInSwitch(settings, database), KeyStore(database))
            app.state.backstage = Backstage(
                settings, database, runner, PlanBook(database), SubscribedFeeds(database)
            )
            runner.start()
            try:
                yield
            finally:
                runner.stop()

    app = FastAPI(
        title="plsched",
        version=__version__,
        description=DESCRIPTION,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        # A scenario is written and read in one form.
        separate_input_output_schemas=False,
        generate_unique_id_function=lambda route: route.name,
    )
    for module in VERSIONED:
        app.include_router(module.router, prefix=PREFIX)
    for module in UNVERSIONED:
        app.include_router(module.router)
    app.mount("/assets", StaticFiles(packages=[("plsched.api", "assets")]), name="assets")
    handle_problems(app)
    complete_document(app)
    app.add_middleware(BodyLimit, max_bytes=settings.max_body_bytes)
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(settings.allowed_hosts))
    app.add_middleware(SafeHeaders)
    return app
