"""A real service under requests that nobody sends in good faith: refused, cheaply, and it goes on."""

from __future__ import annotations

import os
import re
import select
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import psutil
import pytest

from tests import postgres
from tests.api.hostile import Hostile, get, hostile_requests
from tests.pace import quiet_seconds_of

REQUESTS = hostile_requests()
MAX_CPU_S = 1.0
MAX_MIB = 256
STILL_THERE = Hostile("still there", (get(b"/health"),))
ANSWER_WITHIN_S = 60
MAX_BODY_S = 2
pytestmark = pytest.mark.alone


@dataclass(frozen=True)
class Server:
    """A service of its own process."""

    process: psutil.Process
    port: int

    def cpu_s(self) -> float:
        spent = self.process.cpu_times()
        return float(spent.user + spent.system)

    def forget_peak(self) -> None:
        Path(f"/proc/{self.process.pid}/clear_refs").write_text("5")

    def memory_mib(self, which: str) -> float:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        found = re.search(rf"^{which}:\s+(\d+) kB", status, re.MULTILINE)
        assert found is not None
        return int(found[1]) / 1024

    def answer(self, request: Hostile) -> int:
        """Send a request, and give the status of its answer."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=ANSWER_WITHIN_S) as sent:
            received = b""
            for part in request.parts:
                received += _send(sent, part)
                if received:
                    break
                time.sleep(request.pause_s)
            while not re.match(rb"HTTP/1\.1 \d{3} ", received):
                try:
                    more = sent.recv(65536)
                except ConnectionResetError:
                    break
                if not more:
                    break
                received += more
        line = re.match(rb"HTTP/1\.1 (\d{3}) ", received)
        assert line is not None, (request.name, received[:200])
        return int(line[1])


def _send(sent: socket.socket, part: bytes) -> bytes:
    """Send bytes until they are all sent, or an answer comes; it may come before."""
    view = memoryview(part)
    until = time.monotonic() + ANSWER_WITHIN_S
    while view:
        assert time.monotonic() < until
        readable, writable, _ = select.select([sent], [sent], [], 1)
        if readable:
            return sent.recv(65536)
        if writable:
            try:
                view = view[sent.send(view[:1_000_000]) :]
            except (ConnectionResetError, BrokenPipeError):
                return b""
    return b""


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("hostile")
    url = f"sqlite:///{folder}/a.db"
    with ExitStack() as stack:
        if request.param == "postgresql":
            url = stack.enter_context(postgres.new_database())
        yield stack.enter_context(served(folder, url))


@contextmanager
def served(folder: Path, url: str) -> Iterator[Server]:
    """Serve a database by a process of its own."""
    said = folder / "said"
    with said.open("w") as output:
        command = [sys.executable, "-m", "plsched", "serve", "--port", "0", "--database", url]
        env = os.environ | {"PLSCHED_MAX_BODY_S": str(MAX_BODY_S)}
        process = psutil.Popen(command, stdout=output, stderr=output, env=env)
        try:
            until = time.monotonic() + 120
            while (found := re.search(r"http://127\.0\.0\.1:(\d+)", said.read_text())) is None:
                assert process.poll() is None, said.read_text()
                assert time.monotonic() < until
                time.sleep(0.1)
            yield Server(process, int(found[1]))
        finally:
            process.terminate()
            process.wait(30)
    assert "Traceback" not in said.read_text(), said.read_text()[-5000:]


def test_there_are_two_hundred() -> None:
    assert len(REQUESTS) >= 200
    assert len({request.name for request in REQUESTS}) == len(REQUESTS)


def test_each_is_refused_and_costs_little(server: Server) -> None:
    assert server.answer(Hostile("warm up", (get(b"/v1/plans"),))) == 200
    wrong: list[tuple[str, str]] = []
    for request in REQUESTS:
        server.forget_peak()
        before_s, before_mib = server.cpu_s(), server.memory_mib("VmRSS")
        status = server.answer(request)
        # Work that goes on after the answer counts, too.
        assert server.answer(STILL_THERE) == 200
        cpu_s, mib = server.cpu_s() - before_s, server.memory_mib("VmHWM") - before_mib
        if cpu_s > MAX_CPU_S:
            cpu_s = quiet_seconds_of(partial(spent_on, server, request))
        if status not in request.expected or cpu_s > MAX_CPU_S or mib > MAX_MIB:
            wrong.append((request.name, f"{status}, {cpu_s:.2f} s, {mib:.0f} MiB"))
    assert not wrong, "\n".join(map(str, wrong))


def spent_on(server: Server, request: Hostile) -> float:
    before_s = server.cpu_s()
    server.answer(request)
    assert server.answer(STILL_THERE) == 200
    return server.cpu_s() - before_s


def test_headers_that_never_end_keep_nobody_else_waiting(server: Server) -> None:
    """Whoever sends a head slowly gets no answer; a proxy before the service hangs up on them."""
    address = ("127.0.0.1", server.port)
    with ExitStack() as stack:
        for _ in range(200):
            slow = stack.enter_context(socket.create_connection(address, timeout=10))
            slow.sendall(b"GET /v1/plans HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ")
        assert server.answer(Hostile("another", (get(b"/v1/plans"),))) == 200
