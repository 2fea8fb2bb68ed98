"""The folder that a solve writes: all of it or nothing."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from plsched.errors import OutputFolderUnusable
from plsched.plan.models import Plan
from plsched.scenario.models import Scenario

CALENDARS = "calendars"
FILES = ("plan.json", "costs.csv", "costs.xlsx", CALENDARS, "report.html", "scenario.json")
REPORTS = ("costs.csv", "costs.xlsx", "report.html", "scenario.json")


class Outputs:
    """A folder for results, and the hidden one beside it in which they are made.

    Parameters
    ----------
    folder
        Where results stand at the end. Other files there are left alone.
    """

    def __init__(self, folder: Path, workshop: Path) -> None:
        self.folder = folder
        self._workshop = workshop

    def write(self, scenario: Scenario, plan: Plan, changes: Sequence[str]) -> dict[str, Path]:
        """Write plan, costs, calendars, report and scenario; gives where each stands."""
        from plsched.exports.calendars import write_calendars
        from plsched.plan.files import write_plan

        made = self._workshop
        (made / CALENDARS).mkdir()
        self._bring_feed_state()
        reports = self._make_reports(scenario, plan, changes)
        write_calendars(made / CALENDARS, scenario, plan, changed_at=datetime.now(UTC))
        write_plan(plan, made / "plan.json")
        self._hand_over()
        return {name: self.folder / name for name in (*FILES, *sorted(reports - {*FILES}))}

    def write_reports(
        self, scenario: Scenario, plan: Plan, changes: Sequence[str]
    ) -> dict[str, Path]:
        """Write costs, report and scenario of a plan; gives where each stands."""
        reports = self._make_reports(scenario, plan, changes)
        self._hand_over()
        return {name: self.folder / name for name in sorted(reports)}

    def _make_reports(self, scenario: Scenario, plan: Plan, changes: Sequence[str]) -> set[str]:
        from plsched.exports.report import write_report
        from plsched.exports.tables import write_costs_csv, write_costs_xlsx

        made = self._workshop
        write_costs_csv(made / "costs.csv", scenario, plan)
        write_costs_xlsx(made / "costs.xlsx", scenario, plan)
        write_report(made / "report.html", scenario, plan, changes)
        text = scenario.model_dump_json(indent=1)
        (made / "scenario.json").write_text(text, encoding="utf-8")
        tables = _recorded(scenario, plan)
        for name, content in tables.items():
            (made / name).write_bytes(content.encode())
        return {*REPORTS, *tables}

    def _bring_feed_state(self) -> None:
        # Subscribers of this folder's calendars see what the new plan moves and calls off.
        state = self.folder / CALENDARS / "state.json"
        if state.is_file():
            shutil.copyfile(state, self._workshop / CALENDARS / state.name)

    def _hand_over(self) -> None:
        files = sorted(path for path in self._workshop.rglob("*") if path.is_file())
        # The plan comes last: whoever finds it finds what belongs to it.
        for path in sorted(files, key=lambda path: path.name == "plan.json"):
            target = self.folder / path.relative_to(self._workshop)
            target.parent.mkdir(parents=True, exist_ok=True)
            path.replace(target)


def _recorded(scenario: Scenario, plan: Plan) -> dict[str, str]:
    """Write the tables of what was recorded, those that have rows."""
    from plsched.exports.tables import readiness_csv, results_csv
    from plsched.plan.facts import Facts
    from plsched.plan.readiness import readiness
    from plsched.plan.year_over_year import year_over_year
    from plsched.scenario.directory import Directory

    rated = readiness(scenario)
    achieved = year_over_year(Facts(Directory(scenario), plan))
    tables = {} if rated is None else {"readiness.csv": readiness_csv(rated)}
    return tables if achieved is None else tables | {"results.csv": results_csv(achieved)}


@contextmanager
def output_folder(folder: Path) -> Iterator[Outputs]:
    """Make sure that results can be written, before the time to make them is spent.

    Raises
    ------
    OutputFolderUnusable
        Results could not be written there.
    """
    folder = folder.absolute()
    if folder.exists() and not folder.is_dir():
        raise OutputFolderUnusable(f"{folder} is a file; name a folder")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        workshop = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    except OSError as error:
        raise OutputFolderUnusable(
            f"{folder} cannot be written ({error.strerror}); name another folder"
        ) from error
    try:
        yield Outputs(folder, workshop)
    finally:
        shutil.rmtree(workshop)
