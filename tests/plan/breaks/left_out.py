from tests.plan.breaks.breaking import Break, drop, drop_expert_day, edit, leave_out
from tests.plan.district import Raw


def _silent(_s: Raw, p: Raw) -> None:
    p["left_out"] = []


def _round_missing(_s: Raw, p: Raw) -> None:
    del p["left_out"][0]


def _unit_missing(_s: Raw, p: Raw) -> None:
    drop(p, "safety/s1/1")
    drop_expert_day(p, "2027-08-19")


def _required_as_wish(_s: Raw, p: Raw) -> None:
    _unit_missing(_s, p)
    leave_out(p, "safety/south-team", "safety", "south-team", required=False)


BREAKS = (
    Break("nothing is said", _silent),
    Break("a round is not named", _round_missing),
    Break("a unit is not named", _unit_missing),
    Break("required, and named as a wish", _required_as_wish),
    Break("named, and stands", lambda _s, p: leave_out(p, "plc", "plc")),
    Break("a unit named that stands", lambda _s, p: leave_out(p, "n", "num", "north-team#1")),
    Break("named, and never asked for", lambda _s, p: leave_out(p, "walk/r3", "walk")),
    Break("a dosage floor is not named", edit("coaching", "cc", floor_min=316)),
)
