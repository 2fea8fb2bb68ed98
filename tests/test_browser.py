"""The browser that `make test` found or installed starts, draws and is seen by axe."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from tests.browser import launch_options

PAGE = """<!doctype html><html lang="en"><title>A year</title>
<main><h1>A year</h1><img src="data:," {alt}></main></html>"""


@pytest.mark.browser
@pytest.mark.parametrize(("alt", "violations"), [('alt="Load per week"', []), ("", ["image-alt"])])
def test_axe_sees_what_the_browser_draws(alt: str, violations: list[str]) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        page = browser.new_page()
        page.set_content(PAGE.format(alt=alt))
        found = Axe().run(page).response["violations"]
        browser.close()
    assert [violation["id"] for violation in found] == violations
