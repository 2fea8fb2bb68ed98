"""The best plan by trying all: shares nothing with the solver, and lets the judge judge.

Ways of single parts come from `enumerated`. They are combined level by level, a level being a
number of required things and a reach, from the best down; on the first level on which anything is
feasible, the cheapest staffing that the funds can pay (`staffed`, `paid`) and then the least
discomfort decide. Levels and prices only order the search: nothing is passed over that could win.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from plsched.families import FAMILIES, Family
from plsched.plan.comfort import comfort
from plsched.plan.costs import cost_lines
from plsched.plan.facts import Facts
from plsched.plan.kinds import is_workshop, read_account
from plsched.plan.models import ExpertDay, Plan, PlanItem, Substitute
from plsched.plan.tiers import tier_values
from plsched.plan.verify import CHECKS
from plsched.scenario.directory import Directory
from plsched.scenario.models import Scenario
from plsched.scenario.models.learning import Course
from tests.solver.enumerated import BETWEEN, TooMany, Way, Ways, loosened, released
from tests.solver.paid import Bill, pay
from tests.solver.staffed import crews

JOINT: tuple[Family, ...] = tuple(f for f in FAMILIES if f not in ("cover", "funds"))
Level = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Best:
    """The best plan, and its values in the order of the tiers."""

    plan: Plan
    values: dict[str, int]


def best(scenario: Scenario, most: int = 3000) -> Best | None:
    """Find the best plan; ``None`` when there is none.

    Raises
    ------
    TooMany
        Over ``most`` combinations would have to be tried.
    """
    return Trial(scenario, most).run()


class Trial:
    """All ways of one scenario, tried together."""

    def __init__(self, scenario: Scenario, most: int = 3000) -> None:
        self.scenario = scenario
        self.ways = Ways(scenario)
        self.left = most
        self.parts = sorted((self._kept(p) for p in self.ways.parts()), key=len)
        self._clash: dict[tuple[int, int], bool] = {}
        self._unmet: dict[tuple[int, int], bool] = {}
        self._pairs: dict[frozenset[str], Directory] = {}

    def _kept(self, part: list[Way]) -> list[Way]:
        """Drop ways that pins, or the rule that required things stand, do not allow."""
        sources = {item.source for way in part for item in way.items}
        return [way for way in part if self._is_allowed(way, sources)]

    def _is_allowed(self, way: Way, sources: set[str]) -> bool:
        facts = self.ways.facts(way.items)
        for violation in CHECKS["pins"](facts):
            head = violation.ids[0].split("/")[0]
            if head in sources:
                return False
        return True

    def plan(self, items: Iterable[PlanItem]) -> Plan | None:
        """Staff and pay what stands, cheapest first; ``None`` when that breaks a rule."""
        facts = self.ways.facts(items)
        if any(next(CHECKS[family](facts), None) is not None for family in JOINT):
            return None
        staffings = crews(facts) if facts.releases else [(0, ())]
        plans = (self._paid(facts, subs) for _, subs in staffings)
        return next((plan for plan in plans if plan is not None), None)

    def run(self) -> Best | None:
        """Find the best plan."""
        tails = self._tails()
        for level in sorted(tails[0], reverse=True):
            found = self._at(level, tails)
            if found is not None:
                return found
        return None

    def _tails(self) -> list[set[Level]]:
        """Levels that parts from each one on can reach together."""
        tails: list[set[Level]] = [{(0, 0)}]
        for part in reversed(self.parts):
            steps = {(w.required, w.reach) for w in part}
            tails.append({(a + c, b + d) for a, b in tails[-1] for c, d in steps})
        return tails[::-1]

    def _at(self, level: Level, tails: list[set[Level]]) -> Best | None:
        priced: list[tuple[int, int, int, Facts, tuple[Substitute, ...]]] = []
        for ways in self._combined(0, level, tails, ()):
            self.left -= 1
            if self.left < 0:
                raise TooMany(f"{self.scenario.name}: too many combinations")
            facts = self.ways.facts(i for w in ways for i in w.items)
            plain = sum(line.cash_cents for line in facts.ledger.lines())
            staffings = crews(facts) if facts.releases else [(0, ())]
            least = comfort(facts)
            for cents, subs in staffings:
                priced.append((plain + cents, least, len(priced), facts, subs))
        priced.sort(key=lambda p: p[:3])
        judged: dict[int, bool] = {}
        for _, _, _, facts, subs in priced:
            key = id(facts)
            if key not in judged:
                judged[key] = all(next(CHECKS[f](facts), None) is None for f in JOINT)
            if judged[key]:
                plan = self._paid(facts, subs)
                if plan is not None:
                    return self._proven(plan)
        return None

    def _combined(
        self, at: int, level: Level, tails: list[set[Level]], chosen: tuple[Way, ...]
    ) -> Iterator[tuple[Way, ...]]:
        if at == len(self.parts):
            yield chosen
            return
        for way in self.parts[at]:
            rest = (level[0] - way.required, level[1] - way.reach)
            if rest in tails[at + 1] and all(self._agree(way, other) for other in chosen):
                yield from self._combined(at + 1, rest, tails, (*chosen, way))

    def _agree(self, a: Way, b: Way) -> bool:
        if any(self._do_clash(x, y) for x in a.items for y in b.items):
            return False
        return not self._waits_in_vain(a, b)

    def _do_clash(self, x: PlanItem, y: PlanItem) -> bool:
        key = (id(x), id(y))
        if key not in self._clash:
            self._clash[key] = not self.ways.keeps((x, y), BETWEEN)
        return self._clash[key]

    def _waits_in_vain(self, a: Way, b: Way) -> bool:
        """Tell whether one waits for the other, in vain."""
        key = (id(a), id(b))
        if key not in self._unmet:
            both = frozenset(i.source for w in (a, b) for i in w.items)
            if both not in self._pairs:
                self._pairs[both] = Directory(loosened(self.scenario, both))
            plan = self.ways.nothing.model_copy(update={"items": (*a.items, *b.items)})
            facts = Facts(self._pairs[both], plan)
            families: tuple[Family, ...] = ("order", "coaching")
            self._unmet[key] = any(next(CHECKS[f](facts), None) for f in families)
        return self._unmet[key]

    def _paid(self, facts: Facts, subs: tuple[Substitute, ...]) -> Plan | None:
        """Write the plan with its lines, each paid by a fund; ``None`` if they cannot be."""
        bare = facts.plan.model_copy(update={"substitutes": subs})
        ledger = cost_lines(facts.directory, bare)
        bills: list[Bill] = []
        owners: list[tuple[str, object]] = []
        for item in bare.items:
            bills += [(line, item.source) for line in ledger.items[item.id]]
            owners += [("item", item.id) for _ in ledger.items[item.id]]
        for sub, lines in zip(subs, ledger.substitutes, strict=True):
            bills += [(line, read_account(sub.account)[2]) for line in lines]
            owners += [("sub", sub.id) for _ in lines]
        for key, lines in ledger.expert_days.items():
            bills += [(line, read_account(key[2])[2]) for line in lines]
            owners += [("day", key) for _ in lines]
        parts = pay(self.scenario.funds, bills, lambda source: self._followed(facts, source))
        if parts is None:
            return None
        split: dict[tuple[str, object], list[object]] = {}
        for owner, (line, _), shares in zip(owners, bills, parts, strict=True):
            split.setdefault(owner, []).extend(
                line.model_copy(update={"fund": f, "cash_cents": c, "economic_cents": c})
                for f, c in shares.items()
            )
            if not line.cash_cents:
                split[owner].append(line)
        items = [
            i.model_copy(
                update={
                    "cost_lines": tuple(split.get(("item", i.id), ())),
                    "releases": released(facts, i.id),
                    "subs": tuple(s.id for s in subs if any(c.item == i.id for c in s.covers)),
                }
            )
            for i in bare.items
        ]
        hired = [
            s.model_copy(update={"cost_lines": tuple(split.get(("sub", s.id), ()))}) for s in subs
        ]
        expert_days = [
            ExpertDay(
                expert=key[0],
                date=key[1],
                account=key[2],
                cost_lines=tuple(split.get(("day", key), ())),  # type: ignore[arg-type]
            )
            for key in ledger.expert_days
        ]
        return bare.model_copy(
            update={
                "items": tuple(items),
                "substitutes": tuple(hired),
                "expert_days": tuple(expert_days),
            }
        )

    def _followed(self, facts: Facts, source: str) -> bool:
        course = facts.directory.items[source]
        if not isinstance(course, Course) or not is_workshop(course):
            return True
        audience = set(facts.ground.audience.whole(course))
        return any(
            audience & {*stand.participants, *stand.hosts}
            for item in course.follow_up
            for stand in facts.standing(item)
        )

    def _proven(self, plan: Plan) -> Best:
        """Have the judge look at the whole plan, every family."""
        facts = Facts(self.ways.directory, plan)
        violations = [v for check in CHECKS.values() for v in check(facts)]
        assert not violations, [v.message for v in violations]
        values = tier_values(facts)
        return Best(plan, {t: values[t] for t in self.scenario.policy.tiers if t in values})
