"""What calendar programs show as the name of a feed."""

from __future__ import annotations

from plsched.exports.calendars.names import EVERYTHING, FeedKey
from plsched.exports.plain import one_line
from plsched.scenario.models import Scenario


def titles(scenario: Scenario) -> dict[FeedKey, str]:
    """Name everybody who has a feed, with events or without."""
    subject = "professional learning"
    sites = {site.id: site.name for site in scenario.sites}
    people = {e.id: e.calendar_name or f"{e.name}: {subject}" for e in scenario.educators}
    names = {e.id: e.name for e in scenario.educators}
    found = {EVERYTHING: f"{scenario.name}: {subject}"}
    found |= {FeedKey("educator", e): title for e, title in people.items()}
    found |= {FeedKey("expert", x.id): f"{x.name}: sessions to lead" for x in scenario.experts}
    found |= {
        FeedKey("coach", c.educator): f"{names[c.educator]}: coaching" for c in scenario.coaches
    }
    found |= {FeedKey("facility", f.id): f"{f.name}, {sites[f.site]}" for f in scenario.facilities}
    found |= {FeedKey("site", s): f"{name}: {subject}" for s, name in sites.items()}
    pools = scenario.substitutes.pools if scenario.substitutes else ()
    found |= {FeedKey("pool", pool.id): f"Substitutes: {pool.id}" for pool in pools}
    return {key: one_line(title) for key, title in found.items()}
