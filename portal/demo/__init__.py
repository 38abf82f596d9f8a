"""The demo world: the cast of domain words, and one story that runs through all nouns.

Everything is done through the services, as the person whose act it is and at the time it happened,
so that the trail, the outbox and the audience index are as real as those of a portal in use.
"""

from portal.demo.agreeing import agree_to_all
from portal.demo.cast import Cast, is_planted, plant_cast
from portal.demo.story import plant
