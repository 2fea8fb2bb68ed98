"""`plsched access`: what it changes, and what it refuses."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import httpx2
import pytest

from plsched.access import Role, read_key
from plsched.cli import main
from plsched.store import AuditStore, KeyStore, MemberStore, TenantStore, open_database
from tests.cli.conftest import Run
from tests.cli.test_serve_and_demo import serving

Call = Callable[..., "Done"]


class Done(NamedTuple):
    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Call:
    """Run a command in this process, which starts at once."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")

    def run(*arguments: object) -> Done:
        monkeypatch.setattr("sys.argv", ["plsched", *(str(argument) for argument in arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return Done(int(ended.value.code or 0), said.out, said.err)

    return run


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/plsched.db"


def test_the_first_key_turns_sign_in_on_while_the_service_runs(run: Run, tmp_path: Path) -> None:
    with (
        serving(tmp_path, "serve", "--port", "0") as served,
        httpx2.Client(base_url=served.base) as client,
    ):
        assert client.get("/v1/plans").status_code == 200
        key = run("access", "keys", "add", "First", "--role", "admin").stdout.strip()
        assert client.get("/v1/plans").status_code == 401
        header = {"authorization": f"Bearer {key}"}
        assert client.get("/v1/me", headers=header).json()["district"] == "local"
        shown = read_key(key)
        assert shown is not None
        assert run("access", "keys", "revoke", shown.id).returncode == 0
        assert client.get("/v1/me", headers=header).status_code == 401


def test_a_district_is_taken_in_and_changed(call: Call, url: str) -> None:
    named = ("--name", "Springfield", "--max-workers", 4, "--max-educators", 90)
    assert call("access", "districts", "add", "springfield", *named).returncode == 0
    changed = ("--max-workers", 0, "--max-time-limit", 60)
    assert call("access", "districts", "set", "springfield", *changed).returncode == 0
    with open_database(url) as database:
        found = TenantStore(database).get("springfield")
        deeds, _ = AuditStore(database, "springfield").page(limit=5)
    assert (found.name, found.max_workers, found.max_time_limit_s, found.max_educators) == (
        *("Springfield", None, 60, 90),
    )
    assert [deed.action for deed in deeds] == ["district.set", "district.add"]
    assert {deed.actor[:4] for deed in deeds} == {"cli:"}


def test_members_and_keys_are_of_one_district(call: Call, url: str) -> None:
    call("access", "districts", "add", "springfield", "--name", "Springfield")
    there = ("--district", "springfield")
    assert (
        call("access", "members", "set", "Ada@X.example", "--role", "budget", *there).returncode
        == 0
    )
    assert call("access", "keys", "add", "Sync", "--role", "viewer", *there).returncode == 0
    with open_database(url) as database:
        assert MemberStore(database).get("springfield", "ada@x.example").role == Role.BUDGET
        assert KeyStore(database).page("local", limit=5) == ([], 0)
    assert "0 member(s)" in call("access", "members", "list").stdout
    assert call("access", "members", "remove", "ada@x.example").returncode == 2
    assert call("access", "members", "remove", "ada@x.example", *there).returncode == 0


def test_names_are_shown_as_they_are(call: Call) -> None:
    call("access", "keys", "add", "[red]Sync[/red]", "--role", "viewer")
    assert "[red]Sync[/red]" in call("access", "keys", "list").stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("keys", "add", "Sync", "--role", "viewer", "--district", "x"), "no district has the id"),
        (("keys", "add", "a\nb", "--role", "viewer"), "up to 100 characters on one line"),
        (("keys", "add", "Sync", "--role", "boss"), "'planner', 'budget', 'viewer', 'admin'"),
        (("keys", "revoke", "0123456789ab"), "no key has the id"),
        (("members", "set", "ada", "--role", "viewer"), "such as ada@district.example"),
        (("members", "remove", "ada@x.example"), "no member has the id"),
        (("districts", "add", "Spring Field", "--name", "S"), "small letters, digits and hyphens"),
        (("districts", "add", "local", "--name", "S"), "is there already"),
        (("districts", "set", "x"), "no district has the id"),
    ],
)
def test_what_cannot_be_done(call: Call, arguments: tuple[str, ...], told: str) -> None:
    done = call("access", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in re.sub(r"[\s│]+", " ", done.stderr)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("PLSCHED_SIGN_IN", "no", "PLSCHED_SIGN_IN: Input should be 'auto', 'on' or 'off'"),
        ("PLSCHED_MAX_WORKERS", "0", "PLSCHED_MAX_WORKERS: Input should be greater"),
        ("PLSCHED_MAX_TIME_LIMIT_S", "90000", "PLSCHED_MAX_TIME_LIMIT_S: Input should be less"),
        ("PLSCHED_ALLOWED_HOSTS", "a.example", "lists are written as JSON"),
    ],
)
def test_settings_that_are_wrong(
    call: Call, monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str
) -> None:
    monkeypatch.setenv(name, value)
    done = call("access", "keys", "list")
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
