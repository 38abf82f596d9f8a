"""Writes docs/rules.md: the sentences of the policy, and the golden matrix of what they come to.

The matrix is asked of `portal.access` on a throw-away database, so a change of the policy shows up
as a change of this page, which a person reads.
"""

import tempfile
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import policy_sql, rules
from portal.access import granted, verbs_of
from portal.catalogue import REMINDS
from portal.db import make_engine, make_sessions, writing
from portal.relations import Relation
from portal.rules import RESOURCE_TYPES, ResourceType, dialogues, records
from portal.schema import upgrade
from tools.policy_world import NOW, ONESELF, SCENES, Maker, Scene

HEAD = """# The policy, read out

Written by `make matrix` from `portal/rules/`; do not edit it. Read a change of this page as a
change of who may do what.

Each noun has its sentences first, then the matrix: what they come to for one person of each
standing, in each state and variant. Whoever may not even read gets the answer (404) that a resource
gives which does not exist.

For the notices of the matrix every kind of line is on the recipient list in every marking, also
what the form refuses (organisations under TLP:RED, exceptions at TLP:GREEN and TLP:CLEAR):
the policy holds whatever the list says. "Excepted" is an entry taken out again.
"""

DIGEST = """Digest of the policy as SQL (SHA-256): `{}`.
A process that compiles another policy does not start.
"""

# The rooms of the policy whose joined sentences have names: the hall first, then what it leaves
# out.
NAMES = vars(rules) | vars(dialogues) | vars(records)


def known_words() -> dict[int, str]:
    """The joined sentences that the policy gives a name of their own, by identity."""
    return {
        id(value): name.replace("_", " ")
        for name, value in NAMES.items()
        if isinstance(value, Relation) and value.joint
    }


def said(relation: Relation, known: dict[int, str], outside: str = "") -> str:
    """A relation in words, by the names the policy knows; brackets where it could be misread."""
    if id(relation) in known:
        return f"*{known[id(relation)]}*"
    if not relation.joint:
        return relation.name
    parts = [said(part, known, relation.joint) for part in relation.parts]
    words = f"not {parts[0]}" if relation.joint == "not" else f" {relation.joint} ".join(parts)
    unclear = relation.joint in {"or", "and"} - {outside} and outside
    return f"({words})" if unclear else words


def named_sentences() -> str:
    """The list of joined sentences with a name."""
    known = known_words()
    lines = ["## Words of the policy", ""]
    for name, value in NAMES.items():
        if id(value) in known:
            without = {key: word for key, word in known.items() if key != id(value)}
            lines.append(f"- *{name.replace('_', ' ')}*: {said(value, without)}")
    return "\n".join([*lines, ""])


def lists() -> str:
    """What the policy says beside its rows: recipient lists, e-mails, reminders."""
    lines = ["## Recipient lists and e-mails", "", "| marking | its list may hold | in an e-mail |"]
    lines.append("| --- | --- | --- |")
    for tlp, entries in rules.ADDRESSABLE.items():
        mail = "title and content" if tlp in rules.OPEN_BY_MAIL else "reference and link alone"
        lines.append(f"| TLP:{tlp} | {', '.join(sorted(entries))} | {mail} |")
    lines += ["", "| reminder | goes to whoever may now |", "| --- | --- |"]
    lines += [f"| {template} | {verb} |" for (template, _noun), verb in REMINDS.items()]
    return "\n".join([*lines, ""])


def sentences(resource_type: ResourceType[Any]) -> str:
    """The rows of one noun as a table."""
    known = known_words()
    lines = [
        "| verb | in which states | who | then | who is notified |",
        "| --- | --- | --- | --- | --- |",
    ]
    for rule in resource_type.rules:
        told = said(rule.notify, known) if rule.notify else ""
        states = ", ".join(rule.states)
        lines.append(
            f"| {rule.verb} | {states} | {said(rule.who, known)} | {rule.then or ''} | {told} |"
        )
    return "\n".join(lines)


def matrix(session: Session, resource_type: ResourceType[Any], scene: Scene) -> str:
    """What each person of the scene may do, a table for each state."""
    keys = list(scene.resources.values())
    may = {
        label: _granted(session, resource_type, keys, person)
        for label, person in scene.people.items()
    }
    parts = []
    for state, pairs in groupby(scene.resources.items(), key=lambda pair: pair[0][0]):
        variants = {variant: key for (_state, variant), key in pairs}
        lines: list[str] = []
        nothing: list[str] = []
        for label in scene.people:
            words = {variant: may[label].get(key, "") for variant, key in variants.items()}
            if any(words.values()):
                lines.extend(_rows(label, words))
            else:
                nothing.append(label)
        parts.append(_table(state, lines, nothing))
    return "\n".join(parts)


def _granted(
    session: Session, resource_type: ResourceType[Any], keys: Iterable[int], person: int
) -> dict[int, str]:
    """What one person may do to each of the resources, in one query."""
    if person == ONESELF:
        return {key: _granted(session, resource_type, [key], key).get(key, "") for key in keys}
    question = select(resource_type.model.id, *granted(resource_type, person, NOW)).where(
        resource_type.model.id.in_(keys)
    )
    return {
        row.id: ", ".join(
            verb for verb in resource_type.verbs if verb in verbs_of(resource_type, row)
        )
        for row in session.execute(question)
    }


def _rows(label: str, granted: dict[str, str]) -> Iterable[str]:
    """One row for all variants that come to the same."""
    together: dict[str, list[str]] = {}
    for variant, words in granted.items():
        together.setdefault(words, []).append(variant)
    for words, variants in together.items():
        which = "all" if len(together) == 1 else " / ".join(variants)
        yield f"| {label} | {which} | {words or 'nothing'} |"


def _table(state: str, lines: list[str], nothing: list[str]) -> str:
    head = [f"### {state}", "", "| who | which | may |", "| --- | --- | --- |"]
    end = ["", f"Nothing at all: {'; '.join(nothing)}.", ""] if nothing else [""]
    return "\n".join([*(head if lines else head[:2]), *lines, *end])


def page() -> str:
    """The whole page."""
    parts = [HEAD, DIGEST.format(policy_sql.digest()), named_sentences(), lists()]
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{Path(folder) / 'law.db'}")
        upgrade(engine)
        with writing(make_sessions(engine)) as session:
            make = Maker(session)
            for resource_type in RESOURCE_TYPES.values():
                scene = SCENES[resource_type.name](make)
                parts.append(f"## {resource_type.name}\n\n{sentences(resource_type)}\n")
                parts.append(matrix(session, resource_type, scene))
            session.rollback()
        engine.dispose()
    return "\n".join(parts)
