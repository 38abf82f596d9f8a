"""Acting for somebody on a page: for whom a reader may act, and whom a form that is sent is for."""

from collections.abc import Sequence
from typing import Any, Final, cast

from flask import g, request

from portal import web
from portal.access import Actor
from portal.on_behalf import ActingFor, acting_for, stand_in
from portal.parsing import reference
from portal.presence import Here
from portal.rules import ResourceType

# The field that says for whom: the reference of an alternate. Without it one acts for oneself.
FOR: Final = "for"


def acting_on(resource_type: ResourceType[Any], resource_id: int) -> Sequence[ActingFor]:
    """For whom the reader may do what to the resource; not asked of those who act for nobody."""
    if not cast(Here, g.here).acts:
        return ()
    return acting_for(web.session(), web.actor(), resource_type, resource_id, g.now)


def whoever_acts() -> Actor:
    """Who acts by the form that was sent or is opened: for themselves, or for whom it says.

    What the button said is done, or nothing is: an alternate that has ended since is refused.
    """
    ref = reference(request.values.get(FOR))
    return stand_in(web.session(), web.actor(), ref, g.now) if ref else web.actor()
