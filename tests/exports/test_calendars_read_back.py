"""Three independent calendar programs read from the feeds what the plan says, to the minute."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from plsched.exports.calendars import Agenda, FeedKey
from plsched.plan.models import Occurrence, Plan
from tests.calendar_clients import NodeClient, read_with_khal, read_with_node
from tests.calendar_clients import Occurrence as Shown
from tests.exports.plans import WEEKLY_OFF, plan, scenario

CHANGED = datetime(2026, 6, 1, 12, tzinfo=UTC)
ZONES = ["America/Chicago", "America/Phoenix"]
CLIENTS: list[NodeClient] = ["ical.js", "node-ical"]
YEAR = date(2026, 6, 1), date(2027, 7, 1)


def written(folder: Path, timezone: str, key: FeedKey, made: Plan | None = None) -> Path:
    agenda = Agenda(scenario(timezone), made or plan(timezone), changed_at=CHANGED)
    feed = agenda.feed(key)
    (folder / feed.name).write_bytes(feed.content)
    return folder / feed.name


def utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def times(occurrences: Iterable[Occurrence]) -> list[tuple[str, str]]:
    return sorted((utc(o.start), utc(o.end)) for o in occurrences)


def shown_times(shown: Iterable[Shown]) -> list[tuple[str, str]]:
    return sorted((o.start, o.end) for o in shown)


@pytest.mark.parametrize("timezone", ZONES)
@pytest.mark.parametrize("client", CLIENTS)
def test_javascript_clients_read_every_occurrence(
    tmp_path: Path, timezone: str, client: NodeClient
) -> None:
    shown = read_with_node(written(tmp_path, timezone, FeedKey("all")), client)
    items = plan(timezone).items
    assert shown_times(shown) == times(o for item in items for o in item.occurrences)
    titles = {(utc(o.start), utc(o.end)): item.title for item in items for o in item.occurrences}
    assert [o for o in shown if not o.summary.startswith(titles[o.start, o.end])] == []


@pytest.mark.parametrize("timezone", ZONES)
def test_khal_reads_every_occurrence(tmp_path: Path, timezone: str) -> None:
    shown = read_with_khal(written(tmp_path, timezone, FeedKey("all")), tmp_path, *YEAR)
    items = plan(timezone).items
    assert shown_times(shown) == times(o for item in items for o in item.occurrences)


@pytest.mark.parametrize("client", CLIENTS)
def test_clients_agree_on_every_feed(tmp_path: Path, client: NodeClient) -> None:
    """One file with all feeds' events would hide a feed that alone is broken."""
    made = plan()
    agenda = Agenda(scenario(), made, changed_at=CHANGED)
    for key in (FeedKey("educator", "T1"), FeedKey("coach", "C1"), FeedKey("educator", "T4")):
        feed = agenda.feed(key)
        (tmp_path / feed.name).write_bytes(feed.content)
        shown = read_with_node(tmp_path / feed.name, client)
        assert shown_times(shown) == expected_times(made, key)


def expected_times(made: Plan, key: FeedKey) -> list[tuple[str, str]]:
    """Work out what stands in somebody's feed, from the plan alone."""
    found = []
    for item in made.items:
        if key.kind == "coach":
            found += times(item.occurrences) if item.coach == key.id else []
        elif key.id in item.educators and item.kind != "observation":
            found += times(item.occurrences)
        elif key.id in item.educators:
            found += times(o for o in item.occurrences if o.label != "visits")
            found += [(utc(v.start), utc(v.end)) for v in item.visits if key.id in v.observers]
    return sorted(found)


@pytest.mark.parametrize(
    ("timezone", "hours"),
    [
        # 09:00 is 14:00 UTC in summer and 15:00 UTC in winter; Arizona keeps 16:00 all year.
        (
            "America/Chicago",
            {"2026-10-26": 14, "2026-11-02": 15, "2027-03-08": 15, "2027-03-15": 14},
        ),
        (
            "America/Phoenix",
            {"2026-10-26": 16, "2026-11-02": 16, "2027-03-08": 16, "2027-03-15": 16},
        ),
    ],
)
@pytest.mark.parametrize("client", [*CLIENTS, "khal"])
def test_weekly_nine_stays_nine_through_both_changes_of_clock(
    tmp_path: Path, timezone: str, hours: dict[str, int], client: str
) -> None:
    made = plan(timezone)
    weekly = made.model_copy(update={"items": [i for i in made.items if i.id == "WEEKLY"]})
    path = written(tmp_path, timezone, FeedKey("facility", "office"), weekly)
    if client == "khal":
        shown = read_with_khal(path, tmp_path, *YEAR)
    else:
        shown = read_with_node(path, "ical.js" if client == "ical.js" else "node-ical")
    starts = {o.start[:10]: int(o.start[11:13]) for o in shown}
    assert {day: starts[day] for day in hours} == hours
    assert len(shown) == 37 - len(WEEKLY_OFF)
    assert {o.uid for o in shown} == {shown[0].uid}
    assert not {str(day) for day in WEEKLY_OFF} & set(starts)
