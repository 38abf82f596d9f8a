"""The public pages: no sign-in, no cookie, the same bytes whatever else the portal holds."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from xml.etree import ElementTree as ET

from flask import Flask

from portal import releases
from portal.db import writing
from tests.cast import World
from tests.claims import builders as claims
from tests.exchange.valid import validated
from tests.factories import published as notice_of
from tests.harm import builders as harm
from tests.pages import Visitor, nobody
from tests.releases.builders import (
    COOLED,
    TELCO,
    confirmed,
    drafted,
    joint,
    out,
    released,
)

Visit = Callable[[str], Visitor]
DAY = timedelta(days=1)
ATOM = "{http://www.w3.org/2005/Atom}"


def paths(ref: str) -> tuple[str, ...]:
    return (
        "/public/",
        f"/public/{ref}",
        f"/public/{ref}/json",
        f"/public/{ref}/stix",
        "/public/feed.atom",
        "/public/check",
        f"/public/check?sha256={'a' * 64}",
    )


def seen(app: Flask, ref: str) -> dict[str, tuple[int, bytes, str]]:
    found = {}
    for path in paths(ref):
        answer = nobody(app).get(path)
        found[path] = (answer.status, answer.body, answer.headers["ETag"])
    return found


def test_it_is_the_same_with_and_without_everything_else(
    app: Flask, world: World, visit: Visit
) -> None:
    with writing(world.sessions) as session:
        ref = released(session, world).ref
    before = seen(app, ref)
    with writing(world.sessions) as session:
        notice_of(session, world, "peace", title="Another wiper")
        claims.asked(session, world)
        harm.published(session, world, "peace")
        drafted(session, world, title="Not out yet")
        confirmed(session, world, drafted(session, world, title="Being agreed"))
        confirmed(session, world, joint(session, world, title="Not signed"))
        # A correction that is on its way changes nothing outside.
        actor = world.actors[TELCO]
        draft = releases.correct(session, actor, ref, why="A word.", now=COOLED)
        said = releases.text_of(draft, **releases.parties_chosen(session, draft))
        changed = type(said)(**{**vars(said), "title": "Something else"})
        releases.edit(session, actor, ref, text=changed, version=draft.version, now=COOLED)
    assert seen(app, ref) == before
    for path in paths(ref):  # whoever is signed in reads the same bytes
        assert visit(TELCO).get(path).body == before[path][1], path


def test_nothing_but_what_was_released_is_there(app: Flask, world: World) -> None:
    with writing(world.sessions) as session:
        refs = [drafted(session, world).ref, confirmed(session, world, drafted(session, world)).ref]
        refs.append(notice_of(session, world, "peace").ref)
    absent = nobody(app).get("/public/W-26-000000")
    assert absent.status == 404
    for ref in refs:
        for part in ("", "/json", "/stix"):
            answer = nobody(app).get(f"/public/{ref}{part}")
            assert (answer.status, answer.body) == (404, absent.body), ref
            assert "no-store" in answer.headers["Cache-Control"]


def test_the_bundle_that_is_handed_out_is_valid_stix(app: Flask, world: World) -> None:
    with writing(world.sessions) as session:
        ref = released(session, world).ref
    validated(nobody(app).get(f"/public/{ref}/stix").body)


def test_no_cookie_is_set_or_asked_for_and_caches_may_keep_it(app: Flask, world: World) -> None:
    with writing(world.sessions) as session:
        ref = released(session, world).ref
    for path in paths(ref):
        answer = nobody(app).get(path)
        assert "Set-Cookie" not in answer.headers, path
        assert "Vary" not in answer.headers, path
        assert answer.headers["Cache-Control"] == "public, max-age=300"
        again = nobody(app).get(path, **{"If-None-Match": answer.headers["ETag"]})
        assert (again.status, again.body) == (304, b""), path
        assert "Set-Cookie" not in again.headers
        assert "Vary" not in again.headers


def test_what_is_absent_sets_no_cookie_either(app: Flask) -> None:
    assert "Set-Cookie" not in nobody(app).get("/public/W-26-000000").headers


def test_the_feed_is_what_readers_of_feeds_take(app: Flask, world: World) -> None:
    with writing(world.sessions) as session:
        ref = released(session, world, title="Fish & <chips>", body="A \x0b wiper \ufffe.").ref
    feed = ET.fromstring(nobody(app).get("/public/feed.atom").body)  # our own
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Fish & <chips>"
    assert (entry.findtext(f"{ATOM}id") or "").endswith(f"/public/{ref}")
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Telco"
    assert feed.findtext(f"{ATOM}updated") == COOLED.isoformat()


def test_a_copy_is_checked_by_its_sha256(app: Flask, world: World) -> None:
    with writing(world.sessions) as session:
        ref = released(session, world).ref
    public = nobody(app)
    copies = [public.get(f"/public/{ref}/{part}").body for part in ("json", "stix")]
    digests = [hashlib.sha256(copy).hexdigest() for copy in copies]

    def said(digest: str) -> str:
        return public.get(f"/public/check?sha256={digest}").words

    for digest in digests:
        assert "This copy is current" in said(digest)
    assert "This copy is current" in said(f" {digests[0].upper()} ")
    assert "Not a released text" in said("0" * 64)
    assert "Not a released text" in said("x")
    with writing(world.sessions) as session:
        actor = world.actors[TELCO]
        draft = releases.correct(session, actor, ref, why="A word.", now=COOLED)
        # What is agreed on inside is no released text: nobody learns of it here.
        release = confirmed(session, world, draft)
        assert "Not a released text" in said(release.digest)
        out(session, world, release, at=COOLED + DAY)
    assert "an earlier version" in said(digests[0])
    with writing(world.sessions) as session:
        releases.withdraw(session, world.actors[TELCO], ref, why="It was wrong.", now=COOLED + DAY)
    assert "was withdrawn" in said(digests[0])


def test_the_list_goes_on_page_by_page(app: Flask, world: World) -> None:
    with writing(world.sessions) as session:
        refs = {released(session, world, title=f"Text {n}").ref for n in range(27)}
    public, found = nobody(app), set()
    page = public.get("/public/")
    for _turn in range(2):
        found |= {ref for ref in refs if f"/public/{ref}" in page.text}
        more = page.page.select("a.btn[href^='/public/?after=']")
        if more:
            page = public.get(str(more[0]["href"]))
    assert found == refs
