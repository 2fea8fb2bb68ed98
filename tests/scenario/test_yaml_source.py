"""YAML to maps and lists that know their lines."""

import pytest

from plsched.scenario.collect import Findings
from plsched.scenario.source import Map, Place, Plain, locate
from plsched.scenario.yaml_source import read_yaml

TEXT = """\
# a comment
name: plain
quoted: "007"
when: {start: 08:30, end: 15:30}
days:
  - {kind: pl, first: 2027-08-16}
  -
    kind: student
    note: |
      two
      lines
ids: [1, 02, no, ~]
"""


def read(text: str) -> Map:
    found = Findings()
    root = read_yaml(text, "scenario.yaml", found)
    assert found.all() == ()
    assert root is not None
    return root


def test_values_stay_text() -> None:
    assert read(TEXT) == {
        "name": "plain",
        "quoted": "007",
        "when": {"start": "08:30", "end": "15:30"},
        "days": [
            {"kind": "pl", "first": "2027-08-16"},
            {"kind": "student", "note": "two\nlines\n"},
        ],
        "ids": ["1", "02", "no", "~"],
    }


def test_quotes_are_remembered() -> None:
    root = read(TEXT)
    assert [type(root[key]) for key in ("name", "quoted")] == [Plain, str]


@pytest.mark.parametrize(
    ("path", "where"),
    [
        (("name",), "line 2, name"),
        (("when", "end"), "line 4, when.end"),
        (("days", 0, "first"), "line 6, days[#1].first"),
        (("days", 1, "kind"), "line 8, days[#2].kind"),
        (("days", 1, "last"), "line 8, days[#2].last"),
        (("ids", 2), "line 12, ids[#3]"),
        (("unknown",), "line 2, unknown"),
        ((), "line 2"),
    ],
)
def test_lines_and_paths(path: tuple[str | int, ...], where: str) -> None:
    assert locate(read(TEXT), path) == ("scenario.yaml", where)


def test_reading_goes_on_after_a_key_that_stands_twice() -> None:
    found = Findings()
    root = read_yaml("a: 1\na: {b: [c, {d: e}]}\nf: &g 2\n", "x.yaml", found)
    assert root == {"a": "1", "f": "2"}
    assert [(f.code, f.where) for f in found.all()] == [
        ("duplicate-key", "line 2"),
        ("yaml-alias", "line 3"),
    ]


def test_place_of_the_root() -> None:
    assert read("# first\na: 1\n").place == Place("scenario.yaml", 2)
