from tests.plan.breaks.breaking import Break, drop, drop_expert_day, edit, leave_out, lift_limits
from tests.plan.district import Raw, row
from tests.plan.handmade import NORTH_1, NORTH_2, find, move


def _all_in_one(s: Raw, p: Raw) -> None:
    s["pins"] = []
    lift_limits(s, "hours")
    row(s["facilities"], "R1")["capacity"] = 10
    drop(p, "num/s2/1", "num/s2/2")
    move(p, "num/s1/2", "2027-10-08", "08:30").update(releases=[], subs=[])
    for k in (1, 2):
        find(p, f"num/s1/{k}").update(
            groups=["north-team#1", "north-team#2"], educators=[*NORTH_1, *NORTH_2]
        )
    p["substitutes"] = [sub for sub in p["substitutes"] if sub["id"] in {"sub-4", "sub-5"}]
    drop_expert_day(p, "2027-08-18")
    drop_expert_day(p, "2027-09-14")


def _nobody(_s: Raw, p: Raw) -> None:
    for k in (1, 2):
        find(p, f"num/s2/{k}").update(groups=[], educators=[])
    leave_out(p, "num/north-team#2", "num", "north-team#2")


BREAKS = (
    Break("over the section size", _all_in_one),
    Break("under the quorum", edit("courses", "num", quorum=4)),
    Break("a workshop under the quorum", edit("courses", "safety", quorum=5)),
    Break("one coach alone", edit("courses", "own", quorum=2)),
    Break("an empty section", _nobody),
)
