"""A service of real processes that may be killed: the API, workers where there are any, solvers."""

from __future__ import annotations

import random
import signal
import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Literal

import httpx2
import psutil

from tests.cli.conftest import COMMAND, environment

Kind = Literal["service", "worker", "solver"]
READY_S = 300.0
SLOTS = 2
"""Solves at a time: two in the service with SQLite, one in each of two workers."""


@dataclass
class Site:
    """Processes of one service, begun anew by `kill` as a supervisor would.

    Parameters
    ----------
    folder
        Where they write their logs.
    services
        Processes of the API, each on a port of its own.
    """

    folder: Path
    url: str
    services: int = 1
    _ports: list[int] = field(default_factory=list)
    _services: list[psutil.Process] = field(default_factory=list)
    _workers: list[psutil.Process] = field(default_factory=list)
    _log_from: dict[str, int] = field(default_factory=dict)

    @property
    def has_workers(self) -> bool:
        return self.url.startswith("postgresql")

    def __enter__(self) -> Site:
        self._ports = [free_port() for _ in range(self.services)]
        self._services = [self._service(n) for n in range(self.services)]
        if self.has_workers:
            self._workers = [self._worker(n) for n in range(SLOTS)]
        for number in range(self.services):
            self.wait_until_ready(number)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        ours = [*self._services, *self._workers]
        ours += [child for process in ours for child in children(process)]
        for process in ours:
            if process.is_running():
                process.kill()
        psutil.wait_procs(ours, timeout=10)

    def client(self, number: int = 0) -> httpx2.Client:
        return httpx2.Client(base_url=f"http://127.0.0.1:{self._ports[number]}", timeout=30)

    def wait_until_ready(self, number: int = 0) -> None:
        until = time.monotonic() + READY_S
        with self.client(number) as client:
            while time.monotonic() < until:
                try:
                    if client.get("/health").status_code == 200:
                        return
                except httpx2.TransportError:
                    time.sleep(0.1)
        raise AssertionError(self.logs())

    def is_up(self) -> bool:
        """Whether somebody is there who may solve: what is begun anew is not there at once."""
        if self.has_workers:
            return any(self._begun(f"worker-{number}") for number in range(SLOTS))
        try:
            with self.client() as client:
                return client.get("/health").status_code == 200
        except httpx2.TransportError:
            return False

    def _begun(self, name: str) -> bool:
        with (self.folder / f"{name}.log").open("rb") as log:
            log.seek(self._log_from[name])
            return b"the worker begins" in log.read(4096)

    def logs(self) -> str:
        return "\n".join(p.read_text(encoding="utf-8") for p in sorted(self.folder.glob("*.log")))

    def processes(self, kind: Kind) -> list[psutil.Process]:
        match kind:
            case "service":
                return list(self._services)
            case "worker":
                return list(self._workers)
            case "solver":
                return [
                    child
                    for process in (self._services, self._workers)[self.has_workers]
                    for child in children(process)
                    if is_solver(child)
                ]

    def kill(self, kind: Kind, chance: random.Random) -> bool:
        """Kill a process of a kind, as -9 does, and begin it anew; tell whether there was one."""
        found = self.processes(kind)
        if not found:
            return False
        process = chance.choice(found)
        try:
            process.send_signal(signal.SIGKILL)
        except psutil.NoSuchProcess:
            return False
        if kind == "solver":
            return True
        process.wait(10)
        if kind == "service":
            number = self._services.index(process)
            self._services[number] = self._service(number)
        else:
            number = self._workers.index(process)
            self._workers[number] = self._worker(number)
        return True

    def _service(self, number: int) -> psutil.Process:
        return self._begin(f"service-{number}", "serve", "--port", str(self._ports[number]))

    def _worker(self, number: int) -> psutil.Process:
        return self._begin(f"worker-{number}", "worker", "--concurrency", "1")

    def _begin(self, name: str, *arguments: str) -> psutil.Process:
        settings = {"PLSCHED_CONCURRENT_SOLVES": str(SLOTS)}
        with (self.folder / f"{name}.log").open("a", encoding="utf-8") as log:
            self._log_from[name] = log.tell()
            return psutil.Popen(
                [*COMMAND, *arguments, "--database", self.url],
                cwd=self.folder,
                env=environment() | settings,
                stdout=subprocess.DEVNULL,
                stderr=log,
            )


def children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return list(process.children(recursive=True))
    except psutil.NoSuchProcess:
        return []


def is_solver(process: psutil.Process) -> bool:
    try:
        return any("spawn_main" in word for word in process.cmdline())
    except psutil.NoSuchProcess:
        return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
