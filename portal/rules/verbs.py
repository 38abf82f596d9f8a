"""The verbs of the policy: one word for policy, page, address, trail and e-mail."""

from typing import Final

READ: Final = "read"
READ_TEXT: Final = "read-text"
READ_TERMS: Final = "read-terms"
READ_LEDGER: Final = "read-ledger"
READ_ADDRESS: Final = "read-address"
READ_MEMBERS: Final = "read-members"
READ_TRAIL: Final = "read-trail"
READ_EMAILS: Final = "read-emails"
POST_NOTICE: Final = "post-notice"
POST_CLAIM: Final = "post-claim"
ASK_REPLY: Final = "ask-reply"
FORM_GROUP: Final = "form-group"
EDIT: Final = "edit"
PUBLISH: Final = "publish"
CORRECT: Final = "correct"
WITHDRAW: Final = "withdraw"
CLOSE: Final = "close"
ACKNOWLEDGE: Final = "acknowledge"
COMMENT: Final = "comment"
READ_COMMENTS: Final = "read-comments"
SHARE_COMMENTS: Final = "share-comments"
ATTACH: Final = "attach"
EXPORT: Final = "export"
FOLLOW: Final = "follow"
UNFOLLOW: Final = "unfollow"
DETACH: Final = "detach"
INVITE: Final = "invite"
INVITE_AGAIN: Final = "invite-again"
REVOKE_INVITATION: Final = "revoke-invitation"
ADMIT: Final = "admit"
ANNOUNCE: Final = "announce"
END_MEMBERSHIP: Final = "end-membership"
SET_CLIENTS: Final = "set-clients"
SUSPEND: Final = "suspend"
REINSTATE: Final = "reinstate"
LEAVE: Final = "leave"
RESIGN: Final = "resign"
READ_TIES: Final = "read-ties"
LEAVE_GROUP: Final = "leave-group"
LEAVE_PROVIDER: Final = "leave-provider"
RETRY_EMAIL: Final = "retry-email"
BEGIN_SELF_CHECK: Final = "begin-self-check"
BEGIN_UNIT: Final = "begin-unit"
NOTE_COURSE: Final = "note-course"
READ_TRAINING: Final = "read-training"
REQUIRE: Final = "require"
REQUIRE_EVERYWHERE: Final = "require-everywhere"
# Asked beside the verb that does it: for this, a unit of training can be required.
PUBLISH_RED: Final = "publish-red"
TAKE_ROLE: Final = "take-role"
TAKE_SEAT: Final = "take-seat"
STUDY: Final = "study"
COMPLETE: Final = "complete"
ADD_CONTACT: Final = "add-contact"
CHECK: Final = "check"
ESCALATE: Final = "escalate"
REMOVE_EXERCISES: Final = "remove-exercises"
RENEW: Final = "renew"
ERASE: Final = "erase"
MAKE_FEED: Final = "make-feed"
REVOKE_FEED: Final = "revoke-feed"

LINK_NORM: Final = "link-norm"
ANNOTATE: Final = "annotate"
LINK: Final = "link"
DRAFT_COMMITMENT: Final = "draft-commitment"
PROPOSE: Final = "propose"
ACCEPT: Final = "accept"
DECLINE: Final = "decline"
COUNTER: Final = "counter"
START: Final = "start"
REPORT: Final = "report"
VERIFY: Final = "verify"
FULFIL: Final = "fulfil"
DECLARE_UNMET: Final = "declare-unmet"
REPLY: Final = "reply"
ADD_EVIDENCE: Final = "add-evidence"
AMEND: Final = "amend"
CONSENT: Final = "consent"
REFUSE: Final = "refuse"
TAKE_BACK: Final = "take-back"
ASK_RELEASE: Final = "ask-release"
RELEASE: Final = "release"
RESUME: Final = "resume"
LAPSE: Final = "lapse"
OPEN_ROUND: Final = "open-round"
OPEN_PROCESS: Final = "open-process"
SEAT: Final = "seat"
PREPARE: Final = "prepare"
BEGIN_TALKS: Final = "begin-talks"
AGREE: Final = "agree"
IMPLEMENT: Final = "implement"
PAUSE: Final = "pause"
ADD_CLAUSE: Final = "add-clause"
RETIRE: Final = "retire"
RESTORE: Final = "restore"

DRAFT_DIALOGUE: Final = "draft-dialogue"
READ_TABLE: Final = "read-table"
READ_ANSWERS: Final = "read-answers"
POLL: Final = "poll"
PROPOSE_TIMES: Final = "propose-times"
ANSWER_POLL: Final = "answer-poll"
REMIND: Final = "remind"
CONVENE: Final = "convene"
NAME: Final = "name"
ANSWER: Final = "answer"
RESCHEDULE: Final = "reschedule"
UNINVITE: Final = "uninvite"
DECLINE_COUNTER: Final = "decline-counter"
RECEIVE_REPLY: Final = "receive-reply"
KEEP_LOCAL_TIME: Final = "keep-local-time"
CANCEL: Final = "cancel"
PLAN: Final = "plan"
SUGGEST_ITEM: Final = "suggest-item"
ADD_DOCUMENT: Final = "add-document"
WRITE_NOTE: Final = "write-note"
CHECK_IN: Final = "check-in"
ATTEND: Final = "attend"
HOLD: Final = "hold"
CALL_DECISION: Final = "call-decision"
DECIDE: Final = "decide"
CLOSE_DECISION: Final = "close-decision"
CONCLUDE: Final = "conclude"
FOLLOW_UP: Final = "follow-up"
DRAFT_RECORD: Final = "draft-record"
WRITE: Final = "write"
CIRCULATE: Final = "circulate"
RECALL: Final = "recall"
OBJECT: Final = "object"
OBJECT_LATE: Final = "object-late"
ADOPT: Final = "adopt"
TAKE_UP: Final = "take-up"
REDACT: Final = "redact"
CONFIRM: Final = "confirm"

# What verbs were called before migration 0022. Rows of the trail keep the verb of their day, as
# their digests cover it; whoever reads the trail asks `spellings` and shows `present`.
FORMER: Final = {
    "add-paper": ADD_DOCUMENT,
    "find": VERIFY,
    "keep-to-wall": KEEP_LOCAL_TIME,
    "move": RESCHEDULE,
    "nudge": REMIND,
    "offer": PROPOSE_TIMES,
    "put": CALL_DECISION,
    "read-letters": READ_EMAILS,
    "read-remarks": READ_COMMENTS,
    "remark": COMMENT,
    "rest": PAUSE,
    "retry-letter": RETRY_EMAIL,
    "tag": LINK_NORM,
    "wish": SUGGEST_ITEM,
}


def present(verb: str) -> str:
    """What a verb of the trail is called today."""
    return FORMER.get(verb, verb)


def spellings(*verbs: str) -> tuple[str, ...]:
    """These verbs, and what each was called before: what the trail may hold of them."""
    return (*verbs, *(old for old, new in FORMER.items() if new in verbs))
