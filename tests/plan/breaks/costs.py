from collections.abc import Callable

from plsched.plan.models import CostLine, ExpertDay, Plan
from tests.plan.breaks.breaking import Break, lift_funds
from tests.plan.district import Raw

Lines = tuple[CostLine, ...]


def _lines(item_id: str, change: Callable[[Lines], Lines]) -> Callable[[Plan], Plan]:
    def after(plan: Plan) -> Plan:
        items = [
            item.model_copy(update={"cost_lines": change(item.cost_lines)})
            if item.id == item_id
            else item
            for item in plan.items
        ]
        return plan.model_copy(update={"items": tuple(items)})

    return after


def _first(**values: object) -> Callable[[Lines], Lines]:
    return lambda lines: (lines[0].model_copy(update=values), *lines[1:])


def _cent_more(lines: Lines) -> Lines:
    line = lines[0]
    cents = line.cash_cents + 1
    return _first(cash_cents=cents, economic_cents=cents)(lines)


def _salary_in_cash(plan: Plan) -> Plan:
    def cash(lines: Lines) -> Lines:
        return tuple(
            line.model_copy(update={"cash_cents": line.economic_cents, "fund": "fy27"})
            if line.kind == "salary"
            else line
            for line in lines
        )

    return _lines("survey/1", cash)(plan)


def _sub_for_a_day(plan: Plan) -> Plan:
    sub = plan.substitutes[0]
    (line,) = sub.cost_lines
    dear = line.model_copy(update={"cash_cents": 25_787, "economic_cents": 25_787})
    subs = (sub.model_copy(update={"cost_lines": (dear,)}), *plan.substitutes[1:])
    return plan.model_copy(update={"substitutes": subs})


def _rich(s: Raw, _p: Raw) -> None:
    lift_funds(s)


def _day_gone(plan: Plan) -> Plan:
    return plan.model_copy(update={"expert_days": plan.expert_days[1:]})


def _day_twice(plan: Plan) -> Plan:
    day = plan.expert_days[0]
    empty = ExpertDay(expert=day.expert, date=day.date, account=day.account)
    return plan.model_copy(update={"expert_days": (*plan.expert_days, empty)})


def _day_of_nothing(s: Raw, p: Raw) -> None:
    lift_funds(s)
    p["expert_days"].append({"expert": "X2", "date": "2027-08-20", "account": "care||safety"})


def _charged_day(plan: Plan) -> Plan:
    *days, extra = plan.expert_days
    lines = plan.expert_days[-2].cost_lines
    return plan.model_copy(
        update={"expert_days": (*days, extra.model_copy(update={"cost_lines": lines}))}
    )


BREAKS = (
    Break("a cent more", after=_lines("num/s2/2", _cent_more)),
    Break("a line missing", after=_lines("num/s1/1", lambda lines: lines[:-1])),
    Break("a line twice", after=_lines("num/s1/1", lambda lines: (*lines, lines[-1]))),
    Break("another element", after=_lines("plc", _first(element="teacher_time"))),
    Break("another account code", after=_lines("plc", _first(account_code="2213-320"))),
    Break("another term", after=_lines("plc", _first(term="spring"))),
    Break("another site", after=_lines("plc", _first(site="north"))),
    Break("another obligation date", after=_lines("lead/1", _first(obligation_date="2027-09-10"))),
    Break("contract time in cash", after=_salary_in_cash),
    Break("a full day for two periods", change=_rich, after=_sub_for_a_day),
    Break("an expert's day missing", after=_day_gone),
    Break("an expert's day twice", after=_day_twice),
    Break("an expert's day without a session", _day_of_nothing, after=_charged_day),
)
