"""Calendars of plans: feeds to subscribe to, which stay right when a plan changes."""

from plsched.exports.calendars.feeds import Agenda, feed, feeds, write_calendars
from plsched.exports.calendars.names import KINDS, FeedKey, FeedKind
from plsched.exports.calendars.state import FeedState
from plsched.exports.calendars.subscribing import PROGRAMS, CalendarProgram, Subscription
from plsched.exports.calendars.writer import Feed, FeedWriter
from plsched.exports.calendars.years import CalendarYear, years_shown

__all__ = [
    "KINDS",
    "PROGRAMS",
    "Agenda",
    "CalendarProgram",
    "CalendarYear",
    "Feed",
    "FeedKey",
    "FeedKind",
    "FeedState",
    "FeedWriter",
    "Subscription",
    "feed",
    "feeds",
    "write_calendars",
    "years_shown",
]
