"""The tables, as the code reads them. They are made by the migrations alone."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from plsched.access import Role
from plsched.plan.models import Status
from plsched.store.records import RunStatus

STATUSES = (
    "'queued', 'running', 'succeeded', 'infeasible', 'no_plan_in_time', 'failed', 'cancelled'"
)
PLANNED = "'succeeded', 'infeasible', 'no_plan_in_time'"
ROLES = "'planner', 'budget', 'viewer', 'admin'"


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept in UTC: SQLite has no zones of its own."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware moment into UTC without a zone."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment needs its zone, got {value!r}")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        del dialect
        return None if value is None else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """Root of the tables."""


class TenantRow(Base):
    """A district; everything that is kept belongs to one."""

    __tablename__ = "tenants"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(Moment)
    max_time_limit_s: Mapped[int | None]
    max_workers: Mapped[int | None]
    max_queued_runs: Mapped[int | None]
    max_educators: Mapped[int | None]


class ScenarioRow(Base):
    """A scenario, whole, as JSON.

    The hash of its content is no id: who knows all but a salary could try salaries until it fits.
    """

    __tablename__ = "scenarios"
    __table_args__ = (
        Index("ix_scenarios_tenant_created_at", "tenant", "created_at"),
        Index("ix_scenarios_tenant_content_hash", "tenant", "content_hash", unique=True),
    )

    tenant: Mapped[str] = mapped_column(ForeignKey("tenants.id"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    # SQLite adds no column without a default to a table that has rows.
    content_hash: Mapped[str] = mapped_column(server_default="")
    name: Mapped[str]
    content: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Moment)
    created_by: Mapped[str]


class PlanRow(Base):
    """A plan, whole, as plan.json holds it."""

    __tablename__ = "plans"
    __table_args__ = (
        ForeignKeyConstraint(["tenant", "scenario_id"], ["scenarios.tenant", "scenarios.id"]),
        Index("ix_plans_tenant_created_at", "tenant", "created_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    tenant: Mapped[str] = mapped_column(ForeignKey("tenants.id"))
    scenario_id: Mapped[str]
    run_id: Mapped[str | None]
    status: Mapped[Status] = mapped_column(String)
    content: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Moment)


class RunRow(Base):
    """A run; ``number`` is its place in the queue."""

    __tablename__ = "runs"
    __table_args__ = (
        CheckConstraint(f"status IN ({STATUSES})", name="ck_runs_status"),
        CheckConstraint("(status = 'running') = (owner IS NOT NULL)", name="ck_runs_owner"),
        CheckConstraint(f"status NOT IN ({PLANNED}) OR plan_id IS NOT NULL", name="ck_runs_plan"),
        CheckConstraint("(status = 'failed') = (reason IS NOT NULL)", name="ck_runs_reason"),
        ForeignKeyConstraint(["tenant", "scenario_id"], ["scenarios.tenant", "scenarios.id"]),
        UniqueConstraint("tenant", "key", name="uq_runs_tenant_key"),
        Index("ix_runs_status_number", "status", "number"),
        Index("ix_runs_tenant_number", "tenant", "number"),
        {"sqlite_autoincrement": True},
    )

    number: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    id: Mapped[str] = mapped_column(unique=True)
    tenant: Mapped[str] = mapped_column(ForeignKey("tenants.id"))
    scenario_id: Mapped[str]
    seed: Mapped[int]
    time_limit_s: Mapped[int]
    workers: Mapped[int]
    baseline_id: Mapped[str | None] = mapped_column(ForeignKey("plans.id"))
    key: Mapped[str | None]
    status: Mapped[RunStatus] = mapped_column(String)
    created_at: Mapped[datetime] = mapped_column(Moment)
    created_by: Mapped[str]
    started_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    owner: Mapped[str | None]
    beat_at: Mapped[datetime | None] = mapped_column(Moment)
    unheard: Mapped[int] = mapped_column(default=0, server_default="0")
    """Looks of those who look after runs since the owner last showed that it lives."""
    attempts: Mapped[int]
    cancel_requested: Mapped[bool]
    plan_id: Mapped[str | None] = mapped_column(ForeignKey("plans.id"))
    reason: Mapped[str | None] = mapped_column(Text)


class ProgressRow(Base):
    """A line of a run's progress; ``number`` counts through all attempts."""

    __tablename__ = "run_progress"

    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    attempt: Mapped[int]
    elapsed_s: Mapped[float] = mapped_column(Float)
    stage: Mapped[str]
    tier: Mapped[str | None]
    value: Mapped[int | None] = mapped_column(BigInteger)
    bound: Mapped[int | None] = mapped_column(BigInteger)
    gap: Mapped[float | None] = mapped_column(Float)
    message: Mapped[str] = mapped_column(Text)


class PublicationRow(Base):
    """A plan that was published: the latest of its school year is what feeds follow.

    ``changes`` and ``calendar`` are JSON packed by gzip.
    """

    __tablename__ = "publications"

    tenant: Mapped[str] = mapped_column(ForeignKey("tenants.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[str] = mapped_column(ForeignKey("plans.id"), unique=True)
    published_at: Mapped[datetime] = mapped_column(Moment)
    published_by: Mapped[str]
    summary: Mapped[str | None] = mapped_column(Text)
    changes: Mapped[bytes | None] = mapped_column(LargeBinary)
    calendar: Mapped[bytes] = mapped_column(LargeBinary)


class FeedFileRow(Base):
    """A feed as its readers get it, packed by gzip; written anew at each publication."""

    __tablename__ = "feed_files"

    tenant: Mapped[str] = mapped_column(ForeignKey("tenants.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    reader: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    etag: Mapped[str]
    changed_at: Mapped[datetime] = mapped_column(Moment)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class FeedRow(Base):
    """An address of a feed that was given out; its token is kept as a hash only."""

    __tablename__ = "feeds"
    __table_args__ = (Index("ix_feeds_tenant_kind_reader", "tenant", "kind", "reader"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    tenant: Mapped[str] = mapped_column(ForeignKey("tenants.id"))
    kind: Mapped[str]
    reader: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    created_by: Mapped[str]
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)


class KeyRow(Base):
    """An API key; its secret is kept as a hash only."""

    __tablename__ = "keys"
    __table_args__ = (CheckConstraint(f"role IN ({ROLES})", name="ck_keys_role"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    tenant: Mapped[str] = mapped_column(ForeignKey("tenants.id"))
    name: Mapped[str]
    role: Mapped[Role] = mapped_column(String)
    secret_hash: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(Moment)
    created_by: Mapped[str]
    expires_at: Mapped[datetime | None] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)


class MemberRow(Base):
    """Somebody who signs in by OpenID Connect, and what they are to a district."""

    __tablename__ = "members"
    __table_args__ = (
        CheckConstraint(f"role IN ({ROLES})", name="ck_members_role"),
        Index("ix_members_email", "email"),
    )

    tenant: Mapped[str] = mapped_column(ForeignKey("tenants.id"), primary_key=True)
    email: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[Role] = mapped_column(String)
    created_at: Mapped[datetime] = mapped_column(Moment)
    created_by: Mapped[str]


class AuditRow(Base):
    """Who did what; rows are added and never changed."""

    __tablename__ = "audit"
    __table_args__ = (
        Index("ix_audit_tenant_number", "tenant", "number"),
        {"sqlite_autoincrement": True},
    )

    number: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    )
    tenant: Mapped[str] = mapped_column(ForeignKey("tenants.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    actor: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str]
    request_id: Mapped[str | None]
    details: Mapped[str | None] = mapped_column(Text)
