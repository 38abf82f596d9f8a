"""Who of the demo world opens each page, and of which resource."""

from typing import Any

from sqlalchemy import select

from models.alternates import Alternate
from models.claims import Claim
from models.exercises import Exercise, ExerciseFinding, ExerciseInject
from models.harm import Harm
from models.releases import Release
from tests.browser.learned import KEPT

# Who opens each page, and what stands for its arguments (`-` is said by _matters below).
WHO = {
    "notices.post_notice": "Telco liaison",
    "notices.take": "Telco liaison",
    "notices.edit": "Telco liaison",
    "notices.correct": "Telco liaison",
    "notices.publish": "Telco liaison",
    "notices.read_ledger": "Telco liaison",
    "notices.close": "Telco liaison",
    "notices.link_norm": "Telco liaison",
    "notices.withdraw": "Telco liaison",
    "stakeholders.form_group": "Coordinator",
    "stakeholders.read_group": "Coordinator",
    "stakeholders.edit_group": "Coordinator",
    "stakeholders.close_group": "Coordinator",
    "stakeholders.resign": "Telco liaison",
    "stakeholders.declare_support": "Telco liaison",
    "contacts.add_contact": "Telco liaison",
    "contacts.check": "Telco liaison",
    "contacts.remove_exercises": "Telco liaison",
    "contacts.edit": "Telco liaison",
    "contacts.publish": "Telco liaison",
    "contacts.read": "Telco liaison",
    "contacts.retire": "Telco liaison",
    "contacts.take": "Telco liaison",
    "contacts.verify": "Telco liaison",
    "alternates.appoint_alternate": "Telco liaison",
    "alternates.declare_alternate": "Telco liaison",
    "alternates.index": "Telco liaison",
    "alternates.read": "Telco liaison",
    "offers.index": "Telco liaison",
    "offers.read": "Telco liaison",
    "training.read_training": "Telco liaison",
    "training.required": "Telco liaison",
}
STEWARDS = (
    *(f"clauses.{word}" for word in ("add_clause", "edit", "retire")),
    *(f"units.{word}" for word in KEPT),
    "stakeholders.admit",
    "stakeholders.edit",
    "stakeholders.set_clients",
    "stakeholders.read_ties",
    "stakeholders.suspend",
    "stakeholders.leave",
    "stakeholders.suspend_person",
    "steward.announce",
    "steward.read",
    "steward.read_trail",
    "steward.read_emails",
    "steward.people",
    "steward.require_everywhere",
)
# Pages of commitments: who opens each, and of which promise of the demo world.
PROPOSE_TIMES, DISPUTED, ASKED = (
    "Telco opens its update server",
    "No action against",
    "All tenants reached",
)
LEAVING, UNFINISHED = "Disk images for", "Patches go to"
PROMISES = {
    "accept": ("Cloud liaison", PROPOSE_TIMES),
    "decline": ("Cloud liaison", PROPOSE_TIMES),
    "counter": ("Cloud liaison", PROPOSE_TIMES),
    "withdraw": ("Telco liaison", PROPOSE_TIMES),
    "consent": ("Cloud liaison", ASKED),
    "refuse": ("Cloud liaison", ASKED),
    "take_back": ("Telco liaison", ASKED),
    "release": ("Telco liaison", LEAVING),
    "edit": ("Telco liaison", UNFINISHED),
    "propose": ("Telco liaison", UNFINISHED),
    "verify": ("Response analyst", DISPUTED),
    "declare_unmet": ("Response analyst", DISPUTED),
    "read": ("Mediator", DISPUTED),
    "conditions": ("Mediator", DISPUTED),
} | dict.fromkeys(
    (
        "add_evidence",
        "amend",
        "ask_release",
        "comment",
        "read_ledger",
        "draft_commitment",
        "reply",
        "report",
        "link_norm",
        "unfollow",
    ),
    ("Telco liaison", DISPUTED),
)
# Pages of dialogues and records: who opens each, and of which dialogue of the demo world.
DRAFT, POLLED = "A standing line between", "Restraint while the repair"
AHEAD, ROUND = "Response teams are left", "First talks after"
WRITTEN, ADOPTED = "What is said in public", "How we talk to each other"
REDACTED = f"{ADOPTED}, redacted"
TALKS = (
    dict.fromkeys(
        ("edit", "index", "draft_dialogue", "plan", "poll", "seat"), ("Coordinator", DRAFT)
    )
    | dict.fromkeys(("convene", "propose_times", "read_answers"), ("Coordinator", POLLED))
    | {"answer_poll": ("Telco liaison", POLLED), "name": ("Cloud liaison", AHEAD)}
    | dict.fromkeys(
        (
            "add_document",
            "answer",
            "check_in",
            "choose",
            "read",
            "suggest_item",
            "unfollow",
            "write_note",
        ),
        ("Telco liaison", AHEAD),
    )
    | dict.fromkeys(
        (
            "attend",
            "read_ledger",
            "read_readiness",
            "cancel",
            "edit_item",
            "reschedule",
            "call_decision",
        ),
        ("Coordinator", AHEAD),
    )
    | {"decide": ("Telco liaison", WRITTEN), "close_decision": ("Coordinator", WRITTEN)}
    | {"conclude": ("Coordinator", ROUND)}
)
RECORDS = (
    dict.fromkeys(("index", "read", "object", "comment", "unfollow"), ("Telco liaison", ROUND))
    | dict.fromkeys(("choose", "circulate", "write"), ("Coordinator", WRITTEN))
    | {
        "recall": ("Coordinator", ROUND),
        "read_ledger": ("Coordinator", ADOPTED),
        "object_late": ("Telco liaison", ADOPTED),
    }
    | {"redact": ("Coordinator", ADOPTED), "edit": ("Coordinator", REDACTED)}
    | {"confirm": ("Mediator", REDACTED)}
)
# Not pages: what machines ask, files, and steps that answer with a redirect.
NOT_PAGES = {
    "static",
    "auth.callback",
    "auth.invitation",
    "health.alive",
    "health.metrics",
    "health.ready",
    "dialogues.export_agenda",
    "dialogues.export_invited",
    "feeds.calendar",
    "operator.security",
    "duty_sheet.export",
    "records.edition",
    "records.export",
    "training.export",
    "readiness.export",
    "commitments.asked",
    "commitments.download",
    "commitments.read_terms",
    "commitments.export",
    "claims.export",
    "claims.export_misp",
    "claims.export_stix",
    "contacts.answer_by_key",  # by a key that an e-mail alone holds: tried in tests/contacts
    "dialogues.answer_poll_by_key",  # likewise: tried in tests/dialogues
    "contacts.export",
    "contacts.export_many",
    "exercises.answer",  # opens while one runs: looked at in test_tabletop
    "exercises.export",
    "harm.export",
    "harm.export_misp",
    "harm.export_stix",
    "processes.export",
    "public.as_json",
    "public.as_stix",
    "public.feed",
    "notices.export",
    "notices.export_misp",
    "notices.export_together",
    "notices.download",
    "notices.edition",
    "notices.share_comments",  # opens to who commented before a correction
    "stakeholders.end_membership",  # of a membership in its question: tried in tests/stakeholders
    "stakeholders.leave_person",
    "stakeholders.set_ticket",  # of a record in its question: looked at in test_journeys
}
NOT_PAGES |= {
    f"{page}_{made_as}"
    for page in ("claims.side_by_side", "harm.spread", "harm.together", "commitments.overview")
    for made_as in ("csv", "pdf", "png", "svg", "xlsx")
}
DRAFTS = {"notices.edit", "notices.publish"}
# Pages of claims: who opens each, and of which claim of the demo world.
HERON, AT_CLOUD = "The wiper shares code", "The update was served"
CLAIMED = {
    "index": ("Mediator", HERON),
    "post_claim": ("Telco liaison", HERON),
    "read": ("Mediator", HERON),
    "unfollow": ("Mediator", HERON),
    "read_ledger": ("Telco liaison", HERON),
    "correct": ("Telco liaison", HERON),
    "withdraw": ("Telco liaison", HERON),
    "edit": ("Telco liaison", "A second group"),
    "publish": ("Telco liaison", "A second group"),
    "ask_reply": ("Telco liaison", "The bank's payment"),
    "reply": ("Cloud liaison", AT_CLOUD),
    "consent": ("Telco liaison", "Telco says that the wiper"),
    "take": ("Mediator", HERON),
}
# Pages of harm: who opens each, and of which row of the demo world.
WIPED = "Servers wiped"
HURT = {
    "index": ("Mediator", WIPED),
    "cite_harm": ("Mediator", WIPED),
    "take": ("Mediator", WIPED),
    "consent": ("Telco liaison", "Servers wiped, as the press"),
    "read": ("Mediator", WIPED),
    "unfollow": ("Mediator", WIPED),
    "state_harm": ("Telco liaison", WIPED),
    "read_ledger": ("Telco liaison", WIPED),
    "correct": ("Telco liaison", WIPED),
    "withdraw": ("Telco liaison", WIPED),
    "edit": ("Telco liaison", "Hours of repair"),
    "publish": ("Telco liaison", "Hours of repair"),
}
# Pages of releases, inside and for the public: who opens each, and of which of the demo world.
OUT, TOGETHER = "Case for study: WannaCry", "Joint statement on the wiper"
AGREED_ON = {
    "index": ("Mediator", OUT),
    "draft_release": ("Telco liaison", OUT),
    "read": ("Telco liaison", TOGETHER),
    "unfollow": ("Mediator", OUT),
    "sign": ("Cloud liaison", TOGETHER),
    "decline": ("Cloud liaison", TOGETHER),
    "edit": ("Telco liaison", "What we know of the wiper"),
    "confirm": ("Telco colleague", "Joint statement on response teams"),
    "correct": ("Response analyst", OUT),
    "withdraw": ("Response analyst", OUT),
    "consent": ("Bank liaison", "What the bank"),
    "reply": ("Cloud liaison", "A machine at Cloud served"),
    "release": ("Telco liaison", "Five servers"),
    "derive": ("Telco liaison", HERON),
}
# Pages of exercises: who opens each, and of which of the demo world.
PLAYED, PLANNED = "EXERCISE: A wiper before", "EXERCISE: A leak of the talks"
UNFINISHED_ONE = "EXERCISE: First hour"
EXERCISED = (
    dict.fromkeys(("index", "draft_exercise", "read", "unfollow", "erase"), ("Mediator", PLAYED))
    | dict.fromkeys(("write_note", "add_finding", "take_up"), ("Telco liaison", PLAYED))
    | dict.fromkeys(
        ("edit", "seat", "plan", "change_inject", "remove_inject", "read_ledger", "cancel"),
        ("Mediator", PLANNED),
    )
    | {"publish": ("Mediator", UNFINISHED_ONE)}
)
PUBLIC = dict.fromkeys(("index", "read", "check"), ("Mediator", OUT))

