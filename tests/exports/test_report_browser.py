"""The report in a real browser: for everybody, by keyboard, on paper, without a network."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from plsched.exports.report import write_report
from plsched.plan.models import Plan
from plsched.scenario.models import Scenario
from tests.accessible import faults
from tests.exports.plans import plan, scenario
from tests.exports.report_plan import Crowd

pytestmark = pytest.mark.browser


def infeasible() -> Plan:
    return plan().model_copy(update={"status": "INFEASIBLE", "items": (), "tiers": ()})


def show(page: Page, folder: Path, district: Scenario, shown: Plan) -> None:
    path = folder / "report.html"
    write_report(path, district, shown, ("Title II-A is cut by 20%.",))
    page.goto(path.as_uri())


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("which", ["by hand", "crowded", "infeasible"])
def test_axe_finds_nothing(browser: Browser, tmp_path: Path, colours: str, which: str) -> None:
    shown = {"by hand": plan, "crowded": Crowd(scenario()).plan, "infeasible": infeasible}[which]()
    page = browser.new_page(color_scheme="dark" if colours == "dark" else "light")
    show(page, tmp_path, scenario(), shown)
    found = faults(page)
    page.close()
    assert found == []


def test_it_asks_for_nothing_and_says_nothing(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    show(page, tmp_path, scenario(), plan())
    page.close()
    assert [url for url in asked if not url.startswith("data:")] == [
        (tmp_path / "report.html").as_uri()
    ]
    assert said == []


def test_the_keyboard_reaches_the_report_and_each_section(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page()
    show(page, tmp_path, scenario(), plan())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the report"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"
    page.goto((tmp_path / "report.html").as_uri())
    page.evaluate("document.activeElement.blur()")
    for _ in range(6):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector(':target').id") == "costs"
    page.close()


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_no_width_makes_the_page_scroll_sideways(
    browser: Browser, tmp_path: Path, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    show(page, tmp_path, scenario(), plan())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_on_a_phone_pictures_stay_large_enough_to_read(browser: Browser, tmp_path: Path) -> None:
    """They are scrolled within their section, as wide tables are."""
    page = browser.new_page(viewport={"width": 390, "height": 844})
    show(page, tmp_path, scenario(), plan())
    narrowest = "Math.min(...[...document.images].map(i => i.getBoundingClientRect().width))"
    assert page.evaluate(narrowest) >= 700
    page.close()


def test_on_a_common_screen_no_table_has_to_be_scrolled(browser: Browser, tmp_path: Path) -> None:
    crowded = Crowd(scenario()).plan()
    alike = [
        crowded.left_out[0].model_copy(update={"id": f"{crowded.left_out[0].id}/unit-{n}"})
        for n in range(20)
    ]
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    show(page, tmp_path, scenario(), crowded.model_copy(update={"left_out": tuple(alike)}))
    scrolled = page.evaluate(
        "[...document.querySelectorAll('section, .wide')]"
        ".filter(e => e.scrollWidth > e.clientWidth).map(e => e.id)"
    )
    assert scrolled == []
    page.close()


@pytest.mark.parametrize(("paper", "landscape"), [("A4", False), ("Letter", True)])
def test_nothing_is_cut_off_on_paper(
    browser: Browser, tmp_path: Path, paper: str, landscape: bool
) -> None:
    """On paper nothing scrolls: each table is as wide as the page at most."""
    inches = {("A4", False): 8.27, ("Letter", True): 11.0}[paper, landscape]
    margins_mm = 24
    width = int(inches * 96 - margins_mm / 25.4 * 96)
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.emulate_media(media="print")
    show(page, tmp_path, scenario(), plan())
    wide = page.evaluate(
        "[...document.querySelectorAll('table, img')].filter(e => e.getBoundingClientRect().right"
        f" > {width} + 1).map(e => e.outerHTML.slice(0, 200))"
    )
    assert wide == []
    assert page.pdf(format=paper, landscape=landscape)[:5] == b"%PDF-"
    page.close()
