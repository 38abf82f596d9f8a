"""The pages of commitments: written, proposed, agreed on, told of in two voices, hung together."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest

from models.commitments import Commitment, Step
from portal.clock import now
from portal.db import reading, writing
from tests.cast import World
from tests.commitments.builders import agreed, drafted, found, proposed, reported
from tests.factories import opened_process
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
TELCO, CLOUD, CERT = "liaison@telco", "liaison@cloud", "analyst@cert"


def filled(world: World, **values: object) -> dict[str, object]:
    """What a liaison of Telco types into the form of a new commitment."""
    homes = world.organisations
    return {
        "organisation": homes["telco"].ref,
        "addressee": homes["cloud"].id,
        "verifier": homes["cert"].id,
        "part_of": 0,
        "title": "Logs are kept for a year",
        "body": "All of them.",
        "how_known": "By asking for one.",
        "theme": "notice-contacts",
        "due_on": "2027-06-01",
        "every": "",
        "tlp": "AMBER+STRICT",
        "keep": "1",
    } | values


def day(ahead: int) -> str:
    return (now() + timedelta(days=ahead)).date().isoformat()


def state_of(world: World, ref: str) -> str:
    with reading(world.sessions) as session:
        return session.query(Commitment).filter_by(ref=ref).one().state


def made(world: World, make: Callable[..., Commitment], *readers: str, **values: object) -> str:
    with writing(world.sessions) as session:
        return make(session, world, *readers, **values).ref


def test_from_a_blank_form_to_a_commitment_in_force(world: World, visit: Visit) -> None:
    telco, cloud = visit(TELCO), visit(CLOUD)
    assert telco.get("/commitments/new").status == 200
    look = telco.post("/commitments/new", filled(world, look="1"))
    assert "Cloud liaison" in look.words
    page = telco.follow(telco.post("/commitments/new", filled(world)))
    ref = page.page.select("title")[0].get_text().split(" · ")[1]
    assert cloud.get(f"/commitments/{ref}").status == 404, "a draft never leaves its side"
    assert telco.get(f"/commitments/{ref}/propose").status == 200
    late = telco.post(f"/commitments/{ref}/propose", {"answer_by_on": "2020-01-01"})
    assert (late.status, "passed" in late.errors()["answer_by_on"]) == (422, True)
    telco.follow(telco.post(f"/commitments/{ref}/propose", {"answer_by_on": day(9)}))
    page = cloud.get(f"/commitments/{ref}")
    assert "Cloud responds to the proposal" in page.words
    assert cloud.get(f"/commitments/{ref}/accept").status == 200
    page = cloud.follow(cloud.post(f"/commitments/{ref}/accept"))
    assert "in force" in page.words
    assert state_of(world, ref) == "in-force"
    assert ref in telco.get("/commitments/").words


def test_an_addressee_counters_and_the_promisor_accepts(world: World, visit: Visit) -> None:
    ref = made(world, proposed, at=now(), due_on=(now() + timedelta(days=60)).date())
    telco, cloud = visit(TELCO), visit(CLOUD)
    form = cloud.get(f"/commitments/{ref}/counter").form()
    form |= {"title": ["Logs are kept for two years"], "why": ["One is too short."]}
    cloud.follow(cloud.post(f"/commitments/{ref}/counter", form))
    page = telco.get(f"/commitments/{ref}")
    assert "Telco responds to the proposal" in page.words
    compared = telco.get(f"/commitments/{ref}/read-terms/2")
    assert compared.status == 200
    assert "Logs are kept for two years" in compared.words
    telco.follow(telco.post(f"/commitments/{ref}/accept"))
    assert state_of(world, ref) == "in-force"


def test_evidence_is_a_file_or_a_link_with_its_digest(world: World, visit: Visit) -> None:
    ref = made(world, agreed, at=now())
    telco, cloud = visit(TELCO), visit(CLOUD)
    where = f"/commitments/{ref}/add-evidence"
    file = {"title": "The rota", "file": (BytesIO(b"Mon to Sun"), "rota.txt"), "replaces": ""}
    telco.follow(telco.post(where, file))
    bare = telco.post(where, {"title": "Rota", "link": "https://telco.example", "replaces": ""})
    assert bare.errors().keys() == {"sha256"}
    page = cloud.get(f"/commitments/{ref}")
    link = page.page.select_one("a[href*='/evidence/']")
    assert link is not None
    got = cloud.client.get(str(link["href"]))
    assert (got.data, got.headers["Content-Disposition"]) == (
        b"Mon to Sun",
        "attachment; filename=rota.txt",
    )


def test_terms_change_only_by_consent_and_word_by_word(world: World, visit: Visit) -> None:
    ref = made(world, agreed, "peace", at=now())
    telco, cloud, mediator = visit(TELCO), visit(CLOUD), visit("mediator@peace")
    form = telco.get(f"/commitments/{ref}/amend").form()
    form |= {"body": ["Never again."], "why": ["Clearer."]}
    telco.follow(telco.post(f"/commitments/{ref}/amend", form))
    page = cloud.get(f"/commitments/{ref}")
    asked = page.page.select_one("a[href*='/asked/']")
    assert asked is not None
    assert "Never again." in cloud.get(str(asked["href"])).words
    assert mediator.get(str(asked["href"])).status == 403, "what is asked is the parties' business"
    assert "Never again." not in mediator.get(f"/commitments/{ref}").words
    cloud.follow(cloud.post(f"/commitments/{ref}/consent"))
    assert "Never again." in mediator.get(f"/commitments/{ref}").words


def test_a_release_needs_both(world: World, visit: Visit) -> None:
    ref = made(world, agreed, at=now())
    telco, cloud = visit(TELCO), visit(CLOUD)
    cloud.follow(cloud.post(f"/commitments/{ref}/ask-release", {"why": "No longer needed."}))
    assert cloud.post(f"/commitments/{ref}/release").status == 403
    telco.follow(telco.post(f"/commitments/{ref}/release"))
    assert state_of(world, ref) == "released"


def test_the_overview_narrows_and_looks_further(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        for n in range(30):
            promise = agreed(session, world, title=f"Promise {n}", at=now() - timedelta(days=1))
        reported(session, world, promise.ref, at=now())
        found(session, world, promise.ref, Step.FULL, at=now())
    telco = visit(TELCO)
    page = telco.get("/commitments/")
    assert len(page.page.select("main tbody tr")) == 25
    further = page.page.find("a", string="Search further")
    assert further is not None
    assert len(telco.get(str(further["href"])).page.select("main tbody tr")) == 4
    over = telco.get("/commitments/?state=over")
    assert [promise.ref in over.words, len(over.page.select("main tbody tr"))] == [True, 1]
    assert len(telco.get("/commitments/?theme=rights").page.select("main tbody tr")) == 0
    bank = world.organisations["bank"].id
    assert len(telco.get(f"/commitments/?party={bank}").page.select("main tbody tr")) == 0
    assert telco.get("/commitments/?party=x&due=soon&norm=odd&after=_&state=y").status == 200


def test_a_process_that_one_may_not_know_narrows_to_nothing(world: World, visit: Visit) -> None:
    with writing(world.sessions) as session:
        process = opened_process(session, world, "telco")
        shown = agreed(session, world, "liaison@bank", process=process.id, at=now())
    bank, telco = visit("liaison@bank"), visit(TELCO)
    assert shown.ref in bank.get("/commitments/").words
    assert shown.ref in telco.get(f"/commitments/?part_of={process.id}").words
    assert shown.ref not in bank.get(f"/commitments/?part_of={process.id}").words


@pytest.mark.parametrize("days", [2, 20, 22, 90])
def test_the_suggested_day_is_one_that_can_be_proposed(
    world: World, visit: Visit, days: int
) -> None:
    ref = made(world, drafted, at=now(), due_on=(now() + timedelta(days=days)).date())
    telco = visit("liaison@telco")
    page = telco.get(f"/commitments/{ref}/propose")
    assert "proposed" in telco.follow(telco.post(f"/commitments/{ref}/propose", page.form())).words
