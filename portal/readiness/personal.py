"""What a person is asked about their own accounts, devices and traces."""

from typing import Final

from models.readiness import Scope
from portal.readiness.shapes import CIVIL, HIGH_RISK, NAO, PLATFORM, Question
from portal.words import N_

PERSONAL: Final = (
    Question(
        "mfa",
        Scope.PERSON,
        1,
        N_("Second factor"),
        N_(
            "Does every account that you use for the talks need a second factor, private e-mail "
            "and messenger "
            "included, and is that factor an app, a key or a passkey instead of a text message?"
        ),
        N_(
            "Private accounts are the usual way in. Whoever owns a negotiator's e-mail reads the "
            "talks."
        ),
        N_(
            "Switch on a passkey or an authenticator app for your e-mail account, then for your "
            "messenger."
        ),
        f"{CIVIL}; {HIGH_RISK}; that text messages are the weakest factor: from memory",
        "project",
    ),
    Question(
        "passwords",
        Scope.PERSON,
        4,
        N_("Passwords"),
        N_("Do you use a password manager, with a different password for each account?"),
        N_("A password that leaked elsewhere is tried on every other account."),
        N_(
            "Install a password manager and give your e-mail account a new, long password of its "
            "own."
        ),
        HIGH_RISK,
        "secondary",
    ),
    Question(
        "account-recovery",
        Scope.PERSON,
        11,
        N_("Account recovery"),
        N_(
            "Do you know which phone number, address or person can reset your accounts, and are "
            "they still yours?"
        ),
        N_("An attacker who cannot sign in asks for a reset, or for a new SIM card in your name."),
        N_("Open the recovery settings of your e-mail account and remove what is no longer yours."),
        "from memory of advice by UK NCSC and CISA",
        "memory",
    ),
    Question(
        "phishing",
        Scope.PERSON,
        2,
        N_("Messages that press you to act"),
        N_(
            "Do you check an unexpected message over a second channel before you open, sign in or"
            " answer, and do you "
            "know whom to notify within minutes?"
        ),
        N_("Invitations, agendas and drafts are what talks run on, and what is forged first."),
        N_(
            "Agree with your team on one channel over which unexpected messages are checked, and "
            "on one contact."
        ),
        f"{CIVIL}; reports on the Star Blizzard group of December 2023",
        "project",
    ),
    Question(
        "devices",
        Scope.PERSON,
        8,
        N_("Phones and laptops"),
        N_(
            "Are your devices encrypted and locked by a code, can you find or erase them "
            "remotely, and do you know "
            "what to do in the first hour after one is gone?"
        ),
        N_(
            "Delegations travel. A lost phone holds the contacts, the drafts and the second factor."
        ),
        N_("Switch on remote location and erasure, and write down the steps for the first hour."),
        HIGH_RISK,
        "secondary",
    ),
    Question(
        "updates",
        Scope.PERSON,
        5,
        N_("Updates"),
        N_(
            "Do your devices and apps update automatically, and is everything you use still "
            "supported by its maker?"
        ),
        N_(
            "WannaCry disrupted hospitals through a fault that had been repaired two months before."
        ),
        N_("Switch on automatic updates on your phone and laptop, and restart both."),
        f"{NAO}; {CIVIL}",
        "project",
    ),
    Question(
        "hardened-mode",
        Scope.PERSON,
        14,
        N_("Protection for people at high risk"),
        N_(
            "If spyware on your phone would be worth its price to somebody: is the strongest "
            "protection mode on, and "
            "do you restart the phone often?"
        ),
        N_("Commercial intrusion tools are bought against few people. Negotiators are among them."),
        N_(
            "Try your phone's strongest protection mode for a week, and restart the phone every "
            "morning."
        ),
        f"{HIGH_RISK}; restart: from memory; Pall Mall Code of Practice, preface",
        "secondary",
    ),
    Question(
        "footprint",
        Scope.PERSON,
        18,
        N_("What is public about you"),
        N_(
            "Have you looked up what is public about you, your family, your home and your "
            "travels, and reduced it?"
        ),
        N_("Leaked venues, names and positions, and pressure on families, are used against talks."),
        N_("Search for your own name, phone number and address, and remove one thing you find."),
        f"Centre for Humanitarian Dialogue, social media codes of conduct; {CIVIL}",
        "project",
    ),
    Question(
        "course-taken",
        Scope.PERSON,
        23,
        N_("Course"),
        N_(
            "Have you taken the e-learning course for mediators, or a similar one, in the last "
            "twelve months?"
        ),
        N_("It is made for mediators, and a good place to start."),
        N_("Open the list of courses and readings here, and block an hour for the first module."),
        PLATFORM,
        "project",
    ),
)
