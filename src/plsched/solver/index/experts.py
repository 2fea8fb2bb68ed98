"""Experts: who can lead what, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from plsched.scenario.directory import Directory
from plsched.scenario.models.learning import Gathering
from plsched.scenario.models.people import Expert
from plsched.solver.index.openings import Dates, Openings
from plsched.solver.index.stays import Stays
from plsched.solver.problem import DAY, Column, Piece


@dataclass(frozen=True, slots=True)
class _Diary:
    """When an expert is there; ``educator`` is the member of staff who the expert is."""

    openings: Openings
    away: tuple[Dates, ...]
    educator: str | None

    @property
    def always(self) -> bool:
        """Whether the expert can lead at any time."""
        return self.openings.always and not self.away and self.educator is None


class Experts:
    """Candidates for each need, and the columns at which each can lead."""

    def __init__(self, directory: Directory, stays: Stays) -> None:
        self._stays = stays
        self._with_skill: dict[str, list[Expert]] = {}
        self._diaries: dict[str, _Diary] = {}
        for expert in directory.scenario.experts:
            for skill in dict.fromkeys(expert.skills):
                self._with_skill.setdefault(skill, []).append(expert)
            self._diaries[expert.id] = _Diary(
                Openings(expert.availability, stays.origin),
                tuple(Dates(row, stays.origin) for row in expert.unavailable),
                expert.educator,
            )

    def candidates(
        self, item: Gathering, participants: frozenset[str], partners: Sequence[str]
    ) -> list[list[str]]:
        """Experts with the skill, for each need; not those who take part for sure."""
        return [
            [
                x.id
                for x in self._with_skill.get(need.skill, ())
                if x.id not in partners and x.educator not in participants
            ]
            for need in item.experts
        ]

    def leads(self, expert_id: str, columns: Sequence[Column], item: Gathering) -> frozenset[int]:
        """Columns at which an expert is available."""
        diary = self._diaries[expert_id]
        if diary.always:
            return frozenset(range(len(columns)))
        return frozenset(
            c
            for c, column in enumerate(columns)
            if all(self._can(diary, p, column.venue, item) for p in column.pieces)
        )

    def _can(self, diary: _Diary, piece: Piece, venue: str | None, item: Gathering) -> bool:
        day, begin = divmod(piece.start, DAY)
        if any(away.holds(day) for away in diary.away):
            return False
        if not diary.openings.hold(day, begin, begin + piece.end - piece.start):
            return False
        return diary.educator is None or (
            self._stays.leader(diary.educator, piece, venue, stipend=item.stipend) is not None
        )
