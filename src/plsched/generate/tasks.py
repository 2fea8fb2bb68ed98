"""Dated pieces of work: content is written, mastery shown, learning evaluated at five levels."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from random import Random

from plsched.generate.goals import step_of
from plsched.generate.schools import Area
from plsched.generate.staff import Staff
from plsched.generate.year import CLASSES, when
from plsched.scenario.models.learning import ExpertNeed, Relation, Task

_OFFICE_DAYS = ("student", "early_release", "pl", "data")


def tasks(staff: Staff, area: Area, courses: Collection[str], rng: Random) -> Iterator[Task]:
    """Give the tasks of an area; ``courses`` are the ids of those that there are."""
    yield from _content(staff, area, courses, rng)
    office = [f"office-{area.number}"] if staff.offices[area.number] else []
    if office:
        yield from _evaluation(area, office, courses, rng)
    yield from _mastery(staff, area, rng)


def _content(staff: Staff, area: Area, courses: Collection[str], rng: Random) -> Iterator[Task]:
    """Team leads write content in June, before the fiscal year turns, or in July."""
    writers = staff.has([f"{area.largest.id}-leads"])
    number = area.number
    name = f"content-{number}"
    if writers:
        before = (f"primary-literacy-{number}", f"content-literacy-{number}")
        yield Task(
            id=name,
            title=f"Content of the fall courses (area {number})",
            kind="planning",
            pathway="literacy",
            department="learning",
            serves=(step_of("literacy"),),
            priority=rng.randint(2, 5),
            stipend=True,
            groups=tuple(writers),
            duration_min=300,
            days=2,
            before=tuple(Relation(item=course) for course in before if course in courses),
            when=when("2027-06-08", "2027-07-29", ["summer"], ["08:30"], ("tue", "wed")),
        )


def _evaluation(
    area: Area, office: Sequence[str], courses: Collection[str], rng: Random
) -> Iterator[Task]:
    number = area.number
    plans = (
        ("reaction", 1, f"assured-practices-{number}", 0, 14, "2027-08-19", "2027-11-19"),
        ("learning", 2, f"scales-{number}", 0, 45, "2027-10-01", "2027-12-17"),
        ("support", 3, f"data-platform-{number}", 7, 120, "2027-10-29", "2028-03-17"),
        ("use", 4, f"intermediate-mathematics-{number}", 30, 120, "2028-02-22", "2028-06-09"),
        ("outcomes", 5, None, 0, None, "2028-05-15", "2028-06-09"),
    )
    for word, level, course, least, most, first, last in plans:
        if course is not None and course not in courses:
            continue
        after = () if course is None else (Relation(item=course, min_days=least, max_days=most),)
        kinds = (*_OFFICE_DAYS, "summer")
        yield Task(
            id=f"evaluation-{word}-{number}",
            title=f"Evaluation: {word} (area {number})",
            kind="evaluation",
            guskey_level=level,
            pathway="data",
            department="technology",
            serves=(step_of("data"),),
            required=course is None,
            priority=1 if course is None else rng.randint(1, 3),
            groups=tuple(office),
            duration_min=120,
            after=after,
            when=when(first, last, kinds, ("09:00", "13:00"), ("mon", "thu", "fri")),
        )


def _mastery(staff: Staff, area: Area, rng: Random) -> Iterator[Task]:
    """Team leads show what they master to an assessor, after school."""
    leads = staff.has([f"{area.schools[0].id}-leads"])
    if leads:
        yield Task(
            id=f"mastery-{area.number}",
            title=f"Microcredential, {area.schools[0].name}",
            kind="mastery",
            pathway="standards",
            department="learning",
            serves=(step_of("standards"),),
            priority=rng.randint(1, 4),
            stipend=True,
            groups=tuple(leads),
            duration_min=60,
            experts=(ExpertNeed(skill=f"scales-{area.number}"),),
            when=when("2028-01-11", "2028-04-20", CLASSES, ["16:15"], ("tue", "thu")),
        )
