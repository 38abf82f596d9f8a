"""A machine without Pango has a portal all the same, which says what is missing."""

import subprocess
import sys

import pytest
from flask import Flask

from portal import pdf
from portal.error_handlers import answer_error
from tests.architecture.files import ROOT
from tests.soup import parsed

# The loader of shared libraries, as it is where none of them is installed.
WITHOUT = """
import cffi
def missing(*_names):
    raise OSError("cannot load library 'libpango-1.0-0'")
cffi.FFI.dlopen = missing
import portal.app
from portal import pdf
assert not pdf.available()
try:
    pdf.as_pdf("<p>x", title="x", language="en")
except pdf.Unprintable:
    print("unprintable")
"""


def test_the_portal_loads_without_the_libraries_and_in_silence() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr, done.returncode) == ("unprintable\n", "", 0)


def test_without_them_there_is_no_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "HTML", None)
    assert not pdf.available()
    with pytest.raises(pdf.Unprintable):
        pdf.as_pdf("<p>x", title="x", language="en")


def test_the_answer_names_the_package_and_the_other_way(bare: Flask) -> None:
    with bare.test_request_context("/"):
        answer = bare.make_response(answer_error(pdf.Unprintable()))
    words = " ".join(parsed(answer.data).get_text(" ").split())
    assert answer.status_code == 503
    assert "PDF needs the package libpango-1.0-0 on the server" in words
    assert "The print view of your browser still works" in words
