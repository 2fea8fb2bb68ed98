"""What the commands of ``plsched access`` share: whose district, which database, what is shown."""

from __future__ import annotations

import getpass
import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from plsched.access import LOCAL_TENANT, Permission, Principal
from plsched.access.names import NAME_FORM

if TYPE_CHECKING:
    from plsched.store import Database

EVERYTHING = 10**9
District = Annotated[str, typer.Option(help="Id of the district.")]
OF_LOCAL = LOCAL_TENANT


def form(pattern: str, remedy: str) -> Callable[[str | None], str | None]:
    """Give a check of an argument's form."""

    def checked(text: str | None) -> str | None:
        if text is not None and re.fullmatch(pattern, text) is None:
            raise typer.BadParameter(f"{text!r}: {remedy}")
        return text

    return checked


on_one_line = form(NAME_FORM, "write up to 100 characters on one line")


@contextmanager
def opened(database: str | None) -> Iterator[Database]:
    """Open the database that the service would use."""
    from plsched.api.settings import read_settings
    from plsched.store import open_database

    given = {} if database is None else {"database_url": database}
    with open_database(read_settings(**given).database_url) as found:
        yield found


def somebody_at(database: Database, district: str) -> Principal:
    """Give whoever uses the command line for a district that is there; raises `NotStored`."""
    from plsched.store import TenantStore

    return somebody(TenantStore(database).get(district).id)


def somebody(district: str) -> Principal:
    """Give whoever uses the command line, as the audit log names them."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):  # a user without a name, as in some containers
        name = str(os.getuid())
    return Principal(district, f"cli:{name}", frozenset(Permission))


def show(title: str, heads: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    """Print a table."""
    from rich.table import Table
    from rich.text import Text

    from plsched.cli.console import results

    table = Table(*heads, title=title, title_justify="left", box=None, pad_edge=False)
    for row in rows:
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    results().print(table)
