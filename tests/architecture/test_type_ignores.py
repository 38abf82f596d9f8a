"""Where types are ignored: few places, and beside each why it cannot be said."""

import re

from tests.architecture.files import short, tracked

FEW = 20
IGNORED = re.compile(r"#\s*type:\s*ignore(?P<rest>.*)")
# The kind of error, and in words why it stands.
REASONED = re.compile(r"\[[\w, -]+\]  # \w.*")


def ignored(text: str) -> list[tuple[int, str]]:
    """Each line on which a type is ignored, with what stands after the mark."""
    lines = enumerate(text.splitlines(), 1)
    return [(number, hit["rest"]) for number, line in lines if (hit := IGNORED.search(line))]


def test_few_types_are_ignored_and_each_has_its_reason() -> None:
    found = {
        f"{short(path)}:{number}": rest
        for path in tracked()
        if path.suffix == ".py"
        for number, rest in ignored(path.read_text())
    }
    assert 0 < len(found) < FEW
    assert [place for place, rest in found.items() if not REASONED.fullmatch(rest)] == []


def test_a_mark_without_its_reason_is_found() -> None:
    mark = "x = y  # type:" + " ignore"
    for rest, reasoned in (("", False), ("[misc]", False), ("[misc]  # has no types", True)):
        ((_number, after),) = ignored(mark + rest)
        assert bool(REASONED.fullmatch(after)) is reasoned
