"""Answers in gzip, for those who take it."""

from __future__ import annotations

import re
from functools import lru_cache

from starlette.middleware.gzip import GZipMiddleware
from starlette.types import Receive, Scope, Send

_TAKES_GZIP = re.compile(r"(^|,)\s*gzip\s*($|,|;\s*q\s*=\s*(1|0?\.\d*[1-9]))", re.IGNORECASE)


@lru_cache(maxsize=64)  # programs say the same each time, thousands of them
def takes_gzip(accepted: str) -> bool:
    """Tell whether somebody takes gzip, by their ``Accept-Encoding``: a weight of 0 says no.

    RFC 9110, section 12.5.3.
    """
    return _TAKES_GZIP.search(accepted) is not None


class Compression(GZipMiddleware):
    """Packs answers; Starlette's own looks for the word alone."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and pack what is answered."""
        shown = (
            v.decode("latin-1") for k, v in scope.get("headers", ()) if k == b"accept-encoding"
        )
        if takes_gzip(",".join(shown)):
            await super().__call__(scope, receive, send)
        else:
            await self.app(scope, receive, send)
