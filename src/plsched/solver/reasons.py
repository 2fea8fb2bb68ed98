"""Why something is left out: what stands against each of its possible times, in the plan as it is.

Every column of what is left out is tried against the plan: which rule families would be broken if
it were added and nothing else moved. What keeps the most columns out is told first. Then a small
solve says what would have to give way, for what matters most of it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from plsched.families import FAMILIES, TITLES, Family
from plsched.plan.models import LeftOut
from plsched.scenario.models.coaching import Coaching
from plsched.scenario.models.learning import Course
from plsched.solver.families.cover import counted_on
from plsched.solver.families.funds import follow_ups
from plsched.solver.matrix import Flags, Matrix
from plsched.solver.model import Model
from plsched.solver.problem import CostClass
from plsched.solver.rival_words import families_of, in_words
from plsched.solver.rivals import InTheWay, Rivals
from plsched.solver.rows import Kind
from plsched.solver.things import Thing
from plsched.solver.variables import ActivityVars, CycleVars, RoundVars

IN_WORDS: dict[Family, str] = {
    "presence": "something else was pinned",
    "days": "no possible day or time",
    "people": "people are already taken",
    "facilities": "no facility that fits is free",
    "licences": "no licence seats are left",
    "experts": "no expert with the skill is free, or hours and contract are used up",
    "order": "what must come before or after does not stand at a time that fits",
    "sections": "too few people for a section",
    "cover": "no substitutes are left that day",
    "visits": "hosts and observers do not match",
    "coaching": "no coach has time, or is not trained yet",
    "limits": "the contract's limits on time are reached",
    "funds": "no money is left in a fund that may pay",
    "pins": "a pin or freeze stands against it",
}


def explain_left_out(
    model: Model, values: Sequence[int], left_out: Sequence[LeftOut], time_limit_s: float
) -> tuple[LeftOut, ...]:
    """Give each thing left out its reason; what takes long is done for as many as time allows."""
    things = {t.id: t for t in model.things}
    trial = _Trial(model, values, [things[entry.id] for entry in left_out])
    tried = {entry.id: trial.against(things[entry.id]) for entry in left_out}
    in_the_way = _in_the_way(model, trial.matrix, values, left_out, tried, time_limit_s)
    found = []
    for entry in left_out:
        thing = things[entry.id]
        counts, columns, alone = tried[entry.id]
        way = in_the_way.get(entry.id)
        if not columns:
            families = thing.refusals or ("days",)
            reason = "It was never possible: " + "; ".join(TITLES[f] for f in families)
        elif not counts:
            families = () if way is None else families_of(way)
            times = f"Each of its {columns:,} possible times" if columns > 1 else "Its only time"
            reason = f"{times} {_fits_alone(way)}"
        else:
            ranked = sorted(counts, key=lambda f: (-counts[f], FAMILIES.index(f)))
            proven = () if way is None else families_of(way)
            families = tuple(dict.fromkeys((*proven, *ranked)))[:3]
            reason = "; ".join(
                f"{IN_WORDS[f]} ({_times(counts[f], columns)})" for f in families if counts[f]
            )
            if alone:
                reason += f"; {_times(alone, columns)} it {_fits_alone(way)}"
        if way is not None:
            reason += f". {in_words(model, thing, way)}"
        lacking = _experts_lacking(model, thing)
        if lacking:
            families, reason = ("experts",), lacking
        coachless = _coach_lacking(model, thing)
        if coachless:
            families, reason = ("coaching",), coachless
        told = reason[:1].upper() + reason[1:]
        found.append(entry.model_copy(update={"families": families, "reason": told}))
    return tuple(found)


def _fits_alone(way: InTheWay | None) -> str:
    """Say that nothing by itself keeps a time out; why it is out all the same is only proven by a solve."""
    told = "fits alone, but not together with what else it needs"
    return told if way else f"{told}, or it would cost what ranks higher"


def _times(count: int, columns: int) -> str:
    """Say at how many of its possible times something stands against a thing."""
    if columns == 1:
        return "at its only possible time"
    return f"at {'each' if count == columns else f'{count:,}'} of its {columns:,} possible times"


def _experts_lacking(model: Model, thing: Thing) -> str:
    """Say which skill too few experts have who could lead a thing at any of its times."""
    for b in model.variables.by_source.get(thing.item.id, ())[:1]:
        for need, able in zip(b.bundle.needs, b.bundle.candidates, strict=True):
            if len(able) < need.count:
                could = f"{len(able)} of {need.count}" if able else "none"
                return (
                    f"It could not stand even if everything else gave way: it needs {need.count} with "
                    f"the skill {need.skill!r}, and {could} could lead at any of its possible times"
                )
    return ""


def _coach_lacking(model: Model, thing: Thing) -> str:
    """Say that nobody coaches where the group of a thing is."""
    item, directory = thing.item, model.problem.directory
    # Cycles refuse for this family only where no coach is able at all.
    if not isinstance(item, Coaching) or thing.refusals != ("coaching",):
        return ""
    site = directory.educators[directory.members[thing.groups[0]][0]].site
    skill = f" with the skill {item.skill!r}" if item.skill else ""
    return f"No coach{skill} serves {directory.sites[site].name}, where the group is"


def _in_the_way(
    model: Model,
    matrix: Matrix,
    values: Sequence[int],
    left_out: Sequence[LeftOut],
    tried: Mapping[str, _Tried],
    time_limit_s: float,
) -> dict[str, InTheWay]:
    """Solve for what is in the way of those things that matter most, in a large district of few."""
    possible = [entry for entry in left_out if tried[entry.id].columns]
    possible.sort(key=lambda x: (bool(tried[x.id].against), not x.required, -x.reach_lost))
    allowed = int(time_limit_s * _COEFFICIENTS_PER_S) // max(1, len(matrix.columns))
    asked = possible[: min(_MOST, allowed)]
    if not asked:
        return {}
    rivals = Rivals(model, matrix, values)
    things = {t.id: t for t in model.things}
    found = {entry.id: rivals.of(things[entry.id]) for entry in asked}
    return {ident: way for ident, way in found.items() if way is not None}


_MOST, _COEFFICIENTS_PER_S = 20, 20_000
"""Small solves at most, and what may be gone through for each second of the limit: with 260,000
coefficients a solve takes up to a second, and with a limit of 60 seconds there are four."""


class _Tried(NamedTuple):
    """How many columns each family stands against, of how many, and of how many none does."""

    against: Counter[Family]
    columns: int
    alone: int


class _Trial:
    """Tries columns against a solution."""

    def __init__(self, model: Model, values: Sequence[int], things: Sequence[Thing]) -> None:
        self._model = model
        self._values = values
        columns = _Columns(model)
        self._columns = {t.id: list(columns.of(t)) for t in things}
        wanted = {
            v
            for trials in self._columns.values()
            for trial in trials
            for v in (*trial.literals, *(v for choice, _ in trial.choices for v in choice))
        }
        matrix = Matrix(model.rows)
        self.matrix = matrix
        self._sums = matrix.point(np.array(values, dtype=np.int64)).sums.tolist()
        self._entries = self._entries_of(wanted)
        self._money = self._money_left()
        self._hired = self._subs_hired()
        self._followed_up: dict[str, bool] = {}
        self._price = self._prices(wanted)

    def against(self, thing: Thing) -> _Tried:
        """Count, over the columns of a thing, the families that stand against it."""
        broken = [self._broken(trial) for trial in self._columns[thing.id]]
        counts = Counter(family for families in broken for family in families)
        return _Tried(counts, len(broken), sum(1 for families in broken if not families))

    def _broken(self, trial: _Column) -> set[Family]:
        found = self._rows_broken(trial.literals)
        for alternatives, family in trial.choices:
            if alternatives and all(self._rows_broken([v]) for v in alternatives):
                found.add(family)
        if trial.released and not self._subs_left(trial):
            found.add("cover")
        if self._too_dear(trial.literals):
            found.add("funds")
        return found

    def _entries_of(self, variables: Iterable[int]) -> Mapping[int, list[tuple[int, int]]]:
        """Tagged rows that each variable stands in, with its coefficients; clauses choose helpers."""
        rows, matrix = self._model.rows, self.matrix
        tagged: Flags = np.zeros(matrix.size, dtype=np.bool_)
        tagged[list(rows.tag_of)] = True
        tagged &= np.isin(rows.kinds, (Kind.LINEAR, Kind.AT_MOST_ONE))
        entries = matrix.entries_of(np.array(sorted(variables), dtype=np.int64))
        entries = entries[tagged[matrix.row_of[entries]]]
        found: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for v, row, coefficient in zip(
            matrix.columns[entries].tolist(),
            matrix.row_of[entries].tolist(),
            matrix.coefficients[entries].tolist(),
            strict=True,
        ):
            found[v].append((row, coefficient))
        return found

    def _rows_broken(self, literals: Sequence[int]) -> set[Family]:
        added: Counter[int] = Counter()
        for v in {v for v in literals if not self._values[v]}:
            for row, coefficient in self._entries.get(v, ()):
                added[row] += coefficient
        rows = self._model.rows
        found = {
            rows.tag_of[r][0]
            for r, more in added.items()
            if not rows.least[r] <= self._sums[r] + more <= rows.most[r]
        }
        return found - {"funds", "cover", "presence"}

    def _subs_left(self, trial: _Column) -> bool:
        problem = self._model.problem
        for site, day in trial.released:
            pool = problem.directory.pools.get(site)
            if pool is None:
                continue  # a round of a site without subs releases nobody
            if self._hired[pool.id, day] >= counted_on(problem, pool.id, problem.date(day)):
                return False
        return True

    def _subs_hired(self) -> Counter[tuple[str, int]]:
        """Count the subs hired, by pool and day."""
        pools = self._model.problem.directory.pools
        found: Counter[tuple[str, int]] = Counter()
        for (site, day, _), hires in self._model.desks.items():
            found[pools[site].id, day] += sum(self._values[v] for v in hires.everybody)
        return found

    def _money_left(self) -> dict[str, int]:
        left = {f.id: f.amount_cents for f in self._model.problem.directory.scenario.funds}
        for (_, fund), var in self._model.flows.flow.items():
            left[fund] -= self._values[var]
        return left

    def _prices(self, wanted: set[int]) -> dict[int, dict[int, int]]:
        """Cents of each literal by cost class."""
        found: dict[int, dict[int, int]] = defaultdict(dict)
        for index, terms in self._model.cash.of_class.items():
            for v, cents in terms:
                if v in wanted:
                    found[v][index] = found[v].get(index, 0) + cents
        return found

    def _too_dear(self, literals: Sequence[int]) -> bool:
        total: Counter[int] = Counter()
        for v in set(literals):
            total.update(self._price.get(v, {}))
        for index, cents in total.items():
            cost_class = self._model.problem.purses.classes[index]
            able = (*cost_class.funds, *self._open(cost_class))
            if cents > sum(self._money[f] for f in able):
                return True
        return False

    def _open(self, cost_class: CostClass) -> tuple[str, ...]:
        """Funds that pay only what is followed up, if something that stands follows it up."""
        problem, variables = self._model.problem, self._model.variables
        workshop = problem.directory.items.get(cost_class.gate or "")
        if not isinstance(workshop, Course):
            return ()
        if workshop.id not in self._followed_up:
            follows = follow_ups(problem, variables, workshop)
            self._followed_up[workshop.id] = any(self._values[v] for v in follows)
        return cost_class.gated if self._followed_up[workshop.id] else ()


class _Column:
    """One way to add a thing: literals that would hold, choices of which one would."""

    def __init__(
        self,
        literals: Sequence[int],
        choices: Sequence[tuple[Sequence[int], Family]] = (),
        released: Iterable[tuple[str, int]] = (),
    ) -> None:
        self.literals = list(literals)
        self.choices = list(choices)
        self.released = sorted(set(released))


class _Columns:
    """Finds the ways to add a thing."""

    def __init__(self, model: Model) -> None:
        self._by_source = model.variables.by_source
        self._rounds = {r.round.id: r for r in model.variables.rounds}
        self._cycles: dict[str, list[CycleVars]] = defaultdict(list)
        for c in model.variables.cycles:
            for ident in (c.cycle.id, f"{c.cycle.item.id}/{c.cycle.group}/floor"):
                self._cycles[ident].append(c)

    def of(self, thing: Thing) -> Iterator[_Column]:
        """Give them in the order of their times; for a floor of coaching those of all its cycles."""
        for bundle in self._by_source.get(thing.item.id, ()):
            wanted = [
                u
                for u, unit in enumerate(bundle.bundle.units)
                if bundle.bundle.fixed or unit.id in thing.groups
            ]
            for a in bundle.activities[:1]:
                for c in range(len(a.x)):
                    yield from _sitting(a, c, wanted)
        if thing.id in self._rounds:
            yield from _observing(self._rounds[thing.id])
        for cycle in self._cycles.get(thing.id, ()):
            yield from (_Column([x]) for x in cycle.x)


def _observing(r: RoundVars) -> Iterator[_Column]:
    for c, x in enumerate(r.x):
        day = r.round.columns[c].pieces[0].day
        rooms = [v for v in r.room[c].values() if v != x]
        crowds = r.round.patterns[r.round.pattern[c]].crowds
        sites = {crowd.home or r.round.item.site for crowd in crowds}
        yield _Column([x], [(rooms, "facilities")], [(site, day) for site in sites])


def _sitting(a: ActivityVars, c: int, units: Sequence[int]) -> Iterable[_Column]:
    parts = [a.part[u][c] for u in units if c in a.part[u]]
    if not parts:
        return
    x = a.x[c]
    rooms = [v for v in a.room[c].values() if v != x]
    leads = [lead[c] for lead in a.lead.values() if c in lead and lead[c] != x]
    released = [
        (stay.site, piece.day)
        for u in units
        if a.activity.attendance[u][c] is not None
        for stays in a.activity.attendance[u][c] or ()
        for piece, stay in zip(a.activity.columns[c].pieces, stays, strict=True)
        if stay.released
    ]
    yield _Column(
        [x, *(v for v in parts if v != x)],
        [(rooms, "facilities"), (leads, "experts")],
        released,
    )
