"""Where: schools by level, their areas, centres, rooms, and the ways between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from random import Random

from plsched.generate import shares
from plsched.generate.names import place_names
from plsched.generate.shares import SchoolLevel
from plsched.generate.year import FIRST, LAST, bells, clock
from plsched.money import split
from plsched.scenario.models.base import WORKDAYS, Availability
from plsched.scenario.models.places import Facility, Licence, Site, Travel

_BLOCK = 12
"""Minutes between neighbouring areas."""


@dataclass(frozen=True, slots=True)
class Place:
    """A site and where it lies, in minutes from the south-west corner."""

    id: str
    name: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class School(Place):
    """A school and how many educators it has."""

    level: SchoolLevel
    educators: int
    high_need: bool


@dataclass(frozen=True, slots=True)
class Area:
    """Schools with a centre of their own; ``zone`` numbers the areas that share partners."""

    number: int
    zone: int
    schools: tuple[School, ...]
    centre: Place
    rented: Place

    @property
    def educators(self) -> int:
        """Educators of the area's schools."""
        return sum(school.educators for school in self.schools)

    def of(self, *levels: SchoolLevel) -> list[School]:
        """Schools of some levels."""
        return [school for school in self.schools if school.level in levels]

    @property
    def largest(self) -> School:
        """The school with the most educators."""
        return max(self.schools, key=lambda school: school.educators)


def areas(educators: int, rng: Random) -> list[Area]:
    """Divide the educators of the schools over schools, and the schools over areas."""
    count = max(1, round_share(educators, shares.SCHOOLS_IN_L, shares.SIZES["L"]))
    levels = _levels(count)
    spread = shares.SIZE_SPREAD
    weights = [
        shares.STAFF_WEIGHTS[level] * (100 + rng.randint(-spread, spread)) for level in levels
    ]
    staff = split(educators, weights)
    names = place_names(count, rng)
    number = max(1, round_share(count, 1, shares.SCHOOLS_PER_AREA))
    side = next(k for k in range(1, number + 1) if k * k >= number)
    found = []
    for at in range(number):
        x, y = (at % side) * _BLOCK, (at // side) * _BLOCK
        schools = tuple(
            School(
                names[k].lower().replace(" ", "-"),
                f"{names[k]} {levels[k].capitalize()} School",
                x + rng.randint(0, _BLOCK),
                y + rng.randint(0, _BLOCK),
                levels[k],
                staff[k],
                rng.randrange(100) < shares.HIGH_NEED_PERCENT,
            )
            for k in range(at, count, number)
        )
        half = _BLOCK // 2
        centre = Place(f"centre-{at + 1}", f"Learning Center {at + 1}", x + half, y + half)
        rented = Place(f"rented-{at + 1}", f"Conference Center {at + 1}", x + half, y)
        found.append(Area(at + 1, at // shares.AREAS_PER_ZONE + 1, schools, centre, rented))
    return found


def round_share(count: int, part: int, whole: int) -> int:
    """Give ``count * part / whole``, rounded half up."""
    return (2 * count * part + whole) // (2 * whole)


def _levels(count: int) -> list[SchoolLevel]:
    """Levels of all schools, elementary first, in their shares."""
    numbers = split(count, list(shares.LEVEL_SHARES.values()))
    pairs = zip(shares.LEVEL_SHARES, numbers, strict=True)
    return [level for level, number in pairs for _ in range(number)]


def sites(all_areas: Sequence[Area]) -> Iterator[Site]:
    """Give schools, centres, and conference centres that are rented."""
    for area in all_areas:
        for school in area.schools:
            yield Site(
                id=school.id, name=school.name, level=school.level, bells=bells(school.level)
            )
    for area in all_areas:
        office = "learning" if area.number == 1 else None
        centre = area.centre
        yield Site(
            id=centre.id, name=centre.name, level="central", department=office, bells=bells(None)
        )
    for area in all_areas:
        yield Site(id=area.rented.id, name=area.rented.name, level="external")


def travel(all_areas: Sequence[Area]) -> Iterator[Travel]:
    """Give the ways inside of each area, to the other centres of its zone, and between centres.

    Coaches of a zone are trained together, at any of its centres.
    """
    for area in all_areas:
        yield from _ways(combinations((*area.schools, area.centre, area.rented), 2))
    yield from _ways(combinations([area.centre for area in all_areas], 2))
    main = all_areas[0].centre
    for area in all_areas[1:]:
        yield from _ways((main, place) for place in (*area.schools, area.rented))
    for area in all_areas:
        near = [other.centre for other in all_areas[1:] if other.zone == area.zone]
        others = [centre for centre in near if centre != area.centre]
        yield from _ways((centre, school) for centre in others for school in area.schools)


def _ways(pairs: Iterable[tuple[Place, Place]]) -> Iterator[Travel]:
    for a, b in pairs:
        blocks = abs(a.x - b.x) + abs(a.y - b.y)
        yield Travel(between=(a.id, b.id), minutes=min(5 + blocks, 90), miles=1 + blocks // 3)


def facilities(all_areas: Sequence[Area]) -> Iterator[Facility]:
    """Give rooms of centres, rooms that are rented, and two rooms of each school."""
    for area in all_areas:
        week = Availability(
            first=FIRST, last=LAST, weekdays=WORKDAYS, start=clock("07:30"), end=clock("19:00")
        )
        for room, capacity, features in (
            ("training", 40, ("projector",)),
            ("board", 30, ("projector",)),
            ("hall", 160, ("projector", "stage")),
        ):
            yield Facility(
                id=f"{area.centre.id}-{room}",
                name=f"{area.centre.name}, {room} room",
                site=area.centre.id,
                capacity=capacity,
                features=features,
                setup_min=15,
                clear_min=15,
                availability=(week,),
            )
        yield Facility(
            id=f"{area.rented.id}-studio",
            name=f"{area.rented.name}, studio",
            site=area.rented.id,
            capacity=36,
            features=("projector",),
            setup_min=15,
            clear_min=15,
            cents_per_hour=8500,
        )
        for school in area.schools:
            yield from _school_rooms(school, has_lab=school == area.largest)


def _school_rooms(school: School, *, has_lab: bool) -> Iterator[Facility]:
    library = max(shares.OBSERVERS_PER_ROUND, 24 + school.educators // 4)
    yield Facility(
        id=f"{school.id}-library",
        name=f"{school.name}, library",
        site=school.id,
        capacity=library,
        features=("projector",),
        setup_min=5,
    )
    yield Facility(
        id=f"{school.id}-gym",
        name=f"{school.name}, gym",
        site=school.id,
        capacity=60 + 2 * school.educators,
        setup_min=15,
        clear_min=15,
    )
    if has_lab:
        yield Facility(
            id=f"{school.id}-lab",
            name=f"{school.name}, laboratory",
            site=school.id,
            capacity=28,
            features=("projector", "laboratory"),
            setup_min=30,
            clear_min=30,
        )


def licences(educators: int) -> tuple[Licence, ...]:
    """Give the virtual rooms: one for large webinars, one for small meetings."""
    seats = max(160, educators * shares.SEATS_PERCENT // 100)
    return (
        Licence(id="webinar", name="Webinar room", seats=seats, cents_per_session=9_500),
        Licence(id="meeting-room", name="Online meeting room", seats=_meeting_seats(educators)),
    )


def _meeting_seats(educators: int) -> int:
    """Give seats for the network of an area at least, and for some meetings at once."""
    return max(40, min(600, educators // 3), educators // 30)
