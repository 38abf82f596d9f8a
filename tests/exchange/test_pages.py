"""From a file to a draft on its pages, and from a notice to a valid STIX bundle."""

import io
import json
from collections.abc import Callable
from typing import Any, cast

import pytest
from sqlalchemy import QueuePool, func, select

from models.notices import Indicator, Notice, NoticeTag
from models.vocabulary import Pap, Tlp
from portal import exchange
from portal.db import reading, writing
from portal.exchange import export, read_any, stix_of, take
from tests.cast import NOW, World
from tests.exchange.samples import BUNDLE, EVENT, as_bytes, event
from tests.exchange.test_reading import EXPECTED, real
from tests.exchange.valid import validated
from tests.pages import Answer, Visitor

Visit = Callable[[str], Visitor]


def upload(visitor: Visitor, data: bytes) -> Answer:
    page = visitor.get("/notices/import")
    return visitor.post("/notices/import", {**page.form(), "file": (io.BytesIO(data), "it.json")})


def sent_out(world: World, data: bytes) -> tuple[Notice, bytes]:
    """A draft made of a file, and the bundle that it is exported as."""
    telco, found = world.actors["liaison@telco"], read_any(data, NOW)
    tlp = str(max(found.text.tlp, Tlp.AMBER_STRICT, key=lambda tlp: tlp.rank))
    with writing(world.sessions) as session:
        notice = take(session, telco, world.organisations["telco"].ref, found, NOW, tlp)
        return notice, stix_of(export(session, telco, notice.ref, NOW))


def holds(text: bytes) -> dict[str, Any]:
    """The bundle, once the validator has nothing to say against it."""
    validated(text)
    return dict(json.loads(text))


def test_a_file_is_shown_first_and_becomes_a_draft_when_agreed(world: World, visit: Visit) -> None:
    liaison = visit("liaison@telco")
    shown = upload(liaison, as_bytes(EVENT))
    assert shown.status == 200
    assert "TLP:RED" in shown.words
    assert "192.0.2.7" in shown.words
    assert "details of a person" in shown.words
    with reading(world.sessions) as session:
        assert session.scalar(select(func.count()).select_from(Notice)) == 0
    made = liaison.post("/notices/import", {**shown.form(), "keep": "1"})
    page = liaison.follow(made)
    assert "Wiper in an accounting update" in page.words
    assert "update.example" in page.words
    assert 'admiralty-scale:source-reliability="b"' in page.words
    with reading(world.sessions) as session:
        notice = session.scalars(select(Notice)).one()
        assert (notice.state, notice.source_format) == ("draft", "misp")
        assert session.scalar(select(func.count()).select_from(Indicator)) == 5
        assert session.scalar(select(func.count()).select_from(NoticeTag)) == 4


@pytest.mark.parametrize("data", [b"", b"hello", b'{"document": {"csaf_version": "2.0"}}'])
def test_a_bad_file_has_its_message_next_to_the_field(visit: Visit, data: bytes) -> None:
    answer = upload(visit("liaison@telco"), data)
    assert answer.status == 422
    assert list(answer.errors()) == ["file"]


@pytest.mark.parametrize("carried", ["nonsense!", "bm90IHppcHBlZA=="])
def test_a_damaged_way_back_is_refused(visit: Visit, carried: str) -> None:
    liaison = visit("liaison@telco")
    typed = {**liaison.get("/notices/import").form(), "carried": carried, "keep": "1"}
    answer = liaison.post("/notices/import", typed)
    assert (answer.status, list(answer.errors())) == (422, ["file"])


def test_only_who_speaks_for_an_organisation_imports(visit: Visit) -> None:
    assert visit("mediator@peace").get("/notices/import").status == 200
    assert visit("observer@un").get("/notices/import").status == 403


@pytest.mark.parametrize("name", EXPECTED)
def test_each_real_file_goes_out_again_as_valid_stix(world: World, name: str) -> None:
    notice, bundle = sent_out(world, real(name))
    top = holds(bundle)
    back = read_any(bundle, NOW)
    assert (back.text.title, back.text.tlp, back.text.pap) == (notice.title, notice.tlp, notice.pap)
    assert (back.choices, back.unread, back.parts) == ((), (), ())
    marked = [set(thing.get("object_marking_refs", ())) for thing in top["objects"][3:]]
    tlp, pap = top["objects"][:2]
    assert all(refs == {tlp["id"], pap["id"]} for refs in marked)
    assert (tlp["name"], pap["name"]) == (f"TLP:{notice.tlp}", f"PAP:{notice.pap}")
    ids = [thing["id"] for thing in top["objects"]]
    assert len(ids) == len(set(ids)), "no id twice"


