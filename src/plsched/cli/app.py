"""The commands, and how an error ends them.

Exit codes: 0 done; 1 an error inside plsched; 2 bad input; 3 proven infeasible; 4 no plan in time;
5 the judge found violations; 130 stopped before there was a plan.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from plsched import __version__
from plsched.cli import exits
from plsched.cli.access import access
from plsched.cli.backup import backup, restore
from plsched.cli.check import check
from plsched.cli.compare import compare
from plsched.cli.demo import demo
from plsched.cli.generate import generate
from plsched.cli.reconcile import reconcile
from plsched.cli.report import report
from plsched.cli.schema import schema
from plsched.cli.serve import serve
from plsched.cli.solve import solve
from plsched.cli.verify import verify
from plsched.cli.worker import worker
from plsched.errors import (
    AddressInUse,
    AlreadyStored,
    BackupRefused,
    NotStored,
    OutputFolderUnusable,
    PlanFileError,
    PlschedError,
    ScenarioError,
    ScenarioNotFound,
    SettingsRefused,
    SizeOutOfRange,
    StoreNotOpened,
)

BAD_INPUTS = (
    AddressInUse,
    AlreadyStored,
    BackupRefused,
    NotStored,
    OutputFolderUnusable,
    PlanFileError,
    ScenarioNotFound,
    SettingsRefused,
    SizeOutOfRange,
    StoreNotOpened,
)

app = typer.Typer(
    name="plsched",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (
    check,
    solve,
    verify,
    compare,
    report,
    reconcile,
    generate,
    serve,
    worker,
    backup,
    restore,
    demo,
    schema,
):
    app.command()(command)
app.add_typer(access)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"plsched {__version__}")
        raise typer.Exit


@app.callback()
def about(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Plan a district's year of professional learning: proven feasible, priced, on calendars."""
    del version


def main() -> None:
    """Run the command line."""
    try:
        app()
    except ScenarioError as error:
        from plsched.cli.findings import show_findings

        show_findings(error.findings)
        sys.exit(exits.BAD_INPUT)
    except BAD_INPUTS as error:
        _say(error)
        sys.exit(exits.BAD_INPUT)
    except PlschedError as error:
        _say(error)
        sys.exit(exits.OUR_FAULT)


def _say(error: PlschedError) -> None:
    typer.secho(f"error: {error}", fg="red", err=True)
