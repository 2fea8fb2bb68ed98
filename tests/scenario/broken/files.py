"""Broken files: what is written to the folder, the code, and the value told."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.scenario.base import base
from tests.scenario.folders import write_scenario, write_xlsx


class FileCase(NamedTuple):
    """Files in a folder, and the finding that they must cause."""

    name: str
    build: Callable[[Path], object]
    code: str
    value: str


def yaml(text: str | bytes) -> Callable[[Path], object]:
    """Write scenario.yaml."""
    data = text.encode() if isinstance(text, str) else text
    return lambda folder: (folder / "scenario.yaml").write_bytes(data)


def named(file: str, *content: bytes) -> Callable[[Path], object]:
    """Name a file for the facilities, and write it."""

    def build(folder: Path) -> None:
        write_scenario(folder, base() | {"facilities": file})
        for data in content:
            (folder / file.partition("#")[0]).write_bytes(data)

    return build


GOOD = json.dumps(base(), indent=1)
ROOMS = b"id,name,site,capacity\nlibrary,Library,oak,20\n"


def laughs() -> str:
    """Give the billion laughs."""
    lines = ["a0: &a0 [lol]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    return "\n".join(lines)


def link_out(folder: Path) -> None:
    outside = folder.parent / "outside.csv"
    outside.write_bytes(ROOMS)
    named("rooms.csv")(folder)
    (folder / "rooms.csv").symlink_to(outside)


def million_rows_yaml(folder: Path) -> None:
    head = GOOD.rstrip().removesuffix("}")
    rows = ",\n".join('{"id": "g", "name": "G"}' for _ in range(300_000))
    yaml(f'{head}, "limits": [{rows}]}}')(folder)


def sheet_bomb(folder: Path) -> None:
    named("rooms.xlsx")(folder)
    write_xlsx(folder / "rooms.xlsx", {"Rooms": [["id"], ["a"]]})
    with zipfile.ZipFile(folder / "rooms.xlsx", "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/zeros.bin", bytes(210 * 2**20))


def entity_bomb() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(
            "xl/workbook.xml",
            '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><workbook>&b;</workbook>',
        )
        archive.writestr("xl/_rels/workbook.xml.rels", "<Relationships/>")
    return data.getvalue()


def chain(folder: Path, last: dict[str, object], length: int) -> None:
    for n in range(length):
        above = {"extends": f"../base{n + 1}"} if n < length - 1 else last
        write_scenario(folder.parent / f"base{n}", above)
    write_scenario(folder, {"extends": "../base0"})


def what_if(*changes: object, **keys: object) -> Callable[[Path], object]:
    """Write a what-if of the base beside it."""

    def build(folder: Path) -> None:
        write_scenario(folder.parent / "district", base())
        write_scenario(folder, {"extends": "../district", "changes": list(changes), **keys})

    return build


AMOUNT = "funds[local].amount_cents"

CASES = [
    # The folder and its files
    FileCase("no folder", lambda folder: folder.rmdir(), "no-file", "scenario"),
    FileCase("no scenario.yaml", Path.iterdir, "no-file", "scenario.yaml"),
    FileCase(
        "scenario.yaml is a folder",
        lambda f: (f / "scenario.yaml").mkdir(),
        "no-file",
        "scenario.yaml",
    ),
    FileCase("no such table", named("rooms.csv"), "no-file", "rooms.csv"),
    FileCase("table outside", named("../rooms.csv", ROOMS), "outside-folder", "../rooms.csv"),
    FileCase("table by a path", named("/etc/rooms.csv"), "outside-folder", "/etc/rooms.csv"),
    FileCase("link out of the folder", link_out, "outside-folder", "rooms.csv"),
    FileCase("NUL in a name", named("ro\0oms.csv"), "no-file", r"ro\x00oms.csv"),
    FileCase("old workbook", named("rooms.xls", b"\xd0\xcf\x11\xe0"), "not-a-table", "rooms.xls"),
    # Encodings
    FileCase("UTF-16", yaml(GOOD.encode("utf-16")), "encoding", "ff fe 7b 00"),
    FileCase("UTF-16 without a mark", yaml(GOOD.encode("utf-16-le")), "encoding", "7b 00 0a 00"),
    FileCase("UTF-32", yaml(GOOD.encode("utf-32")), "encoding", "ff fe 00 00"),
    FileCase(
        "Latin-1",
        yaml(
            GOOD.replace("Oak School", "Escuela Peña")
            .encode("latin-1")
            .replace(b"\\u00f1", b"\xf1")
        ),
        "encoding",
        "f1",
    ),
    FileCase(
        "Windows-1252 table",
        named("rooms.csv", ROOMS.replace(b"Library", b"Caf\xe9")),
        "encoding",
        "e9",
    ),
    FileCase("NUL byte", yaml(GOOD + "\0"), "control-character", "U+0000"),
    FileCase(
        "escape character", yaml(GOOD.replace("Small", "\x1b[31m")), "control-character", "U+001B"
    ),
    FileCase("random bytes", yaml(bytes(range(128, 256))), "encoding", "80"),
    # YAML
    FileCase("empty file", yaml(""), "empty", "(empty)"),
    FileCase("comments alone", yaml("# nothing\n"), "empty", "(empty)"),
    FileCase("a text", yaml("hello"), "not-a-map", "hello"),
    FileCase("a list", yaml("- a\n- b\n"), "not-a-map", "a list"),
    FileCase(
        "tabs",
        yaml("format: 1\ncalendar:\n\tfirst: 2027-07-01\n"),
        "yaml-syntax",
        r"\x09first: 2027-07-01",
    ),
    FileCase("open quote", yaml('name: "x\n'), "yaml-syntax", 'name: "x'),
    FileCase("open bracket", yaml("sites: [a, b\n"), "yaml-syntax", "sites: [a, b"),
    FileCase("colon in a text", yaml("name: a: b\n"), "yaml-syntax", "name: a: b"),
    FileCase("two documents", yaml("a: 1\n---\nb: 1\n"), "yaml-documents", "---"),
    FileCase("key twice", yaml("name: a\nname: b\n"), "duplicate-key", "name"),
    FileCase("alias", yaml("sites: &s []\nroles: *s\n"), "yaml-alias", "*s"),
    FileCase("merge key", yaml("sites: [&s {id: a}, {<<: *s}]\n"), "yaml-alias", "*s"),
    FileCase("billion laughs", yaml(laughs()), "yaml-alias", "*a8"),
    FileCase(
        "tag",
        yaml("name: !!python/object/apply:os.getcwd []\n"),
        "yaml-tag",
        "tag:yaml.org,2002:python/object/apply:os.getcwd",
    ),
    FileCase("list as a key", yaml("? [a]\n: 1\n"), "yaml-key", "(empty)"),
    FileCase("nested a million deep", yaml("a: " + "[" * 1_000_000), "nesting", "31"),
    FileCase("nested maps", yaml("".join(" " * n + "a:\n" for n in range(200))), "nesting", "31"),
    FileCase("million values", million_rows_yaml, "too-large", "200001"),
    FileCase("21 megabytes", yaml(b"#" * (21 * 2**20)), "too-large", str(21 * 2**20)),
    # CSV
    FileCase("empty table", named("rooms.csv", b""), "empty", "(empty)"),
    FileCase(
        "heading without a name", named("rooms.csv", b"id,,site\na,b,c\n"), "heading", "(empty)"
    ),
    FileCase("heading twice", named("rooms.csv", b"id,name,id\na,b,c\n"), "duplicate-key", "id"),
    FileCase(
        "unknown heading",
        named("rooms.csv", b"id,name,site,seats\na,b,oak,3\n"),
        "unknown-key",
        "seats",
    ),
    FileCase(
        "semicolons",
        named("rooms.csv", ROOMS.replace(b",", b";")),
        "csv-separator",
        "id;name;site;capacity",
    ),
    FileCase("row too long", named("rooms.csv", ROOMS + b"a,b,oak,3,4\n"), "row-length", "4"),
    FileCase(
        "open quote in a table",
        named("rooms.csv", ROOMS + b'a,"b,oak,3\n'),
        "csv-syntax",
        "(empty)",
    ),
    FileCase("formula", named("rooms.csv", ROOMS + b"a,=1+1,oak,3\n"), "formula", "=1+1"),
    FileCase("formula with plus", named("rooms.csv", ROOMS + b"a,+1+1,oak,3\n"), "formula", "+1+1"),
    FileCase(
        "formula with at", named("rooms.csv", ROOMS + b"a,@SUM(A1),oak,3\n"), "formula", "@SUM(A1)"
    ),
    FileCase(
        "negative capacity", named("rooms.csv", ROOMS + b"a,b,oak,-125\n"), "too-small", "-125"
    ),
    FileCase(
        "thousands", named("rooms.csv", ROOMS + b'a,b,oak,"1,000"\n'), "not-a-number", "1,000"
    ),
    FileCase(
        "part in a cell",
        named("rooms.csv", b"id,name,site,capacity,availability\na,b,oak,3,mornings\n"),
        "cell",
        "mornings",
    ),
    FileCase(
        "million rows",
        named("rooms.csv", ROOMS + b"a,b,oak,3\n" * 1_000_000),
        "too-large",
        "200002",
    ),
    FileCase("51 megabytes", named("rooms.csv", b"x" * (51 * 2**20)), "too-large", str(51 * 2**20)),
    # XLSX
    FileCase("text named as workbook", named("rooms.xlsx", ROOMS), "xlsx", "69 64 2c 6e"),
    FileCase(
        "zip that is no workbook", named("rooms.xlsx", b"PK\5\6" + bytes(18)), "xlsx", "50 4b 05 06"
    ),
    FileCase("workbook that unpacks for ever", sheet_bomb, "too-large", "50 4b 03 04"),
    FileCase("entities in a workbook", named("rooms.xlsx", entity_bomb()), "xlsx", "50 4b 03 04"),
    # What-ifs
    FileCase(
        "base that is not there",
        lambda f: write_scenario(f, {"extends": "../gone"}),
        "no-file",
        "../gone",
    ),
    FileCase("base by a path", lambda f: write_scenario(f, {"extends": "/etc"}), "extends", "/etc"),
    FileCase(
        "base of itself",
        lambda f: write_scenario(f, {"extends": "../scenario"}),
        "extends-cycle",
        "scenario -> scenario",
    ),
    FileCase(
        "circle of bases",
        lambda f: chain(f, {"extends": "../base0"}, 3),
        "extends-cycle",
        "base0 -> base1 -> base2 -> base0",
    ),
    FileCase("six bases", lambda f: chain(f, base(), 6), "extends", "../base5"),
    FileCase("table in a what-if", what_if(funds=[]), "what-if-key", "funds"),
    FileCase(
        "unknown fund",
        what_if({"scale": "funds[locale].amount_cents", "percent": 80}),
        "unknown-id",
        "locale",
    ),
    FileCase(
        "unknown field", what_if({"set": "funds[local].amount", "to": 5}), "unknown-key", "amount"
    ),
    FileCase("unreadable path", what_if({"set": "funds[local", "to": 5}), "path", "funds[local"),
    FileCase("unknown change", what_if({"multiply": AMOUNT, "by": 2}), "change", "multiply, by"),
    FileCase(
        "set to nothing known", what_if({"set": AMOUNT, "to": "much"}), "not-a-number", "much"
    ),
    FileCase("scale by a fraction", what_if({"scale": AMOUNT, "percent": 0.8}), "change", "0.8"),
    FileCase(
        "scale a text",
        what_if({"scale": "funds[local].name", "percent": 80}),
        "change",
        "funds[local].name",
    ),
    FileCase(
        "scale too far",
        what_if(*[{"scale": AMOUNT, "percent": 100_000}] * 3),
        "too-large",
        str(10**15),
    ),
    FileCase(
        "remove what is named",
        what_if({"remove": "departments", "id": "learning"}),
        "unknown-id",
        "learning",
    ),
    FileCase(
        "add an id again",
        what_if({"add": "funds", "row": base()["funds"][0]}),
        "duplicate-id",
        "local",
    ),
]
