"""Take the README's picture: the head, the year and the funds of a real report, as a browser shows.

``python docs/images/take.py OUT/report.html docs/images/report.png``, OUT being a folder that
``plsched solve`` wrote.
"""

import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.browser import launch_options

COLOURS = 64
# What stands between the parts shown is left out; nothing is drawn anew.
KEEP = """
const hide = element => { element.style.display = 'none' };
document.querySelectorAll('header table, header nav, nav, header dl').forEach(hide);
for (const section of document.querySelectorAll('section')) {
  if (!['year', 'costs'].includes(section.id)) { hide(section); continue }
  let after = false;
  for (const child of [...section.children]) {
    if (after) hide(child);
    after = after || child.matches('img') || child.querySelector('img') !== null;
  }
}
"""


def take(report: Path, picture: Path) -> None:
    """Photograph a report and save it with few colours, so that the file is small."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        page = browser.new_page(viewport={"width": 1100, "height": 400})
        page.goto(report.resolve().as_uri())
        page.evaluate(f"() => {{ {KEEP} }}")
        page.screenshot(path=picture, full_page=True)
        browser.close()
    with Image.open(picture) as full:
        small = full.convert("P", palette=Image.Palette.ADAPTIVE, colors=COLOURS)
    small.save(picture, optimize=True)


if __name__ == "__main__":
    take(Path(sys.argv[1]), Path(sys.argv[2]))
