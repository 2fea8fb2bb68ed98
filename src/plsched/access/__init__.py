"""Who may do what: roles, permissions, and the keys that programs show."""

from plsched.access.keys import Key, hashed, read_key
from plsched.access.principals import LOCAL_TENANT, Principal, local
from plsched.access.roles import PERMISSIONS, Permission, Role

__all__ = [
    "LOCAL_TENANT",
    "PERMISSIONS",
    "Key",
    "Permission",
    "Principal",
    "Role",
    "hashed",
    "local",
    "read_key",
]
