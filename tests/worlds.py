"""A world in which every confidential text carries a canary of its own, and who may see which.

Who may see a canary is said by tests/policy/policy.py, from the requirement; nothing of the
portal's own policy is asked.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.notices import Indicator, NoticeTag
from models.stakeholders import SharingGroup
from models.vocabulary import Tlp
from portal import coverage, notices, stakeholders
from portal.demo import agree_to_all
from portal.media import Upload
from portal.recipients import RecipientList
from portal.rules import NOTICES
from portal.store import Store
from tests.cast import NOW, World
from tests.factories import opened_process, text, to
from tests.policy.policy import Case, PersonIs, may_read, may_read_text, on_own_side
from tests.worlds_kept import keep

STATES = ("draft", "open", "closed", "withdrawn")
SHAPES = {
    Tlp.CLEAR: ("peace",),
    Tlp.GREEN: ("peace",),
    Tlp.AMBER: ("cloud",),
    Tlp.AMBER_STRICT: ("peace", "liaison@cloud"),
    Tlp.RED: ("mediator@peace",),
}
# What the cast is, said again: name, organisation (none for the portal's own people).
HOMES = {
    "liaison@telco": "telco",
    "colleague@telco": "telco",
    "liaison@cloud": "cloud",
    "liaison@bank": "bank",
    "mediator@peace": "peace",
    "coordinator@peace": "peace",
    "analyst@cert": "cert",
    "observer@un": "un",
    "steward@portal": "",
    "custodian@portal": "",
    "auditor@portal": "",
}


# Who sits in the process: one of the team, a party, an observer.
TEAM, PARTY, WATCHING = "mediator@peace", "telco", "un"


def has_seat(name: str) -> bool:
    """Whether the person sits in the process, by name or through the organisation."""
    return name == TEAM or HOMES.get(name) in (PARTY, WATCHING)


@dataclass(frozen=True)
class Marked:
    """One notice of the world: its reference, what it is, and its canaries by sort."""

    ref: str
    case: Case
    canaries: dict[str, str]
    commented: str = ""
    file_ref: str = ""


@dataclass(frozen=True)
class Canaries:
    """The world: its notices, its group, its process, and who is who."""

    notices: tuple[Marked, ...]
    group_ref: str
    group_canary: str
    people: dict[str, PersonIs]
    process_ref: str
    process_canaries: frozenset[str]
    kept: dict[str, frozenset[str]] = field(default_factory=dict)

    def allowed(self, name: str) -> set[str]:
        """The canaries that this person may ever come across, by the requirement."""
        if name not in self.people:
            return set()
        person = self.people[name]
        found = {canary for canary, theirs in self.kept.items() if name in theirs}
        for notice in self.notices:
            if may_read(person, notice.case):
                found.add(notice.canaries["reason"])
            if may_read_text(person, notice.case):
                found |= {v for k, v in notice.canaries.items() if k not in ("reason", "private")}
            if on_own_side(person, notice.case) or (
                name == notice.commented and may_read_text(person, notice.case)
            ):
                found.add(notice.canaries["private"])
        if HOMES[name] in ("telco", "cert", "peace"):
            found.add(self.group_canary)
        if has_seat(name):
            found |= self.process_canaries
        return found


def build(session: Session, world: World, store: Store) -> Canaries:
    """Make the world through the services: every marking in every state."""
    steward = world.actors["steward@portal"]
    keys = {name: home.id for name, home in world.organisations.items()}
    stakeholders.set_clients(
        session, steward, world.organisations["cloud"].ref, client_ids={keys["bank"]}, now=NOW
    )
    group = _group(session, world)
    agree_to_all(session, NOW)
    people = {
        name: PersonIs(
            world.actors[name].person_id, organisations=frozenset({keys[home]} if home else ())
        )
        for name, home in HOMES.items()
    }
    made = [
        _notice(session, world, store, tlp, state, len(STATES) * row + column)
        for row, tlp in enumerate(Tlp)
        for column, state in enumerate(STATES)
    ]
    words = {"cover_name": "canary-cover", "context": "canary-context"}
    process = opened_process(session, world, PARTY, by=TEAM, observers=(WATCHING,), **words)
    return Canaries(
        tuple(made),
        group.ref,
        "canary-group",
        people,
        process_ref=process.ref,
        process_canaries=frozenset(words.values()),
        kept=keep(session, world, _read_by_cloud(made)),
    )


def _read_by_cloud(made: list[Marked]) -> str:
    return next(m.ref for m in made if (m.case.tlp, m.case.state) == ("AMBER", "open"))


def _group(session: Session, world: World) -> SharingGroup:
    coordinator = world.actors["coordinator@peace"]
    home = world.organisations["peace"].ref
    group = stakeholders.form_group(
        session, coordinator, home, name="canary-group", ceiling=Tlp.AMBER, now=NOW
    )
    listed = {world.organisations[name].id for name in ("telco", "cert")}
    stakeholders.edit_group(
        session, coordinator, group.ref, organisation_ids=listed, person_ids=(), now=NOW
    )
    return session.scalars(select(SharingGroup)).one()


def _notice(
    session: Session, world: World, store: Store, tlp: Tlp, state: str, number: int
) -> Marked:
    author, home = world.actors["liaison@telco"], world.organisations["telco"]
    sorts = (
        "title", "summary", "body", "sign", "tag", "tie", "file", "content", "comment", "private"
    )  # fmt: skip
    canaries = {sort: f"canary-{sort}-{number}x" for sort in (*sorts, "reason")}
    listed = to(world, *SHAPES[tlp])
    said = text(
        title=canaries["title"],
        summary=canaries["summary"],
        body=canaries["body"],
        tlp=tlp,
        acknowledge_by_at=NOW + timedelta(days=2),
    )
    notice = notices.post_notice(session, author, home.ref, text=said, to=listed, now=NOW)
    session.add(Indicator(notice_id=notice.id, type="domain", value=canaries["sign"]))
    session.add(NoticeTag(notice_id=notice.id, tag=canaries["tag"]))
    why = {"norm": "un-gge-2015-f", "reason": canaries["tie"]}
    coverage.link_norm(session, author, NOTICES, notice.ref, **why, now=NOW)
    attached = notices.attach(
        session, author, notice.ref,
        file=Upload.of(f"{canaries['file']}.txt", canaries["content"].encode()),
        store=store, now=NOW,
    )  # fmt: skip
    commented = ""
    if state != "draft":
        notices.publish(session, author, notice.ref, NOW)
        reader = "liaison@cloud" if tlp is Tlp.AMBER else "mediator@peace"
        for words, private in ((canaries["comment"], False), (canaries["private"], True)):
            notices.comment(
                session, world.actors[reader], notice.ref, text=words, to_author=private, now=NOW
            )
        commented = reader
    ending = {"closed": notices.close, "withdrawn": notices.withdraw}.get(state)
    if ending:
        ending(session, author, notice.ref, why=canaries["reason"], now=NOW)
    return Marked(notice.ref, _case(world, tlp, state, listed), canaries, commented, attached.ref)


def _case(world: World, tlp: Tlp, state: str, listed: RecipientList) -> Case:
    return Case(
        state=state,
        tlp=str(tlp),
        organisation=world.organisations["telco"].id,
        author=world.actors["liaison@telco"].person_id,
        ever_published=state != "draft",
        organisations=listed.organisations,
        people=listed.people,
        clients={
            world.organisations["cloud"].id: frozenset({world.organisations["bank"].id}),
        },
    )
