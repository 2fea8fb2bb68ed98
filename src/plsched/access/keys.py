"""API keys: what they look like, and what of them is kept.

A key is ``plsched_<id>_<secret>``: the id finds it, the secret has 256 bits. Only the secret's
SHA-256 is kept; the secret is random, so a slow hash would add nothing.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass

_FORM = re.compile(r"plsched_(?P<id>[0-9a-f]{12})_(?P<secret>[A-Za-z0-9_-]{43})")


@dataclass(frozen=True, slots=True)
class Key:
    """A key as its holder has it.

    Attributes
    ----------
    id
        What the lists and the audit log call it; no secret.
    secret
        256 random bits; shown once.
    """

    id: str
    secret: str

    @classmethod
    def new(cls) -> Key:
        """Draw a key."""
        return cls(id=secrets.token_hex(6), secret=secrets.token_urlsafe(32))

    @property
    def text(self) -> str:
        """The key as it is sent: ``Authorization: Bearer <text>``."""
        return f"plsched_{self.id}_{self.secret}"


def read_key(text: str) -> Key | None:
    """Take a key apart; ``None`` when it has not the form of one."""
    found = _FORM.fullmatch(text)
    return None if found is None else Key(id=found["id"], secret=found["secret"])


def hashed(secret: str) -> str:
    """Give what is kept of a secret: its SHA-256, in hexadecimal digits."""
    return hashlib.sha256(secret.encode()).hexdigest()
