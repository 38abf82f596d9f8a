"""Words are taken out however they are written, and a bar tells nothing of what it stands for."""

import random

import pytest

from portal.bars import BAR, shows, take_out, taken


@pytest.mark.parametrize(
    ("text", "words", "left"),
    [
        ("Telco said so.", ["Telco"], f"{BAR} said so."),
        ("TELCO and telco, “Telco”.", ["Telco"], f"{BAR} and {BAR}, “{BAR}”."),
        ("Telco's offer, Telcos, Telcom", ["telco"], f"{BAR}'s offer, {BAR}, {BAR}"),
        ("the biotelco42 line", ["Telco"], f"the {BAR} line"),
        ("The Response\n  Team came", ["response team"], f"The {BAR} came"),
        ("Mu\u0308ller, MÜLLER, Muller", ["Müller"], f"{BAR}, {BAR}, {BAR}"),
        ("Tel\u00adco, Te\u200blco, Ｔｅｌｃｏ", ["Telco"], f"{BAR}, {BAR}, {BAR}"),
        ("Anne‑Marie came", ["Anne-Marie"], f"{BAR} came"),
        ("UN, fund, un-led, UNO", ["UN"], f"{BAR}, fund, {BAR}-led, UNO"),
        ("die Straße, STRASSE", ["Straße"], f"die {BAR}, {BAR}"),
        ("IŞIK, ışık", ["Işık"], f"{BAR}, {BAR}"),
        ("王明说, 王明", ["王明"], f"{BAR}说, {BAR}"),
        ("قال أحمد ذلك", ["أحمد"], f"قال {BAR} ذلك"),
        ("_Telco_ **Telco**", ["Telco"], f"_{BAR}_ **{BAR}**"),
        ("Telco Cloud Bank said", ["Telco", "Cloud", "Bank"], f"{BAR} said"),
        ("TelcoCloud", ["Telco", "Cloud"], BAR),
        ("ananas", ["anana", "nanas"], BAR),
        ("nothing here", ["Telco"], "nothing here"),
        ("Telco", ["", "  ", "\u200b"], "Telco"),
        ("", ["Telco"], ""),
    ],
)
def test_what_is_left(text: str, words: list[str], left: str) -> None:
    assert take_out(text, words) == left


def test_a_bar_has_one_length_and_does_not_count() -> None:
    short, long = take_out("A Bob b", ["Bob"]), take_out("A Maximilian Anna b", ["Max", "Anna"])
    assert short == f"A {BAR} b"
    assert long == "A Maximilian ▇▇▇ b", "three letters are a word of their own"
    assert take_out("A Maximilian Anna b", ["Maximilian", "Anna"]) == short


@pytest.mark.parametrize(
    "typed", ["T&#101;lco", "Tel**co**", "Tel\\co", "[Tel](https://a.example)co"]
)
def test_what_mark_up_would_still_show_is_noticed(typed: str) -> None:
    assert take_out(f"Said {typed}.", ["Telco"]) == f"Said {typed}."
    shown = typed != "Tel\\co"  # a backslash before an e-mail is a backslash
    assert shows(f"Said {typed}.", ["Telco"]) == shown
    assert not shows("Said * Tel\n* Co.", ["Telco"])
    assert not shows("- Tel\n- co", ["Telco"]), "two lines of a list are no word"


@pytest.mark.parametrize(
    ("before", "after", "gone"),
    [
        ("Telco said so.", f"{BAR} said so.", ["Telco"]),
        ("Telco and Cloud", f"{BAR} and {BAR}", ["Telco", "Cloud"]),
        ("said by Telco", f"said by {BAR}", ["Telco"]),
        ("Telco", BAR, ["Telco"]),
        ("same", "same", []),
        ("same", "other", None),
        ("Telco said", f"{BAR} wrote", None),
        ("said", f"said{BAR}", None),
        ("said", f"{BAR}said", None),
        ("a, b", f"{BAR}, {BAR}, {BAR}", None),
    ],
)
def test_what_a_bar_stands_for_is_seen_beside_the_source(
    before: str, after: str, gone: list[str] | None
) -> None:
    assert taken(before, after) == gone


@pytest.mark.parametrize("seed", range(300))
def test_what_is_seen_beside_the_source_takes_out_as_much_again(seed: int) -> None:
    chance = random.Random(seed)
    emails = "ab ,-AÄ\n"
    text = "".join(chance.choices(emails, k=chance.randrange(40)))
    words = ["".join(chance.choices("abAÄ ", k=chance.randrange(1, 6))) for _ in range(3)]
    left = take_out(text, words)
    gone = taken(text, left)
    assert gone is not None
    assert taken(text, take_out(text, gone)) is not None
    assert len(left.replace(BAR, "")) >= len(take_out(text, gone).replace(BAR, ""))
