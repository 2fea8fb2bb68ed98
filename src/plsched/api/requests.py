"""What is known of each request: its id, and how it was answered, in the log and the metrics.

Paths of feeds hold secrets, so only the template of a route is told, never the path itself.
"""

from __future__ import annotations

import logging
import re
import time
import uuid
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bound_contextvars

from plsched.api.metrics import RequestMetrics

logger = logging.getLogger(__name__)

HEADER = "X-Request-Id"
# Whoever calls may send in nothing but what looks like an id: no key has this form.
_FORM = re.compile(r"[A-Za-z0-9-]{8,64}")
_ASKED_BY_MACHINES = frozenset({"/health", "/ready", "/metrics", "/feeds/{token}.ics"})
"""Asked all the time by what watches the service, and by calendar programs; what goes well there is
logged with the details only, and counted in the metrics."""
NO_ROUTE = "(none)"


class RequestWatch:
    """Gives each request an id, and tells of its answer.

    Parameters
    ----------
    prefix
        What stands before the paths of versioned routes, such as ``/v1``.
    """

    def __init__(self, app: ASGIApp, metrics: RequestMetrics, prefix: str) -> None:
        self._app = app
        self._metrics = metrics
        self._prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, with its id, and watch how it is answered."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _request_id(Headers(scope=scope))
        scope.setdefault("state", {})["request_id"] = request_id
        path, began = scope["path"], time.perf_counter()
        answered: dict[str, Any] = {"status": 500, "after_s": None}

        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[HEADER] = request_id
                answered.update(status=message["status"], after_s=time.perf_counter() - began)
            await send(message)

        with bound_contextvars(request_id=request_id):
            try:
                await self._app(scope, receive, watched)
            finally:
                took_s = time.perf_counter() - began
                route = self._template(scope, path)
                # A stream lasts as long as its run: what counts is when the answer began.
                self._metrics.answered(
                    route, scope["method"], answered["status"], answered["after_s"] or took_s
                )
                _log(scope, route, answered["status"], took_s)

    def _template(self, scope: Scope, path: str) -> str:
        route = scope.get("route")
        if not isinstance(route, BaseRoute):
            # A folder of files is no route, and says where it is mounted.
            return scope.get("root_path") or NO_ROUTE
        template = str(getattr(route, "path", NO_ROUTE))
        versioned = path.startswith(f"{self._prefix}/")
        return f"{self._prefix}{template}" if versioned else template


def _request_id(headers: Headers) -> str:
    given = headers.get(HEADER, "")
    return given if _FORM.fullmatch(given) else uuid.uuid4().hex


def _log(scope: Scope, route: str, status: int, took_s: float) -> None:
    principal = scope["state"].get("principal")
    told = {
        "method": scope["method"],
        "route": route,
        "status": status,
        "duration_ms": round(took_s * 1000, 1),
        "tenant": None if principal is None else principal.tenant,
        "actor": None if principal is None else principal.actor,
    }
    quiet = route in _ASKED_BY_MACHINES and status < 400
    logger.log(logging.DEBUG if quiet else logging.INFO, "request", extra=told)
