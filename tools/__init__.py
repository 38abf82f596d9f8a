"""Commands of the system that are no part of the portal."""
