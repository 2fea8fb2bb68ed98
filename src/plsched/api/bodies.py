"""Bodies in JSON: read strictly, and no larger once unpacked than makes sense.

What JSON allows and nobody means is refused: a key that stands twice (which of them counts?),
numbers that are none, NUL and halves of characters (no database keeps them).
"""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

from fastapi import Request

from plsched.api.problems import Refused

MAX_VALUES = 1_000_000
"""A few bytes of text can become a hundred bytes of memory: `[[],[],[],…`."""
MAX_FORM_VALUES = 1_000
_NUL = rb"\u0000"
_HALF = re.compile(rb"\\u[dD][89a-fA-F]")


class StrictRequest(Request):
    """A request whose body is read strictly."""

    max_values = MAX_VALUES

    async def json(self) -> Any:
        """Read the body."""
        body = await self.body()
        values = sum(body.count(sign) for sign in (b",", b"[", b"{"))
        if values > self.max_values:
            raise Refused(413, f"the body has about {values} values, more than {self.max_values}")
        if _NUL in body:
            raise Refused(400, "the body has a NUL in a text; take it out")
        try:
            text = body.decode("utf-8")
        except UnicodeDecodeError as error:
            raise Refused(400, f"byte {error.start} of the body is not UTF-8") from error
        found = json.loads(text, object_pairs_hook=_each_once, parse_constant=_no_number)
        if _HALF.search(body):
            _check_characters(found)
        return found


class SmallRequest(StrictRequest):
    """A request whose body is a form with a few fields."""

    max_values = MAX_FORM_VALUES


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise Refused(400, f"the key {name[:100]!r} stands twice in an object of the body")
        found[name] = value
    return found


def _no_number(name: str) -> NoReturn:
    raise Refused(400, f"{name} is no number in JSON")


def _check_characters(found: Any) -> None:
    try:
        json.dumps(found, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise Refused(400, "the body has half of a surrogate pair in a text") from error
