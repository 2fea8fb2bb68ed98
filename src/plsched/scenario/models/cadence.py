"""Cadence words, kept as people write them, and what they mean."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator

from plsched.scenario.models.base import Model

_NUMBERS = {"once": 1, "twice": 2, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_SPAN = re.compile(
    r"^(?P<low>\d+|once|twice|one|two|three|four|five|six)(?:\s*(?:-|to)\s*(?P<high>\d+))?"
    r"(?:\s*times)?\s*(?:per|a|each|every)\s*(?P<per>year|term)$"
)
EXAMPLES = (
    "weekly, every 2 weeks, monthly, 4-6 times per year, 3 times per term, twice a year, once"
)


class Rhythm(Model):
    """What a cadence asks for.

    ``pattern``: one weekday and start time all through, every ``every_weeks`` weeks.
    ``monthly``: one occurrence in each calendar month of the window that has a possible date.
    ``count``: ``low`` to ``high`` occurrences in the window, or in each term when ``per_term``.
    ``min_gap_days`` lies at least between the dates of two occurrences unless the item says else.
    """

    kind: Literal["pattern", "monthly", "count"]
    every_weeks: int = 1
    low: int = 1
    high: int = 1
    per_term: bool = False
    min_gap_days: int = 0


_EVERY_WEEK = Rhythm(kind="pattern")
_EVERY_TWO_WEEKS = Rhythm(kind="pattern", every_weeks=2)
_MONTHLY = Rhythm(kind="monthly", min_gap_days=14)
_ONCE = Rhythm(kind="count")
_TWICE_A_YEAR = Rhythm(kind="count", low=2, high=2, min_gap_days=60)
_QUARTERLY = Rhythm(kind="count", low=4, high=4, min_gap_days=45)
_WORDS = {
    **dict.fromkeys(("weekly", "every week"), _EVERY_WEEK),
    **dict.fromkeys(
        ("biweekly", "every two weeks", "every 2 weeks", "fortnightly"), _EVERY_TWO_WEEKS
    ),
    **dict.fromkeys(("monthly", "every month", "once a month"), _MONTHLY),
    **dict.fromkeys(("once", "one time", "annual", "annually", "yearly"), _ONCE),
    **dict.fromkeys(
        ("semi-annual", "semiannual", "semi-annually", "twice a year", "twice per year"),
        _TWICE_A_YEAR,
    ),
    "quarterly": _QUARTERLY,
}


def rhythm(words: str) -> Rhythm:
    """Read cadence words.

    Raises
    ------
    ValueError
        The words are not among those known; the message gives examples.
    """
    text = " ".join(words.lower().split())
    if text in _WORDS:
        return _WORDS[text]
    found = _SPAN.match(text)
    if found is None:
        raise ValueError(f"cadence {words!r} is not known; write one of: {EXAMPLES}")
    low = _NUMBERS.get(found["low"]) or int(found["low"])
    high = int(found["high"]) if found["high"] else low
    if not 1 <= low <= high <= 60:
        raise ValueError(
            f"cadence {words!r} asks for {low} to {high} times; use 1 to 60, low first"
        )
    return Rhythm(
        kind="count",
        low=low,
        high=high,
        per_term=found["per"] == "term",
        min_gap_days=14 if high > 1 else 0,
    )


def _known(words: str) -> str:
    rhythm(words)
    return words


Cadence = Annotated[str, AfterValidator(_known)]
