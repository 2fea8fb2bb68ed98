"""Texts that try to break out of where they stand, planted into every text of a plan and its scenario.

The check of a scenario would refuse some of them; a plan file from elsewhere is not checked for
them, so what is written for people has to stand them all.
"""

from __future__ import annotations

import re
import typing
from collections.abc import Callable
from typing import Any, TypeVar

from hypothesis import strategies as st
from pydantic import BaseModel, StringConstraints

from plsched.plan.models import Plan
from plsched.scenario.models import Scenario
from plsched.scenario.models.base import Name, Text

PIECES = (
    "\r",
    "\n",
    "\r\n",
    "\x00",
    "\x1b[31m",
    "\x0b",
    "\x0c",
    "\x7f",
    "\x85",
    "\u2028",
    "\u2029",
    "\u202e",
    "\u2066",
    "\u2069",
    "\u200f",
    "\ufeff",
    "\ufffe",
    "\uffff",
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1+1",
    '=HYPERLINK("http://x.example")',
    "＝1+1",
    "|' /C calc'!A0",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<!--",
    "]]>",
    "</title></style>",
    "javascript:alert(1)",
    "&amp;&#60;",
    "{{7*7}}{% raw %}",
    "$x_{$",
    "END:VEVENT",
    "\nBEGIN:VEVENT\nUID:x",
    "\r\nATTENDEE:mailto:x",
    "\nURL:javascript:alert(1)",
    "\\",
    "\\n",
    ";",
    ",",
    ":",
    "'",
    '"',
    "_x000D_",
    "_x0041_",
    " ",
    "é",
    "e\u0301",
    "日本語",
    "😀",
)
WORST = "".join(PIECES)
"""All of them in one."""

texts = st.one_of(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
).map(lambda text: f"{text}x")
"""Hostile texts; each holds a letter, so that none of them is empty once it is cleaned."""

ids = texts.map(lambda text: re.sub(r"^\s+|[\x00-\x1f#/|;,\x7f]", "", text)[:90] + "i").filter(
    lambda key: not key[0].isspace()
)
"""As much of them as an id may hold."""

M = TypeVar("M", bound=BaseModel)
Change = Callable[[str], str]


def _patterns(form: Any) -> set[str | None]:
    found = {
        m.pattern for m in getattr(form, "__metadata__", ()) if isinstance(m, StringConstraints)
    }
    for inner in typing.get_args(form):
        found |= _patterns(inner)
    return {str(pattern) for pattern in found if pattern is not None}


_FREE = _patterns(Name) | _patterns(Text)
_PLAN_TEXTS = {"title", "reason", "notes", "text"}


def _is_free(model: type[BaseModel], name: str) -> bool:
    """Tell whether a field holds text that people write, by its form."""
    field = model.model_fields[name]
    patterns = _patterns(field.annotation)
    patterns |= {
        str(m.pattern) for m in field.metadata if isinstance(m, StringConstraints) and m.pattern
    }
    return bool(patterns & _FREE) or name in _PLAN_TEXTS


def planted(model: M, change: Change) -> M:
    """Change every text that people write in a scenario or a plan."""
    update = {
        name: _changed(value, change, free=_is_free(type(model), name)) for name, value in model
    }
    return model.model_copy(update=update)


def _changed(value: Any, change: Change, *, free: bool) -> Any:
    if isinstance(value, BaseModel):
        return planted(value, change)
    if isinstance(value, tuple):
        return tuple(_changed(one, change, free=free) for one in value)
    return change(value) if free and isinstance(value, str) else value


def renamed(scenario: Scenario, plan: Plan, names: dict[str, str]) -> tuple[Scenario, Plan]:
    """Give things other ids, in the scenario and wherever the plan speaks of them."""

    def anew(value: Any) -> Any:
        if isinstance(value, str):
            return "/".join(names.get(part, part) for part in value.split("/"))
        if isinstance(value, dict):
            return {anew(key): anew(one) for key, one in value.items()}
        return [anew(one) for one in value] if isinstance(value, list | tuple) else value

    district = Scenario.model_validate(anew(scenario.model_dump(mode="json", exclude_unset=True)))
    return district, Plan.model_validate(anew(plan.model_dump(mode="json")))


def free_texts(model: BaseModel) -> list[str]:
    """Give every text that people write."""
    found: list[str] = []

    def keep(text: str) -> str:
        found.append(text)
        return text

    planted(model, keep)
    return found


__all__ = ["PIECES", "WORST", "free_texts", "ids", "planted", "renamed", "texts"]
