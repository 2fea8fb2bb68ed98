"""Calendar programs that poll one feed, in a process of their own: prints what they met, as JSON.

    python -m benchmarks.polling ADDRESS --seconds S [--connections N] [--rate R] [--etag TAG]

Without a rate each connection asks again as soon as it has its answer. With one, requests begin
when they are due, and times count from then: a stall of the service is not hidden by fewer
requests. With an etag the reader has the feed already and expects 304. The client is plain sockets,
so that it takes little of the machine that it measures.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import time
from collections.abc import Sequence
from urllib.parse import urlsplit


class Poller:
    """A connection that asks for one thing again and again."""

    def __init__(self, address: str, etag: str | None) -> None:
        parts = urlsplit(address)
        self._host, self._port = parts.hostname or "", parts.port or 80
        known = f"If-None-Match: {etag}\r\n" if etag else ""
        self._request = (
            f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\n"
            f"Accept-Encoding: gzip\r\nUser-Agent: poller\r\n{known}\r\n"
        ).encode()
        self._expected = b" 304 " if etag else b" 200 "

    async def connect(self) -> None:
        """Open the connection."""
        self._reader, self._writer = await asyncio.open_connection(self._host, self._port)

    async def ask(self) -> int:
        """Ask once; gives the size of the content."""
        self._writer.write(self._request)
        head = await self._reader.readuntil(b"\r\n\r\n")
        assert self._expected in head.split(b"\r\n", 1)[0] + b" ", head
        size = 0
        for line in head.lower().split(b"\r\n"):
            if line.startswith(b"content-length:"):
                size = int(line.partition(b":")[2])
        if size:
            await self._reader.readexactly(size)
        return size


async def hurry(pollers: Sequence[Poller], seconds: float) -> dict[str, object]:
    """Ask as fast as answers come."""
    until = time.perf_counter() + seconds

    async def keep_asking(poller: Poller) -> list[float]:
        times = []
        while (begun := time.perf_counter()) < until:
            await poller.ask()
            times.append(time.perf_counter() - begun)
        return times

    begun = time.perf_counter()
    met = await asyncio.gather(*map(keep_asking, pollers))
    return _told([t for times in met for t in times], time.perf_counter() - begun)


async def keep_pace(pollers: Sequence[Poller], seconds: float, rate: float) -> dict[str, object]:
    """Ask so many times a second, by whichever connection is free."""
    free: asyncio.Queue[Poller] = asyncio.Queue()
    for poller in pollers:
        free.put_nowait(poller)
    times: list[float] = []

    async def ask(due: float) -> None:
        poller = await free.get()
        await poller.ask()
        times.append(time.perf_counter() - due)
        free.put_nowait(poller)

    begun = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for number in range(int(seconds * rate)):
            due = begun + number / rate
            await asyncio.sleep(max(0, due - time.perf_counter()))
            group.create_task(ask(due))
    return _told(times, time.perf_counter() - begun)


def _told(times: list[float], seconds: float) -> dict[str, object]:
    ordered = sorted(times)
    return {
        "requests": len(ordered),
        "per_second": len(ordered) / seconds,
        "p50_ms": 1000 * ordered[len(ordered) // 2],
        "p99_ms": 1000 * ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))],
        "worst_ms": 1000 * ordered[-1],
    }


async def _main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.polling", description=__doc__)
    parser.add_argument("address")
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--rate", type=float)
    parser.add_argument("--etag")
    given = parser.parse_args()
    pollers = [Poller(given.address, given.etag) for _ in range(given.connections)]
    for poller in pollers:
        await poller.connect()
    if given.rate is None:
        met = await hurry(pollers, given.seconds)
    else:
        met = await keep_pace(pollers, given.seconds, given.rate)
    print(json.dumps(met))


if __name__ == "__main__":
    asyncio.run(_main())
