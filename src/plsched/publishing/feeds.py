"""Addresses of feeds: given out, renewed, revoked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from plsched.access import Principal, hashed, new_feed_id, new_token
from plsched.errors import NotStored
from plsched.exports.calendars import FeedKey, FeedKind
from plsched.store import (
    Database,
    FeedStore,
    PlanStore,
    PublicationStore,
    ScenarioStore,
    StoredFeed,
)


@dataclass(frozen=True, slots=True)
class IssuedFeed:
    """An address as it is given out, this once.

    ``email`` is that of the educator or coach whose feed it is, where the scenario tells it.
    """

    feed: StoredFeed
    token: str
    email: str | None = None


class FeedService:
    """The addresses of a district's feeds. There is a feed for everybody in what is published."""

    def __init__(self, database: Database, tenant: str) -> None:
        self._feeds = FeedStore(database, tenant)
        self._plans = PlanStore(database, tenant)
        self._scenarios = ScenarioStore(database, tenant)
        self._publications = PublicationStore(database, tenant)

    def issue(self, key: FeedKey, *, by: Principal, now: datetime) -> IssuedFeed:
        """Give out an address of a feed; earlier ones stay good.

        Raises
        ------
        NotStored
            Nobody in what is published has this kind and id.
        """
        title = self._feeds.titles(key.kind).get((key.kind, key.id))
        if title is None:
            raise NotStored("published calendar", f"{key.kind}:{key.id}")
        issued = self._new(key.kind, key.id, title, by, now)
        self._feeds.add([issued.feed], by=by, now=now)
        return issued

    def issue_all(
        self, kind: FeedKind, *, renew: bool, by: Principal, now: datetime
    ) -> Sequence[IssuedFeed]:
        """Give out addresses for everybody of a kind.

        Parameters
        ----------
        renew
            Everybody gets a new address, and all earlier ones of the kind are refused from now on;
            otherwise only those get one who have none.
        """
        titles = self._feeds.titles(kind)
        emails = self._emails(kind)
        issued = [
            _new(kind, reader, title, by, now, emails.get(reader))
            for (_, reader), title in titles.items()
        ]
        feeds = [one.feed for one in issued]
        if renew:
            self._feeds.renew(kind, feeds, by=by, now=now)
            return issued
        kept = self._feeds.add_missing(kind, feeds, by=by, now=now)
        return [one for one in issued if one.feed.id in kept]

    def rotate(self, feed_id: str, *, by: Principal, now: datetime) -> IssuedFeed:
        """Give out a new address in place of one, which is refused from now on.

        Raises
        ------
        NotStored
            There is none with this id, or it is revoked already.
        """
        old = self._feeds.get(feed_id)
        issued = self._new(old.kind, old.reader, old.title, by, now)
        self._feeds.rotate(feed_id, issued.feed, by=by, now=now)
        return issued

    def revoke(self, feed_id: str, *, by: Principal, now: datetime) -> StoredFeed:
        """Refuse an address from now on."""
        return self._feeds.revoke(feed_id, by=by, now=now)

    def get(self, feed_id: str) -> StoredFeed:
        """Find an address."""
        return self._feeds.get(feed_id)

    def page(
        self, *, limit: int, after: str | None = None, kind: FeedKind | None = None
    ) -> tuple[list[StoredFeed], int]:
        """List addresses, without their tokens, newest first, with the number of all."""
        return self._feeds.page(limit=limit, after=after, kind=kind)

    def _new(
        self, kind: str, reader: str, title: str | None, by: Principal, now: datetime
    ) -> IssuedFeed:
        return _new(kind, reader, title, by, now, self._emails(kind).get(reader))

    def _emails(self, kind: str) -> dict[str, str]:
        """Give the addresses for mail of those who have a feed of a kind, later years first."""
        if kind not in {"educator", "coach"}:
            return {}
        plans = self._publications.published().plans
        ordered: Iterable[str] = (plans[year] for year in sorted(plans))
        found: dict[str, str] = {}
        for plan_id in ordered:
            scenario = self._scenarios.content(self._plans.get(plan_id).scenario_id)
            found |= {e.id: e.email for e in scenario.educators if e.email is not None}
        return found


def _new(
    kind: str,
    reader: str,
    title: str | None,
    by: Principal,
    now: datetime,
    email: str | None,
) -> IssuedFeed:
    token = new_token()
    feed = StoredFeed(
        id=new_feed_id(),
        kind=kind,
        reader=reader,
        title=title,
        token_hash=hashed(token),
        created_at=now,
        created_by=by.actor,
    )
    return IssuedFeed(feed, token, email)