BESIDE = {
    "claims": CLAIMED,
    "exercises": EXERCISED,
    "harm": HURT,
    "public": PUBLIC,
    "releases": AGREED_ON,
}


def number_of(room: str, word: str) -> str:
    """What the number in the address of a page stands for."""
    if room == "exercises":
        return "finding" if word == "take_up" else "inject"
    return "question" if "deci" in word else "item"


def beside(connection: Any) -> dict[str, Any]:
    """The references of claims, rows of harm and releases that pages are opened of, by title."""
    tables = ((Claim, CLAIMED), (Harm, HURT), (Release, AGREED_ON), (Exercise, EXERCISED))
    pairs = [(m, t) for m, seen in tables for _w, t in seen.values() if t != HERON or m is Claim]
    rows = {t: select(m.ref).where(m.title.startswith(t)).order_by(m.id) for m, t in pairs}
    rows["alternate"] = select(Alternate.ref).where(Alternate.state == "declared")
    inject = select(ExerciseInject.id).join(Exercise, Exercise.id == ExerciseInject.exercise_id)
    found = {title: connection.scalar(row) for title, row in rows.items()}
    return found | {
        "inject": str(connection.scalar(inject.where(Exercise.title.startswith(PLANNED)))),
        "finding": str(connection.scalar(select(ExerciseFinding.id))),
    }
