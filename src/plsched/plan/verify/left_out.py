"""Everything asked for either stands or is named as left out."""

from __future__ import annotations

from collections.abc import Iterator

from plsched.plan.facts import Facts
from plsched.plan.models import LeftOut
from plsched.plan.required import Asked, asked_for
from plsched.plan.verify.violation import Violation
from plsched.scenario.models.learning import Course, Engagement, Task


def check_left_out(facts: Facts) -> Iterator[Violation]:
    """Check that nothing is missing from the list, nothing on it stands, and flags are right."""
    asked = list(asked_for(facts))
    entries: dict[str, list[LeftOut]] = {}
    for entry in facts.plan.left_out:
        entries.setdefault(entry.source, []).append(entry)
    for thing in asked:
        named = [e for e in entries.get(thing.source.id, ()) if _names(e, thing)]
        what = "the dosage floor of " if thing.floor else ""
        if thing.stands:
            if named and not thing.floor:
                text = f"{what}{thing.id} stands and is on the list of what is left out"
                yield Violation("left_out", (thing.id,), text)
            continue
        if not named:
            text = f"{what}{thing.id} neither stands nor is named as left out"
            yield Violation("left_out", (thing.id, thing.source.id), text)
        elif all(e.required != thing.required for e in named):
            text = f"{what}{thing.id} is required: {thing.required}, the list says otherwise"
            yield Violation("left_out", (thing.id, thing.source.id), text)
    for entry in facts.plan.left_out:
        if not any(t.source.id == entry.source and _names(entry, t) for t in asked):
            text = f"{entry.id} of {entry.source} is listed as left out and was never asked for"
            yield Violation("left_out", (entry.id, entry.source), text)


def _names(entry: LeftOut, thing: Asked) -> bool:
    """Tell whether an entry of a source is about a thing asked of it.

    Units are told by the entry's groups, rounds and cycles by id, dosage floors by the group; an
    engagement or task is one thing.
    """
    match thing.source:
        case Course():
            return thing.groups[0] in entry.groups
        case Engagement() | Task():
            return True
        case _ if thing.floor:
            return thing.groups[0] in entry.groups
        case _:
            return entry.id == thing.id
