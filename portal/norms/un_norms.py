"""The eleven UN norms of responsible State behaviour (A/70/174, paragraph 13; voluntary)."""

from functools import partial
from typing import Final

from models.vocabulary import N_
from portal.norms.shapes import VERIFIED, VOLUNTARY, Framework, Norm
from portal.norms.un_guidance import FOR_COMPANIES, GUIDANCE

UN: Final = Framework(
    key="un-gge-2015",
    name=N_("UN norms of responsible State behaviour"),
    symbol="A/70/174, para. 13 (a)–(k)",
    status=VOLUNTARY,
    since="2015",
    text=N_(
        "Eleven norms of what States should do, and should not do, with information and "
        "communications technologies (ICTs). They bind nobody; international law holds "
        "beside them undiminished."
    ),
    legal=N_(
        "Voluntary: binding on no State and on no company. International law applies "
        "beside them and is not limited by them."
    ),
    follow_up=N_(
        "July 2015; General Assembly resolution 70/237 calls on States to be guided by "
        "the report. A/76/135 (28 May 2021) explains how to carry out the same eleven and"
        " adds none; A/RES/76/19 is cited with it. A/79/214 (July 2024) carries a "
        "voluntary checklist of practical actions in an annex. A/80/257 is the final "
        "report of the open-ended working group of 2021-2025, adopted on 11 July 2025 and"
        " endorsed by A/RES/80/16; the Global Mechanism goes on from there."
    ),
    addressed_to=N_("States"),
    source=(
        "dig.watch/cyber-norms; internationalcybertech.gov.au/our-work/annexes/annex-c; "
        "meetings.unoda.org/meeting/76825; annex of A/79/214 from memory"
    ),
    verification=VERIFIED,
    why=N_(
        "What States at the UN mean by responsible behaviour. Start here when an incident"
        " concerns critical infrastructure, response teams or a supply chain."
    ),
)
_un = partial(
    Norm,
    framework="un-gge-2015",
    addressed_to=N_("States"),
    status=VOLUNTARY,
    verification=VERIFIED,
    source=(
        "A/70/174, para. 13; text read at dig.watch/cyber-norms; "
        "internationalcybertech.gov.au/our-work/annexes/annex-c"
    ),
)
UN_NORMS: Final = (
    _un(
        key="un-gge-2015-a",
        number="a",
        topic="cooperation",
        title=N_("Cooperation for stability and security"),
        text=N_(
            "States should work together on measures that keep the use of ICTs stable and "
            "secure, and should keep practices from taking hold that are known to be harmful "
            "or may endanger peace."
        ),
        symbol="A/70/174, para. 13 (a)",
        guidance=GUIDANCE["a"],
        for_companies=FOR_COMPANIES["a"],
    ),
    _un(
        key="un-gge-2015-b",
        number="b",
        topic="attribution",
        title=N_("All relevant information weighed"),
        text=N_(
            "After an ICT incident a State should weigh everything that bears on it before it"
            " concludes: the wider setting, how hard attribution is with these technologies, "
            "and what consequences followed and how far they reach."
        ),
        symbol="A/70/174, para. 13 (b)",
        source=(
            "A/70/174, para. 13; text read at dig.watch/cyber-norms/consider-all-relevant-"
            "information; internationalcybertech.gov.au/our-work/annexes/annex-c"
        ),
        guidance=GUIDANCE["b"],
        for_companies=FOR_COMPANIES["b"],
    ),
    _un(
        key="un-gge-2015-c",
        number="c",
        topic="territory",
        title=N_("Territory not knowingly lent to wrongful acts"),
        text=N_(
            "A State should not knowingly let its territory be used for acts by means of ICTs"
            " that are wrongful under international law."
        ),
        symbol="A/70/174, para. 13 (c)",
        source=(
            "A/70/174, para. 13; text read at dig.watch/cyber-norms/prevent-misuse-of-icts-"
            "in-your-territory; internationalcybertech.gov.au/our-work/annexes/annex-c"
        ),
        guidance=GUIDANCE["c"],
        for_companies=FOR_COMPANIES["c"],
    ),
    _un(
        key="un-gge-2015-d",
        number="d",
        topic="crime",
        title=N_("Cooperation against crime and terrorism"),
        text=N_(
            "States should consider how best to exchange information, help one another and "
            "bring terrorist and criminal uses of ICTs to court, and whether new measures are"
            " needed for it."
        ),
        symbol="A/70/174, para. 13 (d)",
        guidance=GUIDANCE["d"],
        for_companies=FOR_COMPANIES["d"],
    ),
    _un(
        key="un-gge-2015-e",
        number="e",
        topic="rights",
        title=N_("Human rights and privacy respected"),
        text=N_(
            "While they make the use of ICTs secure, States should respect human rights "
            "online, privacy and freedom of expression among them (Human Rights Council "
            "resolutions 20/8 and 26/13; General Assembly resolutions 68/167 and 69/166)."
        ),
        symbol="A/70/174, para. 13 (e)",
        guidance=GUIDANCE["e"],
        for_companies=FOR_COMPANIES["e"],
    ),
    _un(
        key="un-gge-2015-f",
        number="f",
        topic="critical-infrastructure",
        title=N_("Critical infrastructure not damaged"),
        text=N_(
            "A State should not carry out or knowingly support ICT activity that goes against"
            " its duties under international law and deliberately damages critical "
            "infrastructure, or otherwise hinders it in serving the public."
        ),
        symbol="A/70/174, para. 13 (f)",
        source=(
            "A/70/174, para. 13; text read at wp.dig.watch/?p=174075; "
            "internationalcybertech.gov.au/our-work/annexes/annex-c"
        ),
        guidance=GUIDANCE["f"],
        for_companies=FOR_COMPANIES["f"],
    ),
    _un(
        key="un-gge-2015-g",
        number="g",
        topic="critical-infrastructure",
        title=N_("One's own critical infrastructure protected"),
        text=N_(
            "Each State should take suitable measures to protect its own critical "
            "infrastructure from ICT threats, with General Assembly resolution 58/199 and "
            "others like it in mind."
        ),
        symbol="A/70/174, para. 13 (g)",
        source=(
            "A/70/174, para. 13; text read at dig.watch/cyber-norms/protect-critical-"
            "infrastructure; internationalcybertech.gov.au/our-work/annexes/annex-c"
        ),
        guidance=GUIDANCE["g"],
        for_companies=FOR_COMPANIES["g"],
    ),
    _un(
        key="un-gge-2015-h",
        number="h",
        topic="assistance",
        title=N_("Requests for help answered"),
        text=N_(
            "A State should respond to fitting requests for help from another State whose "
            "critical infrastructure is under malicious ICT acts. It should also respond to "
            "fitting requests to reduce such acts that come from its territory, with due "
            "regard for sovereignty."
        ),
        symbol="A/70/174, para. 13 (h)",
        source=(
            "A/70/174, para. 13; text read at dig.watch/cyber-norms/respond-to-requests-for-"
            "assistance; internationalcybertech.gov.au/our-work/annexes/annex-c"
        ),
        guidance=GUIDANCE["h"],
        for_companies=FOR_COMPANIES["h"],
    ),
    _un(
        key="un-gge-2015-i",
        number="i",
        topic="supply-chain",
        title=N_("A sound supply chain"),
        text=N_(
            "States should take reasonable steps to keep the supply chain sound, so that "
            "users can trust ICT products, and should seek to keep malicious tools and "
            "techniques, and harmful hidden functions, from spreading."
        ),
        symbol="A/70/174, para. 13 (i)",
        source=(
            "A/70/174, para. 13; text read at dig.watch/cyber-norms/ensure-supply-chain-"
            "security; genevadialogue.ch/geneva-manual/chapter-1; "
            "internationalcybertech.gov.au/our-work/annexes/annex-c"
        ),
        guidance=GUIDANCE["i"],
        for_companies=FOR_COMPANIES["i"],
    ),
    _un(
        key="un-gge-2015-j",
        number="j",
        topic="vulnerabilities",
        title=N_("Vulnerabilities reported responsibly"),
        text=N_(
            "States should encourage that vulnerabilities are reported responsibly, and "
            "should share what is known about remedies, so that threats to ICTs and to what "
            "depends on them are limited or ended."
        ),
        symbol="A/70/174, para. 13 (j)",
        source=(
            "A/70/174, para. 13; text read at dig.watch/cyber-norms/report-ict-"
            "vulnerabilities; internationalcybertech.gov.au/our-work/annexes/annex-c"
        ),
        guidance=GUIDANCE["j"],
        for_companies=FOR_COMPANIES["j"],
    ),
    _un(
        key="un-gge-2015-k",
        number="k",
        topic="response-teams",
        title=N_("Response teams not harmed or misused"),
        text=N_(
            "A State should not harm, or knowingly support harm to, the systems of another "
            "State's authorised emergency response teams (CERT, CSIRT), and should not use "
            "such teams for malicious activity abroad."
        ),
        symbol="A/70/174, para. 13 (k)",
        source=(
            "A/70/174, para. 13; text read at dig.watch/cyber-norms/do-no-harm-to-response-"
            "teams; internationalcybertech.gov.au/our-work/annexes/annex-c"
        ),
        guidance=GUIDANCE["k"],
        for_companies=FOR_COMPANIES["k"],
    ),
)
