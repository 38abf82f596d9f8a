"""Reading how the portal is: which pages are the steward's and which the auditor's."""

from collections.abc import Callable

from tests.pages import Visitor

Visit = Callable[[str], Visitor]
PAGES = ("/steward/", "/steward/read-trail", "/steward/read-emails", "/steward/people")


def test_the_endpoints_of_the_system(visit: Visit) -> None:
    endpoints = {
        name: [visit(name).get(path).status for path in PAGES]
        for name in ("steward@portal", "auditor@portal", "custodian@portal", "liaison@telco")
    }
    assert endpoints == {
        "steward@portal": [200, 200, 200, 200],
        "auditor@portal": [200, 200, 403, 403],
        "custodian@portal": [404] * 4,
        "liaison@telco": [404] * 4,
    }


def test_numbers_lead_to_what_they_count(visit: Visit) -> None:
    page = visit("steward@portal").get("/steward/").page
    links = {str(link["href"]) for link in page.select(".go-facts dd a") if link.text.isdigit()}
    assert links == {"/steward/read-emails", "/steward/read-trail"}
