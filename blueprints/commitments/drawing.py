"""The picture of what hangs on what: each commitment a box that leads to it, each tie a line."""

from typing import cast

from flask import url_for

from models.commitments import Condition
from models.commitments import ConditionType as Tie
from portal.commitments import Move, Web
from portal.commitments.dependency_graph import Knot
from portal.language import gettext, ngettext
from portal.pictures.graph import Drawing, Edge, Node, Sort, graph


def drawing_of(web: Web) -> Drawing:
    """The web as a picture; of what one may not see a box only says that it is there."""
    nodes = [_box(key, knot, key in web.blind) for key, knot in web.knots.items()]
    edges = [
        Edge(str(tie.on_id), str(tie.commitment_id), cast("Sort", str(tie.type)), _days(tie))
        for tie in web.ties
    ]
    return graph(nodes, edges)


def _box(key: int, knot: Knot, blind: bool) -> Node:
    unseen = [gettext("depends on a commitment that is not shown to you")] if blind else []
    words = [knot.row.title or knot.row.ref, *(unseen or [words_of(knot.move)])]
    where = url_for("commitments.read", ref=knot.row.ref)
    return Node(str(key), tuple(word for word in words if word), knot.row.state, where)


def _days(tie: Condition) -> str:
    if tie.type == Tie.TOGETHER or not tie.days:
        return ""
    return str(ngettext("%(num)s day", "%(num)s days", tie.days))


def words_of(move: Move) -> str:
    """Whose turn it is, in words; nothing where all is over."""
    words = {
        "propose": gettext("%(who)s proposes", who=move.who),
        "answer": gettext("%(who)s responds", who=move.who),
        "report": gettext("%(who)s reports", who=move.who),
        "verify": gettext("%(who)s verifies", who=move.who),
        "begin": gettext("starts when its conditions are met"),
        "resume": gettext("resumes when its conditions are met"),
    }
    return str(words.get(move.word, ""))
