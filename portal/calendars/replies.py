"""What comes back by e-mail to an invitation (iMIP, RFC 6047), whichever program wrote it.

Who replies is known by the token in the address that the mail came to, which one person was given.
What a mail says of itself (From, Date, DTSTAMP, UID) can be written by anybody, or by a clock that
is wrong, and decides nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from portal.calendars.itip import COUNTER, DELEGATED, Proposal, Said, Unread, read_calendars
from portal.calendars.mail import (
    NO_CALENDAR,
    calendars_in,
    is_automatic,
    is_returned,
    is_tame,
    parsed,
)

MAILBOX: Final = "answers"
TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{16,64}")
ADDRESSED: Final = re.compile(rf"(?i:{MAILBOX})\+({TOKEN.pattern})@[^@\s]+")
LONGEST_USER: Final = 64  # octets before the @ (RFC 5321, 4.5.3.1.1)
# Why a mail cannot be read; each has a sentence in the e-mail that says so.
TOO_LARGE: Final = "large"
BROKEN: Final = "broken"
NO_ANSWER: Final = "no-answer"
UNCLEAR: Final = "unclear"


@dataclass(frozen=True)
class Reply:
    """A mail to the address of one person and one meeting; `token` says whose, if it is anybody's.

    `said` is what its attendees answer to the state `sequence` (0 where none is given, RFC 5546,
    2.1.4). `proposes` is another time, where it is a COUNTER. `unread` says why nothing could be
    read. `automatic` is mail that must get no e-mail back (RFC 3834). `mail` is a digest that is
    the same when the same mail comes again, empty where it has no Message-ID.
    """

    token: str
    uid: str = ""
    sequence: int = 0
    said: tuple[Said, ...] = ()
    proposes: Proposal | None = None
    unread: str = ""
    automatic: bool = False
    mail: str = ""

    def answer_of(self, address: str) -> tuple[str, str]:
        """What the person with this e-mail address answers, or why that is not known.

        The address only tells several attendees apart: many people reply from another one.
        """
        mine = [one for one in self.said if one.address == address.lower()] or self.said
        if any(one.answer == DELEGATED for one in mine):
            return "", DELEGATED
        answers = {one.answer for one in mine if one.answer}
        if len(answers) != 1:
            return "", UNCLEAR if answers else NO_ANSWER
        return answers.pop(), ""


def reply_address(base: str, token: str) -> str:
    """The address that is one person's alone: `answers+TOKEN@host` for `answers@host`.

    Give tokens of lower case e-mails and digits: some servers change the case of an address.
    Raises ValueError for another mailbox, an odd token, or one too long for an address.
    """
    user, _, host = base.partition("@")
    address = f"{user}+{token}@{host}"
    if token_in(address) != token or len(f"{user}+{token}") > LONGEST_USER:
        raise ValueError("no address for answers can be made of these")
    return address


def token_in(address: str) -> str | None:
    """The token of an address for answers; None for any other address."""
    hit = ADDRESSED.fullmatch(address)
    return hit[1] if hit else None


def reply_in(raw: bytes, addressed_to: Sequence[str], sender: str | None = None) -> Reply | None:
    """What a mail to these addresses says, never an error; None where no address has a token.

    `sender` is the return path, empty for bounces, None where it is not known. Whether the reply is
    stale, or the token nobody's, is the caller's to say.
    """
    tokens = {token for address in addressed_to if (token := token_in(address))}
    if len(tokens) != 1:
        return None
    token = tokens.pop()
    if not is_tame(raw):
        return Reply(token, unread=TOO_LARGE, automatic=sender == "")
    try:
        return _read(raw, token, sender)
    except Exception:  # parsers meet what anybody may send: whatever they raise, it is unreadable
        return Reply(token, unread=BROKEN, automatic=sender == "")


def _read(raw: bytes, token: str, sender: str | None) -> Reply:
    mail = parsed(raw)
    message_id = str(mail.get("Message-ID", "")).strip()
    body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")[2]
    digest = sha256(message_id.encode("utf-8", "replace") + b"\n" + body).hexdigest()
    known = digest if message_id else ""
    try:
        if is_returned(mail):
            raise Unread(NO_CALENDAR)
        found = read_calendars(calendars_in(mail))
    except Unread as why:
        automatic = is_automatic(mail, sender, calendar=False)
        return Reply(token, unread=str(why), automatic=automatic, mail=known)
    return Reply(
        token,
        found.uid,
        found.sequence,
        found.said,
        found.proposes if found.method == COUNTER else None,
        automatic=is_automatic(mail, sender, calendar=True),
        mail=known,
    )
