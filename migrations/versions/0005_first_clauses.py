"""The first library of clauses to start a commitment from.

The words are the portal's own. Each clause is voluntary, admits nothing, and claims no effect
beyond its words; what stands in square brackets is for the writer to fill in. The keys of norms say
what a clause is relevant to (`portal.norms`).
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

WRITTEN_AT = datetime(2026, 11, 25, tzinfo=UTC)
FREELY = (
    "We promise this of our own free will. It admits no fault and no fact, it changes no duty that "
    "the law lays on us, and it claims no legal effect beyond its words."
)
CLAUSES = sa.table(
    "clauses",
    sa.column("ref", sa.String),
    sa.column("state", sa.String),
    sa.column("title", sa.String),
    sa.column("body", sa.Text),
    sa.column("how_known", sa.Text),
    sa.column("theme", sa.String),
    sa.column("norms", sa.JSON),
    sa.column("days", sa.Integer),
    sa.column("every", sa.String),
    sa.column("changed_at", sa.DateTime(timezone=True)),
    sa.column("version", sa.Integer),
)
LIBRARY = (
    {
        "ref": "L-26-3TXC2Q",
        "theme": "protect-responders",
        "norms": ["un-gge-2015-k"],
        "days": 180,
        "every": "",
        "title": "No action against emergency response teams",
        "body": """
            From [date] to [date] we will not disrupt, deceive or enter without leave the systems of
            emergency response teams (CERT, CSIRT), nor hinder their staff in their work, and we
            will not knowingly help anybody else to do so. This covers the teams in [list], and any
            other team that says openly who it is and whom it serves.

            We will not use such a team, or the name of one, as cover for any act of that sort.

            Protecting our own systems, and telling a team or an authority what we see there,
            remains free.
        """,
        "how_known": """
            No team in the list, nor the addressee, nor the verifier, has told us of such an act
            that leads back to us. Where one of them does, we answer in writing within [n] days. At
            the end of the term we say in writing how the promise was kept.
        """,
    },
    {
        "ref": "L-26-AV4ZVB",
        "theme": "protect-responders",
        "norms": ["un-gge-2015-f", "paris-call-2018-1"],
        "days": 180,
        "every": "",
        "title": "Hospitals and humanitarian organisations left unharmed",
        "body": """
            From [date] to [date] we will not damage, disrupt or enter without leave the systems and
            data of hospitals, ambulance services and humanitarian organisations, and we will not
            knowingly help anybody else to do so. This covers those in [list], and any other that we
            can recognise as such with reasonable care.

            Should a step of ours touch one of them by mistake, we end it as soon as we know, tell
            them and the addressee within [n] hours, and help to put right what it did.

            [Where we supply one of them: we do not end or restrict the service because of the
            dispute, and give at least [n] days' notice of any other end.]

            What international law asks in their favour stands beside this, undiminished.
        """,
        "how_known": """
            No such body, nor the verifier, has told us of an act that leads back to us and was left
            unanswered for more than [n] days. The list is looked through with the addressee every
            [n] months.
        """,
    },
    {
        "ref": "L-26-44NTTX",
        "theme": "disclosure",
        "norms": ["un-gge-2015-j", "osce-cbm-16", "cybersecurity-tech-accord-2018-4"],
        "days": 90,
        "every": "quarter",
        "title": "Vulnerabilities reported to whoever can mend them",
        "body": """
            When we learn of a vulnerability in a product or service of somebody else, we report it
            to the maker within [n] days, over the channel that the maker has published or through
            [coordinating response team]. We add what is needed to reproduce it. Until it is mended
            we use it for nothing but testing and protecting systems of our own, or of an owner who
            has agreed.

            We publish no detail before a remedy is out or [n] days have passed since our report,
            whichever comes first. The maker and we may agree on another day; where people are
            already being harmed through it, we may warn earlier.

            When a vulnerability in a product of ours is reported to us, we confirm the report
            within [n] days and say by when we expect a remedy. We take no legal step against
            whoever reported it in good faith and within the law.
        """,
        "how_known": """
            For each quarter, the number of reports made and received, with the dates of report,
            confirmation and remedy. No technical detail is needed. A quarter without any is said to
            be one.
        """,
    },
    {
        "ref": "L-26-1MD6JQ",
        "theme": "supply-chain",
        "norms": [
            "un-gge-2015-i",
            "paris-call-2018-6",
            "cybersecurity-tech-accord-2018-2",
            "charter-of-trust-2018-2",
        ],
        "days": 90,
        "every": "year",
        "title": "No hidden functions, and a supply chain that stays sound",
        "body": """
            We build into [products and services] no hidden function that opens them to us or to
            others without the customer's knowledge, or that weakens a protection we say they have,
            and we do not knowingly let anybody else build one in.

            For these products, from [date] on:

            * updates are signed, and we publish how a signature is checked;
            * each version has a list of its components, which a customer gets on request;
            * when we find that something in our supply chain was tampered with, we tell the
            customers concerned within [n] days, and say what they can do.

            Where the law bids us be silent on a point, this promise reaches as far as the law lets
            us keep it.
        """,
        "how_known": """
            Each year we state in writing that we know of no such function. The verifier, or a
            laboratory that both sides trust, looks at the signatures and lists of components of [n]
            versions, under an agreement on confidentiality.
        """,
    },
    {
        "ref": "L-26-3XW1YK",
        "theme": "restraint",
        "norms": ["un-oewg-global-cbm-2", "osce-cbm-3"],
        "days": 30,
        "every": "",
        "title": "Restraint on social media while talks go on",
        "body": """
            From [date] until the talks end, and for [n] days at the longest, the accounts that
            speak for us ([list]) publish nothing about [incident], about the talks or about the
            other delegations, beyond a text that was agreed on or that the law requires of us. We
            neither pay nor ask others to do it in our place.

            What people who work for us say in their own name stays free. We ask those who take part
            in the talks to hold themselves to the same restraint.

            Before we answer a false report about us in public, we tell the mediator [n] hours
            ahead.
        """,
        "how_known": """
            The verifier looks at the named accounts every [n] days. A post that seems not to fit is
            shown to us first; within [n] hours we take it down or say why it stays.
        """,
    },
    {
        "ref": "L-26-9H59H3",
        "theme": "restraint",
        "norms": ["un-gge-2015-b", "osce-cbm-3"],
        "days": 90,
        "every": "",
        "title": "No public attribution without notice to the mediator",
        "body": """
            While this promise holds, we say in public who was behind [incident] only after we have
            told the mediator at least [n] days ahead. The notice says what we mean to publish, when
            and where, on what basis, and how sure we are. It asks for no permission, and the
            mediator need not agree with it. During those days we are ready to talk about it.

            Still free are: what the law requires us to say; what we tell authorities, response
            teams, insurers and advisers in confidence; technical signs of the attack, as long as
            they name nobody.

            Where others have already published who they think it was, [n] hours take the place of
            the days.
        """,
        "how_known": """
            For each public statement of ours that names somebody: the time of the notice, as the
            mediator noted it, beside the time of publication. Where there was no such statement, we
            say so at the end of the term.
        """,
    },
    {
        "ref": "L-26-1D4CDF",
        "theme": "restraint",
        "norms": ["paris-call-2018-8"],
        "days": 180,
        "every": "",
        "title": "No hacking back",
        "body": """
            From [date] to [date], when we are attacked or think that we are, we act on our own
            systems and on those whose owner has agreed, and on no others. We do not enter, disrupt
            or damage a system of somebody else in return, whether for ourselves or for a customer,
            and we neither pay nor ask anybody to do so.

            Still free are: blocking and isolating, watching our own networks, decoys within them,
            collecting evidence there, and turning to providers, response teams, authorities and
            courts.
        """,
        "how_known": """
            At the end of the term, whoever answers for security with us states in writing that no
            such step was ordered, paid for or tolerated. On request the verifier sees the passage
            of our contracts with security firms that holds them to the same.
        """,
    },
    {
        "ref": "L-26-1JTZTP",
        "theme": "harm-notice",
        "norms": ["un-gge-2015-f", "osce-cbm-15", "charter-of-trust-2018-8"],
        "days": 180,
        "every": "",
        "title": "Notice of knock-on harm",
        "body": """
            Once we have reason to think that an incident with us may harm people or services
            outside our organisation, we tell the addressee within [n] hours [and the response team
            of [country or sector]].

            The first notice says what is known and what is not: which services, where, since when,
            and whom to ask. "Not known" is an answer. We add to it every [n] hours for as long as
            the harm may go on, and say when it is over.

            A first notice is an early word and no finding. It may turn out wrong, it names nobody
            as the cause, and personal data and trade secrets may be left out of it.
        """,
        "how_known": """
            For each such incident: when we first had reason to think so, as our own records show,
            beside the time of the first notice here. Where there was none, we say so at the end of
            the term.
        """,
    },
    {
        "ref": "L-26-8JT7FW",
        "theme": "cooperation",
        "norms": ["osce-cbm-14", "charter-of-trust-2018-8", "un-oewg-global-cbm-8"],
        "days": 30,
        "every": "month",
        "title": "A monthly report of incidents seen",
        "body": """
            By day [n] of each month we give the addressee a report on the month before: how many
            incidents we saw of each kind, in which sectors, how many of them we hold to be grave,
            and what others should look out for.

            Numbers may be rounded or given as a range. The report names no customer and holds no
            personal data, unless they have agreed. A month without incidents is reported as such;
            silence never stands for none.
        """,
        "how_known": """
            The report is here on its day, every month of the term. The addressee confirms each one,
            or says within [n] days what is missing.
        """,
    },
    {
        "ref": "L-26-853EJ0",
        "theme": "cooperation",
        "norms": ["un-oewg-global-cbm-1", "osce-cbm-8"],
        "days": 14,
        "every": "quarter",
        "title": "Contact points kept reachable",
        "body": """
            Within [n] days we name a contact point for policy, for technical and for legal matters,
            each with a deputy, and one way to reach whoever is on duty at any hour.

            A contact point answers a test message within [n] hours, and says within [n] hours who
            takes a real matter up. We enter a change within [n] days.

            The entries serve this process. They are passed on to nobody else, and are no entry in
            the United Nations' directory of contact points, which is for States.
        """,
        "how_known": """
            Once a quarter a test message goes out, on a day not told beforehand, and is answered in
            time. No entry was last checked more than [n] days ago.
        """,
    },
    {
        "ref": "L-26-60ZSFP",
        "theme": "cooperation",
        "norms": ["un-gge-2015-h", "osce-cbm-15", "paris-call-2018-1"],
        "days": 180,
        "every": "",
        "title": "Help on request",
        "body": """
            When the addressee asks for help against an attack on a service that many people depend
            on, we answer within [n] hours: what we can do and by when, or that we cannot.

            Help may be advice, records, spare capacity, a line to others who can help, or people
            for up to [n] days in all. It costs the addressee nothing up to [limit].

            Nobody has to open more to us than the help needs, and we use what we learn for that
            help alone. We may decline what would break the law or a contract, or put our own
            services at risk; we then say so without delay.
        """,
        "how_known": """
            For each request, the time of asking and of our answer, and what was given: both sides
            enter it here. A request that we declined in time counts as answered.
        """,
    },
    {
        "ref": "L-26-JK27RT",
        "theme": "cooperation",
        "norms": ["un-gge-2015-d", "un-gge-2015-b"],
        "days": 3,
        "every": "",
        "title": "Logs preserved",
        "body": """
            When the addressee names an incident and a period, we preserve within [n] hours the logs
            and copies of systems that bear on it, as far as we have them: [kinds of logs]. We keep
            them unchanged for [n] days, with a SHA-256 digest of each file made at that time.

            To preserve is not to hand over. Whether anything is shown, to whom and in what form is
            agreed on apart from this, within the law, that on personal data included.

            We preserve no more than the incident calls for. After the term we delete what the law
            does not require us to keep.
        """,
        "how_known": """
            A list of what was preserved (kind, period, size, SHA-256 digest) is entered here as
            evidence within [n] days. The verifier may ask, once, to see digests computed again in
            our presence.
        """,
    },
    {
        "ref": "L-26-03ES3C",
        "theme": "cooperation",
        "norms": ["un-gge-2015-a", "un-oewg-global-cbm-8", "charter-of-trust-2018-7"],
        "days": 30,
        "every": "",
        "title": "Access for an independent verifier",
        "body": """
            Within [n] days we let [verifier], who is independent of both sides, see what is needed
            to judge how far [commitment] has come: [records, systems, rooms, people to talk to].

            Access is for reading, with somebody of ours present, for [n] days in all. The verifier
            signs an agreement on confidentiality, takes away nothing but notes, and shows us the
            finding [n] days before giving it, so that we can point out errors of fact. The
            judgement remains the verifier's own.

            Advice of our lawyers stays closed, and so do personal data and secrets of others who
            have not agreed. We say openly what we left out.
        """,
        "how_known": """
            The verifier says in the finding whether access was given in time, what was left out,
            and whether that stood in the way of a judgement.
        """,
    },
    {
        "ref": "L-26-HZJM3H",
        "theme": "hygiene",
        "norms": ["paris-call-2018-7", "un-oewg-global-cbm-6", "charter-of-trust-2018-6"],
        "days": 14,
        "every": "",
        "title": "A self-check of digital hygiene before talks",
        "body": """
            No later than [n] days before the first meeting, each member of our delegation goes
            through the training [name] and a self-check of the devices and accounts used for the
            talks:

            * a second factor and a password manager are in use;
            * devices are updated, encrypted and locked, and we know what to do if one is lost;
            * suspicious messages are recognised, and it is clear whom to tell;
            * a safe channel is agreed on, and a second one for when it fails.

            What is found open is mended before the meeting. What the check showed for a person
            stays with us.
        """,
        "how_known": """
            Before the meeting we state here how many members the delegation has, how many have done
            both, and on which day. No names, and nothing about weaknesses.
        """,
    },
    {
        "ref": "L-26-YR3P1Q",
        "theme": "rights",
        "norms": ["un-gge-2015-e", "cybersecurity-tech-accord-2018-1"],
        "days": 30,
        "every": "",
        "title": "Privacy respected in what is exchanged",
        "body": """
            In what we give under this process we leave out personal data, unless the purpose cannot
            be reached without; then we give no more than it needs, under a legal basis that we name
            to the addressee.

            What we receive we use for the purpose it was given for. It serves neither advertising
            nor the watching of people for what they think, write or report, and we delete it [n]
            days after the purpose is reached.

            Within [n] days we name whom people can turn to who think that their data or their
            freedom of expression was touched.
        """,
        "how_known": """
            The contact for people concerned is named here in time. At the end of the term we say in
            writing how many requests came and how they were answered, and that what was due has
            been deleted.
        """,
    },
)


def _folded(text: str) -> str:
    # A paragraph is a line of its own, as the form shows it; so is each point of a list.
    parts = (" ".join(part.split()).replace(" * ", "\n* ") for part in text.split("\n\n"))
    return "\n\n".join(parts)


def upgrade() -> None:
    """Go one step up."""
    beside = {"state": "active", "changed_at": WRITTEN_AT, "version": 1}
    rows = [
        {
            **clause,
            **beside,
            "body": f"{_folded(clause['body'])}\n\n{FREELY}",
            "how_known": _folded(clause["how_known"]),
        }
        for clause in LIBRARY
    ]
    op.bulk_insert(CLAUSES, rows)


def downgrade() -> None:
    """Go one step down."""
    refs = [clause["ref"] for clause in LIBRARY]
    op.execute(CLAUSES.delete().where(CLAUSES.c.ref.in_(refs)))
