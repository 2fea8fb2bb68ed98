"""An OpenID Connect provider on loopback that can be made to lie."""

from __future__ import annotations

import json
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import flask
import werkzeug.serving
from joserfc import jwt
from joserfc.jwk import RSAKey

# It uses a part of authlib that is on its way out, and says so even where nobody listens.
with warnings.catch_warnings(record=True):
    import oidc_provider_mock
    from oidc_provider_mock._storage import storage

CLIENT_ID = "plsched"
CLIENT_SECRET = "not much of a secret"  # noqa: S105  # of a provider that lives as long as a test
ADA = "ada@district.example"
Token = dict[str, Any]
Forge = Callable[[Token, RSAKey], str | None]


@dataclass
class Provider:
    """A provider that runs.

    Attributes
    ----------
    forge
        Makes the id token that is sent from the claims of the right one and the provider's key;
        ``None`` for none.
    described
        What the provider tells of itself otherwise than it is.
    asked
        The forms that were sent to ask for a token.
    """

    issuer: str = ""
    forge: Forge | None = None
    described: dict[str, Any] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)

    def settings(self, public_url: str = "http://localhost") -> dict[str, object]:
        """Give the settings of a service that trusts this provider."""
        return {
            "public_url": public_url,
            "oidc_issuer": self.issuer,
            "oidc_client_id": CLIENT_ID,
            "oidc_client_secret": CLIENT_SECRET,
            "session_secret": "s" * 32,
        }

    def tell_the_truth(self) -> None:
        """Forget the lies."""
        self.forge = None
        self.described.clear()
        self.asked.clear()

    def tamper(self, response: flask.Response) -> flask.Response:
        """Send what a liar would send."""
        if flask.request.path == "/oauth2/token" and response.status_code == 200:
            self.asked.append(dict(flask.request.form))
            if self.forge is not None:
                told = json.loads(response.get_data())
                key = RSAKey.import_key(storage.jwk.as_dict(is_private=True))
                claims = jwt.decode(told.pop("id_token"), key).claims
                forged = self.forge(claims, key)
                told |= {} if forged is None else {"id_token": forged}
                response.set_data(json.dumps(told))
        if flask.request.path == "/.well-known/openid-configuration":
            response.set_data(json.dumps(json.loads(response.get_data()) | self.described))
        return response


def signed(claims: Token, key: RSAKey) -> str:
    """Sign claims as the provider does."""
    return jwt.encode({"alg": "RS256", "kid": key.kid}, claims, key)


@contextmanager
def providing() -> Iterator[Provider]:
    """Run a provider that knows Ada, whose address it has verified, and others."""
    provider = Provider()
    claims = {
        "ada": {"email": ADA.title(), "email_verified": True},
        "eve": {"email": "eve@elsewhere.example", "email_verified": True},
        "bob": {"email": ADA, "email_verified": False},
        "nil": {"email_verified": True},
        "odd": {"email": ADA, "email_verified": "true"},
        "kit": {"email": "\u212aim@district.example", "email_verified": True},
    }
    users = [oidc_provider_mock.User(sub=sub, claims=told) for sub, told in claims.items()]
    app = oidc_provider_mock.app(user_claims=users)
    app.after_request(provider.tamper)
    server = werkzeug.serving.make_server("127.0.0.1", 0, app, threaded=True)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
