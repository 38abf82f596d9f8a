"""Contact points come from tables and Cerebrate's JSON by a dry run; nothing is made up."""

import json
from collections.abc import Callable
from io import BytesIO

import pytest

from models.contacts import ContactPoint
from models.vocabulary import Tlp
from portal.contacts import ContactText, as_table, export_many, importing, read_file
from portal.contacts.exporting import HEADS
from portal.contacts.importing import Missing
from portal.contacts.listing import Filter
from portal.db import reading, writing
from portal.errors import Invalid
from portal.spreadsheets import as_csv
from tests.cast import NOW, World
from tests.contacts.builders import MEDIATOR, OFFICE_HOURS, TELCO, published
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
SAID = Missing("technical", "Europe/Helsinki", ("en",), OFFICE_HOURS)
CEREBRATE = [
    {
        "position": "Head of CSIRT",
        "first_name": "A",
        "last_name": "B",
        "email": "csirt@north.example",
        "tags": [{"name": "tlp:amber"}],
        "meta_fields": [
            {"field": "contact_number_landline", "value": "+372 600 0000"},
            {"field": "time_zone", "value": "Europe/Tallinn"},
            {"field": "key_fingerprint", "value": "01 23" * 10},
        ],
    },
    {"name": "Team", "meta_fields": [{"field": "email", "value": "team@north.example"}]},
    {"name": "Odd", "email": "odd@north.example", "tags": [{"name": "tlp:purple"}]},
]


def test_what_is_exported_is_imported_again(world: World) -> None:
    with writing(world.sessions) as session:
        published(session, world, "peace", label="=Desk", note="a\nb", place=3, openpgp="AB" * 20)
        rows = export_many(session, world.actors[MEDIATOR], NOW, narrowed=Filter(), made_as="csv")
        data = as_csv(HEADS, as_table(rows))
        (line,) = read_file(data, Missing())
        contact = session.query(ContactPoint).one()
        assert line.problems == {}
        for name in ContactText.__dataclass_fields__:
            if name not in ("person_id", "hours"):
                kept = getattr(contact, name)
                assert getattr(line.text, name) == (
                    tuple(kept) if isinstance(kept, list) else kept
                ), name
        assert line.text.hours == OFFICE_HOURS


def test_cerebrate_is_read_and_unknown_markings_are_strict() -> None:
    lines = read_file(json.dumps(CEREBRATE).encode(), SAID)
    assert [line.text.tlp for line in lines] == [Tlp.AMBER, Tlp.AMBER_STRICT, Tlp.AMBER_STRICT]
    assert [line.strict for line in lines] == [False, True, True]
    first = lines[0].text
    assert (first.label, first.phones) == ("Head of CSIRT", ("+372 600 0000",))
    assert (first.zone, first.openpgp) == ("Europe/Tallinn", "0123" * 10)
    assert [line.text.email for line in lines] == [
        "csirt@north.example", "team@north.example", "odd@north.example",
    ]  # fmt: skip
    assert all(line.good for line in lines)


def test_nothing_is_made_up_where_nobody_says_it() -> None:
    for line in read_file(json.dumps(CEREBRATE).encode(), Missing()):
        assert {"purpose", "languages", "hours"} <= set(line.problems)
        assert not line.good


@pytest.mark.parametrize(
    ("tags", "tlp"),
    [
        (["tlp:clear", "tlp:red"], Tlp.RED),
        (["tlp:green", "tlp_amber"], Tlp.AMBER_STRICT),
        (["tlp:clear", "TLP-RED"], Tlp.RED),
        (["TLP: RED"], Tlp.RED),
        (["tlp:green"], Tlp.GREEN),
        (["tlp:green", "sector:finance"], Tlp.GREEN),
        (["tlp:clear", "members only"], Tlp.AMBER_STRICT),
        (["tlp:clear", "ТLР:GREEN"], Tlp.AMBER_STRICT),
        (["tlp:clear", "PAP:RED"], Tlp.AMBER_STRICT),
        (["tlp:clear", "de-vs:einstufung=NFD"], Tlp.AMBER_STRICT),
    ],
)
def test_of_several_markings_the_strictest_holds(tags: list[str], tlp: Tlp) -> None:
    one = CEREBRATE[1] | {"tags": [{"name": tag} for tag in tags]}
    (line,) = read_file(json.dumps(one).encode(), SAID)
    assert line.text.tlp == tlp
    assert line.strict == (tlp == Tlp.AMBER_STRICT)
    (plain,) = read_file(json.dumps(one | {"tags": tags}).encode(), SAID)
    assert plain.text.tlp == tlp, "tags as plain texts"


