"""How people subscribe to a feed: links for their calendar programs, and a QR code."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

import segno


@dataclass(frozen=True, slots=True)
class Subscription:
    """An address of a feed, and the links by which calendar programs take it.

    Attributes
    ----------
    title
        What calendar programs show.
    address
        Where the .ics file is read, by https.
    page
        Where people find this.
    """

    title: str
    address: str
    page: str

    @property
    def webcal(self) -> str:
        """Link that opens the calendar program of the machine."""
        return f"webcal://{self.address.partition('://')[2]}"

    @property
    def google(self) -> str:
        """Link that adds the calendar to Google's; it takes the address by webcal only."""
        return f"https://calendar.google.com/calendar/render?cid={quote(self.webcal, safe='')}"

    @property
    def outlook(self) -> str:
        """Link that adds the calendar to Outlook on the web, for work and school."""
        return f"https://outlook.office.com/calendar/0/addfromweb?{self._asked}"

    @property
    def outlook_personal(self) -> str:
        """Link that adds the calendar to Outlook.com."""
        return f"https://outlook.live.com/calendar/0/addfromweb?{self._asked}"

    @property
    def qr_code(self) -> str:
        """QR code of the page, as inline SVG that scales with what is around it."""
        code = segno.make(self.page, error="m", micro=False)
        return code.svg_inline(omitsize=True, border=4, svgclass=None, lineclass=None)

    @property
    def _asked(self) -> str:
        return f"url={quote(self.address, safe='')}&name={quote(self.title, safe='')}"


@dataclass(frozen=True, slots=True)
class CalendarProgram:
    """A calendar program: how to subscribe in it, and how often it looks for changes."""

    name: str
    steps: str
    refreshes: str


PROGRAMS = (
    CalendarProgram(
        "Google Calendar",
        "On a computer: the link above, or “Other calendars”, then “From URL”. Phones show it then.",
        "Every 4 to 24 hours; it cannot be set or hurried.",
    ),
    CalendarProgram(
        "Outlook on the web, new Outlook, Outlook.com",
        "The links above, or “Add calendar”, then “Subscribe from web”.",
        "Every 3 to 24 hours; it cannot be set or hurried.",
    ),
    CalendarProgram(
        "Classic Outlook for Windows",
        "“Add Calendar”, then “From Internet”.",
        "At each “Send/Receive”, at most every 4 hours.",
    ),
    CalendarProgram(
        "Apple Calendar on a Mac",
        "“File”, then “New Calendar Subscription”.",
        "As you set “Auto-refresh”, from 5 minutes to a week.",
    ),
    CalendarProgram(
        "iPhone and iPad",
        "Open the first link above, or point the camera at the code.",
        "As you set under “Calendar Accounts”, “Fetch New Data”.",
    ),
    CalendarProgram(
        "Thunderbird",
        "“New Calendar”, then “On the Network”.",
        "As you set, every 30 minutes at first.",
    ),
)
