"""Names that stay: of feeds, of their files, of events."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple, get_args

from plsched.scenario.models import Scenario

FeedKind = Literal["all", "educator", "expert", "coach", "facility", "site", "pool"]
KINDS: tuple[FeedKind, ...] = get_args(FeedKind)

_PLAIN = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,79}")


class FeedKey(NamedTuple):
    """Whose feed it is; the feed for all has no id."""

    kind: FeedKind
    id: str = ""


EVERYTHING = FeedKey("all")


def key_of(text: str) -> FeedKey:
    """Read a key back from its text."""
    kind, _, owner = text.partition(":")
    for known in KINDS:
        if kind == known:
            return FeedKey(known, owner)
    raise ValueError(f"feed {text!r} is of no known kind; the kinds are {', '.join(KINDS)}")


def text_of(key: FeedKey) -> str:
    """Write a key as one text, such as ``educator:T1``."""
    return f"{key.kind}:{key.id}"


def file_names(keys: Iterable[FeedKey]) -> Mapping[FeedKey, str]:
    """Name the files of feeds: ``educator-T1.ics``, ``all.ics``.

    An id that is safe in a path and in a URL stands as it is. Any other is reduced to its safe
    characters and told apart by a hash behind ``~``, which no safe id holds. Where two safe ids
    differ by case only, the one that is not in lower case gets the hash too: some file systems
    would take them for one.
    """
    wanted = list(dict.fromkeys(keys))
    folded = Counter((key.kind, key.id.lower()) for key in wanted)
    return {key: _file_name(key, alone=folded[key.kind, key.id.lower()] == 1) for key in wanted}


def _file_name(key: FeedKey, *, alone: bool) -> str:
    if key == EVERYTHING:
        return "all.ics"
    if _PLAIN.fullmatch(key.id) and (alone or key.id == key.id.lower()):
        return f"{key.kind}-{key.id}.ics"
    return f"{key.kind}-{_slug(key.id)}~{_hash(key.id)}.ics"


def uid(scenario: Scenario, item: str, piece: str = "") -> str:
    """Name an event for good: by district year, plan item and piece of it.

    What-ifs of a year share the names, so that a subscriber sees one event move and not two
    events; the next year's have others, though its items may have the same ids.
    """
    year = f"{scenario.timezone}|{scenario.calendar.first.year}"
    tail = f"-{_slug(piece)}" if piece else ""
    return f"{_slug(item)}-{_hash(f'{year}|{item}|{piece}')}{tail}@plsched"


def _slug(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-")[:40] or "x"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
