"""The HTTP API: send a scenario, follow the run, read the plan, its costs and its calendars."""

from plsched.api.app import create_app
from plsched.api.settings import ApiSettings

__all__ = ["ApiSettings", "create_app"]
