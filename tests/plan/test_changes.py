"""The change list between two plans, to the word."""

from datetime import date, timedelta

from plsched.plan.changes import ChangeList, changes
from plsched.plan.models import LeftOut, Occurrence, Plan, PlanItem, Release
from plsched.scenario.models import Scenario
from tests.exports.plans import plan, scenario


def item_of(made: Plan, item: str) -> PlanItem:
    return next(i for i in made.items if i.id == item)


def changed(made: Plan, item: str, **update: object) -> Plan:
    items = tuple(i.model_copy(update=update) if i.id == item else i for i in made.items)
    return made.model_copy(update={"items": items})


def without(made: Plan, item: str) -> Plan:
    return made.model_copy(update={"items": tuple(i for i in made.items if i.id != item)})


def listed(
    now: Plan, *, before: Plan | None = None, district: Scenario | None = None
) -> ChangeList:
    return changes((scenario(), before or plan()), (district or scenario(), now))


def said(now: Plan) -> list[tuple[str, str, tuple[str, ...], tuple[str, ...]]]:
    return [(c.title, c.kind, c.said, c.educators) for c in listed(now).items]


def test_the_same_plan_changes_nothing() -> None:
    found = listed(plan())
    assert (found.summary, found.items, found.hires) == ("Nothing changes.", (), ())


def test_moved_item_says_when_it_was_and_is() -> None:
    (old,) = item_of(plan(), "EVAL/1").occurrences
    later = Occurrence(start=old.start + timedelta(hours=1), end=old.end + timedelta(hours=1))
    now = changed(plan(), "EVAL/1", occurrences=(later,), start=later.start, end=later.end)
    moved = "Moved from Tue 3 Nov 2026, 14:00 to 14:30 to Tue 3 Nov 2026, 15:00 to 15:30."
    assert said(now) == [("How did it go?", "changed", (moved,), ("T 3 é", "T1", "t1"))]
    assert listed(now).summary == "1 moved; 3 educators concerned."


def test_series_says_which_dates_changed_and_no_others() -> None:
    weekly = item_of(plan(), "WEEKLY").occurrences
    fewer = changed(plan(), "WEEKLY", occurrences=weekly[:-1])
    last = "Mon 24 May 2027, 09:00 to 10:00"
    assert said(fewer)[0][2] == (f"No longer on {last}.",)
    (back,) = listed(plan(), before=fewer).items
    assert back.said == (f"Also on {last}.",)
    shifted = tuple(
        Occurrence(start=o.start + timedelta(days=1), end=o.end + timedelta(days=1)) for o in weekly
    )
    (all_moved,) = listed(changed(plan(), "WEEKLY", occurrences=shifted)).items
    assert all_moved.said[0].count("Mon ") == all_moved.said[0].count("Tue ") == 8
    assert all_moved.said[0].count(f"and {len(weekly) - 8} more") == 2


def test_called_off_item_says_why() -> None:
    why = "No room is free."
    out = LeftOut(id="EVAL", source="EVAL", title="How?", required=False, reason=why)
    now = without(plan(), "EVAL/1").model_copy(update={"left_out": (*plan().left_out, out)})
    assert said(now) == [
        (
            "How did it go?",
            "called_off",
            ("Called off; it stood on Tue 3 Nov 2026, 14:00 to 14:30.", f"Why: {why}"),
            ("T 3 é", "T1", "t1"),
        )
    ]
    assert listed(now).summary == "1 called off; 3 educators concerned."


def test_reason_for_another_group_or_from_before_is_not_given() -> None:
    now = without(plan(), "CC/oak-team/1")
    (change,) = listed(now).items
    assert change.said == (
        "Called off; it stood on Tue 13 Oct 2026, 14:05 to 14:50, and 10 more dates.",
    )


def test_added_item_says_when_where_with_whom_and_for_whom() -> None:
    (change,) = listed(plan(), before=without(plan(), "NUM/s1/1")).items
    assert (change.kind, change.on) == ("added", date(2026, 8, 11))
    assert change.said == (
        "Added: Tue 11 Aug 2026, 09:00 to 12:00, in Hall, east, Central.",
        "Led by Partner by the day.",
        "For Wren Alder, Moss Birch, Fern Cedar.",
    )


