"""One feed over two school years: this one, which runs, and the next, which is planned."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import icalendar
import pytest

from plsched.exports.calendars import CalendarYear, FeedKey, FeedState, FeedWriter, years_shown
from plsched.plan.models import Plan
from plsched.scenario.models import Scenario
from tests import tiny
from tests.calendar_clients import NodeClient, read_with_node
from tests.exports.plans import plan, scenario

FIRST = datetime(2026, 6, 1, 12, tzinfo=UTC)
SPRING = datetime(2027, 4, 1, 12, tzinfo=UTC)
T1, ALL = FeedKey("educator", "T1"), FeedKey("all")


def next_year(name: str = "Wren Alder-Birch") -> tuple[Scenario, Plan]:
    """Plan a week of the year after, in which T1 works under another name."""
    people = [
        {"id": "T1", "name": name, "role": "teacher", "site": "north"},
        {"id": "new", "name": "Novel Elm", "role": "teacher", "site": "north"},
    ]
    groups = [{"id": "all", "name": "All", "members": ["T1", "new"]}]
    made = tiny.scenario(educators=people, groups=groups)
    (welcome,) = tiny.plan().items
    item = welcome.model_copy(update={"educators": ("T1", "new")})
    return made, tiny.plan(items=(item,))


def year(
    made: tuple[Scenario, Plan], at: datetime, before: FeedState | None = None
) -> CalendarYear:
    return CalendarYear.of(*made, changed_at=at, previous=before)


def this_year(at: datetime = FIRST) -> CalendarYear:
    return year((scenario(), plan()), at)


def events(years: Sequence[CalendarYear], key: FeedKey, now: datetime = SPRING) -> dict[str, str]:
    """Give the status of what stands in a feed, by its title."""
    content = FeedWriter(years, now=now).feed(key).content
    return {str(e.summary): str(e.status) for e in icalendar.Calendar.from_ical(content).events}


def test_a_feed_shows_both_years() -> None:
    both = (this_year(), year(next_year(), SPRING))
    old, new = (events((one,), T1) for one in both)
    assert (len(old), len(new)) == (9, 1)
    assert events(both, T1) == old | new
    assert set(events(both, FeedKey("educator", "new"))) == {"Welcome"}
    assert set(events(both, FeedKey("facility", "office"))) == {
        "Office team meets",
        "Leaders' circle",
    }


def test_everybody_of_either_year_has_a_feed_under_their_latest_name() -> None:
    both = (this_year(), year(next_year(), SPRING))
    writer = FeedWriter(both, now=SPRING)
    assert writer.title(T1) == "Wren Alder-Birch: professional learning"
    assert FeedWriter(both[::-1], now=SPRING).title(T1) == writer.title(T1)
    assert writer.title(FeedKey("educator", "T4")) == "Reed Doum: professional learning"
    alone = (set(FeedWriter((one,), now=SPRING).keys) for one in both)
    assert set(writer.keys) == set.union(*alone)


def test_publishing_one_year_leaves_the_events_of_the_other_as_they_are() -> None:
    old, new = this_year(), year(next_year(), SPRING)
    before = FeedWriter((old, new), now=SPRING).feed(ALL).content
    made, fewer = next_year()
    replanned = year((made, fewer), SPRING + timedelta(days=1), new.state)
    assert FeedWriter((old, replanned), now=SPRING).feed(ALL).content == before
    rest = plan().model_copy(
        update={"items": tuple(i for i in plan().items if i.id != "EVAL/1"), "substitutes": ()}
    )
    cut = year((scenario(), rest), SPRING, old.state)
    shown = events((cut, new), ALL)
    assert [title for title, status in shown.items() if status == "CANCELLED"] == [
        "Cancelled: How did it go?"
    ]
    assert shown["Welcome"] == "CONFIRMED"


def test_what_was_called_off_leaves_when_another_year_is_published_a_month_later() -> None:
    made, welcome = next_year()
    called_off = year(
        (made, welcome.model_copy(update={"items": ()})), SPRING, year((made, welcome), FIRST).state
    )
    years = (this_year(), called_off)
    month = SPRING + timedelta(days=30)
    assert events(years, T1, month)["Cancelled: Welcome"] == "CANCELLED"
    later = events(years, T1, month + timedelta(seconds=1))
    assert [title for title in later if "Welcome" in title] == []
    assert len(later) == 9


def test_the_same_years_give_the_same_bytes_in_any_order() -> None:
    both = [this_year(), year(next_year(), SPRING)]
    kept = [CalendarYear.model_validate_json(one.model_dump_json()) for one in both]
    written = [
        {feed.name: feed.content for feed in FeedWriter(years, now=SPRING).feeds()}
        for years in (both, both[::-1], kept)
    ]
    assert written[0] == written[1] == written[2]


def test_each_zone_is_described_once() -> None:
    arizona = year((scenario("America/Phoenix"), plan("America/Phoenix")), FIRST)
    same = FeedWriter((this_year(), year(next_year(), SPRING)), now=SPRING).feed(ALL).content
    two = FeedWriter((arizona, year(next_year(), SPRING)), now=SPRING).feed(ALL).content
    assert same.count(b"BEGIN:VTIMEZONE") == 1
    assert two.count(b"BEGIN:VTIMEZONE") == 2
    assert b"X-WR-TIMEZONE:America/Chicago\r\n" in two
    assert b"DTSTART;TZID=America/Phoenix:20260811T090000" in two
    assert b"DTSTART;TZID=America/Chicago:20270803T090000" in two


@pytest.mark.parametrize("client", ["ical.js", "node-ical"])
def test_calendar_programs_read_both_years(tmp_path: Path, client: NodeClient) -> None:
    both = (this_year(), year(next_year(), SPRING))
    shown = []
    for number, years in enumerate((both[:1], both[1:], both)):
        path = tmp_path / f"{number}.ics"
        path.write_bytes(FeedWriter(years, now=SPRING).feed(ALL).content)
        shown.append(read_with_node(path, client))
    assert sorted(shown[0] + shown[1]) == sorted(shown[2])
    assert shown[1][0].start == "2027-08-03T14:00:00Z"


def test_a_year_stays_for_a_year_after_its_last_day() -> None:
    old, new = this_year(), year(next_year(), SPRING)
    last = scenario().calendar.last
    for today, shown in (
        (date(2026, 1, 1), [old, new]),
        (last + timedelta(days=365), [old, new]),
        (last + timedelta(days=366), [new]),
        (date(2040, 1, 1), [new]),
    ):
        assert years_shown((new, old), today) == shown
    assert years_shown((), last) == []
