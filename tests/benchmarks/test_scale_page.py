"""The tables of docs/scale.md are those that the benchmark writes."""

from pathlib import Path

import pytest

from benchmarks.scale import page


def test_tables_go_between_their_marks_and_the_rest_stays(tmp_path: Path) -> None:
    at = tmp_path / "page.md"
    at.write_text("A\n<!-- table: one -->\nold\n<!-- end -->\nB\n", encoding="utf-8")
    told = page.table(["x", "y"], [["1", "2"]])
    page.write({"one": told}, at)
    page.write({"one": told}, at)
    assert at.read_text(encoding="utf-8") == (
        "A\n<!-- table: one -->\n\n| x | y |\n| --- | --- |\n| 1 | 2 |\n\n<!-- end -->\nB\n"
    )


def test_a_page_without_marks_for_a_table_is_refused(tmp_path: Path) -> None:
    at = tmp_path / "page.md"
    at.write_text("<!-- table: one -->\n<!-- end -->\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="marks for \\['one'\\], the tables are \\['two'\\]"):
        page.write({"two": ""}, at)
