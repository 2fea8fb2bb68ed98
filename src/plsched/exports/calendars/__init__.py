"""Calendars of a plan: feeds to subscribe to, which stay right when the plan changes."""

from plsched.exports.calendars.feeds import Agenda, Feed, feed, feeds, write_calendars
from plsched.exports.calendars.names import FeedKey, FeedKind
from plsched.exports.calendars.state import FeedState

__all__ = [
    "Agenda",
    "Feed",
    "FeedKey",
    "FeedKind",
    "FeedState",
    "feed",
    "feeds",
    "write_calendars",
]
