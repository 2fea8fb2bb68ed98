"""Backups: whole, of one moment, restored all or nothing, from either database into either."""

import gzip
import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from plsched.access import Principal, Role, local
from plsched.errors import BackupRefused, StoreNotOpened
from plsched.store import (
    AuditStore,
    Database,
    ScenarioStore,
    TenantStore,
    back_up,
    open_database,
    restore,
)
from plsched.store.archive import TABLES
from plsched.store.records import Tenant
from tests import postgres, tiny
from tests.disks import disk
from tests.store.filled import ROWS, fill


@pytest.fixture(params=["sqlite", "postgresql"])
def other_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """URL of a second database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/other.db"
    else:
        with postgres.new_database() as url:
            yield url


def rows_of(backup: Path) -> list[bytes]:
    """Give all of a backup but the line that tells when it was made."""
    return gzip.decompress(backup.read_bytes()).splitlines()[1:]


def taken(url: str, folder: Path, name: str = "first.plsched") -> Path:
    back_up(url, folder / name, now=tiny.NOW)
    return folder / name


def test_a_store_comes_back_byte_for_byte_in_either_database(
    database: Database, database_url: str, other_url: str, tmp_path: Path
) -> None:
    fill(database)
    first = taken(database_url, tmp_path)
    restored = restore(other_url, first)
    assert (restored.tables, restored.rows) == (len(TABLES), ROWS * len(TABLES))
    second = taken(other_url, tmp_path, "second.plsched")
    assert rows_of(first) == rows_of(second)
    assert first.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.glob(".*")] == []


def test_new_rows_are_numbered_after_those_that_came(
    database: Database, database_url: str, other_url: str, tmp_path: Path
) -> None:
    fill(database)
    restore(other_url, taken(database_url, tmp_path))
    with open_database(other_url) as other:
        (tenant, *_) = TenantStore(other).all()
        by = Principal.of(tenant.id, "me", Role.PLANNER)
        ScenarioStore(other, tenant.id).add(tiny.scenario(), by=by, now=tiny.NOW)
        (deed, *_), _ = AuditStore(other, tenant.id).page(limit=1)
        assert deed.number > 10 * ROWS


def test_a_backup_holds_one_moment_while_twenty_write(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    """Each writer counts up, a district and its scenario in two steps: no step is missing."""
    over = threading.Event()
    failed: list[Exception] = []

    def write(writer: int) -> None:
        number = 0
        try:
            while not over.is_set():
                id_ = f"{writer:02}-{number:05}"
                TenantStore(database).add(Tenant(id_, "x" * 2000, tiny.NOW), by=local())
                by = Principal.of(id_, "me", Role.PLANNER)
                ScenarioStore(database, id_).add(tiny.scenario(), by=by, now=tiny.NOW)
                number += 1
        except Exception as error:  # noqa: BLE001  # told by the test's own thread
            failed.append(error)

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(20)]
    for thread in threads:
        thread.start()
    backups = [taken(database_url, tmp_path, f"{number}.plsched") for number in range(3)]
    over.set()
    for thread in threads:
        thread.join()
    assert failed == []
    counts = []
    for backup in backups:
        with open_database(f"sqlite:///{backup}.db") as copy:
            restore(f"sqlite:///{backup}.db", backup)
            with copy.read() as session:
                ids = sorted(session.scalars(text("SELECT id FROM tenants WHERE id != 'local'")))
                counts.append(len(ids))
                for writer in range(20):
                    mine = [each for each in ids if each.startswith(f"{writer:02}-")]
                    assert mine == [f"{writer:02}-{n:05}" for n in range(len(mine))]
                    # The scenario of all but the last one is there.
                    with_one = session.scalar(
                        text("SELECT count(*) FROM scenarios WHERE tenant LIKE :mine"),
                        {"mine": f"{writer:02}-%"},
                    )
                    assert with_one in {len(mine), len(mine) - 1, 0}
                assert session.scalar(text("PRAGMA integrity_check")) == "ok"
                assert session.execute(text("PRAGMA foreign_key_check")).all() == []
    assert counts == sorted(counts)
    assert counts[-1] > 0


def test_a_store_that_holds_something_is_kept_unless_told(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    fill(database)
    backup = taken(database_url, tmp_path)
    with database.write() as session:
        session.execute(text("DELETE FROM run_progress"))
    with pytest.raises(BackupRefused, match=r"the store is not empty.*or say --replace"):
        restore(database_url, backup)
    assert count(database, "run_progress") == 0
    restore(database_url, backup, replace=True)
    assert count(database, "run_progress") == ROWS


def count(database: Database, table: str) -> int:
    (found,) = [each for each in TABLES if each.name == table]
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(found)) or 0


def lines(backup: Path) -> list[bytes]:
    return gzip.decompress(backup.read_bytes()).splitlines(keepends=True)


def written(backup: Path, content: list[bytes]) -> None:
    backup.write_bytes(gzip.compress(b"".join(content)))


def flip_a_bit(backup: Path) -> None:
    content = bytearray(backup.read_bytes())
    content[len(content) // 2] ^= 4
    backup.write_bytes(content)


def cut(backup: Path) -> None:
    backup.write_bytes(backup.read_bytes()[:-20])


def cut_lines(backup: Path) -> None:
    written(backup, lines(backup)[:-1])


def change_a_row(backup: Path) -> None:
    written(backup, [line.replace(b"planner", b"adminin") for line in lines(backup)])


def leave_a_row_out(backup: Path) -> None:
    rows = [line for line in lines(backup) if line.startswith(b"[")]
    written(backup, [line for line in lines(backup) if line != rows[-1]])


def name_another_form(backup: Path) -> None:
    first, *rest = lines(backup)
    written(backup, [first.replace(b'"plsched_backup":1', b'"plsched_backup":2'), *rest])


def name_another_revision(backup: Path) -> None:
    first, *rest = lines(backup)
    heading = json.loads(first) | {"revision": "0001"}
    written(backup, [json.dumps(heading).encode() + b"\n", *rest])


def add_a_table(backup: Path) -> None:
    content = lines(backup)
    written(backup, [*content[:-1], b'{"table":"more","columns":[]}\n', content[-1]])


def write_something_else(backup: Path) -> None:
    written(backup, [b"hello\n"])


def pack_nothing(backup: Path) -> None:
    backup.write_bytes(b"SQLite format 3\0")


def take_it_away(backup: Path) -> None:
    backup.unlink()


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (flip_a_bit, "no whole backup of plsched"),
        (cut, "no whole backup of plsched"),
        (cut_lines, "it is not whole"),
        (change_a_row, "are not those that were written"),
        (leave_a_row_out, "are not those that were written"),
        (name_another_form, "of form 2, and this plsched reads form 1"),
        (name_another_revision, "holds tables of revision 0001"),
        (add_a_table, "it goes on after its last table"),
        (write_something_else, "a line cannot be read"),
        (pack_nothing, "no whole backup of plsched"),
        (take_it_away, "cannot be read"),
    ],
)
def test_a_damaged_backup_is_refused_before_anything_is_touched(
    damage: Callable[[Path], None], told: str, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path}/store.db"
    with open_database(url) as database:
        fill(database)
        backup = taken(url, tmp_path)
        damage(backup)
        with pytest.raises(BackupRefused, match=told):
            restore(url, backup, replace=True)
        assert count(database, "run_progress") == ROWS
    with pytest.raises(BackupRefused, match=told):
        restore(f"sqlite:///{tmp_path}/new.db", backup)
    assert not (tmp_path / "new.db").exists()


def test_a_backup_that_contradicts_itself_changes_nothing(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    """Its checksums are right, and a row of it has no parent."""
    fill(database)
    with open_database(f"sqlite:///{tmp_path}/broken.db") as broken:
        fill(broken)
        with broken.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            connection.exec_driver_sql("BEGIN")
            connection.exec_driver_sql("UPDATE run_progress SET run_id = 'nowhere'")
            connection.commit()
    with pytest.raises(BackupRefused, match=r"the database is damaged \(3 lost row"):
        taken(f"sqlite:///{tmp_path}/broken.db", tmp_path)
    backup = taken(database_url, tmp_path)
    content = lines(backup)
    with_nowhere = [line.replace(b'["id 1', b'["nowhere') for line in content]
    assert with_nowhere != content
    backup.write_bytes(gzip.compress(b"".join(signed_anew(with_nowhere))))
    with pytest.raises(BackupRefused, match="contradicts itself, and nothing was restored"):
        restore(database_url, backup, replace=True)
    assert count(database, "run_progress") == ROWS


def signed_anew(content: list[bytes]) -> list[bytes]:
    signed, digest = [], sha256()
    for line in content:
        if line.startswith(b"["):
            digest.update(line)
        elif line.startswith(b'{"rows"'):
            told = json.loads(line) | {"sha256": digest.hexdigest()}
            line = json.dumps(told).encode() + b"\n"  # noqa: PLW2901 - signed in its place
            digest = sha256()
        signed.append(line)
    return signed


BACK_UP = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from plsched.store import backup

backup._rows = lambda *_: print("writes", flush=True) or time.sleep(600)
backup.back_up(sys.argv[1], Path(sys.argv[2]), now=datetime.now(UTC))
"""


