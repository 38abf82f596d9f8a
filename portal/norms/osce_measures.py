"""Confidence-building measures of the OSCE (voluntary)."""

from functools import partial
from typing import Final

from models.vocabulary import N_
from portal.norms.shapes import SECONDARY, VOLUNTARY, Framework, Norm

OSCE: Final = Framework(
    key="osce-cbm",
    name=N_("OSCE confidence-building measures"),
    symbol=("PC.DEC/1202 (10 March 2016), which carries on PC.DEC/1106 (3 December 2013)"),
    status=VOLUNTARY,
    since="2013-12-03",
    text=N_(
        "Sixteen steps that participating States will take on a voluntary basis, so that "
        "the use of ICTs leads to no conflict among them."
    ),
    legal=N_("Voluntary: steps that the participating States take of their own accord."),
    follow_up=N_(
        "Adopted by the Permanent Council. The Ministerial Council welcomed the first set"
        " in Kyiv in December 2013 and endorsed the second in Hamburg on 9 December 2016 "
        "(MC.DEC/5/16)."
    ),
    addressed_to=N_("participating States of the OSCE"),
    source=(
        "ccdcoe.org/incyder-articles/osce-confidence-building-measures-for-cyberspace "
        "(deciding body, 2013); docplayer.net copy of PC.DEC/1202 (symbol, date); "
        "pdfslide.net copy of the Hamburg documents (meeting of 8-9 December 2016; number"
        " of the decision from memory)"
    ),
    verification=SECONDARY,
    why=N_(
        "The longest list of such steps, for States of the OSCE. Look here for channels, "
        "contact points and consultations in that region."
    ),
)
_osce = partial(
    Norm,
    framework="osce-cbm",
    addressed_to=N_("participating States of the OSCE"),
    status=VOLUNTARY,
    verification=SECONDARY,
    source=(
        "eucyberdirect.eu/content_knowledge_hu/initial-set-of-osce-cbms; "
        "dig.watch/resource/confidence-building-measures-reduce-risks-conflict-stremming-"
        "ict (mislabels the decision and the adopter); ccdcoe.org/incyder-articles/osce-"
        "confidence-building-measures-for-cyberspace"
    ),
)
OSCE_MEASURES: Final = (
    _osce(
        key="osce-cbm-1",
        number="1",
        topic="transparency",
        title=N_("National views on threats"),
        text=N_(
            "States will, on a voluntary basis, give their views on national and "
            "transnational ICT threats."
        ),
        symbol="PC.DEC/1202, CBM 1 (from PC.DEC/1106)",
    ),
    _osce(
        key="osce-cbm-2",
        number="2",
        topic="cooperation",
        title=N_("Cooperation of those in charge"),
        text=N_(
            "States will, on a voluntary basis, ease cooperation and exchange of information "
            "among their competent bodies."
        ),
        symbol="PC.DEC/1202, CBM 2 (from PC.DEC/1106)",
    ),
    _osce(
        key="osce-cbm-3",
        number="3",
        topic="contact",
        title=N_("Consultations"),
        text=N_(
            "States will, on a voluntary basis, hold consultations, so that misperception, "
            "tension or conflict becomes less likely and critical ICT infrastructure stays "
            "protected."
        ),
        symbol="PC.DEC/1202, CBM 3 (from PC.DEC/1106)",
    ),
    _osce(
        key="osce-cbm-4",
        number="4",
        topic="rights",
        title=N_("An open and secure Internet"),
        text=N_(
            "States will, on a voluntary basis, share what they have done for an open, "
            "interoperable, secure and reliable Internet."
        ),
        symbol="PC.DEC/1202, CBM 4 (from PC.DEC/1106)",
    ),
    _osce(
        key="osce-cbm-5",
        number="5",
        topic="contact",
        title=N_("The OSCE as a platform"),
        text=N_(
            "States will use the OSCE for dialogue, good practice, awareness and exchange on "
            "capacity-building."
        ),
        symbol="PC.DEC/1202, CBM 5 (from PC.DEC/1106)",
    ),
    _osce(
        key="osce-cbm-6",
        number="6",
        topic="crime",
        title=N_("Laws that allow cooperation"),
        text=N_(
            "States are encouraged to have modern and effective laws that make voluntary "
            "cooperation across borders possible against terrorist and criminal use of ICTs."
        ),
        symbol="PC.DEC/1202, CBM 6 (from PC.DEC/1106)",
    ),
    _osce(
        key="osce-cbm-7",
        number="7",
        topic="transparency",
        title=N_("Organisation and strategies shared"),
        text=N_(
            "States will, on a voluntary basis, share how they are organised and what their "
            "strategies, policies and programmes are, work with the private sector included."
        ),
        symbol="PC.DEC/1202, CBM 7 (from PC.DEC/1106)",
    ),
    _osce(
        key="osce-cbm-8",
        number="8",
        topic="contact",
        title=N_("A contact point named"),
        text=N_(
            "States will name a contact point for communication on ICT security, and will on "
            "a voluntary basis give contact data of the bodies in charge."
        ),
        symbol="PC.DEC/1202, CBM 8 (from PC.DEC/1106)",
    ),
    _osce(
        key="osce-cbm-9",
        number="9",
        topic="transparency",
        title=N_("Terms explained"),
        text=N_(
            "States will, on a voluntary basis, provide a list of their terms for ICT "
            "security with explanations."
        ),
        symbol="PC.DEC/1202, CBM 9 (from PC.DEC/1106)",
    ),
    _osce(
        key="osce-cbm-10",
        number="10",
        topic="contact",
        title=N_("Exchange over OSCE channels"),
        text=N_(
            "States will, on a voluntary basis, exchange views over the platforms and "
            "mechanisms of the OSCE, its Communications Network among them."
        ),
        symbol="PC.DEC/1202, CBM 10 (from PC.DEC/1106)",
    ),
    _osce(
        key="osce-cbm-11",
        number="11",
        topic="contact",
        title=N_("Experts meet"),
        text=N_(
            "States will meet at the level of national experts three times a year or more, on"
            " what was exchanged and how the measures go on."
        ),
        symbol="PC.DEC/1202, CBM 11 (from PC.DEC/1106)",
    ),
    _osce(
        key="osce-cbm-12",
        number="12",
        topic="cooperation",
        title=N_("Regional exchange"),
        text=N_(
            "States will, on a voluntary basis, share information and ease exchanges between "
            "States, in workshops, seminars and round tables, also within a region."
        ),
        symbol="PC.DEC/1202, CBM 12",
        source=(
            "dig.watch/resource/confidence-building-measures-reduce-risks-conflict-stremming-"
            "ict-2016 (numbers them 1 to 5)"
        ),
    ),
    _osce(
        key="osce-cbm-13",
        number="13",
        topic="contact",
        title=N_("Protected channels"),
        text=N_(
            "States will, on a voluntary basis, hold activities for officials and experts "
            "that support authorised, protected channels, and that clarify which technical, "
            "legal and diplomatic ways requests take."
        ),
        symbol="PC.DEC/1202, CBM 13",
        source=(
            "dig.watch/resource/confidence-building-measures-reduce-risks-conflict-stremming-"
            "ict-2016 (numbers them 1 to 5)"
        ),
    ),
    _osce(
        key="osce-cbm-14",
        number="14",
        topic="cooperation",
        title=N_("Partnership with the private sector"),
        text=N_(
            "States will, on a voluntary basis and in line with national law, promote public-"
            "private partnerships and ways to exchange good practice against common threats."
        ),
        symbol="PC.DEC/1202, CBM 14",
        source=(
            "dig.watch/resource/confidence-building-measures-reduce-risks-conflict-stremming-"
            "ict-2016 (numbers them 1 to 5)"
        ),
    ),
    _osce(
        key="osce-cbm-15",
        number="15",
        topic="critical-infrastructure",
        title=N_("Critical infrastructure across borders"),
        text=N_(
            "States will encourage, ease or take part in regional cooperation between the "
            "authorities that secure critical infrastructure, on the networks it relies on."
        ),
        symbol="PC.DEC/1202, CBM 15",
        source=(
            "dig.watch/resource/confidence-building-measures-reduce-risks-conflict-stremming-"
            "ict-2016 (numbers them 1 to 5)"
        ),
    ),
    _osce(
        key="osce-cbm-16",
        number="16",
        topic="vulnerabilities",
        title=N_("Vulnerabilities reported"),
        text=N_(
            "States will, on a voluntary basis, encourage responsible reporting of "
            "vulnerabilities and share what remedies there are, with the ICT business and "
            "industry too."
        ),
        symbol="PC.DEC/1202, CBM 16",
        source=(
            "dig.watch/resource/confidence-building-measures-reduce-risks-conflict-stremming-"
            "ict-2016 (numbers them 1 to 5)"
        ),
    ),
)
