"""The desk for dialogues: prepared, seated, timed, convened, held, and read."""

from portal.dialogues.listing import Page, ahead, behind
from portal.dialogues.reading import Reading, read
from portal.dialogues.seating import (
    Sends,
    Table,
    names_at,
    names_people_alone,
    organiser_choices,
    seat,
    table_of,
)
from portal.dialogues.text import (
    FORMAT_LABEL,
    MARKINGS,
    RULE_MEANING,
    DialogueText,
    text_of,
    usual_marking,
)
from portal.dialogues.writing import cancel, draft, edit, process_refs

__all__ = [
    "FORMAT_LABEL",
    "MARKINGS",
    "RULE_MEANING",
    "DialogueText",
    "Page",
    "Reading",
    "Sends",
    "Table",
    "ahead",
    "behind",
    "cancel",
    "draft",
    "edit",
    "names_at",
    "names_people_alone",
    "organiser_choices",
    "process_refs",
    "read",
    "seat",
    "table_of",
    "text_of",
    "usual_marking",
]
