"""The decisions of the model, and how they hang together whatever the rules say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from plsched.solver.problem import Activity, Bundle, Cycle, Problem, Round
from plsched.solver.rows import Rows


@dataclass(slots=True)
class ActivityVars:
    """Literals of an activity.

    ``x[c]``: it is held at column c. ``part[u][c]``: unit u takes part at c. ``room[c][k]``:
    a facility of class k is used at c. ``lead[e][c]``: expert e leads at c.
    """

    activity: Activity
    bundle: BundleVars
    present: int
    x: list[int]
    part: list[dict[int, int]] = field(default_factory=list)
    room: list[dict[int, int]] = field(default_factory=list)
    lead: dict[str, dict[int, int]] = field(default_factory=dict)


@dataclass(slots=True)
class BundleVars:
    """``stands``: anything of it stands; ``chosen[u]``: unit u is in it; ``team[e]``: expert e.

    ``own`` numbers all its decisions; likewise below.
    """

    bundle: Bundle
    stands: int
    chosen: list[int] = field(default_factory=list)
    team: dict[str, int] = field(default_factory=dict)
    need: list[dict[str, int]] = field(default_factory=list)
    activities: list[ActivityVars] = field(default_factory=list)
    own: range = range(0)


@dataclass(slots=True)
class RoundVars:
    """``observe`` and ``host`` count, by (pattern, crowd, period), observers and hosts.

    ``trip`` counts, by (pattern, crowd, trip), observers of other sites.
    """

    round: Round
    present: int
    x: list[int]
    of_pattern: list[int]
    room: list[dict[int, int]] = field(default_factory=list)
    observe: dict[tuple[int, int, str], int] = field(default_factory=dict)
    host: dict[tuple[int, int, str], int] = field(default_factory=dict)
    trip: dict[tuple[int, int, int], int] = field(default_factory=dict)
    own: range = range(0)


@dataclass(slots=True)
class CycleVars:
    """``x[c]``: the cycle is held at column c."""

    cycle: Cycle
    present: int
    x: list[int]
    own: range = range(0)


@dataclass(slots=True)
class Variables:
    """All decisions but those that a single family needs for itself."""

    bundles: list[BundleVars]
    rounds: list[RoundVars]
    cycles: list[CycleVars]
    by_source: dict[str, list[BundleVars]] = field(default_factory=dict)

    def activities(self) -> Iterator[ActivityVars]:
        """Every activity of every bundle."""
        for bundle in self.bundles:
            yield from bundle.activities


def make_variables(rows: Rows, problem: Problem) -> Variables:
    """Add the decisions, and the rows that define how they hang together."""
    found = Variables(
        [_bundle(rows, b) for b in problem.bundles],
        [_round(rows, r) for r in problem.rounds],
        [_cycle(rows, c) for c in problem.cycles],
    )
    for bundle in found.bundles:
        found.by_source.setdefault(bundle.bundle.item.id, []).append(bundle)
    return found


def _bundle(rows: Rows, bundle: Bundle) -> BundleVars:
    first = rows.count
    made = BundleVars(bundle, rows.literal())
    if bundle.fixed:
        made.chosen = [made.stands]
    else:
        made.chosen = [rows.literal() for _ in bundle.units]
        rows.linear([(made.stands, -1), *((g, 1) for g in made.chosen)], 0, None)
        for g in made.chosen:
            rows.implies(g, [made.stands])
    if not bundle.activities:
        rows.linear([(made.stands, 1)], 0, 0)
    _team(rows, made)
    for chain in bundle.chains:
        before = made.stands
        for k in range(chain.first, chain.last):
            present = made.stands
            if k - chain.first >= chain.low:
                present = rows.literal()
                rows.implies(present, [before])
            before = present
            made.activities.append(_activity(rows, made, bundle.activities[k], present))
    made.own = range(first, rows.count)
    return made


def _team(rows: Rows, made: BundleVars) -> None:
    """Choose the experts of each need, and say who is on the team."""
    bundle = made.bundle
    for partner in bundle.partners:
        made.team[partner] = made.stands
    for need, pool in zip(bundle.needs, bundle.candidates, strict=True):
        if len(pool) < need.count:
            rows.linear([(made.stands, 1)], 0, 0)
            made.need.append({})
        elif len(pool) == need.count:
            made.need.append(dict.fromkeys(pool, made.stands))
        else:
            chosen = {x: rows.literal() for x in pool}
            rows.linear([(made.stands, -need.count), *((v, 1) for v in chosen.values())], 0, 0)
            made.need.append(chosen)
    for expert in dict.fromkeys(x for chosen in made.need for x in chosen):
        fills = [chosen[expert] for chosen in made.need if expert in chosen]
        if len(fills) == 1:
            made.team[expert] = fills[0]
        else:
            member = rows.literal()
            rows.exactly(fills, member)
            made.team[expert] = member


def _activity(rows: Rows, bundle: BundleVars, activity: Activity, present: int) -> ActivityVars:
    columns = range(len(activity.columns))
    made = ActivityVars(activity, bundle, present, [rows.literal() for _ in columns])
    rows.exactly(made.x, present)
    for u, chosen in enumerate(bundle.chosen):
        able = [c for c in columns if activity.attendance[u][c] is not None]
        if bundle.bundle.fixed:
            made.part.append({c: made.x[c] for c in able})
            continue
        part = {c: rows.literal() for c in able}
        rows.exactly(list(part.values()), chosen)
        for c, literal in part.items():
            rows.implies(literal, [made.x[c]])
        made.part.append(part)
    made.room = _rooms(rows, made.x, activity.rooms)
    for expert, member in bundle.team.items():
        made.lead[expert] = _leads(rows, made, activity.leads[expert], member)
    return made


def _leads(rows: Rows, made: ActivityVars, able: frozenset[int], member: int) -> dict[int, int]:
    """At which column an expert leads: where the activity is held, if they are on the team."""
    if member == made.present:
        for c, literal in enumerate(made.x):
            if c not in able:
                rows.forbid(literal)
        return {c: made.x[c] for c in sorted(able)}
    optional = made.present != made.bundle.stands
    lead = {c: rows.literal() for c in sorted(able)}
    for c, literal in lead.items():
        rows.implies(literal, [made.x[c]])
    if optional:
        for literal in lead.values():
            rows.implies(literal, [member])
        rows.linear([(member, 1), (made.present, 1), *((v, -1) for v in lead.values())], None, 1)
    else:
        rows.exactly(list(lead.values()), member)
    return lead


def _rooms(
    rows: Rows, x: Sequence[int], possible: Sequence[tuple[int, ...]]
) -> list[dict[int, int]]:
    """Choose a facility class at the column that is held."""
    made = []
    for literal, classes in zip(x, possible, strict=True):
        if len(classes) <= 1:
            made.append(dict.fromkeys(classes, literal))
            continue
        chosen = {k: rows.literal() for k in classes}
        rows.exactly(list(chosen.values()), literal)
        made.append(chosen)
    return made


def _round(rows: Rows, r: Round) -> RoundVars:
    first = rows.count
    present = rows.literal()
    x = [rows.literal() for _ in r.columns]
    rows.exactly(x, present)
    if len(r.patterns) == 1:
        of_pattern = [present]
    else:
        of_pattern = [rows.literal() for _ in r.patterns]
        for p, literal in enumerate(of_pattern):
            rows.exactly([x[c] for c in range(len(x)) if r.pattern[c] == p], literal)
    room = _rooms(rows, x, r.rooms)
    return RoundVars(r, present, x, of_pattern, room, own=range(first, rows.count))


def _cycle(rows: Rows, cycle: Cycle) -> CycleVars:
    first = rows.count
    present = rows.literal()
    x = [rows.literal() for _ in cycle.columns]
    rows.exactly(x, present)
    return CycleVars(cycle, present, x, range(first, rows.count))
