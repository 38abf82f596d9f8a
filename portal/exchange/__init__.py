"""The desk for exchange: notices made from MISP events and STIX bundles, and given out as STIX."""

from portal.exchange.found import Found, Line, Sign, Unreadable
from portal.exchange.reading import lean, read_any
from portal.exchange.taking import take
from portal.exchange.writing import stix_of

__all__ = ["Found", "Line", "Sign", "Unreadable", "lean", "read_any", "stix_of", "take"]
