"""Who may use a path: each one declares it, and is closed before its request is read.

A path that declares no policy is an error when the app is made.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import replace
from http import HTTPStatus
from typing import Any, Final

from fastapi import Request, Response
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from structlog.contextvars import bound_contextvars

from plsched.access import Permission, Principal
from plsched.api.bodies import SmallRequest, StrictRequest
from plsched.api.door import turned_away, wants_page
from plsched.api.identity import identify
from plsched.api.problems import Refused
from plsched.errors import NotAllowed, NotSignedIn

POLICY: Final = "x-policy"
PUBLIC: Final = {POLICY: "public"}
"""For everybody: what such a path gives tells nothing about a district."""
BY_TOKEN: Final = {POLICY: "token"}
"""For whoever has the address: the token in it is the secret."""

Handle = Callable[[Request], Coroutine[Any, Any, Response]]


def needs(permission: Permission) -> dict[str, str]:
    """Declare that a path is for those who have a permission; goes to ``openapi_extra``."""
    return {POLICY: permission.value}


class PolicedRoute(APIRoute):
    """A path with a policy, which is looked at before anything else of the request."""

    def get_route_handler(self) -> Handle:
        """Give the handler, behind the policy.

        Raises
        ------
        TypeError
            The path declares no policy.
        """
        policy = (self.openapi_extra or {}).get(POLICY)
        if policy is None:
            raise TypeError(f"{self.path} declares no policy; add openapi_extra=needs(...)")
        handle = self._of_json(super().get_route_handler())
        if policy in {PUBLIC[POLICY], BY_TOKEN[POLICY]}:
            return handle
        permission = Permission(policy)

        async def policed(request: Request) -> Response:
            try:
                principal = await _admit(request, permission)
            except (NotSignedIn, NotAllowed) as error:
                if wants_page(request):
                    return turned_away(request, error)
                raise
            _refuse_nul(request)
            request.state.principal = principal
            # Every line of the log that is written meanwhile names them.
            with bound_contextvars(tenant=principal.tenant, actor=principal.actor):
                return await handle(request)

        return policed

    def _of_json(self, handle: Handle) -> Handle:
        """Refuse a body that does not say that it is JSON: other sites' pages cannot send one."""
        if self.body_field is None:
            return handle

        body = self.body_field.field_info.annotation
        is_form = isinstance(body, type) and issubclass(body, BaseModel)
        strict = SmallRequest if is_form else StrictRequest

        async def checked(request: Request) -> Response:
            media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
            if media != "application/json":
                raise Refused(415, f"the body is {media or 'of no type'!r}, not application/json")
            return await handle(strict(request.scope, request.receive))

        return checked


async def _admit(request: Request, permission: Permission) -> Principal:
    principal = await identify(request)
    if principal is None:
        raise NotSignedIn("this needs a key: send it as 'Authorization: Bearer plsched_…'")
    if permission not in principal.permissions:
        raise NotAllowed(
            f"this needs the permission {permission.value!r}, which {principal.actor} has not; ask "
            "those who give out keys in the district ('plsched access keys')"
        )
    return replace(principal, request_id=request.state.request_id)


def _refuse_nul(request: Request) -> None:
    # PostgreSQL keeps no text with it, and looks for none.
    told = (*request.path_params.values(), *request.query_params.values())
    if any("\x00" in str(value) for value in told):
        raise HTTPException(HTTPStatus.BAD_REQUEST, "the address has a NUL (%00); no id has one")
