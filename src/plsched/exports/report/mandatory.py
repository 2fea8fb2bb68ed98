"""Mandatory training: how many hours, when and where."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from plsched.exports.report.reading import dates_of, place
from plsched.exports.report.wording import hours, plural
from plsched.plan.facts import Facts
from plsched.plan.load import is_mandatory
from plsched.plan.standing import Stand


@dataclass(frozen=True, slots=True)
class Training:
    """Mandatory training that stands."""

    title: str
    dates: tuple[date, ...]
    places: tuple[str, ...]
    people: int
    minutes_each: int
    person_min: int


@dataclass(frozen=True, slots=True)
class Mandatory:
    """All mandatory training."""

    finding: str
    trainings: tuple[Training, ...]


def mandatory(facts: Facts) -> Mandatory:
    """Count the hours of mandatory training, without the way there."""
    everybody: Counter[str] = Counter()
    trainings = []
    for stands in facts.by_source.values():
        if is_mandatory(stands[0].source):
            each = _minutes(stands)
            everybody.update(each)
            trainings.append(
                Training(
                    title=stands[0].source.title,
                    dates=tuple(dict.fromkeys(dates_of(stands))),
                    places=tuple(
                        dict.fromkeys(
                            place(facts.directory, s.item.facility, s.venue) for s in stands
                        )
                    ),
                    people=len(each),
                    minutes_each=max(each.values(), default=0),
                    person_min=each.total(),
                )
            )
    trainings.sort(key=lambda t: (t.dates, t.title))
    return Mandatory(_finding(facts, everybody), tuple(trainings))


def _minutes(stands: tuple[Stand, ...]) -> Counter[str]:
    each: Counter[str] = Counter()
    for stand in stands:
        length = sum(piece.minutes for piece in stand.pieces)
        for educator in stand.participants:
            each[educator] += length
    return each


def _finding(facts: Facts, everybody: Counter[str]) -> str:
    if not everybody:
        return "No mandatory training stands in the plan."
    return (
        f"{plural(len(everybody), 'educator')} of {len(facts.directory.educators):,} "
        f"{'has' if len(everybody) == 1 else 'have'} mandatory training, "
        f"{hours(everybody.total())} person-hours in all; "
        f"the most for one person is {hours(max(everybody.values()))} h."
    )
