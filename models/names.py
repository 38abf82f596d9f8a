"""One rule for names and one for e-mail addresses: how they are spelled, and when two are the same.

Names follow PRECIS (RFC 8264): the FreeformClass admits no control, bidi or invisible character;
two names are the same when their Nickname forms are (RFC 8266: width, case and blanks folded).
Addresses follow RFC 5321 and 6531 with domains by IDNA 2008 (RFC 5891).
"""

import json
import unicodedata
from importlib.resources import files
from typing import Any

from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email
from precis_i18n import get_profile

# Portals on closed networks have addresses there, and the system's own user has one that is none.
SPECIAL_USE_DOMAIN_NAMES.clear()
LONGEST_ADDRESS = 254
# Printed as nothing, though the class admits it.
BLANK = "\u2800"
SPACES = "\t\r\n"
FREEFORM = get_profile("FreeformClass")
NICKNAME = get_profile("NicknameCaseMapped:CaseFold")


class Unfit(ValueError):
    """A name or address that cannot be taken."""


def spelled(name: str) -> str:
    """The name in its one spelling: NFC, each run of blanks one space, none at its ends.

    Raises Unfit where a character is invisible, controls the text or turns its direction, and
    where nothing is left.
    """
    spaced = "".join(
        " " if sign in SPACES or unicodedata.category(sign) == "Zs" else sign for sign in name
    )
    parts = (part for part in spaced.split(" ") if part)
    plain = unicodedata.normalize("NFC", " ".join(parts))
    try:
        kept = str(FREEFORM.enforce(plain)) if plain else ""
    except UnicodeEncodeError as why:
        raise Unfit(name) from why
    if not kept or BLANK in kept:
        raise Unfit(name)
    return kept


def folded(name: str) -> str:
    """What two names have in common that are the same name: width, case and joiners folded."""
    joined = spelled(name).replace("\u200c", "").replace("\u200d", "")
    try:
        return str(NICKNAME.enforce(joined))
    except UnicodeEncodeError as why:
        raise Unfit(name) from why


def _prototypes() -> dict[str, str]:
    """For each character the one that stands for all that look like it (Unicode TR39).

    The table is read here, not by its library, which would keep it: 25 MB in each process.
    """
    table = files("confusable_homoglyphs").joinpath("confusables.json").read_text("utf-8")
    found = {}
    for sign, alike in json.loads(table).items():
        family = [one for one in (sign, *(like["c"] for like in alike)) if len(one) == 1]
        if len(sign) == 1:
            found[sign] = min(family, key=_plainness)
    return found


def _plainness(sign: str) -> tuple[bool, bool, int]:
    return (not (sign.isascii() and sign.isalpha()), not sign.islower(), ord(sign))


PROTOTYPES = _prototypes()


def look(name: str) -> str:
    """What two names have in common that look alike, in whatever scripts they are written.

    A capital I looks like a small l, and is the same letter as a small i: all three are one here.
    """
    seen = _skeleton(_skeleton(spelled(name)).casefold())
    return seen.replace(" ", "").replace("i", "l")


def _skeleton(text: str) -> str:
    apart = unicodedata.normalize("NFD", text)
    return "".join(PROTOTYPES.get(sign, sign) for sign in apart)


def address(text: str) -> str:
    """The address in its one spelling: NFC, its domain in lower case and in its own script.

    Raises Unfit where it is none, or holds what no mail server takes.
    """
    return str(_validated(text).normalized)


def wire_address(text: str) -> str:
    """The address as every mail server takes it: its domain in ASCII (IDNA, RFC 5891).

    What stands before the @ has no such form: where it is not ASCII, a server has to know SMTPUTF8.
    Raises Unfit where it is no address.
    """
    if text.isascii():
        return text
    known = _validated(text)
    return f"{known.local_part}@{known.ascii_domain}"


def folded_address(text: str) -> str:
    """What two addresses have in common that reach the same person: case and width folded.

    The domain is its ASCII form (IDNA). Mail servers may tell capitals apart before the @, and
    none in use does; two people at one such address would be a trap.
    """
    known = _validated(text)
    local = unicodedata.normalize("NFKC", known.local_part).casefold()
    return f"{unicodedata.normalize('NFKC', local)}@{known.ascii_domain.lower()}"


def _validated(text: str) -> Any:
    try:
        known = validate_email(
            text.strip(" "), check_deliverability=False, globally_deliverable=False
        )
        FREEFORM.enforce(known.local_part)
    except (EmailNotValidError, UnicodeEncodeError) as why:
        raise Unfit(text) from why
    if BLANK in known.local_part or len(known.normalized) > LONGEST_ADDRESS:
        raise Unfit(text)
    return known
