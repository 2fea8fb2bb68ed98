"""The files to deploy with: as far as they can be checked without the machines they are for."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from plsched.api import ApiSettings
from plsched.cli.app import app

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
COMMAND = "/opt/plsched/.venv/bin/plsched"


def read(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def commands() -> set[str]:
    return {str(c.name or c.callback.__name__) for c in app.registered_commands if c.callback}


def compose() -> dict[str, Any]:
    parsed = yaml.safe_load(read("compose.yaml"))
    assert isinstance(parsed, dict)
    return parsed


def test_the_units_are_what_systemd_understands(tmp_path: Path) -> None:
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("systemd-analyze is not on this machine")
    names = []
    for unit in UNITS:
        name = unit.name.replace("@.", "@8000.")
        # The program must be there for systemd to be content; Python is.
        text = unit.read_text(encoding="utf-8").replace(COMMAND, sys.executable)
        (tmp_path / name).write_text(text, encoding="utf-8")
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
        names.append(str(tmp_path / name))
    done = subprocess.run(
        [analyze, "verify", *names], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("unit", [u for u in UNITS if u.suffix == ".service"], ids=lambda u: u.name)
def test_the_units_start_commands_that_there_are(unit: Path) -> None:
    text = unit.read_text(encoding="utf-8")
    (called,) = re.findall(rf"{COMMAND} (\w+)", text)
    assert called in commands()
    for line in ("NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes", "UMask=0077"):
        assert line in text
    if "@" in unit.name:
        # A signal to a solve would fail its run.
        assert "KillMode=mixed" in text
        assert "MemoryMax=" in text
        # Or one solve that takes too much would end the whole unit.
        assert "OOMPolicy=continue" in text


def test_every_setting_that_is_given_is_one() -> None:
    given = set(re.findall(r"\bPLSCHED_(\w+)[=:]", read("plsched.env") + read("compose.yaml")))
    assert given
    assert {name for name in given if name.lower() not in ApiSettings.model_fields} == set()


def test_compose_starts_a_database_services_and_workers() -> None:
    services = compose()["services"]
    assert set(services) == {"db", "web", "worker"}
    assert services["worker"]["command"][0] in commands()
    for name in ("web", "worker"):
        assert services[name]["read_only"] is True
        assert services[name]["cap_drop"] == ["ALL"]
        assert services[name]["environment"]["PLSCHED_SIGN_IN"] == "on"
    # Reached through a proxy on the same machine alone.
    assert [p for s in services.values() for p in s.get("ports", [])] == ["127.0.0.1:8000:8000"]
    built = services["web"]["build"]
    assert (DEPLOY / built["context"] / built["dockerfile"]).is_file()


def test_the_image_is_made_of_what_there_is() -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", read("Dockerfile"), re.MULTILINE)
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    for path in " ".join(copied).split():
        assert (ROOT / path).exists(), path
        assert f"!{path.split('/')[0]}" in ignored
    assert read("Dockerfile").count("--require-hashes") == 2
    assert "USER plsched" in read("Dockerfile")


def test_the_proxy_keeps_addresses_of_feeds_out_of_its_logs() -> None:
    text = read("nginx/plsched.conf")
    (feeds,) = re.findall(r"location ~ \^/\(feeds\|subscribe\)/ \{(.*?)\}", text, re.DOTALL)
    assert "access_log off;" in feeds
    assert "error_log /dev/null" in feeds
    # A query may hold the code of a sign-in.
    assert "$request " not in text
    assert "$request_uri" not in text.split("server {", 1)[0]
    assert text.count("{") == text.count("}")


def test_an_audit_fails_on_what_it_cannot_look_up() -> None:
    """pip-audit leaves out what it does not find, and says that all is well."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (audit,) = re.findall(r"^audit:.*\n((?:\t.*\n)+)", makefile, re.MULTILINE)
    assert "--strict" in audit
    assert "requirements/dev.txt" in audit
    assert "requirements/build.txt" in audit
