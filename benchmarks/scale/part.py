"""`python -m benchmarks scale`: the simulation, its tables in docs/scale.md, its pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

import numpy as np

from benchmarks.reading import Asked, Part, Reading
from benchmarks.scale import database, page, pictures
from benchmarks.scale.answers import AS_GIVEN, Answer, Change, Simulation, Waits, waits
from benchmarks.scale.districts import Scale, scales
from benchmarks.scale.inputs import Inputs, read
from benchmarks.scale.limits import Limit, limits
from benchmarks.scale.web import Served, served, work

SHARES = (0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
"""Numbers of workers tried, as shares of what keeps waits short."""

CHANGES: Mapping[str, Change] = {
    "all is as it goes in": AS_GIVEN,
    "runs take half as long": Change(runs=0.5),
    "runs take twice as long": Change(runs=2.0),
    "polls cost half as much": Change(web=0.5),
    "polls cost twice as much": Change(web=2.0),
    "twice as many what-ifs": Change(what_ifs=2.0),
    "everybody begins within one hour": Change(hours=1 / 3),
    "no app goes by the clock": Change(by_the_clock=0.0),
    "half of all apps go by the clock": Change(by_the_clock=0.5),
}


def scale(asked: Asked) -> Part:
    """Simulate a district, a state and a nation."""
    inputs, three = read(), scales()
    simulation = Simulation(inputs, asked.seed)
    answers = [simulation.answer(each) for each in three]
    tried = {found.scale.name: _tried(found, simulation) for found in answers}
    nation = answers[-1]
    seconds = work(nation.day, inputs)
    web = [served(nation.day, seconds, count) for count in _around(nation.processes.processes, 5)]
    changed = {told: simulation.answer(three[-1], change) for told, change in CHANGES.items()}
    broken = limits([each.asked for each in answers], inputs)
    pictures.draw_waits({name: tried[name] for name in ("state", "nation")})
    pictures.draw_polls(nation.day, seconds, [each.processes for each in web[1:4]])
    page.write(
        {
            "takes": _takes(answers, inputs),
            "waits": _waits(tried),
            "polls": _polls(web, inputs),
            "limits": _limits(broken),
            "changes": _changes(changed),
            "queues": _queues(three[-1], simulation),
            "inputs": _inputs(inputs),
        }
    )
    placeholders = inputs.placeholders()
    readings = [
        *(Reading(each.scale.name, _told(each)) for each in answers),
        *(Reading(f"nation: {told}", _told(each)) for told, each in changed.items()),
        Reading("breaks first at the nation's scale", "; ".join(limit.of for limit in broken[:3])),
        Reading(
            "inputs still to be measured, or measured again",
            ", ".join(placeholders) or "none",
            "none",
            not placeholders,
        ),
    ]
    raw: dict[str, object] = {
        "answers": {each.scale.name: _raw(each) for each in answers},
        "waits": {name: [asdict(one) for one in each] for name, each in tried.items()},
        "web": [asdict(one) for one in web],
        "changes": {told: _raw(each) for told, each in changed.items()},
        "limits": [
            asdict(limit) | {"used": limit.used, "breaks_at": limit.breaks_at} for limit in broken
        ],
    }
    return Part(tuple(readings), raw)


def _tried(found: Answer, simulation: Simulation) -> list[Waits]:
    drawn = simulation.evenings(found.scale)
    counts = sorted({max(1, round(found.waits.workers * share)) for share in SHARES})
    return [waits(drawn, simulation.inputs, count) for count in counts]


def _around(count: int, many: int) -> list[int]:
    """Give numbers of processes from a quarter of a count up, each twice the one before."""
    return sorted({max(1, round(count * 2.0**n)) for n in range(-2, many - 2)})


# ---- tables ----


def _takes(answers: Sequence[Answer], inputs: Inputs) -> str:
    def row(told: str, values: Sequence[str]) -> list[str]:
        return [told, *values]

    memory = [inputs.by_size("memory_mib", a.scale.educators) for a in answers]
    rows = [
        row("districts", [f"{a.scale.districts:,}" for a in answers]),
        row("subscribers", [f"{a.scale.subscribers:,}" for a in answers]),
        row(
            "educators of the middle district; of the largest",
            [
                f"{np.median(a.scale.educators):,.0f}; {a.scale.educators.max():,.0f}"
                for a in answers
            ],
        ),
        row("runs on the evening", [f"{a.runs:,}" for a in answers]),
        row("**workers**, two cores each", [f"**{a.waits.workers:,}**" for a in answers]),
        row(
            "memory of a worker: 90 % of the districts; the largest",
            [f"{np.percentile(m, 90) / 1024:,.1f} GiB; {m.max() / 1024:,.0f} GiB" for m in memory],
        ),
        row(
            "a run starts after: median; 95 %; longest",
            [
                f"{_time(a.waits.median_s)}; {_time(a.waits.p95_s)}; {_time(a.waits.max_s)}"
                for a in answers
            ],
        ),
        row(
            "polls a day; in the busiest second",
            [f"{_short(int(a.day.polls.sum()))}; {a.day.polls.max():,}" for a in answers],
        ),
        row(
            "**web processes** for feeds, one core each",
            [f"**{a.processes.processes}**" for a in answers],
        ),
        row("web processes for following runs", [f"{_followers(a, inputs)}" for a in answers]),
        row(
            "cores for TLS, busiest second",
            [f"{a.day.polls.max() * inputs.feeds.handshake_ms.value / 1000:,.1f}" for a in answers],
        ),
        row("**database** after a year", [f"**{_gb(a.asked.size.all_gb)}**" for a in answers]),
        row(
            "of that runs; publications; feeds",
            [
                f"{_gb(a.asked.size.runs_gb)}; {_gb(a.asked.size.publications_gb)}; {_gb(a.asked.size.feeds_gb)}"
                for a in answers
            ],
        ),
        row("connections", [f"{a.asked.load.connections:,}" for a in answers]),
        row(
            "its cores, busiest second",
            [f"{database.cores(a.asked.load, inputs):,.1f}" for a in answers],
        ),
        row("commits a second", [f"{a.asked.load.commits:,.1f}" for a in answers]),
        row(
            "look-ups a second: feeds, busiest second; followed runs",
            [f"{a.asked.load.look_ups:,.0f}; {a.asked.load.follows:,.0f}" for a in answers],
        ),
    ]
    return page.table(["", *(a.scale.name for a in answers)], rows)


def _followers(found: Answer, inputs: Inputs) -> int:
    return int(np.ceil(found.asked.load.follows * inputs.machines.follow_ms.value / 1000))


def _waits(tried: Mapping[str, Sequence[Waits]]) -> str:
    rows = [
        [
            name,
            f"{each.workers:,}",
            _time(each.median_s),
            _time(each.p95_s),
            _time(each.max_s),
            f"{each.use:.0%}",
            f"{each.longest_queue:,}",
            f"{each.last_h:.1f} h",
        ]
        for name, them in tried.items()
        for each in them
    ]
    head = [
        "",
        "workers",
        "median",
        "95 %",
        "longest",
        "workers' use",
        "most that wait",
        "all done after",
    ]
    return page.table(head, rows)


def _polls(web: Sequence[Served], inputs: Inputs) -> str:
    rows = [
        [
            str(each.processes),
            f"{each.use:.1%}",
            _time(each.median_s),
            _time(each.p95_s),
            _time(each.max_s),
            f"{each.most_waiting:,}",
            "yes" if each.most_waiting <= inputs.feeds.backlog.value * each.processes else "**no**",
        ]
        for each in web
    ]
    head = ["web processes", "use over the day", "median wait", "95 %", "longest", "most that wait"]
    return page.table([*head, "all let in"], rows)


def _limits(broken: Sequence[Limit]) -> str:
    rows = [
        [limit.of, *(_used(used) for used in limit.used), _share(limit), limit.remedy]
        for limit in broken
    ]
    return page.table(["limit", "district", "state", "nation", "breaks at", "what moves it"], rows)


def _used(used: float) -> str:
    told = f"{used:,.0f}" if used >= 10 else f"{used:.1f}" if used >= 0.095 else f"{used:.2f}"
    return f"**{told}**" if used > 1 else told


def _share(limit: Limit) -> str:
    """Say at what size a limit breaks, in two digits."""
    return f"{float(f'{limit.breaks_at:.2g}'):,.0f} {limit.grows_with}"


def _changes(changed: Mapping[str, Answer]) -> str:
    rows = [
        [
            told,
            f"{each.waits.workers:,}",
            _time(each.waits.median_s),
            str(each.processes.processes),
            f"{each.day.polls.max():,}",
            f"{each.asked.load.connections:,}",
            f"{each.asked.load.commits:,.0f}",
            f"{each.asked.load.follows:,.0f}",
        ]
        for told, each in changed.items()
    ]
    head = [
        *("the nation, if", "workers", "median wait", "web processes", "polls, busiest second"),
        *("connections", "commits/s", "looks at runs/s"),
    ]
    return page.table(head, rows)


def _queues(nation: Scale, simulation: Simulation) -> str:
    """Compare one queue for all with a queue for each half of the districts."""
    cut, sizes = float(np.median(nation.educators)), nation.educators
    told = f"{cut:,.0f} educators"
    parts = (
        nation,
        Scale(f"districts of at most {told}", sizes[sizes <= cut]),
        Scale(f"districts of more than {told}", sizes[sizes > cut]),
    )
    rows = [
        [part.name, f"{found.workers:,}", _time(found.p95_s), f"{found.use:.0%}"]
        for part in parts
        for found in [simulation.fewest(part)]
    ]
    return page.table(["queue", "workers", "95 %", "workers' use"], rows)


def _inputs(inputs: Inputs) -> str:
    rows = [
        [
            f"a run, {solve.educators:,} educators",
            f"{solve.run_s:,.0f} s, {solve.memory_mib:,.0f} MiB",
            "**provisional**" if solve.placeholder else "measured",
            solve.source,
        ]
        for solve in inputs.solves
    ]
    for name, figure in inputs.figures():
        source = f"`{figure.source}`" if figure.source.startswith("python") else figure.source
        kind = "**placeholder**" if figure.kind == "placeholder" else figure.kind
        rows.append([name, f"{figure.value:,g} {figure.unit}", kind, source])
    for app in inputs.apps:
        often = (
            " to ".join(_time(s) for s in app.between_s)
            if app.between_s
            else ", ".join(f"{share:.0%} {_time(every)}" for every, share in app.every_s)
        )
        rows.append(
            [app.name, f"{app.share:.0%}, {app.devices:g} devices; {often}", "assumed", app.source]
        )
    return page.table(["input", "value", "kind", "from"], rows)


# ---- words ----


def _told(found: Answer) -> str:
    return (
        f"{found.waits.workers:,} workers (a run starts after {_time(found.waits.median_s)}, 95 % "
        f"{_time(found.waits.p95_s)}, longest {_time(found.waits.max_s)}), "
        f"{found.processes.processes} web processes for {found.day.polls.max():,} polls in the "
        f"busiest second, {_gb(found.asked.size.all_gb)} after a year, "
        f"{found.asked.load.connections:,} connections, {found.asked.load.commits:,.1f} commits/s"
    )


def _raw(found: Answer) -> dict[str, object]:
    return {
        "districts": found.scale.districts,
        "subscribers": found.scale.subscribers,
        "runs": found.runs,
        "waits": asdict(found.waits),
        "web": asdict(found.processes),
        "polls": int(found.day.polls.sum()),
        "polls_busiest_s": int(found.day.polls.max()),
        "whole": int(found.day.whole.sum()),
        "load": asdict(found.asked.load),
        "size": asdict(found.asked.size),
    }


def _time(seconds: float) -> str:
    if seconds < 0.05:
        return "0 s"
    if seconds < 10:
        return f"{seconds:.1f} s"
    if seconds < 100:
        return f"{seconds:.0f} s"
    if seconds < 100 * 60:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.0f} h"


def _gb(value: float) -> str:
    return (
        f"{value * 1000:,.0f} MB"
        if value < 1
        else f"{value:,.0f} GB"
        if value >= 10
        else f"{value:.1f} GB"
    )


def _short(count: int) -> str:
    return f"{count / 1e6:.1f} million" if count >= 1e6 else f"{count:,}"
