"""What units of training are made of, how their text is read, and those that come with the portal.

Every file is read and checked when the process starts; nothing is added afterwards.
"""

from portal.curriculum.courses import COURSES, READINGS, Course
from portal.curriculum.finding import Found, find
from portal.curriculum.reading import UnitFault, read_unit, sections_of
from portal.curriculum.shapes import Choice, Question, Section, Source, Unit
from portal.curriculum.shipped import FIRST_LANGUAGE, SHIPPED, shipped, shipped_in
