"""The portal with forged providers, as in tests/auth."""

from tests.auth.conftest import env, forged, other, portal, stranger

__all__ = ["env", "forged", "other", "portal", "stranger"]
