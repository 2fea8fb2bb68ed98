"""The service itself: is it well, who may read what."""

from __future__ import annotations

from fastapi import APIRouter, Response
from fastapi.responses import PlainTextResponse

from plsched import __version__
from plsched.access import Permission
from plsched.api.metrics import CONTENT_TYPE, exposition
from plsched.api.policy import PUBLIC, PolicedRoute, needs
from plsched.api.problems import problems
from plsched.api.schemas import Health, Readiness
from plsched.api.services import AppWide

router = APIRouter(route_class=PolicedRoute, tags=["service"])

# Google's calendar reads a feed only where robots.txt lets it.
ROBOTS = """User-agent: *
Allow: /feeds/*.ics$
Disallow: /
"""


@router.get("/health", responses=problems(), openapi_extra=PUBLIC)
async def get_health() -> Health:
    """Tell that the service answers; whether it can do its work is asked at `/ready`."""
    return Health(status="ok", version=__version__)


@router.get("/ready", responses=problems(503), openapi_extra=PUBLIC)
def get_readiness(services: AppWide) -> Readiness:
    """Tell that the store is reached and up to date, and that somebody carries out runs."""
    return Readiness(status="ready", workers=services.see_that_it_is_ready())


@router.get(
    "/metrics",
    response_class=PlainTextResponse,
    responses=problems(),
    openapi_extra=needs(Permission.OBSERVE),
)
def get_metrics(services: AppWide) -> Response:
    """Give what the service counts of itself, as Prometheus reads it."""
    return Response(exposition(services.registry), media_type=CONTENT_TYPE)


@router.get("/robots.txt", response_class=PlainTextResponse, openapi_extra=PUBLIC)
def get_robots() -> str:
    """Tell robots that calendars may be read and nothing else."""
    return ROBOTS
