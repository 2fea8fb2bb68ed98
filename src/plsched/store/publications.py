"""Publications in the store: what was published when, and the feeds as they were written then."""

from __future__ import annotations

import gzip
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, Select, and_, delete, func, insert, select, tuple_, update
from sqlalchemy.orm import Session, aliased

from plsched.access import Principal
from plsched.errors import NotStored, PublishedMeanwhile
from plsched.store.audit import add_deed
from plsched.store.database import Database
from plsched.store.order import older
from plsched.store.records import FeedFile, Publication
from plsched.store.tables import FeedFileRow, PlanRow, PublicationRow, ScenarioRow, TenantRow

Reader = tuple[str, str]
"""Kind and id of whoever reads a feed."""


@dataclass(frozen=True, slots=True)
class Published:
    """What a district has published: all that the next publication stands on.

    Attributes
    ----------
    numbers
        Number of the latest publication of each year.
    plans
        Its plan.
    calendars
        What the feeds show of each year, as JSON.
    etags
        Of the feeds, as they were written.
    """

    numbers: Mapping[int, int]
    plans: Mapping[int, str]
    calendars: Mapping[int, bytes]
    etags: Mapping[Reader, str]


@dataclass(frozen=True, slots=True)
class NewPublication:
    """A publication to keep.

    Attributes
    ----------
    changes, calendar
        The change list, and what the feeds show of the year, as JSON.
    files
        The feeds that change.
    gone
        Readers who have no feed any more.
    """

    year: int
    plan_id: str
    summary: str | None
    changes: bytes | None
    calendar: bytes
    files: Sequence[FeedFile]
    gone: Collection[Reader]


