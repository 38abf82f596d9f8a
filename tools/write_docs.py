"""Writes the generated pages of docs/ (`make matrix`): rules, states, settings, endpoints.

Each page is made from the code itself; tests/architecture/test_docs.py compares it with what is
written.
"""

import ast
import re
import tempfile
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.routing import Rule

import config
from config import Settings
from portal.app import create_app
from portal.catalogue import OF_NAME, Noun
from portal.rules import RESOURCE_TYPES
from portal.web import OPEN_ENDPOINTS
from tools import write_rules

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"

# Steps that are no verb of the noun itself: an invitation accepted by whoever holds its key.
BESIDE = {"people": (("invited", "active", "accept-invitation"),)}

MEANINGS = {
    "PORTAL_ENV": "Which kind of portal this is: `demo`, `test` or `production`.",
    "PORTAL_DATA_DIR": "Folder for everything the portal keeps in files: the SQLite database, "
    "attachments, the demo's secret.",
    "PORT": "Port of the portal on loopback; only part of the default of `PORTAL_BASE_URL`.",
    "PORTAL_OIDC_FILE": "TOML file of OpenID providers, a table each: `label`, `issuer`, "
    "`client_id`, `client_secret`, and `scopes` where they differ.",
    "PORTAL_OIDC_SECONDS": "How long a sign-in provider may take for one whole answer: where it is "
    "silent, whoever signs in waits so long, and a thread with them.",
    "PORTAL_DATABASE_URL": "`sqlite:///path` or `postgresql://…`; without it, "
    "`portal.db` in the data folder.",
    "PORTAL_BASE_URL": "The address that readers use: used in e-mails, redirects and cookies.",
    "PORTAL_SECRET_KEY": "Signs the cookies of sessions and the tokens of forms; demo and test "
    "keep a random one in the data folder.",
    "PORTAL_FILE_KEY": "Seals attachments, so that the secret can be rotated by itself; without "
    "it the secret does. Never change it while files are kept.",
    "PORTAL_OLD_SECRET_KEY": "The secret before this one: for as long as it is named, sign-ins and "
    "open forms made under it stay good.",
    "PORTAL_SMTP_URL": "The mail server: `smtp://user:word@host:587` (STARTTLS) or "
    "`smtps://user:word@host:465` (TLS from the start), special characters written as `%2F`; "
    "`?tls=off` without TLS; with a password on this machine alone.",
    "PORTAL_SMTP_SECONDS": "How long the mail server may take for an e-mail up to its final dot.",
    "PORTAL_MAILBOX_URL": "A page with the e-mails of the demo world; the portal links to it.",
    "PORTAL_ANSWERS": "Where answers to invitations go: the mailbox `answers` at a host whose mail "
    "server hands `answers+…` to the jobs; the same as long as dialogues lie ahead.",
    "PORTAL_METRICS_TOKEN": "What monitoring sends to `/metrics` (`Authorization: Bearer …`); "
    "without it, only this machine itself may ask.",
    "PORTAL_INBOUND": "Where the jobs take these answers from the mail server: "
    "`lmtp://127.0.0.1:8024` or `smtp://…`; without it they take none.",
    "PORTAL_REDIS_URL": "Where rate limits are counted when several processes or machines serve.",
    "PORTAL_TRUSTED_PROXIES": "How many proxies stand in front whose `X-Forwarded-*` are believed.",
    "PORTAL_IDLE_MINUTES": "A sign-in ends when it was unused for so long.",
    "PORTAL_LONGEST_MINUTES": "A sign-in ends after so long in any case.",
    "PORTAL_SENDER": "The sender of all e-mails.",
    "PORTAL_PAGES_DIR": "Folder of what the operator says on their pages (`privacy.md`, "
    "`imprint.md`, `accessibility.md`, `support.md`, in Markdown); without it, `pages` in the data "
    "folder. Read once at the start; `flask pages check` names what is missing.",
    "PORTAL_SECURITY_CONTACT": "Where security problems are reported (`mailto:…`, `https://…` or "
    "`tel:…`): the contact of `/.well-known/security.txt` (RFC 9116); without it there is no such "
    "file.",
    "PORTAL_COOLING_HOURS": "Hours between the moment at which a second person confirms a text for "
    "the public and its earliest release; whoever it names has three days at the least.",
    "FLASK_DEBUG": "Flask's own debug mode.",
}


def heading(title: str, source: str) -> str:
    """The first lines of a generated page."""
    return f"# {title}\n\nWritten by `make matrix` from {source}; do not edit it.\n"


def states() -> str:
    """docs/states.md: the life of each noun, with the verbs that move it."""
    parts = [heading("Lives of the nouns", "`portal/rules/`")]
    parts.append("Verbs that leave the state as it is are in [rules](rules.md).\n")
    parts.extend(_life(OF_NAME[name]) for name in RESOURCE_TYPES)
    return "\n".join(parts)


