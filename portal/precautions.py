"""Short lists of questions that are answered before something is said in public or promised.

They are answered in words, and not scored. An answer "not known" is an answer.
"""

from collections.abc import Mapping
from typing import Final

from portal.words import N_

LONGEST: Final = 2000
# Before a public word: do no harm.
DO_NO_HARM: Final[Mapping[str, str]] = {
    "at_risk": N_("Who could be recognised in it or put at risk by it?"),
    "harmed": N_("What does it mean for those who were harmed? Do they know of it?"),
    "repeat": N_("Could it help somebody to repeat the operation or to go undetected?"),
    "escalation": N_("What could it set off between those concerned?"),
    "mediation": N_("What does it mean for a mediation process that is under way?"),
}
# Before a public word or a promise about an operation: its consequences that nobody meant.
UNINTENDED: Final[Mapping[str, str]] = {
    "depends_on": N_("Who depends on those who were hit, and on what do they depend?"),
    "suppliers": N_("Which suppliers do they share with others?"),
    "spreading": N_("Could it spread by itself, or does it still?"),
    "hospitals": N_("Does it reach hospitals?"),
    "humanitarian": N_("Does it reach humanitarian organisations or their data?"),
    "emergency": N_("Does it reach emergency services?"),
}
OPEN: Final = N_("Answer this question, in words; “not known” is an answer.")
EVERY: Final[Mapping[str, str]] = {**DO_NO_HARM, **UNINTENDED}


def unanswered(questions: Mapping[str, str], answers: Mapping[str, str]) -> list[str]:
    """The keys of the questions that have no answer yet."""
    return [key for key in questions if not answers.get(key, "").strip()]


def still_open(questions: Mapping[str, str], answers: Mapping[str, str]) -> dict[str, str]:
    """A message for each question that has no answer yet."""
    return dict.fromkeys(unanswered(questions, answers), OPEN)


def problems(questions: Mapping[str, str], answers: Mapping[str, str]) -> dict[str, str]:
    """What cannot be taken of answers, a message id for each field."""
    long = {key for key, said in answers.items() if key in questions and len(said) > LONGEST}
    return {key: N_("This is too long.") for key in sorted(long)}
