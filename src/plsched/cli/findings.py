"""Findings of a scenario, for people and for machines."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from plsched.scenario.findings import Finding


def show_findings(findings: Sequence[Finding], *, as_json: bool = False) -> None:
    """Print every finding: a table on a terminal, else a line each; with JSON, one document."""
    if as_json:
        print(json.dumps({"findings": [asdict(finding) for finding in findings]}, indent=2))
        return
    from plsched.cli.console import errors

    console = errors()
    if console.is_terminal:
        console.print(_table(findings))
    else:
        for finding in findings:
            console.print(
                f"{finding.severity}: {finding}", markup=False, highlight=False, soft_wrap=True
            )
    count = sum(finding.severity == "error" for finding in findings)
    if count:
        console.print(f"{count} error(s): nothing was solved and nothing was written.")


def _table(findings: Sequence[Finding]) -> object:
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
