"""A scenario's folder: which files may be read, how large they may be, and tables in them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path as FilePath

from plsched.scenario.cells import TABLE_ENDINGS, rows_of
from plsched.scenario.collect import Findings
from plsched.scenario.encoding import decode
from plsched.scenario.models import Scenario
from plsched.scenario.shapes import Many, Part, Scalar, Shape, fields, is_table, row_model
from plsched.scenario.sheets import Sheet, read_csv
from plsched.scenario.source import BAD, Map, Path, Seq, locate
from plsched.scenario.workbook import read_xlsx
from plsched.scenario.yaml_source import read_yaml

MAIN_FILE = "scenario.yaml"
YAML_ENDINGS = (".yaml", ".yml")
NOTHING = frozenset({"", "~", "null"})
MOST_FILES = 500
MEBIBYTE = 2**20
MOST_BYTES = {
    ".yaml": 20 * MEBIBYTE,
    ".yml": 20 * MEBIBYTE,
    ".csv": 50 * MEBIBYTE,
    ".xlsx": 20 * MEBIBYTE,
}


@dataclass(frozen=True, slots=True)
class Folder:
    """Where a scenario lies. ``label`` stands before file names in findings, for a base."""

    path: FilePath
    main: str = MAIN_FILE
    label: str = ""

    def named(self, file: str) -> str:
        """Name a file for a finding."""
        return f"{self.label}{file}"


def folder_of(path: FilePath, label: str = "") -> Folder:
    """Take a scenario's folder, or the YAML file in it."""
    if path.suffix.lower() in YAML_ENDINGS and not path.is_dir():
        return Folder(path.parent, path.name, label)
    return Folder(path, MAIN_FILE, label)


def read_main(folder: Folder, found: Findings) -> Map | None:
    """Read a scenario's YAML file; files that it names are left as names."""
    name = folder.named(folder.main)
    spot = (name, "the whole file")
    if not folder.path.is_dir():
        remedy = "Give the folder of a scenario, or its scenario.yaml."
        found.error("no-file", spot, folder.path.name, "there is no such folder", remedy)
        return None
    data = _bytes(folder, folder.main, spot, found)
    text = None if data is None else decode(data, name, found)
    return None if text is None else read_yaml(text, name, found)


def _bytes(folder: Folder, file: str, spot: tuple[str, str], found: Findings) -> bytes | None:
    """Read a file of the folder, unless it lies outside, is no plain file, or is too large."""
    path = folder.path / file
    try:
        root, real = folder.path.resolve(strict=True), path.resolve()
        if not real.is_relative_to(root):
            remedy = (
                "Put the file into the scenario's folder; links that lead out of it are refused."
            )
            found.error("outside-folder", spot, file, "the file lies outside of the folder", remedy)
            return None
        if not real.is_file():
            here = sorted(p.name for p in root.iterdir() if p.suffix in MOST_BYTES)[:8]
            remedy = f"Files there: {', '.join(here)}." if here else "Put the file into the folder."
            found.error("no-file", spot, file, "there is no such file in the folder", remedy)
            return None
        most, size = MOST_BYTES[path.suffix.lower()], real.stat().st_size
        if size > most:
            message = f"the file has {size:,} bytes, more than {most:,}"
            found.error("too-large", spot, size, message, "Keep the rows that the scenario needs.")
            return None
        return real.read_bytes()
    except (OSError, ValueError, RuntimeError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        remedy = "Look at the file's name and at who may read it."
        found.error("no-file", spot, file, f"the file cannot be read: {reason}", remedy)
        return None


class Tables:
    """Puts the rows of CSV and XLSX files where a scenario names the files."""

    def __init__(self, folder: Folder | None, found: Findings) -> None:
        self._folder = folder
        self._found = found
        self._root: object = None
        self._opened = 0

    def fill(self, root: Map) -> None:
        """Replace every file name that stands where a table may stand."""
        self._root = root
        self._walk(root, Part(Scenario), ())

    def _walk(self, value: object, shape: Shape, path: Path) -> None:
        match shape:
            case Part(model=model) if isinstance(value, Map):
                known = fields(model)
                for key in [key for key in value if key in known]:
                    inner = known[key]
                    if isinstance(inner, Scalar):
                        continue
                    held = value[key]
                    if is_table(inner) and isinstance(held, str) and held not in NOTHING:
                        value[key] = self._table(held.strip(), inner, (*path, key))
                    self._walk(value[key], inner, (*path, key))
            case Many(of=Part() as row) if isinstance(value, Seq):
                for at, held in enumerate(value):
                    self._walk(held, row, (*path, at))

    def _table(self, written: str, shape: Shape, path: Path) -> object:
        """Read the rows of one file; what cannot be read is told and left out."""
        spot = locate(self._root, path)
        name, _, sheet_name = written.partition("#")
        if not name.lower().endswith(TABLE_ENDINGS):
            message = f"{path[-1]!r} is a table: a list of rows, or the name of a file with them"
            remedy = "Write the rows as a list, or name a CSV or XLSX file of the folder."
            self._found.error("not-a-table", spot, written, message, remedy)
            return BAD
        if self._folder is None:
            message = "a scenario that is sent in one piece cannot name files"
            self._found.error("no-file", spot, written, message, "Send the rows as a list.")
            return BAD
        self._opened += 1
        if self._opened > MOST_FILES:
            if self._opened == MOST_FILES + 1:
                message = f"the scenario names more than {MOST_FILES} tables in files"
                remedy = "Put rows of the same kind into one file."
                self._found.error("too-large", spot, written, message, remedy)
            return BAD
        data = _bytes(self._folder, name, spot, self._found)
        if data is None:
            return BAD
        sheet = self._sheet(data, name, sheet_name, str(path[-1]))
        return BAD if sheet is None else rows_of(sheet, row_model(shape), self._found)

    def _sheet(self, data: bytes, name: str, sheet_name: str, table: str) -> Sheet | None:
        file = self._folder.named(name) if self._folder else name
        if name.lower().endswith(".csv"):
            return read_csv(data, file, self._found)
        return read_xlsx(data, file, sheet_name or None, table, self._found)
