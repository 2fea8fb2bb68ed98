"""Readiness: what is red, yellow or green, in words and signs before colours."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from plsched.exports.report.costs import PHASES
from plsched.exports.report.wording import full_date, listed, plural
from plsched.plan.facts import Facts
from plsched.plan.readiness import Element, readiness
from plsched.scenario.models.records import Colour

SIGNS: dict[Colour, str] = {"red": "✗ red", "yellow": "▲ yellow", "green": "✓ green"}
"""A sign and a word: colour is never the only difference."""
NOT_RATED = "not rated"
SHARED = "Shared by pathways"
"""Elements of no single pathway: a row beside the others, not their sum."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A colour as a word, and the style that goes with it."""

    words: str
    style: str


@dataclass(frozen=True, slots=True)
class RollupRow:
    """A pathway: its worst, and the worst of each phase."""

    name: str
    worst: Cell
    phases: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class ElementRow:
    """An element as it is rated now."""

    name: str
    about: str
    cell: Cell
    before: str
    rated: str
    owner: str
    evidence: str
    due: str


@dataclass(frozen=True, slots=True)
class Ratings:
    """Readiness for people."""

    finding: str
    phases: tuple[str, ...]
    rollups: tuple[RollupRow, ...]
    elements: tuple[ElementRow, ...]


def ratings(facts: Facts) -> Ratings | None:
    """Read how ready things are; ``None`` where nothing is rated."""
    found = readiness(facts.scenario)
    if found is None:
        return None
    names: dict[str | None, str] = {p.id: p.name for p in facts.scenario.pathways}
    names[None] = SHARED
    counts = Counter(e.now.colour for e in found.elements)
    told = listed(f"{counts[colour]} {colour}" for colour in SIGNS if counts[colour])
    late = sum(e.overdue for e in found.elements)
    overdue = f" {plural(late, 'is', 'are')} past the due date." if late else ""
    unrated = [names[r.pathway] for r in found.rollups if r.worst is None]
    missing = f" Not rated yet: {'; '.join(unrated)}." if unrated else ""
    return Ratings(
        finding=(
            f"{found.worst.capitalize()} as a whole, as of {full_date(found.as_of)}: the worst "
            f"counts. {plural(len(found.elements), 'element')}: {told}.{overdue}{missing}"
        ),
        phases=tuple(PHASES.values()),
        rollups=tuple(
            RollupRow(names[r.pathway], cell(r.worst), tuple(map(cell, r.phases.values())))
            for r in found.rollups
        ),
        elements=tuple(_row(element, names) for element in found.elements),
    )


def cell(colour: Colour | None) -> Cell:
    """Write a colour as a word with a sign."""
    return Cell(NOT_RATED, "") if colour is None else Cell(SIGNS[colour], f"rated {colour}")


def _row(element: Element, names: dict[str | None, str]) -> ElementRow:
    now = element.now
    about = names[now.pathway]
    if now.phase is not None:
        about += f", {PHASES[now.phase].lower()}"
    due = "" if now.due is None else full_date(now.due)
    return ElementRow(
        name=now.element,
        about=about,
        cell=cell(now.colour),
        before="" if element.before is None else SIGNS[element.before],
        rated=full_date(now.rated),
        owner=now.owner,
        evidence=now.evidence or "none given",
        due=f"{due}, overdue" if element.overdue else due,
    )
