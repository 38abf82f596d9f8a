"""Every page of the address map, with whoever opens it and a resource of the demo world."""

import re

from flask import Flask
from sqlalchemy import func, select
from werkzeug.routing import Rule

from models.agenda import AgendaItem
from models.commitments import Commitment
from models.contacts import ContactPoint
from models.dialogues import Dialogue
from models.norms import Clause
from models.notices import Notice
from models.offers import Offer
from models.processes import Process
from models.readiness import SelfCheck
from models.records import Decision, Record
from models.stakeholders import Organisation, Person, SharingGroup
from portal.db import make_engine
from tests.browser.conftest import Server
from tests.browser.learned import DRAFTED, TRAINING, learned
from tests.browser.who_opens import (
    ADOPTED,
    AHEAD,
    BESIDE,
    DISPUTED,
    DRAFTS,
    NOT_PAGES,
    POLLED,
    PROMISES,
    RECORDS,
    REDACTED,
    ROUND,
    STEWARDS,
    TALKS,
    WHO,
    WRITTEN,
    beside,
    number_of,
)

# What is ticked in a list stands in the question of its page: who ticks what.
TICKED = {
    "notices.selected": ("Telco liaison", "notice"),
    "commitments.selected": ("Telco liaison", DISPUTED),
    "dialogues.selected": ("Coordinator", f"dialogues {POLLED}"),
    "records.selected": ("Telco liaison", f"records {ROUND}"),
    "stakeholders.selected": ("Mediator", "organisation"),
}


def pages(app: Flask, server: Server) -> list[tuple[str, str, str]]:
    """Every page of the address map: who opens it, its endpoint, its address."""
    resources = _resources(server)
    found = [
        (who, endpoint, f"/{endpoint.replace('.', '/')}?ref={resources[noun]}")
        for endpoint, (who, noun) in TICKED.items()
    ]
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.endpoint):
        if not _is_a_page(rule):
            continue
        who = "Steward" if rule.endpoint in STEWARDS else WHO.get(rule.endpoint, "Mediator")
        room, _, word = rule.endpoint.partition(".")
        noun = {
            "notices": "draft" if rule.endpoint in DRAFTS else "notice",
            "norms": "norm",
            "processes": "process",
            "units": "unit draft" if word in DRAFTED else "unit",
            **{f"{one}s": one for one in ("clause", "offer")},
            "alternates": "alternate",
            "contacts": "contact draft" if rule.endpoint == "contacts.publish" else "contact",
            **dict.fromkeys(("guide", "saved_views"), "help"),
            "training": TRAINING.get(rule.endpoint, "completion"),
            "readiness": "unfinished" if rule.endpoint == "readiness.answer" else "self-check",
        }.get(rule.endpoint.partition(".")[0], "organisation")
        if room == "commitments" and word in PROMISES:
            who, noun = PROMISES[word]
        if room in BESIDE:
            who, noun = BESIDE[room].get(word, ("Mediator", "process"))
        if room in ("dialogues", "records"):
            who, title = (TALKS if room == "dialogues" else RECORDS)[word]
            noun = f"{room} {title}"
        if "/people/" in rule.rule:
            noun = "person"
        if "/groups/" in rule.rule:
            noun = "group"
        number = resources[number_of(room, word)]
        address = rule.rule.replace("<int:number>", number)
        if room == "training":
            address = address.replace("<key>", "course-drm" if "courses" in address else "tlp")
            address = address.replace("<noun>", "notices")
        address = re.sub(r"<(?:\w+:)?\w+>", resources[noun], address)
        found.append((who, rule.endpoint, address))
    return found


def _is_a_page(rule: Rule) -> bool:
    if "GET" not in (rule.methods or ()) or rule.endpoint in NOT_PAGES | TICKED.keys():
        return False
    # A file of what is ticked; an old address leads on to a page that is looked at itself.
    return not rule.endpoint.endswith(".selected_csv") and not rule.endpoint.startswith("former.")


def _resources(server: Server) -> dict[str, str]:
    engine = make_engine(server.database_url)
    telco = select(Organisation.id).where(Organisation.name == "Telco").scalar_subquery()
    with engine.connect() as connection:
        own = select(Notice.ref).where(Notice.organisation_id == telco).limit(1)
        mediator = select(Person.id).where(Person.name == "Mediator").scalar_subquery()
        points = select(ContactPoint.ref).where(ContactPoint.organisation_id == telco)
        checks = select(SelfCheck.ref).where(SelfCheck.person_id == mediator)
        resources = learned(connection, mediator) | {
            "notice": connection.scalar(own.where(Notice.state == "open")),
            "draft": connection.scalar(own.where(Notice.state == "draft")),
            "organisation": connection.scalar(
                select(Organisation.ref).where(Organisation.name == "Telco")
            ),
            "person": connection.scalar(select(Person.ref).where(Person.name == "Telco liaison")),
            "group": connection.scalar(select(SharingGroup.ref)),
            "offer": connection.scalar(select(Offer.ref).where(Offer.organisation_id == telco)),
            "norm": "un-gge-2015-f",
            "help": "commitments",
            "process": connection.scalar(select(Process.ref)),
            "clause": connection.scalar(select(Clause.ref).order_by(Clause.id)),
            "contact": connection.scalar(points.where(ContactPoint.state == "current")),
            "contact draft": connection.scalar(points.where(ContactPoint.state == "draft")),
            "self-check": connection.scalar(checks.where(SelfCheck.state == "completed")),
            "unfinished": connection.scalar(checks.where(SelfCheck.state == "open")),
        }
        for title in {title for _who, title in PROMISES.values()}:
            notified = select(Commitment.ref).where(Commitment.title.startswith(title))
            resources[title] = connection.scalar(notified)
        resources |= beside(connection)
        talks = {title for _who, title in (TALKS | RECORDS).values()} - {REDACTED}
        for title in talks:
            talk = select(Dialogue.ref, Dialogue.id).where(Dialogue.title.startswith(title))
            ref, key = connection.execute(talk).one()
            resources[f"dialogues {title}"] = ref
            record = select(Record.ref).where(Record.dialogue_id == key)
            resources[f"records {title}"] = connection.scalar(
                record.where(Record.source_id.is_(None))
            )
            if title == AHEAD:
                item = select(func.min(AgendaItem.id)).where(AgendaItem.dialogue_id == key)
                resources["item"] = connection.scalar(item)
            if title == WRITTEN:
                question = select(Decision.id).where(Decision.dialogue_id == key)
                resources["question"] = connection.scalar(question)
            if title == ADOPTED:
                made = record.where(Record.source_id.is_not(None))
                resources[f"records {REDACTED}"] = connection.scalar(made)
    engine.dispose()
    return {name: str(ref) for name, ref in resources.items()}