@pytest.mark.parametrize("tlp", Tlp)
@pytest.mark.parametrize("pap", Pap)
def test_a_round_trip_keeps_every_marking(world: World, tlp: Tlp, pap: Pap) -> None:
    data = as_bytes(event(Tag=[{"name": f"tlp:{tlp}"}, {"name": f"PAP:{pap}"}]))
    back = read_any(sent_out(world, data)[1], NOW)
    assert (back.text.tlp, back.text.pap, back.choices) == (tlp, pap, ())


def test_a_round_trip_keeps_title_marking_and_signs(world: World) -> None:
    telco = world.actors["liaison@telco"]
    with writing(world.sessions) as session:
        home = world.organisations["telco"].ref
        ref = take(session, telco, home, read_any(as_bytes(EVENT), NOW), NOW).ref
        first, second = (stix_of(export(session, telco, ref, NOW)) for _ in range(2))
    assert first == second, "the same edition gives the same bytes"
    back = read_any(first, NOW)
    signs = {(sign.type, sign.pattern or sign.value, sign.detection) for sign in back.signs}
    assert signs == {
        ("stix", "[ipv4-addr:value = '192.0.2.7']", True),
        ("sha256", "a" * 64, False),
        ("domain-name", "update.example", False),
        ("filename", "it's.exe", False),
    }, "what is not for detection goes out as observed data, and an attachment in the note"
    assert b"attachment: it.bin" in first


def test_a_bundle_becomes_a_draft(world: World) -> None:
    notice, bundle = sent_out(world, as_bytes(BUNDLE))
    assert notice.tlp == "AMBER+STRICT"
    assert notice.source_id == "report--0b9d3c5a-0000-4000-8000-000000000003"
    holds(bundle)


def test_a_marking_that_cannot_be_read_is_named_and_chosen(world: World, visit: Visit) -> None:
    liaison = visit("liaison@telco")
    odd = event(Tag=[{"name": "tlp:clear"}, {"name": "tlp 2.0:amber"}])
    shown = upload(liaison, as_bytes(odd))
    assert "tlp 2.0:amber" in shown.words
    assert "TLP:AMBER+STRICT" in shown.words
    assert not shown.page.select("input[name=tlp][checked]"), "nothing is chosen beforehand"
    for tlp in ([], ["CLEAR"], ["AMBER"], ["x"]):
        refused = liaison.post("/notices/import", {**shown.form(), "keep": "1", "tlp": tlp})
        assert (refused.status, list(refused.errors())) == (422, ["tlp"])
        assert refused.form()["carried"] == shown.form()["carried"], "the file is not lost"
    made = liaison.post("/notices/import", {**shown.form(), "keep": "1", "tlp": "RED"})
    assert "TLP:RED" in liaison.follow(made).words
    with reading(world.sessions) as session:
        assert session.scalars(select(Notice.tlp)).all() == ["RED"]


def test_one_of_several_reports_is_chosen_on_the_page(world: World, visit: Visit) -> None:
    liaison = visit("liaison@telco")
    both = [event(info=name, Tag=[{"name": "tlp:green"}]) for name in ("First", "Second")]
    shown = upload(liaison, as_bytes(both))
    assert "Second" in shown.words
    refused = liaison.post("/notices/import", {**shown.form(), "keep": "1"})
    assert (refused.status, list(refused.errors())) == (422, ["part"])
    chosen = liaison.post("/notices/import", {**shown.form(), "part": "1"})
    made = liaison.post("/notices/import", {**chosen.form(), "keep": "1"})
    assert "Second" in liaison.follow(made).words
    with reading(world.sessions) as session:
        assert session.scalars(select(Notice.title)).all() == ["Second"]