def test_a_column_or_field_that_restricts_and_is_none_of_ours_is_strict() -> None:
    table = b"label,email,tlp,Sharing,colour\nDesk,a@b.example,CLEAR,board,red\n,,CLEAR,,red\n"
    lines = read_file(table, SAID)
    assert [line.text.tlp for line in lines] == [Tlp.AMBER_STRICT, Tlp.CLEAR]
    one = CEREBRATE[1] | {"tags": ["tlp:clear"]}
    field = {"meta_fields": [{"field": "visibility", "value": "board"}]}
    for more in ({"restricted_to": "board"}, field):
        (line,) = read_file(json.dumps(one | more).encode(), SAID)
        assert (line.text.tlp, line.strict) == (Tlp.AMBER_STRICT, True)


def test_a_note_that_is_a_banner_is_strict_and_one_that_mentions_one_is_not() -> None:
    table = (
        b"label,email,tlp,note\nDesk,a@b.example,CLEAR,Not for distribution\n"
        b"Desk,a@b.example,CLEAR,Ask for confidential data first\nDesk,a@b.example,RED,Restricted\n"
    )
    found = [(line.text.tlp, line.strict) for line in read_file(table, SAID)]
    assert found == [(Tlp.AMBER_STRICT, True), (Tlp.CLEAR, False), (Tlp.RED, False)]
    one = CEREBRATE[1] | {"tags": ["tlp:clear"], "description": "Strictly confidential"}
    (line,) = read_file(json.dumps(one).encode(), SAID)
    assert (line.text.tlp, line.strict) == (Tlp.AMBER_STRICT, True)


def test_a_row_of_another_width_is_not_taken() -> None:
    lines = read_file(b"label,email,tlp\nDesk, CERT,a@b.example,RED\nDesk,a@b.example,RED\n", SAID)
    assert [sorted(line.problems) for line in lines] == [["email", "row"], []]
    assert lines[1].text.tlp == Tlp.RED


@pytest.mark.parametrize(
    "data",
    [
        b"", b"a,b\n1,2", b"[1]", b"{", b"\xff\xfe", b"[" * 9999,
        b"label,email,tlp,TLP\nDesk,a@b.example,RED,CLEAR\n",
        b"label,email\nDe\0sk,a@b.example\n",
        b'label,email\n"Desk"x,a@b.example\n',
        b'[{"name": "De\\u0000sk", "email": "a@b.example"}]',
        b'[{"name": "De\\ud800sk", "email": "a@b.example"}]',
        b'[{"name": "Desk", "email": "a@b.example", "email": "c@d.example"}]',
    ],
)  # fmt: skip
def test_a_file_that_is_none_of_ours_is_refused(data: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        read_file(data, SAID)
    assert set(refused.value.problems) == {"file"}


def test_a_dry_run_changes_nothing_and_the_second_time_skips_what_is_there(
    world: World, visit: Visit
) -> None:
    liaison, data = visit(TELCO), json.dumps(CEREBRATE[:1]).encode()
    said = {"purpose": "technical", "languages": "en", "hours": "Mon-Fri 08:00-16:00"}
    said |= {"organisation": world.organisations["telco"].ref, "zone": ""}
    for there in (False, True):
        liaison.get("/contacts/import")
        page = liaison.post("/contacts/import", said | {"file": (BytesIO(data), "a.json")})
        assert ("has it already" in page.words) == there
        with reading(world.sessions) as session:
            assert session.query(ContactPoint).count() == int(there)
        carried = page.page.find("input", {"name": "carried"})["value"]
        made = liaison.post("/contacts/import", said | {"carried": carried, "keep": "1"})
        assert made.to.endswith("/contacts/")
    with reading(world.sessions) as session:
        contact = session.query(ContactPoint).one()
        assert (contact.state, contact.tlp) == ("draft", "AMBER")


@pytest.mark.parametrize(
    "data", [b"[" + b'{"x": 1},' * 999 + b'{"x": 1}]', b"label,email\n" + b"a,b\n" * 999]
)
def test_of_a_file_of_endless_rows_no_more_are_looked_at_than_are_taken(
    monkeypatch: pytest.MonkeyPatch, data: bytes
) -> None:
    looked_at = []

    def counted(*names: str) -> bool:
        looked_at.append(names)
        return False

    monkeypatch.setattr(importing, "names_a_restriction", counted)
    with pytest.raises(Invalid) as refused:
        read_file(data, Missing())
    assert "200 rows" in refused.value.problems["file"]
    assert importing.MOST < len(looked_at) < 3 * importing.MOST