def _life(noun: Noun[Any]) -> str:
    begins = noun.begins
    moves = [
        (state, rule.then, rule.verb)
        for rule in noun.policy.rules
        if rule.then
        for state in rule.states
    ]
    moves += BESIDE.get(noun.name, ())
    lines = [f"## {noun.name}", "", "```mermaid", "stateDiagram-v2"]
    lines.append(f"    [*] --> {begins.state}: {begins.by}")
    lines += [f"    {before} --> {after}: {verb}" for before, after, verb in dict.fromkeys(moves)]
    return "\n".join([*lines, "```", ""])


def settings() -> str:
    """docs/settings.md: what the portal takes from its environment."""
    defaults, checks = _read_by_config()
    if defaults.keys() | checks.keys() != MEANINGS.keys():
        odd = (defaults.keys() | checks.keys()) ^ MEANINGS.keys()
        raise SystemExit(f"say in tools/write_docs.py what these mean, or no more: {sorted(odd)}")
    lines = [
        heading("Settings", "`config.py`"),
        "All settings come from environment variables, are read once at the start and are checked",
        "then. Outside production the portal makes up what is missing; in production it refuses to",
        "start, and says which setting is at fault. A variable that is empty counts as not set.",
        "A value that makes no sense (an address without a host, a port that is none) is refused",
        "everywhere.",
        "",
        "| variable | meaning | default | checked in production |",
        "| --- | --- | --- | --- |",
    ]
    for name, meaning in MEANINGS.items():
        default = f"`{defaults[name]}`" if defaults.get(name) else ""
        check = "; ".join(checks.get(name, []))
        lines.append(f"| `{name}` | {meaning} | {default} | {check} |")
    return "\n".join([*lines, ""])


def _read_by_config() -> tuple[dict[str, str], dict[str, list[str]]]:
    """What config.py reads, with the default in words, and what it refuses in production."""
    tree = ast.parse(Path(config.__file__).read_text())
    defaults: dict[str, str] = {}
    checks: dict[str, list[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            words = [argument for argument in node.args if not isinstance(argument, ast.Name)]
            name = words[0].value if words and isinstance(words[0], ast.Constant) else ""
            if isinstance(name, str) and re.fullmatch(r"(PORTAL_|FLASK_)?[A-Z_]+", name):
                defaults[name] = _words(words[1]) if len(words) > 1 else ""
    refusals = next(
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name == "_refuse_unsafe"
    )
    for node in ast.walk(refusals):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Unsafe":
            name, _, demand = _words(node.args[0]).partition(" ")
            checks.setdefault(name, []).append(demand)
    return defaults, checks


def _words(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(_words(part) for part in node.values)
    if isinstance(node, ast.FormattedValue) and isinstance(node.value, ast.Name):
        value = getattr(config, node.value.id, None)
        return f"{value}" if value is not None else f"<{node.value.id}>"
    return ""


def endpoints() -> str:
    """docs/endpoints.md: every address, and whether it is open or its reading recorded."""
    lines = [
        heading("Endpoints", "the routes of the application"),
        "Every endpoint asks for a sign-in, but for those marked *open*. After it the",
        "policy decides. *Recorded* endpoints write who read what into the trail, as each act.",
        "",
        "| address | methods | endpoint | access | what it does |",
        "| --- | --- | --- | --- | --- |",
    ]
    with tempfile.TemporaryDirectory() as folder:
        app = bare_app(Path(folder))
        rules = sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint))
        lines += [_endpoint(app, rule) for rule in rules]
        app.extensions["engine"].dispose()
    return "\n".join([*lines, ""])


def bare_app(folder: Path) -> Flask:
    """An application with nothing behind it, for looking at its routes and templates."""
    return create_app(
        Settings(
            env="test",
            database_url=f"sqlite:///{folder / 'none.db'}",
            base_url="http://localhost",
            data_dir=folder,
            secret_key="a secret that guards nothing at all",
        )
    )


def _endpoint(app: Flask, rule: Rule) -> str:
    view = app.view_functions[rule.endpoint]
    methods = ", ".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
    marks = [
        word
        for word, holds in (
            ("open", rule.endpoint in OPEN_ENDPOINTS),
            ("recorded", getattr(view, "records_reading", False)),
        )
        if holds
    ]
    says = "Static files." if rule.endpoint == "static" else (view.__doc__ or "").split("\n")[0]
    return f"| `{rule.rule}` | {methods} | {rule.endpoint} | {', '.join(marks)} | {says} |"


PAGES = {
    "rules.md": write_rules.page,
    "states.md": states,
    "settings.md": settings,
    "endpoints.md": endpoints,
}


def main() -> None:
    """Write all generated pages."""
    DOCS.mkdir(exist_ok=True)
    for name, write in PAGES.items():
        (DOCS / name).write_text(write())
        print(f"docs/{name}")


if __name__ == "__main__":
    main()
