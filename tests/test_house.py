"""The house rules that no linter checks: lock files, machine paths, what CI runs."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCKS = ["requirements/base.txt", "requirements/build.txt", "requirements/dev.txt"]
NPM_LOCK = "tests/clients/package-lock.json"
# Homes, checkouts and scratch folders; /tmp alone is a word that texts may use.
MACHINE_PATH = re.compile(r"(?<![\w.{}$])/(?:home|root|Users|work|workspace)/[\w.]")
PIN = re.compile(r"^(?P<name>[a-z0-9][a-z0-9-]*)==(?P<version>[^ ;]+)", re.MULTILINE)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def pins(name: str) -> set[tuple[str, str]]:
    return {(m["name"], m["version"]) for m in PIN.finditer(read(name))}


def project_files() -> list[Path]:
    """Give every text file that is in the repository or about to be."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [p for p in paths if p.is_file() and b"\0" not in p.read_bytes()[:8192]]


@pytest.mark.parametrize("name", [*LOCKS, NPM_LOCK])
def test_lock_files_name_no_host(name: str) -> None:
    assert re.findall(r".*(?:://|--(?:extra-)?index|--find-links|\"resolved\").*", read(name)) == []


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_has_a_hash(name: str) -> None:
    entries = re.split(r"^(?=[a-z0-9])", read(name), flags=re.MULTILINE)[1:]
    assert entries
    assert [e.splitlines()[0] for e in entries if "--hash=sha256:" not in e] == []


def test_development_pins_contain_the_runtime_pins() -> None:
    assert pins("requirements/base.txt") <= pins("requirements/dev.txt")


def test_build_pins_agree_with_development_pins() -> None:
    """Both are installed into one environment, so a name may have one version only."""
    versions = dict(pins("requirements/dev.txt"))
    shared = {p for p in pins("requirements/build.txt") if p[0] in versions}
    assert shared <= pins("requirements/dev.txt")


def test_no_file_names_a_path_of_a_machine() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}"
        for path in project_files()
        if path != Path(__file__)
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1)
        if MACHINE_PATH.search(line)
    ]
    assert found == []


def test_ci_runs_the_tests_then_the_linters() -> None:
    script = ROOT / ".ci/run"
    lines = script.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "#!/usr/bin/env bash"
    assert "set -euo pipefail" in lines
    assert [line for line in lines if line.startswith("make ")] == ["make test", "make lint"]
    assert script.stat().st_mode & 0o111


def test_every_test_module_is_found_by_its_name() -> None:
    """A module named otherwise would never run, and nobody would notice."""
    strays = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "tests").rglob("*.py")
        if "node_modules" not in path.parts
        and not path.name.startswith("test_")
        and re.search(r"^def test_", path.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert strays == []


def test_import_of_the_package_configures_nothing() -> None:
    code = (
        "import logging, sys, plsched\n"
        "assert logging.getLogger().handlers == []\n"
        "assert not {'ortools', 'fastapi', 'sqlalchemy'} & set(sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
