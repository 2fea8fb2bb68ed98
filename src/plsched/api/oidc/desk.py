"""Where people sign in: the relying party, the cookies, and who may send with them."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request

from plsched.api.oidc.cookies import Cookies
from plsched.api.oidc.relying_party import RelyingParty


class Desk:
    """What signing in takes.

    Parameters
    ----------
    public_url
        Where people reach the service.
    """

    def __init__(
        self,
        *,
        issuer: str,
        client_id: str,
        client_secret: str,
        public_url: str,
        session_secret: str,
        session_s: int,
    ) -> None:
        public = urlsplit(public_url)
        self._origin = f"{public.scheme}://{public.netloc}"
        self.relying_party = RelyingParty(
            issuer=issuer,
            client_id=client_id,
            client_secret=client_secret,
            redirect_uri=f"{public_url.rstrip('/')}/sign-in/callback",
        )
        self.cookies = Cookies(session_secret, secure=public.scheme == "https", session_s=session_s)

    def is_own_page(self, request: Request) -> bool:
        """Tell whether a request was sent by a page of the service itself.

        Browsers send cookies along with what other sites make them send; they say who made them.
        """
        site = request.headers.get("sec-fetch-site")
        if site is not None:
            return site == "same-origin"
        return request.headers.get("origin") == self._origin
