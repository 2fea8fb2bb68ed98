"""Solvers that a district could take instead, fed the same problem and judged by the same judge."""
