"""Where tests keep databases: in memory, so that none waits for a disk to confirm what it wrote."""

import shutil
from pathlib import Path
from typing import Final

MEMORY: Final = Path("/dev/shm")
ROOM: Final = 2 * 1024**3  # bytes


def in_memory() -> str | None:
    """A folder in memory with room enough; None where there is none, for the usual place."""
    there = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
    return str(MEMORY) if there else None
