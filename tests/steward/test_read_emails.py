"""Reading which e-mails did not arrive, and what is wrong with the mail server."""

from collections.abc import Callable
from dataclasses import replace

from flask import Flask

from tests.cast import World
from tests.jobs.peer import at, peer
from tests.pages import Visitor

Visit = Callable[[str], Visitor]


def test_the_page_and_readiness_say_what_is_wrong_with_the_mail_server(
    dead: World, visit: Visit, app: Flask
) -> None:
    steward = visit("steward@portal")
    steward.post("/steward/retry-all")
    healthy = app.test_client().get("/readyz")
    assert healthy.status_code == 200
    assert healthy.json is not None
    assert healthy.json["jobs"] == {"timekeeping": False, "delivery": False}
    assert healthy.json["mail"]["fault"] == ""
    assert (healthy.json["mail"]["waiting"], healthy.json["mail"]["undeliverable"]) == (3, 1)
    with peer(at("mail", "530 5.7.0 sign in first")) as bad:
        app.config["SETTINGS"] = replace(app.config["SETTINGS"], smtp_url=bad.url)
        assert app.test_cli_runner().invoke(args=["jobs", "once"]).exit_code == 0
        tried = app.test_cli_runner().invoke(args=["mail", "test", "somebody@else.example"])
        assert tried.exit_code == 1
        assert "failed at mail: 530 5.7.0 sign in first" in tried.output
    ready = app.test_client().get("/readyz")
    assert ready.status_code == 200
    assert ready.json is not None
    assert ready.json["jobs"] == {"timekeeping": True, "delivery": True}
    assert ready.json["mail"]["fault"] == "mail"
    assert ready.json["mail"]["waiting"] >= 3
    assert ready.json["mail"]["oldest_seconds"] >= 0
    assert "530 " not in ready.text
    page = steward.get("/steward/read-emails")
    assert "The mail server accepts no e-mails." in page.words
    assert "530 5.7.0 sign in first" in page.words
    assert "accepts no e-mails (stage: mail)" in steward.get("/steward/").words
    with peer() as good:
        app.config["SETTINGS"] = replace(app.config["SETTINGS"], smtp_url=good.url)
        tried = app.test_cli_runner().invoke(args=["mail", "test", "somebody@else.example"])
        assert tried.exit_code == 0
        assert [to for _id, to in good.taken] == ["somebody@else.example"]
        bad_address = app.test_cli_runner().invoke(args=["mail", "test", "no address"])
        assert bad_address.exit_code == 1
    after = app.test_client().get("/readyz").json
    assert after is not None
    assert after["mail"]["fault"] == ""
    assert after["mail"]["privacy"] == "on this machine"
    settings = replace(app.config["SETTINGS"], smtp_url="smtp://relay.example:25?tls=off")
    app.config["SETTINGS"] = settings
    bare = app.test_client().get("/readyz").json
    assert bare is not None
    assert bare["mail"]["privacy"] == "not encrypted"
