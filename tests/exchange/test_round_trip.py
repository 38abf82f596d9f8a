"""Claims and harm go out as STIX and MISP and come back: nothing lost, unknown never 0."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given

from models.vocabulary import Tlp
from portal.claims import ClaimText
from portal.exchange import Said, hear, misp_of_said, stix_of_said
from portal.exchange.plain import as_far_as_read, as_texts, from_texts, harm_of, plain_harm
from portal.harm import Amount, HarmText
from tests.cast import NOW
from tests.claims.builders import text as claim_text
from tests.exchange.said import amounts, claims, harms, out_claim, out_harm
from tests.exchange.valid import validated
from tests.harm.builders import text as harm_text

LATER = NOW + timedelta(days=1)


def expected_claim(text: ClaimText) -> ClaimText:
    """The same for whoever imports it: a claim of its producer, from others."""
    claimant = text.claimant or "Telco"
    return replace(text, claimant=claimant, verified=as_far_as_read(text.verified))


def expected_harm(text: HarmText) -> HarmText:
    return replace(text, verified=as_far_as_read(text.verified))


@given(claims())
def test_a_claim_comes_back_from_stix(text: ClaimText) -> None:
    back = hear(json.loads(stix_of_said(Said([out_claim(text)]))), LATER)
    assert [one.text for one in back.claims] == [expected_claim(text)]
    assert (back.claims[0].problems, back.left) == ({}, ())


@given(harms())
def test_harm_comes_back_from_stix(text: HarmText) -> None:
    back = hear(json.loads(stix_of_said(Said(harm=[out_harm(text)]))), LATER)
    assert [one.text for one in back.harm] == [expected_harm(text)]
    assert (back.harm[0].problems, back.left) == ({}, ())


def no_red(tlp: Tlp) -> Tlp:
    """A marking that an event of MISP can have."""
    return Tlp.AMBER_STRICT if tlp == Tlp.RED else tlp


@given(claims(), harms())
def test_both_come_back_from_misp_no_wider(claim: ClaimText, row: HarmText) -> None:
    claim, row = (
        replace(one, tlp=min(one.tlp, Tlp.AMBER_STRICT, key=lambda tlp: tlp.rank))
        for one in (claim, row)
    )
    back = hear(json.loads(misp_of_said(Said([out_claim(claim)], [out_harm(row)]))), LATER)
    (heard,), (of_row,) = back.claims, back.harm
    assert replace(heard.text, tlp=claim.tlp) == expected_claim(claim)
    assert replace(of_row.text, tlp=row.tlp) == expected_harm(row)
    assert heard.text.tlp.rank >= claim.tlp.rank
    assert of_row.text.tlp.rank >= row.tlp.rank


@given(amounts())
def test_what_is_not_known_is_never_0_and_0_stays_0(amount: Amount) -> None:
    plain = plain_harm(harm_text(amount=amount))
    for part in (amount.lower, amount.best, amount.upper):
        assert (part == 0) == (part is not None and str(part) == "0")
    for held in (plain, from_texts(as_texts(plain)), json.loads(json.dumps(plain))):
        back = harm_of(held, Tlp.AMBER).amount
        assert back == amount
    lone = [name for name in ("lower", "best", "upper") if getattr(amount, name) is None]
    assert all(plain[name] == "not known" for name in lone)


@pytest.mark.parametrize("bad", [True, "", "none", "-1", -1, 1.0, "0.0", [], {}, "1e3"])
def test_a_garbled_part_is_refused_and_not_guessed(bad: object) -> None:
    bundle = json.loads(
        stix_of_said(Said(harm=[out_harm(harm_text(who="A", said_by="B", source_title="C"))]))
    )
    for thing in bundle["objects"]:
        for inside in thing.get("extensions", {}).values():
            if "harm" in inside:
                inside["harm"]["best"] = bad
    back = hear(bundle, LATER)
    assert back.harm == ()
    assert len(back.left) == 1


def test_a_part_that_is_left_out_is_not_known() -> None:
    plain = plain_harm(harm_text(amount=Amount(best=3, unit="servers")))
    assert harm_of({k: v for k, v in plain.items() if k != "lower"}, Tlp.AMBER).amount.lower is None


@pytest.mark.parametrize("stance", ["doubts", "denies"])
def test_a_denial_comes_back_with_what_it_answers(stance: str) -> None:
    first = out_claim(claim_text(source_title="Report"))
    second = claim_text(source_title="Page", stance=stance, title="It did not")
    out = Said([first, out_claim(second, "A-26-BBBBBB", answers=first.ref)])
    bundle = stix_of_said(out)
    validated(bundle)
    for data in (bundle, misp_of_said(out)):
        claim, denial = hear(json.loads(data), LATER).claims
        assert (denial.text.stance, denial.answers) == (stance, claim.key)
        assert denial.problems == {}
    kinds = [thing["type"] for thing in json.loads(bundle)["objects"]]
    assert kinds.count("opinion") == 1
    assert kinds.count("relationship") == 1, "a denial attributes nothing"


def test_a_denial_of_what_is_not_in_the_file_is_not_taken() -> None:
    text = claim_text(source_title="Page", stance="denies")
    bundle = json.loads(stix_of_said(Said([out_claim(text, answers="A-26-CCCCCC")])))
    back = hear(bundle, LATER)
    assert back.claims == ()
    assert len(back.left) == 1


@pytest.mark.parametrize(
    "scale", [("icd-203", "likely"), ("phia", "likely"), ("admiralty", "6"), ("", "")]
)
def test_the_word_stays_beside_its_number(scale: tuple[str, str]) -> None:
    text = claim_text(scale=scale[0], confidence=scale[1])
    data = stix_of_said(Said([out_claim(text)], [out_harm(harm_text(said_by="A", who="B"))]))
    validated(data)
    tie = next(thing for thing in json.loads(data)["objects"] if thing["type"] == "relationship")
    assert tie.get("confidence") == (70 if scale[0] == "icd-203" else None), "absent is not 0"
    held = next(
        inside["claim"]
        for thing in json.loads(data)["objects"]
        for inside in thing.get("extensions", {}).values()
        if "claim" in inside
    )
    assert ("confidence_lost" in held, held.get("confidence")) == (bool(scale[0]), scale[1] or None)
