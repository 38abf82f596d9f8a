"""The commitments that wait for a person: an answer, a report, a finding, a draft to finish."""

from typing import Final

from models.commitments import Commitment
from portal.commitments import task_candidates
from portal.parameters import NOTHING
from portal.rules import (
    ACCEPT,
    ADD_EVIDENCE,
    COMMITMENTS,
    CONSENT,
    PROPOSE,
    READ,
    READ_TEXT,
    RELEASE,
    REMIND,
    REPORT,
    VERIFY,
)
from portal.tasks import Section, Task, Tasks
from portal.words import N_

TASKS: Final = Tasks(
    policy=COMMITMENTS,
    title=Commitment.title,
    title_verb=READ_TEXT,
    detail=NOTHING,
    template="overview/task.html",
    each=(
        Task(
            ACCEPT,
            N_("Read and respond"),
            whose=N_("from %(who)s"),
            until=N_("response due"),
            could=task_candidates.proposals(),
            page="commitments.accept",
        ),
        Task(
            CONSENT,
            N_("Compare and respond"),
            whose=N_("%(who)s requests an amendment"),
            until="",
            could=task_candidates.terms(),
            page="commitments.consent",
        ),
        Task(
            RELEASE,
            N_("Read and respond"),
            whose=N_("%(who)s requests release"),
            until="",
            could=task_candidates.releases(),
            page="commitments.release",
        ),
        Task(
            REPORT,
            N_("Report progress"),
            whose=N_("committed to %(who)s"),
            until=N_("report due"),
            could=task_candidates.reports(),
            page="commitments.report",
        ),
        Task(
            VERIFY,
            N_("Record a finding"),
            whose=N_("%(who)s has reported"),
            until="",
            could=task_candidates.findings(),
            page="commitments.verify",
        ),
        Task(
            ADD_EVIDENCE,
            N_("Add newer evidence"),
            whose=N_("committed by %(who)s"),
            until=N_("evidence expires"),
            could=task_candidates.expiring(),
            page="commitments.add_evidence",
        ),
        Task(
            PROPOSE,
            N_("Finish and propose"),
            whose=N_("to %(who)s"),
            until="",
            could=task_candidates.drafts(),
            page="commitments.propose",
            section=Section.DRAFTS,
        ),
        Task(
            REMIND,
            N_("Remind"),
            whose=N_("waiting for %(who)s"),
            until=N_("due"),
            could=task_candidates.others(),
            page="commitments.remind",
            at_once=True,
            section=Section.OTHERS,
        ),
        Task(
            READ,
            N_("Open"),
            whose=N_("by %(who)s"),
            until="",
            could=task_candidates.differing(),
            section=Section.DIFFER,
        ),
    ),
)
