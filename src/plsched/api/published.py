"""What the API takes and gives about publications and the addresses of feeds."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from plsched.api.schemas import Out
from plsched.exports.calendars import FeedKey, FeedKind
from plsched.plan.changes import ChangeList
from plsched.store import Publication, StoredFeed


class PublicationOut(Out):
    """A plan that was published.

    ``year`` is the one in which its school year begins, ``summary`` says what it changes against
    the publication before it; the first of a year has none.
    """

    year: int = Field(examples=[2027])
    number: int = Field(examples=[2])
    stage: Literal["published", "superseded"]
    plan: str
    scenario_name: str
    published_at: datetime
    published_by: str
    summary: str | None = Field(examples=["2 moved, 1 called off; 31 educators concerned."])

    @property
    def mark(self) -> str:
        """Id of its plan: lists go on after it."""
        return self.plan

    @classmethod
    def of(cls, made: Publication) -> PublicationOut:
        """Tell of a publication."""
        return cls(
            year=made.year,
            number=made.number,
            stage="published" if made.is_current else "superseded",
            plan=made.plan_id,
            scenario_name=made.scenario_name,
            published_at=made.published_at,
            published_by=made.published_by,
            summary=made.summary,
        )


class PublicationWhole(PublicationOut):
    """A publication with its change list; the first of a year has none."""

    changes: ChangeList | None


class PlannedChanges(Out):
    """What a plan would change if it were published; ``None`` where its year has no other.

    ``after`` is the number of the publication that it is compared with, 0 for none: say it when you
    publish, and you publish what you read.
    """

    changes: ChangeList | None
    after: int = Field(examples=[2])


class FeedIn(BaseModel):
    """Whose calendar an address is for; the calendar for all has no id."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: FeedKind
    id: str = Field(default="", max_length=100, pattern=r"^[^\x00-\x1f#/|;,]*$")

    def key(self) -> FeedKey:
        """Give the key of the calendar."""
        return FeedKey(self.kind, self.id)


class FeedsIn(BaseModel):
    """For whom addresses are given out.

    With ``renew`` everybody gets a new one, and the earlier ones are refused from now on;
    otherwise only those get one who have none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: FeedKind
    renew: bool = False


class FeedOut(Out):
    """An address of a calendar that was given out; the address itself is not kept.

    ``id`` names the address, ``reader`` whose calendar it is; ``title`` is missing while they are
    in no published plan.
    """

    id: str = Field(examples=["4f2a9c0177d1"])
    kind: FeedKind
    reader: str
    title: str | None
    created_at: datetime
    created_by: str
    revoked_at: datetime | None

    @property
    def mark(self) -> str:
        """Its id: lists go on after it."""
        return self.id

    @classmethod
    def of(cls, feed: StoredFeed) -> FeedOut:
        """Tell of an address."""
        return cls.model_validate(feed)


class AddressOut(FeedOut):
    """An address of a calendar, shown this once: whoever has it can read the calendar.

    ``subscribe`` is a page for people, with links for their calendar programs.
    """

    address: str = Field(examples=["https://plan.example.org/feeds/Q2x….ics"])
    webcal: str = Field(examples=["webcal://plan.example.org/feeds/Q2x….ics"])
    subscribe: str = Field(examples=["https://plan.example.org/subscribe/Q2x…"])
    email: str | None = Field(default=None, description="Of the educator, where it is known.")
