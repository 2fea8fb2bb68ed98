"""``plsched worker``: carries runs out on this machine, for services on any other."""

from __future__ import annotations

from typing import Annotated

import typer

DatabaseUrl = Annotated[
    str | None,
    typer.Option(
        "--database",
        help="The PostgreSQL database of the service, as postgresql://user@host/name.",
        show_default="PLSCHED_DATABASE_URL",
    ),
]
Concurrency = Annotated[
    int | None,
    typer.Option(
        min=1,
        max=64,
        help="Solves at a time; each takes the threads that its run asks for.",
        show_default="PLSCHED_CONCURRENT_SOLVES, else 1",
    ),
]


def worker(database: DatabaseUrl = None, concurrency: Concurrency = None) -> None:
    """Carry out runs that services with the same PostgreSQL database take.

    Start as many as you like, on as many machines. Ctrl-C or SIGTERM ends a worker in order: its
    runs wait again, and other workers take them. A worker that is killed loses nothing: its runs
    wait again within half a minute.
    """
    from plsched.cli.working import work

    given = {"database_url": database, "concurrent_solves": concurrency}
    work({name: value for name, value in given.items() if value is not None})
