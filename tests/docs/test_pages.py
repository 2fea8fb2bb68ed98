"""The documentation is whole: a heading per family, every word, every decision, no lost page."""

import re
from pathlib import Path

import pytest

from plsched.families import FAMILIES
from plsched.scenario.models import Scenario
from tests.docs.pages import ROOT, anchors

DOCS = ROOT / "docs"
WORDS = """
district, site, term, day kind, bell schedule, period, educator, group, role, pathway, course,
section, session, engagement, facility, expert, substitute, release, cover, observation visit, host,
observer, coach, coaching cycle, coaching meeting, evaluation task, fund, cost line, cost element,
account code, obligation date, cap, scenario, override, what-if, run, plan, pin, baseline, incumbent,
bound, gap, rule family, finding, conflict, relaxation, feed
"""
PARTS = {
    "account_codes": "account code",
    "calendar": "calendar",
    "coaches": "coach",
    "coaching": "coaching programme",
    "courses": "course",
    "departments": "department",
    "educators": "educator",
    "engagements": "engagement",
    "experts": "expert",
    "facilities": "facility",
    "funds": "fund",
    "goals": "goal",
    "groups": "group",
    "licences": "licence",
    "limits": "limit",
    "observations": "observation",
    "pathways": "pathway",
    "pins": "pin",
    "policy": "policy",
    "records": "records",
    "prior": "prior learning",
    "roles": "role",
    "salaries": "salary",
    "sites": "site",
    "substitutes": "substitute",
    "tasks": "task",
    "travel": "travel",
    "yardsticks": "yardstick",
}


def words_of_the_glossary() -> set[str]:
    text = (DOCS / "glossary.md").read_text(encoding="utf-8")
    heads = re.findall(r"^- \*\*(.+?)\*\*", text, re.MULTILINE)
    return {word.strip() for head in heads for word in head.split(",")}


def test_the_glossary_has_every_word() -> None:
    asked = {" ".join(word.split()) for word in WORDS.split(",")}
    assert asked - words_of_the_glossary() == set()


def test_the_glossary_has_every_part_of_a_scenario() -> None:
    about_the_file = {"format", "name", "description", "timezone"}
    assert set(PARTS) == set(Scenario.model_fields) - about_the_file
    assert set(PARTS.values()) - words_of_the_glossary() == set()


def test_the_glossary_is_in_the_order_of_the_alphabet() -> None:
    text = (DOCS / "glossary.md").read_text(encoding="utf-8")
    heads = [head.casefold() for head in re.findall(r"^- \*\*(.+?)\*\*", text, re.MULTILINE)]
    assert heads == sorted(heads)


def test_the_model_states_each_family_in_words_and_as_mathematics() -> None:
    text = (DOCS / "model.md").read_text(encoding="utf-8")
    rules = text.split("\n## The rule families\n")[1].split("\n## ")[0]
    parts = dict(re.findall(r"^### (\w+)\n(.*?)(?=^### |\Z)", rules, re.MULTILINE | re.DOTALL))
    assert tuple(parts) == FAMILIES
    assert [f for f, part in parts.items() if part.count("**As mathematics.**") != 1] == []
    assert {"sets-parameters-decisions", "the-objective", "simplifications"} <= anchors(
        DOCS / "model.md"
    )


def test_dollars_of_formulas_are_in_pairs() -> None:
    text = (DOCS / "model.md").read_text(encoding="utf-8")
    odd = [p for p in text.split("\n\n") if "```" not in p and p.count("$") % 2]
    assert odd == []


def test_the_index_of_decisions_names_each_of_them() -> None:
    folder = DOCS / "decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    others = [p.name for p in folder.glob("*.md") if p.name != "README.md"]
    assert [name for name in others if f"({name})" not in index] == []


def test_the_changelog_has_an_unreleased_part() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    unreleased = text.split("\n## [Unreleased]\n")[1].split("\n## ")[0]
    assert re.search(r"^### (Added|Changed|Fixed)\n\n- ", unreleased, re.MULTILINE)


def test_the_picture_of_the_readme_is_small() -> None:
    pictures = list((DOCS / "images").glob("*.png"))
    assert pictures
    assert [p.name for p in pictures if p.stat().st_size > 300_000] == []


@pytest.mark.parametrize(
    "page", ["README.md", "docs/architecture.md", "docs/adding-a-rule.md", "docs/security.md"]
)
def test_files_that_a_page_names_in_code_exist(page: str) -> None:
    """Names such as `solver/model.py` are of files under src/plsched, or of the repository."""
    text = (ROOT / page).read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:[\w.-]+/)+[\w.-]+\.(?:py|md|toml|yaml))`", text))
    places = (ROOT, ROOT / "src/plsched", DOCS)
    missing = [n for n in sorted(named) if not any((Path(p) / n).exists() for p in places)]
    assert missing == []
