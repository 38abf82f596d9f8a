"""What is selected in the list of commitments: reminded and exported, each as the policy allows."""

from collections.abc import Callable
from datetime import timedelta

from portal.clock import now
from portal.db import writing
from tests.cast import World
from tests.commitments.builders import agreed, proposed
from tests.commitments.test_remind import notified
from tests.pages import Visitor

Visit = Callable[[str], Visitor]
TELCO, CLOUD, BANK = "liaison@telco", "liaison@cloud", "liaison@bank"


def three(world: World) -> list[str]:
    """A proposal that Cloud has to answer, one in force, and one that Cloud is no part of."""
    at = now() - timedelta(days=2)
    with writing(world.sessions) as session:
        asked = proposed(session, world, title="Asked", at=at)
        kept = agreed(session, world, title="In force", at=at)
        other = agreed(session, world, title="Canary of others", to="bank", verifier="", at=at)
        return [asked.ref, kept.ref, other.ref]


def test_each_that_can_be_is_reminded_once_and_the_page_says_which(
    world: World, visit: Visit
) -> None:
    refs = three(world)
    telco, before = visit(TELCO), notified(world)
    path = "/commitments/selected?" + "&".join(f"ref={ref}" for ref in refs)
    page = telco.get(path)
    assert [tag.get_text() for tag in page.page.select("main tbody th a")] == [
        "Asked",
        "In force",
        "Canary of others",
    ]
    assert "Send 1 reminder" in page.words
    sent = telco.post("/commitments/selected/remind", {"ref": refs})
    after = telco.follow(sent)
    assert "1 reminder sent." in after.words
    assert "2 selected rows were left out" in after.words
    assert notified(world) - before == {CLOUD}
    assert "The next one can be sent from" in after.words
    again = telco.follow(telco.post("/commitments/selected/remind", {"ref": refs}))
    assert "0 reminders sent." in again.words


def test_what_is_hidden_is_neither_shown_reminded_nor_exported(world: World, visit: Visit) -> None:
    refs = three(world)
    cloud = visit(CLOUD)
    query = "&".join(f"ref={ref}" for ref in [*refs, "C-26-000000"])
    page = cloud.get(f"/commitments/selected?{query}")
    assert "Canary" not in page.text
    assert "2 of what was selected cannot be shown." in page.words, "absent and hidden look alike"
    text = cloud.get(f"/commitments/overview.csv?{query}").text
    assert "Asked" in text
    assert "Canary" not in text
    empty = visit(BANK).get(f"/commitments/selected?ref={refs[0]}")
    assert "Nothing is selected" in empty.words
    assert visit(BANK).get("/commitments/selected").status == 200
