"""Requests are read up to a size, and no further."""

from __future__ import annotations

import anyio
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from plsched.api.problems import Refused

MAX_ADDRESS_BYTES = 8_000
MAX_HEADER_BYTES = 16_000


class BodyLimit:
    """Refuses a request body that is too large or too slow, as soon as that is known.

    Parameters
    ----------
    max_bytes
        Size of the largest body that is read.
    within_s
        Seconds in which all of it must have come.
    """

    def __init__(self, app: ASGIApp, max_bytes: int, within_s: float) -> None:
        self._app = app
        self._max_bytes = max_bytes
        self._within_s = within_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, counting what is read of its body."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        announced = dict(scope["headers"]).get(b"content-length", b"0")
        read, is_whole = 0, False
        until = anyio.current_time() + self._within_s

        async def counted() -> Message:
            nonlocal read, is_whole
            if is_whole:  # what comes now is that somebody hangs up
                return await receive()
            self._check(int(announced[:20]) if announced.isdigit() else 0)
            with anyio.move_on_at(until) as waiting:
                message = await receive()
            if waiting.cancelled_caught:
                raise Refused(408, f"the body did not come within {self._within_s} seconds")
            read += len(message.get("body", b""))
            is_whole = not message.get("more_body", False)
            self._check(read)
            return message

        await self._app(scope, counted, send)

    def _check(self, size: int) -> None:
        if size > self._max_bytes:
            raise Refused(
                413,
                f"the request has more than {self._max_bytes} bytes; maybe send fewer rows, or "
                "solve it on the command line",
            )


class HeadLimit:
    """Refuses a request whose address or headers are too long for anything that is taken here."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, if its head is of a size that makes sense."""
        app: ASGIApp = self._app
        if scope["type"] == "http":
            address = len(scope.get("raw_path") or b"") + len(scope["query_string"])
            headers = sum(len(name) + len(value) for name, value in scope["headers"])
            names = {name for name, _ in scope["headers"]}
            if {b"content-length", b"transfer-encoding"} <= names:
                # A proxy may take one of them and we the other: what follows would be smuggled in.
                app = Refused(400, "a request has content-length or transfer-encoding, not both")
            elif address > MAX_ADDRESS_BYTES:
                app = Refused(414, f"the address has {address} bytes, over {MAX_ADDRESS_BYTES}")
            elif headers > MAX_HEADER_BYTES:
                app = Refused(431, f"the headers have {headers} bytes, over {MAX_HEADER_BYTES}")
        await app(scope, receive, send)
