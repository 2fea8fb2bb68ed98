"""`plsched backup` and `plsched restore`, as operators use them."""

from pathlib import Path

import httpx2

from tests.api.told import send_scenario, solve
from tests.cli.conftest import Run
from tests.cli.test_serve_and_demo import serving


def test_a_service_moves_from_sqlite_to_postgresql(
    run: Run, tmp_path: Path, postgres_url: str
) -> None:
    """Backed up while it serves, restored elsewhere, and served from there."""
    with (
        serving(tmp_path, "serve", "--port", "0") as served,
        httpx2.Client(base_url=served.base, timeout=60) as client,
    ):
        plan = solve(client, time_limit_s=30)["plan"]
        feed = client.get(f"/v1/plans/{plan}/calendars/all.ics").content
        done = run("backup", "mine.plsched")
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith("mine.plsched: ")
        # It was taken before this one came.
        late = send_scenario(client, name="late")
    done = run("restore", "mine.plsched", "--database", postgres_url)
    assert (done.returncode, done.stderr) == (0, "")
    with (
        serving(tmp_path, "serve", "--port", "0", "--database", postgres_url) as served,
        httpx2.Client(base_url=served.base, timeout=60) as client,
    ):
        assert client.get(f"/v1/plans/{plan}/calendars/all.ics").content == feed
        assert client.get(f"/v1/scenarios/{late}").status_code == 404


def test_what_is_wrong_is_said(run: Run, tmp_path: Path) -> None:
    done = run("backup", "mine.plsched")
    assert done.returncode == 2
    assert "is not there; look at the address" in done.stderr
    (tmp_path / "mine.plsched").write_text("hello", encoding="utf-8")
    done = run("restore", "mine.plsched")
    assert done.returncode == 2
    assert "is no whole backup of plsched" in done.stderr
    assert not (tmp_path / "plsched.db").exists()
