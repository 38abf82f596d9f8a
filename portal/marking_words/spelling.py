"""Words of marking as they are met in files: what is plain, what only looks like a marking.

A plain word (`tlp:amber`, in capitals or not) is read. Whatever else speaks of a marking, in
another spelling, script or language, is *not read*: it only hints at the least that it can mean.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from models.vocabulary import Pap, Tlp

COLOURS: Final = {
    "clear": Tlp.CLEAR,
    "white": Tlp.CLEAR,
    "green": Tlp.GREEN,
    "amber": Tlp.AMBER,
    "red": Tlp.RED,
}
ACTIONS: Final = {
    "clear": Pap.CLEAR,
    "white": Pap.CLEAR,
    "green": Pap.GREEN,
    "amber": Pap.AMBER,
    "red": Pap.RED,
}
COLOUR: Final = r"(clear|white|green|amber(?:\s*[+ _-]?\s*strict)?|red)"
PLAIN_TLP: Final = re.compile(rf"(?:tlp\s*:\s*)?{COLOUR}")
PLAIN_PAP: Final = re.compile(r"(?:pap\s*:\s*)?(clear|white|green|amber|red)")
# Letters of other scripts that look like those of the words of markings.
LOOKS: Final = {
    **dict(zip("аеосрхутікмвнѕԁһԛԝӏɡ", "aeocpxytikmbhsdhqwlg", strict=True)),
    **dict(zip("αβεικμνορτυχρѡ", "abeikmvoptuxpw", strict=True)),
    **dict(zip("ᴀʙᴄᴅᴇɢʜɪʟᴍɴᴏᴘʀꜱᴛᴡ", "abcdeghilmnoprstw", strict=True)),
}
LEET: Final = str.maketrans("01345", "oleas")
# The strictest marking in the words of other languages, and what some put above it.
REDS: Final = ("red", "rouge", "rojo", "rosso", "vermelho", "rood", "black")
NOT_REDS: Final = ("shared", "restricted")
SHORT: Final = 60
SPEAKS_OF_TLP: Final = re.compile(r"tlp|trafficlight")
SHORT_NAME: Final = re.compile(rf"[^a-z]*([a-z]{{0,5}})[^a-z]+{COLOUR}[^a-z]*|{COLOUR}")
SPEAKS_OF_PAP: Final = re.compile(
    r"(?:^|[^a-z])p[^a-z]{0,3}a[^a-z]{0,3}p(?:[^a-z]|$|red|amber|green|white|clear)"
    r"|permissible[^a-z]{0,3}action"
)
# A line of its own that is a marking in a form that no text is searched for (`TLP.RED`, `TLP –
# AMBER`, `T.L.P. ROT`): its letters alone, without digits of a version.
COLOURS_ABROAD: Final = (
    r"rouge|orange|vert|blanc|rojo|ambar|verde|blanco|rosso|ambra|bianco|vermelho|branco|rood|rot"
    r"|gelb|grun|weiss|yellow|black|dark|gr[ae]y|purple"
)
TLP_NAME: Final = r"(?:tlp|trafficlight(?:protocol)?)"
PAP_NAME: Final = r"(?:pap|permissibleactions?(?:protocol)?)"
ANY_COLOUR: Final = (
    rf"(?:clear|white|green|amber(?:strict)?|red|{COLOURS_ABROAD}|unclear|unknown|exchr)"
)
OF_VERSION: Final = r"(?:v|version|level|marking|classification|is)?"
ON_A_LINE: Final = re.compile(
    rf"(?P<tlp>{TLP_NAME}{OF_VERSION}{ANY_COLOUR}.{{0,40}}|{ANY_COLOUR}{TLP_NAME}|amberstrict)"
    rf"|(?P<pap>{PAP_NAME}{OF_VERSION}{ANY_COLOUR}.{{0,40}}|{ANY_COLOUR}{PAP_NAME})"
)
# The same with a sign or a word of another script in the place of the colour.
ODD_COLOUR: Final = re.compile(
    r"\W*(?:(?P<tlp>tlp|traffic.?light(?:.?protocol)?)|(?P<pap>pap))"
    r"\W*\S{0,20}[^\x00-\x7f\u2010-\u2027].{0,20}"
)
# A marking that a text names in passing, blanks in it joined: `TLP:RED`, `tlp 2.0: amber+strict`,
# `**TLP**: RED`, `TLP-RED`, `TLP (RED)`.
BETWEEN: Final = r"[ :=(\[*_`\"'-]{1,6}"
# Arabic and Japanese signs for whole words: each becomes many letters, and never one of ours.
EXPANDING: Final = re.compile("[\ufdf0-\ufdff\u3300-\u3357]+")
NAMED: Final = re.compile(
    rf"(?<![a-z0-9])(?:(?:tlp|traffic light protocol)(?: ?v?\d(?:\.\d)?)?{BETWEEN}{COLOUR}(?![a-z])"
    rf"|(pap){BETWEEN}(clear|white|green|amber|red)(?![a-z]| ?[+_-] ?strict)|(tlp:[a-z0-9]+))"
)


def plain_tlp(text: str) -> Tlp | None:
    """The marking that a plain word names, with or without `tlp:` before it."""
    match = PLAIN_TLP.fullmatch(_low(text))
    if match is None:
        return None
    return Tlp.AMBER_STRICT if "strict" in match.group(1) else COLOURS[match.group(1)]


def plain_pap(text: str) -> Pap | None:
    """The permissible actions that a plain word names, with or without `pap:` before it."""
    match = PLAIN_PAP.fullmatch(_low(text))
    return ACTIONS[match.group(1)] if match else None


def _low(text: str) -> str:
    # Plain words are short and ASCII; a long text is none, whatever stands in it.
    bare = text[: 2 * SHORT].strip(" \t\n")
    return bare.lower() if len(text) <= 2 * SHORT and len(bare) <= SHORT and bare.isascii() else ""


def folded(text: str) -> str:
    """A text without case, accents, invisible characters and look-alike letters."""
    if text.isascii():
        return text.lower()
    wide = unicodedata.normalize("NFKD", EXPANDING.sub(" ", text)).casefold()
    wide = unicodedata.normalize("NFKD", wide)
    # Each sign is looked up once, however often it stands there: a file holds thousands of tags.
    plain = {
        ord(c): None if unicodedata.category(c) in ("Mn", "Cf", "Me") else LOOKS.get(c, c)
        for c in set(wide)
        if not c.isascii()
    }
    return wide.translate(plain)


def letters(text: str) -> str:
    """Only the Latin letters of a folded text, with digits that stand for letters."""
    return re.sub(r"[^a-z]", "", folded(text).translate(LEET))


def speaks_of_tlp(text: str) -> bool:
    """Whether a text means TLP, however spelled: `tlp_amber`, `tpl:red`, `ТLР RED`, `amber`."""
    return means_tlp(folded(text))


def means_tlp(low: str) -> bool:
    """The same of a text that is folded already."""
    if SPEAKS_OF_TLP.search(re.sub(r"[^a-z]", "", low)):
        return True
    if len(low) > SHORT:
        return False
    if SPEAKS_OF_TLP.search(letters(low)):
        return True
    match = SHORT_NAME.fullmatch(low)
    return match is not None and match.group(1) != "pap"


def marking_on(line: str) -> str:
    """What a line says that is nothing but a marking in a spelling which is not read.

    It is `tlp` or `pap`; empty where it says neither, more than that, or says it plainly.
    """
    if len(line) > SHORT or any(named_in(line)):
        return ""
    low = folded(line)
    found = ON_A_LINE.fullmatch(re.sub(r"[^a-z]", "", low)) or ODD_COLOUR.fullmatch(low)
    return (found.lastgroup or "") if found else ""


def speaks_of_pap(text: str) -> bool:
    """Whether a text means PAP, however it spells it."""
    return means_pap(folded(text))


def means_pap(low: str) -> bool:
    """The same of a text that is folded already."""
    return bool(SPEAKS_OF_PAP.search(low))


def named_in(text: str) -> Iterator[tuple[str, str]]:
    """The markings that a longer text names: `tlp`, `pap`, or neither, and the word itself."""
    if text.isascii():
        low = text.lower()
    else:
        low = unicodedata.normalize("NFKC", EXPANDING.sub(" ", text)).casefold()
    if not any(word in low for word in ("tlp", "pap", "traffic light")):
        return
    for match in NAMED.finditer(" ".join(low.split())):
        colour, pap, action, odd = match.groups()
        yield ("", odd) if odd else ("pap", action) if pap else ("tlp", colour)


def hint(text: str) -> Tlp | None:
    """The least that a text about TLP can mean, by the strictest colour in it; None if none."""
    words = set(re.findall(r"[a-z]+", folded(text).translate(LEET)))
    run = letters(text).rpartition("tlp")[2] if len(text) <= SHORT else ""
    if speaks_of_tlp(text):
        named = run.startswith(REDS) or (run.endswith(REDS) and not run.endswith(NOT_REDS))
        if named or words & set(REDS):
            return Tlp.RED
    return Tlp.AMBER_STRICT if "strict" in run or "strict" in words else None
