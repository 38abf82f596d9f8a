"""Answers as they are kept: sealed for their self-check, and all of the same length."""

import json
from typing import Final

from models.readiness import SelfCheck
from portal.readiness.questions import asked_of
from portal.readiness.shapes import Answer, Answers
from portal.sealing import Sealer, Unreadable

LENGTH: Final = 2048  # bytes; so that a dump does not tell how many questions were answered


def seal_answers(sealer: Sealer, check: SelfCheck, answers: Answers) -> None:
    """Keep the answers to the questions of this self-check; others are left out."""
    known = {question.key for question in asked_of(check.scope)}
    kept = {key: str(answer) for key, answer in answers.items() if key in known}
    check.sealed = sealer.seal(check.ref, json.dumps(kept).encode().ljust(LENGTH))


def answers_of(sealer: Sealer, check: SelfCheck) -> dict[str, Answer] | None:
    """The answers by question; None where they do not open with the key of this portal.

    A question that is no longer asked is left out.
    """
    if not check.sealed:
        return {}
    try:
        kept = json.loads(sealer.unseal(check.ref, check.sealed))
    except Unreadable:
        return None
    asked = {question.key for question in asked_of(check.scope)}
    return {key: Answer(said) for key, said in kept.items() if key in asked}


def sealed_again(sealer: Sealer, check: SelfCheck, following: SelfCheck) -> bytes:
    """The answers of one self-check as those of another of its scope; empty if they do not open."""
    try:
        return sealer.seal(following.ref, sealer.unseal(check.ref, check.sealed))
    except Unreadable:
        return b""
