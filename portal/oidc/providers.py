"""The providers of the settings' file."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

NEEDED = ("issuer", "client_id", "client_secret")


@dataclass(frozen=True)
class Provider:
    """One provider: who it is (its issuer, character for character), and who we are to it."""

    name: str
    label: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    scopes: tuple[str, ...] = ("openid", "profile", "email")

    @property
    def origin(self) -> str:
        """Scheme and host, for the content security policy."""
        parts = urlsplit(self.issuer)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def discovery(self) -> str:
        """Where its metadata is (OpenID Connect Discovery 1.0, section 4.1: without a last `/`)."""
        return f"{self.issuer.removesuffix('/')}/.well-known/openid-configuration"


def providers_from(path: Path | None) -> dict[str, Provider]:
    """The providers of a TOML file, a table each; raises ValueError with what is wrong in it."""
    if path is None:
        return {}
    tables = tomllib.loads(path.read_text())
    for name, table in tables.items():
        if not isinstance(table, dict):
            raise ValueError(f"{name} is not in the table of a provider")
        if missing := [one for one in NEEDED if not isinstance(table.get(one), str)]:
            raise ValueError(f"provider {name} has no {', '.join(missing)}")
    return {
        name: Provider(
            name=name,
            label=table.get("label", name),
            issuer=_issuer(name, table["issuer"]),
            client_id=table["client_id"],
            client_secret=table["client_secret"],
            scopes=tuple(table.get("scopes", Provider.scopes)),
        )
        for name, table in tables.items()
    }


def _issuer(name: str, issuer: str) -> str:
    # A template such as that of Entra's shared address names no issuer: each tenant has its own.
    parts = urlsplit(issuer)
    whole = parts.scheme in ("http", "https") and parts.hostname and not parts.query
    if not whole or "{" in issuer or parts.fragment:
        raise ValueError(f"issuer of provider {name} is {issuer!r}; it must be a plain address")
    return issuer
