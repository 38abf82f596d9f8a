"""A machine without Pango has a portal all the same, which says what is missing."""

import subprocess
import sys

import pytest
from flask import Flask

from portal import pdf
from portal.error_handlers import answer_error
from tests.architecture.files import ROOT
from tests.soup import parsed
from tests.warm import Warm

pytestmark = pytest.mark.prints
# The loaders of shared libraries, as they are where none of them is installed.
WITHOUT = """
import ctypes
def missing(*_names):
    raise OSError("cannot load library")
ctypes.CDLL = missing
import portal.app
from portal import pdf
assert not pdf.available()
try:
    pdf.as_pdf("<p>x", title="x", language="en")
except pdf.Unprintable:
    print("unprintable")
"""
WITHOUT_ANOTHER = """
import cffi, runpy
def missing(*_names):
    raise OSError("cannot load library 'libgobject-2.0-0'")
cffi.FFI.dlopen = missing
runpy.run_module("portal.printing", run_name="__main__")
"""


def test_the_portal_loads_without_the_libraries_and_in_silence() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr, done.returncode) == ("unprintable\n", "", 0)


def test_a_library_that_is_missed_only_when_printing_is_named_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pdf, "COMMAND", (sys.executable, "-c", WITHOUT_ANOTHER))
    with pytest.raises(pdf.Unprintable):
        pdf.as_pdf("<p>x", title="x", language="en")


def test_a_page_that_cannot_be_laid_out_is_an_error_that_does_not_quote_it(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        pdf, "COMMAND", (sys.executable, "-c", "import sys; sys.exit(sys.stdin.read())")
    )
    with pytest.raises(RuntimeError) as failed:
        pdf.as_pdf("<p>canary", title="canary", language="en")
    assert "canary" not in str(failed.value)
    assert capfd.readouterr() == ("", "")


def test_no_worker_carries_the_library() -> None:
    lines = "import sys, portal.app; sys.exit('weasyprint' in sys.modules)"
    assert Warm([sys.executable, "-c", lines]).wait() == 0


def test_the_answer_names_the_package_and_the_other_way(bare: Flask) -> None:
    with bare.test_request_context("/"):
        answer = bare.make_response(answer_error(pdf.Unprintable()))
    words = " ".join(parsed(answer.data).get_text(" ").split())
    assert answer.status_code == 503
    assert "PDF needs the package libpango-1.0-0 on the server" in words
    assert "The print view of your browser still works" in words
