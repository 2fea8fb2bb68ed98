"""Tokens of feeds: a secret that is part of an address.

A calendar program can show no key, so whoever has the address may read the feed. Only the token's
SHA-256 is kept; it is random, so a slow hash would add nothing.
"""

from __future__ import annotations

import secrets

TOKEN_BYTES = 32


def new_token() -> str:
    """Draw a token of 256 bits, written in letters, digits, ``-`` and ``_``."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def new_feed_id() -> str:
    """Draw what lists and the audit log call an address; no secret."""
    return secrets.token_hex(6)
