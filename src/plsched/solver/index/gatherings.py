"""Columns of courses, engagements and tasks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from plsched.families import Family
from plsched.scenario.directory import Directory
from plsched.scenario.models.cadence import Rhythm, rhythm
from plsched.scenario.models.calendar import When
from plsched.scenario.models.learning import Course, Engagement, Gathering, Participants, Task
from plsched.solver.index.experts import Experts
from plsched.solver.index.people import People
from plsched.solver.index.places import Places
from plsched.solver.index.stays import Stays, pieces
from plsched.solver.problem import Activity, Attendance, Bundle, Chain, Column, Piece, Unit
from plsched.timegrid import month_key

Made = Callable[[str | None], list[tuple[Piece, ...]]]
"""Gives the pieces of every column at a venue."""

SCHOOL_MONTHS = frozenset({9, 10, 11, 12, 1, 2, 3, 4, 5})


@dataclass
class Candidates:
    """Columns under construction, with who can attend each and where it can be held."""

    columns: list[Column] = field(default_factory=list)
    attendance: list[list[Attendance | None]] = field(default_factory=list)
    rooms: list[tuple[int, ...]] = field(default_factory=list)
    possible: list[Column] = field(default_factory=list)
    """Possible starts for somebody, whether or not a facility is open then."""
    leads: dict[str, frozenset[int]] = field(default_factory=dict)
    """For each expert who was asked about, the columns at which they can lead."""

    def take(self, keep: Iterable[int]) -> Candidates:
        """Those with some indices."""
        indices = list(keep)
        return Candidates(
            [self.columns[i] for i in indices],
            [[row[i] for i in indices] for row in self.attendance],
            [self.rooms[i] for i in indices],
            self.possible,
        )


class Gatherings:
    """Makes the bundles of every course, engagement and task."""

    def __init__(
        self, directory: Directory, people: People, stays: Stays, places: Places, experts: Experts
    ) -> None:
        self._directory = directory
        self._people = people
        self._stays = stays
        self._places = places
        self._experts = experts
        self._starts: dict[tuple[When, int, int], list[tuple[Piece, ...]]] = {}

    def bundles(self, item: Course | Engagement | Task) -> list[Bundle]:
        """Sections of a course, or the one bundle of an engagement or task."""
        if isinstance(item, Course):
            return self._course(item)
        return [self._series(item)]

    def _course(self, course: Course) -> list[Bundle]:
        units = self._people.units(course)
        refusals: Counter[Family] = Counter()
        smallest = min((len(u.members) for u in units), default=0)
        found = self._candidates(
            course, units, max(course.quorum, smallest), self._singles(course, 1), refusals
        )
        everybody = units[0].members if len(units) == 1 else ()
        bundles = []
        for section in range(1, (course.max_sections or len(units)) + 1):
            if section > len(units):
                break
            ids = [(f"{course.id}/s{section}/{k}", k, found) for k in range(1, course.sessions + 1)]
            gaps = (course.min_gap_days, course.max_gap_days)
            chains = [Chain(0, course.sessions, course.sessions)]
            bundles.append(
                self._bundle(course, section, units, ids, chains, gaps, everybody, refusals)
            )
        return bundles

    def _series(self, item: Engagement | Task) -> Bundle:
        unit = self._people.participants(item)
        refusals: Counter[Family] = Counter()
        beat = rhythm(item.cadence) if isinstance(item, Engagement) else Rhythm(kind="count")
        gap = beat.min_gap_days
        most: int | None = None
        if isinstance(item, Engagement):
            gap = gap if item.min_gap_days is None else item.min_gap_days
            most = item.max_gap_days
        made = self._singles(item, item.days)
        if beat.kind == "pattern":
            made = self._patterns(item, unit, beat.every_weeks)
        found = self._candidates(item, [unit], len(unit.members), made, refusals)
        ids, chains = self._occurrences(item, beat, found)
        return self._bundle(item, None, [unit], ids, chains, (gap, most), unit.members, refusals)

    def _occurrences(
        self, item: Participants, beat: Rhythm, found: Candidates
    ) -> tuple[list[tuple[str, int | None, Candidates]], list[Chain]]:
        if beat.kind == "pattern":
            best = max((len(c.pieces) for c in found.possible), default=0)
            keep = found.take(i for i, c in enumerate(found.columns) if 2 * len(c.pieces) >= best)
            return [(item.id, None, keep)], [Chain(0, 1, 1)]
        if beat.kind == "monthly":
            months = self._by_month(item, found)
            return [
                (f"{item.id}/{k}", k, found.take(indices))
                for k, indices in enumerate(months, start=1)
            ], [Chain(0, len(months), len(months))]
        if not beat.per_term:
            return [(f"{item.id}/{k}", k, found) for k in range(1, beat.high + 1)], [
                Chain(0, beat.high, beat.low)
            ]
        terms = [
            t
            for t in self._directory.scenario.calendar.terms
            if item.when.terms is None or t.id in item.when.terms
        ]
        named: list[tuple[str, int | None, Candidates]] = [
            (
                f"{item.id}/{term.id}-{k}",
                k,
                found.take(
                    i
                    for i, c in enumerate(found.columns)
                    if term.holds(self._stays.date(c.pieces[0].day))
                ),
            )
            for term in terms
            for k in range(1, beat.high + 1)
        ]
        chains = [Chain(k * beat.high, (k + 1) * beat.high, beat.low) for k in range(len(terms))]
        return named, chains

    def _by_month(self, item: Participants, found: Candidates) -> list[list[int]]:
        school_year = item.when.first is None and item.when.last is None and item.when.terms is None
        months: dict[tuple[int, int], list[int]] = {}
        for column in found.possible:
            key = month_key(self._stays.date(column.pieces[0].day))
            if not school_year or key[1] in SCHOOL_MONTHS:
                months[key] = []
        for i, column in enumerate(found.columns):
            key = month_key(self._stays.date(column.pieces[0].day))
            if key in months:
                months[key].append(i)
        return [months[key] for key in sorted(months)]

    def _occasions(self, item: Gathering, count: int) -> list[tuple[Piece, ...]]:
        """Pieces of an occurrence of ``count`` days at each start, by day and clock time."""
        key = (item.when, item.duration_min, count)
        if key not in self._starts:
            span = set(self._stays.span(item.when))
            self._starts[key] = [
                pieces(day, start, item.duration_min, count)
                for day in self._stays.window(item.when)
                if all(day + k in span for k in range(count))
                for start in item.when.starts
            ]
        return self._starts[key]

    def _singles(self, item: Gathering, count: int) -> Made:
        made = self._occasions(item, count)
        return lambda _venue: made

    def _patterns(self, item: Engagement | Task, unit: Unit, every_weeks: int) -> Made:
        window = self._stays.window(item.when)
        weekday = self._stays.days.weekday
        monday = window[0] - weekday(window[0]) if window else 0
        starts = len(item.when.starts)
        slots: list[list[tuple[Piece, ...]]] = [[] for _ in range(7 * starts)]
        for number, row in enumerate(self._occasions(item, item.days)):
            day = row[0].day
            if (day - monday) // 7 % every_weeks == 0:
                slots[weekday(day) * starts + number % starts].append(row)

        def made(venue: str | None) -> list[tuple[Piece, ...]]:
            rows = []
            for occasions in slots:
                held = self._stays.attendances(unit, occasions, venue, item, item.when.day_kinds)
                row = [r for r, h in zip(occasions, held, strict=True) if isinstance(h, tuple)]
                if row:
                    rows.append(tuple(chain.from_iterable(row)))
            return rows

        return made

    def _candidates(
        self,
        item: Gathering,
        units: Sequence[Unit],
        headcount: int,
        made: Made,
        refusals: Counter[Family],
    ) -> Candidates:
        rooms = self._rooms(item, headcount)
        found = Candidates(attendance=[[] for _ in units])
        refused: list[Family] = [] if rooms else ["facilities"]
        for venue, classes in rooms.items():
            rows = made(venue)
            answers = [
                self._stays.attendances(u, rows, venue, item, item.when.day_kinds) for u in units
            ]
            self._add(found, [Column(row, venue) for row in rows], answers, classes, refused)
        refusals.update(refused)
        if not found.columns and not refusals:
            refusals["days"] += 1
        order = sorted(range(len(found.columns)), key=lambda i: (found.columns[i].start, i))
        return found.take(order)

    def _add(
        self,
        found: Candidates,
        columns: Sequence[Column],
        answers: Sequence[Sequence[Attendance | Family]],
        classes: Sequence[int],
        refused: list[Family],
    ) -> None:
        """Keep columns that some unit can attend, with a facility open where one is needed."""
        able = [[a if isinstance(a, tuple) else None for a in answer] for answer in answers]
        kept = []
        for c, (column, held) in enumerate(zip(columns, zip(*able, strict=True), strict=False)):
            if held.count(None) == len(held):
                refused.extend(a for answer in answers if isinstance(a := answer[c], str))
                continue
            found.possible.append(column)
            usable = self._places.open_of(classes, column.pieces)
            if classes and not usable:
                refused.append("facilities")
                continue
            kept.append(c)
            found.columns.append(column)
            found.rooms.append(usable)
        for row, attendance in zip(found.attendance, able, strict=True):
            row.extend([attendance[c] for c in kept])

    def _rooms(self, item: Gathering, headcount: int) -> Mapping[str | None, Sequence[int]]:
        """Venues, each with the facility classes that could be used there."""
        if item.format == "virtual":
            return {None: []}
        if not item.needs_room:
            return {site: [] for site in item.sites} if item.sites else {None: []}
        venues: dict[str | None, list[int]] = {}
        for index in self._places.possible(item, headcount):
            venues.setdefault(self._places.classes[index].site, []).append(index)
        return venues

    def _bundle(
        self,
        item: Course | Engagement | Task,
        section: int | None,
        units: list[Unit],
        ids: Sequence[tuple[str, int | None, Candidates]],
        chains: list[Chain],
        gaps: tuple[int, int | None],
        everybody: Sequence[str],
        refusals: Counter[Family],
    ) -> Bundle:
        partners = item.partners if isinstance(item, Engagement) else ()
        candidates = self._experts.candidates(item, frozenset(everybody), partners)
        asked = list(dict.fromkeys([x for pool in candidates for x in pool] + list(partners)))
        activities = [
            Activity(
                ident,
                session,
                found.columns,
                found.attendance,
                found.rooms,
                self._leads(found, asked, item),
            )
            for ident, session, found in ids
        ]
        if item.experts and not all(
            any(a.leads[x] for a in activities for x in pool) for pool in candidates
        ):
            refusals["experts"] += 1
        return Bundle(
            item,
            section,
            units,
            activities,
            chains,
            gaps,
            item.experts,
            candidates,
            partners,
            refusals,
        )

    def _leads(
        self, found: Candidates, experts: Sequence[str], item: Gathering
    ) -> dict[str, frozenset[int]]:
        for x in experts:
            if x not in found.leads:
                found.leads[x] = self._experts.leads(x, found.columns, item)
        return {x: found.leads[x] for x in experts}
