"""Which names of the service are answered.

A page elsewhere could else point a name of its own at this machine and read the answers.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from starlette.types import ASGIApp, Receive, Scope, Send

from plsched.api.problems import Refused

_HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[^:\[\]/@]+)(?::\d*)?", re.IGNORECASE)


class KnownHosts:
    """Refuses a request that names another host.

    Parameters
    ----------
    hosts
        Names without ports; ``*`` stands for any.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self._app = app
        self._hosts = None if "*" in hosts else {host.lower().strip("[]") for host in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, if it is meant for this service."""
        app: ASGIApp = self._app
        if scope["type"] == "http" and self._hosts is not None:
            named = [v.decode("latin-1") for name, v in scope["headers"] if name == b"host"]
            if not self._is_known(named):
                told = ", ".join(map(repr, named)) or "nothing"
                app = Refused(
                    400,
                    f"the host is {told[:200]}, which is no name of this service; those who run it "
                    "set its names in PLSCHED_ALLOWED_HOSTS",
                )
        await app(scope, receive, send)

    def _is_known(self, named: list[str]) -> bool:
        found = _HOST.fullmatch(named[0]) if len(named) == 1 else None
        return found is not None and found["name"].lower().strip("[]") in (self._hosts or ())
