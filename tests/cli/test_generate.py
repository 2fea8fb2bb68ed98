"""`plsched generate`: the same bytes, clear errors."""

import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import COMMAND, Run, environment


def test_a_district_is_written_and_in_order(run: Run, tmp_path: Path) -> None:
    done = run("generate", "--educators", "60", "--seed", "4", "district")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(
        "Synthetic district of 60 educators, seed 4: written to district. 2 schools, 1 coaches, "
    )
    assert done.stdout.endswith("Next: plsched solve district --out out\n")
    assert (tmp_path / "district/educators.csv").read_text(encoding="utf-8").count("\n") == 61
    checked = run("check", "district")
    assert (checked.returncode, checked.stderr) == (0, "")


def test_a_named_size(run: Run) -> None:
    done = run("generate", "--size", "s", "district")
    assert done.stdout.startswith("Synthetic district of 250 educators, seed 0: ")


def test_the_same_number_and_seed_give_the_same_bytes(tmp_path: Path) -> None:
    """Whatever order Python's sets have."""
    folders = []
    for hash_seed in ("1", "2"):
        folder = tmp_path / hash_seed
        subprocess.run(
            [*COMMAND, "generate", "--educators", "250", "--seed", "9", str(folder)],
            env=environment() | {"PYTHONHASHSEED": hash_seed},
            stdout=subprocess.DEVNULL,
            check=True,
        )
        folders.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert folders[0] == folders[1]


@pytest.mark.parametrize("number", ["29", "50001"])
def test_a_number_out_of_range(run: Run, tmp_path: Path, number: str) -> None:
    done = run("generate", "--educators", number, "district")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"a district of {int(number):,} educators cannot be made" in done.stderr
    assert "give 30 to 50,000" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_empty(run: Run, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    done = run("generate", "--size", "XL", ".")
    assert (done.returncode, done.stdout) == (2, "")
    assert "is not empty (it holds notes.txt); name a new folder" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_file_where_the_folder_should_be(run: Run, tmp_path: Path) -> None:
    (tmp_path / "district").write_text("", encoding="utf-8")
    done = run("generate", "--size", "S", "district")
    assert (done.returncode, done.stdout) == (2, "")
    assert "district is a file; name a folder" in done.stderr


@pytest.mark.parametrize("options", [[], ["--size", "S", "--educators", "60"]])
def test_a_size_is_given_once(run: Run, options: list[str]) -> None:
    done = run("generate", *options, "district")
    assert (done.returncode, done.stdout) == (2, "")
    assert "give one of the two" in done.stderr


def test_a_size_that_is_not_known(run: Run) -> None:
    done = run("generate", "--size", "XXL", "district")
    assert done.returncode == 2
    assert "'XXL' is not one of" in done.stderr
