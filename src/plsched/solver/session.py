"""One solve from scenario to judged plan, in this process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import cache, partial

import numpy as np

from plsched import __version__
from plsched.errors import JudgeRejected
from plsched.garbage import unwatched
from plsched.plan.models import (
    Conflict,
    ExpertDay,
    Plan,
    PlanItem,
    Status,
    Substitute,
    TierResult,
)
from plsched.plan.verify import verify
from plsched.scenario.hashing import scenario_hash
from plsched.scenario.models import Scenario
from plsched.solver.around import around
from plsched.solver.clock import Clock
from plsched.solver.completing import completed
from plsched.solver.conflict import confirm_infeasible, find_conflict
from plsched.solver.decode.plan import Decoder
from plsched.solver.effort import Effort
from plsched.solver.elsewhere import Elsewhere
from plsched.solver.found import Found, TierBound, take_over
from plsched.solver.ground import Ground, ground_of
from plsched.solver.index.build import build_problem
from plsched.solver.matrix import Numbers
from plsched.solver.model import Model, Objective, build_model
from plsched.solver.problem import Problem
from plsched.solver.progress import Progress
from plsched.solver.reasons import explain_left_out
from plsched.solver.rounds import Rounds
from plsched.solver.sample import is_large
from plsched.solver.search import Search, Share


class Session:
    """A solve that can be cancelled from another thread."""

    def __init__(
        self,
        scenario: Scenario,
        effort: Effort,
        baseline: Plan | None,
        report: Callable[[Progress], None],
    ) -> None:
        self._scenario = scenario
        self._effort = effort
        self._baseline = baseline
        self._report = report
        self._search: Search | None = None
        self._cancelled = False
        self._pace_s = 0.0
        """Seconds that a column of the last model took."""

    def cancel(self) -> None:
        """Ask for the best plan so far."""
        self._cancelled = True
        if self._search is not None:
            self._search.cancel()

    def run(self) -> Plan:
        """Index, build, search, name, judge."""
        clock = Clock(steps=self._effort.steps)
        problem = self._index(clock)
        sampled = is_large(problem)
        model, found = self._large(problem, clock) if sampled else self._whole(problem, clock)
        if sampled and not found.values and not found.cancelled:
            sampled = False  # few columns may hold no plan where all of them do
            model, found = self._whole(problem, clock)
        if found.infeasible:
            return self._no_plan(model, clock)
        if not found.values:
            status: Status = "CANCELLED" if found.cancelled else "NO_PLAN_IN_TIME"
            return self._plan(status, clock)
        notes: tuple[str, ...] = ()
        if sampled:
            completed = self._complete(problem, model, found, clock)
            model, notes = (model, (_SAMPLED,)) if completed is None else (completed, notes)
        return self._judged(self._named(model, found, notes, clock), clock)

    def _named(self, model: Model, found: Found, notes: tuple[str, ...], clock: Clock) -> Plan:
        """Read the plan from a solution, with its costs and why things are left out."""
        self._say(clock, "explain", "why things are left out")
        decoder = Decoder(model, found.values)
        left_out = explain_left_out(
            model, found.values, decoder.left_out(), self._effort.time_limit_s
        )
        items, substitutes, expert_days = decoder.decode()
        paid = cash_of(items, substitutes, expert_days)
        return self._plan(self._status(found), clock).model_copy(
            update={
                "tiers": tuple(tier_result(t, paid) for t in found.tiers),
                "items": items,
                "substitutes": substitutes,
                "expert_days": expert_days,
                "left_out": left_out,
                "notes": notes,
                "wall_time_s": round(clock.now(), 3),
            }
        )

    def _whole(self, problem: Problem, clock: Clock) -> tuple[Model, Found]:
        """Search a model of all columns."""
        model = self._build(problem, clock)
        until = effort_left(self._effort, _AFTER * clock.now())
        return model, self._begin(Search(model, self._effort, self._report, clock, until))

    def _large(self, problem: Problem, clock: Clock) -> tuple[Model, Found]:
        """Search models of some of the columns, while all of them are bounded elsewhere."""
        with ExitStack() as stack:
            elsewhere = None
            if self._effort.workers > 1:
                elsewhere = Elsewhere(self._scenario, self._baseline)
                stack.callback(elsewhere.close)

            @cache
            def whole() -> Ground:
                return ground_of(build_model(problem, workers=1, only_bounding=True))

            def build(few: Problem) -> Model:
                model = self._build(few, clock)
                model.tiers = [_unlimited(model, t) for t in model.tiers]
                return model

            def search(
                model: Model, until: float, start: Numbers | None, share: Callable[[], Share]
            ) -> Found:
                effort, report = self._effort, self._report
                return self._begin(
                    Search(model, effort, report, clock, until, whole, elsewhere, start, share)
                )

            return Rounds(problem, self._effort, clock, build, search).run()

    def _begin(self, search: Search) -> Found:
        """Search, unless that was cancelled before it began."""
        self._search = search
        if self._cancelled:
            search.cancel()
        return search.run()

    def _index(self, clock: Clock) -> Problem:
        self._say(clock, "index", "reading the scenario into a problem")
        with unwatched():
            return build_problem(self._scenario, self._baseline)

    def _build(self, problem: Problem, clock: Clock) -> Model:
        built = f"{len(problem.bundles)} bundles, {len(problem.cycles)} cycles"
        self._say(clock, "build", built)
        told = partial(self._say, clock, "build")
        began = clock.now()
        with unwatched():
            model = build_model(problem, told=told, workers=self._effort.workers)
        self._pace_s = (clock.now() - began) / max(1, problem.columns())
        return model

    def _complete(self, problem: Problem, model: Model, found: Found, clock: Clock) -> Model | None:
        """Try what is left out at all its times; give the model in which the plan stands then.

        There is none if building it would take longer than there is time.
        """
        self._say(clock, "complete", "what is left out, at all its times")
        until = self._effort.time_limit_s * _COMPLETE

        def over() -> bool:
            return self._cancelled or clock.now() > until

        values = np.array(found.values, dtype=np.int64)
        wide = around(problem, model, values)
        if clock.now() + wide.columns() * self._pace_s > self._effort.time_limit_s:
            return None
        with unwatched():
            done = completed(wide, model, values, self._effort, self._report, clock, over)
        if done is None:
            return None
        found.values = done.values
        take_over(found.tiers, done.reached)
        return done.model

    def _status(self, found: Found) -> Status:
        if all(t.bound == t.value for t in found.tiers):
            return "OPTIMAL"
        return "CANCELLED" if found.cancelled else "FEASIBLE"

    def _judged(self, plan: Plan, clock: Clock) -> Plan:
        self._say(clock, "judge", "checking the plan")
        violations = verify(self._scenario, plan, self._baseline)
        if violations:
            told = "; ".join(f"{v.family}: {v.message}" for v in violations[:5])
            raise JudgeRejected(f"{len(violations)} violation(s): {told}")
        return plan

    def _no_plan(self, model: Model, clock: Clock) -> Plan:
        """Say infeasible only if a second solve with other settings agrees."""
        self._say(clock, "confirm", "a second solve has to agree that there is no plan")
        if not confirm_infeasible(model, self._effort):
            note = "Two solves disagree on whether a plan exists; no plan is given."
            return self._plan("NO_PLAN_IN_TIME", clock).model_copy(update={"notes": (note,)})
        say = partial(self._say, clock, "explain")
        conflicts = find_conflict(model.problem, model, self._effort, say)
        return self._plan("INFEASIBLE", clock, conflicts)

    def _plan(self, status: Status, clock: Clock, conflicts: Sequence[Conflict] = ()) -> Plan:
        return Plan(
            scenario=self._scenario.name,
            scenario_hash=scenario_hash(self._scenario),
            timezone=self._scenario.timezone,
            seed=self._effort.seed,
            version=__version__,
            status=status,
            wall_time_s=round(clock.now(), 3),
            conflicts=tuple(conflicts),
        )

    def _say(self, clock: Clock, stage: str, message: str) -> None:
        self._report(Progress(clock.now(), stage, message=message))


def _unlimited(model: Model, tier: Objective) -> Objective:
    """Forget what no plan on a sample can pass: one on all columns may."""
    required = sum(t.required for t in model.things)
    return replace(tier, limit=required if tier.name == "required" else None)


def effort_left(effort: Effort, after_s: float) -> float:
    """Second at which the search stops, for what comes after it; half of the time is its own."""
    return max(effort.time_limit_s / 2, effort.time_limit_s - after_s)


_SAMPLED = (
    "Only some of the times of each session, round and cycle were tried: "
    "what is left out may fit at another."
)
_COMPLETE = 0.9
"""Share of the time limit at which nothing more is placed."""
_AFTER = 3.0
"""What comes after the search, as a multiple of the time that index and model took."""


def cash_of(*tables: Sequence[PlanItem | Substitute | ExpertDay]) -> int:
    """Cash of all cost lines."""
    return sum(line.cash_cents for table in tables for x in table for line in x.cost_lines)


def tier_result(tier: TierBound, paid: int) -> TierResult:
    """Tier as the plan tells it; a sub who has nothing to cover is not hired and not paid."""
    value = paid if tier.objective.name == "cost" else tier.value
    gap = None if tier.bound is None else abs(value - tier.bound) / max(1, abs(value))
    return TierResult(
        name=tier.objective.name,
        sense=tier.objective.sense,
        unit=tier.objective.unit,
        value=value,
        bound=tier.bound,
        gap=gap,
    )
