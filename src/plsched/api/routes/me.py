"""Who is asking, and for which district."""

from __future__ import annotations

from fastapi import APIRouter

from plsched.access import Permission
from plsched.api.accounts import DistrictOut, MeOut
from plsched.api.policy import PolicedRoute, needs
from plsched.api.problems import problems
from plsched.api.services import Serving

router = APIRouter(route_class=PolicedRoute, tags=["access"])


@router.get("/me", responses=problems(), openapi_extra=needs(Permission.READ))
def get_me(services: Serving) -> MeOut:
    """Tell who is asking, and what they may do."""
    return MeOut.of(services.principal)


@router.get("/district", responses=problems(), openapi_extra=needs(Permission.READ))
def get_district(services: Serving) -> DistrictOut:
    """Tell the district's name, and how much of the service it may use."""
    return DistrictOut.of(services.tenant)
