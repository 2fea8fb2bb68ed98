"""The rule families: one name each, the same in the model, the judge, the docs and the messages."""

from __future__ import annotations

from typing import Literal, get_args

Family = Literal[
    "presence",
    "days",
    "people",
    "facilities",
    "licences",
    "experts",
    "order",
    "sections",
    "cover",
    "visits",
    "coaching",
    "limits",
    "funds",
    "pins",
]

FAMILIES: tuple[Family, ...] = get_args(Family)

TITLES: dict[Family, str] = {
    "presence": "presence and windows",
    "days": "day kinds and blackouts",
    "people": "group and person no-overlap, travel included",
    "facilities": "facility no-overlap, capacity, features, set-up and clear-up",
    "licences": "licence seats",
    "experts": "expert skill, number, no-overlap, availability, hours and contract caps",
    "order": "prerequisites, order and gaps of a series, cadence",
    "sections": "section capacity and quorum",
    "cover": "releases, cover, sub pool with expected fill, roving, pay steps",
    "visits": "host and observer limits",
    "coaching": "coach caseload, weekly capacity, skill, own training first, follow-up, dosage",
    "limits": "staff-hour caps and overload limits",
    "funds": "fund caps, windows, eligibility, set-asides, workshop with follow-up",
    "pins": "pins and freezes",
}
