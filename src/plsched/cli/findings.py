"""Findings of a scenario, for people and for machines."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from plsched.scenario.findings import Finding

if TYPE_CHECKING:
    from rich.table import Table


def show_findings(findings: Sequence[Finding], *, as_json: bool = False) -> None:
    """Print every finding: a table on a terminal, else a line each; with JSON, one document."""
    if as_json:
        print(json.dumps({"findings": [asdict(finding) for finding in findings]}, indent=2))
        return
    # Rich is loaded only to draw: a check in a script starts faster without it.
    if sys.stderr.isatty():
        from plsched.cli.console import errors

        errors().print(_table(findings))
    else:
        for finding in findings:
            print(f"{finding.severity}: {finding}", file=sys.stderr)
    count = sum(finding.severity == "error" for finding in findings)
    if count:
        told = f"{count} error(s): nothing was solved and nothing was written."
        print(told, file=sys.stderr)


def _table(findings: Sequence[Finding]) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table(title="Findings", show_lines=True)
    for column in ("", "file", "where", "value", "message", "what to do"):
        table.add_column(column, overflow="fold")
    for finding in findings:
        style = "bold red" if finding.severity == "error" else "yellow"
        words = (finding.file, finding.where, finding.value, finding.message, finding.remedy)
        # As plain text: a value may hold what would be markup.
        table.add_row(Text(finding.severity, style), *(Text(word) for word in words))
    return table
