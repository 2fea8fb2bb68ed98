"""What a plan costs, as a table for machines (costs.csv) and a workbook for people (costs.xlsx)."""

from plsched.exports.tables.cells import safe_text
from plsched.exports.tables.costs_csv import costs_csv, write_costs_csv
from plsched.exports.tables.crossed import AXES, MOST_AXES, Axis, Crossed, check_axes, cross
from plsched.exports.tables.crossed_files import crossed_csv, crossed_xlsx
from plsched.exports.tables.readiness_csv import readiness_csv
from plsched.exports.tables.results_csv import results_csv
from plsched.exports.tables.side_by_side import compared_csv, compared_xlsx
from plsched.exports.tables.workbook import costs_xlsx, write_costs_xlsx

__all__ = [
    "AXES",
    "MOST_AXES",
    "Axis",
    "Crossed",
    "check_axes",
    "compared_csv",
    "compared_xlsx",
    "costs_csv",
    "costs_xlsx",
    "cross",
    "crossed_csv",
    "crossed_xlsx",
    "readiness_csv",
    "results_csv",
    "safe_text",
    "write_costs_csv",
    "write_costs_xlsx",
]
