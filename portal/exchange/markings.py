"""What a file says about who may read it: read where it is plain, named where it is not.

Unknown is never none: a marking that cannot be read counts as TLP:AMBER+STRICT at least, one of
permissible actions as PAP:RED, and a person has to choose.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Final

from models.vocabulary import Pap, Tlp
from portal.exchange.found import Line, Unreadable
from portal.exchange.values import line, number, shown, strings
from portal.marking_words import (
    banner_before,
    banners_in,
    folded,
    hint,
    letters,
    marking_on,
    markings_in,
    means_pap,
    means_tlp,
    named_in,
    names_a_restriction,
    plain_pap,
    plain_tlp,
    speaks_of_handling,
    speaks_of_pap,
    speaks_of_tlp,
)
from portal.words import N_

MOST_SAID: Final = 20
MOST_SEEN: Final = 100  # values in which a field is searched for texts to name it by
LONGEST_TAG: Final = 1000
LONGEST_WORD: Final = 100  # of a value that can be a restriction by itself; longer ones are prose
MOST_MARKINGS: Final = 20_000
TOO_MANY_MARKINGS: Final = N_("The file holds too many tags or markings; send it in pieces.")
UNREAD_TLP: Final = N_("“%(what)s” cannot be read as a TLP marking (%(n)s ×).")
UNREAD_PAP: Final = N_("“%(what)s” cannot be read as a PAP marking (%(n)s ×); PAP:RED is set.")
NO_TLP: Final = N_("The file names no TLP; TLP:AMBER+STRICT is set until you choose another.")
UNREAD: Final = {"tlp": UNREAD_TLP, "pap": UNREAD_PAP}
UNREAD_OTHER: Final = N_("“%(what)s” is a marking that the portal does not know (%(n)s ×).")
SAYING: Final = {UNREAD_TLP: means_tlp, UNREAD_PAP: means_pap, UNREAD_OTHER: speaks_of_handling}
UNDEFINED: Final = N_("The marking “%(what)s” is not defined in the file (%(n)s ×).")
OWN_ONLY: Final = N_(
    "The distribution is %(what)s, “your organisation only” (%(n)s ×): for the source's own people."
)
GROUP: Final = N_(
    "It is shared with the sharing group “%(what)s” (%(n)s ×); its members are not known here."
)
LISTED: Final = N_(
    "The distribution is %(what)s, “sharing group” (%(n)s ×); its members are not known here."
)
UNREAD_LIMIT: Final = N_("The distribution “%(what)s” cannot be read (%(n)s ×).")
COMMUNITY: Final = N_(
    "The distribution is %(what)s, “this community only” (%(n)s ×): narrower than the marking."
)
NEIGHBOURS: Final = N_(
    "The distribution is %(what)s, “connected communities” (%(n)s ×): narrower than the marking."
)
# The levels of MISP (core format, `distribution`): 3 sets no limit, 5 repeats the event's.
OWN, COMMUNITY_ONLY, CONNECTED, EVERYBODY, SHARING_GROUP, INHERITED = range(6)


class Markings:
    """All restrictions of a file, gathered while it is read."""

    def __init__(self) -> None:
        self.tlp: set[Tlp] = set()
        self.least: set[Tlp] = set()
        self.pap: set[Pap] = set()
        self.unread: Counter[tuple[str, str]] = Counter()
        self.narrow: Counter[tuple[str, str]] = Counter()
        self.banners: Counter[tuple[str, str]] = Counter()
        self.stated = False
        self._plain: set[str] = set()

    def unreadable(self, message: str, what: object, text: str = "", times: int = 1) -> None:
        """Note a restriction that cannot be read; `text` may hint at the least that it means."""
        self.unread[message, line(shown(what), 120) or "?"] += times
        if len(self.unread) > MOST_MARKINGS:
            raise Unreadable(TOO_MANY_MARKINGS)
        if message == UNREAD_PAP:
            self.pap.add(Pap.RED)
            return
        self.least |= {Tlp.AMBER_STRICT, hint(text) or Tlp.AMBER_STRICT}

    def tag(self, value: object) -> bool:
        """Read a tag or label; gives whether it is a marking."""
        if not isinstance(value, str):
            self.unreadable(UNREAD_OTHER, shown(value))
            for text in strings(value):
                self.tag(text)
            return True
        text = value[:LONGEST_TAG]
        if len(value) > LONGEST_TAG:  # a tag that is not read to its end may say anything there
            self.unreadable(UNREAD_OTHER, text, value[-LONGEST_TAG:])
            return True
        if text in self._plain:
            return False
        if ":" in text and (tlp := plain_tlp(text)):
            self.tlp.add(tlp)
        elif ":" in text and (pap := plain_pap(text)):
            self.pap.add(pap)
        elif not _is_galaxy(text) and self._odd(text):
            return True
        else:
            self._plain.add(text)
            if len(self._plain) > MOST_MARKINGS:
                raise Unreadable(TOO_MANY_MARKINGS)
            return False
        return True

    def is_plain(self, text: str) -> bool:
        """Whether a tag is no marking, without reading it again."""
        return text in self._plain or not Markings().tag(text)

    def _odd(self, text: str) -> bool:
        low = folded(text)
        message = next((each for each, speaks in SAYING.items() if speaks(low)), "")
        if message:
            self.unreadable(message, text, text)
        return bool(message)

    def tlp_word(self, value: object) -> None:
        """Read what stands where only a TLP marking can stand."""
        tlp = plain_tlp(value) if isinstance(value, str) else None
        if tlp is None:
            text = " ".join(strings(value))[:1000]
            self.unreadable(UNREAD_TLP, shown(value), text)
            if speaks_of_pap(text):
                self.unreadable(UNREAD_PAP, text)
        else:
            self.tlp.add(tlp)

    def pap_word(self, value: object) -> None:
        """Read what stands where only a PAP marking can stand."""
        pap = plain_pap(value) if isinstance(value, str) else None
        if pap is None:
            self.unreadable(UNREAD_PAP, shown(value))
        else:
            self.pap.add(pap)

    def title(self, value: object) -> None:
        """Mind a title that names a marking, as in `[TLP:RED] Wiper`: it is a word, not a rule."""
        text = value[:300] if isinstance(value, str) else ""
        if any("tlp" in letters(word) for word in text.split()):
            self.unreadable(UNREAD_TLP, text, text)
        self.name(text)

    def text(self, value: str) -> None:
        """Mind a text that names markings, as in `TLP:RED, not for the press`: the strictest holds.

        A text that is about markings restricts too; the author of the draft changes it, knowingly.
        """
        for (sort, word), times in Counter(named_in(value)).items():
            if sort == "tlp" and (tlp := plain_tlp(word)):
                self.tlp.add(tlp)
            elif sort == "pap" and (pap := plain_pap(word)):
                self.pap.add(pap)
            else:
                self.unreadable(UNREAD_TLP, word, word, times)

    def prose(self, value: object) -> None:
        """Mind the lines of a text that are a banner (`STRICTLY CONFIDENTIAL`), not mentions."""
        text = value if isinstance(value, str) else ""
        for banner in banners_in(text):
            self._banner(banner)
        for sort, marking in markings_in(text):
            self.unreadable(UNREAD[sort], marking, marking)

    def name(self, value: object) -> None:
        """Mind the name of a part, with what may stand in brackets before it."""
        self.prose(value)
        if isinstance(value, str) and (banner := banner_before(value[:300])):
            self._banner(banner)
            if sort := marking_on(banner):
                self.unreadable(UNREAD[sort], banner, banner)

    def _banner(self, banner: str) -> None:
        self.banners[UNREAD_OTHER, line(banner, 120)] += 1
        if len(self.banners) > MOST_MARKINGS:
            raise Unreadable(TOO_MANY_MARKINGS)

    def open_banners(self) -> Counter[tuple[str, str]]:
        """The banners where no marking that was read says as much as they do at the least."""
        said = Tlp.strictest(self.tlp | self.least or {Tlp.CLEAR})
        return self.banners if said.rank < Tlp.AMBER_STRICT.rank else Counter()

    def field(self, key: str, value: object) -> None:
        """Read a field of a producer's own, where its name speaks of restrictions."""
        if not names_a_restriction(key) or value in (None, "", [], {}, False):
            return
        for text in list(islice(strings(value, MOST_SEEN), MOST_SAID)) or [key]:
            whole = f"{key}: {text}"
            if plain_tlp(text) and speaks_of_tlp(whole):
                self.unreadable(UNREAD_TLP, whole, text)
            elif speaks_of_pap(whole):
                self.unreadable(UNREAD_PAP, whole)
            else:
                self.unreadable(UNREAD_OTHER, whole, text)

    def own_value(self, text: str) -> None:
        """Mind a value of a producer's own that restricts by itself (`named people only`)."""
        if len(text) > LONGEST_WORD:
            return
        if speaks_of_handling(text):
            self.unreadable(UNREAD_OTHER, text, text)
        elif sort := marking_on(text):  # what texts name plainly is read with all other texts
            self.unreadable(UNREAD[sort], text, text)
        elif speaks_of_pap(text) and not any(named_in(text)):
            self.unreadable(UNREAD_PAP, text)

    def distribution(self, value: object, *, of_event: bool) -> None:
        """Read MISP's level of distribution; absent is no statement."""
        if value is None or value == "":
            return
        level = number(value)
        if level == OWN:
            self.unreadable(OWN_ONLY, level)
        elif level in (COMMUNITY_ONLY, CONNECTED):
            message = COMMUNITY if level == COMMUNITY_ONLY else NEIGHBOURS
            self.narrow[message, str(level)] += 1
        elif level == SHARING_GROUP:
            self.unreadable(LISTED, level)
        elif level != EVERYBODY and (level != INHERITED or of_event):
            self.unreadable(UNREAD_LIMIT, shown(value))

    def sharing_group(self, name: object) -> None:
        """Note a sharing group by its name or number; none, empty and zero are no group."""
        if name is None or name == "" or number(name) == 0:
            return
        self.unreadable(GROUP, shown(name))

    def add(self, other: "Markings") -> None:
        """Let all hold that another object says; of its banners it is enough that there are any."""
        self.tlp |= other.tlp
        self.least |= other.least
        self.pap |= other.pap
        for name in ("unread", "narrow", "banners"):
            theirs = getattr(other, name)
            getattr(self, name).update({key: theirs[key] for key in islice(theirs, MOST_SAID)})

    def strictest(self) -> Tlp:
        """The least that all of it means; TLP:AMBER+STRICT where the head names no marking."""
        known = self.tlp | self.least
        known |= {Tlp.AMBER_STRICT} if self.banners or not self.stated else set()
        return Tlp.strictest(known)

    def strictest_pap(self) -> Pap:
        """The strictest of the permissible actions; PAP:AMBER where none are named."""
        return max(self.pap, key=list(Pap).index, default=Pap.AMBER)

    def choices(self) -> tuple[Tlp, ...]:
        """From which markings a person must choose; none where there is nothing to decide."""
        least = self.strictest()
        open_to_doubt = any(message != UNREAD_PAP for message, _what in self.unread)
        open_to_doubt = open_to_doubt or bool(self.open_banners())
        if not open_to_doubt and not self._contradicted(least):
            return ()
        left = tuple(tlp for tlp in Tlp if tlp.rank >= least.rank)
        return left if len(left) > 1 else ()

    def _contradicted(self, least: Tlp) -> bool:
        # A community of another server is none of ours: an open marking beside it is for a person.
        return bool(self.narrow) and least.rank < Tlp.AMBER.rank

    def named(self) -> Iterator[Line]:
        """A sentence for each restriction that cannot be read."""
        narrow = self.narrow if self._contradicted(self.strictest()) else Counter()
        every = [*self.unread.items(), *self.open_banners().items(), *narrow.items()]
        for (message, what), count in every[:MOST_SAID]:
            yield Line(message, {"what": what, "n": count})
        if len(every) > MOST_SAID:
            message = N_("%(n)s more markings of the file cannot be read.")
            yield Line(message, {"n": len(every) - MOST_SAID})

    def notes(self) -> Iterator[Line]:
        """What is said about the markings that were read."""
        if not self.stated:
            yield Line(NO_TLP)
        elif len(self.tlp) > 1:
            yield Line(
                N_("The file carries several markings; the strictest, TLP:%(tlp)s, is taken."),
                {"tlp": Tlp.strictest(self.tlp)},
            )
        if not self.pap:
            yield Line(N_("The file names no PAP; PAP:AMBER is set until you choose another."))


def _is_galaxy(text: str) -> bool:
    # Names of actors, tools and sectors: no marking, whatever word they hold.
    head, _equals, _name = text.lower().partition("=")
    return head.startswith("misp-galaxy:") and "tlp" not in letters(head)
