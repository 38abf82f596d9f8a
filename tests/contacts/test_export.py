"""Files hold what one may see, disarmed, and are in the trail."""

import csv
from collections.abc import Callable
from io import StringIO

import pytest

from models.ledger import AuditEvent
from portal.contacts.duty import Shift
from portal.contacts.hours import hours_text, shifts_from
from portal.db import reading, writing
from tests.cast import World
from tests.contacts.builders import BANK, MEDIATOR, PHONE, TELCO, published
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
FINGERPRINT = "0123456789ABCDEF0123456789ABCDEF01234567"


def test_files_hold_exactly_what_one_may_see(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        shown = published(session, world, "peace").ref
        hidden = published(session, world, "cloud", label="Other").ref
    for kind in ("csv", "vcard"):
        answer = visit(MEDIATOR).get(f"/contacts/export?format={kind}")
        assert "contacts-TLP-AMBER-STRICT-" in answer.headers["Content-Disposition"]
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        text = answer.text
        assert shown in text
        assert hidden not in text
        assert shown not in visit(BANK).get(f"/contacts/export?format={kind}").text
    assert visit(BANK).get(f"/contacts/{shown}/export").status == 404
    with reading(world.sessions) as session:
        taken = session.query(AuditEvent).filter_by(verb="export", resource_type="contacts").all()
        assert {event.detail["rows"] for event in taken} == {0, 1}
    assert "vCard" in visit(TELCO).get(f"/contacts/{shown}").words


def test_a_cell_is_no_formula_and_reads_back(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        published(session, world, "peace", label="=1+1", channels="@evil")
    text = visit(MEDIATOR).get("/contacts/export?format=csv").body.decode("utf-8-sig")
    (row,) = csv.DictReader(StringIO(text))
    assert (row["label"], row["channels"]) == ("'=1+1", "'@evil")
    assert row["phones"] == f"'{PHONE}", "a number begins with a sign that a sheet would take"
    assert row["hours"] == "Mon-Fri 08:00-16:00"


def test_a_card_is_one_of_rfc_6350(world: World, visit: Visit) -> None:
    said = "Ring twice; ask for the \\ desk, please\nthen wait: " + "ä" * 80
    with writing(world.sessions) as session:
        ref = published(session, world, "peace", note=said, openpgp=FINGERPRINT).ref
    body = visit(MEDIATOR).get(f"/contacts/{ref}/export").body
    lines = body.decode().split("\r\n")
    assert lines[:2] == ["BEGIN:VCARD", "VERSION:4.0"]
    assert lines[-2:] == ["END:VCARD", ""]
    assert max(len(line.encode()) for line in lines) <= 75
    whole = body.decode().replace("\r\n ", "").split("\r\n")
    assert f"TEL;TYPE=work,voice;PREF=1:{PHONE}" in whole
    assert f"KEY:openpgp4fpr:{FINGERPRINT}" in whole
    assert "LANG;PREF=2:fi" in whole
    (note,) = (line for line in whole if line.startswith("NOTE:"))
    assert "Ring twice\\; ask for the \\\\ desk\\, please\\nthen wait: ä" in note
    assert "TLP:AMBER+STRICT" in note


def test_words_of_a_card_do_not_run_together(world: World, visit: Visit) -> None:
    words = {"label": "Duty\u3000desk\u2003north", "note": "Ask\xa0for\rme\u2028now \u202eabc"}
    with writing(world.sessions) as session:
        ref = published(session, world, "peace", **words).ref
    body = visit(MEDIATOR).get(f"/contacts/{ref}/export").body
    whole = body.decode().replace("\r\n ", "").split("\r\n")
    assert "TITLE:Duty desk north" in whole
    assert any(line.endswith("\\nAsk for\\nme\\nnow abc") for line in whole)
    assert "CATEGORIES:TLP:AMBER+STRICT" in whole, "a colon is not escaped (RFC 6350, 3.4)"


@pytest.mark.parametrize(
    ("text", "shifts"),
    [
        ("Mon-Tue 08:00-17:00", (Shift(0, "08:00", "17:00"), Shift(1, "08:00", "17:00"))),
        ("Sat-Mon 22:00-06:00", tuple(Shift(day, "22:00", "06:00") for day in (0, 5, 6))),
        ("", ()),
        ("always", None),
        ("Mon 25:00-26:00", None),
    ],
)
def test_hours_are_read_as_they_are_written(text: str, shifts: tuple[Shift, ...] | None) -> None:
    assert shifts_from(text) == shifts
    if shifts:
        assert shifts_from(hours_text(shifts)) == shifts
