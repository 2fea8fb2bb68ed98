"""What stands in a calendar: a card for each event, with those whose calendars it is in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from pydantic import BaseModel, ConfigDict

from plsched.exports.calendars.hires import hires
from plsched.exports.calendars.names import FeedKey, text_of, uid
from plsched.exports.calendars.readers import Notes, Readers
from plsched.exports.calendars.series import Series, series
from plsched.exports.calendars.words import Words
from plsched.exports.plain import clean, one_line
from plsched.plan.models import Occurrence, Plan, PlanItem, Visit
from plsched.scenario.directory import Directory
from plsched.scenario.models import Scenario


class Card(BaseModel):
    """An event as people read it.

    ``notes`` says in whose feeds it is, and what is added there for that reader alone (mostly
    nothing).
    """

    model_config = ConfigDict(frozen=True)

    series: Series
    summary: str
    location: str | None
    description: str
    category: str
    notes: dict[str, str]


Cards = Mapping[str, Card]
"""Cards by the UID of their event."""


def cards(scenario: Scenario, plan: Plan) -> Cards:
    """Write a card for each event of a plan of this scenario.

    An item whose occurrences are one series is one event. Other items (a coaching cycle with
    its conferences and visits, an observation day) are an event for each series, label or visit.
    """
    directory = Directory(scenario)
    writer = _Writer(directory, plan)
    found = {
        uid(scenario, item.id, piece): card
        for item in plan.items
        for piece, card in writer.item(item)
    }
    for hire in hires(directory, plan):
        found[uid(scenario, hire.id, "sub")] = Card(
            series=Series(start=hire.start, end=hire.end),
            summary=one_line(hire.summary),
            location=one_line(hire.location),
            description=clean(hire.description),
            category="Substitutes",
            notes={text_of(FeedKey("pool", hire.pool)): ""},
        )
    return found


class _Writer:
    def __init__(self, directory: Directory, plan: Plan) -> None:
        self._directory = directory
        self._words = Words(directory)
        self._readers = Readers(directory, plan)

    def item(self, item: PlanItem) -> Iterator[tuple[str, Card]]:
        """Give the events of an item: the name of the piece, empty for the main one, and a card."""
        description = self._words.description(item)
        labels: dict[str | None, list[Occurrence]] = defaultdict(list)
        for occurrence in item.occurrences:
            labels[occurrence.label].append(occurrence)
        for label, occurrences in labels.items():
            said = description
            if label == "visits":
                said = "\n".join((*map(self._words.visit, item.visits), description))
            for number, run in enumerate(self._series(occurrences), 1):
                notes = self._readers.of_series(item, run, label)
                yield _piece(label, number), self._card(item, run, label, said, notes)
        for visit in item.visits:
            yield f"visit {visit.period} {visit.host}", self._visit(item, visit, description)

    def _visit(self, item: PlanItem, visit: Visit, description: str) -> Card:
        (run,) = self._series([Occurrence(start=visit.start, end=visit.end)])
        said = f"{self._words.visit(visit)}\n{description}"
        card = self._card(item, run, "visit", said, self._readers.of_visit(item, visit))
        summary = f"{item.title}: visit to {self._words.person(visit.host)}"
        return card.model_copy(update={"summary": one_line(summary)})

    def _series(self, occurrences: Iterable[Occurrence]) -> list[Series]:
        return series(occurrences, self._directory.scenario.zone)

    def _card(
        self, item: PlanItem, run: Series, label: str | None, description: str, notes: Notes
    ) -> Card:
        where = self._words.location(item, label)
        return Card(
            series=run,
            summary=one_line(self._words.summary(item, label)),
            location=None if where is None else one_line(where),
            description=clean(description),
            category=one_line(self._directory.pathways[item.pathway].name),
            notes={text_of(key): clean("\n".join(said)) for key, said in notes.items()},
        )


def _piece(label: str | None, number: int) -> str:
    """Name a series of an item: ``""``, ``2``, ``visit``, ``visit-2``."""
    again = [str(number)] if number > 1 else []
    return "-".join(([label] if label else []) + again)
