"""A fresh process in which many threads do the same thing first, for test_first_visitors.py.

`python -m tests.architecture.at_once policy` compiles the policy;
`… pages URL FOLDER TEMPLATES` serves visitors; `… questions` tells what built
questions leave to be filled at first use. Prints JSON.
Threads are switched every 10 µs, so that what is filled at first use is met half full.
"""

import gc
import hashlib
import json
import os
import sys
import threading
import traceback
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

TRIES, THREADS, EAGER = 10, 4, 1e-5
# Every person of the cast, some of them twice: sixteen visitors at once, who meet in fours.
VISITORS, MEETINGS = 16, 4


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


def policy() -> dict[str, Any]:
    """What four threads make of all simple sentences in each of many processes, as digests.

    The threads come first, and meet the tables and aliases as they are after the import. One thread
    imports whatever the process is, so the processes are forked from one that has imported and
    compiled nothing. Each fifth then keeps the policy as the portal does, of what the threads left.
    """
    from portal import rules  # noqa: PLC0415 - nothing else is loaded before

    assert "portal.policy_sql" not in sys.modules, "nothing is compiled before the threads"
    assert threading.active_count() == 1, "a fork would lose the others"
    simple = [
        (kind, relation)
        for kind in rules.RESOURCE_TYPES.values()
        for relation in sorted(set().union(*(_leaves(r.who) for r in kind.rules)), key=repr)
    ]
    tries = [in_a_fork(partial(meet, simple, keeps=number % 5 == 0)) for number in range(TRIES)]
    return {"sentences": len(simple), "tries": tries}


def _leaves(relation: Any) -> set[Any]:
    return set().union(*map(_leaves, relation.parts)) if relation.joint else {relation}


def in_a_fork(work: Callable[[], Any]) -> Any:
    """What the work gives in a process of its own, which goes on from here."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            with open(write, "w") as out:
                json.dump(work(), out)
        except BaseException:  # nothing of the parent may go on in the child
            traceback.print_exc()
        finally:
            os._exit(0)
    os.close(write)
    with open(read) as answer:
        text = answer.read()
    os.waitpid(child, 0)
    return json.loads(text)


def meet(simple: list[tuple[Any, Any]], *, keeps: bool) -> dict[str, Any]:
    """The digests of what threads compile who come at once; and, if asked, of what is kept then."""
    from sqlalchemy import literal_column, select  # noqa: PLC0415
    from sqlalchemy.engine.default import DefaultDialect  # noqa: PLC0415

    from models.stakeholders import Person  # noqa: PLC0415

    dialect = DefaultDialect(paramstyle="named")
    dialect.supports_native_boolean = True
    who, now = literal_column(":policy_who"), literal_column(":policy_now")

    def compiled() -> list[str]:
        texts = []
        for kind, relation in simple:
            question = select(literal_column("1")).select_from(kind.model, Person)
            sentence = question.where(relation.predicate(kind.model, who, now))
            text = sentence.compile(dialect=dialect, compile_kwargs={"literal_binds": True})
            texts.append(f"({str(text).partition('WHERE ')[2]})")
        return texts

    by_threads = [digest(texts) for texts in together([compiled] * THREADS)]
    if not keeps:
        return {"by_threads": by_threads}
    sys.setswitchinterval(0.005)
    from portal import policy_sql as kept  # noqa: PLC0415

    form = kept.Form(by_value=True)
    alone = [kept.TEXTS[kept.relation_text, kind.name, one, form] for kind, one in simple]
    kept.check()  # what is kept was compiled after the threads, from what they left
    return {"by_threads": by_threads, "kept": digest(alone)}


def digest(texts: list[str]) -> str:
    """One short word for all of them."""
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def pages(url: str, folder: str, addresses: list[str]) -> list[dict[str, Any]]:
    """What visitors are answered who come at once to a process that has served nothing.

    Every fourth visitor asks for every fourth address, so that four meet at each, the first time.
    """
    from portal.app import create_app  # noqa: PLC0415 - nothing is loaded before
    from tests.architecture.first_visitors import seen_by, settings  # noqa: PLC0415
    from tests.cast import World  # noqa: PLC0415
    from tests.pages import sign_in  # noqa: PLC0415
    from tests.worlds import HOMES  # noqa: PLC0415

    app = create_app(settings(url, Path(folder)))
    world = World.on(app.extensions["engine"])
    names = [*HOMES, *HOMES][:VISITORS]
    visitors = [sign_in(app, world, name) for name in names]

    def visit(number: int) -> dict[str, Any]:
        own = addresses[number % MEETINGS :: MEETINGS]
        return {"name": names[number], **seen_by(visitors[number], own)}

    return together(partial(visit, n) for n in range(VISITORS))


def questions() -> dict[str, int]:
    """How many questions are made ready at import, and how many tables in them were unfilled.

    And how many are in one that was not made ready, so that one sees that they would be noticed.
    """
    from sqlalchemy import literal, select  # noqa: PLC0415 - nothing is loaded before
    from sqlalchemy.sql.selectable import FromClause, SelectBase  # noqa: PLC0415

    from portal import parameters  # noqa: PLC0415

    made, complete = [], parameters.ready

    def ready(statement: Any) -> Any:
        made.append(statement)
        return complete(statement)

    vars(parameters)["ready"] = ready
    import portal.app  # noqa: F401, PLC0415

    def filled_by(*statements: SelectBase) -> int:
        shared = [one for one in gc.get_objects() if isinstance(one, FromClause)]
        unfilled = [one for one in shared if "c" not in vars(one)]
        for statement in statements:
            statement.compile()
        return sum("c" in vars(one) for one in unfilled)

    other = select(select(literal(1).label("one")).subquery())
    return {"questions": len(made), "unfilled": filled_by(*made), "noticed": filled_by(other)}


if __name__ == "__main__":
    what, *rest = sys.argv[1:]
    known = {"policy": policy, "questions": questions}
    answer = known[what]() if what in known else pages(*rest, json.load(sys.stdin))
    sys.stdout.write(json.dumps(answer))
