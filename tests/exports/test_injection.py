"""Hostile texts in every field: whatever is written is read back the same by two readers.

No property, row, cell or element is added or lost, nothing is a formula, a link or a script.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import subprocess
import sys
import zipfile
from collections import Counter
from datetime import UTC, datetime
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import icalendar
import openpyxl
import pandas as pd  # type: ignore[import-untyped]  # its types are a package of their own
import pytest
from hypothesis import HealthCheck, example, given, settings

from plsched.exports.calendars import Agenda, FeedKey
from plsched.exports.plain import clean
from plsched.exports.report import render_report
from plsched.exports.tables import costs_csv, costs_xlsx
from plsched.plan.models import Plan
from plsched.scenario.models import Scenario
from tests.calendar_clients import read_with_node
from tests.exports.hostile import WORST, ids, planted, renamed, texts
from tests.exports.plans import plan, scenario

CHANGED = datetime(2026, 6, 1, 12, tzinfo=UTC)
ALL = FeedKey("all")
QUICK = settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
SLOW = settings(QUICK, max_examples=6)
UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]"
)
FORMULA = ("=", "+", "-", "@", "\t", "\n", "\r", "＝", "＋", "－", "＠")


def with_text(text: str) -> tuple[Scenario, Plan]:
    """Plant a text into every field, behind what stands there, and before it in every second."""
    count = iter(range(10**6))

    def change(old: str) -> str:
        return f"{text}{old}" if next(count) % 2 else f"{old}x{text}"

    return planted(scenario(), change), planted(plan(), change)


def with_id(key: str) -> tuple[Scenario, Plan]:
    return renamed(scenario(), plan(), {"T1": f"{key}1", "NUM": f"{key}2", "hall": f"{key}3"})


# ---- calendars ----


def unfolded(content: bytes) -> list[str]:
    return content.replace(b"\r\n ", b"").decode("utf-8").split("\r\n")


def properties(content: bytes) -> list[str]:
    return [re.split("[:;]", line, maxsplit=1)[0] for line in unfolded(content)]


@cache
def plain_properties() -> dict[str, list[str]]:
    agenda = Agenda(*with_text("x"), changed_at=CHANGED)
    return {feed.name: properties(feed.content) for feed in agenda.feeds()}


def check_feeds(made: tuple[Scenario, Plan]) -> None:
    feeds = {feed.name: feed for feed in Agenda(*made, changed_at=CHANGED).feeds()}
    assert {name: properties(feed.content) for name, feed in feeds.items()} == plain_properties()
    for feed in feeds.values():
        assert not UNSEEN.search(feed.content.decode().replace("\r\n", ""))
        assert max(map(len, feed.content.split(b"\r\n"))) <= 75
        events = icalendar.Calendar.from_ical(feed.content).events
        shown = [value(line) for line in unfolded(feed.content) if line.startswith("SUMMARY:")]
        assert [str(event.summary) for event in events] == shown


def value(line: str) -> str:
    """Read a text by RFC 5545, 3.3.11, without a library."""
    said = line.partition(":")[2]
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], said)


@given(texts)
@example(WORST)
@QUICK
def test_feeds_have_the_same_properties_whatever_the_texts(text: str) -> None:
    check_feeds(with_text(text))


@given(ids)
@example("=1+1<script>\u202e\u2066\\n'\"&")
@QUICK
def test_feeds_have_the_same_events_whatever_the_ids(key: str) -> None:
    agenda = Agenda(*with_id(key), changed_at=CHANGED)
    found = Counter(tuple(properties(feed.content)) for feed in agenda.feeds())
    expected = Agenda(scenario(), plan(), changed_at=CHANGED).feeds()
    assert found == Counter(tuple(properties(feed.content)) for feed in expected)
    assert {
        name for name in agenda.names.values() if not re.fullmatch(r"[\w.~-]+\.ics", name)
    } == set()


@given(texts)
@example(WORST)
@SLOW
def test_another_reader_of_calendars_sees_the_same(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    content = Agenda(*with_text(text), changed_at=CHANGED).feed(ALL).content
    path = tmp_path_factory.mktemp("ics") / "all.ics"
    path.write_bytes(content)
    ours = {
        str(event.uid): str(event.summary) for event in icalendar.Calendar.from_ical(content).events
    }
    theirs = {shown.uid: shown.summary for shown in read_with_node(path, "ical.js")}
    assert theirs == ours


OPTIMISED = """
import hashlib, sys
from tests.exports.test_injection import written
sys.stdout.write(hashlib.sha256(written()).hexdigest())
"""


def written() -> bytes:
    """Write every feed and table of the worst text there is."""
    made = with_text(WORST)
    feeds = b"".join(feed.content for feed in Agenda(*made, changed_at=CHANGED).feeds())
    return feeds + costs_csv(*made).encode() + costs_xlsx(*made)


def test_python_without_assertions_writes_the_same() -> None:
    check_feeds(with_text(WORST))
    command = [sys.executable, "-O", "-c", OPTIMISED]
    root = Path(__file__).parents[2]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout == hashlib.sha256(written()).hexdigest()


# ---- tables ----


def read_csv(text: str) -> list[list[str]]:
    """Read a table by RFC 4180, character by character."""
    rows: list[list[str]] = [[""]]
    quoted, place = False, 0
    while place < len(text):
        char, pair = text[place], text[place : place + 2]
        if quoted and pair == '""':
            rows[-1][-1] += '"'
            place += 1
        elif char == '"':
            quoted = not quoted
        elif quoted or char not in ",\r\n":
            rows[-1][-1] += char
        elif char == ",":
            rows[-1].append("")
        elif pair == "\r\n":
            rows.append([""])
            place += 1
        else:
            raise AssertionError(f"a bare line end at {place}")
        place += 1
    assert rows.pop() == [""]
    return rows


def check_csv(made: tuple[Scenario, Plan]) -> None:
    text = costs_csv(*made)
    mine = read_csv(text)
    assert mine == list(csv.reader(io.StringIO(text, newline="")))
    frame = pd.read_csv(io.StringIO(text, newline=""), dtype=str, keep_default_na=False)
    assert mine == [list(frame.columns), *frame.to_numpy().tolist()]
    assert {len(row) for row in mine} == {16}
    assert len(mine) == len(read_csv(costs_csv(scenario(), plan())))
    for row in mine[1:]:
        assert [cell for cell in row[:12] if cell.startswith(FORMULA)] == []
        assert all(re.fullmatch(r"-?\d+(\.\d\d)?", cell) for cell in (row[12], *row[14:]))
        assert not any(UNSEEN.search(cell) for cell in row)


@given(texts)
@example(WORST)
@QUICK
def test_table_is_read_the_same_by_three_readers(text: str) -> None:
    check_csv(with_text(text))


@given(ids)
@QUICK
def test_table_stands_any_id(key: str) -> None:
    check_csv(with_id(key))


MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def unescaped(text: str) -> str:
    """Read a string by ECMA-376, 22.9.2.19."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), text)


