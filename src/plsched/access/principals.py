"""Who is asking."""

from __future__ import annotations

from dataclasses import dataclass

from plsched.access.roles import PERMISSIONS, Permission, Role

LOCAL_TENANT = "local"
"""The district of a service without sign-in."""


@dataclass(frozen=True, slots=True)
class Principal:
    """Somebody who signed in, or a program with a key.

    Attributes
    ----------
    tenant
        Id of the district that they act for; nothing of another one exists for them.
    actor
        Who it is in the audit log, such as ``key:4f2a9c01`` or ``member:ada@example.org``.
    permissions
        What they may do.
    request_id
        The request by which they ask, as logs name it; ``None`` outside of the service.
    """

    tenant: str
    actor: str
    permissions: frozenset[Permission]
    request_id: str | None = None

    @classmethod
    def of(cls, tenant: str, actor: str, role: Role) -> Principal:
        """Give somebody the permissions of a role."""
        return cls(tenant, actor, PERMISSIONS[role])

    @property
    def email(self) -> str | None:
        """Address of a member who signed in; ``None`` for a key."""
        return self.actor.removeprefix(_MEMBER) if self.actor.startswith(_MEMBER) else None


_MEMBER = "member:"


def member_actor(email: str) -> str:
    """Name a member in the audit log."""
    return f"{_MEMBER}{email}"


def local() -> Principal:
    """Give whoever uses a service without sign-in: they may do everything."""
    return Principal(LOCAL_TENANT, "local", frozenset(Permission))
