"""No request that schemathesis makes up meets a fault, or an answer that is not documented."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.api.fuzzed import Found, fuzz

SHORT = 300
LONG, PARTS = 100_000, 8
QUICK_PATHS = r"^/v1/(runs|plans|keys|compare)$|^/health$|/schedule$"

# Its own machinery warns of strategies, and leaves event loops to the end of the process.
pytestmark = pytest.mark.filterwarnings("default")


def check(found: Found) -> None:
    failures = "\n".join(f"{name}\n    {told}" for name, told in found.failures.items())
    assert not found.failures, failures
    assert [status for status in found.statuses if status >= 500] == []


def test_what_is_made_up_is_answered_as_documented(tmp_path: Path) -> None:
    found = fuzz(f"sqlite:///{tmp_path}/a.db", examples=5, seed=1, most=SHORT, paths=QUICK_PATHS)
    check(found)
    assert found.cases.total() >= SHORT


@pytest.mark.soak
@pytest.mark.parametrize("part", range(PARTS))
def test_a_hundred_thousand_cases(tmp_path: Path, part: int) -> None:
    found = Found()
    seed = 100 * part
    while found.cases.total() < LONG // PARTS:
        seed += 1
        most = LONG // PARTS - found.cases.total()
        more = fuzz(f"sqlite:///{tmp_path}/{seed}.db", examples=250, seed=seed, most=most)
        found.cases += more.cases
        found.statuses += more.statuses
        found.failures |= more.failures
        check(more)
    print(dict(found.cases), dict(sorted(found.statuses.items())))
