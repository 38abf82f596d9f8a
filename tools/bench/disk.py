"""How often a second the disk confirms a small write: durable writes are no quicker."""

import os
import tempfile
import time
from pathlib import Path
from typing import Final

BLOCK: Final = b"\0" * 8192
SECONDS: Final = 1.0


def sync_rate(folder: Path) -> float:
    """Confirmed writes a second of 8 KiB each, one after the other, in this folder; it is made."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, buffering=0) as file:
        count, began = 0, time.monotonic()
        while (taken := time.monotonic() - began) < SECONDS:
            file.write(BLOCK)
            os.fdatasync(file.fileno())
            count += 1
    return count / taken
