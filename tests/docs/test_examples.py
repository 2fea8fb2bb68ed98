"""Every example that a page marks is run: scenarios are checked, commands and Python executed.

The words after the language say what is done with a block:

``yaml scenario FOLDER/FILE``, ``csv scenario FOLDER/FILE``
    a file of a scenario; the scenario has no error (with ``broken``: it has some)
``console run``
    commands after ``$``, then what they print; ``...`` stands for anything
``python run``
    ends without an error

All files of a page stand in one folder, beside a copy of the tiny scenarios, and its commands run
in their order.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from plsched.scenario.check import check
from tests.docs.pages import ROOT, Example, examples, name_of, pages

TINY = "scenarios/tiny"
ANYTHING = "..."


def marked(page: Path, language: str, word: str) -> list[Example]:
    return [e for e in examples(page) if e.words[:2] == (language, word)]


def runnable(page: Path) -> list[Example]:
    return [e for e in examples(page) if e.words[1:2] in {("run",), ("scenario",)}]


WITH_EXAMPLES = [page for page in pages() if runnable(page)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / TINY, tmp_path / TINY)
    return tmp_path


def execute(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PLSCHED_")}
    return subprocess.run(
        command,
        cwd=folder,
        env=kept | {"COLUMNS": "200", "TERM": "dumb", "NO_COLOR": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=50,
        check=False,
    )


def pattern_of(expected: str) -> re.Pattern[str]:
    """What stands in the page, ``...`` for anything and any space for any other."""
    pieces = [re.escape(" ".join(piece.split())) for piece in expected.split(ANYTHING)]
    joined = ".*".join(piece.replace(r"\ ", r"\s+") for piece in pieces)
    return re.compile(joined, re.DOTALL)


def steps_of(example: Example) -> list[tuple[str, str]]:
    """Commands of a console block, each with what it prints."""
    steps = re.split(r"^\$ ", example.text, flags=re.MULTILINE)
    assert not steps[0].strip()
    return [(command, shown) for command, _, shown in (s.partition("\n") for s in steps[1:])]


def run_console(example: Example, folder: Path) -> None:
    """Run commands; one that is not followed by ``echo $?`` ends with 0."""
    code = 0
    for command, shown in steps_of(example):
        if command == "echo $?":
            assert int(shown) == code
            code = 0
            continue
        assert code == 0, f"exit {code} before {command}"
        words = shlex.split(command)
        assert words[0] == "plsched"
        done = execute([sys.executable, "-m", *words], folder)
        code = done.returncode
        assert pattern_of(shown).search(" ".join(done.stdout.split())), f"{command}\n{done.stdout}"
    assert code == 0


def write_files(page: Path, folder: Path) -> list[tuple[Path, bool]]:
    """Write the files of a page; gives its scenarios, and whether each should have errors."""
    scenarios = []
    for example in (e for e in examples(page) if e.words[1:2] == ("scenario",)):
        path = folder / example.words[2]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(example.text, encoding="utf-8")
        if path.name == "scenario.yaml":
            scenarios.append((path.parent, example.words[3:] == ("broken",)))
    return scenarios


@pytest.mark.parametrize("page", WITH_EXAMPLES, ids=name_of)
def test_examples_do_what_the_page_says(page: Path, folder: Path) -> None:
    for scenario, is_broken in write_files(page, folder):
        checked = check(scenario)
        told = "\n".join(map(str, checked.findings))
        assert (checked.scenario is None) == is_broken, f"{scenario.name}: {told}"
    for example in runnable(page):
        if example.words == ("console", "run"):
            run_console(example, folder)
        elif example.words == ("python", "run"):
            done = execute([sys.executable, "-c", example.text], folder)
            assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_marks_of_examples_are_known(page: Path) -> None:
    """A mark that is written wrongly would never run, and nobody would notice."""
    known = {("yaml", "scenario"), ("csv", "scenario"), ("console", "run"), ("python", "run")}
    marks = {example.words[:2] for example in examples(page) if len(example.words) > 1}
    assert marks <= known
