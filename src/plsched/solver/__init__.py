"""From a checked scenario to a judged plan."""

from plsched.solver.child import solve
from plsched.solver.progress import Progress

__all__ = ["Progress", "solve"]
