"""What units of training are made of, how their text is read, and those that come with the portal.

Every file is read and checked when the process starts. What stewards write is checked when it is
saved, and is no part of this package: see `portal.units`.
"""

from portal.curriculum.certificates import certificate_digest
from portal.curriculum.courses import COURSES, READINGS, Course
from portal.curriculum.example import EXAMPLE
from portal.curriculum.finding import Found, find
from portal.curriculum.reading import UnitFault, read_unit, sections_of
from portal.curriculum.shapes import Choice, Outline, Question, Section, Source, Unit
from portal.curriculum.shipped import FIRST_LANGUAGE, SHIPPED, shipped, shipped_in
from portal.curriculum.written import LASTS, Fault, Written
