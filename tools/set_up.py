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
# Packages of Debian, each with a file below /usr that shows that it is there.
FOR_PDF = {
    "libpango-1.0-0": "lib/*/libpango-1.0.so.0",
    "libpangoft2-1.0-0": "lib/*/libpangoft2-1.0.so.0",
    "libharfbuzz-subset0": "lib/*/libharfbuzz-subset.so.0",
    "fonts-dejavu-core": "share/fonts/truetype/dejavu/DejaVuSans.ttf",
}
FOR_TESTS = {
    "chromium-headless-shell": "bin/chromium*",
    "postgresql": "lib/postgresql",
    "fonts-noto-core": "share/fonts/truetype/noto/NotoSans-Regular.ttf",
}

# The browser without windows, which takes half the time: a machine that has only the whole browser
# is asked for it once, and does without where that fails.
FASTER = {"chromium-headless-shell": "bin/chromium-headless-shell"}


def step(title: str, made_from: tuple[str, ...], work: Callable[[], None]) -> None:
    """Do the work unless it was done from the very same files; say how long it took."""
    once(title, made_from, lambda: timed(title, work))


def once(title: str, made_from: tuple[str, ...], work: Callable[[], None]) -> None:
    """Do the work unless it was done from the very same files."""
    text = b"".join((ROOT / name).read_bytes() for name in made_from) + title.encode()
    stamp = STAMPS / hashlib.sha256(text).hexdigest()
    if stamp.exists():
        return
    work()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.touch()


def timed(title: str, work: Callable[[], None]) -> None:
    """Do the work and say how long it took."""
    print(f"-- {title} …", end="", flush=True)
    began = time.monotonic()
    work()
    print(f" {time.monotonic() - began:.0f} s", flush=True)


def call(*words: str, needed: bool = True) -> None:
    """Run a command; on failure show what it said, and stop where it is needed."""
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"\n{' '.join(words)} failed:\n{done.stdout}{done.stderr}")
        if needed:
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
    """Install the pinned packages of the front end."""
    if shutil.which("npm") is None:
        print("\nNode.js with npm is missing: install Debian's nodejs and npm, then try again")
        sys.exit(1)
    call("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")


def missing(packages: dict[str, str]) -> list[str]:
    """The packages of which this machine has no file."""
    return [name for name, file in packages.items() if not any(Path("/usr").glob(file))]


def install_packages(title: str, packages: dict[str, str], *, needed: bool) -> None:
    """Install what is missing of these; only root can, and others are told."""
    wanted = missing(packages)
    if not wanted:
        return
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        print(f"-- {title}, missing; as root: apt-get install {' '.join(wanted)}", flush=True)
        if needed:
            sys.exit(1)
        return

    def work() -> None:
        call("apt-get", "update", "-q", needed=needed)
        call("apt-get", "install", "-y", "-q", "--no-install-recommends", *wanted, needed=needed)

    timed(title, work)


def main(purpose: str) -> None:
    """Do all steps of a purpose, in order."""
    if not PYTHON.exists():
        step("virtual environment", (), make_venv)
    if purpose == "run":
        step("Python packages", ("requirements.txt",), install("requirements.txt"))
    else:
        step("Python packages for work", ("requirements-dev.txt",), install("requirements-dev.txt"))
    step("front end", ("package-lock.json", "package.json"), install_front_end)
    # Which rules of the library's style sheet pages use changes with the templates: each time.
    call(str(PYTHON), "-m", "tools.vendor_assets")
    if purpose == "tests":
        packages = {**FOR_PDF, **FOR_TESTS}
        install_packages("libraries for PDF, browser, database server", packages, needed=True)
        title = "browser without windows, for faster tests"
        once(title, (), lambda: install_packages(title, FASTER, needed=False))
    else:  # without them only PDF is missing
        install_packages("libraries for PDF", FOR_PDF, needed=False)


if __name__ == "__main__":
    main(sys.argv[1])
