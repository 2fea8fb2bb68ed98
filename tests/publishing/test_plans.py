"""Plans are published, numbered, superseded; the feeds follow, on either database."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from plsched.errors import NotPublishable, NotStored, PublishedMeanwhile
from plsched.exports.calendars import FeedKey
from plsched.plan.models import Plan
from plsched.publishing import PublicationService
from plsched.store import AuditStore, Database, Publication
from tests import tiny
from tests.publishing.district import District, later, moved, next_year

E1, ALL = FeedKey("educator", "t1"), FeedKey("all")


@pytest.fixture
def home(database: Database) -> District:
    return District.local(database)


def token(home: District, key: FeedKey) -> str:
    return home.feeds.issue(key, by=home.by, now=tiny.NOW).token


def lines(feed: str | None, *names: str) -> list[str]:
    """Give the lines of a feed that begin with some names."""
    assert feed is not None
    return [line for line in feed.replace("\r\n ", "").split("\r\n") if line.startswith(names)]


def test_first_publication_of_a_year_has_number_one_and_no_change_list(home: District) -> None:
    plan = home.keep()
    made = home.publish(plan)
    assert made == Publication(
        year=2027,
        number=1,
        plan_id=plan,
        scenario_name="Two teachers, one course",
        published_at=tiny.NOW,
        published_by="local",
        is_current=True,
        summary=None,
    )
    assert home.publications.get(2027, 1) == (made, None)
    assert home.publications.page(limit=9) == ([made], 1)


def test_next_publication_supersedes_and_says_what_changes(home: District) -> None:
    first, second = home.keep(), home.keep(moved())
    home.publish(first)
    planned, after = home.publications.preview(second)
    made = home.publish(second, days=1)
    assert (made.number, made.is_current) == (2, True)
    assert made.summary == "1 moved; 2 educators concerned."
    found, changes = home.publications.get(2027, 2)
    assert found == made
    assert (changes, 1) == (planned, after)
    assert changes is not None
    assert [change.said for change in changes.items] == [
        ("Moved from Tue 3 Aug 2027, 09:00 to 11:00 to Tue 3 Aug 2027, 10:00 to 12:00.",)
    ]
    old, nothing = home.publications.get(2027, 1)
    assert (old.is_current, old.plan_id, nothing) == (False, first, None)


def test_what_was_read_is_what_is_published(home: District) -> None:
    """Somebody publishes another plan between the look at the changes and the publication."""
    mine, theirs = home.keep(), home.keep(moved())
    _, seen = home.publications.preview(mine)
    assert seen == 0
    home.publish(theirs)
    with pytest.raises(PublishedMeanwhile, match="since you read what this one changes"):
        home.publications.publish(mine, by=home.by, now=later(1), after=seen)
    assert home.publications.page(limit=9)[1] == 1
    made, _ = home.publications.publish(mine, by=home.by, now=later(1), after=1)
    assert made.number == 2


def test_feeds_follow_what_is_published(home: District) -> None:
    home.publish(home.keep())
    mine = token(home, E1)
    before = home.read(mine)
    assert lines(before, "DTSTART;TZID", "SEQUENCE") == [
        "SEQUENCE:0",
        "DTSTART;TZID=America/Chicago:20270803T090000",
    ]
    draft = home.keep(moved())
    assert home.read(mine) == before
    home.publish(draft, days=1)
    assert lines(home.read(mine), "DTSTART;TZID", "SEQUENCE", "LAST-MODIFIED", "STATUS") == [
        "LAST-MODIFIED:20270504T150000Z",
        "SEQUENCE:1",
        "STATUS:CONFIRMED",
        "DTSTART;TZID=America/Chicago:20270803T100000",
    ]
    home.publish(home.keep(tiny.plan(items=())), days=2)
    assert lines(home.read(mine), "SEQUENCE", "STATUS", "SUMMARY") == [
        "SEQUENCE:2",
        "STATUS:CANCELLED",
        "SUMMARY:Cancelled: Welcome",
    ]


def test_two_years_stand_in_one_feed(home: District) -> None:
    home.publish(home.keep())
    mine = token(home, E1)
    made = home.publish(home.keep(*next_year()), days=1)
    assert (made.year, made.number, made.summary) == (2028, 1, None)
    starts = lines(home.read(mine), "DTSTART;TZID")
    assert [start[-15:-7] for start in starts] == ["20270803", "20280801"]
    home.publish(home.keep(moved()), days=2)
    assert len(lines(home.read(mine), "BEGIN:VEVENT")) == 2
    assert {(p.year, p.number, p.is_current) for p in home.publications.page(limit=9)[0]} == {
        (2027, 1, False),
        (2027, 2, True),
        (2028, 1, True),
    }
    assert home.publications.page(limit=9, year=2028)[1] == 1


def test_unchanged_feeds_keep_their_etag_and_time(home: District) -> None:
    home.publish(home.keep())
    files = home.publications._publications
    before = files.published().etags
    home.publish(home.keep(tiny.plan(seed=2)), days=1)
    assert files.published().etags == before
    (item,) = tiny.plan().items
    fewer = tiny.plan(items=(item.model_copy(update={"educators": ("t1",)}),))
    home.publish(home.keep(fewer), days=2)
    after = files.published().etags
    # The event itself says who comes, so it changes for everybody.
    assert {key for key in before if before[key] != after[key]} == set(before)


def test_readers_of_years_long_over_have_no_feed_any_more(home: District) -> None:
    people = [{"id": e, "name": e, "role": "teacher", "site": "north"} for e in ("t1", "t2", "old")]
    home.publish(home.keep(scenario=tiny.scenario(educators=people)))
    mine = token(home, FeedKey("educator", "old"))
    plan, scenario = next_year()
    home.publish(home.keep(plan, scenario), days=1)
    assert home.read(mine) is not None
    home.publish(home.keep(plan.model_copy(update={"seed": 9}), scenario), days=800)
    assert home.read(mine) is None
    assert home.feeds.page(limit=9)[0][0].title is None


def test_publishing_again_changes_nothing(home: District) -> None:
    plan = home.keep()
    made = home.publish(plan)
    assert home.publications.publish(plan, by=home.by, now=later(5)) == (made, False)
    assert home.publications.page(limit=9)[1] == 1


def test_superseded_plan_is_not_published_again(home: District) -> None:
    first = home.keep()
    home.publish(first)
    home.publish(home.keep(moved()), days=1)
    with pytest.raises(NotPublishable, match=r"was published as 2027 no\. 1 and superseded; to go"):
        home.publications.publish(first, by=home.by, now=later(2))


@pytest.mark.parametrize(
    ("plan", "goes"),
    [
        (tiny.plan(status="FEASIBLE"), True),
        (tiny.plan(status="CANCELLED"), True),
        (tiny.plan(status="CANCELLED", items=(), tiers=()), False),
        (tiny.plan(status="INFEASIBLE", items=(), tiers=()), False),
        (tiny.plan(status="NO_PLAN_IN_TIME", items=(), tiers=()), False),
    ],
)
def test_only_a_plan_with_a_schedule_is_published(home: District, plan: Plan, goes: bool) -> None:
    kept = home.keep(plan)
    if goes:
        assert home.publish(kept).number == 1
        return
    with pytest.raises(NotPublishable, match=f"has the status {plan.status} and no schedule"):
        home.publish(kept)
    assert home.publications.page(limit=9)[1] == 0


def test_plan_of_another_district_does_not_exist(home: District, database: Database) -> None:
    other = District.other(database)
    plan = home.keep()
    home.publish(plan)
    for attempt in (plan, "nothing"):
        with pytest.raises(NotStored, match=f"no plan has the id '{attempt}'"):
            other.publish(attempt)
    with pytest.raises(NotStored, match="no publication has the id '2027/1'"):
        other.publications.get(2027, 1)
    assert other.publications.page(limit=9) == ([], 0)
    assert other.publish(other.keep()).number == 1
    with pytest.raises(NotStored, match="no published calendar has the id 'site:elsewhere'"):
        other.feeds.issue(FeedKey("site", "elsewhere"), by=other.by, now=tiny.NOW)


def test_who_published_stands_in_the_audit_log(home: District) -> None:
    plan = home.keep()
    home.publish(plan)
    deeds, _ = AuditStore(home.database, "local").page(limit=1)
    assert [(d.actor, d.action, d.subject, d.details) for d in deeds] == [
        ("local", "plan.publish", plan, {"year": 2027, "number": 1})
    ]


def test_who_publishes_at_the_same_time_is_told_so(home: District) -> None:
    """Worked out against what was published before: the change list would be wrong."""
    stale = home.publications._publications.published()
    first, second = home.keep(), home.keep(moved())
    home.publish(first)
    store = home.publications._publications
    new = home.publications._worked_out(tiny.scenario(), moved(), second, stale, later(1))
    with pytest.raises(PublishedMeanwhile, match="publish this one again if it is still wanted"):
        store.add(new, after=stale, by=home.by, now=later(1))
    assert home.publications.page(limit=9)[1] == 1
    assert lines(home.read(token(home, E1)), "DTSTART;TZID")[0].endswith("090000")


def test_many_publish_at_once_and_no_number_is_given_twice(home: District) -> None:
    plans = [home.keep(moved(hours)) for hours in range(5)]
    ready = Barrier(len(plans))

    def publish(plan: str) -> int:
        ready.wait(timeout=30)
        for _ in range(50):
            try:
                service = PublicationService(home.database, "local")
                return service.publish(plan, by=home.by, now=tiny.NOW)[0].number
            except PublishedMeanwhile:
                continue
        raise AssertionError("never came through")

    with ThreadPoolExecutor(len(plans)) as pool:
        numbers = list(pool.map(publish, plans))
    assert sorted(numbers) == [1, 2, 3, 4, 5]
    last = plans[numbers.index(5)]
    shown = lines(home.read(token(home, ALL)), "DTSTART;TZID")
    assert shown[0].endswith(f"{9 + plans.index(last):02}0000")
