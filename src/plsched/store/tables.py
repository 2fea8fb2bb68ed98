"""The tables, as the code reads them. They are made by the migrations alone."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    CheckConstraint,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    String,
    Text,
    TypeDecorator,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from plsched.plan.models import Status
from plsched.store.records import RunStatus

STATUSES = "'queued', 'running', 'done', 'failed', 'cancelled'"


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


class ScenarioRow(Base):
    """A scenario, whole, as JSON; ``id`` is the hash of its content."""

    __tablename__ = "scenarios"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    content: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Moment)


class RunRow(Base):
    """A run; ``number`` is its place in the queue."""

    __tablename__ = "runs"
    __table_args__ = (
        CheckConstraint(f"status IN ({STATUSES})", name="ck_runs_status"),
        CheckConstraint("(status = 'running') = (owner IS NOT NULL)", name="ck_runs_owner"),
        CheckConstraint("status != 'done' OR plan_id IS NOT NULL", name="ck_runs_plan"),
        CheckConstraint("(status = 'failed') = (reason IS NOT NULL)", name="ck_runs_reason"),
        Index("ix_runs_status_number", "status", "number"),
        {"sqlite_autoincrement": True},
    )

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(unique=True)
    scenario_id: Mapped[str] = mapped_column(ForeignKey("scenarios.id"))
    seed: Mapped[int]
    time_limit_s: Mapped[int]
    workers: Mapped[int]
    baseline_id: Mapped[str | None] = mapped_column(ForeignKey("plans.id"))
    key: Mapped[str | None] = mapped_column(unique=True)
    status: Mapped[RunStatus] = mapped_column(String)
    created_at: Mapped[datetime] = mapped_column(Moment)
    started_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    owner: Mapped[str | None]
    beat_at: Mapped[datetime | None] = mapped_column(Moment)
    attempts: Mapped[int]
    cancel_requested: Mapped[bool]
    plan_id: Mapped[str | None] = mapped_column(ForeignKey("plans.id"))
    reason: Mapped[str | None] = mapped_column(Text)


class PlanRow(Base):
    """A plan, whole, as plan.json holds it."""

    __tablename__ = "plans"
    __table_args__ = (Index("ix_plans_created_at", "created_at"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    scenario_id: Mapped[str] = mapped_column(ForeignKey("scenarios.id"))
    run_id: Mapped[str | None]
    status: Mapped[Status] = mapped_column(String)
    content: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Moment)
