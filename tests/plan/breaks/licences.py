from tests.plan.breaks.breaking import Break, edit, edit_item
from tests.plan.district import Raw, row
from tests.plan.handmade import find, move


def _two_at_once(s: Raw, p: Raw) -> None:
    row(s["engagements"], "net")["when"]["day_kinds"] = ["student", "pl"]
    move(p, "net/1", "2027-08-19", "10:00")


def _overlapping_by_half(s: Raw, p: Raw) -> None:
    row(s["engagements"], "net")["when"].update(
        day_kinds=["student", "pl"], starts=["10:00", "11:29"]
    )
    move(p, "net/1", "2027-08-19", "11:29")


BREAKS = (
    Break("fewer seats than educators", edit("licences", "Z", seats=3)),
    Break("fewer seats than one meeting takes", edit("licences", "Z", seats=1)),
    Break("no licence", edit_item("net/1", licence=None)),
    Break("no licence on a course", edit_item("safety/s1/1", licence=None)),
    Break("a licence in person", edit_item("survey/1", licence="Z")),
    Break("two sessions at once", _two_at_once),
    Break("two sessions share a minute", _overlapping_by_half),
    Break(
        "another licence",
        lambda _s, p: find(p, "net/1").update(licence="Y"),
        also=frozenset({"record"}),
    ),
)
