"""The known name that somebody probably meant."""

from __future__ import annotations

import re
from collections.abc import Collection
from difflib import get_close_matches

MOST_LISTED = 8
MOST_COMPARED = 20_000


def nearest(name: str, known: Collection[str]) -> str | None:
    """Give the known name closest to a misspelt one, if any is close."""
    if len(known) > MOST_COMPARED or len(name) > 100:
        return None
    word = name.casefold()
    folded = {k.casefold(): k for k in known}
    close = get_close_matches(word, folded, n=1, cutoff=0.7)
    if close:
        return folded[close[0]]
    # A part of the name, as in `amout` for `amount_cents`.
    parts = {part: k for k in sorted(known) for part in re.split(r"[_\W]+", k.casefold())}
    close = get_close_matches(word, parts, n=1, cutoff=0.8) if len(word) > 2 else []
    return parts[close[0]] if close else None


def suggestion(name: str, known: Collection[str], what: str) -> str:
    """Say which known name to write instead, or list those that there are."""
    close = nearest(name, known)
    if close is not None:
        return f"Maybe {close!r} is meant."
    if not known:
        return f"The scenario has no {what} yet: add one."
    listed = sorted(known)
    more = f" and {len(listed) - MOST_LISTED} more" if len(listed) > MOST_LISTED else ""
    return f"Known {what}: {', '.join(listed[:MOST_LISTED])}{more}."
