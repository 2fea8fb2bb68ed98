"""``plsched access keys``: what programs, and the first admin, sign in by."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from plsched.access import Role
from plsched.cli.access.doing import (
    EVERYTHING,
    OF_LOCAL,
    District,
    on_one_line,
    opened,
    show,
    somebody_at,
)
from plsched.cli.serve import DatabaseUrl

keys = typer.Typer(name="keys", no_args_is_help=True, help="Keys of the API.")


@keys.command()
def add(
    name: Annotated[str, typer.Argument(help="What it is for.", callback=on_one_line)],
    role: Annotated[Role, typer.Option(help="What its holder may do.")],
    district: District = OF_LOCAL,
    days: Annotated[
        int | None, typer.Option(min=1, max=3650, help="Days until it expires; else never.")
    ] = None,
    database: DatabaseUrl = None,
) -> None:
    """Give out a key. It is printed once, and kept nowhere."""
    from plsched.cli.console import errors, results
    from plsched.store import KeyStore

    now = datetime.now(UTC)
    until = None if days is None else now + timedelta(days=days)
    with opened(database) as store:
        by = somebody_at(store, district)
        key, kept = KeyStore(store).give_out(name, role, expires_at=until, by=by, now=now)
    results().print(key.text, soft_wrap=True)
    errors().print(f"This is the only time that key {kept.id} is shown.", soft_wrap=True)


@keys.command("list")
def list_keys(district: District = OF_LOCAL, database: DatabaseUrl = None) -> None:
    """List the keys of a district, newest first, the revoked ones too."""
    from plsched.store import KeyStore

    with opened(database) as store:
        by = somebody_at(store, district)
        found, total = KeyStore(store).page(by.tenant, limit=EVERYTHING)
    heads = ("id", "name", "role", "given out", "by", "expires", "revoked")
    rows = (
        (
            k.id,
            k.name,
            k.role,
            *_days(k.created_at),
            k.created_by,
            *_days(k.expires_at, k.revoked_at),
        )
        for k in found
    )
    show(f"{total} key(s)", heads, rows)


@keys.command()
def revoke(
    key: Annotated[str, typer.Argument(help="Id of the key.")],
    district: District = OF_LOCAL,
    database: DatabaseUrl = None,
) -> None:
    """Refuse a key from now on."""
    from plsched.store import KeyStore

    with opened(database) as store:
        by = somebody_at(store, district)
        KeyStore(store).revoke(key, by=by, now=datetime.now(UTC))


def _days(*moments: datetime | None) -> list[str | None]:
    return [None if moment is None else f"{moment:%Y-%m-%d}" for moment in moments]
