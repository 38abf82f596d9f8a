"""Sign-in through OpenID Connect providers: what is asked of them, and what is believed.

Authorization code flow with PKCE, state and nonce (OpenID Connect Core 1.0, RFC 7636). Authlib and
joserfc do the protocol; this package adds one explicit list of algorithms, the issuer and our own
client id as audience, the `iss` answer parameter (RFC 9207), and it decides how long and how often
a provider is asked (decision 0016).
"""

from portal.oidc.check import Finding, check
from portal.oidc.client import LOGOUT_EVENT, Client, LogoutNotice, clients_of
from portal.oidc.peer import Unreachable, Untrue
from portal.oidc.proof import ALGORITHMS, Doubt
from portal.oidc.providers import Provider, providers_from
