"""Solve requests: what a run may become, and who carries it out, here or on many machines."""

from plsched.runs.dispatching import Dispatcher, dispatcher
from plsched.runs.metrics import RunMetrics
from plsched.runs.ports import ProgressSeen, Solve
from plsched.runs.progress import Progress
from plsched.runs.runner import Runner
from plsched.runs.service import RunService

__all__ = [
    "Dispatcher",
    "Progress",
    "ProgressSeen",
    "RunMetrics",
    "RunService",
    "Runner",
    "Solve",
    "dispatcher",
]