@pytest.mark.parametrize("killed", [True, False])
def test_what_a_killed_backup_left_goes_and_what_another_writes_stays(
    database: Database, database_url: str, tmp_path: Path, killed: bool
) -> None:
    fill(database)
    there = tmp_path / "backups"
    there.mkdir()
    command = [sys.executable, "-c", BACK_UP, database_url, str(there / "other.plsched")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        try:
            assert other.stdout.readline() == "writes\n"
            (left,) = there.iterdir()
            if killed:
                other.kill()
                other.wait()
            first = taken(database_url, there)
            assert set(there.iterdir()) == ({first} if killed else {first, left})
        finally:
            other.kill()


def test_a_file_that_is_there_is_kept(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/store.db"
    open_database(url).close()
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    with pytest.raises(BackupRefused, match="is there already; name another file"):
        back_up(url, tmp_path / "mine", now=tiny.NOW)
    with pytest.raises(BackupRefused, match="cannot be written"):
        back_up(url, tmp_path / "no folder/mine", now=tiny.NOW)
    assert (tmp_path / "mine").read_text(encoding="utf-8") == "mine"


def test_a_disk_that_is_full_leaves_no_half_of_a_backup(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/store.db"
    with disk(tmp_path / "disk") as small, open_database(url) as database:
        fill(database)
        small.fill()
        with pytest.raises(BackupRefused, match=r"full|could not be copied"):
            back_up(url, small.folder / "mine", now=tiny.NOW)
        assert [path.name for path in small.folder.iterdir()] == ["filling"]


def test_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(StoreNotOpened, match="is not there; look at the address"):
        back_up(f"sqlite:///{tmp_path}/typo.db", tmp_path / "mine", now=tiny.NOW)
    assert list(tmp_path.iterdir()) == []


def test_a_database_of_another_revision_is_not_migrated(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    with database.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    with pytest.raises(StoreNotOpened, match="has tables of revision 0001"):
        back_up(database_url, tmp_path / "mine", now=tiny.NOW)
    assert not (tmp_path / "mine").exists()
