"""Exchange with MISP and STIX 2.1, both ways: notices, and what is claimed and harmed."""

from portal.exchange.drafting import take_claims, take_harm
from portal.exchange.found import Found, Line, Part, Sign, Unreadable, settled
from portal.exchange.gathered import claim_out, export_together, harm_out
from portal.exchange.heard import Heard, HeardClaim, HeardHarm
from portal.exchange.misp_writing import misp_of_notice, misp_of_said
from portal.exchange.reading import hear, lean, parse, read, read_any, slim
from portal.exchange.said import Said, goes_as_misp
from portal.exchange.saying import stix_of_notice, stix_of_said
from portal.exchange.taking import take
from portal.exchange.writing import Outgoing, export, stix_of
