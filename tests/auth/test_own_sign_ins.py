"""One's own sign-ins: listed, ended one by one or all others at once, and out of others' reach."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select

from models.signins import SignIn
from portal import signins
from portal.db import reading, writing
from tests.auth.forged import Forged, is_in, sign_in
from tests.cast import World
from tests.pages import Visitor

Stranger = Callable[[], Visitor]


def test_sign_ins_are_listed_and_ended(stranger: Stranger, forged: Forged) -> None:
    one, two = stranger(), stranger()
    sign_in(one, forged)
    sign_in(two, forged)
    page = one.get("/account/")
    forms = [str(f["action"]) for f in page.page.select("form[action*='sign-ins']")]
    assert len(forms) == 1, "this one is not offered"
    one.follow(one.post(forms[0]))
    assert is_in(one)
    assert not is_in(two)
    assert one.post(forms[0]).status == 404, "twice is too late"


def test_all_others_are_ended_at_once_and_only_the_newest_shown(
    stranger: Stranger, forged: Forged, world: World
) -> None:
    make = forged.make
    forged.make = lambda p, claims: p.sign(claims | {"sub": "liaison@cloud.example"})
    theirs = stranger()
    sign_in(theirs, forged)
    forged.make = make
    other, mine = stranger(), stranger()
    sign_in(other, forged)
    sign_in(mine, forged)
    assert "Only the newest" not in mine.get("/account/").words
    with writing(world.sessions) as session:
        row = session.scalars(select(SignIn).order_by(SignIn.id.desc()).limit(1)).one()
        columns = {c.key: getattr(row, c.key) for c in SignIn.__table__.columns if c.key != "id"}
        session.add_all(SignIn(**columns | {"key_hash": f"another {n}"}) for n in range(40))
        long_ago = columns["seen_at"] - timedelta(days=9)
        session.add(SignIn(**columns | {"key_hash": "over by itself", "seen_at": long_ago}))
    page = mine.get("/account/")
    assert len(page.page.select("form[action$='/end']")) <= signins.SHOWN
    assert "Only the newest are shown." in page.words
    done = mine.follow(mine.post("/account/sign-ins/end-others"))
    assert "41 sign-ins ended." in done.words
    assert not done.page.select("form[action*='sign-ins']")
    assert (is_in(mine), is_in(other), is_in(theirs)) == (True, False, True)
    assert "0 sign-ins ended." in mine.follow(mine.post("/account/sign-ins/end-others")).words


def test_another_persons_sign_in_is_out_of_reach(
    stranger: Stranger, forged: Forged, world: World
) -> None:
    mine, theirs = stranger(), stranger()
    sign_in(mine, forged)
    forged.make = lambda p, claims: p.sign(claims | {"sub": "liaison@cloud.example"})
    sign_in(theirs, forged)
    with reading(world.sessions) as session:
        key = session.scalar(select(SignIn.id).where(SignIn.subject == "liaison@cloud.example"))
    assert mine.post(f"/account/sign-ins/{key}/end").status == 404
    assert is_in(theirs)
