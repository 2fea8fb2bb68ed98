from tests.plan.breaks.breaking import Break, drop_expert_day, edit, edit_item, lift_funds
from tests.plan.district import Raw, row
from tests.plan.handmade import find


def _without_skill(_s: Raw, p: Raw) -> None:
    find(p, "safety/s1/1")["experts"] = ["X3"]
    drop_expert_day(p, "2027-08-19")


def _nobody(_s: Raw, p: Raw) -> None:
    find(p, "safety/s1/1")["experts"] = []
    drop_expert_day(p, "2027-08-19")


def _one_expert_two_needs(s: Raw, p: Raw) -> None:
    """Two experts, and both needs could be met by the one only."""
    row(s["courses"], "own")["experts"] = [{"skill": "cognitive"}, {"skill": "numeracy"}]
    row(s["experts"], "X3")["skills"] = ["teams"]
    for k in (1, 2):
        find(p, f"own/s1/{k}")["experts"] = ["K1", "X3"]
    lift_funds(s)


def _different_experts(_s: Raw, p: Raw) -> None:
    find(p, "num/s1/2")["experts"] = ["K1"]
    drop_expert_day(p, "2027-09-14")


def _own_class(s: Raw, p: Raw) -> None:
    row(s["educators"], "k1")["teaches"] = ["P1", "P6"]
    for day, session in (("2027-08-17", "num/s1/1"), ("2027-09-14", "num/s1/2")):
        find(p, session)["experts"] = ["K1"]
        drop_expert_day(p, day)


def _learns_too(s: Raw, p: Raw) -> None:
    row(s["groups"], "coaches")["members"].append("k1")
    for k in (1, 2):
        find(p, f"own/s1/{k}")["educators"] = ["c1", "k1"]


def _unavailable(s: Raw, _p: Raw) -> None:
    row(s["experts"], "X1")["unavailable"].append({"first": "2027-09-14", "last": "2027-09-14"})


def _unavailable_partner(s: Raw, _p: Raw) -> None:
    row(s["experts"], "X3")["unavailable"] = [{"first": "2027-09-15", "last": "2027-09-15"}]


def _late(s: Raw, _p: Raw) -> None:
    row(s["experts"], "X1")["availability"][0]["end"] = "15:09"


def _outside_contract(s: Raw, _p: Raw) -> None:
    lift_funds(s)
    row(s["educators"], "k1")["contract"] = "school_year"
    row(s["tasks"], "write")["stipend"] = True


BREAKS = (
    Break("lacks the skill", _without_skill),
    Break("nobody", _nobody),
    Break("each expert counts for one need", _one_expert_two_needs),
    Break("a partner is no expert besides", edit_item("plc", experts=["X3"])),
    Break("an expert for a coaching cycle", edit_item("cc/duo/1", experts=["K1"])),
    Break("different experts in the sessions of a section", _different_experts),
    Break("a minute over the hours", edit("experts", "X1", hours_cap_min=479)),
    Break("a cent over the contract", edit("experts", "X1", contract_max_cents=211_999)),
    Break("a minute after their hours", _late),
    Break("on a date when unavailable", _unavailable),
    Break("a partner on a date when unavailable", _unavailable_partner),
    Break("while teaching", _own_class),
    Break("takes part as a participant too", _learns_too),
    Break("outside contract hours without stipend", _outside_contract),
)
