"""A mail server that takes everything and keeps nothing: `python -m tools.bench.sink PORT`."""

import sys
import threading
from typing import Any

from aiosmtpd.controller import Controller


class Sink:
    """Takes every e-mail."""

    async def handle_DATA(self, _server: Any, _session: Any, _envelope: Any) -> str:  # noqa: N802
        """Take it."""
        return "250 taken"


if __name__ == "__main__":
    Controller(Sink(), hostname="127.0.0.1", port=int(sys.argv[1])).start()
    threading.Event().wait()
