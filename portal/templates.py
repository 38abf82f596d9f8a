"""Jinja's environment, in which constant texts are translated when a template is compiled.

A page has hundreds of texts that are the same each time they are drawn. So there is an environment
for each language; what it compiles holds the words themselves.
"""

from typing import Any, cast

from babel.support import NullTranslations
from flask import Flask
from flask.templating import Environment
from flask_babel import force_locale, get_babel, get_translations
from jinja2 import Template, nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from portal.language import spoken


class Constants(NodeTransformer):
    """Puts the words of one language in the place of `_("a text")`; values are put in as before."""

    def __init__(self, words: NullTranslations) -> None:
        self.words = words

    def visit_Call(self, call: nodes.Call) -> nodes.Expr:  # noqa: N802 - Jinja finds it by name
        """A call of `_` with a text that stands there, as the translated text."""
        self.generic_visit(call)
        if not isinstance(call.node, nodes.Name) or call.node.name != "_":
            return call
        (message, *more) = call.args
        if not isinstance(message, nodes.Const) or more or call.dyn_args or call.dyn_kwargs:
            return call
        text = _html(self.words.ugettext(message.value))
        if not call.kwargs:
            return nodes.Const(text % {}, lineno=call.lineno)
        pairs = [nodes.Pair(nodes.Const(each.key), each.value) for each in call.kwargs]
        return nodes.Mod(nodes.Const(text), nodes.Dict(pairs), lineno=call.lineno)


class Templates(Environment):
    """The templates in one language, and by `in_language` those in the others."""

    words: NullTranslations = NullTranslations()

    def __init__(self, app: Flask, **options: Any) -> None:
        super().__init__(app, **options)
        self.in_language: dict[str, Templates] = {}

    def get_or_select_template(self, *names: Any, **values: Any) -> Template:
        """The template in the reader's language: what a view renders is asked for here."""
        own = self.in_language.get(spoken().language) if self.in_language else None
        if own is None:
            return super().get_or_select_template(*names, **values)
        return own.get_or_select_template(*names, **values)

    def _generate(self, source: nodes.Template, *names: Any, **values: Any) -> str:
        spoken = Constants(self.words).visit(source)
        return super()._generate(spoken, *names, **values)

    def speaking(self, words: NullTranslations) -> "Templates":
        """The same templates in other words."""
        # Compiled code is kept by name and source, which are the same in all languages.
        own = self.overlay(bytecode_cache=None)
        own.words, own.in_language = words, {}
        return own


def install(app: Flask) -> None:
    """Give an application its templates; its texts are already installed."""
    env = cast(Templates, app.jinja_env)
    env.globals.update(_=translated, gettext=translated, ngettext=counted)
    with app.app_context():
        babel = get_babel().instance
        for locale in babel.list_translations():
            with force_locale(str(locale)):
                words = get_translations()
            if locale == babel.default_locale:
                env.words = words
            else:
                env.in_language[str(locale)] = env.speaking(words)


def translated(message: str, **values: Any) -> Markup:
    """A text that is no constant of a template, in the reader's words, with its values escaped."""
    said = _html(spoken().translated(message))
    return said % values if values or "%" in said else said


def counted(one: str, many: str, num: int, **values: Any) -> Markup:
    """The same of a text that depends on a number, which is its value `num`."""
    return _html(spoken().counted(one, many, num)) % {"num": num, **values}


def _html(text: str) -> Markup:
    # As Jinja's own i18n does: what the catalogue says is markup of ours, values are escaped.
    return Markup(text)  # noqa: S704  # nosec B704
