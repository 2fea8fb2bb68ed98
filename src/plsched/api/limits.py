"""Requests are read up to a size, and no further."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class BodyLimit:
    """Refuses a request body that is too large, as soon as that is known.

    Parameters
    ----------
    max_bytes
        Size of the largest body that is read.
    """

    def __init__(self, app: ASGIApp, max_bytes: int) -> None:
        self._app = app
        self._max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, counting what is read of its body."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        read = int(announced) if announced.isdigit() else 0

        async def counted() -> Message:
            nonlocal read
            self._check(read)
            message = await receive()
            if announced == b"0":
                read += len(message.get("body", b""))
            self._check(read)
            return message

        await self._app(scope, counted, send)

    def _check(self, size: int) -> None:
        if size > self._max_bytes:
            raise HTTPException(
                413,
                f"the request has more than {self._max_bytes} bytes; maybe send fewer rows, or "
                "solve it on the command line",
            )
