"""Tests. A process that gathers them looks for no garbage meanwhile.

All that it loads stays: modules, the policy, the tests themselves. `tests/conftest.py` begins to
look when the first test is run; what tests start as a process of its own says this for itself.
"""

import gc
import sys

if "pytest" in sys.modules:
    gc.disable()
