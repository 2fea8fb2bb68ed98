"""Constraint-based scheduling of professional learning for school districts."""

__version__ = "0.1.0"
