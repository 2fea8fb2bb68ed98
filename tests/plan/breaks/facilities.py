from tests.plan.breaks.breaking import Break, drop_expert_day, edit, edit_item
from tests.plan.district import Raw, row
from tests.plan.handmade import find, move


def _nowhere(_s: Raw, p: Raw) -> None:
    find(p, "num/s1/1").update(facility=None, site=None)
    drop_expert_day(p, "2027-08-17")


def _unknown_facility(_s: Raw, p: Raw) -> None:
    find(p, "num/s1/1")["facility"] = "R9"
    drop_expert_day(p, "2027-08-17")


def _no_time_to_clear_up(s: Raw, p: Raw) -> None:
    row(s["courses"], "num")["when"]["starts"].append("10:40")
    move(p, "num/s1/1", "2027-08-18", "10:40")
    drop_expert_day(p, "2027-08-17")


def _closed_early(s: Raw, _p: Raw) -> None:
    row(s["facilities"], "R2")["availability"][0]["end"] = "12:59"


BREAKS = (
    Break("room over capacity", edit("facilities", "R1", capacity=2)),
    Break("no projector", edit("facilities", "R1", features=[])),
    Break("not one of the facilities named", edit("courses", "own", facilities=["R1"])),
    Break("not at one of the sites", edit("courses", "num", sites=["south"])),
    Break("no facility", _nowhere),
    Break("a facility for a virtual session", edit_item("net/1", facility="R3")),
    Break("setting up before the others have cleared up", _no_time_to_clear_up),
    Break("closed before the session ends", _closed_early),
    Break("a site that is not the facility's", edit_item("num/s1/1", site="south")),
    Break("a site where it may not be held", edit_item("lead/1", site="south")),
    Break("observers do not fit", edit("facilities", "R3", capacity=2)),
    Break("debriefing at another site", edit_item("walk/r1", facility="R2")),
    Break("debriefing lacks a feature", edit("observations", "walk", features=["projector"])),
    Break(
        "a facility that is not there",
        _unknown_facility,
        also=frozenset({"record"}),
    ),
)
