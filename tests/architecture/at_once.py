"""A fresh process in which many threads do the same thing first, for test_first_visitors.py.

`python -m tests.architecture.at_once policy` compiles the policy; `… pages URL FOLDER` serves
visitors. Prints JSON. Threads are switched every 10 µs, so that what is filled at first use is met
half full.
"""

import json
import sys
import threading
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

THREADS, EAGER = 8, 1e-5
# Every person of the cast, some of them twice: sixteen visitors.
VISITORS = 16


def together(works: Iterable[Callable[[], Any]]) -> list[Any]:
    """What each of these gives back, begun in the same instant in threads of their own."""
    works = list(works)
    results: list[Any] = [None] * len(works)
    start = threading.Barrier(len(works))

    def run(number: int, work: Callable[[], Any]) -> None:
        start.wait()
        results[number] = work()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    sys.setswitchinterval(EAGER)
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def policy() -> dict[str, int]:
    """How many simple sentences eight threads compile otherwise than the published policy.

    The threads come first, and meet the tables and aliases as they are after the import.
    """
    from sqlalchemy import literal_column, select  # noqa: PLC0415 - nothing is loaded before
    from sqlalchemy.engine.default import DefaultDialect  # noqa: PLC0415

    from models.stakeholders import Person  # noqa: PLC0415
    from portal.relations import Relation  # noqa: PLC0415
    from portal.rules import RESOURCE_TYPES  # noqa: PLC0415

    dialect = DefaultDialect(paramstyle="named")
    dialect.supports_native_boolean = True
    who, now = literal_column(":policy_who"), literal_column(":policy_now")

    def leaves(relation: Relation) -> set[Relation]:
        return set().union(*map(leaves, relation.parts)) if relation.parts else {relation}

    simple = [
        (kind, relation)
        for kind in RESOURCE_TYPES.values()
        for relation in sorted(set().union(*(leaves(r.who) for r in kind.rules)), key=repr)
    ]

    def compiled() -> list[str]:
        texts = []
        for kind, relation in simple:
            question = select(literal_column("1")).select_from(kind.model, Person)
            sentence = question.where(relation.predicate(kind.model, who, now))
            text = sentence.compile(dialect=dialect, compile_kwargs={"literal_binds": True})
            texts.append(f"({str(text).partition('WHERE ')[2]})")
        return texts

    by_threads = together([compiled] * THREADS)
    sys.setswitchinterval(0.005)
    from portal import policy_sql as kept  # noqa: PLC0415

    form = kept.Form(by_value=True)
    alone = [kept.TEXTS[kept.relation_text, kind.name, one, form] for kind, one in simple]
    kept.check()  # what is kept was compiled after the threads, from what they left
    wrong = sum(a != b for texts in by_threads for a, b in zip(texts, alone, strict=True))
    return {"sentences": len(simple), "differing": wrong}


def pages(url: str, folder: str, addresses: list[str]) -> list[dict[str, Any]]:
    """What visitors are answered who come at once to a process that has served nothing."""
    from portal.app import create_app  # noqa: PLC0415
    from tests.architecture.first_visitors import seen_by, settings  # noqa: PLC0415
    from tests.cast import World  # noqa: PLC0415
    from tests.pages import sign_in  # noqa: PLC0415
    from tests.worlds import HOMES  # noqa: PLC0415

    app = create_app(settings(url, Path(folder)))
    world = World.on(app.extensions["engine"])
    names = [*HOMES, *HOMES][:VISITORS]
    visitors = [sign_in(app, world, name) for name in names]

    def visit(number: int) -> dict[str, Any]:
        return {"name": names[number], **seen_by(visitors[number], addresses)}

    return together(partial(visit, n) for n in range(VISITORS))


if __name__ == "__main__":
    what, *rest = sys.argv[1:]
    answer = policy() if what == "policy" else pages(*rest, json.load(sys.stdin))
    sys.stdout.write(json.dumps(answer))
