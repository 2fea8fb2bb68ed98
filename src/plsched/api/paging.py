"""Lists are given in pages."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query
from pydantic import BaseModel

from plsched.api.schemas import MAX_PAGE


class Window(BaseModel):
    """Which part of a list is wanted."""

    limit: int
    offset: int


def _window(
    limit: Annotated[int, Query(ge=1, le=MAX_PAGE, description="How many.")] = 50,
    offset: Annotated[int, Query(ge=0, le=10**9, description="How many to skip.")] = 0,
) -> Window:
    return Window(limit=limit, offset=offset)


Paging = Annotated[Window, Depends(_window)]
