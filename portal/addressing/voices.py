"""Whether anybody can do what an addressee is asked to do: asked of the policy's own relations.

Who has nobody able to answer is never notified, and would wait as "no response" for ever; so it is
said where the addressee is chosen, and such an addressee counts as not asked.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from models.stakeholders import Organisation, Person
from portal.relations import Relation, member, speaker, standing

# Whoever belongs to an organisation may confirm that a notice was read; to answer a proposal, to
# verify, to owe an action or to name who comes takes somebody who speaks for it.
READS, SPEAKS = member, speaker


def nobody(relation: Relation, now: datetime) -> Any:
    """No active person stands so to the organisation of the question around it, as SQL."""
    able = select(Person.id).where(
        standing(Person.id), relation.clause(Organisation, Person.id, now)
    )
    return ~able.correlate(Organisation).exists()
