"""Polls of feeds over the network, each on a connection of its own as calendar apps do."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle
from urllib.parse import urlsplit

TIMEOUT_S = 60.0


@dataclass(frozen=True, slots=True)
class Address:
    """A feed, and the version of it that the app has; without one it asks for the whole."""

    url: str
    etag: str | None = None


@dataclass(slots=True)
class Polled:
    """What came of polls: seconds from the moment that was meant to the end of the answer."""

    waits_s: list[float] = field(default_factory=list)
    meant_s: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)


async def poll(address: Address) -> tuple[int, str | None]:
    """Ask once; gives the status and the version."""
    parts = urlsplit(address.url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    try:
        known = "" if address.etag is None else f"If-None-Match: {address.etag}\r\n"
        writer.write(
            f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nUser-Agent: rehearsal\r\n"
            f"Accept-Encoding: gzip\r\n{known}Connection: close\r\n\r\n".encode()
        )
        answer = await reader.read(-1)
    finally:
        writer.close()
    head = answer.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    named = (line.partition(":") for line in head[1:])
    etags = [value.strip() for name, _, value in named if name.lower() == "etag"]
    return int(head[0].split()[1]), etags[0] if etags else None


async def saturate(addresses: Sequence[Address], seconds: float, clients: int) -> Polled:
    """Ask again and again, by so many clients at once."""
    polled, turn = Polled(), cycle(addresses)
    until = time.monotonic() + seconds

    async def client() -> None:
        while (begun := time.monotonic()) < until:
            status, _ = await poll(next(turn))
            _count(polled, status, begun)

    await asyncio.gather(*(client() for _ in range(clients)))
    return polled


async def replay(addresses: Sequence[Address], rates: Sequence[float]) -> Polled:
    """Ask so many times in each second, evenly over it, whether or not answers have come."""
    polled, turn = Polled(), cycle(addresses)
    begun = time.monotonic()
    tasks: list[asyncio.Task[None]] = []

    async def one(meant: float) -> None:
        async with asyncio.timeout(TIMEOUT_S):
            status, _ = await poll(next(turn))
        _count(polled, status, meant)
        polled.meant_s.append(meant - begun)

    for second, rate in enumerate(rates):
        count = round(rate)
        for n in range(count):
            meant = begun + second + n / count
            await asyncio.sleep(max(0.0, meant - time.monotonic()))
            tasks.append(asyncio.create_task(one(meant)))
    await asyncio.gather(*tasks)
    return polled


def _count(polled: Polled, status: int, begun: float) -> None:
    polled.waits_s.append(time.monotonic() - begun)
    polled.statuses[status] = polled.statuses.get(status, 0) + 1
