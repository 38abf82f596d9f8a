"""Laws that oblige companies to report incidents: whom they bind, and which steps they ask for.

A notice in this portal is no report under any of them, and replaces none. Where a step runs from
something that has not happened yet, there is no day to name.
"""

from typing import Final

from models.vocabulary import N_
from portal.norms.shapes import BINDING, PROPOSAL, SECONDARY, VERIFIED, Instrument

REPORTING_DUTIES: Final = (
    Instrument(
        key="eu-nis2-art23",
        title=N_("NIS2: report of significant incidents"),
        text=N_(
            "Early warning within 24 hours and incident notification within 72 hours of becoming "
            "aware; final report within one calendar month of the notification. A notice in this "
            "portal is no such report."
        ),
        symbol="Directive (EU) 2022/2555, art. 23(4)",
        status=BINDING,
        binds=N_("essential and important entities, by the law of each member State"),
        applies=N_(
            "to an incident that causes or can cause severe operational disruption, financial "
            "loss, or considerable damage to others"
        ),
        source="art. 23(4), copies of the text; nis2-info.eu/article-23-reporting-obligations",
        verification=VERIFIED,
    ),
    Instrument(
        key="eu-cra-art14-vulnerability",
        title=N_("Cyber Resilience Act: report of actively exploited vulnerabilities"),
        text=N_(
            "Early warning within 24 hours and vulnerability notification within 72 hours of "
            "becoming aware; final report within 14 days of a corrective or mitigating measure "
            "being available. A notice in this portal is no such report."
        ),
        symbol="Regulation (EU) 2024/2847, art. 14(1)–(2)",
        status=BINDING,
        binds=N_("manufacturers of products with digital elements"),
        applies=N_(
            "when the manufacturer becomes aware of an actively exploited vulnerability in its "
            "product, also in one placed on the market before"
        ),
        source="art. 14(2) and 71(2), copies of the text; streamlex.eu/articles/cra-en-art-14",
        verification=VERIFIED,
    ),
    Instrument(
        key="eu-cra-art14-incident",
        title=N_("Cyber Resilience Act: report of severe incidents"),
        text=N_(
            "Early warning within 24 hours and incident notification within 72 hours of becoming "
            "aware; final report within one calendar month of the notification. A notice in this "
            "portal is no such report."
        ),
        symbol="Regulation (EU) 2024/2847, art. 14(3)–(5)",
        status=BINDING,
        binds=N_("manufacturers of products with digital elements"),
        applies=N_("to a severe incident that bears on the security of the product"),
        source="art. 14(4), copies of the text",
        verification=VERIFIED,
    ),
    Instrument(
        key="eu-dora-art19",
        title=N_("DORA: report of major ICT-related incidents"),
        text=N_(
            "Initial notification within 4 hours of classifying the incident as major, and no "
            "later than 24 hours after becoming aware; intermediate report within 72 hours of the "
            "initial notification; final report within one calendar month of the latest "
            "intermediate report. A notice in this portal is no such report."
        ),
        symbol="Regulation (EU) 2022/2554, art. 19; Delegated Regulation (EU) 2025/301, art. 5",
        status=BINDING,
        binds=N_("financial entities in the European Union"),
        applies=N_("when an ICT-related incident is classified as major"),
        source="art. 5(1) and (2), copies of the text in English and German",
        verification=VERIFIED,
    ),
    Instrument(
        key="eu-gdpr-art33",
        title=N_("GDPR: notification of personal data breaches"),
        text=N_(
            "Notification to the authority without undue delay and, where feasible, within 72 "
            "hours of becoming aware; people concerned are informed without undue delay where "
            "the risk to them is high. A notice in this portal is no such notification."
        ),
        symbol="Regulation (EU) 2016/679, art. 33 and 34",
        status=BINDING,
        binds=N_("controllers of personal data; processors inform their controller"),
        applies=N_(
            "to a personal data breach, unless it is unlikely to put people's rights and freedoms "
            "at risk"
        ),
        source="art. 33(1) and 34(1), copies of the text",
        verification=VERIFIED,
    ),
    Instrument(
        key="us-sec-8k-1-05",
        title=N_("SEC: report of material cybersecurity incidents"),
        text=N_(
            "Form 8-K, Item 1.05, within four business days of the company's own finding that the "
            "incident is material; the Attorney General may allow a delay."
        ),
        symbol="Form 8-K, Item 1.05",
        status=BINDING,
        binds=N_("companies that report to the US Securities and Exchange Commission"),
        applies=N_("when the company finds that an incident is material"),
        source="morganlewis.com July 2024; wilmerhale.com July 2023",
        verification=SECONDARY,
    ),
    Instrument(
        key="eu-digital-omnibus",
        title=N_("Digital Omnibus: one entry point for reports"),
        text=N_(
            "Would bring reports under several laws together and make the time for data breaches "
            "96 hours. It is not law: not adopted in October 2026."
        ),
        symbol="COM(2025) 837, 19 November 2025; procedure 2025/0360(COD)",
        status=PROPOSAL,
        binds="",
        applies="",
        source="eur-lex.europa.eu SWD(2025) 836; thelens.slaughterandmay.com; sourcingspeak.com",
        verification=SECONDARY,
    ),
    Instrument(
        key="us-circia",
        title=N_("CIRCIA: report of covered cyber incidents"),
        text=N_(
            "The statute is law, the duty is not in effect yet: no final rule on 5 October 2026. "
            "Proposed are 72 hours for a covered incident and 24 hours for a ransom payment."
        ),
        symbol="Cyber Incident Reporting for Critical Infrastructure Act of 2022; 89 FR 23644",
        status=PROPOSAL,
        binds="",
        applies="",
        source="press of 10 March 2026; databreaches.net 8 September 2025",
        verification=SECONDARY,
    ),
)
