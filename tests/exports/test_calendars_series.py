"""Rules and exceptions give back exactly the occurrences they were made from."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.rrule import DAILY, WEEKLY, rrule, rruleset  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from plsched.exports.calendars.series import Rule, Series, series
from plsched.plan.models import Occurrence

ZONE = ZoneInfo("America/Chicago")
MONDAY = date(2026, 9, 14)


def clock(moment: str) -> datetime:
    """Read a time on the district's clock, which series hold without a zone."""
    return datetime.fromisoformat(moment)


def at(offset: int, hour: time = time(9), minutes: int = 60) -> Occurrence:
    start = datetime.combine(MONDAY + timedelta(days=offset), hour, tzinfo=ZONE)
    return Occurrence(start=start, end=start + timedelta(minutes=minutes))


def expand(found: Series) -> list[tuple[datetime, datetime]]:
    length = found.end - found.start
    rules = rruleset()
    rules.rdate(found.start)
    if found.rule is not None:
        frequency = {"DAILY": DAILY, "WEEKLY": WEEKLY}[found.rule.frequency]
        rule = found.rule
        rules.rrule(rrule(frequency, dtstart=found.start, interval=rule.interval, count=rule.count))
    for skipped in found.skipped:
        rules.exdate(skipped)
    return [(start, start + length) for start in rules]


@given(
    st.sets(
        st.tuples(
            st.integers(0, 300),
            st.sampled_from([time(9), time(13, 5)]),
            st.sampled_from([45, 60]),
        ),
        min_size=1,
        max_size=30,
    )
)
def test_series_give_exactly_the_occurrences(chosen: set[tuple[int, time, int]]) -> None:
    occurrences = [at(*one) for one in chosen]
    found = series(occurrences, ZONE)
    wanted = [(o.start.replace(tzinfo=None), o.end.replace(tzinfo=None)) for o in occurrences]
    assert sorted(pair for one in found for pair in expand(one)) == sorted(wanted)
    for one in found:
        assert one.dates == {start.date() for start, _ in expand(one)}


def test_one_weekday_is_one_weekly_series_with_weeks_taken_out() -> None:
    assert series([at(0), at(7), at(21)], ZONE) == [
        Series(
            start=clock("2026-09-14 09:00"),
            end=clock("2026-09-14 10:00"),
            rule=Rule(frequency="WEEKLY", interval=1, count=4),
            skipped=(clock("2026-09-28 09:00"),),
        )
    ]


def test_every_second_week_needs_no_exceptions() -> None:
    assert series([at(0), at(14), at(28)], ZONE) == [
        Series(
            start=clock("2026-09-14 09:00"),
            end=clock("2026-09-14 10:00"),
            rule=Rule(frequency="WEEKLY", interval=2, count=3),
        )
    ]


def test_consecutive_days_are_a_daily_series() -> None:
    assert series([at(0), at(1), at(2)], ZONE) == [
        Series(
            start=clock("2026-09-14 09:00"),
            end=clock("2026-09-14 10:00"),
            rule=Rule(frequency="DAILY", interval=1, count=3),
        )
    ]


def test_another_clock_time_is_another_series() -> None:
    found = series([at(0), at(7, time(10)), at(14)], ZONE)
    assert [(one.start, len(one.dates)) for one in found] == [
        (clock("2026-09-14 09:00"), 2),
        (clock("2026-09-21 10:00"), 1),
    ]


def test_times_in_another_zone_are_put_on_the_districts_clock() -> None:
    utc = ZoneInfo("UTC")
    noon = Occurrence(
        start=datetime(2026, 11, 2, 15, tzinfo=utc), end=datetime(2026, 11, 2, 16, tzinfo=utc)
    )
    assert series([noon], ZONE) == [
        Series(start=clock("2026-11-02 09:00"), end=clock("2026-11-02 10:00"))
    ]
