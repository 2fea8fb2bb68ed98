"""Each broken scenario gives a clear finding, quickly, and nothing is written."""

import time
from pathlib import Path

import pytest

from plsched.scenario.check import check, from_mapping
from plsched.scenario.findings import Finding
from tests.scenario.base import base
from tests.scenario.broken.files import CASES as FILES
from tests.scenario.broken.files import FileCase
from tests.scenario.broken.values import CASES as VALUES
from tests.scenario.broken.values import Case
from tests.scenario.folders import write_scenario

SECONDS = 5


def listing(folder: Path) -> set[Path]:
    return set(folder.rglob("*"))


def told(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(f.code, f.value) for f in findings if f.severity == "error"]


def assert_clear(findings: tuple[Finding, ...]) -> None:
    for finding in findings:
        assert finding.file
        assert finding.where
        assert finding.message
        assert finding.remedy
        assert len(finding.value) <= 80
        assert str(finding).isprintable()


def test_there_are_enough_cases() -> None:
    assert len(VALUES) + len(FILES) >= 60
    names = [case.name for case in VALUES] + [case.name for case in FILES]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("case", VALUES, ids=lambda case: case.name)
def test_broken_value(case: Case, tmp_path: Path) -> None:
    data = base()
    case.change(data)
    checked = from_mapping(data)
    assert checked.scenario is None
    assert (case.code, case.value) in told(checked.findings)
    assert any(f.code == case.code and case.where in f.where for f in checked.findings)
    assert_clear(checked.findings)
    from_file = check(write_scenario(tmp_path, data))
    assert {(f.code, f.message) for f in checked.findings} == {
        (f.code, f.message) for f in from_file.findings
    }


@pytest.mark.parametrize("case", FILES, ids=lambda case: case.name)
def test_broken_file(case: FileCase, tmp_path: Path) -> None:
    folder = tmp_path / "scenario"
    folder.mkdir()
    case.build(folder)
    before = listing(tmp_path)
    start = time.process_time()
    checked = check(folder)
    assert time.process_time() - start < SECONDS
    assert checked.scenario is None
    assert (case.code, case.value) in told(checked.findings)
    assert_clear(checked.findings)
    assert listing(tmp_path) == before
