"""Who may do what: roles, permissions, and the keys that programs show."""

from plsched.access.emails import MAX_EMAIL, read_email
from plsched.access.keys import Key, hashed, read_key
from plsched.access.principals import LOCAL_TENANT, Principal, local, member_actor
from plsched.access.roles import PERMISSIONS, Permission, Role
from plsched.access.tokens import new_feed_id, new_token

__all__ = [
    "LOCAL_TENANT",
    "MAX_EMAIL",
    "PERMISSIONS",
    "Key",
    "Permission",
    "Principal",
    "Role",
    "hashed",
    "local",
    "member_actor",
    "new_feed_id",
    "new_token",
    "read_email",
    "read_key",
]
