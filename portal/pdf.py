"""A page as PDF: tagged (PDF/UA-1), with its marking on each sheet, and out of itself alone.

A process of its own lays it out (`portal.printing`) and ends with the page: whatever that needs in
time and memory is given back, and no worker carries the library. It needs Pango, a library of the
system. Where that is missing the portal works all the same, and whoever asks for a PDF is told what
to install.
"""

import ctypes
import json
import shutil
import subprocess  # nosec B404
import sys
from pathlib import Path
from typing import Final

from portal.errors import PortalError

ROOT: Final = Path(__file__).resolve().parent.parent
COMMAND: Final = (sys.executable, "-m", "portal.printing")
PATIENCE: Final = 120  # seconds, for the longest dossier on a busy machine
SCRIPTS: Final = ("ar", "he", "ja", "ko", "ru", "zh-cn")
NO_LIBRARY: Final = 3  # how the process ends where one is missing
LIBRARIES: Final = ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib")


class Unprintable(PortalError):
    """A library that PDF needs is missing on this machine."""


def _has_library() -> bool:
    for name in LIBRARIES:
        try:
            ctypes.CDLL(name)
        except OSError:
            continue
        return True
    return False


AVAILABLE: Final = _has_library()


def available() -> bool:
    """Whether this machine can make PDF."""
    return AVAILABLE


def without_font() -> tuple[str, ...]:
    """Languages for whose script this machine has no font: their letters print as boxes.

    Empty where fontconfig's list cannot be asked.
    """
    asked = shutil.which("fc-list")
    if asked is None:
        return ()
    return tuple(language for language in SCRIPTS if not _fonts(asked, language))


def _fonts(asked: str, language: str) -> bool:
    command = [asked, f":lang={language}", "family"]
    done = subprocess.run(command, capture_output=True, timeout=20, check=False)  # noqa: S603  # nosec B603
    return bool(done.stdout.strip())


def as_pdf(html: str, *, title: str, language: str) -> bytes:
    """A whole page (templates/pdf/base.html) as PDF; raises Unprintable where it cannot be made.

    Title and language (BCP 47) are told to readers' programs, as PDF/UA-1 (ISO 14289-1) asks.
    Pictures are inline SVG, named by their aria-label and coloured by static/paper-pictures.css.
    """
    if not available():
        raise Unprintable
    return printed({"html": html, "title": title, "language": language})


def as_png(svg: str, *, width: int, height: int) -> bytes:
    """A picture as PNG, from the same process and letters; raises Unprintable likewise."""
    if not available():
        raise Unprintable
    return printed({"svg": svg, "width": str(width), "height": str(height)})


def printed(page: dict[str, str]) -> bytes:
    """What `portal.printing` makes of its arguments, from a process of its own."""
    # What it says of a page may quote it, and no log line holds a person's text.
    done = subprocess.run(  # noqa: S603  # nosec B603
        COMMAND, input=json.dumps(page).encode(), cwd=ROOT, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, timeout=PATIENCE, check=False,
    )  # fmt: skip
    if done.returncode == NO_LIBRARY:
        raise Unprintable
    if done.returncode:
        raise RuntimeError(f"printing ended with {done.returncode}")
    return done.stdout
