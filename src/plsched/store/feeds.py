"""Addresses of feeds in the store, and what stands behind them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Row, Select, and_, bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from plsched.access import Principal
from plsched.errors import NotStored
from plsched.store.audit import add_deed
from plsched.store.database import Database
from plsched.store.order import older
from plsched.store.records import FeedFile, ServedFeed, StoredFeed
from plsched.store.tables import FeedFileRow, FeedRow, TenantRow

_ITS_FILE = and_(
    FeedFileRow.tenant == FeedRow.tenant,
    FeedFileRow.kind == FeedRow.kind,
    FeedFileRow.reader == FeedRow.reader,
)


class FeedStore:
    """Keeps the addresses of a district's feeds.

    Parameters
    ----------
    tenant
        The district; feeds of others do not exist here.
    """

    def __init__(self, database: Database, tenant: str) -> None:
        self._database = database
        self._tenant = tenant

    def titles(self, kind: str | None = None) -> dict[tuple[str, str], str]:
        """Give the title of every feed there is by its kind and reader."""
        file = FeedFileRow
        every = select(file.kind, file.reader, file.title).where(file.tenant == self._tenant)
        every = every if kind is None else every.where(file.kind == kind)
        with self._database.read() as session:
            ordered = session.execute(every.order_by(file.kind, file.title, file.reader))
            return {(kind, reader): title for kind, reader, title in ordered}

    def add(self, feeds: Sequence[StoredFeed], *, by: Principal, now: datetime) -> None:
        """Keep new addresses; earlier ones stay good."""
        with self._database.write() as session:
            self._add(session, feeds, by, now)

    def add_missing(
        self, kind: str, feeds: Sequence[StoredFeed], *, by: Principal, now: datetime
    ) -> frozenset[str]:
        """Keep those new addresses whose readers have none that is good, and give their ids."""
        row = FeedRow
        live = (row.tenant == self._tenant, row.kind == kind, row.revoked_at.is_(None))
        with self._database.write() as session:
            # Two that ask at once: the second one waits, and finds the addresses of the first.
            session.get_one(TenantRow, self._tenant, with_for_update=True)
            has_one = set(session.scalars(select(row.reader).where(*live)))
            missing = [feed for feed in feeds if feed.reader not in has_one]
            self._add(session, missing, by, now)
            return frozenset(feed.id for feed in missing)

    def renew(
        self, kind: str, feeds: Sequence[StoredFeed], *, by: Principal, now: datetime
    ) -> None:
        """Keep new addresses, and revoke all earlier ones of a kind.

        Those of readers who are in no plan now would be good again once a plan has them.
        """
        row = FeedRow
        live = select(row.id, row.reader).where(
            row.tenant == self._tenant, row.kind == kind, row.revoked_at.is_(None)
        )
        with self._database.write() as session:
            session.get_one(TenantRow, self._tenant, with_for_update=True)
            refused = session.execute(live).all()
            for feed_id, reader in refused:
                add_deed(session, by, "feed.revoke", feed_id, now, _whose(kind, reader))
            if refused:
                values = [{"id": feed_id, "revoked_at": now} for feed_id, _ in refused]
                session.execute(update(FeedRow), values)
            self._add(session, feeds, by, now)

    def rotate(self, feed_id: str, new: StoredFeed, *, by: Principal, now: datetime) -> None:
        """Put a new address in place of one that is refused from now on.

        Raises
        ------
        NotStored
            The district has none with this id, or it is revoked already.
        """
        with self._database.write() as session:
            row = self._row(session, feed_id)
            if row.revoked_at is not None:
                raise NotStored("feed", feed_id)
            row.revoked_at = now
            add_deed(session, by, "feed.rotate", feed_id, now, {"new": new.id})
            session.execute(insert(FeedRow), [_values(self._tenant, new)])

    def revoke(self, feed_id: str, *, by: Principal, now: datetime) -> StoredFeed:
        """Refuse an address from now on; one that is refused already stays as it is.

        Raises
        ------
        NotStored
            The district has none with this id.
        """
        with self._database.write() as session:
            row = self._row(session, feed_id)
            if row.revoked_at is None:
                row.revoked_at = now
                add_deed(session, by, "feed.revoke", feed_id, now, _whose(row.kind, row.reader))
                session.flush()
            return _record(session.execute(self._records().where(FeedRow.id == feed_id)).one())

    def get(self, feed_id: str) -> StoredFeed:
        """Find an address.

        Raises
        ------
        NotStored
            The district has none with this id.
        """
        with self._database.read() as session:
            row = session.execute(self._records().where(FeedRow.id == feed_id)).first()
            if row is None:
                raise NotStored("feed", feed_id)
            return _record(row)

    def page(
        self, *, limit: int, after: str | None = None, kind: str | None = None
    ) -> tuple[list[StoredFeed], int]:
        """List addresses, newest first, the revoked ones too, with the number of all.

        Parameters
        ----------
        after
            Id of the address that the list goes on after; ``None``: from the newest on.

        Raises
        ------
        NotStored
            The district has none with this id.
        """
        last = None if after is None else self.get(after)
        wanted = [FeedRow.tenant == self._tenant]
        wanted += [FeedRow.kind == kind] if kind is not None else []
        order = (FeedRow.created_at.desc(), FeedRow.id.desc())
        newest = self._records().where(*wanted).order_by(*order).limit(limit)
        if last is not None:
            newest = newest.where(older(FeedRow.created_at, FeedRow.id, last.created_at, last.id))
        with self._database.read() as session:
            rows = session.execute(newest)
            total = session.scalar(select(func.count()).select_from(FeedRow).where(*wanted)) or 0
            return [_record(row) for row in rows], total

    def _add(
        self, session: Session, feeds: Sequence[StoredFeed], by: Principal, now: datetime
    ) -> None:
        for feed in feeds:
            add_deed(session, by, "feed.issue", feed.id, now, _whose(feed.kind, feed.reader))
        if feeds:
            session.execute(insert(FeedRow), [_values(self._tenant, feed) for feed in feeds])

    def _row(self, session: Session, feed_id: str) -> FeedRow:
        row = session.scalar(select(FeedRow).where(FeedRow.id == feed_id).with_for_update())
        if row is None or row.tenant != self._tenant:
            raise NotStored("feed", feed_id)
        return row

    def _records(
        self,
    ) -> Select[str, str, str, str | None, str, datetime, str, datetime | None]:
        row = FeedRow
        return (
            select(
                row.id,
                row.kind,
                row.reader,
                FeedFileRow.title,
                row.token_hash,
                row.created_at,
                row.created_by,
                row.revoked_at,
            )
            .outerjoin(FeedFileRow, _ITS_FILE)
            .where(row.tenant == self._tenant)
        )


_SERVED = (
    select(
        FeedRow.token_hash,
        FeedRow.tenant,
        FeedRow.kind,
        FeedRow.reader,
        FeedFileRow.title,
        FeedFileRow.etag,
        FeedFileRow.changed_at,
    )
    .join(FeedFileRow, _ITS_FILE)
    .where(
        FeedRow.token_hash.in_(bindparam("hashes", expanding=True)), FeedRow.revoked_at.is_(None)
    )
)
"""Built once: building it costs more than asking it."""


class FeedFiles:
    """Finds what stands behind an address, of whichever district it is."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, token_hashes: Collection[str]) -> dict[str, ServedFeed]:
        """Find feeds by the hashes of their tokens; those that lead nowhere or are revoked lack."""
        with self._database.look() as connection:
            rows = connection.execute(_SERVED, {"hashes": list(token_hashes)})
            return {row.token_hash: ServedFeed(*row[1:]) for row in rows}

    def content(self, feed: ServedFeed) -> FeedFile | None:
        """Read a feed as it is now; ``None`` when it is gone since it was found."""
        file = FeedFileRow
        its = (file.tenant == feed.tenant, file.kind == feed.kind, file.reader == feed.reader)
        columns = (file.kind, file.reader, file.title, file.etag, file.changed_at, file.content)
        with self._database.read() as session:
            row = session.execute(select(*columns).where(*its)).first()
            return None if row is None else FeedFile(*row)


def _whose(kind: str, reader: str) -> dict[str, str | int | None]:
    return {"kind": kind, "reader": reader}


def _values(tenant: str, feed: StoredFeed) -> dict[str, object]:
    return {
        "id": feed.id,
        "tenant": tenant,
        "kind": feed.kind,
        "reader": feed.reader,
        "token_hash": feed.token_hash,
        "created_at": feed.created_at,
        "created_by": feed.created_by,
        "revoked_at": feed.revoked_at,
    }


def _record(row: Row[str, str, str, str | None, str, datetime, str, datetime | None]) -> StoredFeed:
    return StoredFeed(*row)
