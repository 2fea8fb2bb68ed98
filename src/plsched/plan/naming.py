"""Ids of plan items: what they are made of, and what they say."""

from __future__ import annotations

from dataclasses import dataclass

from plsched.scenario.directory import AnyItem, Directory
from plsched.scenario.models.cadence import Rhythm, rhythm
from plsched.scenario.models.coaching import Coaching
from plsched.scenario.models.learning import Course, Engagement, Task
from plsched.scenario.models.observation import Observation


@dataclass(frozen=True, slots=True)
class Parts:
    """What the id of a plan item says: which section, round, cycle or occurrence."""

    number: int = 1
    section: int | None = None
    group: str | None = None
    term: str | None = None


def rhythm_of(source: Engagement | Task) -> Rhythm:
    """Rhythm of an engagement; tasks are held once."""
    return rhythm(source.cadence if isinstance(source, Engagement) else "once")


def read_id(directory: Directory, source: AnyItem, item_id: str) -> Parts | None:
    """Take the id of a plan item apart; ``None`` when no such item can be of the source."""
    head, *rest = item_id.split("/")
    if head != source.id:
        return None
    match source, rest:
        case Course(), [section, session] if section.startswith("s"):
            j, k = _number(section[1:]), _number(session)
            return None if j is None or k is None else Parts(number=k, section=j)
        case Observation(), [label] if label.startswith("r"):
            n = _number(label[1:])
            return None if n is None else Parts(number=n)
        case Coaching(), [group, label]:
            n = _number(label)
            return None if n is None or group not in source.coachees else Parts(n, group=group)
        case Engagement() | Task(), _:
            return _occurrence(directory, source, rest)
        case _:
            return None


def _occurrence(directory: Directory, source: Engagement | Task, rest: list[str]) -> Parts | None:
    beat = rhythm_of(source)
    match rest:
        case []:
            return Parts() if beat.kind == "pattern" else None
        case [label] if beat.per_term:
            term, dash, number = label.rpartition("-")
            n = _number(number)
            known = any(t.id == term for t in directory.scenario.calendar.terms)
            return Parts(n, term=term) if dash and known and n is not None else None
        case [label] if beat.kind != "pattern":
            n = _number(label)
            return None if n is None else Parts(n)
        case _:
            return None


def _number(text: str) -> int | None:
    """Read a counting number as ids write it: no sign, no leading zero."""
    plain = text.isascii() and text.isdigit() and len(text) < 7 and not text.startswith("0")
    return int(text) if plain else None
