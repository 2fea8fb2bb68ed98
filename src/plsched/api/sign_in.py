"""Whether everybody is asked who they are, and where it is safe not to ask."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from plsched.api.settings import ApiSettings
from plsched.errors import SettingsRefused
from plsched.store import Database, KeyStore, MemberStore

if TYPE_CHECKING:
    from plsched.api.oidc import Desk

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
                if self.settings.oidc_issuer is not None:
                    return True
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


def open_desk(settings: ApiSettings) -> Desk | None:
    """Make what signing in by OpenID Connect takes; ``None`` where it is not configured.

    Raises
    ------
    SettingsRefused
        It is configured in part, or without TLS, or the extra is not installed.
    """
    issuer, client_id = settings.oidc_issuer, settings.oidc_client_id
    secret, session_secret = settings.oidc_client_secret, settings.session_secret
    if issuer is None:
        return None
    if client_id is None or secret is None or session_secret is None or settings.public_url is None:
        raise SettingsRefused(
            "PLSCHED_OIDC_ISSUER takes PLSCHED_OIDC_CLIENT_ID, PLSCHED_OIDC_CLIENT_SECRET, "
            "PLSCHED_PUBLIC_URL and PLSCHED_SESSION_SECRET with it; set them all, or none"
        )
    public_url = str(settings.public_url)
    _refuse_in_the_clear("PLSCHED_OIDC_ISSUER", issuer)
    _refuse_in_the_clear("PLSCHED_PUBLIC_URL", public_url)
    try:
        from plsched.api.oidc import Desk  # noqa: PLC0415  # an extra, which few install
    except ModuleNotFoundError as error:
        raise SettingsRefused(
            f"PLSCHED_OIDC_ISSUER is set, and {error.name!r} is not installed; install "
            "plsched[oidc], or take the setting away"
        ) from error
    return Desk(
        issuer=issuer,
        client_id=client_id,
        client_secret=secret.get_secret_value(),
        public_url=public_url,
        session_secret=session_secret.get_secret_value(),
        session_s=settings.session_hours * 3600,
    )


def _refuse_in_the_clear(name: str, url: str) -> None:
    parsed = urlsplit(url)
    if parsed.scheme != "https" and not is_loopback(parsed.hostname or ""):
        raise SettingsRefused(f"{name} is {url!r}; it must begin with https://")


def is_loopback(host: str) -> bool:
    """Tell whether a name or an address is this machine's own, for certain."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.removeprefix("[").removesuffix("]")).is_loopback
    except ValueError:
        return False
