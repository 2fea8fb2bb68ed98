"""What the API takes and gives about keys, members and deeds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import Path
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from plsched.access import MAX_EMAIL, Permission, Principal, Role, read_email
from plsched.access.names import NAME_FORM
from plsched.api.schemas import Out
from plsched.store import Deed, Member, StoredKey, Tenant

LONGEST_LIFE = timedelta(days=3660)


def _email(text: str) -> str:
    email = read_email(text)
    if email is None:
        raise ValueError("write an e-mail address in ASCII letters, such as ada@district.example")
    return email


def _soon(moment: datetime) -> datetime:
    now = datetime.now(UTC)
    if not now < moment < now + LONGEST_LIFE:
        raise ValueError("write a moment to come, within ten years")
    return moment


Email = Annotated[
    str,
    Path(max_length=MAX_EMAIL, examples=["ada@district.example"]),
    AfterValidator(_email),
]


class KeyIn(BaseModel):
    """A request for a key."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(
        pattern=NAME_FORM,
        description="What it is for.",
        examples=["Sync with the staff list"],
    )
    role: Role
    expires_at: Annotated[AwareDatetime, AfterValidator(_soon)] | None = Field(
        default=None, description="From when on it is refused."
    )


class KeyOut(Out):
    """A key that was given out; ``revoked_at`` says since when it is refused."""

    id: str = Field(examples=["4f2a9c0115ab"])
    name: str
    role: Role
    created_at: datetime
    created_by: str
    expires_at: datetime | None
    revoked_at: datetime | None

    @property
    def mark(self) -> str:
        """Its id: lists go on after it."""
        return self.id

    @classmethod
    def of(cls, kept: StoredKey) -> KeyOut:
        """Tell of a key."""
        return cls.model_validate(kept)


class KeyGivenOut(KeyOut):
    """A key with its text, which is told once and kept nowhere."""

    key: str = Field(examples=["plsched_4f2a9c0115ab_…"])


class MemberIn(BaseModel):
    """What somebody is to be."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    role: Role


class MemberOut(Out):
    """Somebody who signs in by their e-mail address."""

    email: str
    role: Role
    created_at: datetime
    created_by: str

    @property
    def mark(self) -> str:
        """Their address: lists go on after it."""
        return self.email

    @classmethod
    def of(cls, member: Member) -> MemberOut:
        """Tell of a member."""
        return cls.model_validate(member)


class DeedOut(Out):
    """Something that somebody did; ``subject`` is the id of what it was done to."""

    number: int
    at: datetime
    actor: str = Field(examples=["key:4f2a9c0115ab", "member:ada@district.example"])
    action: str = Field(examples=["run.cancel"])
    subject: str
    request_id: str | None
    details: dict[str, str | int | None]

    @property
    def mark(self) -> str:
        """Its number: lists go on after it."""
        return str(self.number)

    @classmethod
    def of(cls, deed: Deed) -> DeedOut:
        """Tell of a deed."""
        return cls.model_validate(deed)


class MeOut(Out):
    """Who is asking, for which district, and what they may do."""

    actor: str = Field(examples=["key:4f2a9c0115ab"])
    district: str
    permissions: tuple[Permission, ...]

    @classmethod
    def of(cls, principal: Principal) -> MeOut:
        """Tell of somebody."""
        may = tuple(sorted(principal.permissions))
        return cls(actor=principal.actor, district=principal.tenant, permissions=may)


class DistrictOut(Out):
    """A district, and how much of the service it may use."""

    id: str
    name: str
    max_time_limit_s: int
    max_workers: int
    max_queued_runs: int
    max_educators: int

    @classmethod
    def of(cls, tenant: Tenant) -> DistrictOut:
        """Tell of a district whose limits are all known."""
        return cls.model_validate(tenant)
