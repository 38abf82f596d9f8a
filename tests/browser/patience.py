"""How long a test with a browser waits: on a machine of any speed until it is there.

Nothing else in these tests sleeps, or gives up sooner (tests/architecture/test_clicks.py).
"""

import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, TypeVar

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Playwright, expect

PATIENCE: Final = 300  # seconds
LONGEST: Final = PATIENCE * 1000  # the same in ms
T = TypeVar("T")


def until(asked: Callable[[], T], else_say: str, pause: float = 0.25) -> T:
    """The answer, asked for again until there is one; else that is said after all patience."""
    end = time.monotonic() + PATIENCE
    while not (answer := asked()):
        assert time.monotonic() < end, else_say
        time.sleep(pause)
    return answer


def answers(url: str) -> bool:
    """Whether an address answers well; a slow answer is one."""
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE):
            return True
    except OSError:
        return False


@contextmanager
def patient_browser(player: Playwright, path: str, flags: list[str]) -> Iterator[Browser]:
    """A browser that nobody hurries, and in which a click waits for all of the page it opens.

    Playwright's own click waits for the first bytes of that page; what is counted or read then may
    still be coming.
    """
    expect.set_options(timeout=LONGEST)
    browser = player.chromium.launch(executable_path=path, args=flags, timeout=LONGEST)
    make, click = browser.new_context, Locator.click

    def context(**said: Any) -> BrowserContext:
        made = make(**said)
        made.set_default_timeout(LONGEST)
        return made

    def page(**said: Any) -> Page:
        return context(**said).new_page()

    def click_and_wait(target: Locator, **said: Any) -> None:
        click(target, **said)
        target.page.wait_for_load_state()

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(browser, "new_context", context)
        patched.setattr(browser, "new_page", page)
        patched.setattr(Locator, "click", click_and_wait)
        yield browser
    browser.close()
