"""Which cost lines a fund, a cap, a set-aside or an account code is about."""

from __future__ import annotations

from plsched.plan.models import CostLine
from plsched.scenario.models.money import Selector


def selects(selector: Selector, line: CostLine, source: str | None) -> bool:
    """Tell whether a line has what each list of a selector asks for.

    Parameters
    ----------
    selector
        Lists that are given must hold the line's value; ``None`` asks for nothing.
    line
        A line of a plan.
    source
        Id of the scenario's item that the line is of, if it is of one.
    """
    return (
        (selector.kinds is None or line.kind in selector.kinds)
        and (selector.phases is None or line.phase in selector.phases)
        and (selector.pathways is None or line.pathway in selector.pathways)
        and (selector.departments is None or line.department in selector.departments)
        and (selector.sites is None or line.site in selector.sites)
        and (selector.items is None or source in selector.items)
    )
