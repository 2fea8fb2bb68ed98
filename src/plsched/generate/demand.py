"""What a scenario asks for, in cents: each item on its own, before any of them is chosen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from plsched.money import pay, round_half_up
from plsched.scenario.directory import AnyItem, Directory
from plsched.scenario.models.cadence import rhythm
from plsched.scenario.models.calendar import When
from plsched.scenario.models.coaching import Coaching
from plsched.scenario.models.learning import Course, Engagement, Gathering, Participants, Task
from plsched.scenario.models.observation import Observation
from plsched.scenario.models.people import Expert
from plsched.timegrid import clock_min

_CONTRACT_END_MIN = 950
"""Minute of the day at which the contract hours of all schools end: 15:50."""


class Cents(NamedTuple):
    """Cash that items ask for."""

    required: int
    requested: int


def cash(directory: Directory) -> Cents:
    """Add up the cash of all items, sections as many as there may be."""
    bill = _Bill(directory)
    required = requested = 0
    for item in directory.items.values():
        cents = bill.of(item)
        required += cents if item.required else 0
        requested += 0 if item.required else cents
    return Cents(required, requested)


@dataclass(frozen=True, slots=True)
class _Bill:
    directory: Directory

    def of(self, item: AnyItem) -> int:
        """Cash of an item if all of it stands."""
        match item:
            case Observation():
                return self._observation(item)
            case Coaching():
                return self._coaching(item)
            case _:
                return self._gathering(item)

    def _observation(self, item: Observation) -> int:
        subs = self.directory.scenario.substitutes
        if subs is None:
            return 0
        observers = sum(len(self.directory.members[group]) for group in item.observers)
        hires = -(-observers * item.visits_per_observer // subs.roving.max_periods_per_day)
        return item.rounds * hires * (subs.day_cents or 0)

    def _coaching(self, item: Coaching) -> int:
        """Pay coachees and coach for meetings beyond contract hours, as if all of them were."""
        if not item.stipend:
            return 0
        people = [e for group in item.coachees for e in self.directory.members[group]]
        people += [item.coaches[0]] * len(item.coachees)
        minutes = item.weeks * sum(meeting.duration_min for meeting in item.meetings)
        return sum(pay(self.directory.stipend_rates[e], minutes) for e in people)

    def _gathering(self, item: Gathering) -> int:
        people = tuple(self._people(item))
        each = item.fee_cents_per_person + item.travel_cents_per_person
        each += item.materials_cents_per_person
        times, sections = _times(item), 1
        if isinstance(item, Course):
            sections = item.max_sections or 1
        flat = item.cost_cents if isinstance(item, Participants) else 0
        cents = flat + each * len(people)
        cents += times * self._meeting(item, people)
        cents += sections * times * (self._licence(item) + self._experts(item))
        return cents

    def _people(self, item: Gathering) -> Iterator[str]:
        groups: tuple[str, ...] = ()
        if isinstance(item, Course):
            groups = item.audience
        elif isinstance(item, Participants):
            groups = item.groups
        members = self.directory.members
        yield from dict.fromkeys(person for group in groups for person in members[group])

    def _meeting(self, item: Gathering, people: tuple[str, ...]) -> int:
        """Stipends and substitutes of everybody, for one meeting."""
        cents = 0
        subs = self.directory.scenario.substitutes
        if item.stipend:
            minutes = _beyond_contract(self.directory, item.when, item.duration_min)
            rates = self.directory.stipend_rates
            staff = (self.directory.educators[e] for e in people)
            cents += sum(pay(rates[e.id], minutes) for e in staff if e.contract == "school_year")
        if item.release and subs is not None:
            teaching = sum(bool(self.directory.educators[e].teaches) for e in people)
            cents += teaching * (subs.day_cents or 0)
        return cents

    def _licence(self, item: Gathering) -> int:
        licence = self.directory.licences.get(item.licence or "")
        return 0 if licence is None else licence.cents_per_session

    def _experts(self, item: Gathering) -> int:
        """Fees of one meeting with the experts who cost least."""
        cents = 0
        for need in item.experts:
            able = [x for x in self.directory.scenario.experts if need.skill in x.skills]
            prices = sorted(_fee(expert, item.duration_min) for expert in able)
            cents += sum(prices[: need.count])
        if isinstance(item, Engagement):
            cents += sum(
                _fee(self.directory.experts[name], item.duration_min) for name in item.partners
            )
        return cents


def _times(item: Gathering) -> int:
    match item:
        case Course():
            return item.sessions
        case Engagement():
            beat = rhythm(item.cadence)
            often = {"pattern": 36 // beat.every_weeks, "monthly": 9, "count": beat.high}
            return often[beat.kind] * item.days
        case Task():
            return item.days
        case _:
            return 1


def _beyond_contract(directory: Directory, when: When, duration_min: int) -> int:
    """Minutes outside contract hours for school-year staff, at the first of the starts."""
    kinds = [directory.day_kinds[name] for name in when.day_kinds]
    if all(kind.contract != "all" for kind in kinds):
        return duration_min
    start = clock_min(when.starts[0])
    return max(0, start + duration_min - max(start, _CONTRACT_END_MIN))


def _fee(expert: Expert, duration_min: int) -> int:
    rate = expert.rate
    if rate is None:
        return 0
    if rate.unit == "day":
        return rate.cents + rate.travel_cents_per_day
    fee = pay(rate.cents, max(duration_min, rate.minimum_min)) + rate.travel_cents_per_day
    return fee + round_half_up(rate.cents * duration_min * rate.prep_permille, 60_000)
