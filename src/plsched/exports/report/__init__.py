"""``report.html``: a plan for those who decide on it, on one page that needs no network."""

from plsched.exports.report.page import render_report, write_report

__all__ = ["render_report", "write_report"]
