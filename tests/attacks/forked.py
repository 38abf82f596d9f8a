"""Processes that write a line for each thing they have done, and are killed."""

import subprocess
import sys
from typing import IO, cast

from tests.warm import Warm


def begun(module: str, url: str) -> Warm:
    """A process of a module, on a database."""
    return Warm([sys.executable, "-m", module, url], stdout=subprocess.PIPE)


def killed(process: Warm, after: int) -> list[str]:
    """Kill it once it has said so many lines; all that it said, without a last half one."""
    said = cast(IO[bytes], process.stdout)
    lines = [said.readline() for _ in range(after)]
    process.kill()
    lines += [line for line in said if line.endswith(b"\n")]
    said.close()
    process.wait()
    return [line.decode().strip() for line in lines]
