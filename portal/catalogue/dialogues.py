"""The entry of dialogues."""

from typing import Any, Final

from sqlalchemy import or_

from models.agenda import AgendaItem, Document, SideNote
from models.dialogues import Dialogue, DialogueState
from portal.catalogue.noun import (
    NO_MOMENT,
    NO_NEWS,
    NO_NORMS,
    Activity,
    Beginning,
    Due,
    Menu,
    Noun,
    Section,
    Service,
    Source,
    by_title_and_text,
    own_text,
    word_table,
)
from portal.db import in_state
from portal.dialogues import due_for_the_system, keep_up
from portal.dialogues.dates import DATES
from portal.dialogues.listing import could_know
from portal.dialogues.reminders import LADDERS
from portal.dialogues.tasks import TASKS
from portal.email_contexts import about_dialogue, dialogue_entry
from portal.parameters import KEY, ME
from portal.rules import DIALOGUES, READ_LEDGER, READ_TEXT
from portal.rules.verbs import (
    ANSWER,
    ANSWER_POLL,
    CALL_DECISION,
    CANCEL,
    CLOSE_DECISION,
    CONCLUDE,
    CONVENE,
    DRAFT_DIALOGUE,
    HOLD,
    KEEP_LOCAL_TIME,
    NAME,
    POLL,
    PROPOSE_TIMES,
    READ_TABLE,
    RESCHEDULE,
)
from portal.words import N_


def _known(key: Any) -> Any:
    return key.in_(could_know(ME))


def _of_parts(words: str, model: Any, said: tuple[Any, ...]) -> Source:
    # Of the agenda, papers and notes each reader finds those in sight of their side alone.
    return Source(
        words=word_table(words, "key"),
        pg_key="key",
        row=model,
        resource=model.dialogue_id,
        said=said,
        part=model,
        where=(),
    )


MET: Final = (DialogueState.CONVENED, DialogueState.HELD, DialogueState.CONCLUDED)
SERVES: Final = (
    Service(
        key="dialogues",
        name=N_("Dialogues"),
        says=N_("Dialogues that are convened, held or concluded."),
        at=Dialogue.convened_at,
        narrowed=(or_(*(in_state(Dialogue, state) for state in MET)),),
        measures=frozenset({"un-oewg-global-cbm-2", "osce-cbm-3"}),
    ),
)

DIALOGUE: Final = Noun(
    policy=DIALOGUES,
    label=N_("Dialogues"),
    one=N_("Dialogue"),
    endpoint="dialogues.read",
    menu=Menu("dialogues.index", N_("Dialogues"), Section.WORK),
    states={
        DialogueState.DRAFT: N_("draft"),
        DialogueState.POLLING: N_("finding a date"),
        DialogueState.CONVENED: N_("convened"),
        DialogueState.HELD: N_("held"),
        DialogueState.CONCLUDED: N_("concluded"),
        DialogueState.CANCELLED: N_("cancelled"),
    },
    begins=Beginning(DRAFT_DIALOGUE, DialogueState.DRAFT),
    title=Dialogue.title,
    title_verb=READ_TEXT,
    marked=True,
    # Items, papers and notes are for one side at times: that they came is no news for the others,
    # so it is none at all. How a delegation answers a question is known where it is counted.
    activity=Activity(
        to_readers={
            POLL: N_("%(who)s proposed times for %(what)s"),
            PROPOSE_TIMES: N_("%(who)s changed the proposed times of %(what)s"),
            CONVENE: N_("%(who)s confirmed the date of %(what)s"),
            RESCHEDULE: N_("%(who)s rescheduled %(what)s"),
            KEEP_LOCAL_TIME: N_("%(what)s was rescheduled to keep its local time"),
            CANCEL: N_("%(who)s cancelled %(what)s"),
            HOLD: N_("%(who)s recorded that %(what)s took place"),
            CONCLUDE: N_("%(who)s concluded %(what)s"),
        },
        to_holders={
            READ_TABLE: {
                CALL_DECISION: N_("%(who)s called for a decision in %(what)s"),
                CLOSE_DECISION: N_("%(who)s closed a decision in %(what)s"),
            },
            READ_LEDGER: {
                ANSWER_POLL: N_("%(who)s answered the availability poll of %(what)s"),
                ANSWER: N_("%(who)s responded to the invitation to %(what)s"),
                NAME: N_("%(who)s named participants for %(what)s"),
            },
        },
        named_to=(READ_TABLE,),
        moment=NO_MOMENT,
        proposal=_known,
    ),
    search=by_title_and_text(
        READ_TEXT,
        Dialogue,
        own_text("dialogue_words", Dialogue, Dialogue.purpose),
        _of_parts("agenda_item_words", AgendaItem, (AgendaItem.title, AgendaItem.body)),
        _of_parts("document_words", Document, (Document.title,)),
        _of_parts("side_note_words", SideNote, (SideNote.text,)),
        older=N_("Older dialogues"),
        proposal=_known,
    ),
    ties=Dialogue.process_id == KEY,
    tasks=TASKS,
    dates=DATES,
    norm_tags=NO_NORMS,
    serves=SERVES,
    due=Due(due_for_the_system, keep_up),
    ladders=LADDERS,
    email_context=about_dialogue,
    news=NO_NEWS,
    calendar_entry=dialogue_entry,
)
