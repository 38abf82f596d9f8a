"""Addresses that pages had before: links in e-mails already sent lead to where the page is now."""

import re
from collections.abc import Callable
from typing import Final

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

former = Blueprint("former", __name__)

# By noun: the verb at the end of the address before, and the verb of the page now.
MOVED: Final = {
    "commitments": {
        "audience": "read_ledger",
        "find": "verify",
        "print": "export",
        "tag": "link_norm",
    },
    "dialogues": {
        "add-paper": "add_document",
        "agenda.pdf": "export_agenda",
        "audience": "read_ledger",
        "invited.pdf": "export_invited",
        "move": "reschedule",
        "offer": "propose_times",
        "put": "call_decision",
        "wish": "suggest_item",
    },
    "notices": {"audience": "read_ledger", "tag": "link_norm"},
    "records": {"audience": "read_ledger", "pdf": "export", "remark": "comment"},
    "stakeholders": {"clients": "set_clients", "ties": "read_ties"},
}


@former.get("/steward/trail")
def trail() -> ResponseReturnValue:
    """Lead to the page of the trail."""
    return redirect(url_for("steward.read_trail"), 301)


@former.get("/steward/emails")
@former.get("/steward/letters")
def emails() -> ResponseReturnValue:
    """Lead to the page of e-mails that could not be delivered."""
    return redirect(url_for("steward.read_emails"), 301)


@former.get("/readiness/courses")
def courses() -> ResponseReturnValue:
    """Lead to training, where courses and readings stand beside our own units."""
    return redirect(url_for("training.index"), 301)


def _leading_to(endpoint: str) -> Callable[[str], ResponseReturnValue]:
    def lead(ref: str) -> ResponseReturnValue:
        return redirect(url_for(endpoint, ref=ref), 301)

    lead.__doc__ = f"Lead to the page that has the address now: {endpoint}."
    return lead


for noun, verbs in MOVED.items():
    for before, now in verbs.items():
        name = f"{noun}_{re.sub(r'[-.]', '_', before)}"
        former.add_url_rule(f"/{noun}/<ref>/{before}", name, _leading_to(f"{noun}.{now}"))
