"""The parts of a scenario, frozen; one module for each subject."""

from plsched.scenario.models.scenario import Scenario

__all__ = ["Scenario"]
