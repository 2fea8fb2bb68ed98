"""``plsched access districts``: those that the service works for, and how much each may use."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from plsched.access.bounds import MAX_TIME_LIMIT_S, MAX_WORKERS
from plsched.access.names import DISTRICT_ID_FORM
from plsched.cli.access.doing import form, on_one_line, opened, show, somebody
from plsched.cli.serve import DatabaseUrl

if TYPE_CHECKING:
    from plsched.store import Tenant

districts = typer.Typer(
    name="districts", no_args_is_help=True, help="Districts that the service works for."
)

Id = Annotated[
    str,
    typer.Argument(
        help="Id of the district.",
        callback=form(DISTRICT_ID_FORM, "write small letters, digits and hyphens"),
    ),
]
MaxTimeLimit = Annotated[
    int | None,
    typer.Option(
        "--max-time-limit", min=0, max=MAX_TIME_LIMIT_S, help="Seconds of a run; 0: as the service."
    ),
]
MaxWorkers = Annotated[
    int | None,
    typer.Option(min=0, max=MAX_WORKERS, help="Threads of a run; 0: as the service."),
]
MaxQueuedRuns = Annotated[
    int | None, typer.Option(min=0, help="Runs that may wait; 0: as the service.")
]
MaxEducators = Annotated[
    int | None, typer.Option(min=0, help="Educators in a scenario; 0: as the service.")
]


@districts.command()
def add(
    district: Id,
    name: Annotated[str, typer.Option(help="What people call it.", callback=on_one_line)],
    max_time_limit: MaxTimeLimit = None,
    max_workers: MaxWorkers = None,
    max_queued_runs: MaxQueuedRuns = None,
    max_educators: MaxEducators = None,
    database: DatabaseUrl = None,
) -> None:
    """Take a district in."""
    from plsched.store import Tenant, TenantStore

    new = Tenant(id=district, name=name, created_at=datetime.now(UTC))
    limits = (max_time_limit, max_workers, max_queued_runs, max_educators)
    with opened(database) as store:
        TenantStore(store).add(_limited(new, limits), by=somebody(district))


@districts.command("set")
def set_limits(
    district: Id,
    name: Annotated[
        str | None, typer.Option(help="What people call it.", callback=on_one_line)
    ] = None,
    max_time_limit: MaxTimeLimit = None,
    max_workers: MaxWorkers = None,
    max_queued_runs: MaxQueuedRuns = None,
    max_educators: MaxEducators = None,
    database: DatabaseUrl = None,
) -> None:
    """Change a district's name or limits; what is not given stays."""
    from plsched.store import TenantStore

    limits = (max_time_limit, max_workers, max_queued_runs, max_educators)
    with opened(database) as store:
        tenants = TenantStore(store)
        found = tenants.get(district)
        changed = replace(_limited(found, limits), name=name or found.name)
        tenants.set_limits(changed, by=somebody(district), now=datetime.now(UTC))


@districts.command("list")
def list_districts(database: DatabaseUrl = None) -> None:
    """List the districts and their limits; an empty one is as the service is set."""
    from plsched.store import TenantStore

    with opened(database) as store:
        found = TenantStore(store).all()
    heads = ("id", "name", "time limit (s)", "workers", "queued runs", "educators")
    rows = (
        (t.id, t.name, t.max_time_limit_s, t.max_workers, t.max_queued_runs, t.max_educators)
        for t in found
    )
    show(f"{len(found)} district(s)", heads, rows)


def _limited(tenant: Tenant, limits: tuple[int | None, ...]) -> Tenant:
    time_limit, workers, queued_runs, educators = limits
    return replace(
        tenant,
        max_time_limit_s=_changed(tenant.max_time_limit_s, time_limit),
        max_workers=_changed(tenant.max_workers, workers),
        max_queued_runs=_changed(tenant.max_queued_runs, queued_runs),
        max_educators=_changed(tenant.max_educators, educators),
    )


def _changed(limit: int | None, given: int | None) -> int | None:
    return limit if given is None else given or None
