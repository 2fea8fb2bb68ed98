"""Who is asking: found by what a request shows."""

from __future__ import annotations

from datetime import UTC, datetime
from hmac import compare_digest

from fastapi import Request
from fastapi.concurrency import run_in_threadpool

from plsched.access import Principal, hashed, local, read_key
from plsched.api.settings import ApiSettings
from plsched.store import KeyStore

SCHEME = "bearer"


class Gate:
    """Knows whether people must sign in, and who holds which key."""

    def __init__(self, settings: ApiSettings, keys: KeyStore) -> None:
        self.is_open = not settings.sign_in
        self._keys = keys

    def holder(self, text: str) -> Principal | None:
        """Find whose key this is; ``None`` for one that is unknown, revoked or too old."""
        shown = read_key(text)
        if shown is None:
            return None
        kept = self._keys.find(shown.id)
        # Compared in any case, so that the time tells nothing about which keys there are.
        expected = "" if kept is None else kept.secret_hash
        if not compare_digest(expected, hashed(shown.secret)) or kept is None:
            return None
        if kept.revoked_at is not None:
            return None
        if kept.expires_at is not None and kept.expires_at <= datetime.now(UTC):
            return None
        return Principal.of(kept.tenant, f"key:{kept.id}", kept.role)


async def identify(request: Request) -> Principal | None:
    """Find who sends a request; ``None`` when nobody is signed in by it."""
    gate: Gate = request.app.state.gate
    if gate.is_open:
        return local()
    scheme, _, shown = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != SCHEME:
        return None
    return await run_in_threadpool(gate.holder, shown.strip())
