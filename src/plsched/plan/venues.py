"""Where something may be held: possible facilities and possible venues."""

from __future__ import annotations

from plsched.scenario.directory import Directory
from plsched.scenario.models.learning import Gathering
from plsched.scenario.models.places import Facility


def needs_facility(source: Gathering) -> bool:
    """Tell whether a session takes a facility: in person or hybrid, in a room."""
    return source.needs_room and source.format != "virtual"


def unfit(source: Gathering, facility: Facility, people: int) -> str | None:
    """Say why a facility is not possible for so many people; ``None`` if it is."""
    if source.facilities is not None:
        if facility.id not in source.facilities:
            return f"it is not one of {', '.join(source.facilities)}"
    elif source.sites is not None and facility.site not in source.sites:
        return f"its site {facility.site} is not one of {', '.join(source.sites)}"
    missing = [f for f in source.features if f not in facility.features]
    if missing:
        return f"it lacks {', '.join(missing)}"
    if facility.capacity < people:
        return f"{people} educators do not fit its capacity of {facility.capacity}"
    return None


def possible_venues(directory: Directory, source: Gathering, people: int) -> tuple[str | None, ...]:
    """Sites at which a session may be held; ``None`` stands for "no place"."""
    if source.format == "virtual":
        return (None,)
    if source.needs_room:
        rooms = directory.scenario.facilities
        return tuple(dict.fromkeys(f.site for f in rooms if unfit(source, f, people) is None))
    return source.sites if source.sites is not None else (None,)
