"""Ways between sites that people take are known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from plsched.scenario.models.learning import Gathering
from plsched.scenario.models.observation import Observation
from plsched.scenario.rules.book import Book
from plsched.scenario.rules.problem import Problem, warning

SHOWN = 6

Pair = frozenset[str]


def missing_ways(book: Book) -> Iterator[Problem]:
    """Every way that somebody may take has a row in 'travel'; all that lack one are told at once."""
    known = {frozenset(row.between) for row in book.scenario.travel}
    missing = sorted(sorted(pair) for pair in _ways(book) - known)
    if not missing:
        return
    shown = ", ".join(f"[{a}, {b}]" for a, b in missing[:SHOWN])
    more = f" and {len(missing) - SHOWN} more" if len(missing) > SHOWN else ""
    message = (
        f"people may go between {len(missing)} pair(s) of sites that have no row in 'travel': "
        f"{shown}{more}; each way is taken to last 0 minutes"
    )
    remedy = "Add a row for each; 'minutes: 0' says that two sites are next to each other."
    value = f"{len(missing)} pair(s)"
    yield warning("no-way", ("travel",), value, message, remedy)


def _ways(book: Book) -> set[Pair]:
    """Pairs between where people are and where they may have to go on the same day.

    Coaching takes place where people are, and so do visits unless observers come from other sites.
    """
    places: dict[str, set[str]] = defaultdict(set)
    for _, item in book.gatherings:
        venues = frozenset(_venues(book, item))
        for person in book.people(item):
            places[person].update(venues)
    for _, visits in book.items:
        if isinstance(visits, Observation) and visits.from_other_sites:
            for person in book.people(visits):
                places[person].add(visits.site)
    found: set[Pair] = set()
    for homes, to in {(book.sites_of(person), frozenset(to)) for person, to in places.items()}:
        found.update(_between(homes, to))
    return found


def _between(homes: Iterable[str], venues: frozenset[str]) -> Iterator[Pair]:
    """Pairs of a home and a venue, and of two venues."""
    for home in homes:
        yield from (frozenset((home, venue)) for venue in venues - {home})
    yield from map(frozenset, combinations(sorted(venues), 2))


def _venues(book: Book, item: Gathering) -> Iterable[str]:
    if item.format == "virtual":
        return ()
    if item.needs_room:
        return (facility.site for facility in book.facilities(item))
    return item.sites or ()
