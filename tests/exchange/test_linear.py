"""The work grows with the size of a file, whatever its shape, and a file made to cost is refused.

Counted in steps of the interpreter inside the service, not in time: no machine is slow or fast
here.
"""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from portal.exchange import Heard, Unreadable, hear, parse, read_any
from portal.exchange.our_ids import CLAIM_EXTENSION
from tests.cast import NOW
from tests.exchange.samples import as_bytes, bundle, event, report

SMALL = 400
STATEMENT = {"statement": "Not to be shared"}


def marking(n: int) -> dict[str, Any]:
    return {"type": "marking-definition", "id": f"m--{n}", "definition": STATEMENT}


def chained(n: int, size: int) -> dict[str, Any]:
    return report(n, object_refs=[f"report--{(n + 1) % size}"])


def pattern(n: int) -> dict[str, Any]:
    return {
        "type": "indicator",
        "id": f"i--{n}",
        "pattern": f"[a:b = '{n}']",
        "pattern_type": "stix",
    }


def targets(size: int) -> list[Any]:
    link = {"type": "relationship", "relationship_type": "targets", "target_ref": "identity--1"}
    return [{"type": "identity", "id": "identity--1", "sectors": ["energy"] * size}, *[link] * size]


SHAPES: dict[str, Callable[[int], Any]] = {
    "own markings": lambda n: bundle(
        report(), *({"type": "note", "object_marking_refs": [f"m--{i}"]} for i in range(n))
    ),
    "definitions": lambda n: bundle(
        report(object_marking_refs=[f"m--{i}" for i in range(n)]), *map(marking, range(n))
    ),
    "one definition, many bearers": lambda n: bundle(
        {**marking(0), "x_own": ["do not share"] * n}, *[report(object_marking_refs=["m--0"])] * n
    ),
    "empty objects and many references": lambda n: bundle(
        report(object_refs=[f"x--{i}" for i in range(n)]), *[{}] * n
    ),
    "versions": lambda n: bundle(
        report(), *({**pattern(0), "modified": f"2026-11-01T10:00:00.{i:06}Z"} for i in range(n))
    ),
    "rings": lambda n: bundle(report(), *({**chained(i, n), "type": "note"} for i in range(n))),
    "signs": lambda n: bundle(report(), *map(pattern, range(n))),
    "targets": lambda n: bundle(report(), *targets(n)),
    "labels": lambda n: bundle(report(labels=[f"tlp {i}" for i in range(n)])),
    "granular": lambda n: bundle(report(granular_markings=[{"marking_ref": "x"}] * n)),
    "attributes": lambda n: event(
        Attribute=[
            {"type": "domain", "value": f"{i}", "Tag": [{"name": f"t{i}"}]} for i in range(n)
        ]
    ),
    "objects": lambda n: event(Object=[{"Attribute": [{"type": "url", "value": "x"}] * 3}] * n),
    "reports": lambda n: event(EventReport=[{"content": f"text {i}"} for i in range(n)]),
    "odd tags": lambda n: event(Tag=[{"name": f"tlp:{i}"} for i in range(n)]),
    "blanks": lambda n: event(info="x", Tag=[{"name": "p " * 400}] * n),
}


AT = {"created": "2026-01-01T00:00:00Z", "created_by_ref": "identity--1"}
WHO = {"type": "identity", "id": "identity--1", "name": "Telco"}


def said_of(n: int, sort: str, **more: Any) -> dict[str, Any]:
    return {"type": sort, "spec_version": "2.1", "id": f"{sort}--{n}", **AT, **more}


def tie(n: int) -> dict[str, Any]:
    ends = {"source_ref": "identity--1", "target_ref": "identity--1"}
    return said_of(n, "relationship", relationship_type="attributed-to", **ends)


def claim_note(n: int) -> dict[str, Any]:
    inside = {"claim": {"title": "x"}, "reply_refs": ["note--0"], "reply_versions": [n]}
    return said_of(n + 1, "note", extensions={CLAIM_EXTENSION: inside})


def of_ours(n: int) -> dict[str, Any]:
    row = {"type": "text", "object_relation": "producer", "value": "x"}
    return {"uuid": f"{n}", "name": "good-offices-claim", "Attribute": [row]}


