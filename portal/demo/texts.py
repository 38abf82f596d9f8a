"""What the texts of the demo world say; the two public cases are in `cases`."""

from collections.abc import Callable
from datetime import datetime, timedelta

from models.vocabulary import Certainty, Pap, Tlp
from portal.notices import NoticeText

# What the notice is relevant to, as pairs of a norm (voluntary) and the reason.
WIPER_TIES = (
    ("un-gge-2015-f", "Clinics are paid and stocked through the offices that are down."),
    (
        "un-gge-2015-k",
        "Response teams work on it; the talks could say that they are left unharmed.",
    ),
)

PROCESS = """## What it is about

A wiper in an accounting update stops two delegations from paying and planning. Both sides want
their offices and the clinics they fund to work again, whoever was meant to be hit.

## How we work

* companies sit at the table for what they run and see, not for a side
* norms are voluntary; we say what is *relevant*, not who is at fault
* what is said here is addressed to this process, so that nobody is left out by mistake
"""


def wiper_text(ago: Callable[[float], datetime], now: datetime) -> NoticeText:
    """What the notice says."""
    return NoticeText(
        title="Ledgerfall: a wiper that spreads from an accounting update",
        tlp=Tlp.AMBER_STRICT,
        pap=Pap.AMBER,
        kind="malicious-code",
        severity="high",
        course="ongoing",
        stage="update",
        summary="Field offices lose their disks minutes after one accounting program updates.",
        body="## What we see\n\n* the update server answers with a changed package\n"
        "* the wiper moves on by stolen administrator accounts\n\n"
        "## What we do not know\n\nWhether hospitals are reached. *Not known* is not *none*.",
        began_at=ago(11),
        began_certainty=Certainty.ESTIMATED,
        detected_at=ago(9.5),
        detected_certainty=Certainty.EXACT,
        sectors=("digital-infrastructure", "health"),
        countries=("FI", "KE"),
        acknowledge_by_at=now + timedelta(hours=20),
    )


def hosting_text(ago: Callable[[float], datetime], now: datetime) -> NoticeText:
    """What the notice says."""
    return NoticeText(
        title="Hosted ledgers: tenants cut off as a precaution",
        tlp=Tlp.AMBER,
        pap=Pap.GREEN,
        kind="availability",
        severity="moderate",
        course="ongoing",
        stage="early",
        summary="Tenants with the accounting program are cut off until their disks are checked.",
        body="Forty tenants are affected. Two of them serve humanitarian organisations.",
        detected_at=ago(5.2),
        detected_certainty=Certainty.EXACT,
        sectors=("ict-services",),
        countries=("IE",),
        acknowledge_by_at=now - timedelta(days=2),
    )


def payments_text(ago: Callable[[float], datetime], now: datetime) -> NoticeText:
    """What the notice says."""
    return NoticeText(
        title="Salary payments at risk in the talks' host city",
        tlp=Tlp.RED,
        pap=Pap.RED,
        kind="near-miss",
        summary="We stopped the update in time; a partner bank may not have.",
        body="Please speak to nobody else until we have reached the partner.",
        detected_at=ago(3.1),
        detected_certainty=Certainty.EXACT,
        sectors=("banking",),
        countries=("SG",),
        acknowledge_by_at=now + timedelta(days=2),
    )


def forgotten_text() -> NoticeText:
    """What the notice says."""
    return NoticeText(
        title="Draft: second wave through the old update server",
        tlp=Tlp.AMBER_STRICT,
        kind="threat",
        summary="To be checked with the response team before it goes out.",
    )
