"""Questions that are answered in words beforehand, as fields of whatever form asks them."""

from collections.abc import Mapping
from typing import Any

from wtforms import TextAreaField
from wtforms.validators import Length

from blueprints.audience_forms import gettext_lazy
from portal.precautions import LONGEST


def ask(form: type[Any], questions: Mapping[str, str]) -> None:
    """Give the form a field for each question."""
    for key, question in questions.items():
        field = TextAreaField(gettext_lazy(question), validators=[Length(max=LONGEST)])
        setattr(form, key, field)


def answers_of(form: Any, questions: Mapping[str, str]) -> dict[str, str]:
    """What was answered, as far as anything was."""
    typed = {key: (form[key].data or "").strip() for key in questions}
    return {key: said for key, said in typed.items() if said}
