"""Every route that takes a POST creates once, or is named here with why it creates nothing."""

from flask import Flask

from tests.forms.scenes import SCENES

# Routes that change what is there, and why sending one twice makes nothing twice.
BY_STATE = "moves a life cycle on: the second finds it moved"
BY_VERSION = "changes what is there, and carries the version that was seen"
SETS = "sets what then holds: twice the same is once"
TAKES_AWAY = "takes away or ends: what is gone is gone"
NOT_CREATING = {
    "account.end": TAKES_AWAY,
    "account.edit": SETS,
    "account.make_feed": "replaces the address before; the new one is shown this once",
    "account.revoke_feed": TAKES_AWAY,
    "auth.accept": "goes to the provider; the invitation is good once",
    "auth.backchannel_logout": "a provider's signed word, good once",
    "auth.begin": "goes to the provider",
    "auth.decline": BY_STATE,
    "auth.sign_out": TAKES_AWAY,
    "clauses.edit": BY_VERSION,
    "clauses.restore": BY_STATE,
    "clauses.retire": BY_STATE,
    "commitments.accept": BY_STATE,
    "commitments.consent": BY_STATE,
    "commitments.declare_unmet": BY_STATE,
    "commitments.decline": BY_STATE,
    "commitments.edit": BY_VERSION,
    "commitments.propose": BY_STATE,
    "commitments.refuse": BY_STATE,
    "commitments.release": BY_STATE,
    "commitments.take_back": BY_STATE,
    "commitments.remove_condition": TAKES_AWAY,
    "commitments.unlink_norm": TAKES_AWAY,
    "commitments.withdraw": BY_STATE,
    "dialogues.answer": SETS,
    "dialogues.answer_poll": SETS,
    "dialogues.attend": SETS,
    "dialogues.cancel": BY_STATE,
    "dialogues.check_in": SETS,
    "dialogues.close_decision": BY_STATE,
    "dialogues.conclude": BY_STATE,
    "dialogues.convene": BY_STATE,
    "dialogues.decline_counter": TAKES_AWAY,
    "dialogues.decide": "one answer a delegation: the second replaces it, or is refused",
    "dialogues.edit": BY_VERSION,
    "dialogues.edit_item": BY_VERSION,
    "dialogues.hold": BY_STATE,
    "dialogues.lay_suggestion_aside": BY_STATE,
    "dialogues.reschedule": BY_VERSION,
    "dialogues.move_item": "moves a row among others",
    "dialogues.name": BY_VERSION,
    "dialogues.open_room": "replaces the code before",
    "dialogues.remove_item": TAKES_AWAY,
    "dialogues.remove_note": TAKES_AWAY,
    "dialogues.remove_document": TAKES_AWAY,
    "dialogues.take_suggestion": BY_STATE,
    "dialogues.withdraw_suggestion": TAKES_AWAY,
    "notices.acknowledge": "one receipt a person and edition",
    "notices.close": BY_STATE,
    "notices.share_comments": SETS,
    "notices.detach": TAKES_AWAY,
    "notices.edit": BY_VERSION,
    "notices.publish": BY_STATE,
    "notices.unannotate": TAKES_AWAY,
    "notices.unlink_norm": TAKES_AWAY,
    "notices.withdraw": BY_STATE,
    "processes.close": BY_STATE,
    "processes.edit": BY_VERSION,
    "processes.unlink": TAKES_AWAY,
    "offers.accept": BY_STATE,
    "offers.decline": BY_STATE,
    "offers.revoke_invitation": BY_STATE,
    "records.circulate": BY_STATE,
    "records.confirm": BY_STATE,
    "records.edit": BY_VERSION,
    "records.move_point": "moves a row among others",
    "records.recall": BY_STATE,
    "records.remove_action": TAKES_AWAY,
    "records.remove_point": TAKES_AWAY,
    "records.write": BY_VERSION,
    "stakeholders.close_group": BY_STATE,
    "stakeholders.edit": SETS,
    "stakeholders.edit_group": SETS,
    "stakeholders.end_membership": TAKES_AWAY,
    "stakeholders.leave": BY_STATE,
    "stakeholders.leave_person": BY_STATE,
    "stakeholders.reinstate": BY_STATE,
    "stakeholders.reinstate_person": BY_STATE,
    "stakeholders.leave_group": TAKES_AWAY,
    "stakeholders.leave_provider": TAKES_AWAY,
    "stakeholders.resign": TAKES_AWAY,
    "stakeholders.leave_group_organisation": TAKES_AWAY,
    "stakeholders.set_clients": SETS,
    "stakeholders.suspend": BY_STATE,
    "stakeholders.suspend_person": BY_STATE,
    "steward.retry_email": SETS,
    "steward.retry_all": SETS,
}


def test_every_route_that_changes_something_is_known(app: Flask) -> None:
    posts = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    creating = {name for name in posts if getattr(app.view_functions[name], "creates", False)}
    phases = {name for name in posts - creating if name.startswith("processes.")}
    known = NOT_CREATING.keys() | phases
    assert creating == SCENES.keys()
    assert posts - creating == known & posts == known
