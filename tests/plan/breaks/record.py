from collections.abc import Callable
from datetime import UTC, timedelta

from plsched.plan.models import Plan, PlanItem
from tests.plan.breaks.breaking import Break, edit_item
from tests.plan.district import Raw
from tests.plan.handmade import find, hired


def _item(item_id: str, change: Callable[[PlanItem], dict[str, object]]) -> Callable[[Plan], Plan]:
    def after(plan: Plan) -> Plan:
        items = [
            item.model_copy(update=change(item)) if item.id == item_id else item
            for item in plan.items
        ]
        return plan.model_copy(update={"items": tuple(items)})

    return after


def _in_utc(item: PlanItem) -> dict[str, object]:
    """The right moments, written as another zone writes them."""
    occurrences = [
        o.model_copy(update={"start": o.start.astimezone(UTC), "end": o.end.astimezone(UTC)})
        for o in item.occurrences
    ]
    first = occurrences[0]
    return {"occurrences": tuple(occurrences), "start": first.start, "end": first.end}


def _unsorted(item: PlanItem) -> dict[str, object]:
    first, second, *rest = item.occurrences
    return {"occurrences": (second, first, *rest), "start": second.start, "end": second.end}


def _unknown_pool(_s: Raw, p: Raw) -> None:
    hired(p, "sub-5")["pool"] = "ghosts"


def _head(**values: str) -> Callable[[Plan], Plan]:
    return lambda plan: plan.model_copy(update=values)


def _seconds(item: PlanItem) -> dict[str, object]:
    first = item.occurrences[0]
    start = first.start + timedelta(seconds=30)
    return {"occurrences": (first.model_copy(update={"start": start}),), "start": start}


BREAKS = (
    Break("made for another scenario", after=_head(scenario_hash="0" * 64)),
    Break("in another zone", after=_head(timezone="America/Denver")),
    Break("a start that is not the first's", after=_item("plc", lambda i: {"start": i.end})),
    Break("written in UTC", after=_item("plc", _in_utc)),
    Break("dates not in order", after=_item("plc", _unsorted)),
    Break("half minutes", after=_item("net/1", _seconds)),
    Break("subs who do not cover for it", edit_item("plc", subs=["sub-1"])),
    Break("an unknown pool", _unknown_pool, also=frozenset({"cover"})),
    Break(
        "an unknown educator",
        lambda _s, p: find(p, "plc")["educators"].append("zz"),
        also=frozenset({"presence"}),
    ),
    Break(
        "an unknown unit",
        lambda _s, p: find(p, "own/s1/1").update(groups=["coaches", "zz"]),
        also=frozenset({"presence"}),
    ),
)
