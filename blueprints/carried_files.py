"""A file that is read twice: for a dry run, and once it is agreed; it travels with the page.

Nothing is stored before the writer agrees.
"""

import base64
import binascii
import zlib
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.file import FileField
from wtforms import HiddenField
from wtforms.validators import ValidationError

from blueprints.choices import ChosenField, options
from portal.errors import Invalid
from portal.forms import BaseForm
from portal.language import gettext, ngettext
from portal.language import lazy_gettext as _
from portal.words import N_


class CarriedFileForm(BaseForm):
    """A file to make drafts of, and for which organisation."""

    organisation = ChosenField(_("On behalf of"))
    file = FileField(_("File"))
    carried = HiddenField()

    def offer(self, homes: list[tuple[Any, str]]) -> None:
        """Put the organisations that the person writes for into the list."""
        self.organisation.choices = options(homes)

    def validate_file(self, field: Any) -> None:
        """Ask for a file together with all that is missing, unless one travels with the page."""
        if not field.data and not self.carried.data:
            raise ValidationError(gettext("Choose a file first."))

    def content(self, largest: int) -> bytes:
        """The bytes of the file, chosen now or carried; raises Invalid for what was damaged."""
        carried, self.carried.data = self.carried.data, ""
        if carried:
            return unpacked(carried, largest)
        return self.file.data.read(largest + 1) if self.file.data else b""

    def carry(self, data: bytes) -> None:
        """Let the file travel with the page."""
        self.carried.data = packed(data)


def drafted(made: int, endpoint: str) -> ResponseReturnValue:
    """Say how many drafts were made, and lead to the list."""
    flash(
        ngettext(
            "%(num)s draft created. Check it, and choose who may see it.",
            "%(num)s drafts created. Check them, and choose who may see them.",
            made,
        )
    )
    return redirect(url_for(endpoint))


def packed(data: bytes) -> str:
    """Bytes as a field of a form holds them."""
    return base64.b64encode(zlib.compress(data, 6)).decode()


def unpacked(text: str, largest: int) -> bytes:
    """What was packed, at most one byte more than `largest`; raises Invalid where it is none."""
    try:
        whole = base64.b64decode(text, validate=True)
        return zlib.decompressobj().decompress(whole, largest + 1)
    except (binascii.Error, zlib.error, ValueError) as bad:
        raise Invalid({"file": N_("The file was damaged in transit. Choose it again.")}) from bad
