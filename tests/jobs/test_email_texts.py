"""Every e-mail: marking first and directly before any content, by when, what to do, one link."""

import re
from datetime import UTC, date, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from models.vocabulary import Tlp
from portal.catalogue import REMINDS
from portal.days import end_of
from portal.emails import FOLDER, Email, MailSettings, environment, write
from portal.rules import RESOURCE_TYPES
from portal.rules.verbs import UNINVITE

BASE = "https://portal.example"
TITLE, NAMES = "A canary title", ("Canary Promisor", "Canary Counterpart", "Canary Poster")
ZONE = "Europe/Helsinki"
DAY = end_of(date(2026, 12, 5), ZONE)
BEGINS = datetime(2026, 12, 9, 13, 0, tzinfo=UTC)
NO_DUE = (
    *(f"commitments/{verb}" for verb in ("verify", "fulfil", "declare-unmet", "verify-late")),
    f"dialogues/{UNINVITE}",
)
NO_LINK = {f"dialogues/{UNINVITE}": "Whoever lost the seat may not read the page."}
TEMPLATES = sorted(
    str(path.relative_to(FOLDER).with_suffix("")) for path in Path(FOLDER).glob("*/*.txt")
)
ABOUT_RESOURCES = [name for name in TEMPLATES if not name.startswith("offers/")]


def made(template: str, tlp: Tlp, due: bool = True, reader: str = "Asia/Kathmandu") -> EmailMessage:
    shown = tlp in (Tlp.CLEAR, Tlp.GREEN)
    promisor, addressee, organisation = NAMES if shown else ("", "", "")
    at = DAY if due else None
    about = {
        "ref": "X-26-7K3Q9M",
        "tlp": tlp,
        "title": TITLE if shown else "",
        **{"promisor": promisor, "addressee": addressee, "organisation": organisation},
        **{"due_word": "Response due", "due_at": at, "due_zone": ZONE, "day_zone": ZONE},
        **{"expires_at": at, "grace_at": at, "review_at": at, "action_at": at},
        **{"starts_at": BEGINS, "ends_at": BEGINS, "secret": "key"},
        "keyed": True,
        **{"outcome": "answer", "reason": "", "response": "accepted", "state": "convened"},
    }
    email = Email(1, template, "Reader", "reader@home.example", reader, BEGINS, about)
    return write(email, MailSettings(BASE, "portal@portal.example"))


def lines(message: EmailMessage) -> list[str]:
    return str(message.get_content()).splitlines()


@pytest.mark.parametrize("template", ABOUT_RESOURCES)
@pytest.mark.parametrize("tlp", list(Tlp))
def test_marking_first_then_content_then_one_action(template: str, tlp: Tlp) -> None:
    message = made(template, tlp)
    text = lines(message)
    assert str(message["Subject"]).startswith(f"[TLP:{tlp}] X-26-7K3Q9M: ")
    assert text[:3] == ["Dear Reader,", "", f"Marking: TLP:{tlp}"], "nothing stands before it"
    whole = f"{message['Subject']}\n" + "\n".join(text)
    if tlp in (Tlp.CLEAR, Tlp.GREEN):
        assert text[3] == TITLE, "directly before the content"
    else:
        assert "canary" not in whole.lower()
    assert "Reference: X-26-7K3Q9M" in text
    links = re.findall(r"https?://\S+", whole)
    assert len(links) == (0 if template in NO_LINK else 1)
    todo = [line for line in text if line.startswith("What to do: ")]
    assert len(todo) == 1
    assert len(todo[0]) > len("What to do: Read")
    assert any(line.startswith("You get this e-mail because ") for line in text)
    for line in text:
        assert not line.startswith(" "), "a line that lost its words"
    assert "\n\n\n" not in "\n".join(text)


@pytest.mark.parametrize("template", ABOUT_RESOURCES)
def test_a_due_day_is_the_day_where_it_was_set(template: str) -> None:
    if template in NO_DUE:
        return
    said = [line for line in lines(made(template, Tlp.AMBER)) if "end of" in line]
    assert len(said) == 1
    assert said[0].endswith("end of 5 Dec 2026 (Helsinki time)")
    assert "00:00" not in "\n".join(lines(made(template, Tlp.GREEN, reader=ZONE)))
    assert "end of" not in "\n".join(lines(made(template, Tlp.GREEN, due=False)))


def test_the_invitation_to_the_portal_has_one_link_and_says_why() -> None:
    text = "\n".join(lines(made("offers/invite", Tlp.CLEAR)))
    assert re.findall(r"https?://\S+", text) == [f"{BASE}/auth/invitation/key"]
    for words in ("within 14 days", "What to do: ", "You get this e-mail because "):
        assert words in text


def test_whoever_is_reminded_is_led_to_what_ends_it() -> None:
    for (name, noun), verb in REMINDS.items():
        template = f"{noun}/{name}"
        assert template in TEMPLATES
        (link,) = re.findall(r"https?://\S+", "\n".join(lines(made(template, Tlp.GREEN))))
        page = f"{BASE}/{noun}/X-26-7K3Q9M"
        assert link in (page, f"{page}/{verb}"), (name, link)
        assert verb in RESOURCE_TYPES[noun].verbs


ALL_FILES = sorted(str(path.relative_to(FOLDER)) for path in Path(FOLDER).rglob("*.*"))
ADDRESS = {"room", "path"}  # blocks that hold parts of an address


@pytest.mark.parametrize("name", ALL_FILES)
def test_every_sentence_goes_through_gettext(name: str) -> None:
    source, bare = (FOLDER / name).read_text(), []
    words: list[str] = []
    block, translated = "", False
    for _line, token, value in environment.lex(source):
        words = [] if token == "block_begin" else words + [value] * (token == "name")
        if token == "block_end":
            block = words[1] if words[0] == "block" else "" if words[0] == "endblock" else block
            translated = words[0] == "trans" or (translated and words[0] != "endtrans")
        if token == "data" and not translated and block not in ADDRESS:
            bare += [part for part in value.split() if re.search("[a-z]", part, re.I)]
    assert [part for part in bare if "/" not in part and part != "[TLP:"] == []