# What many objects name grows with them. A file may hold a hundred claims, so most are refused.
SAID: dict[str, Callable[[int], Any]] = {
    "one producer, many ties": lambda n: bundle(
        {**WHO, "x_own": ["word"] * n}, *map(tie, range(n // 8))
    ),
    "fields of the bundle": lambda n: {**bundle(WHO, *map(tie, range(n // 8))), "x": ["a"] * n},
    "opinions": lambda n: bundle(
        WHO,
        tie(1),
        *(
            said_of(i, "opinion", opinion="disagree", object_refs=["relationship--1"])
            for i in range(n // 8)
        ),
    ),
    "impacts": lambda n: bundle(
        WHO,
        *(said_of(i, "incident") for i in range(n)),
        *(said_of(i, "impact", impact_category="availability") for i in range(n)),
    ),
    "one reply, many claims": lambda n: bundle(
        WHO, said_of(0, "note", content="a" * n), *map(claim_note, range(n // 8))
    ),
    "objects of ours": lambda n: event(
        Object=[*map(of_ours, range(n // 8))], Galaxy=[{"description": "a"}] * n
    ),
}


def heard(data: bytes) -> Heard | None:
    try:
        return hear(parse(data), NOW)
    except Unreadable:
        return None


def steps(data: bytes, reads: Callable[[bytes], Any]) -> int:
    """How many lines and calls of Python a reading takes."""
    count = 0

    def step(_frame: FrameType, _event: str, _arg: object) -> Any:
        nonlocal count
        count += 1
        return step

    before = sys.gettrace()
    sys.settrace(step)
    try:
        reads(data)
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("shape", [*SHAPES, *SAID])
def test_twice_the_size_is_at_most_two_and_a_half_times_the_work(shape: str) -> None:
    reads = (lambda data: read_any(data, NOW)) if shape in SHAPES else heard
    make = (SHAPES | SAID)[shape]
    small, middle, large = (steps(as_bytes(make(SMALL * n)), reads) for n in (1, 2, 4))
    assert middle <= 2.5 * small
    assert large <= 2.5 * middle


def test_what_is_nested_in_fields_that_restrict_is_not_read_at_each_level() -> None:
    def nested(deep: int) -> bytes:
        inside: Any = [0] * 20_000
        for _level in range(deep):
            inside = {"tlp": inside}
        return as_bytes(bundle(report(x_own=inside)))

    first, second = (steps(nested(deep), lambda data: read_any(data, NOW)) for deep in (1, 41))
    assert second <= 1.5 * first


def test_a_number_of_few_characters_is_not_written_out() -> None:
    money = {"monetary": {"min_amount": "1e99999999999"}}
    found = heard(
        as_bytes(bundle(WHO, said_of(1, "impact", impact_category="monetary", extensions=money)))
    )
    assert found
    assert not found.harm
    assert [line.values["sort"] for line in found.left] == ["impact"]


@pytest.mark.parametrize(
    "data",
    [
        b'{"type": "bundle", "objects": [' + b"{}," * 1_300_000 + b"{}]}",
        b'{"type": "bundle", "objects": [' + b"1," * 1_900_000 + b"1]}",
        b'{"Event": {"info": "x", "date": "", "Tag": [' + b'"a",' * 900_000 + b'"a"]}}',
        b'{"Event": {"info": "x", "date": "", "x": [' + b"[" * 900_000 + b"]" * 900_000 + b"]}}",
        b'{"type": "bundle", "objects": [' + b",".join([b"[" * 50 + b"]" * 50] * 30_000) + b"]}",
    ],
    ids=["empty objects", "numbers", "texts", "depth", "many depths"],
)
def test_a_file_made_to_cost_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        read_any(data, NOW)
    assert refused.value.problems["file"]


@pytest.mark.parametrize("sign", ["\ufdfa", "\u3316", "\u00bd", "\uac01"])
def test_signs_that_stand_for_many_letters_do_not_multiply_the_work(sign: str) -> None:
    """Folded in a loop over all their letters, 4 MB of tags of U+FDFA took half a minute."""
    few, many = (
        steps(as_bytes(event(Tag=[{"name": sign * long}] * 50)), lambda data: read_any(data, NOW))
        for long in (90, 900)
    )
    assert many <= 1.5 * few
