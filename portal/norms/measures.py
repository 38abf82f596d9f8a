"""Confidence-building measures of the UN and the OSCE (voluntary)."""

from typing import Final

from models.vocabulary import N_
from portal.norms.shapes import SECONDARY, UNVERIFIED, Framework, Norm

UN_CBM: Final = Framework(
    key="un-oewg-global-cbm",
    name=N_("UN global confidence-building measures"),
    symbol="A/79/214, annex B",
    status=N_("Voluntary: steps that States take of their own accord."),
    follow_up=N_(
        "Listed in the third annual progress report, July 2024. The directory of contact points "
        "opened on 9 May 2024 with 92 States; companies have no entry in it."
    ),
    addressed_to=N_("States"),
    verification=UNVERIFIED,
    why=N_(
        "Steps that keep States from misreading one another. Look here for what could be offered "
        "or asked for in talks."
    ),
)
OSCE: Final = Framework(
    key="osce-cbm",
    name=N_("OSCE confidence-building measures"),
    symbol="PC.DEC/1202",
    status=N_("Voluntary: steps that participating States take of their own accord."),
    follow_up=N_(
        "PC.DEC/1202 (10 March 2016) carries over the eleven of PC.DEC/1106 (3 December 2013) and "
        "adds five."
    ),
    addressed_to=N_("participating States of the OSCE"),
    verification=SECONDARY,
    why=N_(
        "The longest list of such steps, for States of the OSCE. Look here for channels, contact "
        "points and consultations in that region."
    ),
)
REPORT: Final = "A/79/214, annex B (third annual progress report, July 2024)"
FIRST: Final = (
    "PC.DEC/1106 (3 December 2013), carried into PC.DEC/1202; "
    "dig.watch/instruments/confidence-building-measures-reduce-risks-conflict-stremming-ict; "
    "eucyberdirect.eu (initial set of OSCE CBMs); CCDCOE Incyder 2013"
)
SECOND: Final = (
    "PC.DEC/1202 (10 March 2016); "
    "dig.watch/resource/confidence-building-measures-reduce-risks-conflict-stremming-ict-2016; "
    "CCDCOE Incyder 2016"
)


def _global(number: int, theme: str, title: str, text: str) -> Norm:
    first = number == 1
    return Norm(
        key=f"{UN_CBM.key}-{number}",
        framework=UN_CBM.key,
        number=str(number),
        title=title,
        text=text,
        symbol=f"A/79/214, annex B, CBM {number}",
        source=f"{REPORT}; dig.watch/?p=170813; unidir.org" if first else REPORT,
        addressed_to=UN_CBM.addressed_to,
        verification=SECONDARY if first else UNVERIFIED,
        theme=theme,
    )


def _osce(number: int, theme: str, title: str, text: str) -> Norm:
    first = number <= 11
    return Norm(
        key=f"{OSCE.key}-{number}",
        framework=OSCE.key,
        number=str(number),
        title=title,
        text=text,
        symbol=f"PC.DEC/1202, CBM {number}" + (" (from PC.DEC/1106)" if first else ""),
        source=FIRST if first else SECOND,
        addressed_to=OSCE.addressed_to,
        verification=SECONDARY,
        theme=theme,
    )


