"""``plsched backup`` and ``plsched restore``: what the service keeps, in one file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from plsched.cli.serve import DatabaseUrl


def backup(
    file: Annotated[Path, typer.Argument(help="File to write; it must not be there.")],
    database: DatabaseUrl = None,
) -> None:
    """Write all that the service keeps into a file, while it goes on.

    The file can be restored into SQLite and PostgreSQL alike. It holds names, pay and hashes of keys:
    only its owner may read it.

    Exit: 0 written; 2 it cannot be.
    """
    from datetime import UTC, datetime

    from plsched.api import ApiSettings
    from plsched.store import back_up

    done = back_up(database or ApiSettings().database_url, file, now=datetime.now(UTC))
    mebibytes = file.stat().st_size / (1 << 20)
    print(
        f"{file}: {done.rows} rows of {done.tables} tables, revision {done.revision}, "
        f"{mebibytes:.1f} MiB"
    )


def restore(
    file: Annotated[Path, typer.Argument(help="File that `plsched backup` wrote.")],
    database: DatabaseUrl = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Give up what the database holds.")
    ] = False,
) -> None:
    """Fill an empty database with what a backup holds: all of it, or nothing.

    The whole file is checked first. Stop the service and its workers before.

    Exit: 0 restored; 2 it cannot be.
    """
    from plsched.api import ApiSettings
    from plsched.store import restore as fill

    done = fill(database or ApiSettings().database_url, file, replace=replace)
    print(f"{file}: restored {done.rows} rows of {done.tables} tables, revision {done.revision}")
