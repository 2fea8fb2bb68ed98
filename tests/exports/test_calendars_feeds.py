"""What stands in whose feed, and how a feed is written."""

from dataclasses import fields
from datetime import UTC, date, datetime

import icalendar
import pytest

from plsched.errors import PlanFileError
from plsched.exports.calendars import Agenda, Feed, FeedKey, feed, feeds
from plsched.plan.models import Plan, Substitute
from tests.exports.district import AWKWARD_TITLE
from tests.exports.plans import plan, scenario

CHANGED = datetime(2026, 6, 1, 12, tzinfo=UTC)
NUM_1, NUM_2 = f"{AWKWARD_TITLE} (1 of 2)", f"{AWKWARD_TITLE} (2 of 2)"
OAK = [
    "Numeracy coaching: conference (Oak team)",
    "Numeracy coaching: class visit (Oak team)",
]
ELM = [
    "Numeracy coaching: conference (Elm team)",
    "Numeracy coaching: class visit (Elm team)",
]
WALK = "Learning walk at Oak"
CIRCLE = "Leaders' circle"
T3, T1 = "educator-T-3~279f7644d646.ics", "educator-T1~1f93603db53b.ics"
HEAD = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//plsched//calendars//EN
CALSCALE:GREGORIAN
METHOD:PUBLISH
NAME:Ivy Gorse: professional learning
X-WR-CALNAME:Ivy Gorse: professional learning
X-WR-TIMEZONE:America/Phoenix
REFRESH-INTERVAL;VALUE=DURATION:PT4H
X-PUBLISHED-TTL:PT4H
BEGIN:VTIMEZONE
TZID:America/Phoenix
BEGIN:STANDARD
DTSTART:20250101T000000
TZNAME:MST
TZOFFSETFROM:-0700
TZOFFSETTO:-0700
END:STANDARD
END:VTIMEZONE
"""


def all_feeds(made: Plan | None = None) -> dict[str, Feed]:
    return {f.name: f for f in feeds(scenario(), made or plan(), changed_at=CHANGED)}


def summaries(one: Feed) -> list[str]:
    events = icalendar.Calendar.from_ical(one.content).walk("VEVENT")
    return [str(event["SUMMARY"]) for event in events]


def event(one: Feed, summary: str) -> icalendar.Event:
    events = icalendar.Calendar.from_ical(one.content).walk("VEVENT")
    (found,) = [e for e in events if str(e["SUMMARY"]) == summary]
    assert isinstance(found, icalendar.Event)
    return found


def test_everybody_finds_what_is_theirs() -> None:
    walk = [f"{WALK}: briefing", f"{WALK}: visit to Fern Cedar", f"{WALK}: debriefing"]
    oak_team = [NUM_1, "Safety briefing", *OAK, NUM_2, "How did it go?"]
    substitutes = [f"Substitute 2027-02-{day}/elm/1, whole day" for day in (10, 11, 12)]
    office = ["Office team meets", CIRCLE]
    assert {name: summaries(one) for name, one in all_feeds().items()} == {
        "all.ics": [
            "Write the numeracy units",
            NUM_1,
            "Safety briefing",
            *office,
            *OAK,
            NUM_2,
            "How did it go?",
            CIRCLE,
            "Reading conference",
            *ELM,
            f"{WALK}: briefing",
            f"{WALK}: visits",
            f"{WALK}: debriefing",
            CIRCLE,
        ],
        T1: [*oak_team, *walk],
        "educator-t1.ics": [*oak_team, *walk],
        T3: [*oak_team, f"{WALK}: visit to Fern Cedar", f"{WALK}: visit to Fern Cedar"],
        "educator-T4.ics": ["Safety briefing", "Reading conference", *ELM],
        "educator-C1.ics": [
            "Write the numeracy units",
            "Safety briefing",
            *office,
            *OAK,
            CIRCLE,
            *ELM,
            CIRCLE,
        ],
        "educator-P1.ics": [*office, CIRCLE, "Reading conference", CIRCLE],
        "educator-T9.ics": [],
        "expert-X-DAY.ics": [NUM_1, NUM_2],
        "expert-X-HOUR.ics": [CIRCLE, CIRCLE, CIRCLE],
        "expert-X-OWN.ics": ["Safety briefing"],
        "coach-C1.ics": [*OAK, *ELM],
        "facility-hall.ics": [NUM_1, NUM_2],
        "facility-office.ics": [*office, CIRCLE, CIRCLE],
        "facility-oak-lib.ics": [f"{WALK}: briefing", f"{WALK}: debriefing"],
        "site-oak.ics": [
            *OAK,
            f"{WALK}: briefing",
            f"{WALK}: visits",
            f"{WALK}: debriefing",
        ],
        # The conference is elsewhere, but takes a teacher of Elm out of class.
        "site-elm.ics": ["Reading conference", *ELM],
        "site-central.ics": [NUM_1, *office, NUM_2, CIRCLE, CIRCLE],
        "pool-pool.ics": [
            *substitutes,
            "Substitute 2027-04-13/oak/1, whole day",
            "Substitute 2027-05-04/oak/1, morning",
        ],
    }


def test_event_says_what_people_ask() -> None:
    session = event(all_feeds()["educator-t1.ics"], NUM_1)
    assert {name: str(session[name]) for name in ("LOCATION", "DESCRIPTION")} == {
        "LOCATION": "Hall, east, Central",
        "DESCRIPTION": (
            "Number talks, tried out and taken home.\n"
            "Goal served: Every learner counts; Every learner counts > Train the Oak team\n"
            "Facilitators: Partner by the day\n"
            "Section 1: Oak team (3 people)\n"
            "Outcome: Lead a number talk.\n"
            "Bring or show: A number talk of your own, on video."
        ),
    }
    assert session["CATEGORIES"].to_ical() == b"Numeracy"


def test_a_hire_tells_its_day_in_order() -> None:
    hire = event(all_feeds()["pool-pool.ics"], "Substitute 2027-04-13/oak/1, whole day")
    assert str(hire["DESCRIPTION"]).splitlines() == [
        "08:55 to 09:45, Oak School, p2: for Wren Alder (Learning walk at Oak)",
        "12:15 to 13:05, Oak School, p5: for Moss Birch (Learning walk at Oak)",
    ]


def test_place_of_virtual_and_hybrid_sessions_names_the_licence() -> None:
    feed_of = all_feeds()["all.ics"]
    assert str(event(feed_of, "Safety briefing")["LOCATION"]) == "Online room A"
    places = [
        str(e["LOCATION"])
        for e in icalendar.Calendar.from_ical(feed_of.content).walk("VEVENT")
        if e["SUMMARY"] == CIRCLE
    ]
    assert places == ["Team office, Central; online: Online room A"] * 3


def test_released_educators_read_who_covers_them_and_others_do_not() -> None:
    made = all_feeds()
    visit = event(made["educator-t1.ics"], f"{WALK}: visit to Fern Cedar")
    said = str(visit["DESCRIPTION"]).splitlines()
    assert said[:2] == [
        "Released on 2027-04-13 from p5, covered by substitute 2027-04-13/oak/1.",
        "12:15, period p5: to Fern Cedar come Moss Birch.",
    ]
    conference = [
        str(event(made[name], "Reading conference")["DESCRIPTION"]).count("Released on")
        for name in ("educator-T4.ics", "site-elm.ics", "educator-P1.ics", "all.ics")
    ]
    assert conference == [3, 3, 0, 0]


def test_host_whom_nobody_visits_finds_nothing() -> None:
    made = plan()
    items = tuple(
        i.model_copy(update={"educators": (*i.educators, "T9")}) if i.id == "WALK/r1" else i
        for i in made.items
    )
    found = all_feeds(made.model_copy(update={"items": items}))
    assert summaries(found["educator-T9.ics"]) == []


def test_coaching_cycle_is_one_rule_for_each_meeting() -> None:
    (meeting, visit) = (event(all_feeds()["coach-C1.ics"], title) for title in OAK)
    assert [e["RRULE"].to_ical() for e in (meeting, visit)] == [b"FREQ=WEEKLY;COUNT=6"] * 2
    assert meeting["EXDATE"].to_ical() == b"20261103T140500"
    assert "EXDATE" not in visit


def test_event_for_all_is_the_same_bytes_in_each_feed() -> None:
    made = all_feeds()
    title = b"SUMMARY:Office team meets\r\n"
    found = {
        part
        for name in ("all.ics", "educator-P1.ics", "facility-office.ics", "site-central.ics")
        for part in made[name].content.split(b"BEGIN:VEVENT")
        if title in part
    }
    assert len(found) == 1


def test_empty_feed_is_a_calendar_all_the_same() -> None:
    one = feed(
        scenario("America/Phoenix"),
        plan("America/Phoenix"),
        "educator",
        "T9",
        changed_at=CHANGED,
    )
    expected = f"{HEAD}END:VCALENDAR\n".replace("\n", "\r\n").encode()
    assert [getattr(one, field.name) for field in fields(one)] == [
        "educator",
        "T9",
        "educator-T9.ics",
        "Ivy Gorse: professional learning",
        expected,
        None,
    ]


def test_feeds_keep_to_the_format() -> None:
    for one in all_feeds().values():
        lines = one.content.split(b"\r\n")
        assert lines.pop() == b""
        assert max(len(line) for line in lines) <= 75
        assert not any(b"\n" in line or b"\r" in line for line in lines)
        assert not any(line.startswith(b"URL") for line in lines)
        calendar = icalendar.Calendar.from_ical(one.content)
        assert "UID" not in calendar
        assert [component.errors for component in calendar.walk() if component.errors] == []
        uids = [str(e["UID"]) for e in calendar.walk("VEVENT")]
        assert len(uids) == len(set(uids))


def test_hostile_texts_stay_inside_their_line() -> None:
    nasty = "Ring\r\nATTENDEE:mailto:x\x00\x1b\u202e\u2028URL:javascript:alert(1)"
    made = plan()
    items = tuple(i.model_copy(update={"title": nasty}) for i in made.items)
    hostile = made.model_copy(update={"items": items})
    renamed = scenario().model_copy(update={"name": nasty})
    for one in feeds(renamed, hostile, changed_at=CHANGED):
        lines = one.content.split(b"\r\n")
        assert not any(line.startswith((b"ATTENDEE", b"URL")) for line in lines)
        calendar = icalendar.Calendar.from_ical(one.content)
        assert {str(e["SUMMARY"]).split(":")[0] for e in calendar.walk("VEVENT")} <= {
            "Ring ATTENDEE",
            *(f"Substitute 2027-02-{day}/elm/1, whole day" for day in (10, 11, 12)),
            "Substitute 2027-04-13/oak/1, whole day",
            "Substitute 2027-05-04/oak/1, morning",
        }
        if one.kind == "all":
            assert one.title.startswith("Ring ATTENDEE:mailto:x URL:javascript")


def test_unknown_owner_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="nobody"):
        feed(scenario(), plan(), "educator", "nobody", changed_at=CHANGED)


def test_hire_on_a_day_without_bells_names_the_way_out() -> None:
    sub = Substitute(
        id="s", pool="pool", date=date(2026, 12, 25), site="oak", shift="full", account="num|"
    )
    made = plan().model_copy(update={"substitutes": (sub,)})
    with pytest.raises(PlanFileError, match="substitute s is hired for 2026-12-25 at oak"):
        Agenda(scenario(), made, changed_at=CHANGED).feed(FeedKey("all"))
