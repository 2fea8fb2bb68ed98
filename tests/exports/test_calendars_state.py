"""Feeds from plan to plan: what changed, what was called off, what stays untouched."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import icalendar
import pytest

from plsched.errors import PlanFileError
from plsched.exports.calendars import Agenda, FeedKey, FeedState, write_calendars
from plsched.plan.models import Occurrence, Plan, PlanItem
from tests.calendar_clients import read_with_node
from tests.exports.plans import plan, scenario

FIRST = datetime(2026, 6, 1, 12, tzinfo=UTC)
SECOND = datetime(2026, 7, 1, 12, tzinfo=UTC)
ALL = FeedKey("all")


def agenda(made: Plan, at: datetime, previous: FeedState | None = None) -> Agenda:
    return Agenda(scenario(), made, changed_at=at, previous=previous)


def without(made: Plan, item: str) -> Plan:
    return made.model_copy(update={"items": tuple(i for i in made.items if i.id != item)})


def changed(made: Plan, item: str, **update: object) -> Plan:
    items = tuple(i.model_copy(update=update) if i.id == item else i for i in made.items)
    return made.model_copy(update={"items": items})


def item_of(made: Plan, item: str) -> PlanItem:
    return next(i for i in made.items if i.id == item)


def events(content: bytes) -> dict[str, tuple[str, int, str, datetime]]:
    """Give summary, sequence, status and time of each event, by UID."""
    found = {}
    for event in icalendar.Calendar.from_ical(content).events:
        stamp = event.DTSTAMP
        assert stamp is not None
        assert stamp == event.LAST_MODIFIED
        found[event.uid] = (str(event.summary), event.sequence, str(event.status), stamp)
    return found


def difference(
    old: bytes, new: bytes
) -> list[tuple[tuple[str, int, str, datetime], tuple[str, int, str, datetime]]]:
    before, after = events(old), events(new)
    assert set(before) == set(after)
    return [(before[uid], after[uid]) for uid in before if before[uid] != after[uid]]


def test_same_plan_gives_the_same_bytes() -> None:
    first = agenda(plan(), FIRST)
    again = agenda(plan(), SECOND, first.state)
    assert [f.content for f in again.feeds()] == [f.content for f in first.feeds()]
    assert again.state == first.state


def test_moved_item_rises_in_sequence_and_the_others_keep_their_time() -> None:
    first = agenda(plan(), FIRST)
    (old,) = item_of(plan(), "EVAL/1").occurrences
    later = Occurrence(start=old.start + timedelta(days=1), end=old.end + timedelta(days=1))
    moved = changed(plan(), "EVAL/1", occurrences=(later,), start=later.start, end=later.end)
    second = agenda(moved, SECOND, first.state)
    title = "How did it go?"
    assert difference(first.feed(ALL).content, second.feed(ALL).content) == [
        ((title, 0, "CONFIRMED", FIRST), (title, 1, "CONFIRMED", SECOND))
    ]


def test_change_of_place_rises_in_sequence() -> None:
    first = agenda(plan(), FIRST)
    second = agenda(changed(plan(), "WEEKLY", facility="hall"), SECOND, first.state)
    title = "Office team meets"
    assert difference(first.feed(ALL).content, second.feed(ALL).content) == [
        ((title, 0, "CONFIRMED", FIRST), (title, 1, "CONFIRMED", SECOND))
    ]


def test_vanished_item_stays_as_cancelled_for_thirty_days() -> None:
    first = agenda(plan(), FIRST)
    rest = without(plan(), "EVAL/1")
    second = agenda(rest, SECOND, first.state)
    title = "How did it go?"
    assert difference(first.feed(ALL).content, second.feed(ALL).content) == [
        ((title, 0, "CONFIRMED", FIRST), (f"Cancelled: {title}", 1, "CANCELLED", SECOND))
    ]
    month = agenda(rest, SECOND + timedelta(days=30), second.state)
    assert month.feed(ALL).content == second.feed(ALL).content
    later = agenda(rest, SECOND + timedelta(days=30, seconds=1), month.state)
    assert [e[0] for e in events(later.feed(ALL).content).values() if title in e[0]] == []


def test_item_that_comes_back_rises_further_even_after_it_left_the_feeds() -> None:
    rest = without(plan(), "EVAL/1")
    state = agenda(plan(), FIRST).state
    for days in (1, 40, 80):
        state = agenda(rest, FIRST + timedelta(days=days), state).state
    back = agenda(plan(), FIRST + timedelta(days=120), state)
    found = [e for e in events(back.feed(ALL).content).values() if e[0] == "How did it go?"]
    assert found == [("How did it go?", 2, "CONFIRMED", FIRST + timedelta(days=120))]


def test_who_leaves_an_item_sees_it_cancelled_while_it_stands_for_others() -> None:
    first = agenda(plan(), FIRST)
    fewer = changed(plan(), "NUM/s1/2", educators=("T1", "t1"))
    second = agenda(fewer, SECOND, first.state)
    gone, stays = (second.feed(FeedKey("educator", e)).content for e in ("T 3 é", "T1"))
    title = '=1+1 Numeracy; <deep>, "now" & C:\\pl (2 of 2)'
    assert [e for e in events(gone).values() if "2 of 2" in e[0]] == [
        (f"Cancelled: {title}", 1, "CANCELLED", SECOND)
    ]
    assert [e for e in events(stays).values() if "2 of 2" in e[0]] == [
        (title, 1, "CONFIRMED", SECOND)
    ]
    later = agenda(fewer, SECOND + timedelta(days=31), second.state)
    gone = later.feed(FeedKey("educator", "T 3 é")).content
    assert [e for e in events(gone).values() if "2 of 2" in e[0]] == []


def test_cancelled_event_reaches_a_calendar_program(tmp_path: Path) -> None:
    """A session that just vanishes stays in subscribers' calendars for ever."""
    first = agenda(plan(), FIRST)
    second = agenda(without(plan(), "CONF/1"), SECOND, first.state)
    path = tmp_path / "all.ics"
    path.write_bytes(second.feed(ALL).content)
    shown = [o for o in read_with_node(path, "ical.js") if "conference" in o.summary]
    assert [(o.start, o.summary, o.status) for o in shown if "Reading" in o.summary] == [
        (f"2027-02-{day}T14:00:00Z", "Cancelled: Reading conference", "CANCELLED")
        for day in (10, 11, 12)
    ]


