"""Canaille as a sign-in provider that knows one person and the portal."""

import sys

from canaille import create_app
from canaille.app import models
from canaille.backends import Backend
from joserfc.jwk import OKPKey, RSAKey
from werkzeug.serving import run_simple

PERSON, PASSWORD = "liaison@telco.example", "correct horse battery staple"
CLIENT, SECRET = "good-offices", "a-secret-of-the-independent-provider"


def main(port: int, portal: str, algorithm: str, slash: str) -> None:
    """Serve until stopped."""
    keys = (RSAKey.generate_key(2048, auto_kid=True), OKPKey.generate_key("Ed25519", auto_kid=True))
    app = create_app(
        {
            "SECRET_KEY": "a secret of the independent provider",
            # Without a name of its own it takes the address that it is asked at, with a slash.
            **({} if slash else {"SERVER_NAME": f"127.0.0.1:{port}"}),
            "PREFERRED_URL_SCHEME": "http",
            "CANAILLE": {"DATABASE": "memory"},
            "CANAILLE_OIDC": {
                "ACTIVE_JWKS": [key.as_dict(private=True) for key in keys],
                "TRUSTED_DOMAINS": ["127.0.0.1"],
            },
        }
    )
    with app.app_context():
        backend = Backend.instance
        person = models.User(
            user_name=PERSON, given_name="Telco", family_name="liaison",
            formatted_name="Telco liaison", emails=[PERSON], password=PASSWORD,
        )  # fmt: skip
        backend.save(person)
        client = models.Client(
            client_id=CLIENT,
            client_secret=SECRET,
            client_name="Good Offices",
            client_uri=portal,
            redirect_uris=[f"{portal}/auth/canaille/callback"],
            post_logout_redirect_uris=[f"{portal}/"],
            grant_types=["authorization_code"],
            response_types=["code"],
            scope=["openid", "profile", "email"],
            token_endpoint_auth_method="client_secret_basic",
            id_token_signed_response_alg=algorithm,
        )
        backend.save(client)
        client.audience = [client]
        backend.save(client)
    run_simple("127.0.0.1", port, app, threaded=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
