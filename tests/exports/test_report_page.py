"""The page as a whole: what it holds, that it stands on its own, and that nothing breaks out."""

from __future__ import annotations

import base64
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from plsched.exports.report import render_report, write_report
from plsched.plan.models import Conflict, Plan, Status
from plsched.scenario.check import load
from tests.exports.district import AWKWARD_TITLE
from tests.exports.plans import plan, scenario
from tests.exports.report_plan import Crowd
from tests.pace import quiet_seconds

ROOT = Path(__file__).parents[2]
EVIL = '<script>alert("x")</script>'


class Outline(HTMLParser):
    """Reads headings, tags with their attributes, and what follows each picture."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.headings: list[tuple[str, str]] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._heading = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if re.fullmatch("h[1-6]", tag):
            self._heading = tag
            self.headings.append((tag, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == self._heading:
            self._heading = ""

    def handle_data(self, data: str) -> None:
        if self._heading:
            tag, text = self.headings[-1]
            self.headings[-1] = (tag, text + data)


@pytest.fixture(scope="module")
def page() -> str:
    return render_report(scenario(), plan(), ("Title II-A is cut by 20%.",))


def pictures(page: str) -> list[str]:
    found = re.findall(r'src="data:image/svg\+xml;base64,([^"]+)"', page)
    return [base64.b64decode(text).decode() for text in found]


def planless(status: Status) -> Plan:
    return plan().model_copy(
        update={
            "status": status,
            "items": (),
            "substitutes": (),
            "expert_days": (),
            "left_out": (),
            "tiers": (),
            "conflicts": (
                Conflict(
                    family="facilities", ids=("NUM", "hall"), text="NUM and SAFE want the hall."
                ),
            )
            if status == "INFEASIBLE"
            else (),
        }
    )


def test_sections_stand_in_the_order_in_which_they_are_read(page: str) -> None:
    titles = [text for tag, text in Outline(page).headings if tag in {"h1", "h2"}]
    assert titles == [
        "Three Trees",
        "What was changed for this what-if",
        "Notes",
        "The year",
        "Load per week",
        "Coverage",
        "Cost",
        "Substitutes",
        "Coaches",
        "Left out, and why",
        "Gaps",
        "Evaluation",
        "The first 120 days",
    ]


def test_each_section_begins_with_its_finding(page: str) -> None:
    sections = re.findall(r"<section.*?</section>", page, re.DOTALL)
    first = [re.search(r"</h2>\s*<(\w+)[^>]*?class=\"(\w+)\"", section) for section in sections]
    assert [m and m.groups() for m in first] == [("p", "finding")] * 10


def test_nothing_is_asked_of_a_network(page: str) -> None:
    links = [
        value
        for tag, attrs in Outline(page).tags
        for name, value in attrs.items()
        if name in {"src", "href", "srcset", "data", "action"} and tag != "a"
    ]
    assert [v for v in links if v is None or not v.startswith("data:image/svg+xml;base64,")] == []
    assert all((attrs["href"] or "").startswith("#") for t, attrs in Outline(page).tags if t == "a")
    assert "<script" not in page
    assert "@import" not in page
    assert not re.search(r"url\(", page)
    for picture in pictures(page):
        assert not re.search(r'href="(?!#)|url\((?!#)|<script|<image', picture)


def test_each_picture_says_what_it_shows_and_has_a_table_after_it(page: str) -> None:
    tags = [(t, a) for t, a in Outline(page).tags if t in {"img", "table", "h2", "h3"}]
    for at, (tag, attrs) in enumerate(tags):
        if tag == "img":
            assert attrs["alt"]
            assert "table below" in attrs["alt"]
            assert tags[at + 1][0] == "table"
    assert len(pictures(page)) == 5


def test_pictures_keep_their_text(page: str) -> None:
    year = next(p for p in pictures(page) if "Numeracy coaching" in p)
    assert "=1+1 Numeracy; &lt;deep&gt;" in year


def test_every_text_is_a_text() -> None:
    hostile = scenario().model_copy(update={"name": EVIL, "description": EVIL})
    page = render_report(hostile, plan(), (EVIL,))
    assert "<script" not in page
    assert page.count("&lt;script&gt;alert(&#34;x&#34;)&lt;/script&gt;") == 4
    assert AWKWARD_TITLE not in page


def test_dollar_signs_are_no_formulas_in_pictures() -> None:
    priced = scenario()
    funds = tuple(f.model_copy(update={"name": "Costs $5 or $10_x^2"}) for f in priced.funds)
    page = render_report(priced.model_copy(update={"funds": funds}), plan())
    assert any("Costs $5 or $10_x^2" in picture for picture in pictures(page))


def test_names_in_any_script_are_drawn() -> None:
    named = scenario()
    pathways = tuple(p.model_copy(update={"name": "数感 и счёт"}) for p in named.pathways)
    page = render_report(named.model_copy(update={"pathways": pathways}), plan())
    assert any("数感 и счёт" in picture for picture in pictures(page))


def test_the_same_plan_gives_the_same_bytes(page: str) -> None:
    assert render_report(scenario(), plan(), ("Title II-A is cut by 20%.",)) == page


def test_it_is_written_as_a_file(tmp_path: Path, page: str) -> None:
    write_report(tmp_path / "report.html", scenario(), plan(), ("Title II-A is cut by 20%.",))
    assert (tmp_path / "report.html").read_bytes() == page.encode()


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("INFEASIBLE", ["There is no plan: the 1 rule below", "NUM and SAFE want the hall."]),
        ("NO_PLAN_IN_TIME", ["Give more time"]),
        ("CANCELLED", ["Start the run again"]),
    ],
)
def test_without_a_plan_the_page_helps(status: Status, words: list[str]) -> None:
    page = render_report(scenario(), planless(status))
    titles = [text for tag, text in Outline(page).headings if tag in {"h1", "h2"}]
    assert titles == ["Three Trees", "Notes", "Left out, and why", "Gaps"]
    assert [word for word in words if word not in page] == []


@pytest.mark.alone
def test_a_whole_district_is_under_two_megabytes_and_five_seconds() -> None:
    district = load(ROOT / "scenarios" / "clayton")
    full = Crowd(district).plan()
    assert len(district.educators) == 250
    render_report(scenario(), plan())
    assert len(render_report(district, full).encode()) < 2_000_000
    assert quiet_seconds(lambda: render_report(district, full), times=1) < 5
