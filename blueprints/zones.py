"""The field for a time zone: typed in part or whole, by city or name, and offered as one types."""

from datetime import datetime
from typing import Any, Final

from flask import g, request
from markupsafe import Markup
from wtforms import StringField
from wtforms.validators import StopValidation

from blueprints.choices import LOOK, ZONES
from portal.days import place_of
from portal.language import gettext
from portal.slots import shown

NAMED: Final = 6  # how many are named where several fit
# Each zone as an entry of a list, but for its offset: to draw 600 took longer than all else on a
# form. Their end tags, which may be left out, weigh 4 kB.
ENTRIES: Final = tuple(
    (zone, Markup('<option value="{}">{}, ').format(zone, place_of(zone))) for zone in ZONES
)


def zones_like(text: str) -> list[str]:
    """The zones that what was typed can mean: one where it is a name or a city, else by its parts.

    Blanks stand for the underscores of the tz database, and case does not matter.
    """
    typed = "_".join(text.split()).casefold()
    if not typed:
        return []
    plain = {zone: zone.casefold() for zone in ZONES}
    for fits in (
        [zone for zone, name in plain.items() if name == typed],
        [zone for zone, name in plain.items() if name.rpartition("/")[2] == typed],
    ):
        if len(fits) == 1:
            return fits
    return [zone for zone, name in plain.items() if typed in name]


class ZoneField(StringField):  # type: ignore[misc]  # WTForms has no types
    """A time zone by its name ("Europe/Helsinki"); what was typed is kept where it is none.

    Empty is refused unless it is `optional`, or (with `in_look` false) before a mere look.
    """

    data: Any

    def __init__(
        self, *args: Any, optional: bool = False, in_look: bool = True, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.optional, self.in_look = optional, in_look

    def process_formdata(self, valuelist: list[str]) -> None:
        """What was sent, as the zone that it means."""
        if valuelist:
            fits = zones_like(valuelist[0])
            self.data = fits[0] if len(fits) == 1 else valuelist[0].strip()

    def pre_validate(self, _form: Any) -> None:
        """Refuse what is no zone, and say which ones it could mean."""
        if not self.data:
            if self.optional:
                return
            looks = not self.in_look and LOOK in request.form
            raise StopValidation("" if looks else gettext("Choose one."))
        fits = zones_like(self.data)
        if len(fits) > 1:
            names = ", ".join(fits[:NAMED]) + (" …" if len(fits) > NAMED else "")
            raise StopValidation(gettext("Several time zones fit: %(names)s.", names=names))
        if not fits:
            raise StopValidation(gettext("Choose a zone from the list."))

    def suggestions(self) -> Markup:
        """All zones with their cities and their offsets of now, for a browser to offer."""
        now: datetime = g.now
        return Markup("").join(start + shown(now, zone).offset for zone, start in ENTRIES)
