"""Jinja's environment, in which texts are translated before a page is drawn.

A page has hundreds of texts that are the same each time they are drawn. So there is an environment
for each language; what it compiles holds the words themselves, and a table of those that a row
chooses.
"""

from collections.abc import Mapping
from types import FunctionType, MethodType
from typing import Any, Final, cast

from babel.support import NullTranslations
from flask import Flask
from flask.templating import Environment
from flask_babel import get_babel
from jinja2 import Template, nodes
from jinja2.compiler import CodeGenerator
from jinja2.runtime import Context, Macro
from jinja2.utils import internalcode
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from portal.language import Texts, spoken
from portal.template_store import keep_templates, kept_templates, source_key

# What is called in no other way than in Python, unless it is marked to get the context.
PLAIN: Final = frozenset({FunctionType, MethodType})


class Said(dict[str, Markup]):
    """The marked texts of one language as templates show them, where no values are put in."""

    def __init__(self, texts: Texts) -> None:
        plain = {message: text for message, text in texts.items() if "%(" not in text}
        super().__init__((message, _unfilled(text)) for message, text in plain.items())
        self.texts = texts

    def __missing__(self, message: str) -> Markup:
        return _unfilled(self.texts[message])


class Constants(NodeTransformer):
    """Puts the words of one language in the place of `_("a text")`; values are put in as before.

    A text that is no constant is looked up in what the environment has `said`.
    """

    def __init__(self, words: NullTranslations) -> None:
        self.words = words

    def visit_Call(self, call: nodes.Call) -> nodes.Expr:  # noqa: N802 - Jinja finds it by name
        """A call of `_` with a text that stands there, as the translated text."""
        self.generic_visit(call)
        if not isinstance(call.node, nodes.Name) or call.node.name != "_":
            return call
        (message, *more) = call.args
        if more or call.dyn_args or call.dyn_kwargs:
            return call
        if not isinstance(message, nodes.Const):
            said = nodes.EnvironmentAttribute("said")
            return call if call.kwargs else nodes.Getitem(said, message, "load")
        text = _html(self.words.ugettext(message.value))
        if not call.kwargs:
            return nodes.Const(text % {}, lineno=call.lineno)
        pairs = [nodes.Pair(nodes.Const(each.key), each.value) for each in call.kwargs]
        return nodes.Mod(nodes.Const(text), nodes.Dict(pairs), lineno=call.lineno)


class Pieces(CodeGenerator):
    """Compiles templates so that what is HTML already goes into a page as it is."""

    def _output_child_pre(self, node: nodes.Expr, frame: Any, finalize: Any) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("environment.piece(")
        else:
            super()._output_child_pre(node, frame, finalize)


class Calls(Context):
    """What a template is drawn in; most that it calls are macros and functions as they are."""

    @internalcode
    def call(self, called: Any, /, *args: Any, **values: Any) -> Any:
        """What a template calls, called."""
        macro = type(called) is Macro
        if not macro and (type(called) not in PLAIN or hasattr(called, "jinja_pass_arg")):
            return super().call(called, *args, **values)
        values.pop("_block_vars", None)
        values.pop("_loop_vars", None)
        return called(self.eval_ctx, *args, **values) if macro else called(*args, **values)


class Templates(Environment):
    """The templates in one language, and by `in_language` those in the others."""

    code_generator_class = Pieces
    context_class = Calls
    piece = staticmethod(lambda value: value if type(value) is Markup else escape(value))
    words: NullTranslations = NullTranslations()
    said: Mapping[str, Markup]
    usual: str  # the language of the environment that has the others

    def __init__(self, app: Flask, **options: Any) -> None:
        # All stay: the library would keep 400, and look for each under a lock.
        super().__init__(app, **{"cache_size": -1} | options)
        self.in_language: dict[str, Templates] = {}

    def make_globals(self, d: Any) -> Any:
        """What all know, as it is where a template has nothing of its own.

        Jinja lays a chain of mappings over it, and walks along it for each import of a macro.
        """
        return super().make_globals(d) if d else self.globals

    def get_or_select_template(self, *names: Any, **values: Any) -> Template:
        """The template in the reader's language: what a view renders is asked for here."""
        own = self.in_language.get(spoken().language) if self.in_language else None
        if own is None:
            return super().get_or_select_template(*names, **values)
        return own.get_or_select_template(*names, **values)

    def _generate(self, source: nodes.Template, *names: Any, **values: Any) -> str:
        spoken = Constants(self.words).visit(source)
        return super()._generate(spoken, *names, **values)

    def speaking(self, texts: Texts) -> "Templates":
        """The same templates in other words."""
        # Compiled code is kept by name and source, which are the same in all languages.
        own = self.overlay(bytecode_cache=None)
        own.in_language = {}
        own.speak(texts)
        return own

    def speak(self, texts: Texts) -> None:
        """Use these words from now on; no template is compiled yet."""
        self.words, self.said = texts.words, Said(texts)


def install(app: Flask, *, load: bool = False) -> None:
    """Give an application its templates, all loaded where it serves; its texts are installed."""
    env = cast(Templates, app.jinja_env)
    env.globals.update(_=translated, gettext=translated, ngettext=counted)
    with app.app_context():
        usual = str(get_babel().instance.default_locale)
    for name, language in app.extensions["languages"].items():
        if name == usual:
            env.usual = name
            env.speak(language.texts)
        else:
            env.in_language[name] = env.speaking(language.texts)
    if load:
        load_all(app)


def load_all(app: Flask) -> None:
    """Load every template in every language, so that no visitor waits for one to be compiled.

    Threads share them, so they are complete before there are threads (decision 0014), and before
    there are workers, each of which would compile its own.
    """
    env = cast(Templates, app.jinja_env)
    for language, own in {env.usual: env, **env.in_language}.items():
        key = source_key(language)
        compiled = own.bytecode_cache = kept_templates(language, key)
        for name in own.list_templates():
            own.get_template(name)
        own.bytecode_cache = None
        keep_templates(language, key, compiled)


def translated(message: str, **values: Any) -> Markup:
    """A text that is no constant of a template, in the reader's words, with its values escaped."""
    said = _html(spoken().translated(message))
    return said % values if values or "%" in said else said


def counted(one: str, many: str, num: int, **values: Any) -> Markup:
    """The same of a text that depends on a number, which is its value `num`."""
    return _html(spoken().counted(one, many, num)) % {"num": num, **values}


def _unfilled(text: str) -> Markup:
    return _html(text) % {} if "%" in text else _html(text)


def _html(text: str) -> Markup:
    # As Jinja's own i18n does: what the catalogue says is markup of ours, values are escaped.
    return Markup(text)  # noqa: S704  # nosec B704
