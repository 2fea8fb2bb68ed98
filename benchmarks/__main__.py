"""`python -m benchmarks [PART ...]`: measure, and write the results."""

from __future__ import annotations

import argparse

from benchmarks.machine import machine
from benchmarks.reading import Asked
from benchmarks.registry import REGISTRY
from benchmarks.results import write


def main() -> None:
    """Run the benchmarks that are named, or all of them, one after the other."""
    usual = Asked()
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help=", ".join(REGISTRY))
    parser.add_argument("--seed", type=int, default=usual.seed)
    parser.add_argument("--time-limit", type=float, default=usual.time_limit_s)
    parser.add_argument("--workers", type=int, default=usual.workers)
    parser.add_argument("--label", help="names the files of the results, for a part of a benchmark")
    given = parser.parse_args()
    unknown = [name for name in given.parts if name not in REGISTRY]
    if unknown:
        parser.error(f"no benchmark {unknown[0]!r}; there are {', '.join(REGISTRY)}")
    asked = Asked(given.seed, given.time_limit, given.workers)
    before = machine()
    names = given.parts or list(REGISTRY)
    parts = {name: REGISTRY[name].run(asked) for name in names}
    label = given.label or "-".join(given.parts) or "all"
    path, told = write(label, before, asked, parts)
    print(told)
    print(f"written: {path.relative_to(path.parents[2])}")


if __name__ == "__main__":
    main()
