from tests.plan.breaks.breaking import Break, edit
from tests.plan.district import Raw, row
from tests.plan.handmade import find, hired, visit

DAY = "2027-10-19"


def _host_twice(_s: Raw, p: Raw) -> None:
    find(p, "walk/r1")["visits"][1] = visit("P4", DAY, "10:45", "n5", "n3")


def _own_class(s: Raw, p: Raw) -> None:
    row(s["groups"], "hosts")["members"].append("n3")
    find(p, "walk/r1")["visits"][1] = visit("P4", DAY, "10:45", "n3", "n3")


def _host_does_not_teach(s: Raw, _p: Raw) -> None:
    row(s["educators"], "n6")["teaches"] = ["P1", "P5"]


def _host_absent(s: Raw, p: Raw) -> None:
    row(s["educators"], "n6")["other_sites"] = [{"site": "south", "weekdays": ["tue"]}]
    find(p, "walk/r1")["educators"].remove("n6")


def _planning_period(_s: Raw, p: Raw) -> None:
    walk = find(p, "walk/r1")
    walk["visits"] = [
        visit("P1", DAY, "08:00", "n5", "n2"),
        visit("P4", DAY, "10:45", "n6", "n3", "n1"),
    ]
    del walk["releases"][0]
    del hired(p, "sub-4")["covers"][0]


def _late(_s: Raw, p: Raw) -> None:
    find(p, "walk/r1")["visits"][0] = visit("P1", DAY, "08:10", "n5", "n1", "n2")


def _another_visit(_s: Raw, p: Raw) -> None:
    find(p, "survey/1")["visits"] = [visit("P1", "2028-01-11", "08:00", "n5", "n1")]


def _stranger(s: Raw, p: Raw) -> None:
    """A teacher who is no observer comes along, in a period of their own planning."""
    row(s["observations"], "walk")["use_planning_periods"] = True
    find(p, "walk/r1")["visits"][1]["observers"].append("n5")
    row(s["educators"], "n5")["teaches"] = ["P1", "P5"]


BREAKS = (
    Break("two visits to a host in a day", _host_twice),
    Break("a visit to one's own class", _own_class),
    Break("the host does not teach then", _host_does_not_teach),
    Break("the host is at the other site that day", _host_absent),
    Break("a planning period where that is not done", _planning_period),
    Break("too many visitors", edit("observations", "walk", max_visitors=1)),
    Break("too few visitors", edit("observations", "walk", min_visitors=2)),
    Break("too few visits", edit("observations", "walk", visits_per_observer=2)),
    Break("visits too short", edit("observations", "walk", visit_min=31)),
    Break("not with the period", _late),
    Break("visits on a survey", _another_visit),
    Break("somebody who is no observer", _stranger),
)
