"""Experts: who can lead what, and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from plsched.scenario.directory import Directory
from plsched.scenario.models.base import Availability
from plsched.scenario.models.learning import Gathering
from plsched.scenario.models.people import Expert
from plsched.solver.index.stays import Stays
from plsched.solver.problem import DAY, Column, Piece
from plsched.timegrid import clock_min


class Experts:
    """Candidates for each need, and the columns at which each can lead."""

    def __init__(self, directory: Directory, stays: Stays) -> None:
        self._directory = directory
        self._stays = stays

    def candidates(
        self, item: Gathering, participants: frozenset[str], partners: Sequence[str]
    ) -> list[list[str]]:
        """Experts with the skill, for each need; not those who take part for sure."""
        return [
            [
                x.id
                for x in self._directory.scenario.experts
                if need.skill in x.skills
                and x.id not in partners
                and x.educator not in participants
            ]
            for need in item.experts
        ]

    def leads(self, expert_id: str, columns: Sequence[Column], item: Gathering) -> frozenset[int]:
        """Columns at which an expert is available."""
        expert = self._directory.experts[expert_id]
        return frozenset(
            c
            for c, column in enumerate(columns)
            if all(self._can(expert, p, column.venue, item) for p in column.pieces)
        )

    def _can(self, expert: Expert, piece: Piece, venue: str | None, item: Gathering) -> bool:
        when = self._stays.date(piece.day)
        if any(away.holds(when) for away in expert.unavailable):
            return False
        if expert.availability and not any(_holds(row, when, piece) for row in expert.availability):
            return False
        return expert.educator is None or (
            self._stays.leader(expert.educator, piece, venue, stipend=item.stipend) is not None
        )


def _holds(row: Availability, when: date, piece: Piece) -> bool:
    begin = piece.start % DAY
    return (
        row.holds(when)
        and clock_min(row.start) <= begin
        and begin + piece.end - piece.start <= clock_min(row.end)
    )
