"""Who finds an event in their calendar, and what only they are told there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from plsched.exports.calendars.hires import Covers
from plsched.exports.calendars.names import EVERYTHING, FeedKey
from plsched.exports.calendars.series import Series
from plsched.exports.calendars.words import leaders
from plsched.plan.models import Plan, PlanItem, Release, Visit
from plsched.scenario.directory import Directory

Notes = dict[FeedKey, list[str]]


class Readers:
    """Readers of the events of a plan."""

    def __init__(self, directory: Directory, plan: Plan) -> None:
        self._directory = directory
        self._covers = Covers(plan)

    def of_series(self, item: PlanItem, run: Series, label: str | None) -> Notes:
        """Give the readers of a series of an item.

        The visits of an observation day are one event for its site and for all; observers and
        hosts find single visits instead (`of_visit`).
        """
        notes: Notes = {EVERYTHING: []}
        notes |= {FeedKey("educator", educator): [] for educator in _takers(item, label)}
        for expert in leaders(self._directory, item):
            notes[FeedKey("expert", expert)] = []
            own = self._directory.experts[expert].educator
            if own is not None:
                notes[FeedKey("educator", own)] = ["You facilitate."]
        if item.coach is not None:
            notes[FeedKey("coach", item.coach)] = []
            notes[FeedKey("educator", item.coach)] = ["You coach."]
        if item.facility is not None and label != "visits":
            notes[FeedKey("facility", item.facility)] = []
        site = self._site(item)
        if site is not None:
            notes[FeedKey("site", site)] = []
        if item.kind != "observation" or label == "visits":
            self._tell_releases(notes, item, run.dates)
        return notes

    def of_visit(self, item: PlanItem, visit: Visit) -> Notes:
        """Give host and observers of a visit; observers learn who covers them."""
        notes: Notes = {FeedKey("educator", visit.host): []}
        for observer in visit.observers:
            notes[FeedKey("educator", observer)] = [
                self._cover(item, release, (visit.period,))
                for release in item.releases
                if release.educator == observer and visit.period in release.periods
            ]
        return notes

    def _site(self, item: PlanItem) -> str | None:
        if item.facility is not None:
            return self._directory.facilities[item.facility].site
        return item.site

    def _tell_releases(self, notes: Notes, item: PlanItem, dates: frozenset[date]) -> None:
        """Tell the released who covers them, and their sites who is out."""
        for release in item.releases:
            if release.date not in dates:
                continue
            said = self._cover(item, release, release.periods)
            released = FeedKey("educator", release.educator)
            if released in notes:
                notes[released].append(said)
            site = self._directory.site_of(release.educator, release.date)
            name = self._directory.educators[release.educator].name
            notes.setdefault(FeedKey("site", site), []).append(f"{name}: {said}")

    def _cover(self, item: PlanItem, release: Release, periods: tuple[str, ...]) -> str:
        subs = self._covers.subs(item.id, release.educator, release.date, periods)
        cover = f"covered by substitute {', '.join(subs)}" if subs else "not covered"
        return f"Released on {release.date} from {', '.join(periods)}, {cover}."


def _takers(item: PlanItem, label: str | None) -> Iterator[str]:
    """Give the educators who take part in what the label names.

    On an observation day observers come to the briefing and debriefing; hosts, and the visits of
    either, have events of their own.
    """
    if item.kind != "observation":
        yield from item.educators
    elif label != "visits":
        yield from dict.fromkeys(o for visit in item.visits for o in visit.observers)
