"""The words of harm: categories, how it was reached, whether it was meant, and flags.

The categories follow Agrafiotis et al. (2018, Journal of Cybersecurity tyy006), by way of the MISP
taxonomy `organizational-cyber-harm`; the last two are the portal's own.
"""

from typing import Final

from portal.words import N_

CATEGORIES: Final = {
    "physical-digital": N_("Physical or digital"),
    "economic": N_("Economic"),
    "psychological": N_("Psychological"),
    "reputational": N_("Reputational"),
    "social-societal": N_("Social or societal"),
    "peace-process": N_("Peace process (our own category)"),
    "reach": N_("Reach: how many were hit (our own category)"),
}
# In the order in which it may go on; a row says no more than its source does.
REACHED_AS: Final = {
    "first": N_("First target"),
    "supplier": N_("Spread through a supplier"),
    "update": N_("Spread through a software update"),
    "network": N_("Spread through a network"),
    "spread": N_("Spread, the way not stated"),
}
INTENDED: Final = {"meant": N_("Meant"), "not-meant": N_("Not meant")}
FLAGS: Final = {
    "civilian": N_("Civilians"),
    "cross-border": N_("Across borders"),
    "medical": N_("Medical services"),
    "humanitarian": N_("Humanitarian work"),
}
CURRENCIES: Final = ("CHF", "DKK", "EUR", "GBP", "JPY", "SEK", "UAH", "USD")
