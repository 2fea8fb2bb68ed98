from collections.abc import Callable

from tests.plan.breaks.breaking import Break, edit, edit_item
from tests.plan.district import Raw, row
from tests.plan.handmade import find, move, piece


def _coach(**values: object) -> Callable[[Raw, Raw], None]:
    def change(s: Raw, _p: Raw) -> None:
        s["coaches"][0].update(values)

    return change


def _meeting_missing(s: Raw, p: Raw) -> None:
    row(s["coaching"], "cc")["floor_min"] = None
    find(p, "cc/duo/1")["occurrences"].pop()


def _meeting_on_a_holiday(_s: Raw, p: Raw) -> None:
    occurrences = find(p, "cc/duo/1")["occurrences"]
    occurrences.insert(2, piece("2027-09-06", "09:35", 45, "conference"))


def _other_period(_s: Raw, p: Raw) -> None:
    occurrences = find(p, "cc/duo/1")["occurrences"]
    occurrences[0] = piece("2027-08-30", "12:00", 45, "conference")


def _before_the_course(_s: Raw, p: Raw) -> None:
    move(p, "safety/s1/1", "2027-10-08", "10:00")
    p["expert_days"][4]["date"] = "2027-10-08"


def _two_at_once(s: Raw, p: Raw) -> None:
    s["groups"].append({"id": "solo", "name": "Solo", "members": ["s4"]})
    row(s["coaching"], "cc")["coachees"] = ["duo", "solo"]
    s["coaches"][0]["share_percent"] = 60
    conferences = ["2027-08-31", "2027-09-07", "2027-09-14", "2027-09-21"]
    visits = ["2027-09-02", "2027-09-09", "2027-09-16", "2027-09-23"]
    occurrences = [piece(d, "09:35", 45, "conference") for d in conferences]
    occurrences += [piece(d, "08:30", 45, "visit") for d in visits]
    p["items"].append(
        {
            "id": "cc/solo/1",
            "source": "cc",
            "groups": ["solo"],
            "educators": ["s4"],
            "site": "south",
            "coach": "c1",
            "occurrences": sorted(occurrences, key=lambda o: str(o["start"])),
        }
    )


def _two_at_one_site(s: Raw, p: Raw) -> None:
    _two_at_once(s, p)
    s["coaches"][0].update(caseload=5, site_caseload=1)


def _second_too_soon(s: Raw, p: Raw) -> None:
    """Cycle 2 begins in the last week of cycle 1: on Tuesdays and Thursdays."""
    row(s["coaching"], "cc").update(cycles_per_group=2, first_weeks=["2027-08-30", "2027-09-20"])
    s["coaches"][0].update(caseload=5, share_percent=60)
    conferences = ["2027-09-21", "2027-09-28", "2027-10-05", "2027-10-12"]
    visits = ["2027-09-23", "2027-09-30", "2027-10-07", "2027-10-14"]
    occurrences = [piece(d, "09:35", 45, "conference") for d in conferences]
    occurrences += [piece(d, "08:30", 45, "visit") for d in visits]
    p["items"].append(
        {
            **find(p, "cc/duo/1"),
            "id": "cc/duo/2",
            "occurrences": sorted(occurrences, key=lambda o: str(o["start"])),
        }
    )


BREAKS = (
    Break("the coach does not serve the site", _coach(sites=["north"])),
    Break("the coach lacks the skill", _coach(skills=[])),
    Break("a minute over the weekly capacity", _coach(weekly_travel_min=1)),
    Break("the coach is away on a day of the pattern", _coach(weekdays=["mon", "tue", "thu"])),
    Break("two cycles at once", _two_at_once),
    Break("two cycles at one site", _two_at_one_site),
    Break("the next cycle begins too soon", _second_too_soon),
    Break("own training not finished", edit("coaching", "cc", coach_prerequisites=["num"])),
    Break("follow-up a day late", edit("coaching", "cc", follow_up_school_days=5)),
    Break("before the course that it follows", _before_the_course),
    Break("a meeting is missing", _meeting_missing),
    Break("a meeting on a holiday", _meeting_on_a_holiday, also=frozenset()),
    Break("a meeting in another period", _other_period),
    Break("too few meetings", edit("coaching", "cc", min_meetings_percent=88)),
    Break("a week in which no cycle begins", edit("coaching", "cc", first_weeks=["2027-09-06"])),
    Break("not a coach", edit_item("cc/duo/1", coach="k1")),
    Break("nobody", edit_item("cc/duo/1", coach=None)),
    Break("a coach for a survey", edit_item("survey/1", coach="c1")),
)