GLOBAL_MEASURES: Final = (
    _global(
        1,
        "cooperation",
        N_("A directory of contact points"),
        N_("Each State enters its contact point in the UN's global directory, and uses it."),
    ),
    _global(
        2,
        "restraint",
        N_("Dialogue kept up"),
        N_(
            "States go on talking and consulting: two by two, within a region, between regions, "
            "and all together."
        ),
    ),
    _global(
        3,
        "cooperation",
        N_("Papers and views shared"),
        N_(
            "States let others read, as far as they like, how they see things and go about them: "
            "concepts, strategies, policies, laws, what has worked."
        ),
    ),
    _global(
        4,
        "hygiene",
        N_("Measures practised together"),
        N_("States seek occasions to work out confidence-building measures and to practise them."),
    ),
    _global(
        5,
        "hygiene",
        N_("Exchange that builds capacity"),
        N_(
            "States tell each other of ways to cooperate, so that each is able to keep its systems "
            "secure and to take such confidence-building steps."
        ),
    ),
    _global(
        6,
        "hygiene",
        N_("Training and workshops"),
        N_("States learn together: workshops, seminars, courses on digital security, regularly."),
    ),
    _global(
        7,
        "hygiene",
        N_("Practice in guarding critical infrastructure"),
        N_(
            "States learn from each other how to guard critical infrastructure, the digital part "
            "of it too, and how to become able to."
        ),
    ),
    _global(
        8,
        "cooperation",
        N_("Partnership with companies"),
        N_("States work more closely with the private sector, its companies, on digital security."),
    ),
)
OSCE_MEASURES: Final = (
    _osce(
        1,
        "harm-notice",
        N_("Views on threats"),
        N_("States say how they see digital threats, at home and across borders."),
    ),
    _osce(
        2,
        "cooperation",
        N_("Cooperation of those in charge"),
        N_("The bodies in charge in each State make it easy to work together and to share news."),
    ),
    _osce(
        3,
        "restraint",
        N_("Consultations before a crisis"),
        N_(
            "States consult each other, so that misunderstanding, tension and conflict become less "
            "likely and critical digital infrastructure stays protected."
        ),
    ),
    _osce(
        4,
        "rights",
        N_("An open and secure Internet"),
        N_(
            "States tell what they have done so that the Internet stays open, works across "
            "systems, and is secure and dependable."
        ),
    ),
    _osce(
        5,
        "cooperation",
        N_("The OSCE as a meeting place"),
        N_(
            "States use the OSCE to talk, to pass on what has worked, and to hear how others raise "
            "awareness and skills."
        ),
    ),
    _osce(
        6,
        "cooperation",
        N_("Laws that allow cooperation"),
        N_(
            "States keep their laws up to date, so that they can help across borders, if they "
            "choose, against crime and terrorism by digital means."
        ),
    ),
    _osce(
        7,
        "cooperation",
        N_("Organisation and plans shared"),
        N_(
            "States let each other know how they are organised and what they intend: strategies, "
            "policies, programmes, work with companies."
        ),
    ),
    _osce(
        8,
        "cooperation",
        N_("A contact point named"),
        N_("Each State says whom to contact about digital security."),
    ),
    _osce(
        9,
        "cooperation",
        N_("Words explained"),
        N_("States hand round the terms that they use for digital security, with their meaning."),
    ),
    _osce(
        10,
        "cooperation",
        N_("Talk over OSCE channels"),
        N_("States talk over channels of the OSCE itself, such as its Communications Network."),
    ),
    _osce(
        11,
        "cooperation",
        N_("Experts meet"),
        N_(
            "Experts of the States come together three times a year or more, about what was "
            "shared and how the measures go on."
        ),
    ),
    _osce(
        12,
        "cooperation",
        N_("Exchange in the regions"),
        N_(
            "States inform each other and meet in seminars, workshops and round tables, also "
            "within a region or a part of it."
        ),
    ),
    _osce(
        13,
        "cooperation",
        N_("Protected channels"),
        N_(
            "Officials and experts work on safe, authorised channels, and clarify which technical, "
            "legal or diplomatic way a request takes."
        ),
    ),
    _osce(
        14,
        "cooperation",
        N_("Partnership with the private sector"),
        N_(
            "States favour partnerships with companies, and ways to pass on what works against "
            "threats that both face."
        ),
    ),
    _osce(
        15,
        "cooperation",
        N_("Critical infrastructure across borders"),
        N_(
            "States encourage those in charge of critical infrastructure to cooperate within the "
            "region where its networks cross borders."
        ),
    ),
    _osce(
        16,
        "disclosure",
        N_("Vulnerabilities reported"),
        N_(
            "States encourage that a vulnerability is reported responsibly and that remedies "
            "become known, to industry too."
        ),
    ),
)
