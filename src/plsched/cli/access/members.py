"""``plsched access members``: those who sign in by their e-mail address."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from plsched.access import Role, read_email
from plsched.cli.access.doing import EVERYTHING, OF_LOCAL, District, opened, show, somebody_at
from plsched.cli.serve import DatabaseUrl

members = typer.Typer(
    name="members", no_args_is_help=True, help="People who sign in by OpenID Connect."
)


def _email(text: str) -> str:
    email = read_email(text)
    if email is None:
        raise typer.BadParameter(f"{text!r}: write an address such as ada@district.example")
    return email


Email = Annotated[str, typer.Argument(help="Their e-mail address.", callback=_email)]


@members.command("set")
def set_member(
    email: Email,
    role: Annotated[Role, typer.Option(help="What they may do.")],
    district: District = OF_LOCAL,
    database: DatabaseUrl = None,
) -> None:
    """Give somebody a role in a district, or another one."""
    from plsched.store import MemberStore

    with opened(database) as store:
        by = somebody_at(store, district)
        MemberStore(store).set(email, role, by=by, now=datetime.now(UTC))


@members.command()
def remove(email: Email, district: District = OF_LOCAL, database: DatabaseUrl = None) -> None:
    """Let somebody be no member any more; they are out at once."""
    from plsched.store import MemberStore

    with opened(database) as store:
        by = somebody_at(store, district)
        MemberStore(store).remove(email, by=by, now=datetime.now(UTC))


@members.command("list")
def list_members(district: District = OF_LOCAL, database: DatabaseUrl = None) -> None:
    """List the members of a district."""
    from plsched.store import MemberStore

    with opened(database) as store:
        by = somebody_at(store, district)
        found, total = MemberStore(store).page(by.tenant, limit=EVERYTHING)
    heads = ("e-mail", "role", "since", "by")
    rows = ((m.email, m.role, f"{m.created_at:%Y-%m-%d}", m.created_by) for m in found)
    show(f"{total} member(s)", heads, rows)
