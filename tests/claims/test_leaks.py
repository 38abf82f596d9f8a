"""The leak oracle over claims and harm: who comes across which word, whatever address they try.

Who may is said here by hand, from the requirement; nothing of the policy is asked.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from models.ledger import OutboxEmail
from models.vocabulary import Tlp
from portal import claims, harm
from portal.db import reading, writing
from portal.recipients import RecipientList
from tests.cast import NOW, World
from tests.claims import builders as claimed
from tests.factories import opened_process
from tests.factories import published as notice
from tests.harm import builders as hurt
from tests.pages import Visitor, nobody

Visit = Callable[[str], Visitor]
CANARY = re.compile(r"canary[a-z]+")
TELCO, SECOND, CLOUD = "liaison@telco", "colleague@telco", "liaison@cloud"
BANK, MEDIATOR, COORDINATOR = "liaison@bank", "mediator@peace", "coordinator@peace"
HOME, PEACE = {TELCO, SECOND}, {MEDIATOR, COORDINATOR}
EVERYBODY = HOME | PEACE | {
    CLOUD, BANK, "analyst@cert", "observer@un", "steward@portal", "custodian@portal",
    "auditor@portal", "",
}  # fmt: skip
# Of each who may come across it. Who sits in a process reads what goes to the process.
WHO = {
    "draft": HOME,
    "peace": HOME | PEACE,
    "bank": HOME | {BANK},
    "withdrawn": HOME,
    "red": {TELCO, CLOUD},
    "process": HOME | {CLOUD, MEDIATOR},
}
ALLOWED = {f"canary{sort}{word}": who for word, who in WHO.items() for sort in ("claim", "harm")}
# Put to reply: whom it names reads it before those to whom it is to go.
ALLOWED["canaryclaimasked"] = HOME | {CLOUD}
ALLOWED["canaryreplied"] = HOME | {CLOUD}
LISTS = (
    "/", "/claims/?state=withdrawn", "/claims/?sort=said", "/claims/?group=claimant",
    "/claims/?q=canary",
    "/harm/?state=withdrawn", "/harm/?q=canary", "/harm/?category=economic", "/search?q=canary",
    "/search?q=canary&kind=claims", "/search?q=canary&kind=harm", "/search/commands?q=canary",
    "/search/references?q=canary&noun=claims&noun=harm", "/calendar/", "/calendar/?from=2026-11",
    "/calendar/?from=2026-12", "/norms/un-gge-2015-f", "/norms/measures", "/notices/",
    "/stakeholders/?words=canary", "/steward/read-emails", "/steward/read-trail?verb=publish",
    "/public/", "/duty-sheet/",
)  # fmt: skip


def words(sort: str, word: str) -> dict[str, Any]:
    """The canary in every text of a claim or of a row of harm."""
    said = f"canary{sort}{word}"
    if sort == "harm":
        return {"title": said, "body": said, "service": said, "source_title": said}
    texts = ("title", "about", "body", "basis", "alternatives", "source_title", "source_publisher")
    return {**dict.fromkeys(texts, said), "considerations": {"technical": said}}


def laid(session: Session, world: World) -> dict[str, list[str]]:
    """Claims and harm for different readers, on one notice and in one process."""
    telco = world.actors[TELCO]
    on = notice(session, world, "peace", "bank", "cloud")
    process = opened_process(session, world, "telco", "cloud")
    refs: dict[str, list[str]] = {"claims": [], "harm": [], "on": [on.ref, process.ref]}
    for noun, service, make in (("claims", claims, claimed), ("harm", harm, hurt)):
        sort, drafted, published = noun.removesuffix("s"), make.drafted, make.published
        about = {"notice_id": on.id}
        rows = [
            drafted(session, world, "peace", **words(sort, "draft"), **about),
            published(session, world, "peace", **words(sort, "peace"), **about),
            published(session, world, "bank", **words(sort, "bank"), **about),
            published(session, world, CLOUD, **words(sort, "red"), tlp=Tlp.RED, **about),
        ]
        gone = published(session, world, "peace", **words(sort, "withdrawn"), **about)
        service.withdraw(session, telco, gone.ref, why="It was wrong.", now=NOW)
        to, home = RecipientList(processes=frozenset({process.id})), world.organisations["telco"]
        begin = claims.post_claim if noun == "claims" else harm.state_harm
        text = make.text(**words(sort, "process"))
        sent = begin(session, telco, home.ref, text=text, to=to, now=NOW)
        service.publish(session, telco, sent.ref, NOW)
        refs[noun] += [row.ref for row in (*rows, gone, sent)]
    put = words("claim", "asked")
    del put["about"]
    asked = claimed.asked(session, world, **put, notice_id=on.id)
    claimed.replied(session, world, asked, "canaryreplied")
    refs["claims"].append(asked.ref)
    return refs


def addresses(app: Flask, refs: dict[str, list[str]]) -> Iterator[str]:
    """Every address of claims and harm with each of them, of notice and process, and lists."""
    yield from LISTS
    for rule in app.url_map.iter_rules():
        noun = rule.endpoint.partition(".")[0]
        if "GET" not in rule.methods or rule.endpoint.endswith("_png"):
            continue
        if noun in refs:
            every = (*refs[noun], *refs["on"])
            yield from (rule.rule.replace("<ref>", ref) for ref in every)
        elif rule.rule.startswith("/releases/derive"):
            every = (*refs["claims"], *refs["harm"])
            yield from (rule.rule.replace("<ref>", ref) for ref in every)
    on, process = refs["on"]
    yield from (f"/notices/{on}{end}" for end in ("", "/export/together", "/export/misp"))
    yield f"/processes/{process}"


def test_nobody_comes_across_what_is_not_theirs(app: Flask, world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        refs = laid(session, world)
    ways = list(dict.fromkeys(addresses(app, refs)))
    met: dict[str, set[str]] = {}
    for name in sorted(EVERYBODY):
        visitor = visit(name) if name else nobody(app)
        for way in ways:
            answer = visitor.client.get(way)
            assert answer.status_code < 500, way
            text = answer.get_data(as_text=True) + str(answer.headers)
            for canary in set(CANARY.findall(text)):
                if canary in way and text.count(canary) <= 1:
                    continue  # what was asked
                assert name in ALLOWED[canary], (name, canary, way)
                met.setdefault(canary, set()).add(name)
    assert met == ALLOWED


def test_no_e_mail_that_waits_holds_a_word_of_them(world: World) -> None:
    with writing(world.sessions) as session:
        laid(session, world)
    with reading(world.sessions) as session:
        for email in session.query(OutboxEmail):
            kept = {
                column.name: getattr(email, column.name) for column in OutboxEmail.__table__.columns
            }
            assert "canary" not in repr(kept)
