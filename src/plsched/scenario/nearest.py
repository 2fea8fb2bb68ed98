"""The known name that somebody probably meant."""

from __future__ import annotations

import re
from collections.abc import Collection
from difflib import get_close_matches

MOST_LISTED = 8
MOST_CHARACTERS = 100
# About half a second; who has more wrong names than that needs no more suggestions.
MOST_COMPARISONS = 40_000


def nearest(name: str, known: Collection[str]) -> str | None:
    """Give the known name closest to a misspelt one, if any is close."""
    if len(name) > MOST_CHARACTERS:
        return None
    word = name.casefold()
    folded = {k.casefold(): k for k in known}
    close = get_close_matches(word, folded, n=1, cutoff=0.65)
    if close:
        return folded[close[0]]
    # A part of the name, as in `amout` for `amount_cents`.
    parts = {part: k for k in sorted(known) for part in re.split(r"[_\W]+", k.casefold())}
    close = get_close_matches(word, parts, n=1, cutoff=0.8) if len(word) > 2 else []
    return parts[close[0]] if close else None


def suggestion(name: str, known: Collection[str], what: str) -> str:
    """Say which known name to write instead, or list those that there are."""
    close = nearest(name, known)
    return f"Maybe {close!r} is meant." if close is not None else _listed(known, what)


class Suggestions:
    """Suggests names for many misspelt ones, each worked out once and not without end."""

    def __init__(self) -> None:
        self._left = MOST_COMPARISONS
        self._made: dict[tuple[str, str], str] = {}
        self._lists: dict[str, str] = {}

    def suggestion(self, name: str, known: Collection[str], what: str) -> str:
        """Say what `suggestion` says, as long as there is time for it."""
        key = (name, what)
        if key in self._made:
            return self._made[key]
        self._left -= len(known) + 20
        if self._left >= 0:
            self._made[key] = suggestion(name, known, what)
            return self._made[key]
        if what not in self._lists:
            self._lists[what] = _listed(known, what)
        return self._lists[what]


def _listed(known: Collection[str], what: str) -> str:
    if not known:
        return f"The scenario has no {what} yet: add one."
    listed = sorted(known)[:MOST_LISTED]
    more = f" and {len(known) - len(listed)} more" if len(known) > len(listed) else ""
    return f"Known {what}: {', '.join(listed)}{more}."