def texts_by_zip(content: bytes) -> tuple[Counter[str], int]:
    """Read every text of a workbook from its parts, and count its formulas."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        shared = ElementTree.fromstring(parts.read("xl/sharedStrings.xml"))  # noqa: S314 - our own workbook
        strings = [unescaped("".join(t.text or "" for t in si.iter(f"{MAIN}t"))) for si in shared]
        found: Counter[str] = Counter()
        formulas = 0
        for name in parts.namelist():
            assert not name.endswith(".bin")
            assert "externalLink" not in name
            if not name.startswith("xl/worksheets/sheet"):
                continue
            sheet = ElementTree.fromstring(parts.read(name))  # noqa: S314 - our own workbook
            assert sheet.find(f"{MAIN}hyperlinks") is None
            for cell in sheet.iter(f"{MAIN}c"):
                if cell.get("t") == "s":
                    found[strings[int(cell.findtext(f"{MAIN}v", ""))]] += 1
                formula = cell.findtext(f"{MAIN}f")
                if formula is not None:
                    assert re.fullmatch(r"SUM\([A-Z]+\d+:[A-Z]+\d+\)", formula)
                    formulas += 1
        return found, formulas


def texts_by_openpyxl(content: bytes) -> tuple[Counter[str], int]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.hyperlink] == []
    found = Counter(str(cell.value) for cell in cells if cell.data_type == "s")
    return found, sum(cell.data_type == "f" for cell in cells)


@cache
def plain_workbook() -> tuple[int, int]:
    found, formulas = texts_by_zip(costs_xlsx(*with_text("x")))
    return found.total(), formulas


@given(texts)
@example(WORST)
@SLOW
def test_workbook_is_read_the_same_by_two_readers(text: str) -> None:
    check_workbook(with_text(text))


def check_workbook(made: tuple[Scenario, Plan]) -> None:
    content = costs_xlsx(*made)
    (ours, formulas), (theirs, again) = texts_by_zip(content), texts_by_openpyxl(content)
    assert ours == theirs
    assert (ours.total(), formulas) == plain_workbook()
    assert formulas == again
    assert [cell for cell in ours if UNSEEN.search(cell)] == []


# ---- report ----


class Elements(HTMLParser):
    """Counts elements and attributes, and keeps the text that a reader sees."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: Counter[tuple[str, ...]] = Counter()
        self.links: set[str] = set()
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen[tag, *sorted(name for name, _ in attrs)] += 1
        self.links |= {str(v)[:11].lower() for name, v in attrs if name in {"href", "src"}}

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_comment(self, data: str) -> None:
        self.seen["!--", data] += 1


def elements(html: str) -> Elements:
    found = Elements()
    found.feed(html)
    found.close()
    return found


@cache
def plain_report() -> Counter[tuple[str, ...]]:
    return elements(render_report(*with_text("x"))).seen


@given(texts)
@example(WORST)
@SLOW
def test_report_has_the_same_elements_whatever_the_texts(text: str) -> None:
    check_report(with_text(text))


def check_report(made: tuple[Scenario, Plan]) -> None:
    html = render_report(*made)
    found = elements(html)
    assert found.seen == plain_report()
    assert {name for name, *_ in found.seen} & {"script", "iframe", "object", "form"} == set()
    assert {link for link in found.links if not link.startswith(("#", "data:image/"[:11]))} == set()
    assert not UNSEEN.search(html.replace("\r", ""))


def test_what_people_see_of_a_hostile_text_is_the_text() -> None:
    """Cleaned, not dropped: a planner has to find the title that they wrote."""
    made = with_text("<b>=1+1</b>\x00\u202e&")
    assert "<b>=1+1</b>&" in "".join(elements(render_report(*made)).text)
    assert clean("<b>=1+1</b>\x00\u202e&") == "<b>=1+1</b>&"


@pytest.mark.soak
@given(texts)
@settings(QUICK, max_examples=1000, derandomize=False)
def test_a_thousand_texts_stay_where_they_stand(text: str) -> None:
    made = with_text(text)
    check_feeds(made)
    check_csv(made)
    check_workbook(made)
    check_report(made)


@pytest.mark.soak
@given(ids)
@settings(QUICK, max_examples=1000, derandomize=False)
def test_a_thousand_ids_stay_where_they_stand(key: str) -> None:
    check_csv(with_id(key))
