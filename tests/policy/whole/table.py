"""Reads the tables of expectations: who may do what to which resource, written by hand.

A line is `verb, verb | resources | people`; it adds to what the lines before it say, and nobody may
what no line says. Names are patterns (`home.*`), `-name` takes out of the same line, a word in
capitals stands for people said once: `OWN = author home.*`. `verb : as other` repeats a line's
answers under another name. A name that fits nothing is an error.
"""

from fnmatch import fnmatchcase
from pathlib import Path

HERE = Path(__file__).parent / "expected"
Cells = dict[str, set[tuple[str, str]]]


def expected(noun: str, resources: list[str], people: list[str]) -> Cells:
    """Who may do what to which resource of the noun, by the table of that name."""
    words, cells = dict[str, list[str]](), Cells()
    for line in (HERE / f"{noun}.txt").read_text().splitlines():
        said = line.partition("#")[0].strip()
        if " = " in said:
            word, names = said.split(" = ")
            words[word.strip()] = chosen(names, people, words)
        elif " : as " in said:
            mine, theirs = said.split(" : as ")
            cells[mine.strip()] = set(cells[theirs.strip()])
        elif said:
            verbs, which, who = said.split("|")
            pairs = {
                (resource, person)
                for resource in chosen(which, resources, {})
                for person in chosen(who, people, words)
            }
            for verb in verbs.split(","):
                cells.setdefault(verb.strip(), set()).update(pairs)
    return cells


def chosen(names: str, among: list[str], words: dict[str, list[str]]) -> list[str]:
    """Those of `among` that the patterns name."""
    found = dict[str, None]()
    for name in names.split():
        pattern = name.removeprefix("-")
        fitting = words.get(pattern) or [one for one in among if fnmatchcase(one, pattern)]
        if not fitting and name != "nobody":
            raise ValueError(f"{name} fits nothing")
        for one in fitting:
            if name.startswith("-"):
                found.pop(one, None)
            else:
                found[one] = None
    return list(found)
