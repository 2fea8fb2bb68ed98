"""The instance file of this peer: the same problem, told in numbers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.peers.bodies import Bodies, make_bodies
from benchmarks.peers.choices import Choices
from benchmarks.peers.timefold.desks import Desks
from benchmarks.peers.timefold.holdings import Holdings, is_of_person
from benchmarks.peers.timefold.lines import Row, absent, listed, table
from benchmarks.peers.timefold.names import Names, activities, floors, leads, names_of, units
from plsched.scenario.models.learning import Course, Participants
from plsched.solver.families.coaching import capacity
from plsched.solver.families.limits import people_of, window_of
from plsched.solver.families.order import finished_before
from plsched.solver.problem import Problem

UNITS = ("minutes", "meetings", "days_out")


def write_instance(path: Path, problem: Problem, start: Choices | None = None) -> None:
    """Write a problem, and choices to start from."""
    names, bodies, desks = names_of(problem), make_bodies(problem), Desks(problem)
    held = Holdings(problem, bodies, names, desks).rows()
    # What was counted up while the holdings were written comes before them in the file.
    hired = desks.rows()
    texts = [
        f"monday {problem.date(0).weekday()}\n",
        *_people(problem, bodies, names),
        *_money(problem),
        table("pool-days", desks.pool_days()),
        table("desks", hired),
        *_places(problem),
        table("experts", _experts(problem, bodies)),
        table("coaches", _coaches(problem, bodies, names)),
        table("school-days", list(_school_days(problem))),
        table("offers", list(_offers(problem, names))),
        table("units", list(_units(problem, bodies, names))),
        table("holdings", held),
        table(
            "leads", [[n, *listed(names.experts[x] for x in pool)] for n, pool in leads(problem)]
        ),
        *_order(problem, names),
        table("floors", [[minutes] for minutes in floors(problem).values()]),
        table("start", [] if start is None else list(_start(problem, names, start))),
    ]
    path.write_text("".join(texts), encoding="ascii")


def write_start(path: Path, problem: Problem, start: Choices) -> None:
    """Write choices to start from as the peer writes its own."""
    rows = _start(problem, names_of(problem), start)
    path.write_text("".join(f"{' '.join(map(str, row))}\n" for row in rows), encoding="ascii")


def _people(problem: Problem, bodies: Bodies, names: Names) -> Iterator[str]:
    limits = problem.directory.scenario.limits
    about = [people_of(problem, x) if is_of_person(x.unit, x.per) else set() for x in limits]
    yield table("bodies", [[_home(problem, names, p[0]), len(p)] for p in bodies.people])
    yield table(
        "limits-of-body",
        [listed(n for n, who in enumerate(about) if p[0] in who) for p in bodies.people],
    )
    sites = list(names.sites)
    travel = problem.directory.travel_min
    yield table("travel", [listed(travel(a, b) for b in sites) for a in sites])
    yield table("limits", [_limit(problem, n) for n in range(len(limits))])


def _home(problem: Problem, names: Names, person: str) -> int:
    """Give the site of an educator; it is asked of participants only, which other experts are not."""
    educator = problem.directory.educators.get(person)
    return 0 if educator is None else names.sites[educator.site]


def _limit(problem: Problem, n: int) -> Row:
    limit = problem.directory.scenario.limits[n]
    if not is_of_person(limit.unit, limit.per):
        return [0, limit.at_most, 0]
    windows = window_of(problem, limit)
    number = {key: n for n, key in enumerate(dict.fromkeys(windows))}
    days = (-1 if key is None else number[key] for key in windows)
    return [UNITS.index(limit.unit), limit.at_most, *listed(days)]


def _money(problem: Problem) -> Iterator[str]:
    """Say what funds hold, for each set of them that is all that may pay some lines."""
    classes = problem.purses.classes
    able = [frozenset((*c.funds, *c.gated)) for c in classes]
    cuts = list(dict.fromkeys(able))
    amounts = {f.id: f.amount_cents for f in problem.directory.scenario.funds}
    yield table("cuts", [[sum(amounts[f] for f in cut)] for cut in cuts])
    yield table("classes", [listed(n for n, cut in enumerate(cuts) if a <= cut) for a in able])


def _places(problem: Problem) -> Iterator[str]:
    rooms = []
    for n, c in enumerate(problem.places.classes):
        f = problem.places.facility(n)
        rooms.append([len(c.facilities), c.capacity, f.setup_min, f.clear_min, f.cents_per_hour])
    yield table("rooms", rooms)
    yield table("licences", [[x.seats] for x in problem.directory.licences.values()])


def _experts(problem: Problem, bodies: Bodies) -> list[Row]:
    return [
        [bodies.expert(problem, i), absent(x.hours_cap_min), absent(x.contract_max_cents)]
        for i, x in problem.directory.experts.items()
    ]


def _coaches(problem: Problem, bodies: Bodies, names: Names) -> list[Row]:
    facts = problem.directory.coaches
    return [
        [
            bodies.of_person[e],
            capacity(problem, e),
            facts[e].caseload,
            absent(facts[e].site_caseload),
        ]
        for e in names.coaches
    ]


def _school_days(problem: Problem) -> Iterator[Row]:
    """Count, for each site, the school days before each day of the calendar."""
    calendar = problem.directory.scenario.calendar
    for site in problem.directory.sites:
        counts = [0]
        for day in range((calendar.last - calendar.first).days + 1):
            kind = problem.directory.day_kind(site, problem.date(day))
            counts.append(counts[-1] + int(kind is not None and kind.students))
        yield listed(counts)


def _offers(problem: Problem, names: Names) -> Iterator[Row]:
    licences = list(problem.directory.licences)
    for b in problem.bundles:
        least, most = b.gap_days
        item = b.item
        sizes = [item.quorum, item.section_size] if isinstance(item, Course) else [0, 0]
        licence = -1 if item.licence is None else licences.index(item.licence)
        source = names.sources[item.id]
        gaps = [least, absent(most)]
        sessions = len(b.activities)
        yield [source, int(not b.fixed), *sizes, *gaps, licence, sessions, *listed(())]


def _units(problem: Problem, bodies: Bodies, names: Names) -> Iterator[Row]:
    for b, unit in units(problem):
        item = b.item
        pathway = problem.directory.pathways[item.pathway]
        minutes = item.duration_min * len(b.activities)
        reach = 0 if item.required else item.priority * pathway.priority * minutes
        sections = [names.offers[x.item.id, x.section] for x in problem.by_source[item.id]]
        people = len(unit.members)
        yield [
            *(people, reach * people, int(item.required)),
            *listed(bodies.of(unit.members)),
            *listed(sections if all(a.columns for a in b.activities) else ()),
        ]


def _order(problem: Problem, names: Names) -> Iterator[str]:
    yield table("prerequisites", list(_prerequisites(problem, names)))
    yield table("trainings", list(_trainings(problem, names)))
    yield table("followings", list(_followings(problem, names)))
    yield table("relations", list(_relations(problem, names)))


def _unit_of(problem: Problem, names: Names, course: str) -> dict[str, int]:
    sections = problem.by_source.get(course, [])
    found = sections[0].units if sections else []
    return {e: names.units[course, u.id] for u in found for e in u.members}


def _prerequisites(problem: Problem, names: Names) -> Iterator[Row]:
    for b, unit in units(problem):
        item = b.item
        if not isinstance(item, Course):
            continue
        for course in item.prerequisites:
            done, unit_of = finished_before(problem, course), _unit_of(problem, names, course)
            others = dict.fromkeys(unit_of.get(e, -1) for e in unit.members if e not in done)
            yield from ([names.units[item.id, unit.id], other] for other in others)


def _trainings(problem: Problem, names: Names) -> Iterator[Row]:
    for item in problem.directory.scenario.coaching:
        for course in item.coach_prerequisites:
            done, unit_of = finished_before(problem, course), _unit_of(problem, names, course)
            for coach in item.coaches:
                if coach in names.coaches and coach not in done:
                    number = names.coaches[coach]
                    yield [names.sources[item.id], number, unit_of.get(coach, -1)]


def _followings(problem: Problem, names: Names) -> Iterator[Row]:
    for c in problem.cycles:
        if c.item.follows is not None and c.number == 1:
            unit_of = _unit_of(problem, names, c.item.follows)
            for unit in dict.fromkeys(unit_of[e] for e in c.members if e in unit_of):
                yield [names.holdings[c.id], unit, c.item.follow_up_school_days]


def _relations(problem: Problem, names: Names) -> Iterator[Row]:
    for item in problem.directory.items.values():
        if not isinstance(item, Participants):
            continue
        own = names.sources[item.id]
        for r in item.after:
            yield [own, names.sources[r.item], r.min_days, absent(r.max_days), 1]
        for r in item.before:
            yield [names.sources[r.item], own, r.min_days, absent(r.max_days), 0]


def _start(problem: Problem, names: Names, start: Choices) -> Iterator[Row]:
    """Say where to start: rooms by their place among those of the column."""
    for b, a in activities(problem):
        # A section that does not stand has times, too: nobody is enrolled in it.
        c = start.columns.get(a.id, -1 if b.fixed or not a.columns else 0)
        room = start.rooms.get(a.id)
        yield [c, a.rooms[c].index(room) if room is not None else 0]
    for r in problem.rounds:
        c = start.columns.get(r.id, -1)
        room = start.rooms.get(r.id)
        yield [c, r.rooms[c].index(room) if room is not None else 0]
    yield from ([start.columns.get(c.id, -1), 0] for c in problem.cycles)
    for b, unit in units(problem):
        section = start.sections.get((b.item.id, unit.id))
        yield [-1 if section is None else names.offers[b.item.id, section]]
    yield from _start_of_leads(problem, names, start)


def _start_of_leads(problem: Problem, names: Names, start: Choices) -> Iterator[Row]:
    taken: dict[int, set[str]] = {}
    for n, pool in leads(problem):
        used = taken.setdefault(n, set())
        held = frozenset[str]().union(
            *(start.experts.get(a.id, frozenset()) for a in problem.bundles[n].activities)
        )
        free = [x for x in pool if x in held and x not in used]
        used.update(free[:1])
        yield [names.experts[free[0]] if free else -1]
