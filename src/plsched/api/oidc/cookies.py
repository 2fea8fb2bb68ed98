"""What browsers keep: who is signed in, and a sign-in under way. Signed, and with an end."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import Response

FLOW_S = 600
"""How long somebody may take at the provider."""


@dataclass(frozen=True, slots=True)
class Flow:
    """A sign-in under way.

    Attributes
    ----------
    state, nonce
        What the callback and the id token must show.
    verifier
        What proves to the provider that the one who asks for the token began the sign-in (PKCE).
    goal
        Path to go to at the end.
    """

    state: str
    nonce: str
    verifier: str
    goal: str


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who proved their address; ``tenant`` is ``None`` until they chose a district."""

    email: str
    tenant: str | None


class Cookies:
    """Reads and writes the cookies.

    Parameters
    ----------
    secret
        Signs them; the same on each machine.
    secure
        They are sent over TLS alone. Their names then keep other hosts of the domain from setting
        them.
    session_s
        How long a sign-in holds.
    """

    def __init__(self, secret: str, *, secure: bool, session_s: int) -> None:
        prefix = "__Host-" if secure else ""
        self.flow_name: Final = f"{prefix}plsched-sign-in"
        self.session_name: Final = f"{prefix}plsched-session"
        self._secure = secure
        self._session_s = session_s
        self._flows = URLSafeTimedSerializer(secret, salt="plsched.sign-in")
        self._sessions = URLSafeTimedSerializer(secret, salt="plsched.session")

    def flow(self, request: Request) -> Flow | None:
        """Read the sign-in under way."""
        found = _read(self._flows, request.cookies.get(self.flow_name), FLOW_S)
        return None if found is None else Flow(**found)

    def session(self, request: Request) -> Session | None:
        """Read who is signed in."""
        found = _read(self._sessions, request.cookies.get(self.session_name), self._session_s)
        return None if found is None else Session(**found)

    def keep_flow(self, response: Response, flow: Flow) -> None:
        """Let a browser keep a sign-in under way."""
        self._set(response, self.flow_name, self._flows.dumps(asdict(flow)), FLOW_S)

    def keep_session(self, response: Response, email: str, tenant: str | None) -> None:
        """Let a browser keep who is signed in."""
        signed = self._sessions.dumps(asdict(Session(email, tenant)))
        self._set(response, self.session_name, signed, self._session_s)

    def end_flow(self, response: Response) -> None:
        """Let a browser forget the sign-in under way: what it held is good for once."""
        self._set(response, self.flow_name, "", 0)

    def end_session(self, response: Response) -> None:
        """Let a browser forget who is signed in."""
        self._set(response, self.session_name, "", 0)

    def _set(self, response: Response, name: str, value: str, max_age: int) -> None:
        # Lax, not strict: the provider sends the browser back from another site.
        response.set_cookie(
            name,
            value,
            max_age=max_age,
            path="/",
            secure=self._secure,
            httponly=True,
            samesite="lax",
        )


def _read(signed: URLSafeTimedSerializer, text: str | None, max_age: int) -> dict[str, Any] | None:
    if text is None:
        return None
    try:
        found = signed.loads(text, max_age=max_age)
    except BadSignature:  # also one that is too old
        return None
    return dict(found)
