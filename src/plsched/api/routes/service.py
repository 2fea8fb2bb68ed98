"""The service itself: is it well, who may read what."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse

from plsched import __version__
from plsched.api.policy import PUBLIC, PolicedRoute
from plsched.api.problems import problems
from plsched.api.schemas import Health
from plsched.api.services import AppWide

router = APIRouter(route_class=PolicedRoute, tags=["service"])

# Google's calendar reads a feed only where robots.txt lets it.
ROBOTS = """User-agent: *
Allow: /feeds/*.ics$
Allow: /v1/plans/*/calendars/*.ics$
Disallow: /
"""


@router.get("/health", responses=problems(), openapi_extra=PUBLIC)
def get_health(services: AppWide) -> Health:
    """Tell that the service answers and reaches its store."""
    services.database.ping()
    return Health(status="ok", version=__version__)


@router.get("/robots.txt", response_class=PlainTextResponse, openapi_extra=PUBLIC)
def get_robots() -> str:
    """Tell robots that calendars may be read and nothing else."""
    return ROBOTS
