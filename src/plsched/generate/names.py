"""Invented names of schools. No name is of a real school."""

from __future__ import annotations

from random import Random

_FIRST = (
    "Alder Amber Aster Birch Briar Cedar Clover Copper Coral Cress Dew Elder Fern Flint Garnet Hazel "
    "Heather Indigo Iris Ivory Jasper Juniper Larch Laurel Linden Maple Marble Meadow Myrtle Onyx "
    "Opal Poppy Quartz Rowan Sable Sage Sorrel Tansy Umber Willow"
)
_SECOND = (
    "Acre Arch Bank Bay Bend Bluff Bridge Brook Cliff Cove Creek Crest Dale Dell Field Ford Gate Glen "
    "Grove Harbor Heath Hill Hollow Isle Knoll Lake Landing March Mead Mill Moor Orchard Pass Point "
    "Ridge Rise Run Spring Vale Wharf"
)


def place_names(count: int, rng: Random) -> list[str]:
    """Draw names of places, each once, such as ``Alder Brook``."""
    first, second = _FIRST.split(), _SECOND.split()
    drawn = rng.sample(range(len(first) * len(second)), count)
    return [f"{first[n // len(second)]} {second[n % len(second)]}" for n in drawn]
