"""The forms of alternates: who acts, for whom, for what, on which days."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final

from wtforms import BooleanField, DateField

from blueprints.choices import ChosenField, Needed, options
from blueprints.zones import ZoneField
from models.contacts import PURPOSES
from portal.alternates import ROLES, Chosen
from portal.days import day_of
from portal.forms import BaseForm
from portal.language import gettext
from portal.language import lazy_gettext as _
from portal.parsing import whole

ALL: Final = "all"
PROCESS: Final = "process:"
PURPOSE: Final = "purpose:"
ROLE: Final = "role:"


class DaysForm(BaseForm):
    """Who acts for somebody, for what, on which days."""

    organisation = ChosenField(_("Organisation"))
    person_id = ChosenField(_("Alternate"), coerce=int)
    begins_on = DateField(
        _("First day"), validators=[Needed(_("Give a first day that is not over."))]
    )
    ends_on = DateField(
        _("Last day"), validators=[Needed(_("Give a last day that is not before the first."))]
    )
    zone = ZoneField(_("Time zone of these days"))
    scope = ChosenField(_("Acts in"))

    def offer(
        self,
        homes: list[Any],
        people: list[Any],
        roles: Collection[str],
        processes: list[tuple[int, str]],
    ) -> None:
        """Put what the person may choose into the lists."""
        self.organisation.choices = options(homes)
        self.person_id.choices = options(people)
        contact = gettext("Contact points: %(purpose)s")
        self.scope.choices = options(
            [
                (ALL, gettext("Everything")),
                *(
                    (f"{ROLE}{role}", gettext(word))
                    for role, word in ROLES.items()
                    if role in roles
                ),
                *((f"{PROCESS}{key}", name) for key, name in processes),
                *(
                    (f"{PURPOSE}{key}", contact % {"purpose": gettext(word)})
                    for key, word in PURPOSES.items()
                ),
            ]
        )

    def begin(self, zone: str, now: datetime) -> None:
        """What stands there from the start: today, in one's own zone."""
        self.zone.data, self.begins_on.data = zone, day_of(now, zone)

    def chosen(self) -> Chosen:
        """What was chosen; what is an entry of its lists can be read as what it is."""
        scope = str(self.scope.data)
        process = whole(scope.removeprefix(PROCESS)) if scope.startswith(PROCESS) else None
        return Chosen(
            person_id=self.person_id.data,
            begins_on=self.begins_on.data,
            ends_on=self.ends_on.data,
            zone=self.zone.data,
            process_id=process,
            purpose=scope.removeprefix(PURPOSE) if scope.startswith(PURPOSE) else "",
            role=scope.removeprefix(ROLE) if scope.startswith(ROLE) else "",
            red=self.with_red(),
        )

    def with_red(self) -> bool:
        """Whether it is for TLP:RED as well."""
        return False


class DeclareForm(DaysForm):
    """Who acts for oneself; only then it can be for TLP:RED as well."""

    red = BooleanField(_("Also for TLP:RED"))

    def with_red(self) -> bool:
        """Whether it is for TLP:RED as well."""
        return bool(self.red.data)


class AppointForm(DaysForm):
    """Who acts for somebody else."""

    for_id = ChosenField(_("Person who is away"), coerce=int)


class AcceptForm(BaseForm):
    """Whether one may be asked at any hour."""

    nights = BooleanField(_("I agree to be asked at any hour"))
