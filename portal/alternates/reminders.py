"""The ladder of alternates: whoever is asked to act has not responded, and the days come near."""

from datetime import timedelta
from typing import Final

from models.alternates import Alternate, AlternateState
from models.stakeholders import Person
from portal.db import in_state
from portal.ladders import Ladder, after, before, seconds
from portal.rules import ACCEPT, ALTERNATES

LADDERS: Final = (
    Ladder(
        ALTERNATES,
        ACCEPT,
        Alternate.begins_at,
        seconds(Alternate.begins_at),
        # Many are named on the day itself: on the next one nobody acts for them yet.
        (*before("accept-soon", 7, 3, 1), *after("accept-soon", 0, 1)),
        only=(Alternate.person_id == Person.id,),
        homes=(Alternate.organisation_id,),
        first=(in_state(Alternate, AlternateState.DECLARED),),
        notified_at=Alternate.created_at,
        ends=timedelta(days=8),
    ),
)
