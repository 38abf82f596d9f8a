"""A list page as one would sketch it: Flask, Jinja, the ORM, three questions, no policy.

It stands between the bare page and ours: what of our page any page with a database would cost.
Served by gunicorn it reads the database of the bench from `PORTAL_DATABASE_URL`.
"""

import os
from typing import Any, Final

from flask import Flask, render_template
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.audience import AudienceRow
from models.notices import Notice
from models.signins import SignIn
from models.stakeholders import Organisation, Person
from portal.db import make_engine, make_sessions, reading
from portal.presence import key_hash
from tools.bench.cast import SOMEBODY

PAGE: Final = 25
CAP: Final = 101
PRINCIPAL: Final = "o:3"
LIKE_OURS: Final = 20_000  # bytes of HTML
HTML: Final = """<!doctype html>
<html lang="en">
<head><title>Notices</title><style>{{ style }}</style></head>
<body>
<header><a href="/">Sketch</a> <span>{{ person.name }}</span></header>
<main>
<h1>Notices ({{ many }})</h1>
<table>
<thead><tr><th>Marking</th><th>Notice</th><th>From</th><th>Published</th><th>State</th></tr></thead>
<tbody>
{% for row in rows %}
<tr>
<td><span class="badge tlp-{{ row.tlp|lower }}">TLP:{{ row.tlp }}</span></td>
<td><a href="{{ url_for('index', after=row.ref) }}">{{ row.title }}</a><br>{{ row.ref }}</td>
<td>{{ row.organisation }}</td>
<td><time datetime="{{ row.published_at.isoformat() }}">
{{ row.published_at.strftime('%d %B %Y, %H:%M') }}</time></td>
<td><span class="badge">{{ row.state }}</span></td>
</tr>
{% endfor %}
</tbody>
</table>
</main>
</body>
</html>
"""

STYLE: Final = "a{color:blue}" * ((LIKE_OURS - 9_000) // len("a{color:blue}"))


def create(url: str = "") -> Flask:
    """The application over this database; without one, over that of the environment."""
    app = Flask(__name__)
    template = app.jinja_env.from_string(HTML)
    sessions = make_sessions(make_engine(url or os.environ["PORTAL_DATABASE_URL"]))

    @app.get("/")
    def index() -> str:
        with reading(sessions) as session:
            return render_template(
                template,
                person=_person(session),
                rows=_newest(session),
                many=_many(session),
                style=STYLE,
            )

    return app


def _person(session: Session) -> Person:
    mine = select(Person).join(SignIn, SignIn.person_id == Person.id)
    return session.scalars(mine.where(SignIn.key_hash == key_hash(SOMEBODY)).limit(1)).one()


def _newest(session: Session) -> list[Any]:
    question = (
        select(
            Notice.ref,
            Notice.title,
            Notice.tlp,
            Notice.state,
            Notice.published_at,
            Organisation.name.label("organisation"),
        )
        .join(AudienceRow, AudienceRow.notice_id == Notice.id)
        .join(Organisation, Organisation.id == Notice.organisation_id)
        .where(AudienceRow.principal == PRINCIPAL)
        .order_by(AudienceRow.published_at.desc(), AudienceRow.notice_id.desc())
        .limit(PAGE)
    )
    return list(session.execute(question))


def _many(session: Session) -> int:
    few = select(AudienceRow.notice_id).where(AudienceRow.principal == PRINCIPAL).limit(CAP)
    return session.scalar(select(func.count()).select_from(few.subquery())) or 0
