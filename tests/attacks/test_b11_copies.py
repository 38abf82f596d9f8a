"""Attack case B11: whoever takes a copy is in the receipts of what it is a copy of.

Every address that can be read is asked for; what is no page of the portal is a copy, unless it is
named here as none. The receipts name who took it, in which format and when, for every resource in
it. A new export without receipts fails.
"""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from portal.db import writing
from portal.receipts import FORMATS
from tests.attacks.families import family
from tests.attacks.test_b_commitments import filled
from tests.cast import World
from tests.dialogues.builders import ORGANISER
from tests.pages import Visitor

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800), pytest.mark.walk]

Visit = Callable[[str], Visitor]
# Neither pages nor copies of a resource, and a page to be printed, which is one.
NO_COPY = {"static", "health.alive", "health.ready", "health.metrics", "feeds.calendar"}
# Shows what is due in the two weeks from today: its receipts are tested in tests/duty_sheet.
NO_COPY |= {"duty_sheet.export"}
# What of the family's people is in the directory is empty here; tests/contacts has its receipts.
NO_COPY |= {"contacts.export_many"}
# Organisations have no receipts; tests/stakeholders has what the trail says.
NO_COPY |= {"stakeholders.selected_csv"}
# What is public is taken by whoever wants it, and nobody keeps who.
NO_COPY |= {"public.feed", "public.as_json", "public.as_stix"}
PRINTS = {"commitments.print_overview": "HTML"}
# Who takes each copy, of which of the family, what the receipts call it, and whose receipts.
TELCO, CLOUD, READER = "liaison@telco", "liaison@cloud", "mediator@peace"
COPIES = {
    "notices.download": (READER, "notice", "note.txt", TELCO),
    "notices.export": (READER, "notice", FORMATS["stix"], TELCO),
    "notices.export_together": (READER, "notice", FORMATS["stix"], TELCO),
    "notices.export_misp": (READER, "notice", FORMATS["misp"], TELCO),
    "notices.selected_csv": (READER, "notice", FORMATS["csv"], TELCO),
    "commitments.download": (CLOUD, "promise", "rota.txt", TELCO),
    "commitments.overview_csv": (CLOUD, "promise", FORMATS["csv"], TELCO),
    "commitments.overview_xlsx": (CLOUD, "promise", FORMATS["xlsx"], TELCO),
    "commitments.overview_pdf": (CLOUD, "promise", FORMATS["pdf"], TELCO),
    "commitments.print_overview": (CLOUD, "promise", FORMATS["print"], TELCO),
    "commitments.export": (CLOUD, "promise", FORMATS["pdf"], TELCO),
    "exercises.export": (READER, "exercise_over", FORMATS["pdf"], READER),
    "dialogues.export_agenda": (TELCO, "dialogue", FORMATS["pdf"], ORGANISER),
    "dialogues.selected_csv": (TELCO, "dialogue", FORMATS["csv"], ORGANISER),
    "dialogues.export_invited": (TELCO, "dialogue", FORMATS["pdf"], ORGANISER),
    "records.selected_csv": (CLOUD, "record", FORMATS["csv"], ORGANISER),
    "records.export": (CLOUD, "record", FORMATS["pdf"], ORGANISER),
}
FILES = {"notices.download": "file", "commitments.download": "evidence"}
NOUN = {
    "exercise_over": "exercises",
    "notice": "notices",
    "promise": "commitments",
    "record": "records",
    "dialogue": "dialogues",
}


@pytest.fixture
def made(app: Flask, world: World) -> dict[str, str]:
    with writing(world.sessions) as session:
        return family(session, world, app.extensions["store"])


def address(app: Flask, endpoint: str, made: dict[str, str], word: str) -> str:
    (rule,) = [r for r in app.url_map.iter_rules() if r.endpoint == endpoint]
    if endpoint.endswith(".selected_csv"):
        return f"{rule.rule}?ref={made[word]}"
    values = {"ref": made[word], "file_ref": made.get(FILES.get(endpoint, ""), "")}
    return filled(rule.rule, values)


def test_whatever_is_no_page_is_known_as_a_copy(
    app: Flask, made: dict[str, str], visit: Visit
) -> None:
    found, visitor = set[str](), visit(TELCO)
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint.startswith("auth."):
            continue
        if rule.endpoint in COPIES or rule.endpoint in NO_COPY:
            continue
        words = [word for word, noun in NOUN.items() if rule.endpoint.startswith(f"{noun}.")]
        for ref in [made[word] for word in words] or ["1"]:
            values = dict.fromkeys(rule.arguments, "1") | {"ref": ref}
            answer = visitor.client.get(filled(rule.rule, values))
            attached = "attachment" in answer.headers.get("Content-Disposition", "")
            if answer.status_code == 200 and (attached or answer.mimetype != "text/html"):
                found.add(rule.endpoint)
    assert found == set()


def test_each_copy_is_in_the_receipts(app: Flask, made: dict[str, str], visit: Visit) -> None:
    for endpoint, (reader, word, made_as, owner) in COPIES.items():
        page = f"/{NOUN[word]}/{made[word]}/read-ledger"
        before = copies(visit(owner), page)
        taken = visit(reader).client.get(address(app, endpoint, made, word))
        assert taken.status_code == 200, endpoint
        assert taken.mimetype != "text/html" or endpoint in PRINTS, endpoint
        if endpoint not in FILES and endpoint not in PRINTS:
            assert "TLP-" in taken.headers["Content-Disposition"], f"{endpoint}: marked by name"
        after = copies(visit(owner), page)
        assert len(after) == len(before) + 1, endpoint
        newest = after[0]
        assert made_as in newest, (endpoint, newest)
        assert visit(reader).app is app
        assert re.search(r"\d{1,2} \w+ \d{4}", newest), (endpoint, newest)
        assert NAMES[reader] in newest, (endpoint, newest)


NAMES = {READER: "Mediator", CLOUD: "Cloud liaison", TELCO: "Telco liaison"}


def copies(visitor: Visitor, page: str) -> list[str]:
    """The rows of downloads and exports, newest first."""
    answer = visitor.get(page)
    assert answer.status == 200, page
    (section,) = [
        part
        for part in answer.page.select("section")
        if part.h2 is not None and part.h2.get_text() == "Downloads and exports"
    ]
    return [" ".join(row.get_text(" ").split()) for row in section.select("tbody tr")]
