"""The report as one page: every section's view, put into its template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from plsched.exports.plain import clean
from plsched.exports.report import wording
from plsched.exports.report.coaches import coaches
from plsched.exports.report.costs import costs
from plsched.exports.report.coverage import coverage
from plsched.exports.report.evaluation import LEVELS, evaluation
from plsched.exports.report.gaps import gaps
from plsched.exports.report.head import head
from plsched.exports.report.left_out import omissions
from plsched.exports.report.limits import limits
from plsched.exports.report.load import load
from plsched.exports.report.mandatory import mandatory
from plsched.exports.report.pictures.funds import funds_used
from plsched.exports.report.pictures.substitutes import pool_days
from plsched.exports.report.pictures.year import overview, pathway_year
from plsched.exports.report.readiness import ratings
from plsched.exports.report.reconciliation import books
from plsched.exports.report.substitutes import substitutes
from plsched.exports.report.timeline import timeline
from plsched.exports.report.year_over_year import years
from plsched.money import dollars
from plsched.plan.facts import Facts
from plsched.plan.models import Plan
from plsched.plan.schedule import without_costs
from plsched.scenario.directory import Directory
from plsched.scenario.models import Scenario

CONTENTS = (
    ("year", "The year"),
    ("load", "Load per week"),
    ("coverage", "Coverage"),
    ("costs", "Cost"),
    ("substitutes", "Substitutes"),
    ("coaches", "Coaches"),
    ("left-out", "Left out, and why"),
    ("gaps", "Gaps"),
    ("evaluation", "Evaluation"),
    ("readiness", "Readiness"),
    ("days", "The first 120 days"),
)
WITHOUT_A_PLAN = ("left-out", "gaps", "readiness")
"""Sections that help when nothing stands."""


def write_report(path: Path, scenario: Scenario, plan: Plan, changes: Sequence[str] = ()) -> None:
    """Write the report of a plan as a page that stands on its own.

    Parameters
    ----------
    path
        The file, written in UTF-8.
    scenario
        The scenario that the plan is for.
    plan
        A judged plan, or one that says why there is none.
    changes
        What a what-if changes, in words, one sentence each.
    """
    path.write_text(render_report(scenario, plan, changes), encoding="utf-8", newline="\n")


def render_report(
    scenario: Scenario, plan: Plan, changes: Sequence[str] = (), *, with_costs: bool = True
) -> str:
    """Render the report of a plan; the same plan gives the same bytes.

    Parameters
    ----------
    changes
        What a what-if changes, in words, one sentence each.
    with_costs
        ``False`` for readers who may not see what things and people cost.
    """
    facts = Facts(Directory(scenario), plan if with_costs else without_costs(plan))
    covered = coverage(facts)
    year = timeline(facts)
    paid = costs(facts)
    hired = substitutes(facts, with_costs=with_costs)
    rated = ratings(facts)
    idle = {"costs"} if not with_costs else set()
    idle |= {"readiness"} if rated is None else set()
    contents = [
        (section, name)
        for section, name in CONTENTS
        if (plan.items or section in WITHOUT_A_PLAN) and section not in idle
    ]
    views: Mapping[str, object] = {
        "head": head(facts, changes if with_costs else ()),
        "year": year,
        "load": load(facts),
        "mandatory": mandatory(facts),
        "limits": limits(facts),
        "coverage": covered,
        "costs": paid,
        "books": books(facts) if with_costs else None,
        "substitutes": hired,
        "coaches": coaches(facts),
        "omissions": omissions(facts),
        "gaps": gaps(facts, covered.goals, with_costs=with_costs),
        "evaluation": evaluation(facts),
        "ratings": rated,
        "years": years(facts) if with_costs else None,
    }
    pictures: Mapping[str, object] = {
        "overview": overview(year) if year.pathways else None,
        "pathways": {p.id: pathway_year(year, p) for p in year.pathways},
        "funds": funds_used(paid) if paid.funds and with_costs else None,
        "pools": {pool: pool_days(hired, pool) for pool in hired.pools},
    }
    return (
        _templates()
        .get_template("page.html.j2")
        .render(
            **views,
            pictures=pictures,
            contents=contents,
            levels=LEVELS,
            with_costs=with_costs,
            version=plan.version,
            timezone=plan.timezone,
        )
    )


def _cleaned(value: object) -> object:
    """Clean what a template shows; what a macro made is clean already."""
    return clean(value) if type(value) is str else value


@cache
def _templates() -> Environment:
    found = Environment(
        loader=PackageLoader("plsched.exports.report"),
        autoescape=True,
        finalize=_cleaned,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters.update(
        n=wording.number,
        hours=wording.hours,
        brief_hours=wording.brief_hours,
        percent=wording.percent,
        day=wording.day,
        weekday=wording.weekday,
        short_day=wording.short_day,
        full_date=wording.full_date,
        usd=dollars,
    )
    return found
