"""``plsched serve``: the API and its pages."""

from __future__ import annotations

from typing import Annotated

import typer

Host = Annotated[
    str, typer.Option(help="Address to listen on; others than this machine reach 0.0.0.0.")
]
Port = Annotated[int, typer.Option(min=0, max=65_535, help="Port; 0 takes any that is free.")]
DatabaseUrl = Annotated[
    str | None,
    typer.Option(
        "--database",
        help="Where runs and plans are kept, as an SQLAlchemy URL.",
        show_default="PLSCHED_DATABASE_URL, else sqlite:///plsched.db",
    ),
]


def serve(host: Host = "127.0.0.1", port: Port = 8000, database: DatabaseUrl = None) -> None:
    """Serve the API and its pages, to this machine alone unless told otherwise.

    Settings come from variables named PLSCHED_…, such as PLSCHED_MAX_QUEUED_RUNS. Ctrl-C stops
    the service; runs under way wait for its next start.
    """
    from plsched.cli.console import results
    from plsched.cli.serving import address, listen, run, settings

    chosen = settings(database, host)
    console = results()
    with listen(host, port) as taken:
        at = address(taken)
        run(chosen, taken, lambda: console.print(f"plsched serves {at}  (API docs: {at}/docs)"))
