"""Replies and withdrawals leave, come back and leave again: of whoever said them, and unchanged."""

import json
from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.vocabulary import Tlp
from portal.claims import ClaimText, Quoted, QuotedSort
from portal.exchange import HeardClaim, Said, hear, misp_of_said, stix_of_said
from portal.exchange.said import Home, OutClaim, Reply
from tests.cast import NOW
from tests.claims.builders import text as claim_text
from tests.exchange.said import claims, out_claim, quoted
from tests.exchange.test_round_trip import expected_claim
from tests.exchange.valid import validated

LATER = NOW + timedelta(days=1)
PEACE = Home("O-26-BBBBBB", "Peace", NOW)


@st.composite
def with_quoted(draw: Any) -> OutClaim:
    """A claim with what its file quotes, and with replies that were given here."""
    text = draw(claims())
    held = draw(quoted(text.tlp))
    gone = any(one.sort == QuotedSort.WITHDRAWAL for one in held)
    said = [Reply("Cloud", n, NOW, f"No ({n})") for n in range(draw(st.integers(0, 2)))]
    return out_claim(text, quoted=held, replies=said, revoked=gone)


def again(one: HeardClaim) -> OutClaim:
    """The draft of whoever imported it, on its way out."""
    gone = any(each.sort == QuotedSort.WITHDRAWAL for each in one.quoted)
    return out_claim(one.text, "A-26-QQQQQQ", home=PEACE, quoted=one.quoted, revoked=gone)


def plain(one: Quoted) -> dict[str, Any]:
    """All of it but the moment, which `written` says to the last digit."""
    return {each.name: getattr(one, each.name) for each in fields(one) if each.name != "at"}


def test_all_that_is_quoted_comes_back() -> None:
    """Each of these is found by the property below; this says it for one who reads."""
    reply = Reply("Cloud", 2, NOW, "We had no part in it.")
    first = out_claim(claim_text(source_title="Report"), replies=[reply])
    for data in (stix_of_said(Said([first])), misp_of_said(Said([first]))):
        (one,) = hear(json.loads(data), LATER).claims
        (back,) = one.quoted
        assert (back.sort, back.said_by, back.edition, back.at) == ("reply", "Cloud", 2, NOW)
        assert (back.text, back.tlp) == ("We had no part in it.", first.text.tlp)
        assert "no part" not in one.text.body


@given(with_quoted())
def test_stix_out_in_and_out_gives_the_same_objects(claim: OutClaim) -> None:
    data = json.loads(stix_of_said(Said([claim])))
    (one,) = hear(data, LATER).claims
    assert one.text == expected_claim(claim.text)
    second = json.loads(stix_of_said(Said([again(one)])))
    assert replies(second) == replies(data), "what others said is the same object"
    assert sameness(second) == sameness(data)
    third = json.loads(stix_of_said(Said([again(hear(second, LATER).claims[0])])))
    assert third == second


@given(with_quoted())
def test_misp_out_in_and_out_gives_the_same_objects(claim: OutClaim) -> None:
    tlp = min(claim.text.tlp, Tlp.AMBER_STRICT, key=lambda tlp: tlp.rank)
    held = [replace(one, tlp=min(Tlp(one.tlp), tlp, key=lambda x: x.rank)) for one in claim.quoted]
    claim = replace(claim, text=replace(claim.text, tlp=tlp), quoted=held)
    data = json.loads(misp_of_said(Said([claim])))
    (one,) = hear(data, LATER).claims
    assert replace(one.text, tlp=tlp) == expected_claim(claim.text)
    second = json.loads(misp_of_said(Said([again(replace(one, text=replace(one.text, tlp=tlp)))])))
    found, first = (
        [each for each in every["Event"]["Object"] if each["name"].endswith("reply")]
        for every in (second, data)
    )
    assert [values(each) for each in found] == [values(each) for each in first]
    assert [each["uuid"] for each in found] == [each["uuid"] for each in first]
    assert [each["timestamp"] for each in found] == [each["timestamp"] for each in first]


@given(with_quoted())
def test_a_reply_goes_from_one_format_to_the_other(claim: OutClaim) -> None:
    tlp = min(claim.text.tlp, Tlp.AMBER_STRICT, key=lambda tlp: tlp.rank)
    held = [replace(one, tlp=tlp) for one in claim.quoted]
    claim = replace(claim, text=replace(claim.text, tlp=tlp), quoted=held)
    data = stix_of_said(Said([claim]))
    (one,) = hear(json.loads(data), LATER).claims
    (other,) = hear(json.loads(misp_of_said(Said([claim]))), LATER).claims
    # An event for one organisation alone makes the claim stricter, and its withdrawal with it.
    of_misp, of_stix = (
        [plain(each) for each in every.quoted if each.sort == QuotedSort.REPLY]
        for every in (other, one)
    )
    assert of_misp == of_stix
    assert len(other.quoted) == len(one.quoted)


def replies(bundle: dict[str, Any]) -> list[dict[str, Any]]:
    """The replies in a bundle and whoever gave them, to the last field."""
    refs = {
        ref
        for thing in bundle["objects"]
        for inside in thing.get("extensions", {}).values()
        for ref in (inside.get("reply_refs", ()) if isinstance(inside, dict) else ())
    }
    notes = [thing for thing in bundle["objects"] if thing["id"] in refs]
    makers = {note.get("created_by_ref") for note in notes}
    return [thing for thing in bundle["objects"] if thing["id"] in refs | makers]


