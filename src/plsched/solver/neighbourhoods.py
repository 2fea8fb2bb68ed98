"""Which parts to free together: those that compete for people, experts, rooms or weeks."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from plsched.scenario.models.observation import Observation
from plsched.solver.parts import Part

Choice = TypeVar("Choice")


class Neighbourhoods:
    """Chooses parts to free; the same seed chooses the same."""

    def __init__(self, parts: Mapping[str, Part], seed: int) -> None:
        self.parts = parts
        self._random = random.Random(seed)  # noqa: S311 - a search, not a secret
        self._sizes = {name: part.size for name, part in parts.items()}
        self._weeks = 1 + max((p.days.bit_length() for p in parts.values()), default=0) // 7
        self._leaning = Counter(x for p in parts.values() for x in p.links)

    def blocks(
        self, names: Iterable[str], columns: int, worth: Mapping[str, float] | None = None
    ) -> list[frozenset[str]]:
        """Cut parts into blocks in the order in which to place them; one observation in a block.

        A block has so many columns at most, unless a single part has more.

        What is worth most comes first. Where that is not known observation days do, which take a
        whole school; then what others lean on; then what has few choices.
        """
        rank = self._rank if worth is None else lambda part: (-worth.get(part.name, 0.0), part.name)
        blocks: list[frozenset[str]] = []
        block: list[str] = []
        load = 0
        for part in sorted((self.parts[n] for n in names), key=rank):
            alone = isinstance(part.item, Observation)
            if block and (alone or load + part.size > columns):
                blocks.append(frozenset(block))
                block, load = [], 0
            block.append(part.name)
            load += part.size
        return [*blocks, frozenset(block)] if block else blocks

    def _rank(self, part: Part) -> tuple[bool, int, int, str]:
        observing = isinstance(part.item, Observation)
        return not observing, -self._leaning[part.name], part.size, part.name

    def around(
        self, seeds: Iterable[str], columns: int, sizes: Mapping[str, int] | None = None
    ) -> frozenset[str]:
        """Free some seeds and what competes with them most, besides them up to so many columns.

        ``sizes`` counts the columns of each part; without it all of them count.
        """
        chosen = dict.fromkeys(seeds)
        people = days = 0
        for name in list(chosen):
            people |= self.parts[name].people
            days |= self.parts[name].days
            chosen.update(dict.fromkeys(x for x in self.parts[name].links if x in self.parts))
            chosen.update(dict.fromkeys(p.name for p in self.parts.values() if name in p.links))
        scored: list[tuple[float, Part]] = []
        for p in self.parts.values():
            shared = (p.people & people).bit_count()
            if p.name not in chosen and shared and p.days & days:
                scored.append((shared * (0.5 + self._random.random()), p))
        near = [part.name for _, part in sorted(scored, key=lambda s: -s[0])]
        return frozenset(chosen).union(_up_to(near, columns, sizes or self._sizes))

    def in_the_way(self, name: str, standing: Mapping[str, int]) -> frozenset[str]:
        """Give what stands where a part that is left out could stand, on days drawn for it."""
        part, days = self.parts[name], self._days(name)
        return frozenset(
            p.name
            for p in self.parts.values()
            if p.name != name and p.people & part.people and standing[p.name] & days
        )

    def _days(self, name: str) -> int:
        """Draw days on which a part could stand: those of a column for all that it holds."""
        days = 0
        for choice in self.parts[name].choices:
            if choice:
                days |= self._random.choice(choice)[1]
        return days

    def weighed(
        self, weights: Mapping[str, float], columns: int, sizes: Mapping[str, int] | None = None
    ) -> frozenset[str]:
        """Free a part drawn by weight, and its rivals."""
        heavy = {n: w for n, w in weights.items() if w > 0} or dict.fromkeys(self.parts, 1.0)
        seeds = self._random.choices(list(heavy), list(heavy.values()))
        return self.around(seeds, columns, sizes)

    def several(self, weights: Mapping[str, float], columns: int) -> frozenset[str]:
        """Free parts drawn by weight, up to so many columns, whatever they compete for.

        The first is free however large it is.
        """
        drawn = {n: self._random.random() ** (1 / w) for n, w in weights.items() if w > 0}
        names = sorted(drawn, key=lambda n: -drawn[n])
        left = columns - sum(self._sizes[n] for n in names[:1])
        return frozenset((*names[:1], *_up_to(names[1:], left, self._sizes)))

    def filled(
        self, names: frozenset[str], columns: int, sizes: Mapping[str, int]
    ) -> frozenset[str]:
        """Add any parts, up to so many columns."""
        others = [n for n in self.parts if n not in names]
        self._random.shuffle(others)
        return names.union(_up_to(others, columns - sum(sizes[n] for n in names), sizes))

    def size(self, names: Iterable[str]) -> int:
        """Count the columns of some parts."""
        return sum(self._sizes[n] for n in names)

    def week(self, columns: int) -> frozenset[str]:
        """Free parts that may stand in one of two weeks."""
        mask = ((1 << 14) - 1) << (7 * self._random.randrange(self._weeks))
        names = [n for n, p in self.parts.items() if p.days & mask]
        self._random.shuffle(names)
        names.sort(key=lambda n: self.parts[n].days.bit_count())
        return frozenset(_up_to(names, columns, self._sizes))

    def missing(
        self, worth: Mapping[str, float], columns: int, standing: Mapping[str, int]
    ) -> frozenset[str]:
        """Free one or two parts of which something is left out, and what stands in their way."""
        names = sorted(worth)
        drawn = self._random.choices(names, [worth[n] for n in names], k=2)
        seeds = sorted(set(drawn[: self._random.choice((1, 1, 2))]))
        ways = (self.in_the_way(name, standing) for name in seeds)
        return self.around((*seeds, *sorted(frozenset().union(*ways))), columns)

    def sharing(
        self, worth: Mapping[str, float], columns: int, standing: Mapping[str, int]
    ) -> frozenset[str]:
        """Free things left out, each with what needs its experts, coaches or subs while it may stand.

        The first is free however large it is.
        """
        drawn = {n: self._random.random() ** (1 / w) for n, w in worth.items() if w > 0}
        chosen: dict[str, None] = {}
        left = columns
        for seed in sorted(drawn, key=lambda n: -drawn[n]):
            if chosen and self._sizes[seed] > left:
                continue  # its rivals without it would make no room for anything
            for name in (seed, *self._rivals(seed, drawn, standing)):
                if name not in chosen and (not chosen or self._sizes[name] <= left):
                    chosen[name] = None
                    left -= self._sizes[name]
            if left <= 0:
                break
        return frozenset(chosen)

    def _rivals(
        self, name: str, worth: Mapping[str, float], standing: Mapping[str, int]
    ) -> list[str]:
        """List what needs the same experts, coaches or subs, and is left out or stands in its time."""
        part = self.parts[name]
        rivals = [
            p.name
            for p in self.parts.values()
            if p.name != name
            and not p.resources.isdisjoint(part.resources)
            and (p.name in worth or standing[p.name] & part.days)
        ]
        self._random.shuffle(rivals)
        return rivals

    def draw(self, choices: Sequence[Choice], weights: Sequence[float] | None = None) -> Choice:
        """Draw one of several, by weight, or evenly."""
        return self._random.choices(choices, weights)[0]


def _up_to(names: Iterable[str], columns: int, sizes: Mapping[str, int]) -> Iterator[str]:
    """Give those names, in their order, that still fit into so many columns."""
    for name in names:
        if sizes[name] <= columns:
            columns -= sizes[name]
            yield name
