"""Pledges that organisations of the demo world declare to support; one of them is over."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from portal import stakeholders
from portal.access import Actor
from portal.demo.cast import Cast

AGO: Final = timedelta(days=10)
DECLARED: Final = (
    ("liaison@telco", "telco", "paris-call-2018", "2018-11"),
    ("liaison@cloud", "cloud", "cybersecurity-tech-accord-2018", "2019"),
    ("liaison@cloud", "cloud", "charter-of-trust-2018", "2020-02"),
    ("mediator@peace", "peace", "paris-call-2018", "2021"),
)
ENDED: Final = ("liaison@cloud", "cloud", "charter-of-trust-2018")


def pledge(session: Session, cast: Cast, by: dict[str, Actor], now: datetime) -> None:
    """Each says so itself, with the address of a page of its own."""
    for who, home, framework, since in DECLARED:
        stakeholders.declare_support(
            session,
            by[who],
            cast.organisations[home].ref,
            framework=framework,
            since=since,
            evidence=f"https://www.{home}.example/pledges",
            now=now - AGO,
        )
    who, home, framework = ENDED
    ref = cast.organisations[home].ref
    stakeholders.end_support(session, by[who], ref, framework=framework, now=now - AGO / 2)
