"""The picture of how harm spread, on a page, in a file or on paper, in the words of its table."""

from typing import Any, Final

from flask import get_template_attribute, url_for

from models.vocabulary import SECTORS, Tlp
from portal import harm as service
from portal.harm import regions
from portal.language import gettext, ngettext
from portal.pictures.spread import Item, SpreadDrawing, Step, spread_over
from portal.template_filters import country

MOST: Final = 60
STEP, REGION = "step", "region"
NAMES: Final = {STEP: service.STEPS, REGION: regions.REGIONS}


def about(one: service.Placed) -> str:
    """Whom it happened to, where and in which sector; what is not known is said."""
    row = one.row
    where = country(row.country) if row.country else gettext("country not known")
    sector = gettext(SECTORS[row.sector]) if row.sector else gettext("sector not known")
    return f"{row.who} · {where} · {sector}"


def drawing_of(
    found: service.Spread, *, linked: bool, most: int = MOST, by: str = STEP
) -> SpreadDrawing:
    """The picture of `most` rows by step or region; `linked` where it leads to their pages."""
    groups = found.regions if by == REGION else found.steps
    return spread_over([_step(found, group, by, linked=linked) for group in groups], most=most)


def _step(found: service.Spread, group: service.Group, by: str, *, linked: bool) -> Step:
    many = len(group.rows)
    count = ngettext("%(num)s row", "%(num)s rows", many)
    asked: dict[str, Any] = {"ref": found.on.ref, by: group.key}
    href = url_for("harm.spread", **asked) if linked and many else ""
    return Step(
        gettext(NAMES[by][group.key]),
        str(count) if many else gettext("no row that you can read"),
        [_item(one, linked=linked) for one in group.rows],
        href,
    )


def _item(one: service.Placed, *, linked: bool) -> Item:
    """A row in the words that its table has too: the macros make both."""
    row, amount = one.row, one.amount
    return Item(
        (f"TLP:{row.tlp} {row.title}", about(one)),
        _plain("span", row),
        _plain("amount", amount) + (f" ({gettext('a total')})" if row.holds_others else ""),
        one.begins,
        one.ends,
        one.said,
        (amount.lower, amount.best, amount.upper),
        one.most,
        url_for("harm.read", ref=row.ref) if linked else "",
    )


def _plain(macro: str, value: Any) -> str:
    return str(get_template_attribute("harm/words.html", macro)(value).striptags())


def strictest(found: service.Spread) -> Tlp:
    """The strictest marking of its rows."""
    return Tlp.strictest(one.row.tlp for one in found.rows)
