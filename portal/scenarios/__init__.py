"""The scenarios of tabletop exercises that come with the portal: invented, read at the start."""

from portal.scenarios.reading import ScenarioFault, read_scenario
from portal.scenarios.shapes import Planned, Scenario
from portal.scenarios.shipped import SHIPPED, shipped, shipped_in
