"""Solves the tiers in their order, each under the values reached before.

A small district is one exact model for each tier. In a large one neighbourhoods improve the plan
while the tier is bounded beside them.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial

from plsched.scenario.models.policy import Tier
from plsched.solver.bounding import Bounding
from plsched.solver.branching import Guide
from plsched.solver.clock import Clock
from plsched.solver.construct import Stage, construct
from plsched.solver.effort import Effort
from plsched.solver.elsewhere import Elsewhere
from plsched.solver.exact import Exact
from plsched.solver.found import Found, TierBound
from plsched.solver.ground import Ground
from plsched.solver.improve import Improver
from plsched.solver.incumbent import Incumbent, good_enough, sign, tighter
from plsched.solver.matrix import Matrix, Numbers
from plsched.solver.model import Model
from plsched.solver.neighbourhoods import Neighbourhoods
from plsched.solver.progress import Progress
from plsched.solver.relaxation import Fixed
from plsched.solver.settings import whole_solver
from plsched.solver.settle import settle
from plsched.solver.step import Steps

Share = tuple[float, Tier | None]
"""Second until which to search, and the last tier to look at; all without one."""


class Search:
    """One lexicographic search over a model.

    Parameters
    ----------
    model
        A built model.
    effort
        Seed, time and threads; ``until`` is the second of the ``clock`` at which to stop.
    report
        Told of every better plan and bound.
    whole
        Gives what tiers are bounded on, if that is not the model: one of all columns. It is asked
        once it is needed, and not at all where they are bounded ``elsewhere``.
    start
        A plan to begin with, instead of one to be constructed.
    share
        Asked once there is a plan: until when to search, and the last tier to look at, if not all.
    """

    def __init__(
        self,
        model: Model,
        effort: Effort,
        report: Callable[[Progress], None],
        clock: Clock,
        until: float | None = None,
        whole: Callable[[], Ground] | None = None,
        elsewhere: Elsewhere | None = None,
        start: Numbers | None = None,
        share: Callable[[], Share] | None = None,
    ) -> None:
        self._model = model
        self._start = start
        self._share_of_time = share
        self._last: Tier | None = None
        self._whole = whole
        self._elsewhere = elsewhere
        self._effort = effort
        self._report = report
        self._clock = clock
        self._until = effort.time_limit_s if until is None else until
        self._solver: Exact | None = None
        self._bounding: Bounding | None = None
        self._matrix = Matrix(model.rows)
        self._incumbent = Incumbent(self._matrix, model.tiers)
        self._steps: Steps | None = None
        self._ahead: Bounding | None = None
        self._looking: Future[None] | None = None
        self._requests_from: float | None = None
        """Second at which what is required was placed."""
        if whole is not None or model.problem.columns() > effort.exact_columns:
            self._steps = Steps(model, self._matrix, self._incumbent, report, clock)
            self._near = Neighbourhoods(self._steps.parts, effort.seed)
            self._improver = Improver(self._steps, self._near, effort)
        self._under: dict[int, tuple[int, ...]] = {}
        """For each tier, values of the earlier ones under which it was bounded."""
        self._infeasible = False
        self.cancelled = False

    def cancel(self) -> None:
        """Stop as soon as possible; what was found stays."""
        self.cancelled = True
        self._stop_bounding()
        if self._solver is not None:
            self._solver.stop()
        if self._steps is not None:
            self._steps.stop()

    def _stop_bounding(self) -> None:
        for bounding in (self._ahead, self._bounding):
            if bounding is not None:
                bounding.stop()

    def run(self) -> Found:
        """Search all tiers."""
        with ThreadPoolExecutor(1) as pool:
            try:
                return self._searched(pool)
            finally:
                self._stop_bounding()  # the pool waits for whoever still bounds

    def _searched(self, pool: ThreadPoolExecutor) -> Found:
        if self._start is not None:
            self._begin_with(self._start)
            if not self._incumbent.whole:
                return Found(cancelled=self.cancelled)
        elif self._steps is not None:
            self._construct(self._steps, pool)
        if self._share_of_time is not None and self._incumbent.whole:
            self._until, self._last = self._share_of_time()
        if self._start is not None:
            self._fill()
        return self._tiers(pool)

    def _begin_with(self, plan: Numbers) -> None:
        """Take a plan that was found before, maybe in another model."""
        self._incumbent.offer(self._matrix.every, plan)
        settle(self._model, self._matrix, self._incumbent, self._effort.seed)

    def _fill(self) -> None:
        """Place beside a plan what fits, in the search's share of the time."""
        if self._steps is not None and self._incumbent.whole:
            self._improver.fill(lambda: self._over(self._end()))

    def _construct(self, steps: Steps, pool: ThreadPoolExecutor) -> None:
        """Construct a plan; reach is bounded beside it, for what a relaxation of it has is guide.

        A relaxation elsewhere is that of a large district, and is not waited for.
        """
        self._ahead = ahead = self._look_ahead(steps.place("reach"))
        look = partial(ahead.look, self._until * _CONSTRUCT_REQUESTED - self._elapsed())
        looking = self._looking = pool.submit(look) if self._effort.workers > 1 else None

        def guide() -> Guide | None:
            if looking is None:
                look()
            elif self._elsewhere is None:
                looking.result()
            return next(iter(ahead.guides), None)

        construct(steps, self._near, self._effort, self._constructed, guide)

    def _look_ahead(self, index: int) -> Bounding:
        """Bound a tier as if those before it were as good as can be."""
        assumed = tuple(0 if t.limit is None else t.limit for t in self._model.tiers[:index])
        return self._bounds(index, assumed, ())

    def _bounds(self, index: int, assumed: tuple[int, ...], certain: Fixed) -> Bounding:
        tiers, plan, gap = self._model.tiers, self._incumbent, self._effort.gap
        if self._elsewhere is not None:
            return self._elsewhere.bounding(tiers, plan, index, assumed, certain, gap)
        return Bounding(self._ground, tiers, plan, index, assumed, certain, gap, self._clock)

    def _ground(self) -> Ground | None:
        """Give what tiers are bounded on."""
        if self._whole is None:
            return Ground(self._matrix, self._model, self._incumbent.weights)
        return None if self.cancelled else self._whole()

    def _constructed(self, stage: Stage) -> bool:
        """Tell whether to stop; only requests are left out for the sake of what follows the search.

        They have a tenth of the time limit even where what is required took all that there was: the
        first of them reach most. After the limit itself nothing is placed.
        """
        if stage == "requested":
            if self._requests_from is None:
                self._requests_from = self._elapsed()
            limit = self._effort.time_limit_s
            least = min(self._requests_from + limit * _LEAST_REQUESTED, limit)
            return self._over(max(self._end() * _CONSTRUCT_REQUESTED, least))
        return self._over(self._effort.time_limit_s * _CONSTRUCT)

    def _tiers(self, pool: ThreadPoolExecutor) -> Found:
        tiers = self._model.tiers
        bounds: list[int | None] = []
        for index in range(self._looked_at()):
            if self.cancelled or (self._incumbent.whole and self._left() < _LEAST_S):
                break
            bounds.append(self._tier(index, pool))
            if not self._incumbent.whole:
                return Found(infeasible=self._infeasible, cancelled=self.cancelled)
            self._tell(index, bounds[-1], "tier done")
        if not self._incumbent.whole:
            return Found(cancelled=self.cancelled)
        bounds += [self._known(index) for index in range(len(bounds), len(tiers))]
        if list(self._incumbent.reached) != bounds:
            settle(self._model, self._matrix, self._incumbent, self._effort.seed)
        reached = [
            TierBound(tier, value, bound if self._holds(index) else tier.limit)
            for index, (tier, value, bound) in enumerate(
                zip(tiers, self._incumbent.reached, bounds, strict=True)
            )
        ]
        return Found(self._incumbent.values.tolist(), reached, cancelled=self.cancelled)

    def _known(self, index: int) -> int | None:
        """Give the bound of a tier for which there was no time, if it was looked ahead to."""
        tier, ahead = self._model.tiers[index], self._looked_ahead(index)
        return tier.limit if ahead is None else tighter(tier, tier.limit, ahead.bound)

    def _looked_ahead(self, index: int) -> Bounding | None:
        """Give what was looked ahead to of a tier, if the earlier ones reached what it assumes."""
        ahead, reached = self._ahead, self._incumbent.reached[:index]
        same = ahead is not None and (ahead.index, ahead.assumed) == (index, reached)
        return ahead if same else None

    def _looked_at(self) -> int:
        """Count the tiers to look at."""
        names = [t.name for t in self._model.tiers]
        return len(names) if self._last not in names else names.index(self._last) + 1

    # ---- one tier ----

    def _tier(self, index: int, pool: ThreadPoolExecutor) -> int | None:
        """Make a tier as good as its share of the time allows; give its bound."""
        tier = self._model.tiers[index]
        until = self._elapsed() + self._left() * self._share(index)
        bound = tier.limit
        if self._good_enough(index, bound):
            return bound
        if self._steps is None or not self._incumbent.whole:
            return tighter(tier, bound, self._exact(index, until))
        return self._improve(index, until, pool)

    def _share(self, index: int) -> float:
        """Give a tier's share of the time; there is nothing to save it for after the last one.

        Nor is there where construction ended without a plan.
        """
        last = index == self._looked_at() - 1
        lost = self._steps is not None and not self._incumbent.whole
        return 1.0 if last or lost else _SHARE[self._model.tiers[index].name]

    def _good_enough(self, index: int, bound: int | None) -> bool:
        value = self._incumbent.reached[index]
        return self._incumbent.whole and good_enough(value, bound, self._effort.gap)

    def _improve(self, index: int, until: float, pool: ThreadPoolExecutor) -> int | None:
        """Free neighbourhoods while the tier is bounded; again when its bound holds no more."""
        while True:
            bound = self._improve_and_bound(index, until, pool)
            if self._holds(index) or self.cancelled or until - self._elapsed() < _LEAST_S:
                return bound

    def _improve_and_bound(self, index: int, until: float, pool: ThreadPoolExecutor) -> int | None:
        """Free neighbourhoods while the tier is bounded, as long as that bound holds."""
        bounding = self._bounding_of(index)
        self._bounding = bounding
        self._improver.be_patient()
        self._under[index] = bounding.assumed
        tier = self._model.tiers[index].name
        if self._effort.workers == 1:
            bounding.run(self._effort, _BOUNDING[tier] * (until - self._elapsed()))
            self._free(index, until, bounding, 1)
        else:
            job = pool.submit(self._bound_and_free, index, until, bounding)
            self._free(index, until, bounding, self._effort.workers - 1)
            bounding.stop()
            job.result()
        return bounding.bound

    def _bounding_of(self, index: int) -> Bounding:
        """Bound a tier under what the earlier ones reached; go on where that was looked ahead to."""
        ahead = self._looked_ahead(index)
        if ahead is None:
            self._stop_looking()
            return self._bounds(index, self._incumbent.reached[:index], self._certain())
        self._ahead = None
        return ahead

    def _stop_looking(self) -> None:
        """Look ahead no more where that has not ended: another tier is to be bounded now."""
        if self._ahead is not None and self._looking is not None and not self._looking.done():
            self._ahead.stop()
            self._ahead = None

    def _bound_and_free(self, index: int, until: float, bounding: Bounding) -> None:
        """Bound a tier for its share of the time, then free neighbourhoods, too."""
        share = _BOUNDING[self._model.tiers[index].name]
        bounding.run(self._effort, share * (until - self._elapsed()))
        self._improver.improve(index, 1, partial(self._left_of, until, bounding))

    def _free(self, index: int, until: float, bounding: Bounding, threads: int) -> None:
        """Free neighbourhoods until the tier is good enough or its time is over."""
        left = partial(self._left_of, until, bounding)
        while left() > 0:
            self._improver.improve(index, threads, left)
            before = self._incumbent.reached[index]
            self._improver.fill(lambda: self._over(until + _FILL_S))
            if self._incumbent.reached[index] != before:
                self._improver.be_patient()

    def _left_of(self, until: float, bounding: Bounding) -> float:
        """Seconds left for a tier; none once it is good enough or the search is cancelled.

        Nor are there any when nothing has helped for long since it was bounded, or for a bound that
        holds no more: an earlier tier got worse, for the sake of one before it.
        """
        self._improver.guides = bounding.guides or self._improver.guides
        over = self.cancelled or bounding.done or not self._holds(bounding.index)
        over = over or (bounding.ended and not self._improver.patient)
        return 0.0 if over else until - self._elapsed()

    # ---- under what a bound holds ----

    def _worse(self, index: int, value: int) -> bool:
        """Whether a tier is worse than a value now: an earlier one got better since."""
        tier = self._model.tiers[index]
        return sign(tier) * self._incumbent.reached[index] > sign(tier) * value

    def _holds(self, index: int) -> bool:
        """Whether the bound of a tier holds: no earlier tier is worse than it assumes."""
        return not any(self._worse(t, v) for t, v in enumerate(self._under.get(index, ())))

    def _certain(self) -> Fixed:
        """Give what every plan as good as the best holds, as far as the tiers bounded so far tell."""
        before = self._bounding
        return before.certain() if before is not None and self._holds(before.index) else ()

    def _over(self, until: float) -> bool:
        return self.cancelled or self._elapsed() >= until

    # ---- the exact model ----

    def _exact(self, index: int, until: float) -> int | None:
        """Solve the model of everything; give its bound."""
        limit_s = max(_LEAST_S, until - self._elapsed())
        solver = whole_solver(self._effort, limit_s, self._matrix.size)
        self._solver = Exact(self._matrix, self._model.tiers, self._incumbent, solver)
        self._under[index] = self._incumbent.reached[:index]
        assumed = self._under[index]
        proof = self._solver.solve(index, assumed, lambda bound: self._better(index, bound))
        self._clock.count(solver.response_proto.deterministic_time)
        self._infeasible = proof.infeasible
        return proof.bound

    def _better(self, index: int, bound: int | None) -> bool:
        """Tell of a better plan or bound; tell whether to go on."""
        tier = self._model.tiers[index]
        known = tighter(tier, tier.limit, bound)
        if self._incumbent.whole:
            self._tell(index, known, "better plan or bound")
        return not self.cancelled and not self._good_enough(index, known)

    # ---- time, and what is told ----

    def _elapsed(self) -> float:
        return self._clock.now()

    def _left(self) -> float:
        return self._end() - self._elapsed()

    def _end(self) -> float:
        """Give the second at which to stop; no time is kept for what follows a plan without one."""
        return self._until if self._incumbent.whole else self._effort.time_limit_s

    def _tell(self, index: int, bound: int | None, message: str) -> None:
        tier = self._model.tiers[index]
        told = TierBound(tier, self._incumbent.reached[index], bound)
        self._report(
            Progress(
                elapsed_s=self._elapsed(),
                stage="search",
                tier=tier.name,
                value=told.value,
                bound=bound,
                gap=told.gap,
                message=message,
            )
        )


_CONSTRUCT, _CONSTRUCT_REQUESTED, _LEAST_REQUESTED = 0.7, 0.9, 0.1
_SHARE = {"required": 0.3, "reach": 0.55, "distance": 0.5, "cost": 0.6, "comfort": 0.5}
_BOUNDING = {"required": 0.6, "reach": 0.45, "distance": 0.6, "cost": 0.8, "comfort": 0.8}
"""Of a tier's time, for its bound on one thread."""
_LEAST_S = 0.5
_FILL_S = 1.0
