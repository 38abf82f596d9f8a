"""What a dialogue says of itself: its text as one value, checked before anything is written."""

from dataclasses import asdict, dataclass, fields
from typing import Any, Final
from urllib.parse import urlsplit

from models.dialogues import Confidentiality, Dialogue, Format
from models.vocabulary import Tlp
from portal.days import known_zone
from portal.words import N_

RULE_MEANING: Final = {
    Confidentiality.OPEN: N_("Everyone signed in can know of it and read its minutes."),
    Confidentiality.LIMITED: N_(
        "Only those invited and their organisations; speakers are recorded."
    ),
    Confidentiality.CHATHAM: N_(
        "What was said may be used within the marking. Names, affiliations and the list of "
        "participants stay confidential (Chatham House Rule)."
    ),
    Confidentiality.CLOSED: N_(
        "Only the participants know that it takes place; stewards have no access."
    ),
}
# Which markings go with a rule, the usual one first.
MARKINGS: Final = {
    Confidentiality.OPEN: (Tlp.GREEN, Tlp.CLEAR),
    Confidentiality.LIMITED: (Tlp.AMBER_STRICT, Tlp.RED),
    Confidentiality.CHATHAM: (Tlp.AMBER_STRICT, Tlp.AMBER, Tlp.GREEN, Tlp.CLEAR, Tlp.RED),
    Confidentiality.CLOSED: (Tlp.RED,),
}
FORMAT_LABEL: Final = {
    Format.IN_PERSON: N_("In person"),
    Format.ONLINE: N_("Online"),
    Format.HYBRID: N_("In person and online"),
}
LONGEST: Final = {"title": 200, "purpose": 50_000, "place": 300, "link": 2000}
TOO_LONG: Final = N_("This is too long.")


@dataclass(frozen=True)
class DialogueText:
    """Title and purpose, rule and marking, how and where people meet, how the poll asks."""

    title: str
    purpose: str = ""
    rule: str = Confidentiality.LIMITED
    tlp: str = Tlp.AMBER_STRICT
    format: str = Format.ONLINE
    place: str = ""
    link: str = ""
    zone: str = "UTC"
    minutes: int = 60
    by_person: bool = False
    hidden_answers: bool = True
    asks_check: bool = False
    asks_unit: str = ""

    def problems(self) -> dict[str, str]:
        """A message for each field that cannot be taken."""
        found = {
            name: TOO_LONG for name, most in LONGEST.items() if len(getattr(self, name)) > most
        }
        if not self.title.strip():
            found["title"] = N_("Give the dialogue a title.")
        if self.rule not in set(Confidentiality):
            found["rule"] = N_("Choose a confidentiality rule.")
        elif self.tlp not in MARKINGS[Confidentiality(self.rule)]:
            found["tlp"] = N_("This marking does not fit the confidentiality rule that you chose.")
        if self.format not in set(Format):
            found["format"] = N_("Choose a format.")
        if self.link and not is_address(self.link):
            found["link"] = N_("Give a full address that begins with https://.")
        if not known_zone(self.zone):
            found["zone"] = N_("This time zone does not exist.")
        if not 5 <= self.minutes <= 1440:
            found["minutes"] = N_("A dialogue lasts between 5 minutes and one day.")
        return found

    def write_into(self, dialogue: Dialogue) -> None:
        """Make the dialogue say this."""
        for name, value in asdict(self).items():
            setattr(dialogue, name, value.strip() if isinstance(value, str) else value)
        dialogue.attributed = self.rule != Confidentiality.CHATHAM


def is_address(text: str) -> bool:
    """Whether it is a full address over https."""
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname) and " " not in text.strip()


def text_of(dialogue: Dialogue) -> DialogueText:
    """What the dialogue says now."""
    return DialogueText(
        **{field.name: getattr(dialogue, field.name) for field in fields(DialogueText)}
    )


def usual_marking(rule: Any) -> str:
    """The marking that goes with a rule where nobody chose one."""
    return str(MARKINGS[Confidentiality(rule)][0])
