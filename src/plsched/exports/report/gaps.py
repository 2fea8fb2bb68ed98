"""Gaps: content nobody can teach, experts and rooms that are too few, goals without a session."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from plsched.exports.report.contracts import ContractUse, contracts
from plsched.exports.report.coverage import GoalRow
from plsched.exports.report.wording import listed, plural
from plsched.money import dollars
from plsched.plan.facts import Facts
from plsched.plan.standing import Stand
from plsched.scenario.directory import AnyItem, Directory
from plsched.scenario.models.coaching import Coaching
from plsched.scenario.models.learning import Course, Gathering
from plsched.scenario.models.people import Expert
from plsched.scenario.prices import cents_per_person, rate_words


@dataclass(frozen=True, slots=True)
class SkillGap:
    """A skill that is asked for, and who has it."""

    skill: str
    asked_by: tuple[str, ...]
    needed_at_once: int
    who: tuple[str, ...]

    @property
    def missing(self) -> int:
        """Number of people that are lacking for a single session."""
        return max(0, self.needed_at_once - len(self.who))


@dataclass(frozen=True, slots=True)
class ExpertUse:
    """Minutes that an expert presents, against the cap."""

    name: str
    skills: tuple[str, ...]
    sessions: int
    minutes: int
    cap_min: int | None

    @property
    def share(self) -> Fraction | None:
        """Share of the cap that is used."""
        return Fraction(self.minutes, self.cap_min) if self.cap_min else None


@dataclass(frozen=True, slots=True)
class RoomUse:
    """How much a room is used, set-up and clear-up included."""

    name: str
    site: str
    capacity: int
    uses: int
    dates: int
    minutes: int
    largest: int
    """most people in it at once"""


@dataclass(frozen=True, slots=True)
class Overlap:
    """The same content asked for twice, for the same people."""

    content: str
    courses: tuple[str, str]
    people: int


@dataclass(frozen=True, slots=True)
class TwoPrices:
    """The same thing at two prices: content by the head, or a partner's rate."""

    what: str
    prices: tuple[tuple[str, str], ...]
    """who asks, and for what price"""


@dataclass(frozen=True, slots=True)
class Gaps:
    """What the district lacks."""

    finding: str
    skills: tuple[SkillGap, ...]
    experts: tuple[ExpertUse, ...]
    contracts: tuple[ContractUse, ...]
    rooms: tuple[RoomUse, ...]
    short_of_rooms: tuple[str, ...]
    bare_goals: tuple[GoalRow, ...]
    overlaps: tuple[Overlap, ...]
    two_prices: tuple[TwoPrices, ...]


def gaps(facts: Facts, goals: tuple[GoalRow, ...], *, with_costs: bool = True) -> Gaps:
    """Find the gaps.

    Parameters
    ----------
    with_costs
        ``False`` for readers who may not see what things and people cost.
    """
    skills = tuple(_skills(facts.directory))
    rooms = tuple(_room_use(facts))
    experts = tuple(_expert_use(facts))
    short = tuple(
        dict.fromkeys(
            entry.title
            for entry in facts.plan.left_out
            # The family that is first keeps it out; others are in the way at some times only.
            if entry.families[:1] == ("facilities",)
        )
    )
    bare = tuple(g for g in goals if g.bare and g.level != "goal")
    overlaps = tuple(_overlaps(facts))
    signed = contracts(facts) if with_costs else ()
    return Gaps(
        finding=_finding(skills, (*experts, *signed), short, bare),
        skills=skills,
        experts=experts,
        contracts=signed,
        rooms=rooms,
        short_of_rooms=short,
        bare_goals=bare,
        overlaps=overlaps,
        two_prices=tuple(_two_prices(facts)) if with_costs else (),
    )


def _needs(item: AnyItem) -> Iterator[tuple[str, int]]:
    if isinstance(item, Gathering):
        for need in item.experts:
            yield need.skill, need.count
    elif isinstance(item, Coaching) and item.skill is not None:
        yield item.skill, 1


