"""Headers that every answer carries, and what pages may load."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_NOTHING_ELSE = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
REPORT_POLICY = (
    f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; {_NOTHING_ELSE}"
)
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    # Addresses of plans and feeds are secrets: they must not reach other sites.
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": f"default-src 'none'; {_NOTHING_ELSE}",
    "Cache-Control": "private, no-cache",
}


class SafeHeaders:
    """Adds to each answer the headers that it does not set itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and complete the headers of its answer."""

        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _ALWAYS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, complete)


def _header(description: str) -> dict[str, object]:
    return {"description": description, "schema": {"type": "string"}}


LOCATION = {"Location": _header("Where it is.")}
RETRY_AFTER = {"Retry-After": _header("Seconds after which to look again.")}
