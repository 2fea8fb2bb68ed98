"""What is taught in sections: the courses of each area, the coaches' own training."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from plsched.generate import shares
from plsched.generate.goals import step_of
from plsched.generate.offers import OFFERS, Offer, Season, Sharing
from plsched.generate.schools import Area, round_share
from plsched.generate.staff import Staff
from plsched.generate.year import (
    FALL_RELEASE,
    SPRING_RELEASE,
    release_window,
    when,
)
from plsched.scenario.models.calendar import When
from plsched.scenario.models.learning import Course, ExpertNeed, Format

_MOST_WEEKS = 6
"""Weeks of a season, so that it ends before the next holidays."""


@dataclass(frozen=True, slots=True)
class Seasons:
    """When the release courses of an area meet, and how many substitutes they may count on."""

    weeks: dict[Season, int]
    section_size: int
    subs: int

    def window(self, season: Season) -> When:
        """Give the dates of a season's release courses."""
        first = FALL_RELEASE if season == "fall" else SPRING_RELEASE
        return release_window(first, self.weeks[season])


def seasons(staff: Staff, area: Area) -> Seasons:
    """Fit dates and substitutes to the days asked for, so that there are too few of them.

    There are always as many as one section takes, and as one observation day takes.
    """
    asked: dict[Season, int] = {"fall": 0, "spring": 0}
    for offer in OFFERS:
        if offer.season is not None:
            asked[offer.season] += offer.sessions * staff.size(_audience(staff, area, offer))
    busiest: Season = "fall" if asked["fall"] >= asked["spring"] else "spring"
    small = asked[busiest] < shares.SMALL_AREA_SUB_DAYS
    size = shares.SMALL_RELEASE_SECTION if small else shares.RELEASE_SECTION
    there = {season: days * shares.SUB_PERCENT // 100 for season, days in asked.items()}
    most = min(_MOST_WEEKS, max(1, there[busiest] // (2 * size)))
    subs = max(size, -(-there[busiest] // (2 * most)))
    weeks = {
        season: min(most, max(1, round_share(days, 1, 2 * subs))) for season, days in there.items()
    }
    weeks[busiest] = most
    return Seasons(weeks, size, subs)


def _audience(staff: Staff, area: Area, offer: Offer) -> list[str]:
    """Give the groups of an offer in an area: one for each school, or one for all."""
    if offer.crowd == "new":
        return staff.has([f"new-{area.number}"])
    return staff.has(f"{school.id}-{offer.crowd}" for school in area.schools)


def area_courses(
    staff: Staff, area: Area, season: Seasons, programmes: Collection[str], rng: Random
) -> Iterator[Course]:
    """Give the courses of an area; ``programmes`` are the ids of its coaching programmes."""
    rooms = _rooms(area)
    for offer in OFFERS:
        audience = _audience(staff, area, offer)
        if audience:
            yield _course(staff, area, offer, audience, season, programmes, rooms, rng)


def _rooms(area: Area) -> Callable[[str], list[str]]:
    """Give the facilities of an area of each kind."""
    by_size = sorted(area.schools, key=lambda s: -s.educators)

    def of(kind: str) -> list[str]:
        if kind == "gym":
            return [f"{school.id}-gym" for school in by_size[:2]]
        if kind == "lab":
            return [f"{area.largest.id}-lab"]
        if kind == "studio":
            return [f"{area.rented.id}-studio"]
        return [f"{area.centre.id}-{kind}"]

    return of


def _course(
    staff: Staff,
    area: Area,
    offer: Offer,
    audience: Sequence[str],
    season: Seasons,
    programmes: Collection[str],
    rooms: Callable[[str], list[str]],
    rng: Random,
) -> Course:
    size = offer.size or season.section_size
    window = season.window(offer.season) if offer.season else offer.when
    where = [room for kind in offer.rooms for room in rooms(kind)]
    shape: Format = "virtual" if offer.licence else "in_person"
    follow_up = (f"{name}-{area.number}" for name in offer.follow_up)
    gap = offer.gap if offer.sessions > 1 else (0, None)
    return Course(
        id=f"{offer.id}-{area.number}",
        title=_title(offer.title, area),
        pathway=offer.pathway,
        department=offer.department,
        serves=(step_of(offer.pathway),),
        required=offer.required,
        mandatory=offer.mandatory,
        priority=1 if offer.required else rng.randint(1, 5),
        release=offer.season is not None,
        stipend=offer.stipend,
        audience=tuple(audience),
        action=offer.action,
        format=shape,
        licence=offer.licence,
        duration_min=offer.duration_min,
        sessions=offer.sessions,
        min_gap_days=gap[0],
        max_gap_days=gap[1],
        section_size=size,
        quorum=min(offer.quorum, staff.size(audience), size),
        max_sections=sections(staff, audience, size),
        experts=_needs(offer.skill, area, offer.experts),
        materials_cents_per_person=offer.materials_cents,
        facilities=tuple(where) if where and shape == "in_person" else None,
        features=tuple(offer.features),
        follow_up=tuple(name for name in follow_up if name in programmes),
        prerequisites=tuple(f"{name}-{area.number}" for name in offer.prerequisites),
        evidence="Seen in class by a colleague or coach",
        when=window,
    )


def _title(title: str, area: Area) -> str:
    return f"{title} (area {area.number})"


def _needs(skill: str | None, area: Area, sharing: Sharing) -> tuple[ExpertNeed, ...]:
    if skill is None:
        return ()
    return (ExpertNeed(skill=skill_of(skill, area, sharing)),)


def skill_of(skill: str, area: Area, sharing: Sharing) -> str:
    """Name a skill as the experts of an area, or of its zone, have it."""
    return f"{skill}-{area.number}" if sharing == "area" else f"{skill}-zone-{area.zone}"


def sections(staff: Staff, audience: Sequence[str], size: int) -> int:
    """Count the sections into which an audience fits, the largest units first."""
    units: list[int] = []
    for group in audience:
        people = len(staff.members[group])
        parts = -(-people // size)
        units += [people // parts + (k < people % parts) for k in range(parts)]
    free: list[int] = []
    for unit in sorted(units, reverse=True):
        at = next((k for k, seats in enumerate(free) if seats >= unit), None)
        if at is None:
            free.append(size - unit)
        else:
            free[at] -= unit
    return min(len(free), 200)


def training_courses(
    staff: Staff, zone: int, all_areas: Sequence[Area], group: str
) -> Iterator[Course]:
    """Give the coaches' own training of a zone, before or after 1 July."""
    centres = tuple(
        f"{area.centre.id}-{room}" for area in all_areas[:3] for room in ("training", "board")
    )
    for number, (skill, title) in enumerate(
        (("cognitive-coaching", "Cognitive coaching"), ("adaptive-schools", "Adaptive schools"))
    ):
        first, last = (("2027-06-07", "2027-07-15"), ("2027-06-21", "2027-07-29"))[number]
        yield Course(
            id=f"{skill}-{zone}",
            title=f"{title} foundation (zone {zone})",
            pathway="coaching",
            department="learning",
            serves=(step_of("coaching"),),
            required=True,
            stipend=True,
            audience=(group,),
            duration_min=390,
            sessions=4,
            min_gap_days=1,
            max_gap_days=4,
            section_size=24,
            max_sections=sections(staff, [group], 24),
            experts=(ExpertNeed(skill=f"{skill}-zone-{zone}"),),
            materials_cents_per_person=6500,
            facilities=centres,
            evidence="Recorded conversations",
            when=when(first, last, ["summer"], ["08:30"], ("mon", "tue", "wed", "thu")),
        )
