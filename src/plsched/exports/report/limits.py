"""The contract's limits, in words."""

from __future__ import annotations

from dataclasses import dataclass

from plsched.exports.report.wording import hours, listed, plural, spaced
from plsched.plan.facts import Facts
from plsched.plan.verify.limits import limit_sums
from plsched.scenario.directory import Directory
from plsched.scenario.models.policy import Limit


@dataclass(frozen=True, slots=True)
class LimitRow:
    """A limit as people agreed to it."""

    id: str
    counts: str
    at_most: str
    reached: str
    """the most that anybody comes to, and how many come to the limit"""
    source: str


_KINDS = {"coaching": "coaching"}
"""Kinds of items that have no plural."""


def limits(facts: Facts) -> tuple[LimitRow, ...]:
    """Set every limit beside the most that anybody comes to."""
    return tuple(
        LimitRow(
            limit.id,
            _counts(facts.directory, limit),
            _amount(limit, limit.at_most),
            _reached(facts, limit),
            limit.source,
        )
        for limit in facts.scenario.limits
    )


def _reached(facts: Facts, limit: Limit) -> str:
    if limit.unit == "groups_out":
        return "kept"
    sums = limit_sums(facts, limit)
    most = max(sums.values(), default=0)
    words = _amount(limit, most)
    full = {who for (who, _), total in sums.items() if who and total == limit.at_most}
    if not full:
        return words
    return f"{words}, by {plural(len(full), 'educator')}"


def _counts(directory: Directory, limit: Limit) -> str:
    what = "everything"
    if limit.counts is not None:
        what = listed(_KINDS.get(kind, f"{spaced(kind)}s") for kind in limit.counts)
    if limit.mandatory_only:
        what = "mandatory training" if limit.counts is None else f"mandatory {what}"
    return f"{what} of {_who(directory, limit)}, in a {limit.window}"


def _who(directory: Directory, limit: Limit) -> str:
    roles = {role.id: role.name for role in directory.scenario.roles}
    parts = [roles[r] for r in limit.who.roles or ()]
    parts += [directory.sites[s].name for s in limit.who.sites or ()]
    parts += [f"grade {g}" for g in limit.who.grades or ()]
    parts += list(limit.who.departments or ())
    parts += [directory.groups[g].name for g in limit.groups or ()]
    parts += [directory.educators[e].name for e in limit.educators or ()]
    who = ", ".join(parts) or "everybody"
    return f"{who}; {'each person' if limit.per == 'person' else 'all together'}"


def _amount(limit: Limit, amount: int) -> str:
    match limit.unit:
        case "minutes":
            return f"{hours(amount)} h"
        case "meetings":
            return plural(amount, "meeting")
        case "days_out":
            return plural(amount, "day out", "days out")
        case "groups_out":
            return f"{plural(amount, 'group')} out at once"
