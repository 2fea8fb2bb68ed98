"""readiness.csv: each element as it is rated now, worst first."""

from __future__ import annotations

import csv
import io

from plsched.exports.tables.cells import safe_text
from plsched.plan.readiness import Readiness

HEADER = (
    "element",
    "pathway",
    "phase",
    "colour",
    "colour_before",
    "rated",
    "owner",
    "evidence",
    "due",
    "overdue",
)


def readiness_csv(found: Readiness) -> str:
    """Write a row for each element, by RFC 4180."""
    table = io.StringIO(newline="")
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow(HEADER)
    for element in found.elements:
        now = element.now
        cells = (
            now.element,
            now.pathway or "",
            now.phase or "",
            now.colour,
            element.before or "",
            now.rated.isoformat(),
            now.owner,
            now.evidence,
            "" if now.due is None else now.due.isoformat(),
            "yes" if element.overdue else "no",
        )
        writer.writerow(map(safe_text, cells))
    return table.getvalue()
