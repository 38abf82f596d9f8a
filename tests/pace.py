"""How long a test waits for somebody who never answers."""

import os

GENEROUS = 120  # seconds: far above any deadline here, far below "for ever"


def short() -> float:
    """Seconds: 0.4 on a quiet machine, and more where more work waits than there are cores.

    Whoever answers in such a test must do so in less, whatever else the machine does.
    """
    return 0.4 * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
