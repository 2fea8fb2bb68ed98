"""What stands around plsched and carries it: one PostgreSQL, and TLS."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
import tempfile
import time
from typing import Any, LiteralString

import psutil
import psycopg
from procrastinate.schema import SchemaManager

from benchmarks.postgres import Server, durable
from benchmarks.reading import Asked, Part, Reading
from plsched.generate import generate

SECONDS = 10
CLIENTS = 16
RUNS = 500
SUBSCRIBERS = 300_000
WAITING = 2_000
IDLE = 100
EDUCATORS = 250

DISTRICT = """
INSERT INTO tenants (id, name, created_at) VALUES ('d', 'District', now());
INSERT INTO scenarios (tenant, id, name, content, created_at, created_by)
  VALUES ('d', 's', 'Scenario', '{}', now(), 'somebody');
"""
RUNNING = """
INSERT INTO runs (id, tenant, scenario_id, seed, time_limit_s, workers, status, created_at,
    created_by, owner, attempts, cancel_requested)
  SELECT 'run-' || n, 'd', 's', 0, 60, 2, 'running', now(), 'somebody', 'owner', 1, false
  FROM generate_series(1, %s) AS n
"""
SUBSCRIBED = """
INSERT INTO feeds (id, tenant, kind, reader, token_hash, created_at, created_by)
  SELECT 'feed-' || n, 'd', 'educator', 'e' || n, encode(sha256(n::text::bytea), 'hex'), now(),
    'somebody' FROM generate_series(1, %s) AS n
"""
WRITTEN = """
INSERT INTO feed_files (tenant, kind, reader, title, etag, changed_at, content)
  SELECT 'd', 'educator', 'e' || n, 'Educator', encode(sha256(n::text::bytea), 'hex'), now(), %s
  FROM generate_series(1, %s) AS n
"""
# As a running run shows that it lives, with two lines of progress.
BEAT = r"""
\set run random(1, 500)
\set line random(1, 2000000000)
BEGIN;
UPDATE runs SET beat_at = now() WHERE id = 'run-' || :run AND owner = 'owner';
INSERT INTO run_progress (run_id, number, attempt, elapsed_s, stage, tier, value, bound, message)
  VALUES ('run-' || :run, :line, 1, 12.3, 'improve', 'reach', 5546340, 5566638,
    'reach: 5,546,340, at most 5,566,638 (gap 0.37 %)'),
    ('run-' || :run, :line + 1, 1, 12.4, 'improve', 'cost', 15771554, 15405865,
    'cost: 15,771,554, at least 15,405,865 (gap 2.32 %)') ON CONFLICT DO NOTHING;
COMMIT;
"""
# As the service reads: each time from one state of the database.
LOOK_UP = r"""
\set n random(1, 300000)
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT f.etag, f.changed_at FROM feeds AS a JOIN feed_files AS f USING (tenant, kind, reader)
  WHERE a.token_hash = encode(sha256((:n)::text::bytea), 'hex') AND a.revoked_at IS NULL;
ROLLBACK;
"""
WHOLE = LOOK_UP.replace("f.changed_at FROM", "f.changed_at, f.content FROM")
FOLLOW = r"""
\set run random(1, 500)
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT * FROM runs WHERE id = 'run-' || :run AND tenant = 'd';
ROLLBACK;
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT p.* FROM run_progress AS p JOIN runs AS r ON r.id = p.run_id
  WHERE r.id = 'run-' || :run AND r.tenant = 'd' AND p.number > 2000000000 ORDER BY p.number;
