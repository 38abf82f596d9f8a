"""Rows of harm from a table: a dry run shows each with its faults, then drafts are made."""

from collections.abc import Mapping
from typing import Any, Final

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from blueprints.carried_files import CarriedFileForm, drafted
from blueprints.choices import ChosenRadio, options
from blueprints.harm.exporting import HEADS
from blueprints.harm.views import harm
from models.vocabulary import SECTORS
from portal import harm as service
from portal import web
from portal.error_handlers import no_right
from portal.errors import Invalid
from portal.forms import creates
from portal.harm.importing import LARGEST, Line
from portal.harm.words import CATEGORIES, FLAGS, INTENDED, REACHED_AS
from portal.language import gettext, lazy_gettext
from portal.norms import VERIFICATION_LABELS
from portal.recipients import homes
from portal.rules import CITE_HARM, STATE_HARM
from portal.words import N_

OWN, OTHERS = "own", "others"
VERBS: Final = {OWN: STATE_HARM, OTHERS: CITE_HARM}
WHOSE: Final = {OWN: N_("Of the organisation itself"), OTHERS: N_("Of others, from a source")}
# The field of each head of the export, in its order; the reference is the portal's own.
FIELDS: Final = (
    "", "tlp", "title", "category", "who", "country", "sector", "service", "reached_as", "intended",
    "intended_by", "from_on", "until_on", "lower", "best", "upper", "unit", "currency", "year",
    "holds_others", "flags", "said_by", "said_on", "source_title", "verified", "",
)  # fmt: skip
BESIDE: Final = ("body", "source_url")
NOT_THEIRS: Final = N_("You cannot state this harm for that organisation.")
WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "category": CATEGORIES,
    "sector": SECTORS,
    "reached_as": REACHED_AS,
    "intended": INTENDED,
    "verified": VERIFICATION_LABELS,
    "flags": FLAGS,
    "holds_others": {"yes": N_("yes"), "no": N_("no")},
}


class TableForm(CarriedFileForm):
    """A table, and whose harm its rows are."""

    whose = ChosenRadio(lazy_gettext("Whose harm"), choices=[])


@harm.route("/import", methods=["GET", "POST"])
@creates
def take() -> ResponseReturnValue:
    """Show what a table would give, and make the drafts once that is agreed."""
    web.only_read()
    session, actor = web.session(), web.actor()
    own = {whose: homes(session, actor, verb, g.now) for whose, verb in VERBS.items()}
    every = dict(pair for pairs in own.values() for pair in pairs)
    if not every:
        return no_right("harm/none.html", cited=False)
    form, lines = TableForm(), list[Line]()
    form.offer(list(every.items()))
    form.whose.choices = options((key, gettext(WHOSE[key])) for key, pairs in own.items() if pairs)
    if request.method == "POST":
        valid = form.validate()
        web.let_go()  # a file is read outside any transaction
        with web.attempt(form):
            lines = _read(form) if valid else []
            if valid:
                home, cited = form.organisation.data, form.whose.data == OTHERS
                if home not in dict(own[form.whose.data]):
                    raise Invalid({"organisation": NOT_THEIRS})
                web.write_on()
                session = web.session()
                lines = service.with_those_there(session, actor, home, lines, g.now)
                if "keep" in request.form:
                    made = service.import_all(session, actor, home, lines, g.now, cited=cited)
                    return drafted(made, "harm.index")
    web.only_read()
    page = render_template("harm/import.html", form=form, lines=lines, heads=_named())
    return page, 422 if form.errors else 200


def _read(form: TableForm) -> list[Line]:
    data = form.content(LARGEST)
    cited = form.whose.data == OTHERS
    lines = service.read_table(data, _heads(), _words(), g.now, cited=cited)
    form.carry(data)
    return lines


def _named() -> dict[str, Any]:
    """The head of each field, as the page and the file have it."""
    return {name: str(head) for name, head in zip(FIELDS, HEADS, strict=True) if name}


def _heads() -> dict[str, str]:
    """Heads of the export in the reader's language, and the names of fields, in small letters."""
    names = {name: name for name in (*filter(None, FIELDS), *BESIDE)}
    return names | {head.casefold(): name for name, head in _named().items()}


def _words() -> dict[str, dict[str, str]]:
    """Words of lists in the reader's language, and their keys, in small letters."""
    return {
        field: {
            word.casefold(): key for key, label in words.items() for word in (key, gettext(label))
        }
        for field, words in WORDS.items()
    }
