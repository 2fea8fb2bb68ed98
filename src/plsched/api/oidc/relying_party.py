"""The service as a relying party of an OpenID Connect provider, which tells whose address it is.

Authorization code with PKCE, state and nonce.
"""

from __future__ import annotations

from typing import Any, Final

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.starlette_client import OAuth
from joserfc.errors import JoseError

from plsched.access import read_email
from plsched.api.oidc.cookies import Flow
from plsched.errors import SignInFailed

# The provider's keys alone sign: no "none", and no HMAC by what is no secret.
ALGORITHMS: Final = frozenset(
    f"{family}{bits}" for family in ("RS", "PS", "ES") for bits in (256, 384, 512)
) | {"EdDSA", "Ed25519"}
CLOCKS_APART_S = 60
TIMEOUT_S = 10
SCOPE = "openid email"


class RelyingParty:
    """Sends people to the provider, and finds who they are when they come back.

    Parameters
    ----------
    issuer
        The provider, as its id tokens name it.
    redirect_uri
        Where it sends people back to.
    """

    def __init__(
        self, *, issuer: str, client_id: str, client_secret: str, redirect_uri: str
    ) -> None:
        self._issuer = issuer
        self._client_id = client_id
        self._redirect_uri = redirect_uri
        self._client = OAuth().register(
            "provider",
            client_id=client_id,
            client_secret=client_secret,
            server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
            client_kwargs={
                "scope": SCOPE,
                "code_challenge_method": "S256",
                "timeout": TIMEOUT_S,
            },
        )

    async def begin(self, goal: str) -> tuple[str, Flow]:
        """Give the address at which somebody signs in, and what is kept until they come back.

        Raises
        ------
        SignInFailed
            The provider cannot be reached, or is not the one that is configured.
        """
        await self._discover()
        asked = await self._client.create_authorization_url(self._redirect_uri)
        flow = Flow(asked["state"], asked["nonce"], asked["code_verifier"], goal)
        return str(asked["url"]), flow

    async def finish(self, flow: Flow, code: str) -> str:
        """Find the e-mail address of who came back with a code.

        Raises
        ------
        SignInFailed
            The provider does not vouch for them.
        """
        metadata = await self._discover()
        try:
            token = await self._client.fetch_access_token(
                redirect_uri=self._redirect_uri, code=code, code_verifier=flow.verifier
            )
            claims = await self._client.parse_id_token(
                token,
                nonce=flow.nonce,
                claims_options={
                    "iss": {"essential": True, "value": metadata["issuer"]},
                    "aud": {"essential": True, "value": self._client_id},
                },
                leeway=CLOCKS_APART_S,
            )
        except OAuthError as error:
            raise SignInFailed(f"the provider does not take the code ({error.error})") from error
        except httpx2.HTTPError as error:
            raise SignInFailed("the provider cannot be reached; try again later") from error
        except (JoseError, ValueError) as error:
            raise SignInFailed(f"the provider's answer is not right ({_named(error)})") from error
        return _verified_email(claims)

    async def _discover(self) -> dict[str, Any]:
        try:
            metadata: dict[str, Any] = await self._client.load_server_metadata()
        except (httpx2.HTTPError, ValueError) as error:
            raise SignInFailed("the provider cannot be reached; try again later") from error
        if metadata.get("issuer") != self._issuer:
            raise SignInFailed("the provider is not the one that is set as PLSCHED_OIDC_ISSUER")
        offered = metadata.get("id_token_signing_alg_values_supported", ["RS256"])
        metadata["id_token_signing_alg_values_supported"] = sorted(ALGORITHMS & set(offered))
        return metadata


def _verified_email(claims: dict[str, Any] | None) -> str:
    if claims is None:
        raise SignInFailed("the provider sent no id token")
    email = read_email(str(claims.get("email", "")))
    if email is None:
        raise SignInFailed("the provider tells no e-mail address")
    if claims.get("email_verified") is not True:
        raise SignInFailed(f"the provider has not verified that {email} is yours")
    return email


def _named(error: Exception) -> str:
    return str(getattr(error, "error", "")) or type(error).__name__
