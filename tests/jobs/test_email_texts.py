"""Every e-mail: marking first and directly before any content, by when, what to do, one link."""

import re
from datetime import UTC, date, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from models.vocabulary import Tlp
from portal.catalogue import REMINDS
from portal.days import end_of
from portal.emails import FOLDER, LAYOUT, Email, MailSettings, environment, message_id, write
from portal.rules import RESOURCE_TYPES
from portal.rules.verbs import UNINVITE
from tests.language.spans import SPAN
from tests.mail import html_of, shown, text_of, whole
from tests.soup import parsed

HOST = "portal.example"
BASE = f"https://{HOST}"
TITLE, NAMES = "A canary title", ("Canary Promisor", "Canary Counterpart", "Canary Poster")
ZONE = "Europe/Helsinki"
DAY = end_of(date(2026, 12, 5), ZONE)
BEGINS = datetime(2026, 12, 9, 13, 0, tzinfo=UTC)
NO_DUE = (
    *(f"commitments/{verb}" for verb in ("verify", "fulfil", "declare-unmet", "verify-late")),
    f"dialogues/{UNINVITE}",
    "dialogues/hold-late",
    f"exercises/{UNINVITE}",
    "contacts/retire",
)
NO_LINK = {
    f"dialogues/{UNINVITE}": "Whoever lost the seat may not read the page.",
    f"exercises/{UNINVITE}": "Whoever lost the role may not read the page.",
}
TEMPLATES = sorted(
    str(path.relative_to(FOLDER).with_suffix("")) for path in Path(FOLDER).glob("*/*.txt")
)
UNMARKED = (
    "alternates/",
    "offers/",
    "readiness/",
    "training/",
)  # what nobody shares has no marking
ABOUT_RESOURCES = [name for name in TEMPLATES if not name.startswith(UNMARKED)]


def made(
    template: str, tlp: Tlp, due: bool = True, reader: str = "Asia/Kathmandu", title: str = TITLE
) -> EmailMessage:
    is_open = tlp in (Tlp.CLEAR, Tlp.GREEN)
    promisor, addressee, organisation = NAMES if is_open else ("", "", "")
    at = DAY if due else None
    about = {
        "ref": "X-26-7K3Q9M",
        "tlp": tlp,
        "title": title if is_open else "",
        **{"promisor": promisor, "addressee": addressee, "organisation": organisation},
        **{"due_word": "Response due", "due_at": at, "due_zone": ZONE, "day_zone": ZONE},
        **{"deadline": at, "day": at},
        **{"starts_at": BEGINS, "ends_at": BEGINS, "secret": "key"},
        **{"keyed": True, "ended": False, "readable": True, "writes": False},
        **{"away": "Canary Away", "person": "Canary Alternate", "is_away": True, "acts": False},
        **{"begins_at": BEGINS, "until_at": DAY, "until_zone": ZONE},
        **{"outcome": "answer", "reason": "", "response": "accepted", "state": "convened"},
    }
    email = Email(1, template, "Reader", "reader@home.example", reader, BEGINS, about)
    return write(email, MailSettings(BASE, "portal@portal.example"))


def lines(message: EmailMessage) -> list[str]:
    return text_of(message).splitlines()


@pytest.mark.parametrize("template", ABOUT_RESOURCES)
@pytest.mark.parametrize("tlp", list(Tlp))
def test_marking_first_then_content_then_one_action(template: str, tlp: Tlp) -> None:
    message = made(template, tlp)
    text = lines(message)
    played = template.startswith("exercises/")
    mark, marking = ("EXERCISE ", ", EXERCISE") if played else ("", "")
    assert str(message["Subject"]).startswith(f"[TLP:{tlp}] {mark}X-26-7K3Q9M: ")
    assert text[:2] == [f"Marking: TLP:{tlp}{marking}", ""], "directly before the content"
    assert "X-26-7K3Q9M" in text[2], "what happened, and to what"
    why = text.index(next(line for line in text if line.startswith("You get this e-mail because ")))
    assert text[why - 2 : why] == [f"Marking: TLP:{tlp}{marking}", ""], "directly after the content"
    if tlp in (Tlp.CLEAR, Tlp.GREEN):
        assert TITLE in text
    else:
        assert "canary" not in whole(message).lower()
    assert "Reference: X-26-7K3Q9M" in text
    links = re.findall(r"https?://\S+", "\n".join([str(message["Subject"]), *text]))
    assert len(links) == (0 if template in NO_LINK else 1)
    assert re.findall(r'https?://[^\s"]+', html_of(message)) == links, "and nothing from elsewhere"
    todo = [line for line in text if line.startswith("What to do: ")]
    assert len(todo) == 1
    assert len(todo[0]) > len("What to do: Read")
    assert text[why + 1].startswith(("To change ", "If you did not expect it"))
    for line in text:
        assert not line.startswith(" "), "a line that lost its words"
    assert "\n\n\n" not in "\n".join(text)


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("tlp", [Tlp.GREEN, Tlp.RED])
def test_html_shows_the_lines_of_the_text(template: str, tlp: Tlp) -> None:
    message = made(template, tlp)
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/alternative", "text/plain", "text/html",
    ]  # fmt: skip
    assert shown(message) == [line for line in lines(message) if line]
    page = parsed(html_of(message))
    assert not page.select("script, style, link, img, iframe, form, object"), "inline styles alone"
    assert [tag.get_text() for tag in page.select("title")] == [message["Subject"]]
    assert len(page.select("h1")) == 1
    assert "url(" not in html_of(message)
    assert max(len(line) for line in html_of(message).encode().splitlines()) < 998, "RFC 5322"


