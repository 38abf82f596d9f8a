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
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
PATIENCE = 60


@dataclass(frozen=True)
class DemoSystem:
    """All that is served: the first of its five ports, and the folder of its data."""

    port: int
    folder: Path

    @classmethod
    def asked(cls) -> "DemoSystem":
        """The one that the environment asks for: PORT and PORTAL_DATA_DIR."""
        folder = Path(os.environ.get("PORTAL_DATA_DIR", ROOT / "var")).resolve()
        return cls(int(os.environ.get("PORT", "8000")), folder)

    @property
    def base(self) -> str:
        """Where the portal is."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def mailbox(self) -> str:
        """Where e-mails are read."""
        return f"http://127.0.0.1:{self.port + 3}"

    def taken(self) -> list[int]:
        """The ports that somebody else holds."""
        held = []
        for port in range(self.port, self.port + 5):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    held.append(port)
        return held

    def kept_secret(self) -> str:
        """The client secret of the demo provider, kept across starts."""
        path = self.folder / "client-secret"
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(32))
        return path.read_text()

    def surroundings(self) -> dict[str, str]:
        """The environment of all children."""
        self.folder.mkdir(parents=True, exist_ok=True)
        secret = self.kept_secret()
        (self.folder / "oidc.toml").write_text(
            f'[demo]\nlabel = "the demo provider"\nissuer = "http://127.0.0.1:{self.port + 1}"\n'
            f'client_id = "good-offices"\nclient_secret = "{secret}"\n'
        )
        given = {
            "PORTAL_ENV": "demo",
            "PORTAL_DATA_DIR": str(self.folder),
            "PORTAL_BASE_URL": self.base,
            "PORTAL_SMTP_URL": f"smtp://127.0.0.1:{self.port + 2}",
            "PORTAL_MAILBOX_URL": self.mailbox,
            "PORTAL_INBOUND": f"lmtp://127.0.0.1:{self.port + 4}",
            "MAILBOX_ANSWERS": f"lmtp://127.0.0.1:{self.port + 4}",
            "PORTAL_OIDC_FILE": str(self.folder / "oidc.toml"),
            "PORT": str(self.port),
            "PROVIDER_PORT": str(self.port + 1),
            "PROVIDER_STATE": str(self.folder),
            "PROVIDER_SECRET": secret,
            "MAILBOX_FOLDER": str(self.folder / "mailbox"),
        }
        return {**os.environ, **given}

    def commands(self) -> dict[str, list[str]]:
        """The children by name."""
        flask = [str(BIN / "flask"), "--app", "wsgi"]
        web = [str(BIN / "gunicorn"), "wsgi:app", "--bind", f"127.0.0.1:{self.port}"]
        ports = [str(self.port + 2), str(self.port + 3)]
        return {
            "provider": ["node", "tools/demo_provider/provider.mjs"],
            "mailbox": [str(BIN / "python"), "tools/mailbox.py", *ports],
            "web": [*web, "--log-level", "warning"],
            "jobs": [*flask, "jobs", "run", "--every", "1"],  # whoever tries it out waits for it
        }

    def prepared(self) -> Path:
        """The stamp that says the database in the data folder is as these migrations want it."""
        migrations = sorted((ROOT / "migrations" / "versions").glob("*.py"))
        text = b"".join(path.read_bytes() for path in migrations)
        return self.folder / f"prepared-{hashlib.sha256(text).hexdigest()[:16]}"

    def preparations(self) -> list[list[str]]:
        """What is run before the children, one after the other."""
        flask = [str(BIN / "flask"), "--app", "wsgi"]
        return [[*flask, "db", "upgrade"], [*flask, "demo", "seed"]]

    def prepare(self, env: dict[str, str]) -> None:
        """Bring the database to the newest version and plant the demo world, unless it was done."""
        own = "PORTAL_DATABASE_URL" not in env
        if own and self.prepared().exists() and (self.folder / "portal.db").exists():
            return
        for words in self.preparations():
            began = time.monotonic()
            done = subprocess.run(words, cwd=ROOT, env=env, check=False)
            if done.returncode:
                sys.exit(done.returncode)
            print(f"-- {' '.join(words[3:])}: {time.monotonic() - began:.1f} s", flush=True)
        if own:
            self.prepared().touch()


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


def wait_until_ready(system: DemoSystem, children: dict[str, subprocess.Popen[str]]) -> None:
    """Wait until the portal says it is ready, or a child dies."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if any(child.poll() is not None for child in children.values()):
            return
        try:
            with urllib.request.urlopen(f"{system.base}/readyz", timeout=2):
                print(
                    f"\nReady: open {system.base} and sign in with one click, for example as"
                    " Telco liaison"
                    f"\nE-mails arrive at {system.mailbox}\nCtrl-C stops everything.\n",
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
    system = DemoSystem.asked()
    if held := system.taken():
        print(f"port {held[0]} is in use: stop what runs there, or choose another with PORT=9000")
        return 1
    env = system.surroundings()
    system.prepare(env)
    children = {name: start(name, words, env) for name, words in system.commands().items()}
    for asked in (signal.SIGINT, signal.SIGTERM):  # also where a shell has its children ignore one
        signal.signal(asked, signal.default_int_handler)
    try:
        wait_until_ready(system, children)
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