def sameness(bundle: dict[str, Any]) -> list[Any]:
    """All objects but for what must differ: ids and times of what the importer now says itself."""
    same = {thing["id"] for thing in replies(bundle)}
    names = {
        thing["id"]: f"{thing['type']} {n}"
        for n, thing in enumerate(bundle["objects"])
        if thing["id"] not in same
    }
    found = []
    for thing in bundle["objects"]:
        if thing["id"] not in same:
            own = {k: v for k, v in thing.items() if k not in ("created", "modified")}
            own.pop("object_marking_refs", None) if thing["type"] == "identity" else None
            own["external_references"] = own.get("external_references", [])[1:]
            text = json.dumps(own, sort_keys=True)
            for key, name in names.items():
                text = text.replace(key, name)
            found.append(text.replace('"claimant": "Telco", ', ""))
    return [without_verified(text) for text in found]


def without_verified(text: str) -> Any:
    """An object without how far it is verified: whoever imports has it from others."""
    thing = json.loads(text)
    for inside in thing.get("extensions", {}).values():
        if isinstance(inside, dict) and "claim" in inside:
            inside["claim"].pop("verified")
    return thing


def values(thing: dict[str, Any]) -> dict[str, Any]:
    """What an object of MISP says, with its markings; the claim that it answers has a new key."""
    rows = thing["Attribute"]
    return {
        row["object_relation"]: (row["value"], row["Tag"])
        for row in rows
        if row["object_relation"] != "answers"
    }


def bundle(text: ClaimText | None = None) -> dict[str, Any]:
    """A claim with one reply, as a bundle."""
    said = [Reply("Cloud", 1, NOW, "No.")]
    claim = out_claim(text or claim_text(source_title="Report"), replies=said)
    whole: dict[str, Any] = json.loads(stix_of_said(Said([claim])))
    return whole


def reply_in(whole: dict[str, Any]) -> dict[str, Any]:
    """The note of the reply in it."""
    found = next(thing for thing in replies(whole) if thing["type"] == "note")
    return dict(found)


def changed(**values: Any) -> dict[str, Any]:
    """A bundle of which the reply says something else; None takes a field away."""
    whole = bundle()
    key = reply_in(whole)["id"]
    for thing in whole["objects"]:
        if thing["id"] == key:
            thing |= values
            for name in [name for name, value in values.items() if value is None]:
                del thing[name]
    return whole


RED = "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1"


def test_a_stricter_reply_makes_the_claim_stricter_and_keeps_its_own_marking() -> None:
    whole = changed(object_marking_refs=[RED])
    (one,) = hear(whole, LATER).claims
    assert one.text.tlp == "RED"
    assert [each.tlp for each in one.quoted] == ["RED"]


def test_a_reply_of_nobody_stays_one_of_nobody() -> None:
    (one,) = hear(changed(created_by_ref=None), LATER).claims
    (reply,) = one.quoted
    assert (reply.said_by, reply.maker) == ("", "")
    validated(stix_of_said(Said([again(one)])))


def test_a_reply_that_is_not_in_the_file_is_named_as_left() -> None:
    whole = bundle()
    key = reply_in(whole)["id"]
    whole["objects"] = [thing for thing in whole["objects"] if thing["id"] != key]
    back = hear(whole, LATER)
    assert [one.quoted for one in back.claims] == [()]
    assert [each.values["sort"] for each in back.left] == ["reply"]


def test_a_reply_that_its_author_revoked_is_not_taken() -> None:
    back = hear(changed(revoked=True), LATER)
    assert [one.quoted for one in back.claims] == [()]
    assert [each.values["sort"] for each in back.left] == ["reply"]


@pytest.mark.parametrize("bad", ["a\0b", "\ud83d", 7, {}])
def test_a_reply_that_cannot_be_kept_refuses_its_claim(bad: object) -> None:
    back = hear(changed(content=bad), LATER)
    assert back.claims == ()
    assert len(back.left) == 1


def test_a_long_reply_is_not_cut() -> None:
    long = "Öffentlich bestritten 🙂. " * 800
    (one,) = hear(changed(content=long[:20_000]), LATER).claims
    assert one.good
    assert one.quoted[0].text == long[:20_000]


def test_a_reply_that_is_too_long_is_a_fault_of_its_row() -> None:
    (one,) = hear(changed(content="x" * 20_001), LATER).claims
    assert not one.good
    assert "quoted" in one.problems


def test_a_withdrawn_claim_comes_back_with_its_withdrawal() -> None:
    text = claim_text(source_title="Report")
    gone = out_claim(text, revoked=True, withdrawn_at=NOW, withdrawn_why="We were wrong.")
    data = stix_of_said(Said([gone]))
    validated(data)
    for made in (data, misp_of_said(Said([gone]))):
        (one,) = hear(json.loads(made), LATER).claims
        (end,) = one.quoted
        assert (end.sort, end.said_by, end.text) == ("withdrawal", "Telco", "We were wrong.")
        assert end.at == NOW
        out = json.loads(stix_of_said(Said([again(one)])))
        note = next(thing for thing in out["objects"] if thing["type"] == "note")
        assert note["revoked"] is True


def test_what_was_revoked_without_a_word_is_named_as_left() -> None:
    whole = bundle()
    for thing in whole["objects"]:
        thing["revoked"] = thing["type"] in ("note", "relationship")
    back = hear(whole, LATER)
    assert back.claims == ()
    assert back.left


def test_a_withdrawn_claim_does_not_revoke_its_reply() -> None:
    said = [Reply("Cloud", 1, NOW, "No.")]
    gone = out_claim(claim_text(), replies=said, revoked=True, withdrawn_at=NOW)
    whole = json.loads(stix_of_said(Said([gone])))
    assert "revoked" not in reply_in(whole)
