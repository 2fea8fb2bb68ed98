"""Publishing a plan: from draft to published, until the next of its year supersedes it."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from plsched.access import Principal
from plsched.errors import NotPublishable, PublishedMeanwhile
from plsched.exports.calendars import CalendarYear, FeedWriter, years_shown
from plsched.plan.changes import ChangeList, changes
from plsched.plan.models import Plan
from plsched.scenario.models import Scenario
from plsched.store import (
    Database,
    FeedFile,
    NewPublication,
    PlanStore,
    Publication,
    PublicationStore,
    Published,
    ScenarioStore,
)

_PACKING = 6


@dataclass(frozen=True, slots=True)
class Outlook:
    """What would come of publishing a plan, or what came of it.

    Attributes
    ----------
    publication
        Its publication; ``None`` for a draft.
    changes
        What it changes against the publication before it; the first of a year has none.
    after
        Number of the publication before it; 0 for the first of a year.
    refused
        Why a draft cannot be published; ``None`` if it can.
    """

    publication: Publication | None
    changes: ChangeList | None
    after: int
    refused: str | None = None


class PublicationService:
    """A district's publications.

    A plan is a draft until it is published; then it has a number of its own in its school year,
    which is the year in which its calendar begins. The latest of a year is what feeds show; those
    before it are superseded. What was published never changes.
    """

    def __init__(self, database: Database, tenant: str) -> None:
        self._plans = PlanStore(database, tenant)
        self._scenarios = ScenarioStore(database, tenant)
        self._publications = PublicationStore(database, tenant)

    def publish(
        self, plan_id: str, *, by: Principal, now: datetime, after: int | None = None
    ) -> tuple[Publication, bool]:
        """Publish a plan; the flag is false where it is what is published already.

        The feeds are worked out before anything is written, and kept in one transaction, so that
        nobody waits for a large district; whoever publishes at the same time is told so.

        Parameters
        ----------
        after
            Number of the publication of its year that it is to supersede, 0 for none: that against
            which somebody read its changes. ``None``: whatever is published.

        Raises
        ------
        NotStored
            There is no such plan.
        NotPublishable
            It has no schedule, or was published before and is superseded.
        PublishedMeanwhile
            Another plan was published while this one was worked out, or since its changes were read.
        """
        known = self._publications.of_plan(plan_id)
        if known is not None:
            return _again(known), False
        scenario, plan = self._open(plan_id)
        refused = _why_not(plan, plan_id)
        if refused is not None:
            raise NotPublishable(refused)
        before = self._publications.published()
        if after is not None and after != before.numbers.get(_year(scenario), 0):
            raise PublishedMeanwhile(
                "somebody published another plan since you read what this one changes; look at what "
                "it changes now, and publish it if it is still wanted"
            )
        new = self._worked_out(scenario, plan, plan_id, before, now)
        return self._publications.add(new, after=before, by=by, now=now), True

    def get(self, year: int, number: int) -> tuple[Publication, ChangeList | None]:
        """Find a publication and its change list; the first of a year has none."""
        publication, told = self._publications.get(year, number)
        return publication, None if told is None else ChangeList.model_validate_json(told)

    def page(
        self, *, limit: int, after: str | None = None, year: int | None = None
    ) -> tuple[list[Publication], int]:
        """List publications, newest first, with the number of all."""
        return self._publications.page(limit=limit, after=after, year=year)

    def preview(self, plan_id: str) -> tuple[ChangeList | None, int]:
        """List what a plan would change against the publication that has this number.

        ``None`` and 0 where its year has none.
        """
        return self._preview(*self._open(plan_id))

    def outlook(self, plan_id: str) -> Outlook:
        """Say what would come of publishing a plan, or what came of it.

        Raises
        ------
        NotStored
            There is no such plan.
        """
        known = self._publications.of_plan(plan_id)
        if known is not None:
            changed = self.get(known.year, known.number)[1]
            return Outlook(known, changed, after=known.number - 1)
        scenario, plan = self._open(plan_id)
        refused = _why_not(plan, plan_id)
        if refused is not None:
            return Outlook(None, None, after=0, refused=refused)
        return Outlook(None, *self._preview(scenario, plan))

    def _preview(self, scenario: Scenario, plan: Plan) -> tuple[ChangeList | None, int]:
        before = self._publications.published()
        return self._changes(scenario, plan, before), before.numbers.get(_year(scenario), 0)

    def _worked_out(
        self, scenario: Scenario, plan: Plan, plan_id: str, before: Published, now: datetime
    ) -> NewPublication:
        year = _year(scenario)
        kept = {
            other: CalendarYear.model_validate_json(text)
            for other, text in before.calendars.items()
        }
        previous = kept.get(year)
        kept[year] = CalendarYear.of(
            scenario, plan, changed_at=now, previous=None if previous is None else previous.state
        )
        writer = FeedWriter(years_shown(kept.values(), now.date()), now=now)
        readers = {(key.kind, key.id) for key in writer.keys}
        told = self._changes(scenario, plan, before)
        return NewPublication(
            year=year,
            plan_id=plan_id,
            summary=None if told is None else told.summary,
            changes=None if told is None else told.model_dump_json().encode(),
            calendar=kept[year].model_dump_json().encode(),
            files=tuple(_changed_files(writer, before, now)),
            gone=tuple(reader for reader in before.etags if reader not in readers),
        )

    def _changes(self, scenario: Scenario, plan: Plan, before: Published) -> ChangeList | None:
        latest = before.plans.get(_year(scenario))
        return None if latest is None else changes(self._open(latest), (scenario, plan))

    def _open(self, plan_id: str) -> tuple[Scenario, Plan]:
        scenario_id = self._plans.get(plan_id).scenario_id
        return self._scenarios.content(scenario_id), self._plans.content(plan_id)


def _year(scenario: Scenario) -> int:
    return scenario.calendar.first.year


def _again(known: Publication) -> Publication:
    if known.is_current:
        return known
    raise NotPublishable(
        f"plan {known.plan_id!r} was published as {known.year} no. {known.number} and superseded; to "
        "go back to it, ask for a run with it as the baseline, and publish that run's plan"
    )


def _why_not(plan: Plan, plan_id: str) -> str | None:
    """Say why a plan has nothing to publish; one that was stopped early has passed the judge, too."""
    judged = plan.status in {"OPTIMAL", "FEASIBLE"}
    if judged or (plan.status == "CANCELLED" and plan.tiers):
        return None
    return (
        f"plan {plan_id!r} has the status {plan.status} and no schedule to publish; publish one "
        "that is OPTIMAL or FEASIBLE, or the best plan of a run that was cancelled"
    )


def _changed_files(writer: FeedWriter, before: Published, now: datetime) -> Iterator[FeedFile]:
    """Write the feeds whose bytes are new; the others keep their etag and their time."""
    for feed in writer.feeds():
        etag = hashlib.sha256(feed.content).hexdigest()[:32]
        if before.etags.get((feed.kind, feed.id)) != etag:
            yield FeedFile(
                kind=feed.kind,
                reader=feed.id,
                title=feed.title,
                etag=etag,
                changed_at=now,
                content=gzip.compress(feed.content, _PACKING, mtime=0),
            )
