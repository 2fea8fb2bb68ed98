"""Roles, and what each of them may do."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Permission(StrEnum):
    """Something that somebody may do; each path of the API needs one, or is public."""

    READ = "read"
    """Look at runs, plans without what they cost, publications and calendars."""
    PAY = "pay"
    """See what things and people cost: scenarios whole, cost lines, comparisons."""
    PLAN = "plan"
    """Send scenarios in, ask for solves, cancel them."""
    PUBLISH = "publish"
    """Make a plan the one that the feeds follow."""
    FEEDS = "feeds"
    """Give out, renew and revoke addresses of feeds."""
    ACCESS = "access"
    """Give out and revoke keys, and say who has which role."""
    AUDIT = "audit"
    """Read who did what."""
    OBSERVE = "observe"
    """Read the service's metrics."""


class Role(StrEnum):
    """What somebody is to the district."""

    PLANNER = "planner"
    BUDGET = "budget"
    VIEWER = "viewer"
    ADMIN = "admin"


PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.PLANNER: frozenset(
        {
            Permission.READ,
            Permission.PAY,
            Permission.PLAN,
            Permission.PUBLISH,
            Permission.FEEDS,
        }
    ),
    Role.BUDGET: frozenset({Permission.READ, Permission.PAY, Permission.PLAN}),
    Role.VIEWER: frozenset({Permission.READ}),
    # Staff pay is none of an admin's business.
    Role.ADMIN: frozenset(
        {
            Permission.READ,
            Permission.FEEDS,
            Permission.ACCESS,
            Permission.AUDIT,
            Permission.OBSERVE,
        }
    ),
}
