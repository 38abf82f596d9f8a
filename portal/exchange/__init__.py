"""Exchange: notices made from MISP events and STIX bundles, and given out as STIX."""

from portal.exchange.found import Found, Line, Part, Sign, Unreadable, settled
from portal.exchange.reading import lean, parse, read, read_any, slim
from portal.exchange.taking import take
from portal.exchange.writing import Outgoing, export, stix_of
