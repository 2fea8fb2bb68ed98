"""Solve requests: what a run may become, and who carries it out on this machine."""

from plsched.runs.ports import ProgressSeen, Solve
from plsched.runs.progress import Progress
from plsched.runs.runner import Runner
from plsched.runs.service import RunService

__all__ = ["Progress", "ProgressSeen", "RunService", "Runner", "Solve"]
