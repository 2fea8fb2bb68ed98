"""The benchmark of the large districts: instances x contenders, then what is promised besides."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.large.choice import Choice, choice_of
from benchmarks.large.contenders import CONTENDERS
from benchmarks.large.keeping import keep, kept, kept_plan, name_of, to_data
from benchmarks.large.measures import Run
from benchmarks.large.pictures import draw
from benchmarks.large.promises import PROMISES, Given, StepBroke
from benchmarks.large.running import Asked as Instance
from benchmarks.large.sizes import Size
from benchmarks.large.tables import against_targets, instances, medians, not_run, unstated
from benchmarks.machine import machine
from benchmarks.reading import Asked, Part, Reading
from plsched.generate import generate, write_district

PICTURES = Path(__file__).parents[1] / "results"


def large(asked: Asked) -> Part:
    """Run what the environment chooses of the benchmark, and compare it with the targets."""
    choice = choice_of(os.environ)
    with tempfile.TemporaryDirectory() as folder:
        return _measured(choice, asked, Path(folder))


def _measured(choice: Choice, asked: Asked, folder: Path) -> Part:
    commit = machine().commit
    runs: list[Run] = []
    notes: list[Reading] = []
    for run, measured in _runs(choice, asked, folder, commit):
        print(f"  {run.size} seed {run.seed} {run.contender}: {run.status}", file=sys.stderr)
        runs.append(run)
        if measured != commit:
            name = name_of(run.size, run.seed, run.contender, run.limit_s)
            notes.append(Reading(f"{name} was kept", f"measured at commit {measured}"))
    promises = list(_promises(choice, asked, runs, folder))
    pictures = [_picture(runs, size.name, seed) for size in choice.sizes for seed in choice.seeds]
    readings = (*against_targets(runs, choice), *promises, *not_run(choice), *notes)
    peers = [n for n in choice.contenders if CONTENDERS[n].cannot]
    return Part(
        readings,
        {"choice": _plain(choice), "runs": [to_data(r) for r in runs]},
        (medians(runs), instances(runs), unstated(peers)),
        tuple(p for p in pictures if p is not None),
    )


def _plain(choice: Choice) -> dict[str, object]:
    data = asdict(choice)
    return data | {"kept": None if choice.kept is None else choice.kept.name}


def _runs(choice: Choice, asked: Asked, folder: Path, commit: str) -> Iterator[tuple[Run, str]]:
    """Run every contender on every instance, unless the run was kept."""
    for size in choice.sizes:
        for seed in choice.seeds:
            for name in choice.contenders:
                yield _run(choice, asked, folder, commit, (size, seed, name))


def _run(
    choice: Choice, asked: Asked, folder: Path, commit: str, which: tuple[Size, int, str]
) -> tuple[Run, str]:
    size, seed, name = which
    limit_s = choice.limit_of(size)
    known = kept(choice.kept, name_of(size.name, seed, name, limit_s)) if choice.kept else None
    if known is not None:
        return known
    own = folder / name_of(size.name, seed, name, limit_s)
    own.mkdir()
    district = district_of(folder, size, seed)
    memory = choice.memory_of(size)
    given = Instance(size.name, seed, district, limit_s, memory, asked.workers)
    run = CONTENDERS[name].run(given, own)
    if choice.kept is not None and not run.status.startswith(("NOT_RUN", "FAILED")):
        keep(choice.kept, run, commit, own / "plan.json")
    return run, commit


def district_of(folder: Path, size: Size, seed: int) -> Path:
    """Give the folder of an instance, which is written once."""
    made = folder / f"district-{size.name}-{seed}"
    if not made.exists():
        write_district(generate(size.educators, seed), made)
    return made


def _promises(choice: Choice, asked: Asked, runs: list[Run], folder: Path) -> Iterator[Reading]:
    """Measure what is promised at one size, with the first seed."""
    if not choice.promises:
        return
    size, seed = choice.promised_at, choice.seeds[0] if choice.seeds else 0
    name = name_of(size.name, seed, "full", choice.limit_of(size))
    made = folder / name / "plan.json"
    found = kept_plan(choice.kept, name) if choice.kept is not None else None
    of_it = [r for r in runs if (r.size, r.seed) == (size.name, seed)]
    given = Given(
        size.name,
        seed,
        district_of(folder, size, seed),
        made if made.exists() else found,
        of_it,
        folder / "changes",
        asked.workers,
    )
    for promise in choice.promises:
        try:
            yield from PROMISES[promise](given)
        except StepBroke as broke:
            yield Reading(f"{size.name}: {promise}", str(broke), "no error", met=False)


def _picture(runs: list[Run], size: str, seed: int) -> str | None:
    """Draw one instance; gives the name of the file beside the results."""
    of_it = [r for r in runs if (r.size, r.seed) == (size, seed) and r.events]
    if not of_it:
        return None
    limit_s = max(r.limit_s for r in of_it)
    today = datetime.now(UTC).date().isoformat()
    name = f"{today}-large-{size}-{seed}-{limit_s:g}s.svg"
    draw(PICTURES / name, f"{size}, seed {seed}", of_it)
    return name
