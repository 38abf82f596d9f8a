"""Serves the whole demo world from one parent process: web, jobs, provider, mailbox.

Ports count up from PORT: the portal, its OpenID provider, the mailbox's SMTP and its page, and the
jobs, which take answers to invitations.
"""

import hashlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
VAR = Path(os.environ.get("PORTAL_DATA_DIR", ROOT / "var")).resolve()
PORT = int(os.environ.get("PORT", "8000"))
BASE = f"http://127.0.0.1:{PORT}"
PROVIDER = f"http://127.0.0.1:{PORT + 1}"
MAILBOX = f"http://127.0.0.1:{PORT + 3}"
PATIENCE = 60


def taken() -> list[int]:
    """The ports that somebody else holds."""
    held = []
    for port in range(PORT, PORT + 5):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                held.append(port)
    return held


def kept_secret() -> str:
    """The client secret of the demo provider, kept across starts."""
    path = VAR / "client-secret"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(32))
    return path.read_text()


def surroundings() -> dict[str, str]:
    """The environment of all children."""
    VAR.mkdir(parents=True, exist_ok=True)
    secret = kept_secret()
    (VAR / "oidc.toml").write_text(
        f'[demo]\nlabel = "the demo provider"\nissuer = "{PROVIDER}"\n'
        f'client_id = "good-offices"\nclient_secret = "{secret}"\n'
    )
    given = {
        "PORTAL_ENV": "demo",
        "PORTAL_DATA_DIR": str(VAR),
        "PORTAL_BASE_URL": BASE,
        "PORTAL_SMTP_URL": f"smtp://127.0.0.1:{PORT + 2}",
        "PORTAL_MAILBOX_URL": MAILBOX,
        "PORTAL_INBOUND": f"lmtp://127.0.0.1:{PORT + 4}",
        "MAILBOX_ANSWERS": f"lmtp://127.0.0.1:{PORT + 4}",
        "PORTAL_OIDC_FILE": str(VAR / "oidc.toml"),
        "PORT": str(PORT),
        "PROVIDER_PORT": str(PORT + 1),
        "PROVIDER_STATE": str(VAR),
        "PROVIDER_SECRET": secret,
        "MAILBOX_FOLDER": str(VAR / "mailbox"),
    }
    return {**os.environ, **given}


def commands() -> dict[str, list[str]]:
    """The children by name."""
    flask = [str(BIN / "flask"), "--app", "wsgi"]
    web = [str(BIN / "gunicorn"), "wsgi:app", "--bind", f"127.0.0.1:{PORT}"]
    return {
        "provider": ["node", "tools/demo_provider/provider.mjs"],
        "mailbox": [str(BIN / "python"), "tools/mailbox.py", str(PORT + 2), str(PORT + 3)],
        "web": [*web, "--log-level", "warning"],
        "jobs": [*flask, "jobs", "run"],
    }


def prepared() -> Path:
    """The stamp that says the database in the data folder is as these migrations want it."""
    migrations = sorted((ROOT / "migrations" / "versions").glob("*.py"))
    text = b"".join(path.read_bytes() for path in migrations)
    return VAR / f"prepared-{hashlib.sha256(text).hexdigest()[:16]}"


def prepare(env: dict[str, str]) -> None:
    """Bring the database to the newest version and plant the demo world, unless that was done."""
    own = "PORTAL_DATABASE_URL" not in env
    if own and prepared().exists() and (VAR / "portal.db").exists():
        return
    for words in (("db", "upgrade"), ("demo", "seed")):
        began = time.monotonic()
        done = subprocess.run(
            [str(BIN / "flask"), "--app", "wsgi", *words], cwd=ROOT, env=env, check=False
        )
        if done.returncode:
            sys.exit(done.returncode)
        print(f"-- {' '.join(words)}: {time.monotonic() - began:.1f} s", flush=True)
    if own:
        prepared().touch()


def start(name: str, words: list[str], env: dict[str, str]) -> subprocess.Popen[str]:
    """Start a child; what it says is shown behind its name."""
    child = subprocess.Popen(
        words, cwd=ROOT, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )

    def show() -> None:
        for line in child.stdout or ():
            if line.startswith("oidc-provider "):
                continue  # its advice for those who run it in earnest
            print(f"{name:>8} | {line}", end="", flush=True)

    threading.Thread(target=show, daemon=True).start()
    return child


def wait_until_ready(children: dict[str, subprocess.Popen[str]]) -> None:
    """Wait until the portal says it is ready, or a child dies."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if any(child.poll() is not None for child in children.values()):
            return
        try:
            with urllib.request.urlopen(f"{BASE}/readyz", timeout=2):
                print(
                    f"\nReady: open {BASE} and sign in with one click, for example as Telco liaison"
                    f"\nE-mails arrive at {MAILBOX}\nCtrl-C stops everything.\n",
                    flush=True,
                )
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    print("the portal did not become ready; see the lines above", flush=True)


def stop(children: dict[str, subprocess.Popen[str]]) -> None:
    """Ask all children to stop, then make them."""
    for child in children.values():
        if child.poll() is None:
            child.terminate()
    for child in children.values():
        try:
            child.wait(timeout=8)
        except subprocess.TimeoutExpired:
            child.kill()


def main() -> int:
    """Serve until Ctrl-C or until a child dies."""
    if held := taken():
        print(f"port {held[0]} is in use: stop what runs there, or choose another with PORT=9000")
        return 1
    env = surroundings()
    prepare(env)
    children = {name: start(name, words, env) for name, words in commands().items()}
    for asked in (signal.SIGINT, signal.SIGTERM):  # also where a shell has its children ignore one
        signal.signal(asked, signal.default_int_handler)
    try:
        wait_until_ready(children)
        while all(child.poll() is None for child in children.values()):
            time.sleep(0.5)
        dead = [name for name, child in children.items() if child.poll() is not None]
        print(f"{', '.join(dead)} stopped; stopping the rest", flush=True)
        return 1
    except KeyboardInterrupt:
        print("\nstopping", flush=True)
        return 0
    finally:
        stop(children)


if __name__ == "__main__":
    sys.exit(main())
