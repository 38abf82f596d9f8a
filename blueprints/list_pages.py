"""The page of a list without ticked rows: what is asked of it, its rows, what stands beside.

Its template is `templates/<noun>/index.html`, which fills blocks of `templates/lists/page.html`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from flask import g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from blueprints.list_fields import names_to_choose
from blueprints.lists import Asked, ListSpec
from portal import search, web
from portal.saved_views import views_of


class Part(NamedTuple):
    """A part of a list under a heading of its own, and the mark of its next page."""

    heading: str
    rows: Sequence[Any]
    after: str
    first: bool = False


@dataclass(frozen=True)
class ListPage:
    """What the list of a noun is made of.

    `beside` and `listed` are its service's: what stands beside the list, and one page of its rows.
    `narrowed` puts what an address asks into the service's filter; `groups` are the headings by
    which rows can be grouped, by the names that the spec has.
    """

    noun: str
    spec: ListSpec
    beside: Callable[..., Any]
    listed: Callable[..., Any]
    narrowed: Callable[[Asked], Any]
    groups: Mapping[str, Callable[[Any], str]]

    def drawn(self, **more: Any) -> ResponseReturnValue:
        """The page for whoever asks, or the way to the view that they let it open with.

        `more` is what its template needs besides.
        """
        session, actor = web.session(), web.actor()
        views = views_of(session, actor, g.now)
        asked = Asked(self.spec, request.args, names_to_choose, request.path, views)
        if asked.default:
            return redirect(asked.default)
        beside = self.beside(session, actor, g.now)
        page = self.listed(
            session,
            actor,
            g.now,
            narrowed=self.narrowed(asked),
            after=asked.after,
            order=asked.order,
            hits=search.hits_of(self.noun, asked.text("q"), session.get_bind().dialect.name),
        )
        return render_template(
            f"{self.noun}/index.html",
            page=page,
            beside=beside,
            asked=asked,
            groups=asked.groups(page.rows, self.groups),
            **more,
        )
