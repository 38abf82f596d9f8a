"""Makes a checkout ready: `python3 tools/set_up.py run|dev|tests`; a second call costs nothing.

Runs on a bare Python 3.11, so it uses the standard library alone. Each step leaves a stamp that
holds the digest of what it was made from, and is skipped while that is unchanged.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STAMPS = ROOT / ".venv" / "stamps"
PYTHON = ROOT / ".venv" / "bin" / "python"
PACKAGES = {"chromium": "/usr/bin/chromium", "postgresql": "/usr/lib/postgresql"}


def step(title: str, made_from: tuple[str, ...], work: Callable[[], None]) -> None:
    """Do the work unless it was done from the very same files; say how long it took."""
    text = b"".join((ROOT / name).read_bytes() for name in made_from) + title.encode()
    stamp = STAMPS / hashlib.sha256(text).hexdigest()
    if stamp.exists():
        return
    print(f"-- {title} …", end="", flush=True)
    began = time.monotonic()
    work()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.touch()
    print(f" {time.monotonic() - began:.0f} s", flush=True)


def call(*words: str) -> None:
    """Run a command; on failure show what it said and stop."""
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"\n{' '.join(words)} failed:\n{done.stdout}{done.stderr}")
        sys.exit(1)


def make_venv() -> None:
    """Make the virtual environment, with uv in it."""
    shutil.rmtree(ROOT / ".venv", ignore_errors=True)
    call(sys.executable, "-m", "venv", ".venv")
    call(str(PYTHON), "-m", "pip", "install", "-q", "uv")


def install(requirements: str) -> Callable[[], None]:
    """Install a hash-pinned set."""
    uv = str(ROOT / ".venv" / "bin" / "uv")
    return lambda: call(
        uv, "pip", "install", "-q", "--python", str(PYTHON), "--require-hashes", "-r", requirements
    )


def install_front_end() -> None:
    """Install the pinned packages of the front end and put what pages use under static/vendor."""
    if shutil.which("npm") is None:
        print("\nNode.js with npm is missing: install Debian's nodejs and npm, then try again")
        sys.exit(1)
    call("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
    call(str(PYTHON), "tools/vendor_assets.py")


def install_for_tests() -> None:
    """Install the browser and the database server that tests drive, where they are missing."""
    missing = [name for name, path in PACKAGES.items() if not Path(path).exists()]
    if not missing:
        return
    wanted = [*missing, "fonts-noto-core"]
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        print(f"\ntests need these packages; as root: apt-get install {' '.join(wanted)}")
        sys.exit(1)
    call("apt-get", "update", "-q")
    call("apt-get", "install", "-y", "-q", "--no-install-recommends", *wanted)


def main(purpose: str) -> None:
    """Do all steps of a purpose, in order."""
    if not PYTHON.exists():
        step("virtual environment", (), make_venv)
    if purpose == "run":
        step("Python packages", ("requirements.txt",), install("requirements.txt"))
    else:
        step("Python packages for work", ("requirements-dev.txt",), install("requirements-dev.txt"))
    step(
        "front end",
        ("package-lock.json", "package.json", "tools/vendor_assets.py"),
        install_front_end,
    )
    if purpose == "tests":
        install_for_tests()


if __name__ == "__main__":
    main(sys.argv[1])
