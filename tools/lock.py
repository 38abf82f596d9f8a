"""Pins the newest versions that fit, with hashes (`make lock`), and says what moved.

Reads pyproject.toml and package.json; writes requirements.txt, requirements-dev.txt and
package-lock.json. No address of any registry may stand in them: where to fetch from is the business
of whoever installs, and the hashes say that it is the same.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UV = str(ROOT / ".venv" / "bin" / "uv")
RUN, DEV, FRONT = "requirements.txt", "requirements-dev.txt", "package-lock.json"
COMPILE = (
    UV, "pip", "compile", "pyproject.toml", "--all-extras", "--universal",
    "--python-version", "3.11", "--upgrade", "--generate-hashes", "--no-header", "--no-annotate",
    "--no-emit-index-url", "--no-emit-find-links", "--quiet",
)  # fmt: skip
UPDATE = ("npm", "update", "--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund")
PIN = re.compile(r"^([\w.-]+)==([^\s;]+)", re.MULTILINE)
FRONT_PIN = re.compile(r'"node_modules/([^"]+)": \{\s*"version": "([^"]+)"')


def call(*words: str) -> None:
    """Run a command; on failure show what it said and stop."""
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(words)} failed:\n{done.stdout}{done.stderr}")


def pins() -> dict[str, str]:
    """The version of every pinned package, as the files say now."""
    found: dict[str, str] = {}
    for name, pattern in ((RUN, PIN), (DEV, PIN), (FRONT, FRONT_PIN)):
        if (ROOT / name).exists():
            found |= dict(pattern.findall((ROOT / name).read_text()))
    return found


def refuse_addresses() -> None:
    """Stop when a file names where a package was fetched from, or a pin has no hash."""
    for name in (RUN, DEV):
        text = (ROOT / name).read_text()
        if "://" in text:
            sys.exit(f"{name} holds an address")
        if any("--hash=sha256:" not in entry for entry in re.split(r"\n(?=\w)", text.strip())):
            sys.exit(f"{name} holds a pin without a hash")
    if '"resolved"' in (ROOT / FRONT).read_text():
        sys.exit(f"{FRONT} holds addresses: keep omit-lockfile-registry-resolved in .npmrc")


def main() -> None:
    """Pin everything anew."""
    before = pins()
    call(*COMPILE, "--output-file", RUN)
    call(*COMPILE, "--group", "dev", "--constraint", RUN, "--output-file", DEV)
    call(*UPDATE)
    refuse_addresses()
    after = pins()
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name, "new"), after.get(name, "gone")
        if old != new:
            print(f"{name}: {old} -> {new}")
    print("pinned; now run make test")


if __name__ == "__main__":
    main()
