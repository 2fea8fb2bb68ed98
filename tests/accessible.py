"""What a page does to people who cannot see it or use no mouse, as axe finds it."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]


def faults(page: Page) -> list[tuple[str, list[str]]]:
    """Give the rules that a page breaks, each with the elements that do."""
    options = {"runOnly": {"type": "tag", "values": RULES}}
    found = Axe().run(page, options=options).response["violations"]
    return [(v["id"], [n["html"] for n in v["nodes"]]) for v in found]