def test_place_leaders_title_and_people_are_told() -> None:
    now = changed(
        plan(),
        "NUM/s1/2",
        title="Numeracy, again",
        facility="office",
        experts=("X-HOUR",),
        educators=("T1", "t1", "T4"),
    )
    (change,) = listed(now).items
    assert change.aspects == ("title", "place", "leaders", "people")
    assert change.said[1:] == (
        "Now in Team office, Central; before in Hall, east, Central.",
        "Now led by Partner by the hour; before by Partner by the day.",
        "Join: Reed Doum. No longer take part: Fern Cedar.",
    )
    assert change.educators == ("T 3 é", "T1", "T4", "t1")
    assert listed(now).summary == "1 in another place; 4 educators concerned."


def test_who_joins_concerns_nobody_else() -> None:
    (change,) = listed(changed(plan(), "SAFE/s1/1", educators=("T1", "t1", "T 3 é"))).items
    assert (change.said, change.educators) == (("No longer take part: Reed Doum.",), ("T4",))


def test_virtual_session_has_its_licence_for_a_place() -> None:
    (change,) = listed(changed(plan(), "SAFE/s1/1", licence=None, site="elm")).items
    assert change.said == ("Now in Elm School; before in online: Online room A.",)


def test_visits_and_releases_are_told_to_those_whom_they_concern() -> None:
    walk = item_of(plan(), "WALK/r1")
    first, second = walk.visits
    swapped = (first, second.model_copy(update={"observers": ("T4",)}))
    releases = (
        walk.releases[0],
        Release(educator="T4", date=walk.releases[1].date, periods=("p5",)),
    )
    (change,) = listed(changed(plan(), "WALK/r1", visits=swapped, releases=releases)).items
    at, on = "Tue 13 Apr 2027, 12:15", "from p5 on Tue 13 Apr 2027"
    visits, released = change.said
    assert visits == (
        f"Visits now: {at}: Reed Doum at Fern Cedar. "
        f"Visits no longer: {at}: Moss Birch at Fern Cedar."
    )
    assert released == f"Released now: Reed Doum {on}. Released no longer: Moss Birch {on}."
    assert change.educators == ("T 3 é", "T4", "t1")


def test_changed_hires_are_told_by_day_and_site() -> None:
    fewer = plan().model_copy(update={"substitutes": plan().substitutes[1:]})
    found = listed(fewer)
    assert [h.said for h in found.hires] == [
        "Wed 10 Feb 2027, Elm School: 0 substitutes of pool for the whole day; before 1."
    ]
    assert found.summary == "Other substitutes on 1 day; 0 educators concerned."
    other = plan().substitutes[0].model_copy(update={"id": "another"})
    renamed = plan().model_copy(update={"substitutes": (other, *plan().substitutes[1:])})
    assert listed(renamed).hires == ()


def test_changes_come_in_order_of_their_dates_and_are_counted() -> None:
    now = changed(without(plan(), "EVAL/1"), "WEEKLY", facility="hall")
    found = listed(now, before=without(plan(), "LEAD/3"))
    assert [c.id for c in found.items] == ["WEEKLY", "EVAL/1", "LEAD/3"]
    assert found.summary == ("1 added, 1 called off, 1 in another place; 5 educators concerned.")
    assert found.educators == ("C1", "P1", "T 3 é", "T1", "t1")
    assert ChangeList.model_validate_json(found.model_dump_json()) == found


def test_what_the_new_scenario_does_not_name_is_named_by_its_id() -> None:
    smaller = scenario().model_copy(
        update={"sites": tuple(s for s in scenario().sites if s.id != "elm")}
    )
    now = plan().model_copy(update={"substitutes": plan().substitutes[1:]})
    found = listed(changed(now, "SAFE/s1/1", licence=None, site="elm"), district=smaller)
    assert found.hires[0].said.startswith("Wed 10 Feb 2027, Elm School:")
    assert any("Now in elm;" in sentence for item in found.items for sentence in item.said)