class PublicationStore:
    """Keeps a district's publications; one that is kept never changes.

    Parameters
    ----------
    tenant
        The district; publications of others do not exist here.
    """

    def __init__(self, database: Database, tenant: str) -> None:
        self._database = database
        self._tenant = tenant

    def published(self) -> Published:
        """Read what is published now."""
        with self._database.read() as session:
            numbers = _numbers(session, self._tenant)
            row = PublicationRow
            latest = select(row.year, row.plan_id, row.calendar).where(
                row.tenant == self._tenant, tuple_(row.year, row.number).in_(numbers.items())
            )
            found = session.execute(latest).all() if numbers else []
            file = FeedFileRow
            etags = select(file.kind, file.reader, file.etag).where(file.tenant == self._tenant)
            return Published(
                numbers=numbers,
                plans={year: plan for year, plan, _ in found},
                calendars={year: gzip.decompress(packed) for year, _, packed in found},
                etags={(kind, reader): etag for kind, reader, etag in session.execute(etags)},
            )

    def add(
        self, new: NewPublication, *, after: Published, by: Principal, now: datetime
    ) -> Publication:
        """Keep a publication and the feeds that it changes, all or nothing.

        Parameters
        ----------
        after
            What was published when this one was worked out.

        Raises
        ------
        PublishedMeanwhile
            Something else was published since then.
        """
        with self._database.write() as session:
            # On PostgreSQL writers are not alone: one of a district's publishers after the other.
            session.execute(
                select(TenantRow.id).where(TenantRow.id == self._tenant).with_for_update()
            )
            if _numbers(session, self._tenant) != after.numbers:
                raise PublishedMeanwhile(
                    "somebody published another plan at the same time; look at what it changes "
                    "(GET /v1/publications), and publish this one again if it is still wanted"
                )
            number = after.numbers.get(new.year, 0) + 1
            session.add(
                PublicationRow(
                    tenant=self._tenant,
                    year=new.year,
                    number=number,
                    plan_id=new.plan_id,
                    published_at=now,
                    published_by=by.actor,
                    summary=new.summary,
                    changes=None if new.changes is None else gzip.compress(new.changes, mtime=0),
                    calendar=gzip.compress(new.calendar, mtime=0),
                )
            )
            details = {"year": new.year, "number": number}
            add_deed(session, by, "plan.publish", new.plan_id, now, details)
            self._write_files(session, new, after)
            session.flush()
            (row,) = session.execute(self._records().where(PublicationRow.plan_id == new.plan_id))
            return _record(row)

    def of_plan(self, plan_id: str) -> Publication | None:
        """Find the publication of a plan; ``None`` for a draft."""
        with self._database.read() as session:
            row = session.execute(self._records().where(PublicationRow.plan_id == plan_id)).first()
            return None if row is None else _record(row)

    def get(self, year: int, number: int) -> tuple[Publication, bytes | None]:
        """Find a publication and its change list as JSON; the first of a year has none.

        Raises
        ------
        NotStored
            There is none of this year and number.
        """
        its = (PublicationRow.year == year, PublicationRow.number == number)
        with self._database.read() as session:
            row = session.execute(self._records().where(*its)).first()
            if row is None:
                raise NotStored("publication", f"{year}/{number}")
            mine = PublicationRow.tenant == self._tenant
            packed = session.scalar(select(PublicationRow.changes).where(mine, *its))
            return _record(row), None if packed is None else gzip.decompress(packed)

    def page(
        self, *, limit: int, after: str | None = None, year: int | None = None
    ) -> tuple[list[Publication], int]:
        """List publications, newest first, with the number of all; of one year or of all.

        Parameters
        ----------
        after
            Id of the plan whose publication the list goes on after; ``None``: from the newest on.

        Raises
        ------
        NotStored
            The district has published no plan with this id.
        """
        last = None if after is None else self.of_plan(after)
        if after is not None and last is None:
            raise NotStored("publication", after)
        row = PublicationRow
        wanted = [row.tenant == self._tenant]
        wanted += [row.year == year] if year is not None else []
        newest = self._records().where(*wanted).limit(limit)
        newest = newest.order_by(row.published_at.desc(), row.plan_id.desc())
        if last is not None:
            begins = older(row.published_at, row.plan_id, last.published_at, last.plan_id)
            newest = newest.where(begins)
        with self._database.read() as session:
            found = session.execute(newest)
            total = session.scalar(select(func.count()).select_from(row).where(*wanted)) or 0
            return [_record(one) for one in found], total

    def _write_files(self, session: Session, new: NewPublication, after: Published) -> None:
        mine = FeedFileRow.tenant == self._tenant
        for kind, reader in new.gone:
            session.execute(
                delete(FeedFileRow).where(
                    mine, FeedFileRow.kind == kind, FeedFileRow.reader == reader
                )
            )
        values = [
            {
                "tenant": self._tenant,
                "kind": file.kind,
                "reader": file.reader,
                "title": file.title,
                "etag": file.etag,
                "changed_at": file.changed_at,
                "content": file.content,
            }
            for file in new.files
        ]
        old = [v for v in values if (v["kind"], v["reader"]) in after.etags]
        fresh = [v for v in values if (v["kind"], v["reader"]) not in after.etags]
        if old:
            session.execute(update(FeedFileRow), old)
        if fresh:
            session.execute(insert(FeedFileRow), fresh)

    def _records(
        self,
    ) -> Select[int, int, str, str, datetime, str, int | None, str | None]:
        row, later = PublicationRow, aliased(PublicationRow)
        its_plan = PlanRow.id == row.plan_id
        its_scenario = and_(
            ScenarioRow.tenant == PlanRow.tenant, ScenarioRow.id == PlanRow.scenario_id
        )
        latest = (
            select(func.max(later.number))
            .where(later.tenant == row.tenant, later.year == row.year)
            .scalar_subquery()
        )
        return (
            select(
                row.year,
                row.number,
                row.plan_id,
                ScenarioRow.name,
                row.published_at,
                row.published_by,
                latest,
                row.summary,
            )
            .join(PlanRow, its_plan)
            .join(ScenarioRow, its_scenario)
            .where(row.tenant == self._tenant)
        )


def _numbers(session: Session, tenant: str) -> dict[int, int]:
    row = PublicationRow
    latest = select(row.year, func.max(row.number)).where(row.tenant == tenant).group_by(row.year)
    return dict(session.execute(latest).all())


def _record(row: Row[int, int, str, str, datetime, str, int | None, str | None]) -> Publication:
    year, number, plan_id, scenario_name, published_at, published_by, latest, summary = row
    return Publication(
        year=year,
        number=number,
        plan_id=plan_id,
        scenario_name=scenario_name,
        published_at=published_at,
        published_by=published_by,
        is_current=number == latest,
        summary=summary,
    )
