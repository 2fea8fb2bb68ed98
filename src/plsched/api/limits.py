"""Requests are read up to a size, and no further."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from plsched.api.problems import Refused

MAX_ADDRESS_BYTES = 8_000
MAX_HEADER_BYTES = 16_000


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
            if address > MAX_ADDRESS_BYTES:
                app = Refused(414, f"the address has {address} bytes, over {MAX_ADDRESS_BYTES}")
            elif headers > MAX_HEADER_BYTES:
                app = Refused(431, f"the headers have {headers} bytes, over {MAX_HEADER_BYTES}")
        await app(scope, receive, send)
