from tests.plan.breaks.breaking import Break, drop_expert_day, lift_funds, lift_limits
from tests.plan.district import Raw, row
from tests.plan.handmade import find, move, piece


def _expert_twice(s: Raw, p: Raw, clock: str = "10:00") -> None:
    lift_limits(s, "hours")
    row(s["courses"], "num")["when"]["starts"].append(clock)
    move(p, "num/s1/1", "2027-08-18", clock).update(facility="R2", site="south")
    drop_expert_day(p, "2027-08-17")


def _expert_on_the_way(s: Raw, p: Raw) -> None:
    _expert_twice(s, p, "10:45")


def _observer_in_a_meeting(s: Raw, p: Raw) -> None:
    lift_limits(s, "hours")
    move(p, "lead/2", "2027-10-19", "15:00")


def _host_in_a_meeting(s: Raw, p: Raw) -> None:
    s["pins"] = []
    row(s["engagements"], "extra")["when"]["starts"] = ["08:55"]
    item = {"id": "extra/1", "source": "extra", "educators": ["n5"]}
    p["items"].append({**item, "occurrences": [piece("2027-10-19", "08:55", 30)]})
    del p["left_out"][1]


def _partner_elsewhere(s: Raw, p: Raw) -> None:
    net = row(s["engagements"], "net")
    net["experts"] = [{"skill": "teams"}]
    net["when"]["starts"].append("14:45")
    for k in range(1, 6):
        find(p, f"net/{k}")["experts"] = ["X3"]
    move(p, "net/1", "2027-09-15", "14:45")


def _coach_between_sites(s: Raw, p: Raw) -> None:
    """The coach's visit ends at 09:15 at the one site, the meeting starts at 09:30 at the other."""
    lift_funds(s)
    net = row(s["engagements"], "net")
    net.update(format="hybrid", facilities=["R1"])
    net["when"]["starts"].append("09:30")
    for k in range(1, 6):
        find(p, f"net/{k}").update(facility="R1", site="north", format="hybrid")
    move(p, "net/1", "2027-09-15", "09:30")


BREAKS = (
    Break("the coach is in a meeting", lambda _s, p: move(p, "net/1", "2027-09-13", "10:00")),
    Break("an expert in two sessions", _expert_twice),
    Break("an expert with no time for the way", _expert_on_the_way),
    Break("the coach with no time for the way", _coach_between_sites),
    Break("an observer in a meeting", _observer_in_a_meeting),
    Break("a host in a meeting", _host_in_a_meeting),
    Break("a partner somewhere else", _partner_elsewhere),
)