def test_html_escapes_what_people_wrote() -> None:
    message = made("commitments/propose", Tlp.GREEN, title='<b onclick="x">&amp; </title>')
    assert '<b onclick="x">&amp; </title>' in lines(message), "the text is as it was written"
    assert not parsed(html_of(message)).select("b, [onclick]")
    assert shown(message) == [line for line in lines(message) if line]


def test_words_of_a_title_stay_what_they_are_on_one_line() -> None:
    typed = (
        "می\u200cخواهم \N{WOMAN}\u200d\N{PERSONAL COMPUTER} co\u00adop\r\nBcc: x\u2028y \u202eabc"
    )
    said = "می\u200cخواهم \N{WOMAN}\u200d\N{PERSONAL COMPUTER} coop Bcc: x y abc"
    message = made("commitments/propose", Tlp.GREEN, title=typed)
    assert str(message["Subject"]).endswith(f": {said}")
    assert said in lines(message)
    assert "Bcc" not in message
    again = message_from_bytes(message.as_bytes(), policy=default)
    assert str(again["Subject"]) == str(message["Subject"])


@pytest.mark.parametrize("template", ABOUT_RESOURCES)
def test_a_name_of_another_direction_turns_its_own_line_alone(template: str) -> None:
    # Sentences are ours: one that begins with somebody's name is read as all others are.
    turned = parsed(html_of(made(template, Tlp.GREEN))).select("body [dir]")
    assert {line.get_text() for line in turned} <= {TITLE}


def test_e_mails_about_a_resource_are_one_thread() -> None:
    first, second = (made(name, Tlp.RED) for name in ("notices/publish", "notices/correct"))
    for message in (first, second):
        assert message["References"] == message["In-Reply-To"] == f"<X-26-7K3Q9M@{HOST}>"
    settings = MailSettings(BASE, "portal@portal.example", key="a secret")
    ids = {message_id(key, settings) for key in range(100)}
    assert len(ids) == 100
    assert all(re.fullmatch(rf"<[0-9a-f]{{32}}@{HOST}>", one) for one in ids), "tells no number"
    assert message_id(1, settings) != message_id(1, MailSettings(BASE, "portal@portal.example"))


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
    for words in (
        "Response due: end of 5 Dec 2026",
        "What to do: ",
        "You get this e-mail because ",
    ):
        assert words in text


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_span_never_stands_without_its_day(template: str) -> None:
    text = "\n".join(lines(made(template, Tlp.GREEN)))
    assert not SPAN.search(text) or re.search(r"\d{1,2} [A-Z][a-z]{2} 20\d\d", text), (
        "whoever reads it on another day cannot know which day is meant"
    )


def test_whoever_is_reminded_is_led_to_what_ends_it() -> None:
    for (name, noun), verb in REMINDS.items():
        template = f"{noun}/{name}"
        assert template in TEMPLATES
        (link,) = re.findall(r"https?://\S+", "\n".join(lines(made(template, Tlp.GREEN))))
        page = f"{BASE}/{noun}/X-26-7K3Q9M"
        by_key = f"{BASE}/{noun}/{verb}/key"  # a page that answers without a sign-in
        assert link in (page, f"{page}/{verb}", by_key), (name, link)
        assert verb in RESOURCE_TYPES[noun].verbs


ALL_FILES = sorted({str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.*")} - {LAYOUT})
MARKS = {"[TLP:", "EXERCISE"}  # the same in every language
ADDRESS = {"room", "path", "address"}  # blocks that hold parts of an address


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
    assert [part for part in bare if "/" not in part and part not in MARKS] == []


def test_the_layout_says_nothing_of_its_own() -> None:
    page = environment.get_template(LAYOUT).render(
        groups=[], subject="", address="", action="", tlp=""
    )
    assert parsed(page).get_text().strip() == ""
