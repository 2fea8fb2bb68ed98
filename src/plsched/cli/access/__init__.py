"""``plsched access``: districts, keys and members, on the database itself."""

from __future__ import annotations

import typer

from plsched.cli.access.districts import districts
from plsched.cli.access.keys import keys
from plsched.cli.access.members import members

access = typer.Typer(
    name="access",
    no_args_is_help=True,
    help="Say who may do what: districts, keys, members.",
)
for part in (districts, keys, members):
    access.add_typer(part)
