"""The service for training: units begun, read, completed, renewed; courses of others noted."""

from portal.training.completing import begin_unit, complete, erase, renew, study
from portal.training.courses import note_course, taken
from portal.training.people import read_training
from portal.training.reading import (
    Offered,
    Reading,
    if_taught,
    is_in_force,
    offered,
    outlines,
    read,
    standing_in,
    taught,
)
from portal.training.requirements import (
    ACTS,
    Gate,
    gate,
    lacking_of_me,
    lift,
    lift_everywhere,
    require,
    require_everywhere,
    required_of,
)
