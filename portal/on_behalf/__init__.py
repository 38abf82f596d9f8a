"""Acting for somebody: whether an alternate may do this for that person, asked at each act.

The alternate must be in force and cover the resource; they read it themselves; whoever is away
holds the verb by name, and may do it now. Each of these is a sentence of the policy; nothing of the
answer is kept, so that what has ended holds nowhere from that instant.
"""

from portal.on_behalf.notifying import (
    acts_by,
    asked_instead,
    may_be_notified,
    notified_beside,
    stand_ins,
)
from portal.on_behalf.questions import held_for, taken_over, who_takes_over
from portal.on_behalf.standing_in import ActingFor, acting_for, admit, stand_in
