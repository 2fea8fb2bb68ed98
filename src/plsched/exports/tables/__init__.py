"""What a plan costs, as a table for machines (costs.csv) and a workbook for people (costs.xlsx)."""

from plsched.exports.tables.cells import safe_text
from plsched.exports.tables.costs_csv import costs_csv, write_costs_csv
from plsched.exports.tables.workbook import costs_xlsx, write_costs_xlsx

__all__ = ["costs_csv", "costs_xlsx", "safe_text", "write_costs_csv", "write_costs_xlsx"]
