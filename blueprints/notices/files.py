"""Files of a notice: added, taken off, and handed out as nothing but a download."""

from io import BytesIO

from flask import Response, current_app, flash, g, redirect, send_file, url_for
from flask.typing import ResponseReturnValue

from blueprints.notices.forms import CommentForm, FileForm
from blueprints.notices.views import notice_page, notices
from portal import notices as service
from portal import web
from portal.forms import creates
from portal.language import gettext
from portal.media import Upload
from portal.store import Store


@notices.post("/<ref>/attach")
@web.limiter.limit("120/hour")
@creates
def attach(ref: str) -> ResponseReturnValue:
    """Add a file to the notice."""
    form = FileForm()
    if form.validate_on_submit():
        file = Upload.of(form.file.data.filename, form.file.data.read())
        with web.attempt(form):
            service.attach(web.session(), web.actor(), ref, file=file, store=_store(), now=g.now)
            flash(gettext("File added."))
            return redirect(url_for("notices.read", ref=ref))
    reading = service.read(web.session(), web.actor(), ref, g.now)
    return notice_page(reading, CommentForm(formdata=None), form, 422)


@notices.post("/<ref>/detach/<file_ref>")
def detach(ref: str, file_ref: str) -> ResponseReturnValue:
    """Take a file off the draft."""
    service.detach(web.session(), web.actor(), ref, file_ref, _store(), g.now)
    flash(gettext("File removed."))
    return redirect(url_for("notices.read", ref=ref))


@notices.get("/<ref>/files/<file_ref>")
@web.records
def download(ref: str, file_ref: str) -> Response:
    """Hand a file out: always to be saved, never shown; no ranges, nothing kept on the way."""
    attachment, content = service.open_file(
        web.session(), web.actor(), ref, file_ref, _store(), g.now
    )
    answer = send_file(
        BytesIO(content),
        mimetype=attachment.media_type,
        as_attachment=True,
        download_name=attachment.name,
        conditional=False,
    )
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["Accept-Ranges"] = "none"
    return answer


def _store() -> Store:
    store: Store = current_app.extensions["store"]
    return store
