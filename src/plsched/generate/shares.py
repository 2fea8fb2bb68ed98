"""Every share that shapes a district, with where it is from.

*field*: numbers of districts and their agreements, as the demo district uses them. *size L*: what a
large urban district of 7,000 educators plans: about 180 schools, 2,500 sessions, 1,500 observation
visits a term, 3,000 coaching cycles. *default*: of ours, to be near what districts look like.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

SchoolLevel = Literal["elementary", "middle", "high"]

# ---- how many ----

FEWEST, MOST = 30, 50_000
"""Educators of the smallest and of the largest district."""

SIZES: Mapping[str, int] = {"S": 250, "M": 1_500, "L": 7_000, "XL": 50_000}
"""Educators of the named sizes."""

SCHOOLS_IN_L = 180
"""Schools for 7,000 educators (size L)."""

SCHOOLS_PER_AREA = 12
"""Schools that share a centre, its rooms, its experts and its substitutes (default)."""

AREAS_PER_ZONE = 15
"""Areas that share external partners: a large district is one zone, a state has several (default)."""

LEVEL_SHARES: Mapping[SchoolLevel, int] = {"elementary": 62, "middle": 20, "high": 18}
"""Percent of the schools (default)."""

STAFF_WEIGHTS: Mapping[SchoolLevel, int] = {"elementary": 30, "middle": 44, "high": 66}
"""Educators of a school of each level, as weights; real ones vary by ``SIZE_SPREAD`` (default)."""

SIZE_SPREAD = 30
"""Percent by which a school's weight lies above or below that of its level (default)."""

OFFICE_PERMILLE = 15
"""Directors and coordinators in the offices, of all educators (default)."""

EDUCATORS_PER_COACH = 45
"""One coach for about 45 teachers (field)."""

EDUCATORS_PER_ASSISTANT = 45
"""One assistant principal for as many educators of a school (default)."""

HIGH_NEED_PERCENT = 40
"""Schools that may use the fund for high-need schools (default)."""

NEW_PERCENT = 8
"""Teachers in their first year (default)."""

PART_TIME_PERCENT = 10
"""Specialists and service staff who are off one day a week (default)."""

TWO_SITE_PERCENT = 12
"""Specialists of elementary schools who work at another one for two days (default)."""

READERS_PERCENT = 10
"""Teachers who would like to join a book circle or a Saturday workshop (default)."""

TEAM_SIZE = 5
"""Most members of a grade team or department team (field: teams of 3 to 6)."""

# ---- coaching and visits ----

CYCLES_IN_L = 3_000
"""Coaching cycles for 7,000 educators (size L)."""

CASELOAD = 5
"""Cycles that a coach runs at once (field: 4 to 6)."""

SITE_CASELOAD = 2
"""Cycles at once in each school of a coach who serves three or more (field: 2 per school)."""

CYCLE_WEEKS = 6
"""Weeks of a cycle (field)."""

UNTRAINED_PERCENT = 40
"""Coaches who have not had the coaches' own training (default)."""

OBSERVERS_PER_ROUND = 36
"""Most observers of one observation day; larger schools have several days (default)."""

VISITORS = (3, 5)
"""Least and most visitors of a visit (field)."""

# ---- how tight ----

MONEY_PERCENT = 50
"""Share of the money that requested learning asks for which the funds hold, besides all that is
required. With what is required there is money for about 60 % of the wishes (default)."""

REQUIRED_MONEY_PERCENT = 115
"""Money that the general fund holds for what is required: enough by itself, so that required
learning never hangs on which fund may pay (default)."""

EXPERT_PERCENT = 70
"""Share of the sections asked for that the experts of a skill have hours or a contract for."""

EXPERTS_OF_A_SKILL = 3
"""Most members of an area's staff who have a scarce skill (default)."""

SECTIONS_PER_PARTNER = 5
"""Sections that the contract of one external partner holds for (default)."""

SUB_PERCENT = 65
"""Share of the substitute days asked for, on the dates of release courses, that can be counted on."""

SEATS_PERCENT = 60
"""Seats of the webinar room, of all educators: enough for mandatory training in two goes."""

FILL_PERCENT = 80
"""Substitutes of a pool who can be counted on (field: 80 %, fewer on Mondays and Fridays)."""

RELEASE_SECTION, SMALL_RELEASE_SECTION = 16, 8
"""Most people of a section that takes people out of classes; in areas that ask for fewer than
``SMALL_AREA_SUB_DAYS`` substitute days a season, the smaller one (default)."""

SMALL_AREA_SUB_DAYS = 100

FUND_SHARES: Mapping[str, int] = {
    "title-ii-a": 38,
    "title-i": 16,
    "foundation": 16,
    "literacy-grant": 12,
    "title-iv-a": 8,
    "closing-year": 10,
}
"""Percent of the money for requested learning, by fund (default)."""
