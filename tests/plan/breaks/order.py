from tests.plan.breaks.breaking import Break, drop, edit, lift_limits
from tests.plan.district import Raw, row
from tests.plan.handmade import find, move, piece


def _pattern_date_missing(_s: Raw, p: Raw) -> None:
    del find(p, "plc")["occurrences"][3]


def _off_the_pattern(s: Raw, p: Raw) -> None:
    lift_limits(s, "evenings")
    occurrences = find(p, "plc")["occurrences"]
    occurrences.insert(2, piece("2027-09-02", "15:00", 45))


def _poor_pattern(s: Raw, p: Raw) -> None:
    """On Fridays the team could meet 12 times only, 8 with the blackout: 16 on Wednesdays."""
    fridays = [
        "2027-08-27", "2027-09-03", "2027-09-10", "2027-09-17", "2027-09-24", "2027-10-01",
        "2027-10-15",
    ]  # fmt: skip
    s["calendar"]["blackouts"].append(
        {"id": "fridays", "first": "2027-10-16", "last": "2027-12-17", "weekdays": ["fri"]}
    )
    find(p, "plc")["occurrences"] = [piece(d, "15:00", 45) for d in fridays]
    for item_id, day in (("net/3", "2027-11-11"),):
        move(p, item_id, day, "10:00")


def _every_other_week(s: Raw, _p: Raw) -> None:
    row(s["engagements"], "plc")["cadence"] = "every 2 weeks"


def _twice_in_a_month(s: Raw, p: Raw) -> None:
    lift_limits(s, "evenings")
    move(p, "lead/2", "2027-09-30", "15:00")


def _twelve_months(_s: Raw, p: Raw) -> None:
    p["items"].append(
        {
            "id": "lead/10",
            "source": "lead",
            "educators": ["n1", "s1"],
            "site": "north",
            "occurrences": [piece("2028-05-25", "15:00", 60)],
        }
    )


def _too_few(_s: Raw, p: Raw) -> None:
    drop(p, "net/4", "net/5")


def _per_term(s: Raw, p: Raw) -> None:
    """Three in fall and two in spring, where two to three are asked of each term: not summer."""
    row(s["engagements"], "net")["cadence"] = "2-3 times per term"
    for k, name in enumerate(("fall-1", "fall-2", "fall-3", "spring-1", "spring-2"), 1):
        find(p, f"net/{k}")["id"] = f"net/{name}"


def _ids_swapped(_s: Raw, p: Raw) -> None:
    first, second = find(p, "net/1"), find(p, "net/2")
    first["id"], second["id"] = "net/2", "net/1"


def _after(**relation: object) -> Break:
    def change(s: Raw, _p: Raw) -> None:
        row(s["tasks"], "survey")["after"] = [relation]

    return Break(f"survey after {relation}", change)


def _before(**relation: object) -> Break:
    def change(s: Raw, _p: Raw) -> None:
        row(s["tasks"], "write")["before"] = [relation]

    return Break(f"write before {relation}", change)


BREAKS = (
    Break("sessions too close", edit("courses", "num", min_gap_days=29)),
    Break("sessions too far apart", edit("courses", "num", max_gap_days=50)),
    Break("prerequisite never taken", edit("courses", "num", prerequisites=["own"])),
    Break("prerequisite taken later", edit("courses", "own", prerequisites=["safety"])),
    Break("a date of the pattern is missing", _pattern_date_missing),
    Break("a date off the pattern", _off_the_pattern),
    Break("every other week", _every_other_week),
    Break("a pattern under half of the best", _poor_pattern),
    Break("a month is missing", lambda _s, p: drop(p, "lead/9")),
    Break("twice in a month", _twice_in_a_month),
    Break("ten times in nine months", _twelve_months),
    Break("three times instead of four to six", _too_few),
    Break("no occurrence in a term", _per_term),
    Break("occurrences too close", lambda _s, p: move(p, "net/2", "2027-09-24", "10:00")),
    Break("occurrences too far apart", edit("engagements", "net", max_gap_days=60)),
    Break("numbers against the dates", _ids_swapped),
    _after(item="num", min_days=96),
    _after(item="num", max_days=94),
    _after(item="extra"),
    _after(item="lead"),
    _before(item="own", min_days=15),
    _before(item="own", max_days=13),
)
