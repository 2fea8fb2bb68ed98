"""Keys that are asked for at about the same time are looked up by one read, and never by an older one."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Collection, Mapping

import pytest

from plsched.api.together import ReadTogether


class Slow:
    """A read that lasts until it is let go."""

    def __init__(self) -> None:
        self.reads: list[set[str]] = []
        self.known = {"a": 1, "b": 2}
        self.gate = threading.Semaphore(0)

    def __call__(self, keys: Collection[str]) -> Mapping[str, int]:
        self.reads.append(set(keys))
        found = {key: self.known[key] for key in keys if key in self.known}
        assert self.gate.acquire(timeout=30)
        return found


async def begun(slow: Slow, reads: int) -> None:
    while len(slow.reads) < reads:
        await asyncio.sleep(0.001)


def test_who_asks_during_a_read_is_answered_by_the_next_one() -> None:
    async def ask() -> list[int | None]:
        slow = Slow()
        together = ReadTogether(slow)
        first = asyncio.create_task(together.find("a"))
        await begun(slow, 1)
        slow.known = {"a": 3, "b": 4}
        later = [asyncio.create_task(together.find(key)) for key in ("a", "b", "b", "nothing")]
        await asyncio.sleep(0.01)
        assert slow.reads == [{"a"}]
        slow.gate.release(2)
        found = await asyncio.gather(first, *later)
        assert slow.reads == [{"a"}, {"a", "b", "nothing"}]
        return found

    assert asyncio.run(ask()) == [1, 3, 4, 4, None]


def test_a_failed_read_fails_those_who_waited_for_it_alone() -> None:
    async def ask() -> None:
        slow = Slow()
        together = ReadTogether(slow)
        broken = slow.known
        slow.known = None  # type: ignore[assignment]  # a read that fails
        failed = [asyncio.create_task(together.find(key)) for key in ("a", "b")]
        await begun(slow, 1)
        slow.known = broken
        well = asyncio.create_task(together.find("a"))
        slow.gate.release(1)
        for each in failed:
            with pytest.raises(TypeError):
                await each
        assert await well == 1

    asyncio.run(ask())


def test_who_leaves_takes_the_answer_from_nobody() -> None:
    async def ask() -> None:
        slow = Slow()
        together = ReadTogether(slow)
        leaves, stays = (asyncio.create_task(together.find("a")) for _ in range(2))
        await begun(slow, 1)
        leaves.cancel()
        slow.gate.release(1)
        assert await stays == 1
        with pytest.raises(asyncio.CancelledError):
            await leaves

    asyncio.run(ask())
