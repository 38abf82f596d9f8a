"""Claims and harm that go out, made by Hypothesis or by hand."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from models.vocabulary import SECTORS, Tlp
from portal.claims import NUMBER, SCALES, ClaimText, Quoted, QuotedSort
from portal.claims.words import ABOUT, CONSIDERATIONS, EVIDENCE, FORMS, RESPONSIBILITY
from portal.exchange.said import Home, OutClaim, OutHarm
from portal.exchange.writing import stix_time
from portal.harm import Amount, HarmText
from portal.harm.words import CATEGORIES, CURRENCIES, FLAGS, INTENDED, REACHED_AS
from portal.marking_words import banner_before, banners_in
from portal.norms import NORMS, VERIFICATION_LABELS
from tests.cast import NOW

HOME = Home("O-26-AAAAAA", "Telco", NOW - timedelta(days=9))
CLAIM_ELSEWHERE = "7a0e2e43-4f43-5a7e-9b1c-4d6f0a1b2c3d"


def unmarked(text: str) -> bool:
    """Whether a text is no banner: Hypothesis knows the words of those from the code itself."""
    return not banner_before(text) and not any(banners_in(text))


TEXT = st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), max_size=40).filter(unmarked)
BODY = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=80
).filter(unmarked)
LINE = TEXT.map(lambda text: " ".join(text.split()))
NAME = LINE.filter(bool)
DAY = st.sampled_from(["2017", "2017-10", "2017-10-27"])
SAID_DAY = st.sampled_from(["", "2016", "2017-10", "2017-10-27"])


def one_of(words: Any, *, unsaid: bool = False) -> st.SearchStrategy[str]:
    """A word of a list, or none."""
    return st.sampled_from([*([""] if unsaid else []), *map(str, words)])


def some_of(words: Any) -> st.SearchStrategy[tuple[str, ...]]:
    """Some words of a list, each once."""
    return st.lists(one_of(words), unique=True, max_size=3).map(tuple)


CONFIDENCE = st.sampled_from(
    [
        ("", ""),
        *((scale.key, word.key) for scale in SCALES.values() for word in scale.words),
        *((NUMBER, number) for number in ("0", "1", "50", "100")),
    ]
)
PART = st.none() | st.sampled_from([0, 1, 7]) | st.integers(0, 10**15)


@st.composite
def amounts(draw: Any) -> Amount:
    """An amount of which each part may be unknown, or 0."""
    parts = [draw(PART) for _ in range(3)]
    known = sorted(part for part in parts if part is not None)
    rising = [None if part is None else known.pop(0) for part in parts]
    year = draw(st.none() | st.integers(1970, 2100))
    return Amount(*rising, draw(NAME), draw(one_of(CURRENCIES, unsaid=True)), year)


@st.composite
def claims(draw: Any) -> ClaimText:
    """A claim as somebody may have written it: their own, or cited."""
    sort = draw(one_of(ABOUT))
    scale, word = draw(CONFIDENCE)
    return ClaimText(
        title=draw(NAME),
        tlp=draw(st.sampled_from(Tlp)),
        form=draw(one_of(FORMS)),
        said_on=draw(DAY),
        about_sort=sort,
        about="" if sort == "unknown" else draw(NAME),
        verified=draw(one_of(VERIFICATION_LABELS)),
        claimant=draw(LINE),
        body=draw(BODY),
        basis=draw(BODY),
        evidence=draw(some_of(EVIDENCE)),
        scale=scale,
        confidence=word,
        responsibility=draw(one_of(RESPONSIBILITY, unsaid=True)),
        alternatives=draw(BODY),
        considerations=draw(st.dictionaries(one_of(CONSIDERATIONS), BODY, max_size=2)),
        norms=draw(some_of(NORMS)),
        source_title=draw(NAME),
        source_publisher=draw(LINE),
        source_on=draw(SAID_DAY),
        source_url=draw(st.sampled_from(["", "https://source.example/a"])),
    )


@st.composite
def harms(draw: Any) -> HarmText:
    """A row of harm as it goes out: with whom it happened to and who said it."""
    intended = draw(one_of(INTENDED, unsaid=True))
    return HarmText(
        title=draw(NAME),
        tlp=draw(st.sampled_from(Tlp)),
        category=draw(one_of(CATEGORIES)),
        verified=draw(one_of(VERIFICATION_LABELS)),
        amount=draw(amounts()),
        holds_others=draw(st.booleans()),
        who=draw(NAME),
        country=draw(st.sampled_from(["", "FI", "KE"])),
        sector=draw(one_of(SECTORS, unsaid=True)),
        service=draw(LINE),
        reached_as=draw(one_of(REACHED_AS, unsaid=True)),
        intended=intended,
        intended_by=draw(NAME) if intended else "",
        from_on=draw(SAID_DAY),
        flags=draw(some_of(FLAGS)),
        body=draw(BODY),
        said_by=draw(NAME),
        said_on=draw(SAID_DAY),
        source_title=draw(NAME),
        source_url=draw(st.sampled_from(["", "https://source.example/b"])),
    )


def quoted(tlp: Tlp) -> st.SearchStrategy[list[Quoted]]:
    """Replies and withdrawals as a file may quote them, each marked at most as strictly as this."""
    at = NOW - timedelta(days=3)
    stamp = st.just(stix_time(at)) | st.just(f"{at:%Y-%m-%dT%H:%M:%S}.000000Z")
    reply = st.builds(
        Quoted,
        sort=st.just(QuotedSort.REPLY),
        said_by=st.sampled_from(["", "Ruritania", "Τηλέφωνο 電話"]),
        edition=st.none() | st.integers(1, 9),
        at=st.just(at),
        tlp=st.sampled_from([one for one in Tlp if one.rank <= tlp.rank]),
        text=BODY.filter(bool),
        key=st.uuids(version=5).map(str),
        maker=st.just("2f2ab1f1-9f3e-5c5e-8a6b-0f1c9b9b9b01"),
        heading=st.sampled_from(["", "Reply of Ruritania"]),
        written=stamp,
        changed=stamp,
        maker_at=st.just("2026-11-01T10:00:00Z"),
        about=st.just(f"note--{CLAIM_ELSEWHERE}"),
    )
    end = st.builds(
        Quoted,
        sort=st.just(QuotedSort.WITHDRAWAL),
        said_by=NAME,
        edition=st.none(),
        at=st.just(at),
        tlp=st.just(tlp),
        text=BODY,
        written=stamp,
    )
    replies = st.lists(reply, max_size=4, unique_by=lambda one: one.key)
    ends = st.lists(end, max_size=1)
    return st.tuples(replies, ends).map(lambda pair: [*_one_name(pair[0]), *pair[1]])


def _one_name(replies: list[Quoted]) -> list[Quoted]:
    # One identity has one name and one marking, and an unnamed one has no object at all.
    found = []
    for one in replies:
        same = replace(one, said_by=replies[0].said_by, tlp=replies[0].tlp)
        found.append(same if same.said_by else replace(same, maker_at=""))
    return found


def out_claim(text: ClaimText, ref: str = "A-26-AAAAAA", **values: Any) -> OutClaim:
    """A claim that Telco keeps, on its way out."""
    made = OutClaim(ref, HOME, text, 1, revoked=False, created_at=NOW, changed_at=NOW)
    return replace(made, **values)


def out_harm(text: HarmText, ref: str = "E-26-AAAAAA") -> OutHarm:
    """A row that Telco keeps, on its way out."""
    return OutHarm(ref, HOME, text, 1, revoked=False, created_at=NOW, changed_at=NOW)
