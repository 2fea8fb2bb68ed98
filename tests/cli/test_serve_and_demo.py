"""`plsched serve` and `plsched demo`: real processes on loopback."""

import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import httpx2

from plsched.scenario.check import load
from tests.api.told import solve, wait_for
from tests.cli.conftest import COMMAND, Run, environment

ROOT = Path(__file__).parents[2]


class Served(NamedTuple):
    pid: int
    said: str

    @property
    def base(self) -> str:
        return str(re.findall(r"http://127\.0\.0\.1:\d+", self.said)[0])


@contextmanager
def serving(
    folder: Path, *arguments: str, ready: str = "plsched serves", **settings: object
) -> Iterator[Served]:
    """Start a command that serves, and give what it said once it is ready."""
    with (
        (folder / "errors.txt").open("w", encoding="utf-8") as errors,
        subprocess.Popen(
            [*COMMAND, *arguments],
            cwd=folder,
            env=environment(**settings),
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        ) as process,
    ):
        assert process.stdout is not None
        said = ""
        for line in process.stdout:
            said += line
            if ready in line:
                break
        try:
            assert ready in said, (folder / "errors.txt").read_text(encoding="utf-8")
            yield Served(process.pid, said)
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=60)


def solvers(service: int) -> list[int]:
    """Give the processes in which a service solves."""
    found = []
    for folder in Path("/proc").iterdir():
        try:
            parent = (folder / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1]
            command = (folder / "cmdline").read_text(encoding="utf-8")
        except OSError:
            continue  # no process, or one that has just ended
        if parent == str(service) and "spawn_main" in command:
            found.append(int(folder.name))
    return found


def test_a_service_solves_what_it_is_sent(tmp_path: Path) -> None:
    with (
        serving(tmp_path, "serve", "--port", "0") as served,
        httpx2.Client(base_url=served.base, timeout=60) as client,
    ):
        run = solve(client, time_limit_s=30)
        assert (run["status"], run["reason"]) == ("succeeded", None)
        plan = client.get(f"/v1/plans/{run['plan']}").json()
        assert (plan["status"], len(plan["items"])) == ("OPTIMAL", 1)
        feed = client.get(f"/v1/plans/{run['plan']}/calendars/all.ics").text
        assert "SUMMARY:Welcome" in feed
        events = client.get(f"/v1/runs/{run['id']}/events").text
        assert events.count("event: end") == 1
    assert (tmp_path / "plsched.db").is_file()


def test_the_service_outlives_its_solver(tmp_path: Path) -> None:
    large = load(ROOT / "scenarios/delivery-cycle").model_dump(mode="json")
    with (
        serving(tmp_path, "serve", "--port", "0") as served,
        httpx2.Client(base_url=served.base, timeout=60) as client,
    ):
        scenario = client.post("/v1/scenarios", json=large).json()["id"]
        run = client.post("/v1/runs", json={"scenario": scenario, "time_limit_s": 600}).json()
        wait_for(client, run["id"], "running")
        while not (found := solvers(served.pid)):
            time.sleep(0.05)
        os.kill(found[0], signal.SIGKILL)
        failed = wait_for(client, run["id"], "failed", "succeeded")
        assert failed["status"] == "failed"
        assert "SIGKILL" in failed["reason"]
        assert solve(client, time_limit_s=30)["status"] == "succeeded"


def test_a_run_goes_on_after_a_restart(tmp_path: Path) -> None:
    """A follower does not hold the shutdown up, and the run waits for the next start."""
    large = load(ROOT / "scenarios/clayton").model_dump(mode="json")
    with (
        serving(tmp_path, "serve", "--port", "0") as served,
        httpx2.Client(base_url=served.base, timeout=60) as client,
    ):
        scenario = client.post("/v1/scenarios", json=large).json()["id"]
        run = client.post("/v1/runs", json={"scenario": scenario, "time_limit_s": 600}).json()
        with client.stream("GET", f"/v1/runs/{run['id']}/events") as events:
            # On a busy machine signs of life (": ping") come before the first line.
            first = next(line for line in events.iter_lines() if line.startswith("event:"))
            assert first == "event: progress"
            os.kill(served.pid, signal.SIGINT)
            begun = time.monotonic()
            while solvers(served.pid):
                assert time.monotonic() - begun < 60
                time.sleep(0.05)
    with (
        serving(tmp_path, "serve", "--port", "0") as served,
        httpx2.Client(base_url=served.base, timeout=60) as client,
    ):
        again = wait_for(client, run["id"], "running")
        assert (again["attempts"], again["cancel_requested"]) == (1, False)
        client.post(f"/v1/runs/{run['id']}/cancel")
        wait_for(client, run["id"], "cancelled", "succeeded")


def test_the_demo_solves_and_prints_its_links(tmp_path: Path) -> None:
    arguments = ("demo", "--scenario", "delivery-cycle", "--time-limit", "20", "--port", "0")
    with serving(tmp_path, *arguments, ready="API docs") as served:
        links = re.findall(r"http://127\.0\.0\.1:\d+/\S*", served.said)
        assert len(links) == 8
        assert {httpx2.get(link, timeout=60).status_code for link in links} == {200}
    assert (tmp_path / "demo-out/plan.json").is_file()


def test_the_demo_need_not_serve(run: Run, tmp_path: Path) -> None:
    scenario = ("--scenario", "delivery-cycle", "--time-limit", 20)
    done = run("demo", "--no-serve", "--out", "mine", *scenario)
    assert done.returncode == 0, done.stderr
    assert "http://" not in done.stdout
    assert (tmp_path / "mine/report.html").is_file()


def test_a_port_that_is_taken(run: Run, tmp_path: Path) -> None:
    with serving(tmp_path, "serve", "--port", "0") as served:
        port = re.findall(r":(\d+)", served.said)[0]
        done = run("serve", "--port", port)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"127.0.0.1 port {port} cannot be used" in done.stderr


def test_it_says_that_sign_in_is_off(tmp_path: Path) -> None:
    with serving(tmp_path, "serve", "--port", "0") as served:
        assert served.said.splitlines()[0].startswith("Sign-in is off: whoever uses this machine")


def test_it_does_not_start_where_others_reach_it(run: Run) -> None:
    done = run("serve", "--host", "0.0.0.0", "--port", "0")  # noqa: S104  # it is refused
    assert (done.returncode, done.stdout) == (2, "")
    assert "sign-in is off, and '0.0.0.0' lets others than this machine reach" in done.stderr
    assert "plsched access keys add" in done.stderr
