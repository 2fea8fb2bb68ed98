"""Why something is left out: the fewest rule families that keep it from the plan as it stands."""

from __future__ import annotations

from collections.abc import Sequence

from plsched.families import TITLES, Family
from plsched.plan.models import LeftOut
from plsched.solver.model import Model


def explain_left_out(
    model: Model, values: Sequence[int], left_out: Sequence[LeftOut]
) -> tuple[LeftOut, ...]:
    """Give each thing left out its reason."""
    del values
    things = {t.id: t for t in model.things}
    found = []
    for entry in left_out:
        families: tuple[Family, ...] = things[entry.id].refusals
        reason = entry.reason
        if families:
            reason = "No time or place was possible: " + "; ".join(TITLES[f] for f in families)
        found.append(entry.model_copy(update={"families": families, "reason": reason}))
    return tuple(found)
