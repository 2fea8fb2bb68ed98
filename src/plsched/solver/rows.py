"""Variables and rows of a CP-SAT model, written straight into its proto.

The proto API is an order of magnitude quicker than expression objects, and a row tagged with its
rule family and id can be left out when a conflict is looked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from ortools.sat.python import cp_model

from plsched.families import Family

Term = tuple[int, int]
"""A literal or integer variable, and its coefficient."""

Tag = tuple[Family, str]


@dataclass(frozen=True, slots=True)
class TaggedRow:
    """A row that belongs to a rule: low <= weighted sum <= high."""

    terms: Sequence[Term]
    low: int | None
    high: int | None


class Rows:
    """A model under construction.

    Parameters
    ----------
    without
        Tags whose rows are not built (a conflict is looked for by leaving rules out).
    """

    def __init__(self, without: frozenset[Tag] = frozenset()) -> None:
        self.model = cp_model.CpModel()
        self._proto = self.model.proto
        self._without = without
        self._tag: Tag | None = None
        self._skip = False
        self._amo_seen: set[tuple[int, ...]] = set()
        self.tags: dict[Tag, None] = {}
        self.tag_of: dict[int, Tag] = {}
        """Tag of each tagged row, by its number in the model."""
        self._high: list[int] = []
        self._tagged: dict[int, TaggedRow] = {}

    @contextmanager
    def rule(self, family: Family, ident: str) -> Iterator[None]:
        """Tag the rows built inside with a rule family and an id."""
        before = (self._tag, self._skip)
        self._tag = (family, ident)
        self._skip = self._tag in self._without
        rows = len(self._proto.constraints)
        yield
        made = range(rows, len(self._proto.constraints))
        if made or self._skip:
            self.tags[self._tag] = None
        self.tag_of.update(dict.fromkeys(made, self._tag))
        self._tag, self._skip = before

    def literal(self) -> int:
        """Add a 0/1 variable."""
        return self.integer(0, 1)

    def integer(self, low: int, high: int) -> int:
        """Add an integer variable."""
        self._proto.variables.add().domain.extend((low, high))
        self._high.append(high)
        return len(self._high) - 1

    @property
    def count(self) -> int:
        """Number of variables."""
        return len(self._high)

    def at_most_one(self, literals: Iterable[int]) -> None:
        """At most one of the literals holds; a row that stands already is not added again."""
        row = tuple(sorted(literals))
        if len(row) < 2 or self._skip or row in self._amo_seen:
            return
        if self._tag is not None:
            self._amo_seen.add(row)
        self._remember([(v, 1) for v in row], None, 1)
        self._proto.constraints.add().at_most_one.literals.extend(row)

    def exactly(self, literals: Sequence[int], total: int) -> None:
        """One of the literals holds if ``total`` does, else none."""
        if not literals:
            self.never(total)
        elif not self._skip:
            self._proto.constraints.add().exactly_one.literals.extend((*literals, ~total))

    def at_most(self, terms: Sequence[Term], high: int) -> None:
        """Weighted sum <= high."""
        self.linear(terms, None, high)

    def at_least(self, terms: Sequence[Term], low: int) -> None:
        """Weighted sum >= low."""
        self.linear(terms, low, None)

    def implies(self, literal: int, any_of: Sequence[int]) -> None:
        """If the literal holds, so does one of the others."""
        if len(any_of) <= _SHORT:
            self.clause([~literal, *any_of])
        else:
            self.linear([(literal, -1), *((x, 1) for x in any_of)], 0, None)

    def clause(self, any_of: Sequence[int]) -> None:
        """One of the literals holds; ``~x`` negates."""
        if not self._skip:
            self._proto.constraints.add().bool_or.literals.extend(any_of)

    def forbid(self, literal: int) -> None:
        """Forbid a literal."""
        self.linear([(literal, 1)], 0, 0)

    def fix(self, literal: int) -> None:
        """Make a literal hold."""
        self.linear([(literal, 1)], 1, 1)

    def linear(self, terms: Sequence[Term], low: int | None, high: int | None) -> None:
        """Low <= weighted sum <= high, ``None`` for no limit; a variable may stand twice."""
        if self._skip:
            return
        self._remember(terms, low, high)
        row = self._proto.constraints.add().linear
        row.vars.extend([v for v, _ in terms])
        row.coeffs.extend([c for _, c in terms])
        row.domain.extend((_MIN if low is None else low, _MAX if high is None else high))

    def minimise(self, terms: Sequence[Term]) -> None:
        """Set the objective, in place of the one before."""
        self._proto.clear_objective()
        merged = merge(terms)
        self._proto.objective.vars.extend([v for v, _ in merged])
        self._proto.objective.coeffs.extend([c for _, c in merged])

    def size(self) -> int:
        """Count the rows."""
        return len(self._proto.constraints)

    def variables_of(self, number: int) -> Sequence[int]:
        """Variables of a tagged row, by its number."""
        row = self._tagged.get(number)
        return [v for v, _ in row.terms] if row else []

    def breaks(self, number: int, values: Sequence[int], fresh: set[int]) -> bool:
        """Whether a tagged row breaks when some variables at 0 become 1."""
        row = self._tagged[number]
        total = sum(c * (1 if v in fresh else values[v]) for v, c in row.terms)
        return not (
            (row.low is None or row.low <= total) and (row.high is None or total <= row.high)
        )

    def _remember(self, terms: Sequence[Term], low: int | None, high: int | None) -> None:
        if self._tag is not None:
            self._tagged[len(self._proto.constraints)] = TaggedRow(terms, low, high)

    def never(self, literal: int) -> None:
        """Take the value 1 from a literal's domain."""
        self._high[literal] = 0
        domain = self._proto.variables[literal].domain
        domain.clear()
        domain.extend((0, 0))

    def possible(self, literals: Iterable[int]) -> bool:
        """Whether some literal is not fixed to 0 by its domain."""
        return any(self._high[v] > 0 for v in literals)

    def span(self, terms: Sequence[Term]) -> int:
        """How far a weighted sum can range."""
        return sum(abs(c) * self._high[v] for v, c in terms)

    def clear_hint(self) -> None:
        """Forget the hint."""
        self._proto.clear_solution_hint()

    def propose(self, variable: int, value: int) -> None:
        """Propose a value of one variable."""
        self._proto.solution_hint.vars.append(variable)
        self._proto.solution_hint.values.append(value)

    def snapshot(self) -> cp_model.CpModel:
        """Copy the model as it stands."""
        return self.model.clone()

    def restore(self, model: cp_model.CpModel) -> None:
        """Go back to a copy."""
        self.model = model
        self._proto = model.proto

    def hint(self, values: Sequence[int]) -> None:
        """Propose values of the first variables, in place of the hint before."""
        self._proto.clear_solution_hint()
        self._proto.solution_hint.vars.extend(range(len(values)))
        self._proto.solution_hint.values.extend(values)


_SHORT = 2
"""A short implication is a clause; a long one is a row, for the linear relaxation's sake."""

_MIN, _MAX = -(2**62), 2**62


def merge(terms: Iterable[Term]) -> list[Term]:
    """Add up the coefficients of each variable; drop zeros."""
    total: dict[int, int] = {}
    for var, coefficient in terms:
        total[var] = total.get(var, 0) + coefficient
    return [(v, c) for v, c in total.items() if c]
