"""Variables and rows of a model under construction, as flat arrays.

Every row is a linear one, with the kind of constraint that CP-SAT is best told. A row tagged with
its rule family and id can be left out when a conflict is looked for. `matrix.py` turns the rows
into arrays for search, bounds and checks; `proto.py` writes them out for CP-SAT.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import IntEnum

from plsched.families import Family

Term = tuple[int, int]
"""A literal or integer variable, and its coefficient."""

Tag = tuple[Family, str]

NO_LEAST, NO_MOST = -(2**62), 2**62
"""No limit on that side of a row."""


class Kind(IntEnum):
    """What CP-SAT is told of a row; with ``~x`` for a coefficient of -1 in all but linear rows."""

    LINEAR = 0
    AT_MOST_ONE = 1
    EXACTLY_ONE = 2
    CLAUSE = 3


class Rows:
    """A model under construction.

    Parameters
    ----------
    without
        Tags whose rows are not built (a conflict is looked for by leaving rules out).
    """

    def __init__(self, without: frozenset[Tag] = frozenset()) -> None:
        self._without = without
        self._tag: Tag | None = None
        self._skip = False
        self._seen: set[tuple[int, ...]] = set()
        self._shared = False
        self._wish = False
        self._seldom = False
        self.tags: dict[Tag, None] = {}
        self.tag_of: dict[int, Tag] = {}
        """Tag of each tagged row, by its number in the model."""
        self.low: list[int] = []
        self.high: list[int] = []
        self.columns: list[int] = []
        self.coefficients: list[int] = []
        self.starts: list[int] = [0]
        self.least: list[int] = []
        self.most: list[int] = []
        self.kinds: list[Kind] = []
        self.shared: list[int] = []
        """Rows over what the whole district shares: money, the subs of a day."""
        self.wishes: list[int] = []
        """Rows that hold of a whole plan, but not yet of one under construction."""
        self.seldom: list[int] = []
        """Rows that a relaxation seldom feels: it is given those that it breaks."""
        self.counting: list[int] = []
        """Rows that count what one tier weighs, and ask nothing where nobody weighs it."""
        self.objective: list[Term] = []

    @contextmanager
    def rule(
        self,
        family: Family,
        ident: str,
        *,
        shared: bool = False,
        wish: bool = False,
        seldom: bool = False,
    ) -> Iterator[None]:
        """Tag the rows built inside with a rule family and an id.

        Parameters
        ----------
        family, ident
            The tag.
        shared
            The rows are over what the whole district shares.
        wish
            The rows hold of a whole plan only.
        seldom
            A relaxation seldom feels the rows.
        """
        before = (self._tag, self._skip, self._shared, self._wish, self._seldom)
        self._tag, self._shared, self._wish = (family, ident), shared, wish
        self._seldom = seldom
        self._skip = self._tag in self._without
        rows = len(self.kinds)
        yield
        made = range(rows, len(self.kinds))
        if made or self._skip:
            self.tags[self._tag] = None
        self.tag_of.update(dict.fromkeys(made, self._tag))
        self._tag, self._skip, self._shared, self._wish, self._seldom = before

    @contextmanager
    def count_for_a_tier(self) -> Iterator[None]:
        """Say that the rows built inside only count what a tier weighs."""
        first = len(self.kinds)
        yield
        self.counting.extend(range(first, len(self.kinds)))

    # ---- variables ----

    def literal(self) -> int:
        """Add a 0/1 variable."""
        return self.integer(0, 1)

    def integer(self, low: int, high: int) -> int:
        """Add an integer variable."""
        self.low.append(low)
        self.high.append(high)
        return len(self.low) - 1

    @property
    def count(self) -> int:
        """Number of variables."""
        return len(self.low)

    def never(self, literal: int) -> None:
        """Take the value 1 from a literal's domain."""
        self.high[literal] = 0

    def possible(self, literals: Iterable[int]) -> bool:
        """Whether some literal is not fixed to 0 by its domain."""
        return any(self.high[v] > 0 for v in literals)

    def span(self, terms: Sequence[Term]) -> int:
        """How far a weighted sum can range."""
        return sum(abs(c) * self.high[v] for v, c in terms)

    # ---- rows ----

    def at_most_one(self, literals: Iterable[int]) -> None:
        """At most one of the literals holds; a row that stands already is not added again."""
        row = tuple(sorted(literals))
        if len(row) < 2 or self._skip or row in self._seen:
            return
        if self._tag is not None:
            self._seen.add(row)
        self._add([(v, 1) for v in row], NO_LEAST, 1, Kind.AT_MOST_ONE)

    def exactly(self, literals: Sequence[int], total: int) -> None:
        """One of the literals holds if ``total`` does, else none."""
        if not literals:
            self.never(total)
        else:
            self._add([*((v, 1) for v in literals), (total, -1)], 0, 0, Kind.EXACTLY_ONE)

    def at_most(self, terms: Sequence[Term], high: int) -> None:
        """Weighted sum <= high."""
        self.linear(terms, None, high)

    def implies(self, literal: int, any_of: Sequence[int]) -> None:
        """If the literal holds, so does one of the others."""
        kind = Kind.CLAUSE if len(any_of) <= _SHORT else Kind.LINEAR
        self._add([(literal, -1), *((x, 1) for x in any_of)], 0, NO_MOST, kind)

    def clause(self, any_of: Sequence[int]) -> None:
        """One of the literals holds; ``~x`` negates."""
        terms = [(v, 1) if v >= 0 else (~v, -1) for v in any_of]
        negated = sum(1 for v in any_of if v < 0)
        self._add(terms, 1 - negated, NO_MOST, Kind.CLAUSE)

    def forbid(self, literal: int) -> None:
        """Forbid a literal."""
        self.linear([(literal, 1)], 0, 0)

    def fix(self, literal: int) -> None:
        """Make a literal hold."""
        self.linear([(literal, 1)], 1, 1)

    def linear(self, terms: Sequence[Term], low: int | None, high: int | None) -> None:
        """Low <= weighted sum <= high, ``None`` for no limit; a variable may stand twice."""
        least = NO_LEAST if low is None else low
        most = NO_MOST if high is None else high
        self._add(terms, least, most, Kind.LINEAR)

    def _add(self, terms: Sequence[Term], least: int, most: int, kind: Kind) -> None:
        if self._skip:
            return
        self.columns.extend([v for v, _ in terms])
        self.coefficients.extend([c for _, c in terms])
        self.starts.append(len(self.columns))
        self.least.append(least)
        self.most.append(most)
        if self._shared:
            self.shared.append(len(self.kinds))
        if self._wish:
            self.wishes.append(len(self.kinds))
        if self._seldom:
            self.seldom.append(len(self.kinds))
        self.kinds.append(kind)

    def size(self) -> int:
        """Count the rows."""
        return len(self.kinds)

    # ---- what is asked of the model ----

    def minimise(self, terms: Sequence[Term]) -> None:
        """Set the objective, in place of the one before."""
        self.objective = merge(terms)


_SHORT = 2
"""A short implication is a clause; a long one is a row, for the linear relaxation's sake."""


def merge(terms: Iterable[Term]) -> list[Term]:
    """Add up the coefficients of each variable; drop zeros."""
    total: dict[int, int] = {}
    for var, coefficient in terms:
        total[var] = total.get(var, 0) + coefficient
    return [(v, c) for v, c in total.items() if c]
