from collections.abc import Callable

from plsched.plan.models import CostLine, Plan
from tests.plan.breaks.breaking import Break, drop, edit, leave_out
from tests.plan.district import Raw, row


def _title2(**values: object) -> Callable[[Raw, Raw], None]:
    def change(s: Raw, _p: Raw) -> None:
        row(s["funds"], "title2").update(values)

    return change


def _fund(line_of: str, kind: str, fund: str | None) -> Callable[[Plan], Plan]:
    """Have a line of an item paid by another fund."""

    def paid(line: CostLine) -> CostLine:
        return line.model_copy(update={"fund": fund}) if line.kind == kind else line

    def change(plan: Plan) -> Plan:
        items = [
            item.model_copy(update={"cost_lines": tuple(map(paid, item.cost_lines))})
            if item.id == line_of
            else item
            for item in plan.items
        ]
        return plan.model_copy(update={"items": tuple(items)})

    return change


def _no_coaching(_s: Raw, p: Raw) -> None:
    drop(p, "cc/duo/1")
    leave_out(p, "cc/duo/1", "cc", "duo")
    leave_out(p, "cc/duo", "cc", "duo", required=True)


def _window(**window: str) -> Callable[[Raw, Raw], None]:
    def change(s: Raw, _p: Raw) -> None:
        row(s["funds"], "fy26")["obligations"].update(window)

    return change


def _position(s: Raw, p: Raw) -> None:
    """Subs are charged to positions: the one teacher's fund is the general one."""
    s["substitutes"]["charge"] = "position"
    for educator in s["educators"]:
        educator["position_fund"] = "fy27"
    for sub in p["substitutes"]:
        sub["account"] = "position:fy27"


KEPT = [{"id": "care", "pathways": ["care"], "cents": 123_531}]

BREAKS = (
    Break("a cent over the amount", _title2(amount_cents=366_469, set_asides=[])),
    Break(
        "a cent over a cap",
        _title2(caps=[{"id": "c", "kinds": ["substitute"], "max_cents": 64_469}]),
    ),
    Break(
        "over a share",
        edit("funds", "fy27", caps=[{"id": "c", "kinds": ["facility"], "max_percent": 4}]),
    ),
    Break("a cent into a set-aside", _title2(set_asides=KEPT)),
    Break("a kind that it does not pay", _title2(kinds=["expert_fee", "substitute"])),
    Break("a pathway that it does not pay", _title2(pathways=["math"])),
    Break("a site that it does not pay", edit("funds", "fy26", sites=["south"])),
    Break("an item that it does not pay", edit("funds", "fy26", items=["write"])),
    Break("obligated after the window", _window(last="2027-06-28")),
    Break("signed in the year before", edit("experts", "X1", contract_signed="2027-06-20")),
    Break("a workshop without follow-up", edit("courses", "safety", follow_up=[])),
    Break("a workshop whose follow-up does not stand", _no_coaching),
    Break("subs charged to positions and paid otherwise", _position),
    Break("paid by nobody", after=_fund("num/s1/1", "materials", None)),
    Break("paid by a fund that is not there", after=_fund("num/s1/1", "materials", "fy28")),
    Break("a fund for a line without cash", after=_fund("num/s1/1", "salary", "fy27")),
)
