"""What monitoring reads, and who may read it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from prometheus_client.parser import text_string_to_metric_families

from models.ledger import OutboxEmail
from portal import metrics
from portal.clock import now
from portal.db import writing
from portal.version import VERSION
from tests.cast import World
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
TOKEN = "a token of the monitoring, long enough"


def samples(text: str) -> dict[str, float]:
    """All samples by name and labels."""
    return {
        f"{one.name}{sorted(one.labels.items())}": one.value
        for family in text_string_to_metric_families(text)
        for one in family.samples
    }


def test_this_machine_reads_numbers_and_nothing_else(world: World, visit: Visit) -> None:
    waited = samples(visit("nobody").client.get("/metrics").get_data(as_text=True))
    with writing(world.sessions) as session:
        session.add(
            OutboxEmail(
                cause="c",
                person_id=world.actors["liaison@telco"].person_id,
                resource_type="office",
                resource_id=1,
                template="canary-letter",
                created_at=now() - timedelta(hours=1),
                due_at=now() - timedelta(hours=1),
                next_at=now(),
            )
        )
        metrics.mark(session, metrics.BACKUP, now() - timedelta(days=1))
    answer = visit("nobody").client.get("/metrics")
    assert answer.status_code == 200
    text = answer.get_data(as_text=True)
    found = samples(text)
    assert found["good_offices_emails_waiting[]"] == waited["good_offices_emails_waiting[]"] + 1
    assert found["good_offices_emails_undeliverable[]"] == 0
    assert found["good_offices_emails_oldest_seconds[]"] > 3_500
    backup = found["good_offices_last_success_seconds[('name', 'backup')]"]
    assert backup > 86_000
    assert f"good_offices_info[('version', '{VERSION}')]" in found
    assert "canary" not in text
    assert "telco" not in text


def test_a_backup_that_never_was_has_no_age(visit: Visit) -> None:
    text = visit("nobody").client.get("/metrics").get_data(as_text=True)
    assert not [name for name in samples(text) if "last_success" in name]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Authorization": f"Bearer {TOKEN}"}, 200),
        ({"Authorization": f"Bearer {TOKEN}x"}, 404),
        ({"Authorization": "Bearer "}, 404),
        ({"Authorization": "Bearer \u00e9"}, 404),
        ({}, 404),
    ],
)
def test_with_a_token_only_who_has_it_reads_them(
    app: Flask, visit: Visit, headers: dict[str, str], status: int
) -> None:
    app.config["SETTINGS"] = replace(app.config["SETTINGS"], metrics_token=TOKEN)
    assert visit("nobody").client.get("/metrics", headers=headers).status_code == status


def test_without_a_token_nobody_else_reads_them(visit: Visit) -> None:
    client = visit("steward@portal").client
    for origin in ("192.0.2.7", "2001:db8::7", "not an address"):
        answer = client.get("/metrics", environ_overrides={"REMOTE_ADDR": origin})
        assert answer.status_code == 404, origin
    through = {"X-Forwarded-For": "192.0.2.7"}
    assert client.get("/metrics", headers=through).status_code == 404, "a proxy on this machine"
