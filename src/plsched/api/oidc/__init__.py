"""Sign-in by OpenID Connect: an extra, imported only where it is configured."""

from plsched.api.oidc.cookies import Cookies, Flow, Session
from plsched.api.oidc.desk import Desk
from plsched.api.oidc.relying_party import RelyingParty

__all__ = ["Cookies", "Desk", "Flow", "RelyingParty", "Session"]
