"""The form of a backup: one file, from which either kind of database can be restored.

Lines of JSON, packed by gzip. The first line tells the number of the form and the revision of the
tables. Then each table comes, parents before children: a line with its name and columns, a line for
each row, a line with the number of its rows and their SHA-256. The last line says that it is whole.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Column, DateTime, LargeBinary, Table
from sqlalchemy.types import TypeDecorator

from plsched.errors import BackupRefused
from plsched.store.tables import Base

FORM = 1
MAX_LINE_BYTES = 1 << 30
TABLES = Base.metadata.sorted_tables
"""Parents before children."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Heading:
    """What a backup says of itself.

    Attributes
    ----------
    revision
        Of the tables.
    version
        Of plsched.
    """

    revision: str
    version: str
    made_at: datetime


class ArchiveWriter:
    """Writes a backup, line by line."""

    def __init__(self, file: IO[bytes], heading: Heading) -> None:
        # Without a name and a time of its own the packed file tells no more than its lines do.
        self._packed = gzip.GzipFile(filename="", mode="wb", fileobj=file, compresslevel=6, mtime=0)
        self._write(
            {
                "plsched_backup": FORM,
                "revision": heading.revision,
                "version": heading.version,
                "made_at": heading.made_at.astimezone(UTC).isoformat(),
            }
        )

    def add(self, table: Table, rows: Iterable[Sequence[Any]]) -> int:
        """Write a table, and give the number of its rows."""
        columns = list(table.columns)
        self._write({"table": table.name, "columns": [column.name for column in columns]})
        count, digest = 0, hashlib.sha256()
        for row in rows:
            line = _line([_plain(c, value) for c, value in zip(columns, row, strict=True)])
            digest.update(line)
            self._packed.write(line)
            count += 1
        self._write({"rows": count, "sha256": digest.hexdigest()})
        return count

    def close(self) -> None:
        """Say that it is whole."""
        self._write({"end": True})
        self._packed.close()

    def _write(self, told: Mapping[str, object]) -> None:
        self._packed.write(_line(told))


class Archive:
    """A backup that is read.

    Parameters
    ----------
    path
        Its file.

    Raises
    ------
    BackupRefused
        It is no backup, or one of another form.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._lines() as lines:
            self.heading = self._heading(next(lines, None))

    def check(self) -> int:
        """Read all of it, and give the number of its rows.

        Raises
        ------
        BackupRefused
            It is damaged, or not whole.
        """
        return sum(1 for _, rows in self.tables() for _ in rows)

    def tables(self) -> Iterator[tuple[Table, Iterator[Row]]]:
        """Give each table with its rows, which must be read before the next table is asked for."""
        with self._lines() as lines:
            next(lines)
            for table in TABLES:
                told = self._mapping(next(lines, None))
                if told.get("table") != table.name or told.get("columns") != [
                    column.name for column in table.columns
                ]:
                    raise self._damaged(f"the table {table.name!r} is not where it should be")
                yield table, self._rows(table, lines)
            if self._mapping(next(lines, None)) != {"end": True}:
                raise self._damaged("it goes on after its last table")

    def _rows(self, table: Table, lines: Iterator[bytes]) -> Iterator[Row]:
        digest = hashlib.sha256()
        columns = list(table.columns)
        for count, line in enumerate(lines):
            if not line.startswith(b"["):
                if self._mapping(line) != {"rows": count, "sha256": digest.hexdigest()}:
                    raise self._damaged(
                        f"the rows of {table.name!r} are not those that were written"
                    )
                return
            digest.update(line)
            yield self._row(columns, line)
        raise self._damaged(f"it ends in the middle of {table.name!r}")

    def _row(self, columns: Sequence[Column[Any]], line: bytes) -> Row:
        try:
            values = json.loads(line)
            return {c.name: _value(c, v) for c, v in zip(columns, values, strict=True)}
        except (ValueError, TypeError) as error:
            raise self._damaged(f"a row cannot be read ({error})") from error

    def _heading(self, line: bytes | None) -> Heading:
        told = self._mapping(line)
        form = told.get("plsched_backup")
        if form is None:
            raise self._damaged("it does not begin as a backup of plsched")
        if form != FORM:
            raise BackupRefused(
                f"{self._path} is a backup of form {form!r}, and this plsched reads form {FORM}; "
                "restore it with the plsched that made it"
            )
        try:
            made_at = datetime.fromisoformat(told["made_at"])
            return Heading(str(told["revision"]), str(told["version"]), made_at)
        except (KeyError, ValueError, TypeError) as error:
            raise self._damaged("its first line is not whole") from error

    def _mapping(self, line: bytes | None) -> dict[str, Any]:
        if line is None:
            raise self._damaged("it is not whole")
        try:
            told = json.loads(line)
        except ValueError as error:
            raise self._damaged("a line cannot be read") from error
        return told if isinstance(told, dict) else {}

    def _lines(self) -> _Lines:
        return _Lines(self._path, self._damaged)

    def _damaged(self, what: str) -> BackupRefused:
        return BackupRefused(
            f"{self._path} is no whole backup of plsched: {what}; nothing was restored; take "
            "another one"
        )


class _Lines(Iterator[bytes]):
    """The lines of a packed file; whatever is wrong with it is told in one way."""

    def __init__(self, path: Path, damaged: Any) -> None:
        self._damaged = damaged
        try:
            self._file = gzip.open(path, "rb")  # noqa: SIM115  # closed by this one's `with`
        except OSError as error:
            raise BackupRefused(f"{path} cannot be read ({error.strerror})") from error

    def __enter__(self) -> _Lines:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __next__(self) -> bytes:
        try:
            line = self._file.readline(MAX_LINE_BYTES)
        except (OSError, EOFError, zlib.error) as error:
            raise self._damaged(str(error)) from error
        if not line:
            raise StopIteration
        return line


def _line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _plain(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if is_of(column, LargeBinary):
        return base64.b64encode(value).decode("ascii")
    if is_of(column, DateTime):
        return value.astimezone(UTC).isoformat()
    return value


def _value(column: Column[Any], plain: Any) -> Any:
    if plain is None:
        return None
    if is_of(column, LargeBinary):
        return base64.b64decode(plain, validate=True)
    if is_of(column, DateTime):
        return datetime.fromisoformat(plain)
    return plain


def is_of(column: Column[Any], kind: type[LargeBinary | DateTime]) -> bool:
    """Tell whether a column is of a kind, also by a type of our own."""
    of = column.type
    return isinstance(of.impl if isinstance(of, TypeDecorator) else of, kind)
