"""Whether everybody is asked who they are, and where it is safe not to ask."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from plsched.api.settings import ApiSettings
from plsched.errors import SettingsRefused
from plsched.store import Database, KeyStore, MemberStore

WAY_OUT = (
    "give out a first key ('plsched access keys add NAME --role admin'), or set "
    "PLSCHED_SIGN_IN=on, or listen to this machine alone"
)


@dataclass(frozen=True)
class SignInSwitch:
    """Tells whether people must sign in.

    Parameters
    ----------
    settings
        With ``auto``, nobody is asked until the first key or role was given out.
    database
        Where keys and members are.
    """

    settings: ApiSettings
    database: Database

    def is_on(self) -> bool:
        """Tell whether everybody is asked who they are."""
        match self.settings.sign_in:
            case "on":
                return True
            case "off":
                return False
            case "auto":
                return KeyStore(self.database).any() or MemberStore(self.database).any()

    def check(self, *hosts: str) -> bool:
        """Tell whether sign-in is on, once it is sure that it may be off.

        Parameters
        ----------
        hosts
            Addresses that the service listens on, besides the names it answers to.

        Raises
        ------
        SettingsRefused
            It is off, and others than this machine might reach the service.
        """
        if self.is_on():
            return True
        for host in (*hosts, *self.settings.allowed_hosts):
            if not is_loopback(host):
                raise SettingsRefused(
                    f"sign-in is off, and {host!r} lets others than this machine reach the "
                    f"service: {WAY_OUT}"
                )
        return False


def is_loopback(host: str) -> bool:
    """Tell whether a name or an address is this machine's own, for certain."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.removeprefix("[").removesuffix("]")).is_loopback
    except ValueError:
        return False
