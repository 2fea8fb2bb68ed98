"""E-mail addresses of members: one form for one person."""

from __future__ import annotations

import re

MAX_EMAIL = 254
# Visible ASCII alone: other letters have forms that look or fold alike, and so would two people.
_FORM = re.compile(r"[!-?A-~]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)*")


def read_email(text: str) -> str | None:
    """Give an address as members are kept, in small letters; ``None`` when it is none."""
    if not text.isascii():
        return None
    email = text.lower()
    return email if len(email) <= MAX_EMAIL and _FORM.fullmatch(email) else None