def test_state_survives_its_file(tmp_path: Path) -> None:
    write_calendars(tmp_path, scenario(), plan(), changed_at=FIRST)
    untouched = (tmp_path / "educator-T4.ics").read_bytes()
    write_calendars(tmp_path, scenario(), without(plan(), "EVAL/1"), changed_at=SECOND)
    expected = agenda(without(plan(), "EVAL/1"), SECOND, agenda(plan(), FIRST).state)
    files = {path.name: path.read_bytes() for path in tmp_path.glob("*.ics")}
    assert files == {feed.name: feed.content for feed in expected.feeds()}
    assert files["educator-T4.ics"] == untouched


def test_educator_who_left_the_district_gets_the_cancellations() -> None:
    first = agenda(plan(), FIRST)
    smaller = scenario().model_copy(
        update={"educators": tuple(e for e in scenario().educators if e.id != "T4")}
    )
    made = plan()
    rest = made.model_copy(
        update={
            "items": tuple(i for i in made.items if "T4" not in i.educators),
            "substitutes": tuple(s for s in made.substitutes if s.site != "elm"),
        }
    )
    second = Agenda(smaller, rest, changed_at=SECOND, previous=first.state)
    feed = second.feed(FeedKey("educator", "T4"))
    assert (feed.name, feed.title) == ("educator-T4.ics", "Reed Doum: professional learning")
    assert {status for _, _, status, _ in events(feed.content).values()} == {"CANCELLED"}


def test_spoilt_state_file_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "state.json").write_text("{", encoding="utf-8")
    with pytest.raises(PlanFileError, match=r"state\.json does not hold the state of calendar"):
        write_calendars(tmp_path, scenario(), plan(), changed_at=FIRST)
