"""Lists are given in pages, each of which says where the next one begins.

A page goes on after the last thing of the page before, not after a number of things: what is added
while somebody reads on makes nothing come twice, and nothing is missed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Generic, Protocol, TypeVar

from fastapi import Depends, Query, Request, Response

from plsched.api.problems import Answers
from plsched.api.schemas import MAX_PAGE, Page

PAGES: Answers = {
    200: {
        "description": "The page.",
        "headers": {
            "Link": {
                "description": 'The next page, as `<...>; rel="next"` (RFC 8288); not on the last.',
                "schema": {"type": "string"},
            }
        },
    }
}


class Listed(Protocol):
    """Something in a list."""

    @property
    def mark(self) -> str:
        """By which the next page goes on after it."""
        ...


T = TypeVar("T", bound=Listed)
Mark = TypeVar("Mark", str, int)


@dataclass(frozen=True)
class Window(Generic[Mark]):
    """Which part of a list is wanted."""

    size: int
    after: Mark | None
    request: Request
    response: Response

    @property
    def limit(self) -> int:
        """How many to look for: one more than is given tells whether there is a next page."""
        return self.size + 1

    def page(self, found: Sequence[T], total: int) -> Page[T]:
        """Give what was found as a page; tells of the next one."""
        items = tuple(found[: self.size])
        if len(found) <= self.size:
            return Page(items=items, total=total, next=None)
        mark = items[-1].mark
        following = self.request.url.include_query_params(limit=self.size, after=mark)
        target = f"{following.path}?{following.query}"
        self.response.headers["Link"] = f'<{target}>; rel="next"'
        return Page(items=items, total=total, next=mark)


Limit = Annotated[int, Query(ge=1, le=MAX_PAGE, description="How many.")]
AFTER = "Where the page begins: `next` of the page before."


def _window(
    request: Request,
    response: Response,
    limit: Limit = 50,
    after: Annotated[str | None, Query(min_length=1, max_length=254, description=AFTER)] = None,
) -> Window[str]:
    return Window(limit, after, request, response)


def _numbered(
    request: Request,
    response: Response,
    limit: Limit = 50,
    after: Annotated[int | None, Query(ge=1, le=2**53, description=AFTER)] = None,
) -> Window[int]:
    return Window(limit, after, request, response)


Paging = Annotated[Window[str], Depends(_window)]
NumberedPaging = Annotated[Window[int], Depends(_numbered)]
"""For what is numbered in the order in which it came."""
