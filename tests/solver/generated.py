"""Tiny random districts in which all rule families bind often; a seed gives the same one always."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from plsched.scenario.check import from_mapping
from plsched.scenario.models import Scenario

Row = dict[str, Any]

MONDAY = date(2027, 9, 6)
PERIODS = (("p1", 480, 540), ("p2", 540, 600), ("p3", 600, 660), ("p4", 750, 810))
NAMES = tuple(name for name, _, _ in PERIODS)
CADENCES = (
    "once",
    "once",
    "1 to 2 times per year",
    "2 times per year",
    "weekly",
    "monthly",
    "1 to 2 times per term",
    "once per term",
)
DISTRICT = ("licence", "travel", "people_move", "blackout", "limits", "pins", "cheap")
"""Features of the whole district, besides the items."""


def generated(seed: int, **changes: Any) -> Scenario:
    """Give the district of a seed, checked; ``changes`` replace whole tables of it."""
    for attempt in range(100):
        data = Maker(Random(seed * 1000 + attempt)).district() | changes
        checked = from_mapping(data)
        if checked.scenario is not None:
            return checked.scenario
    raise AssertionError(f"seed {seed} gives no district that passes the check")


class Maker:
    """Draws one district."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.sites = ["north", "south"][: rng.choice((1, 1, 2))]
        self.length = rng.choice((2, 3, 4, 4, 5, 5))
        self.educators = [f"e{k}" for k in range(1, rng.randint(2, 6) + 1)]
        self.groups = [f"g{k}" for k in range(1, rng.randint(1, 3) + 1)]
        self.home: dict[str, str] = {}
        self.members: dict[str, list[str]] = {}
        self.features = {f for f in DISTRICT if rng.random() < 0.4}
        if rng.random() < 0.7:
            self.features -= {"pins"}
        self.rooms = [f"room{k}" for k in range(1, rng.randint(0, 2) + 1)]
        self.experts = [f"x{k}" for k in range(1, rng.randint(0, 2) + 1)]
        self.kinds = self._kinds_of_items()
        # What was added later draws by itself: the districts of all seeds stay what they were else.
        self.later = Random(rng.getstate()[1][0])
        self.coaching = rng.random() < 0.3
        self.observing = rng.random() < 0.3

    def _kinds_of_items(self) -> list[str]:
        pool = ["course", "course", "engagement", "engagement", "task"]
        return self.rng.sample(pool, self.rng.choice((1, 2, 2, 3, 3)))

    def maybe(self, chance: float) -> bool:
        """Throw a coin."""
        return self.rng.random() < chance

    def some(self, pool: list[str], least: int = 1) -> list[str]:
        """Draw a part of a list, in its order."""
        count = self.rng.randint(min(least, len(pool)), len(pool))
        drawn = set(self.rng.sample(pool, count))
        return [x for x in pool if x in drawn]

    def district(self) -> Row:
        """Draw everything."""
        data: Row = {
            "format": 1,
            "name": "Generated district",
            "timezone": "America/Chicago",
            "sites": [self._site(s) for s in self.sites],
            "roles": [{"id": "teacher", "name": "Teacher"}],
            "salaries": [
                {
                    "id": "pay",
                    "annual_cents": 6_000_000,
                    "basis_hours": 1400,
                    "stipend_cents_per_hour": self.rng.choice((0, 2500, 3333)),
                }
            ],
            "educators": [self._educator(e) for e in self.educators],
            "groups": [self._group(g) for g in self.groups],
            "facilities": [self._room(r) for r in self.rooms],
            "experts": [self._expert(x) for x in self.experts],
            "pathways": [
                {"id": "way", "name": "Way", "priority": self.rng.randint(1, 2)},
                {"id": "path", "name": "Path"},
            ],
            "departments": [{"id": "office", "name": "Office"}],
            "funds": self._funds(),
            "policy": self._policy(),
            "calendar": self._calendar(),
        }
        if len(self.sites) == 2 and "travel" in self.features:
            data["travel"] = [{"between": self.sites, "minutes": self.rng.choice((15, 30, 60))}]
            data["travel"][0]["miles"] = self.rng.choice((0, 7))
        if "licence" in self.features:
            seats = self.rng.randint(1, len(self.educators))
            cents = self.rng.choice((0, 900))
            data["licences"] = [
                {"id": "web", "name": "Web", "seats": seats, "cents_per_session": cents}
            ]
        if self.maybe(0.95):
            data["substitutes"] = self._substitutes()
        self._items(data)
        if "limits" in self.features:
            data["limits"] = [self._limit(k) for k in range(self.rng.randint(1, 2))]
        if "pins" in self.features:
            data["pins"] = self._pins(data)
        return data

    # ---- people and places ----

    def _site(self, site: str) -> Row:
        level = "high" if site == "north" else "elementary"
        return {"id": site, "name": site.title(), "level": level, "bells": {"s": "bell", "p": "pl"}}

    def _educator(self, educator: str) -> Row:
        self.home[educator] = self.rng.choice(self.sites)
        row: Row = {
            "id": educator,
            "name": educator,
            "role": "teacher",
            "site": self.home[educator],
            "teaches": self.some(list(NAMES), least=1)[: self.rng.randint(1, 3)],
            "salary": "pay",
        }
        if "people_move" in self.features and len(self.sites) == 2 and self.maybe(0.3):
            other = next(s for s in self.sites if s != self.home[educator])
            row["other_sites"] = [{"site": other, "weekdays": ["tue"]}]
        if "people_move" in self.features and self.maybe(0.1):
            row["off_weekdays"] = [self.rng.choice(("mon", "wed"))]
        if self.maybe(0.3):
            row["position_fund"] = "f1"
        return row

    def _group(self, group: str) -> Row:
        most = min(3, len(self.educators))
        members = self.rng.sample(self.educators, self.rng.randint(1, most))
        if self.maybe(0.5):  # the same site, as coaching needs
            members = [e for e in members if self.home[e] == self.home[members[0]]]
        self.members[group] = members
        return {"id": group, "name": group, "members": members}

    def _room(self, room: str) -> Row:
        row: Row = {
            "id": room,
            "name": room,
            "site": self.rng.choice(self.sites),
            "capacity": self.rng.choice((2, len(self.educators), len(self.educators))),
            "cents_per_hour": self.rng.choice((0, 0, 1000, 2501)),
        }
        if self.maybe(0.3):
            row["features"] = ["screen"]
        if self.maybe(0.2):
            row |= {"setup_min": 15, "clear_min": 15}
        if self.maybe(0.2):
            row["availability"] = [self._available()]
        return row

    def _available(self) -> Row:
        first = self._day()
        return {
            "first": f"{first}",
            "last": f"{MONDAY + timedelta(days=9)}",
            "start": self.rng.choice(("07:00", "09:00")),
            "end": self.rng.choice(("14:00", "18:00")),
        }

    def _expert(self, expert: str) -> Row:
        row: Row = {"id": expert, "name": expert, "skills": self.some(["math", "read"], least=1)}
        if self.maybe(0.6):
            row["skills"] = ["math", "read"]
        if self.maybe(0.2):
            return row | {"educator": self.rng.choice(self.educators)}
        if self.maybe(0.8):
            row["rate"] = self._rate()
        if self.maybe(0.2):
            row["availability"] = [self._available()]
        if self.maybe(0.2):
            row["hours_cap_min"] = self.rng.choice((60, 120, 150))
        if "rate" in row and self.maybe(0.3):
            row["contract_max_cents"] = self.rng.choice((5000, 15000, 22000, 40000))
        if self.maybe(0.2):
            row["contract_signed"] = "2027-07-15"
        return row

    def _rate(self) -> Row:
        if self.maybe(0.5):
            rate: Row = {"unit": "day", "cents": self.rng.choice((10000, 20000))}
        else:
            rate = {"unit": "hour", "cents": self.rng.choice((9000, 10001))}
            rate |= {"minimum_min": self.rng.choice((0, 90)), "prep_permille": 250}
        return rate | {"travel_cents_per_day": self.rng.choice((0, 3000))}

    # ---- time ----

    def _day(self) -> date:
        return MONDAY + timedelta(days=self.rng.randrange(self.length))

    def _calendar(self) -> Row:
        weeks = 2 if self.coaching else 1
        last = MONDAY + timedelta(days=7 * weeks - 3)
        days: list[Row] = [
            {"kind": "s", "first": f"{MONDAY}", "last": f"{MONDAY + timedelta(self.length - 1)}"}
        ]
        if self.coaching:
            second = MONDAY + timedelta(days=7)
            days.append({"kind": "s", "first": f"{second}", "last": f"{second + timedelta(1)}"})
        if self.maybe(0.5):
            row: Row = {"kind": "p", "first": f"{self._day()}"}
            if len(self.sites) == 2 and self.maybe(0.3):
                row["sites"] = ["north"]
            days.append(row)
        calendar: Row = {
            "first": f"{MONDAY}",
            "last": f"{last}",
            "terms": self._terms(last),
            "day_kinds": [
                {"id": "s", "name": "School", "students": True, "contract": "all"},
                {"id": "p", "name": "PL", "contract": "all"},
            ],
            "days": days,
            "bell_schedules": [
                {
                    "id": "bell",
                    "contract": {"start": "08:00", "end": "15:00"},
                    "lunch": {"start": "11:30", "end": "12:00"},
                    "periods": [
                        {"id": p, "start": _clock(start), "end": _clock(end)}
                        for p, start, end in PERIODS
                    ],
                },
                {"id": "pl", "contract": {"start": "08:00", "end": "15:00"}},
            ],
        }
        if "blackout" in self.features and self.maybe(0.5):
            blocks = self.some(["sessions", "releases", "coaching"])
            day = f"{self._day()}"
            calendar["blackouts"] = [{"id": "b", "first": day, "last": day, "blocks": blocks}]
        return calendar

    def _terms(self, last: date) -> list[Row]:
        middle = MONDAY + timedelta(days=self.rng.randint(1, 3))
        early = {"id": "t1", "name": "T1", "season": "summer", "first": f"{MONDAY}"}
        late = {"id": "t2", "name": "T2", "season": "fall", "last": f"{last}"}
        return [
            early | {"last": f"{middle - timedelta(1)}"},
            late | {"first": f"{middle}"},
        ]

    def _when(self, most_days: int) -> Row:
        days = min(most_days, self.length)
        first = self.rng.randint(0, self.length - days)
        when: Row = {
            "day_kinds": self.rng.choice((["s"], ["s", "p"], ["s", "p"], ["s", "p"])),
            "starts": self.rng.sample(
                ("08:00", "09:00", "13:30", "15:00"), self.rng.choice((1, 2, 2, 2))
            ),
            "first": f"{MONDAY + timedelta(first)}",
            "last": f"{MONDAY + timedelta(first + days - 1)}",
        }
        if self.maybe(0.3):
            when["preferred_starts"] = when["starts"][:1]
        if self.maybe(0.2):
            when["preferred_weekdays"] = ["tue", "wed"]
        if self.maybe(0.06):
            when["terms"] = [self.rng.choice(("t1", "t2"))]
        return when

    # ---- what is asked for ----

    def _items(self, data: Row) -> None:
        courses: list[Row] = []
        engagements: list[Row] = []
        tasks: list[Row] = []
        for kind in self.kinds:
            if kind == "course":
                courses.append(self._course(f"c{len(courses) + 1}", courses))
            elif kind == "engagement":
                engagements.append(self._engagement(f"n{len(engagements) + 1}"))
            else:
                tasks.append(self._task())
        data |= {"courses": courses, "engagements": engagements, "tasks": tasks}
        if "licence" not in self.features:
            for row in (*courses, *engagements, *tasks):
                row.pop("licence", None)
                row["format"] = "in_person"
        if self.observing and len(self.educators) >= 2:
            data["observations"] = [self._observation()]
        if self.coaching:
            self._coaching(data, courses)
        self._relations(data, courses, [*engagements, *tasks])

    def _relations(self, data: Row, courses: list[Row], later: list[Row]) -> None:
        """Let items wait for each other, and workshops be followed up."""
        first = [c["id"] for c in courses]
        for row in later:
            if first and self.maybe(0.4):
                relation: Row = {"item": self.rng.choice(first)}
                if self.maybe(0.5):
                    relation |= {"min_days": 1, "max_days": self.rng.randint(1, 3)}
                row[self.rng.choice(("after", "after", "before"))] = [relation]
        for course in courses:
            others = [r["id"] for r in later]
            others += [o["id"] for o in data.get("observations", ())]
            others += [c["id"] for c in data.get("coaching", ())]
            if others and self.maybe(0.5):
                course["follow_up"] = [self.rng.choice(others)]
        if courses and self.maybe(0.2):
            data["prior"] = [{"course": "c1", "educators": self.some(self.educators)}]

    def _common(self, ident: str) -> Row:
        row: Row = {
            "id": ident,
            "title": ident,
            "pathway": self.rng.choice(("way", "path")),
            "required": self.maybe(0.4),
            "priority": self.rng.randint(1, 3),
            "release": self.maybe(0.9),
            "stipend": self.maybe(0.7),
        }
        if self.maybe(0.3):
            row["department"] = "office"
        return row

    def _gathering(self, ident: str, most_days: int) -> Row:
        row = self._common(ident) | {
            "duration_min": self.rng.choice((60, 60, 60, 90, 120)),
            "when": self._when(most_days),
            "needs_room": bool(self.rooms) and self.maybe(0.5),
            "mandatory": self.maybe(0.3),
        }
        if "licence" in self.features and self.maybe(0.5):
            row |= {"format": self.rng.choice(("virtual", "hybrid")), "licence": "web"}
        if not row["needs_room"] and self.maybe(0.5):
            row["sites"] = self.some(self.sites)
        if row["needs_room"] and self.maybe(0.2):
            row["features"] = ["screen"]
        if self.experts and self.maybe(0.5):
            row["experts"] = [{"skill": self.rng.choice(("math", "read"))}]
            if len(self.experts) == 2 and self.maybe(0.2):
                row["experts"].append({"skill": "math"})
        for field, cents in (("materials", 700), ("fee", 2000), ("travel", 500)):
            if "cheap" not in self.features and self.maybe(0.3):
                row[f"{field}_cents_per_person"] = cents
        return row

    def _course(self, ident: str, before: list[Row]) -> Row:
        sessions = self.rng.choice((1, 1, 2))
        row = self._gathering(ident, 3 if sessions == 1 else 2) | {
            "audience": self.some(self.groups)[:2],
            "sessions": sessions,
            "section_size": self.rng.randint(1, 4),
        }
        row["quorum"] = self.rng.randint(1, min(2, row["section_size"]))
        if sessions == 2 and self.maybe(0.5):
            row["min_gap_days"] = self.rng.randint(0, 1)
            row["max_gap_days"] = self.rng.randint(1, 2)
        row["max_sections"] = self.rng.randint(1, 2)
        if before and self.maybe(0.6):
            row["prerequisites"] = [before[0]["id"]]
        return row

    def _participants(self, ident: str, most_days: int) -> Row:
        row = self._gathering(ident, most_days)
        row["groups"] = self.some(self.groups)[:2]
        if self.maybe(0.3):
            row["educators"] = [self.rng.choice(self.educators)]
        if self.maybe(0.2):
            row["cost_cents"] = 5000
        if self.maybe(0.1):
            row["days"] = 2
        return row

    def _engagement(self, ident: str) -> Row:
        cadence = self.rng.choice(CADENCES)
        row = self._participants(ident, 3) | {"cadence": cadence}
        if cadence not in ("once", "weekly", "monthly"):
            row["min_gap_days"] = self.rng.randint(0, 1)
            if self.maybe(0.3):
                row["max_gap_days"] = self.rng.randint(1, 2)
        if self.experts and self.maybe(0.2):
            row["partners"] = [self.rng.choice(self.experts)]
        return row

    def _task(self) -> Row:
        kind = self.rng.choice(("planning", "evaluation", "mastery"))
        return self._participants("k1", 3) | {"kind": kind}

    def _observation(self) -> Row:
        observers, hosts = self.rng.choices(self.groups, k=2)
        site = self.home[self.rng.choice(self.members[observers])]
        when = self._when(2) | {"day_kinds": ["s"]}
        when.pop("preferred_starts", None)
        row = self._common("o1") | {
            "site": site,
            "observers": [observers],
            "hosts": [hosts],
            "when": when,
            "rounds": self.rng.choice((1, 1, 2)),
            "min_gap_days": 1,
            "max_visitors": self.rng.randint(1, 2),
            "visits_per_observer": self.rng.choice((1, 1, 2)),
            "use_planning_periods": self.maybe(0.4),
            "host_max_per_day": self.rng.randint(1, 2),
            "host_max_per_term": self.rng.randint(1, 3),
        }
        if len(self.sites) == 2 and self.later.random() < 0.7:
            row["from_other_sites"] = True
        row["min_visitors"] = row["max_visitors"] if self.maybe(0.3) else 1
        if any(self.rooms) and self.maybe(0.3):
            row |= {"briefing_start": "15:00", "briefing_min": 30}
        return row

    def _coaching(self, data: Row, courses: list[Row]) -> None:
        coachees = self.some(self.groups)[:2]
        led = {e for g in coachees for e in self.members[g]}
        coach = self.rng.choice([e for e in self.educators if e not in led] or self.educators)
        data["coaches"] = [
            {
                "educator": coach,
                "sites": self.some(self.sites, least=self.rng.choice((1, 2))),
                "skills": ["math"],
                "caseload": self.rng.randint(1, 2),
                "weekly_contract_min": self.rng.choice((100, 2250)),
            }
        ]
        meetings = [{"kind": "conference", "duration_min": 30, "during": "planning"}]
        if self.maybe(0.4):
            during = self.rng.choice(("teaching", "clock"))
            visit: Row = {"kind": "visit", "duration_min": 30, "during": during}
            if during == "clock":
                visit["starts"] = ["09:00"]
            meetings.append(visit)
        days = ["mon", "tue", "wed"]
        weeks = [f"{MONDAY}", f"{MONDAY + timedelta(7)}"]
        row = self._common("k") | {
            "id": "coach",
            "coaches": [coach],
            "coachees": coachees,
            "cycles_per_group": self.rng.choice((1, 1, 2)),
            "weeks": 1,
            "day_kinds": ["s"],
            "meetings": meetings,
            "patterns": [
                self.rng.choices(days, k=len(meetings)) for _ in range(self.rng.randint(1, 2))
            ],
            "first_weeks": weeks[: self.rng.randint(1, 2)],
            "min_meetings_percent": self.rng.choice((50, 50, 100)),
        }
        if self.maybe(0.3):
            row["floor_min"] = 30
        if self.maybe(0.3):
            row["skill"] = self.rng.choice(("math", "math", "math", "read"))
        if courses and self.maybe(0.4):
            row |= {"follows": courses[0]["id"], "follow_up_school_days": self.rng.randint(1, 6)}
        if courses and self.maybe(0.3):
            row["coach_prerequisites"] = [courses[-1]["id"]]
        data["coaching"] = [row]

    # ---- money, contract, pins ----

    def _substitutes(self) -> Row:
        rows: Row = {
            "day_cents": self.rng.choice((10000, 12001)),
            "roving": {"max_periods_per_day": self.rng.randint(1, 4), "passing_min": 0},
            "allow_second_site": self.maybe(0.4),
            "charge": self.rng.choice(("item", "item", "position")),
            "pools": [
                {
                    "id": "pool",
                    "sites": self.some(self.sites, least=self.rng.choice((1, 2, 2))),
                    "size": self.rng.randint(1, 6),
                    "fill_percent": self.rng.choice((50, 80, 100)),
                    "fill_on": self.rng.choice(({}, {"mon": 50})),
                }
            ],
        }
        if self.maybe(0.5):
            rows["full_day_from_periods"] = {"high": 2, "elementary": 3}
        if self.maybe(0.3):
            rows["full_day_from_min"] = {"high": 180}
        if self.maybe(0.4):
            rows["second_site_surcharge_cents"] = self.rng.choice((0, 2000))
        if self.maybe(0.4):
            rows["half_day_cents"] = 9000
        return self._units_of_pay(rows)

    def _units_of_pay(self, rows: Row) -> Row:
        """Pay some by the period or by the hour, beside days or instead of them."""
        if self.later.random() < 0.6:
            return rows
        units = self.later.choice((("period",), ("hour",), ("hour",), ("period", "hour")))
        if "period" in units:
            rows["period_cents"] = self.later.choice((3000, 3500, 6001))
            rows["minimum_periods"] = self.later.choice((1, 1, 2, 3))
        if "hour" in units:
            rows["hour_cents"] = self.later.choice((2500, 3001, 4999))
            rows["minimum_min"] = self.later.choice((0, 90, 150))
        if self.later.random() < 0.5:
            for name in [n for n in rows if "day" in n or "second" in n]:
                del rows[name]
        return rows

    def _funds(self) -> list[Row]:
        return [self._fund(k) for k in range(1, self.rng.randint(1, 3) + 1)]

    def _fund(self, k: int) -> Row:
        fund: Row = {
            "id": f"f{k}",
            "name": f"f{k}",
            "amount_cents": self.rng.choice((4000, 12001, 20000, 30000, 60000, 500_000, 500_000)),
            "obligations": {"first": "2027-07-01", "last": "2028-06-30"},
            "priority": self.rng.randint(1, 3),
            "requires_follow_up": self.maybe(0.2),
        }
        if self.maybe(0.2):
            fund["obligations"]["first"] = f"{self._day()}"
        if self.maybe(0.2):
            fund["kinds"] = ["substitute", "stipend", "expert_fee", "facility"]
        if self.maybe(0.2):
            fund["pathways"] = ["way"]
        # A cap or a set-aside, not both: sums stay a tree, and paying a flow through it.
        half = fund["amount_cents"] // 2
        kinds = self.rng.choice((["substitute"], ["expert_fee", "expert_travel"], ["stipend"]))
        if self.maybe(0.3):
            fund["caps"] = [{"id": "cap", "kinds": kinds, "max_cents": half}]
        elif self.maybe(0.2):
            fund["caps"] = [{"id": "cap", "kinds": kinds, "max_percent": 33}]
        elif self.maybe(0.3):
            fund["set_asides"] = [{"id": "kept", "kinds": kinds, "cents": half}]
        return fund

    def _policy(self) -> Row:
        policy: Row = {"required": "must_stand" if self.maybe(0.06) else "leave_out"}
        policy["reimburse_mileage_cents_per_100_miles"] = self.rng.choice((0, 6700))
        if self.maybe(0.5):
            policy["comfort"] = {"soft_week_min": self.rng.choice((0, 10, 60, 120))}
        if len(self.educators) % 2:
            # Another rate from the second day on.
            since = (MONDAY + timedelta(days=1)).isoformat()
            policy["mileage_cents_per_100_miles_from"] = {since: 7250}
        return policy

    def _limit(self, k: int) -> Row:
        unit = self.rng.choice(("minutes", "meetings", "days_out", "groups_out"))
        row: Row = {
            "id": f"l{k}",
            "unit": unit,
            "window": self.rng.choice(("day", "week", "month", "term", "year")),
            "at_most": {
                "minutes": self.rng.choice((60, 119, 120, 180)),
                "meetings": self.rng.randint(0, 2),
                "days_out": self.rng.randint(0, 2),
                "groups_out": self.rng.randint(0, 1),
            }[unit],
        }
        if unit == "groups_out":
            row |= {"window": "day", "per": "together", "groups": self.some(self.groups)}
        elif self.maybe(0.4):
            row["per"] = "together"
            row["at_most"] *= 2
        if unit != "groups_out" and self.maybe(0.3):
            row["groups"] = self.some(self.groups)
        if self.maybe(0.2):
            row["counts"] = self.some(["course", "engagement", "observation"])
        if self.maybe(0.2):
            row["mandatory_only"] = True
        return row

    def _pins(self, data: Row) -> list[Row]:
        known = [row for t in ("courses", "engagements", "tasks") for row in data.get(t, ())]
        row = self.rng.choice(known)
        if self.maybe(0.4):
            return [{"item": row["id"], "present": self.maybe(0.5)}]
        first = {"c": "/s1/1", "n": "/1", "k": "/1"}[row["id"][0]]
        if row.get("cadence") == "weekly":
            first = ""
        elif "term" in row.get("cadence", ""):
            first = "/t1-1"
        pin: Row = {"item": f"{row['id']}{first}"}
        if self.maybe(0.7):
            day, clock = row["when"]["first"], self.rng.choice(row["when"]["starts"])
            pin["start"] = f"{day}T{clock}:00-05:00"
        if row["needs_room"] and row.get("format") != "virtual" and self.maybe(0.5):
            pin["facility"] = self.rng.choice(self.rooms)
        if row.get("experts") and self.maybe(0.5):
            pin["experts"] = [self.rng.choice(self.experts)]
        return [pin]


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
