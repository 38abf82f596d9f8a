"""The service for self-checks of digital risk: answered by one person, read by nobody else."""

from portal.readiness.answering import (
    answer,
    begin_self_check,
    complete,
    erase,
    renew,
)
from portal.readiness.questions import QUESTIONS, asked_of
from portal.readiness.reading import DRAWN, Advice, Mine, Reading, mine, read
from portal.readiness.shapes import ABOUT, ANSWERS, SCOPES, Answer, Question
