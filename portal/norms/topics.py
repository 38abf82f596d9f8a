"""What a norm is about: topics of our own, apart from the themes of clauses."""

from typing import Final

from models.vocabulary import N_

TOPICS: Final = {
    "cooperation": N_("Cooperation and exchange"),
    "contact": N_("Contact and consultation"),
    "attribution": N_("Facts and attribution"),
    "territory": N_("Use of a State's territory"),
    "critical-infrastructure": N_("Critical infrastructure"),
    "assistance": N_("Requests for help"),
    "response-teams": N_("Response teams"),
    "supply-chain": N_("Supply chain"),
    "vulnerabilities": N_("Vulnerabilities"),
    "product-security": N_("Product security"),
    "proliferation": N_("Spread of intrusion tools"),
    "hack-back": N_("Hacking back and help for attackers"),
    "internet-core": N_("Core of the Internet"),
    "elections": N_("Elections"),
    "intellectual-property": N_("Trade secrets and intellectual property"),
    "crime": N_("Crime and terrorism"),
    "rights": N_("People and their rights"),
    "hygiene": N_("Skills and cyber hygiene"),
    "governance": N_("Responsibility and governance"),
    "transparency": N_("Transparency and incident information"),
    "norms-and-cbms": N_("Promotion of norms and measures"),
    "humanitarian-law": N_("Law of armed conflict"),
}
