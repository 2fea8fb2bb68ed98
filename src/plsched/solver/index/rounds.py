"""Columns of observation rounds: the dates on which one can be held."""

from __future__ import annotations

from collections import Counter

from plsched.families import Family
from plsched.scenario.directory import Directory
from plsched.scenario.models.observation import Observation
from plsched.solver.index.accounts import sub_account
from plsched.solver.index.people import People
from plsched.solver.index.places import Places
from plsched.solver.index.stays import Stays, pieces
from plsched.solver.problem import DAY, Column, Crowd, DayPattern, Piece, Round, Stay


class Rounds:
    """Makes the rounds of every observation."""

    def __init__(self, directory: Directory, people: People, stays: Stays, places: Places) -> None:
        self._directory = directory
        self._people = people
        self._stays = stays
        self._places = places
        limits = [x for x in directory.scenario.limits if x.unit == "groups_out"]
        self._out_groups = {g for x in limits for g in x.groups or ()}

    def rounds(self, item: Observation) -> list[Round]:
        """Make all rounds; each has the same possible dates."""
        refusals: Counter[Family] = Counter()
        model = Round("", item, 0, [], [], [], [], [], [], [], refusals)
        patterns: dict[DayPattern, int] = {}
        for day in self._stays.window(item.when):
            self._add(model, patterns, day, refusals)
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

    def _add(
        self,
        model: Round,
        patterns: dict[DayPattern, int],
        day: int,
        refusals: Counter[Family],
    ) -> None:
        item, when = model.item, self._stays.date(day)
        kind = self._directory.day_kind(item.site, when)
        bell = self._directory.bell(item.site, when)
        if kind is None or kind.id not in item.when.day_kinds or bell is None or not bell.periods:
            refusals["days"] += 1
            return
        closed = self._directory.closed_by
        if (item.site, when) in closed["sessions"] or (item.site, when) in closed["releases"]:
            refusals["days"] += 1
            return
        observers = self._present(item.observers, item.site, day)
        hosts = self._present(item.hosts, item.site, day)
        talks = self._talks(item, day)
        stays = self._talk_stays(item, observers, talks)
        rooms = tuple(
            i
            for i in range(len(self._places.classes))
            if talks
            and self._places.serves(i, (item.site,), None, item.features, len(observers))
            and self._places.is_open(i, talks)
        )
        if stays is None or not observers:
            refusals["days"] += 1
            return
        if talks and not rooms:
            refusals["facilities"] += 1
            return
        window = Piece(
            day * DAY + min(p.start_min for p in bell.periods),
            day * DAY + max(p.end_min for p in bell.periods),
            "visits",
        )
        usable = tuple(p.id for p in bell.periods if p.end_min - p.start_min >= item.visit_min)
        pattern = DayPattern(bell.id, usable, self._crowds(item, observers, hosts, day))
        model.columns.append(
            Column(tuple(sorted((*talks, window), key=lambda p: p.start)), item.site)
        )
        model.pattern.append(patterns.setdefault(pattern, len(patterns)))
        model.observers.append(observers)
        model.hosts.append(hosts)
        model.stays.append(stays)
        model.rooms.append(rooms)

    def _present(self, groups: tuple[str, ...], site: str, day: int) -> tuple[str, ...]:
        when = self._stays.date(day)
        people = dict.fromkeys(e for g in groups for e in self._directory.members[g])
        return tuple(
            e
            for e in people
            if self._directory.site_of(e, when) == site
            and self._directory.contract_hours(e, when) is not None
        )

    def _talks(self, item: Observation, day: int) -> tuple[Piece, ...]:
        found: list[Piece] = []
        if item.briefing_start is not None:
            found += pieces(day, item.briefing_start, item.briefing_min)
        if item.debriefing_start is not None:
            found += pieces(day, item.debriefing_start, item.debriefing_min)
        names = [
            name
            for name, start in (
                ("briefing", item.briefing_start),
                ("debriefing", item.debriefing_start),
            )
            if start is not None
        ]
        return tuple(Piece(p.start, p.end, n) for p, n in zip(found, names, strict=True))

    def _talk_stays(
        self, item: Observation, observers: tuple[str, ...], talks: tuple[Piece, ...]
    ) -> dict[str, tuple[Stay, ...]] | None:
        """Stays of each observer at briefing and debriefing; ``None`` if somebody cannot."""
        found: dict[str, tuple[Stay, ...]] = {}
        for person in observers:
            profile = self._people.profile_of[person]
            row = []
            for talk in talks:
                stay = self._stays.stay(profile, talk, item.site, item, item.when.day_kinds)
                if not isinstance(stay, Stay) or stay.released:
                    return None
                row.append(stay)
            found[person] = tuple(row)
        return found

    def _crowds(
        self, item: Observation, observers: tuple[str, ...], hosts: tuple[str, ...], day: int
    ) -> tuple[Crowd, ...]:
        alike: dict[tuple[bool, bool, frozenset[str], str, frozenset[str]], list[str]] = {}
        seen, visited = set(observers), set(hosts)
        for person in dict.fromkeys(observers + hosts):
            teaches = frozenset(p.id for p in self._directory.taught(person, self._stays.date(day)))
            key = (
                person in seen,
                person in visited,
                teaches,
                sub_account(self._directory, item, person),
                frozenset(
                    g for g in self._out_groups if person in self._directory.members.get(g, ())
                ),
            )
            alike.setdefault(key, []).append(person)
        return tuple(Crowd(tuple(people), *key) for key, people in alike.items())
