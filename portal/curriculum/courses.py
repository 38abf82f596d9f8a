"""Courses and readings elsewhere: who publishes them, where, and how far the entry was verified.

The portal links to them and imitates none. Titles and publishers stand as they are.
"""

from dataclasses import dataclass
from typing import Final

from portal.words import N_


@dataclass(frozen=True)
class Course:
    """A course or reading: `address` is a web page of the publisher, or of a copy that says so."""

    key: str
    title: str
    publisher: str
    address: str
    note: str
    verification: str


COURSES: Final = (
    Course(
        "course-drm",
        "Digital Risk Management E-Learning Platform for Mediators",
        "UN DPPA Mediation Support Unit, CyberPeace Institute, CMI",
        "https://cyberpeaceinstitute.org/news/digital-risk-management-e-learning-platform/",
        N_("The platform's own page. Sign-up and modules are there, not here."),
        "verified",
    ),
    Course(
        "course-unoda-cyberdiplomacy",
        "Cyberdiplomacy course",
        "UNODA, Disarmament Education Dashboard",
        "https://www.disarmamenteducation.org/index.php?go=education&do=training-cyberdiplomacy",
        N_("Built on the reports of 2013 and 2015. Whether it still opens was not checked."),
        "verified",
    ),
    Course(
        "course-diplo-cybersecurity",
        "Cybersecurity; Cybersecurity Diplomacy",
        "DiploFoundation",
        "https://www.diplomacy.edu/course/cybersecurity/",
        N_("Fees apply. The address was not checked."),
        "secondary",
    ),
)
READINGS: Final = (
    Course(
        "read-toolkit",
        "Digital Technologies and Mediation in Armed Conflict",
        "UN DPPA and Centre for Humanitarian Dialogue, March 2019",
        "https://peacemaker.un.org/digitaltoolkit",
        N_("Risk management, do no harm, and tools in mediation."),
        "verified",
    ),
    Course(
        "read-practice-note",
        "Addressing the Malicious Use of ICTs in Mediation Processes",
        "UN DPPA, Practice Note",
        "https://peacemaker.un.org/en/documents/dppa-practice-note-addressing-malicious-use-information-and-communications-technologies-0",
        N_("Guidance for mediators on malicious use of ICTs."),
        "verified",
    ),
    Course(
        "read-social-framework",
        "Social media in peace mediation: a practical framework",
        "UN, June 2021",
        "https://readkong.com/page/social-media-in-peace-mediation-a-practical-framework-4336762",
        N_("A copy: the address at the United Nations was not found."),
        "verified",
    ),
    Course(
        "read-social-codes",
        "Social media codes of conduct: reflections for mediators",
        "Centre for Humanitarian Dialogue (J. Harlander, M. Morrison)",
        "https://www.hdcentre.org/updates/social-media-codes-of-conduct-reflections-for-mediators/",
        N_("Codes of conduct between parties for social media during talks."),
        "verified",
    ),
    Course(
        "read-social-monitoring",
        "Monitoring of Social Media Provisions in Peace Agreements",
        "HD, Build Up and UN DPPA, 2024",
        "https://peacemaker.un.org/en/documents/monitoring-social-media-provisions-peace-agreements",
        N_("How agreements on social media can be monitored."),
        "verified",
    ),
    Course(
        "read-accord-digital",
        "Including digital technologies in peace agreements",
        "Conciliation Resources, Accord 30",
        "http://www.c-r.org/accord/still-time-talk/including-digital-technologies-peace-agreements",
        N_("Digital technologies in the text of peace agreements."),
        "verified",
    ),
    Course(
        "read-cyber-ceasefires",
        "Cyber Ceasefires: Incorporating Restraints on Offensive Cyber Operations in Agreements to "
        "Stop Armed Conflict",
        "S. Kane, G. Clayton, CSS ETH Zürich, 2021",
        "https://css.ethz.ch/en/publications/mediation-reports/mediation-resources/details.html?id=/c/y/b/e/cyber_ceasefires_incorporating_restraint",
        N_("Restraint on cyber operations in ceasefire agreements."),
        "verified",
    ),
    Course(
        "read-cisa-civil-society",
        "Mitigating Cyber Threats with Limited Resources: Guidance for Civil Society",
        "CISA and partners, 14 May 2024",
        "https://www.cisa.gov/news-events/news/cisa-dhs-fbi-and-international-partners-publish-guide-protecting-high-risk-communities",
        N_("First measures for organisations with few resources."),
        "verified",
    ),
    Course(
        "read-cisa-upskill",
        "Project Upskill, resources for high-risk communities",
        "CISA",
        "https://www.cisa.gov/audiences/high-risk-communities",
        N_("Material to learn from. The address was not checked."),
        "secondary",
    ),
    Course(
        "read-ncsc-high-risk",
        "Guidance for high-risk individuals on protecting your accounts and devices",
        "UK NCSC",
        "https://www.ncsc.gov.uk/collection/defending-democracy/guidance-for-high-risk-individuals",
        N_("Nine steps for the accounts and devices of people at high risk."),
        "secondary",
    ),
    Course(
        "read-geneva-manual",
        "Geneva Manual on Responsible Behaviour in Cyberspace",
        "Geneva Dialogue",
        "https://genevadialogue.ch/geneva-manual/",
        N_("What norms of responsible behaviour could mean for companies and others."),
        "verified",
    ),
    Course(
        "read-unidir-attribution",
        "Non-Escalatory Attribution of International Cyber Incidents",
        "UNIDIR (A. Kastelic), 2022",
        "https://unidir.org/publication/non-escalatory-attribution-of-international-cyber-incidents-facts-international-law-and-politics/",
        N_("How to speak of attribution without escalation."),
        "verified",
    ),
)
