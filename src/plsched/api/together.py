"""Questions that come at about the same time, answered by one read."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping
from typing import Generic, TypeVar

from fastapi.concurrency import run_in_threadpool

Found = TypeVar("Found")


class ReadTogether(Generic[Found]):
    """Looks up keys that are asked for one by one, many in one read.

    One read goes on at a time. Whoever asks meanwhile is answered by the next one: what is told was
    read after it was asked for.

    Parameters
    ----------
    read
        Gives what is known of some keys; it may take its time.
    """

    def __init__(self, read: Callable[[Collection[str]], Mapping[str, Found]]) -> None:
        self._read = read
        self._keys: set[str] = set()
        self._last: asyncio.Task[Mapping[str, Found]] | None = None

    async def find(self, key: str) -> Found | None:
        """Give what is known of a key, or ``None``; raises what the read raises."""
        if not self._keys or self._last is None:
            self._last = asyncio.create_task(self._read_after(self._last))
        self._keys.add(key)
        # Others wait for the same read, whoever leaves.
        return (await asyncio.shield(self._last)).get(key)

    async def _read_after(
        self, before: asyncio.Task[Mapping[str, Found]] | None
    ) -> Mapping[str, Found]:
        if before is not None:
            await asyncio.wait([before])
        keys, self._keys = self._keys, set()
        return await run_in_threadpool(self._read, keys)
