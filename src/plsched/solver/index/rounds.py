"""Columns of observation rounds: the dates on which one can be held."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from plsched.families import Family
from plsched.scenario.directory import Directory
from plsched.scenario.models.observation import Observation
from plsched.solver.index.accounts import sub_account
from plsched.solver.index.days import SiteDay, Span, Workday
from plsched.solver.index.people import People
from plsched.solver.index.places import Places
from plsched.solver.index.stays import Stays, pieces
from plsched.solver.index.trips import Trips, talk_of_traveller
from plsched.solver.problem import DAY, Column, Crowd, DayPattern, Piece, Round, Stay


@dataclass(frozen=True, slots=True)
class _Cast:
    """Who takes part on a sort of day, and as what; ``visits`` in minutes of the day."""

    visits: Span
    observers: tuple[str, ...]
    hosts: tuple[str, ...]
    stays: dict[str, tuple[Stay, ...]]
    pattern: DayPattern


_CLOSING = frozenset(("sessions", "releases"))


class Rounds:
    """Makes the rounds of every observation."""

    def __init__(self, directory: Directory, people: People, stays: Stays, places: Places) -> None:
        self._directory = directory
        self._people = people
        self._stays = stays
        self._places = places
        limits = [x for x in directory.scenario.limits if x.unit == "groups_out"]
        out: dict[str, set[str]] = {}
        for group in {g for x in limits for g in x.groups or ()}:
            for person in directory.members.get(group, ()):
                out.setdefault(person, set()).add(group)
        self._out_groups = {person: frozenset(groups) for person, groups in out.items()}

    def rounds(self, item: Observation) -> list[Round]:
        """Make all rounds; each has the same possible dates."""
        refusals: Counter[Family] = Counter()
        model = Round("", item, 0, [], [], [], [], [], [], [], refusals)
        patterns: dict[DayPattern, int] = {}
        casts: dict[tuple[int, SiteDay], _Cast | None] = {}
        crews = self._stays.days.together(self._profiles(item))
        for day in self._stays.window(item.when):
            sort = (crews[day], self._stays.days.site_day(item.site, day))
            if sort not in casts:
                casts[sort] = self._cast(item, day)
            cast = casts[sort]
            refused: Family | None = "days"
            if cast is not None:
                refused = self._add(model, patterns, day, cast)
            if refused is not None:
                refusals[refused] += 1
        model.patterns = list(patterns)
        if not model.columns and not refusals:
            refusals["days"] += 1
        return [
            Round(
                f"{item.id}/r{n}",
                item,
                n,
                model.columns,
                model.pattern,
                model.patterns,
                model.observers,
                model.hosts,
                model.stays,
                model.rooms,
                refusals,
            )
            for n in range(1, item.rounds + 1)
        ]

    def _profiles(self, item: Observation) -> tuple[str, ...]:
        people = (e for g in (*item.observers, *item.hosts) for e in self._directory.members[g])
        return tuple(dict.fromkeys(self._people.profile_of[e] for e in people))

    def _add(
        self, model: Round, patterns: dict[DayPattern, int], day: int, cast: _Cast
    ) -> Family | None:
        """Add a date if a facility is open for the talks; else give the family that refuses it."""
        item = model.item
        talks = _talks(item, day)
        rooms: tuple[int, ...] = ()
        if talks:
            serving = self._places.serving((item.site,), None, item.features, len(cast.observers))
            rooms = self._places.open_of(serving, talks)
            if not rooms:
                return "facilities"
        begin, end = cast.visits
        window = Piece(day * DAY + begin, day * DAY + end, "visits")
        model.columns.append(
            Column(tuple(sorted((*talks, window), key=lambda p: p.start)), item.site)
        )
        model.pattern.append(patterns.setdefault(cast.pattern, len(patterns)))
        model.observers.append(cast.observers)
        model.hosts.append(cast.hosts)
        model.stays.append(cast.stays)
        model.rooms.append(rooms)
        return None

    def _cast(self, item: Observation, day: int) -> _Cast | None:
        """Who takes part on a day; ``None`` if a round cannot be held on such a day."""
        where = self._stays.days.site_day(item.site, day)
        bell = None if where.bell is None else self._directory.bells[where.bell]
        if where.kind not in item.when.day_kinds or bell is None or not bell.periods:
            return None
        if where.closed & _CLOSING:
            return None
        observers = self._present(item.observers, item.site, day)
        if item.from_other_sites:
            observers |= self._from_elsewhere(item, day)
        if any(w.where.site != item.site and w.where.closed & _CLOSING for w in observers.values()):
            return None
        hosts = self._present(item.hosts, item.site, day)
        talks = _talks(item, day)
        stays = self._talk_stays(item, observers, talks)
        if stays is None or not observers:
            return None
        usable = [p for p in bell.periods if p.end_min - p.start_min >= item.visit_min]
        trips = Trips(self._directory, item, usable, [(t.start % DAY, t.end % DAY) for t in talks])
        return _Cast(
            (min(p.start_min for p in bell.periods), max(p.end_min for p in bell.periods)),
            tuple(observers),
            tuple(hosts),
            stays,
            DayPattern(
                bell.id,
                tuple(p.id for p in usable),
                self._crowds(item, observers, hosts, trips),
            ),
        )

    def _present(self, groups: tuple[str, ...], site: str, day: int) -> dict[str, Workday]:
        """Give those who work at a site on a day, with their workdays."""
        found: dict[str, Workday] = {}
        for person in dict.fromkeys(e for g in groups for e in self._directory.members[g]):
            workday = self._stays.days.workday(person, day)
            if workday.where.site == site and workday.contract is not None:
                found[person] = workday
        return found

    def _from_elsewhere(self, item: Observation, day: int) -> dict[str, Workday]:
        """Give observers who work at another site on a day of a kind that is meant."""
        found: dict[str, Workday] = {}
        for person in dict.fromkeys(e for g in item.observers for e in self._directory.members[g]):
            workday = self._stays.days.workday(person, day)
            if workday.contract is not None and (
                workday.where.site != item.site and workday.where.kind in item.when.day_kinds
            ):
                found[person] = workday
        return found

    def _talk_stays(
        self, item: Observation, observers: dict[str, Workday], talks: tuple[Piece, ...]
    ) -> dict[str, tuple[Stay, ...]] | None:
        """Stays of each observer at briefing and debriefing; ``None`` if somebody cannot."""
        found: dict[str, tuple[Stay, ...]] = {}
        for person, workday in observers.items():
            row = []
            for talk in talks:
                stay = (
                    self._stays.stay(person, talk, item.site, item, item.when.day_kinds)
                    if workday.where.site == item.site
                    else talk_of_traveller(item, workday, talk)
                )
                if not isinstance(stay, Stay) or stay.released:
                    return None
                row.append(stay)
            found[person] = tuple(row)
        return found

    def _crowds(
        self,
        item: Observation,
        observers: dict[str, Workday],
        hosts: dict[str, Workday],
        trips: Trips,
    ) -> tuple[Crowd, ...]:
        alike: dict[Crowd, list[str]] = {}
        for person, workday in (observers | hosts).items():
            travels = workday.where.site != item.site
            kind = Crowd(
                (),
                person in observers,
                person in hosts,
                frozenset(() if travels else (p.period for p in workday.taught)),
                sub_account(self._directory, item, person),
                self._out_groups.get(person, frozenset()),
                *((workday.where.site, workday.where.bell, trips.of(workday)) if travels else ()),
            )
            alike.setdefault(kind, []).append(person)
        return tuple(replace(kind, members=tuple(people)) for kind, people in alike.items())


def _talks(item: Observation, day: int) -> tuple[Piece, ...]:
    """Briefing and debriefing on a day."""
    talks = (
        ("briefing", item.briefing_start, item.briefing_min),
        ("debriefing", item.debriefing_start, item.debriefing_min),
    )
    return tuple(
        Piece(p.start, p.end, name)
        for name, start, length in talks
        if start is not None
        for p in pieces(day, start, length)
    )
