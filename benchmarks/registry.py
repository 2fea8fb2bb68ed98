"""The benchmarks there are, by the name that runs them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from benchmarks.checking import check
from benchmarks.feeds import feeds
from benchmarks.ground import ground
from benchmarks.large.part import large
from benchmarks.properties import properties
from benchmarks.reading import Asked, Part
from benchmarks.rehearsal import rehearsal
from benchmarks.scale.part import scale
from benchmarks.sizes import sizes
from benchmarks.solves import district, others


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A benchmark: its title in the results, and what runs it."""

    title: str
    run: Callable[[Asked], Part]


REGISTRY: Mapping[str, Benchmark] = {
    "clayton": Benchmark("The demo district", district),
    "demos": Benchmark("The other demo scenarios", others),
    "check": Benchmark("Checking a scenario", check),
    "sizes": Benchmark("Synthetic districts by size", sizes),
    "large": Benchmark("Large districts", large),
    "feeds": Benchmark("A feed of 500 events", feeds),
    "ground": Benchmark("PostgreSQL and TLS", ground),
    "rehearsal": Benchmark("A small real service", rehearsal),
    "scale": Benchmark("A district, a state, a nation", scale),
    "properties": Benchmark("Properties on generated districts", properties),
}
