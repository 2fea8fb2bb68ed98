"""Who is asking: found by what a request shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from hmac import compare_digest
from typing import TYPE_CHECKING

from fastapi import Request
from fastapi.concurrency import run_in_threadpool

from plsched.access import Permission, Principal, hashed, local, member_actor, read_key
from plsched.api.sign_in import SignInSwitch
from plsched.errors import NotAllowed
from plsched.store import KeyStore, MemberStore

if TYPE_CHECKING:
    from plsched.api.oidc import Desk, Session

SCHEME = "bearer"
SENT_BY_OTHERS = "a page of another site sent this; use the pages of this service, or a key"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
"""What a proxy adds to a request: it comes from elsewhere, whatever address it comes by."""


class Gate:
    """Knows whether people must sign in, who holds which key, and who is a member."""

    def __init__(self, switch: SignInSwitch, keys: KeyStore, members: MemberStore) -> None:
        self._switch = switch
        self._keys = keys
        self._members = members
        self._is_closed = switch.check()

    def is_open(self) -> bool:
        """Tell whether nobody is asked; once it is closed, it stays closed."""
        self._is_closed = self._is_closed or self._switch.is_on()
        return not self._is_closed

    def holder(self, text: str) -> Principal | None:
        """Find whose key this is; ``None`` for one that is unknown, revoked or too old."""
        shown = read_key(text)
        if shown is None:
            return None
        kept = self._keys.find(shown.id)
        # Compared in any case, so that the time tells nothing about which keys there are.
        expected = hashed("") if kept is None else kept.secret_hash
        if not compare_digest(expected, hashed(shown.secret)) or kept is None:
            return None
        if kept.revoked_at is not None:
            return None
        if kept.expires_at is not None and kept.expires_at <= datetime.now(UTC):
            return None
        return Principal.of(kept.tenant, f"key:{kept.id}", kept.role)

    def member(self, session: Session) -> Principal | None:
        """Find what somebody is now; ``None`` for one who is no member, or chose no district."""
        if session.tenant is None:
            return None
        found = self._members.find(session.tenant, session.email)
        if found is None:
            return None
        return Principal.of(found.tenant, member_actor(found.email), found.role)


async def identify(request: Request) -> Principal | None:
    """Find who sends a request; ``None`` when nobody is signed in by it.

    Raises
    ------
    NotAllowed
        Sign-in is off, and the request comes from elsewhere by a proxy; or a page of another site
        would change something by the cookie of who is signed in.
    """
    gate: Gate = request.app.state.gate
    if await run_in_threadpool(gate.is_open):
        _refuse_forwarded(request)
        _refuse_other_sites(request)
        # Whoever needs no key gives none out: the first one comes from the command line.
        return replace(local(), permissions=local().permissions - {Permission.ACCESS})
    shown = request.headers.get("authorization")
    if shown is None:
        return await _signed_in(request, gate)
    scheme, _, key = shown.partition(" ")
    if scheme.lower() != SCHEME:
        return None
    return await run_in_threadpool(gate.holder, key.strip())


async def _signed_in(request: Request, gate: Gate) -> Principal | None:
    desk: Desk | None = request.app.state.desk
    session = None if desk is None else desk.cookies.session(request)
    if desk is None or session is None:
        return None
    # A browser sends its cookies with whatever a page of another site makes it send.
    if request.method not in SAFE_METHODS and not desk.is_own_page(request):
        raise NotAllowed(SENT_BY_OTHERS)
    return await run_in_threadpool(gate.member, session)


def _refuse_other_sites(request: Request) -> None:
    """Refuse what a page of another site makes a browser send; programs say nothing of that kind."""
    site = request.headers.get("sec-fetch-site", "same-origin")
    if request.method not in SAFE_METHODS and site != "same-origin":
        raise NotAllowed(SENT_BY_OTHERS)


def _refuse_forwarded(request: Request) -> None:
    for name in FORWARDED:
        if name in request.headers:
            raise NotAllowed(
                f"sign-in is off, and the header {name!r} says that this came through a proxy; "
                "those who run the service must turn sign-in on (PLSCHED_SIGN_IN=on) first"
            )
