from collections.abc import Callable

from tests.plan.breaks.breaking import Break, lift_funds
from tests.plan.district import Raw
from tests.plan.handmade import find, hired, sub


def _uncovered(_s: Raw, p: Raw) -> None:
    del hired(p, "sub-1")["covers"][1]


def _sub_gone(_s: Raw, p: Raw) -> None:
    p["substitutes"] = [x for x in p["substitutes"] if x["id"] != "sub-3"]
    find(p, "num/s1/2")["subs"] = ["sub-1", "sub-2"]


def _period_not_taught(_s: Raw, p: Raw) -> None:
    cover = {"item": "walk/r1", "educator": "n2", "site": "north", "period": "P4"}
    hired(p, "sub-5")["covers"].append(cover)


def _two_classes_at_once(_s: Raw, p: Raw) -> None:
    hired(p, "sub-2")["covers"].extend(hired(p, "sub-3")["covers"])
    _sub_gone(_s, p)


def _covered_twice(s: Raw, p: Raw) -> None:
    lift_funds(s)
    p["substitutes"].append(sub("sub-6", "2027-10-19", "morning", "math|", "walk/r1", ("n2", "P1")))
    find(p, "walk/r1")["subs"].append("sub-6")


def _pay(**values: object) -> Callable[[Raw, Raw], None]:
    def change(s: Raw, _p: Raw) -> None:
        s["substitutes"].update(values)

    return change


def _pool(**values: object) -> Callable[[Raw, Raw], None]:
    def change(s: Raw, _p: Raw) -> None:
        s["substitutes"]["pools"][0].update(values)

    return change


def _hire(sub_id: str, **values: object) -> Callable[[Raw, Raw], None]:
    def change(s: Raw, p: Raw) -> None:
        lift_funds(s)
        hired(p, sub_id).update(values)

    return change


def _at_two_sites_in_one_half(s: Raw, p: Raw) -> None:
    """Both classes are in the afternoon, which is the other site's half."""
    lift_funds(s)
    s["substitutes"]["allow_second_site"] = True
    hired(p, "sub-1").update(shift="full", second_site="south")


def _only_by_the_hour(s: Raw, _p: Raw) -> None:
    subs = s["substitutes"]
    for name in ("day_cents", "full_day_from_periods", "full_day_from_min"):
        del subs[name]
    subs["hour_cents"] = 3000


def _paid_by(shift: str, **values: object) -> Callable[[Raw, Raw], None]:
    """Hire a sub who covers two periods by the period or by the hour."""

    def change(s: Raw, p: Raw) -> None:
        _hire("sub-1", shift=shift)(s, p)
        s["substitutes"].update(values)

    return change


def _releases_not_listed(_s: Raw, p: Raw) -> None:
    find(p, "num/s1/2")["releases"].pop()


CLOSED = [{"first": "2027-09-14", "last": "2027-09-14"}]

BREAKS = (
    Break("a class without cover", _uncovered),
    Break("a sub is missing", _sub_gone),
    Break("cover for a period that is not taught", _period_not_taught),
    Break("two classes at once", _two_classes_at_once),
    Break("covered twice", _covered_twice),
    Break("another account", _hire("sub-4", account="math|cur")),
    Break("the wrong half of the day", _hire("sub-1", shift="morning")),
    Break("hired at another site", _hire("sub-1", site="south")),
    Break(
        "a second site where that is not done", _hire("sub-1", shift="full", second_site="south")
    ),
    Break("a second site without classes in its half", _at_two_sites_in_one_half),
    Break("two periods are a full day", _pay(full_day_from_periods={"high": 2})),
    Break("a hundred minutes are a full day", _pay(full_day_from_min={"high": 100})),
    Break("more periods than a sub may cover", _pay(roving={"max_periods_per_day": 1})),
    Break("by the period without a price", _paid_by("periods")),
    Break("by the hour without a price", _paid_by("hours", period_cents=4000)),
    Break("by the day without a price", _only_by_the_hour),
    Break(
        "two periods by the period are a full day",
        _paid_by("periods", period_cents=4000, full_day_from_periods={"high": 2}),
    ),
    Break(
        "a hundred minutes by the hour are a full day",
        _paid_by("hours", hour_cents=3000, full_day_from_min={"high": 100}),
    ),
    Break(
        "by the hour at a second site",
        _hire("sub-1", shift="hours", second_site="south"),
    ),
    Break("charged to positions", _pay(charge="position")),
    Break("fewer subs than hired", _pool(size=3)),
    Break("fewer subs on Tuesdays", _pool(fill_on={"tue": 50})),
    Break("fewer subs that day", _pool(size_on={"2027-09-14": 3})),
    Break("no subs that day", _pool(closed=CLOSED)),
    Break("releases that the item does not list", _releases_not_listed),
)