def _skills(directory: Directory) -> Iterator[SkillGap]:
    asked: dict[str, list[str]] = defaultdict(list)
    at_once: dict[str, int] = defaultdict(int)
    for item in directory.items.values():
        for skill, count in _needs(item):
            asked[skill].append(item.title)
            at_once[skill] = max(at_once[skill], count)
    for skill in sorted(asked):
        who = [x.name for x in directory.scenario.experts if skill in x.skills]
        who += [
            directory.educators[c.educator].name
            for c in directory.scenario.coaches
            if skill in c.skills
        ]
        yield SkillGap(skill, tuple(asked[skill]), at_once[skill], tuple(dict.fromkeys(who)))


def _expert_use(facts: Facts) -> Iterator[ExpertUse]:
    lengths: dict[str, list[int]] = defaultdict(list)
    for stand in facts.stands:
        for presenter in {x.id for x in (*stand.experts, *stand.partners)}:
            lengths[presenter] += [piece.minutes for piece in stand.pieces]
    for expert in facts.scenario.experts:
        mine = lengths[expert.id]
        yield ExpertUse(expert.name, expert.skills, len(mine), sum(mine), expert.hours_cap_min)


def _room_use(facts: Facts) -> Iterator[RoomUse]:
    held: dict[str, list[Stand]] = defaultdict(list)
    for stand in facts.stands:
        if stand.item.facility is not None:
            held[stand.item.facility].append(stand)
    for room in facts.scenario.facilities:
        uses = [p for stand in held[room.id] for p in stand.pieces if p.label != "visits"]
        around = room.setup_min + room.clear_min
        yield RoomUse(
            name=room.name,
            site=facts.directory.sites[room.site].name,
            capacity=room.capacity,
            uses=len(uses),
            dates=len({use.day for use in uses}),
            minutes=sum(use.minutes + around for use in uses),
            largest=max((len(stand.participants) for stand in held[room.id]), default=0),
        )


def _overlaps(facts: Facts) -> Iterator[Overlap]:
    taught: dict[str, list[Course]] = defaultdict(list)
    for course in facts.scenario.courses:
        if course.content is not None:
            taught[course.content].append(course)
    for content, courses in sorted(taught.items()):
        for a, b in combinations(courses, 2):
            both = {*facts.ground.audience.whole(a)} & {*facts.ground.audience.whole(b)}
            if both:
                yield Overlap(content, (a.title, b.title), len(both))


def _two_prices(facts: Facts) -> Iterator[TwoPrices]:
    scenario = facts.scenario
    departments = {department.id: department.name for department in scenario.departments}
    asked: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for course in scenario.courses:
        if course.content is not None:
            who = departments.get(course.department or "", "no department")
            asked[course.content].append((f"{course.title} ({who})", cents_per_person(course)))
    for content, prices in sorted(asked.items()):
        if len({cents for _, cents in prices}) > 1:
            each = tuple((who, f"{dollars(cents)} a person") for who, cents in prices)
            yield TwoPrices(content, each)
    partners: dict[str, list[Expert]] = defaultdict(list)
    for expert in scenario.experts:
        if expert.rate is not None:
            partners[expert.name.casefold()].append(expert)
    for namesakes in partners.values():
        if len({x.rate for x in namesakes}) > 1:
            rates = tuple((x.id, rate_words(x.rate)) for x in namesakes if x.rate is not None)
            yield TwoPrices(namesakes[0].name, rates)


def _finding(
    skills: tuple[SkillGap, ...],
    used: tuple[ExpertUse | ContractUse, ...],
    short: tuple[str, ...],
    bare: tuple[GoalRow, ...],
) -> str:
    missing = [s.skill for s in skills if s.missing]
    booked = (x.name for x in used if x.share is not None and x.share >= Fraction(95, 100))
    full = list(dict.fromkeys(booked))
    parts = [
        f"Nobody, or too few, can teach {listed(missing)}"
        if missing
        else f"Every one of {plural(len(skills), 'skill')} asked for has somebody who can teach it",
        f"{listed(full)} {'is' if len(full) == 1 else 'are'} booked to 95% of hours or contract or more"
        if full
        else "no expert is booked to the cap",
        f"{plural(len(short), 'thing')} found no room" if short else "no room was lacking",
        f"{plural(len(bare), 'objective or action step', 'objectives or action steps')} "
        f"{'has' if len(bare) == 1 else 'have'} no session"
        if bare
        else "each objective and step in scope has a session",
    ]
    return "; ".join(parts) + "."