ROLLBACK;
"""
IDLE_LOOK = "SELECT id FROM procrastinate_fetch_job_v2(ARRAY['runs'], 1);\n"


def ground(asked: Asked) -> Part:
    """Measure one PostgreSQL, durable as it is by default, and handshakes of TLS."""
    raw: dict[str, float] = {}
    with durable(IDLE + 50) as server:
        with server.connect() as connection:
            raw |= _filled(connection, asked.seed)
        raw["beats_per_s"] = per_second(server, BEAT)
        raw["look_ups_per_s"] = per_second(server, LOOK_UP)
        raw["wholes_per_s"] = per_second(server, WHOLE)
        raw["follows_per_s"] = per_second(server, FOLLOW)
        raw["idle_looks_per_s"] = per_second(server, IDLE_LOOK)
        with server.connect() as connection:
            raw["line_bytes"] = _bytes_of_a_line(connection)
            raw["take_ms"] = _taken(connection)
        raw["connection_mib"] = _idle_connections(server)
    raw["handshake_ms"] = _handshake_ms()
    return Part(_told(raw), raw)


def per_second(server: Server, script: str) -> float:
    """Run a script again and again, by some clients; how often a second."""
    path = server.folder / "script.sql"
    path.write_text(script, encoding="utf-8")
    done = subprocess.run(
        [
            *(server.folder / "programs/pgbench", "--no-vacuum", "--protocol=prepared"),
            *(f"--file={path}", f"--client={CLIENTS}", "--jobs=2", f"--time={SECONDS}"),
            server.url,
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    return float(re.findall(r"tps = ([\d.]+)", done.stdout)[-1])


def _told(raw: dict[str, float]) -> tuple[Reading, ...]:
    return (
        Reading("PostgreSQL: beats with two lines, committed", f"{raw['beats_per_s']:,.0f}/s"),
        Reading("a progress line on disk, index included", f"{raw['line_bytes']:,.0f} bytes"),
        Reading("look-ups of a feed by its token", f"{raw['look_ups_per_s']:,.0f}/s"),
        Reading("the same with the feed's bytes", f"{raw['wholes_per_s']:,.0f}/s"),
        Reading("looks at a run and its progress", f"{raw['follows_per_s']:,.0f}/s"),
        Reading("looks of idle workers at an empty queue", f"{raw['idle_looks_per_s']:,.0f}/s"),
        Reading(f"taking a job, {WAITING:,} wait", f"{raw['take_ms']:.1f} ms"),
        Reading("memory of an idle connection", f"{raw['connection_mib']:.1f} MiB"),
        Reading("a scenario's row, of its JSON", f"{raw['stored']:.2f}"),
        Reading("a TLS handshake (ECDSA P-256), server's side", f"{raw['handshake_ms']:.2f} ms"),
    )


def _filled(connection: psycopg.Connection, seed: int) -> dict[str, float]:
    """Fill a district in: running runs, subscribers with feeds, jobs; give what a scenario takes."""
    connection.execute(DISTRICT)
    connection.execute(RUNNING, (RUNS,))
    connection.execute(SUBSCRIBED, (SUBSCRIBERS,))
    connection.execute(WRITTEN, (gzip.compress(os.urandom(2_000)), SUBSCRIBERS))
    if connection.execute("SELECT to_regclass('procrastinate_jobs')").fetchone() == (None,):
        connection.execute(SchemaManager.get_schema())
    content = generate(EDUCATORS, seed).model_dump_json()
    connection.execute(
        "INSERT INTO scenarios (tenant, id, name, content, created_at, created_by) "
        "VALUES ('d', 'large', 'Large', %s, now(), 'somebody')",
        (content,),
    )
    connection.execute("VACUUM ANALYZE")
    stored = _number(connection, "SELECT pg_column_size(content) FROM scenarios WHERE id = 'large'")
    return {"stored": stored / len(content.encode())}


def _bytes_of_a_line(connection: psycopg.Connection) -> float:
    whole = _number(connection, "SELECT pg_total_relation_size('run_progress')")
    return whole / _number(connection, "SELECT count(*) FROM run_progress")


def _taken(connection: psycopg.Connection) -> float:
    """Take all jobs of a long queue, one after the other; milliseconds each."""
    connection.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    connection.execute(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, queueing_lock, args) "
        "SELECT 'runs', 'task', 'run-' || n, '{}' FROM generate_series(1, %s) AS n",
        (WAITING,),
    )
    worker = int(_number(connection, "SELECT max(id) FROM procrastinate_workers"))
    begun = time.monotonic()
    for _ in range(WAITING):
        connection.execute("SELECT procrastinate_fetch_job_v2(ARRAY['runs'], %s)", (worker,))
    return (time.monotonic() - begun) / WAITING * 1000


def _idle_connections(server: Server) -> float:
    """Open connections that have done one query each; MiB that each adds."""
    opened: list[psycopg.Connection] = []
    pids: list[int] = []
    try:
        for _ in range(IDLE):
            connection = server.connect()
            opened.append(connection)
            connection.execute("SELECT count(*) FROM tenants")
            pids.append(connection.info.backend_pid)
        return sum(psutil.Process(pid).memory_full_info().pss for pid in pids) / IDLE / 2**20
    finally:
        for connection in opened:
            connection.close()


def _number(connection: psycopg.Connection, query: LiteralString) -> float:
    row: Any = connection.execute(query).fetchone()
    return float(row[0])


def _handshake_ms() -> float:
    """Let OpenSSL's own server and client shake hands, and see what the server's side costs."""
    openssl = shutil.which("openssl")
    if openssl is None:
        raise SystemExit("there is no openssl to measure handshakes with; install it")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [
                *(openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt"),
                *("ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=localhost"),
                *("-keyout", "key.pem", "-out", "cert.pem"),
            ],
            cwd=folder,
            capture_output=True,
            check=True,
        )
        with subprocess.Popen(
            [
                openssl,
                "s_server",
                "-accept",
                "127.0.0.1:0",
                "-www",
                "-cert",
                "cert.pem",
                "-key",
                "key.pem",
            ],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        ) as server:
            try:
                return _shaken(openssl, server)
            finally:
                server.terminate()


def _shaken(openssl: str, server: subprocess.Popen[str]) -> float:
    assert server.stdout is not None
    address = next(line.split()[-1] for line in server.stdout if line.startswith("ACCEPT"))
    process = psutil.Process(server.pid)
    before = sum(process.cpu_times()[:2])
    done = subprocess.run(
        [openssl, "s_time", "-connect", address, "-new", "-time", str(SECONDS)],
        capture_output=True,
        text=True,
        check=False,
    )
    spent = sum(process.cpu_times()[:2]) - before
    found = re.search(r"^(\d+) connections in [\d.]+ real", done.stdout, re.MULTILINE)
    if found is None:
        raise SystemExit(f"no handshake with {address}:\n{done.stdout}{done.stderr}")
    return spent / int(found[1]) * 1000
