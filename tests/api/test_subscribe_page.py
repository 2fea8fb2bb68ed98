"""The subscribe page in a real browser: for everybody, by keyboard, on paper, without JavaScript."""

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Browser, Page

from plsched.api import ApiSettings
from tests.accessible import faults
from tests.api.conftest import by_hand
from tests.api.live import live
from tests.api.told import solve

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    url = f"sqlite:///{tmp_path_factory.mktemp('store')}/store.db"
    with live(ApiSettings(database_url=url), by_hand) as base, httpx2.Client(base_url=base) as http:
        http.post(f"/v1/plans/{solve(http)['plan']}/publish")
        issued = http.post("/v1/feeds", json={"kind": "educator", "id": "t1"}).json()
        yield str(issued["subscribe"])


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    found = browser.new_page(java_script_enabled=True)
    found.goto(address)
    yield found
    found.close()


def test_axe_finds_nothing(page: Page) -> None:
    assert faults(page) == []


def test_it_works_without_javascript_and_asks_nobody_else(browser: Browser, address: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    base = address.partition("/subscribe/")[0]
    assert {url for url in asked if not url.startswith(base)} == set()
    assert page.get_by_role("heading", level=1).inner_text() == "Teacher 1: professional learning"
    code = page.get_by_role("img", name="QR code with the address of this page")
    box = code.bounding_box()
    assert box is not None
    assert box["width"] > 100
    assert box["height"] > 100
    page.close()


def test_the_keyboard_reaches_each_link(page: Page) -> None:
    reached = []
    for _ in range(7):
        page.keyboard.press("Tab")
        reached.append(str(page.evaluate("document.activeElement.textContent")).strip())
    assert reached[:5] == [
        "Skip to the content",
        "Open in the calendar program of this device",
        "Add to Google Calendar",
        "Add to Outlook (work or school)",
        "Add to Outlook.com",
    ]
    assert reached[5].endswith(".ics")


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_no_width_makes_the_page_scroll_sideways(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_it_fits_on_paper_with_code_and_address(page: Page, tmp_path: Path) -> None:
    page.set_viewport_size({"width": 700, "height": 900})
    page.emulate_media(media="print")
    cut = page.evaluate(
        "[...document.querySelectorAll('table, svg, code')]"
        ".filter(e => e.getBoundingClientRect().right > 701).map(e => e.outerHTML.slice(0, 99))"
    )
    assert cut == []
    assert page.locator("header").is_visible() is False
    assert page.get_by_text(".ics").first.is_visible()
    page.pdf(path=tmp_path / "page.pdf", format="Letter")
    assert (tmp_path / "page.pdf").read_bytes()[:5] == b"%PDF-"


def test_an_address_that_leads_nowhere_is_told_in_words(browser: Browser, address: str) -> None:
    page = browser.new_page()
    answer = page.goto(f"{address[:-4]}none")
    assert answer is not None
    assert answer.status == 404
    assert page.get_by_role("heading", level=1).inner_text() == "No such calendar"
    assert "Ask whoever gave it to you for the new one" in page.inner_text("main")
    assert faults(page) == []
    page.close()