def test_a_file_is_read_outside_any_transaction(
    world: World, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    liaison, lent = visit("liaison@telco"), []
    parsed = exchange.parse

    def watched(data: bytes) -> Any:
        lent.append(cast(QueuePool, world.engine.pool).checkedout())
        return parsed(data)

    shown = upload(liaison, as_bytes(EVENT))
    monkeypatch.setattr(exchange, "parse", watched)
    made = liaison.post("/notices/import", {**shown.form(), "keep": "1"})
    assert made.status == 302
    assert lent == [0], "no connection of the database is held while a file is read"


def test_a_file_of_other_letters_finds_its_way_back(visit: Visit) -> None:
    liaison = visit("liaison@telco")
    wide = event(Tag=[{"name": "tlp:green"}], EventReport=[{"content": "ж" * 90_000}])
    shown = upload(liaison, json.dumps(wide, ensure_ascii=False).encode())
    assert liaison.post("/notices/import", {**shown.form(), "keep": "1"}).status == 302


TWICE = [
    {"type": "ip-dst", "value": "192.0.2.7", "to_ids": True, "comment": "c2"},
    {"type": "ip-dst", "value": "192.0.2.7", "to_ids": False, "comment": "seen again"},
    {"type": "ip-dst", "value": "192.0.2.7", "to_ids": True, "category": "other"},
    {"type": "ip-dst|port", "value": "192.0.2.9|443", "to_ids": True},
    {"type": "ip-src|port", "value": "2001:db8::1|443", "to_ids": False},
    {"type": "hostname|port", "value": "h.example|8080", "to_ids": False},
    {"type": "domain|ip", "value": "d.example|192.0.2.3", "to_ids": True},
    {"type": "domain|ip", "value": "d.example|192.0.2.3", "to_ids": False},
    {"type": "filename|sha256", "value": f"a.exe|{'a' * 64}", "to_ids": True},
    {"type": "filename|md5", "value": f"a.exe|{'b' * 32}", "to_ids": False},
    {"type": "yara", "value": "rule x { condition: true }", "to_ids": True},
    {"type": "yara", "value": "rule y { condition: true }", "to_ids": False},
    {"type": "ip-dst|port", "value": "192.0.2.9|99999", "to_ids": True},
    {"type": "md5", "value": "too short", "to_ids": False},
    {"type": "regkey", "value": "HKLM\\Software\\x", "to_ids": False},
    {"type": "mac-address", "value": "AA-BB", "to_ids": False},
    {"type": "email-src", "value": "no address", "to_ids": False},
    {"type": "domain", "value": "not a domain", "to_ids": False},
    {"type": "url", "value": "http://bad.example/it's\\x", "to_ids": True},
]


def test_what_is_not_for_detection_is_no_indicator(world: World) -> None:
    attributes = [{"Tag": [], **row} for row in TWICE]
    _notice, bundle = sent_out(world, as_bytes(event(Attribute=attributes)))
    things = holds(bundle)["objects"]
    ids = [thing["id"] for thing in things]
    assert len(ids) == len(set(ids))
    report = next(thing for thing in things if thing["type"] == "report")
    assert report["report_types"] == ["threat-report"]
    assert set(report["object_refs"]) <= set(ids)
    patterns = [thing["pattern"] for thing in things if thing["type"] == "indicator"]
    assert patterns == [
        "[ipv4-addr:value = '192.0.2.7']",
        "[ipv4-addr:value = '192.0.2.7']",
        "[network-traffic:dst_ref.type = 'ipv4-addr' AND network-traffic:dst_ref.value ="
        " '192.0.2.9' AND network-traffic:dst_port = 443]",
        "[domain-name:value = 'd.example' AND domain-name:resolves_to_refs[*].value = '192.0.2.3']",
        f"[file:name = 'a.exe' AND file:hashes.'SHA-256' = '{'a' * 64}']",
        "rule x { condition: true }",
        "[url:value = 'http://bad.example/it\\'s\\\\x']",
    ]
    assert sum(thing["type"] == "observed-data" for thing in things) == 5
    facts = next(thing for thing in things if thing.get("abstract", "").startswith("Facts"))
    for words in ("rule y", "192.0.2.9|99999", "too short", "HKLM", "AA-BB", "no address"):
        assert words in facts["content"]
    again = read_any(bundle, NOW)
    assert {sign.detection for sign in again.signs} == {True, False}
