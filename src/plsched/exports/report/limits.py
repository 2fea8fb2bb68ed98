"""The contract's limits, in words."""

from __future__ import annotations

from dataclasses import dataclass

from plsched.exports.report.wording import hours, listed, plural, spaced
from plsched.scenario.directory import Directory
from plsched.scenario.models.policy import Limit


@dataclass(frozen=True, slots=True)
class LimitRow:
    """A limit as people agreed to it."""

    id: str
    counts: str
    at_most: str
    source: str


def limits(directory: Directory) -> tuple[LimitRow, ...]:
    """Write down every limit, which the plan keeps."""
    return tuple(
        LimitRow(limit.id, _counts(directory, limit), _at_most(limit), limit.source)
        for limit in directory.scenario.limits
    )


def _counts(directory: Directory, limit: Limit) -> str:
    what = "things" if limit.counts is None else listed(spaced(kind) for kind in limit.counts)
    if limit.mandatory_only:
        what = f"mandatory {what}"
    return f"{what} of {_who(directory, limit)}, a {limit.window}"


def _who(directory: Directory, limit: Limit) -> str:
    roles = {role.id: role.name for role in directory.scenario.roles}
    parts = [roles[r] for r in limit.who.roles or ()]
    parts += [directory.sites[s].name for s in limit.who.sites or ()]
    parts += [f"grade {g}" for g in limit.who.grades or ()]
    parts += list(limit.who.departments or ())
    parts += [directory.groups[g].name for g in limit.groups or ()]
    parts += [directory.educators[e].name for e in limit.educators or ()]
    who = ", ".join(parts) or "everybody"
    return f"{who}, {'each' if limit.per == 'person' else 'all together'}"


def _at_most(limit: Limit) -> str:
    match limit.unit:
        case "minutes":
            return f"{hours(limit.at_most)} h"
        case "meetings":
            return plural(limit.at_most, "meeting")
        case "days_out":
            return plural(limit.at_most, "day out", "days out")
        case "groups_out":
            return f"{plural(limit.at_most, 'group')} out at once"
