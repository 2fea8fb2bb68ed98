"""Sections have at least the quorum and at most the size."""

from __future__ import annotations

from collections.abc import Iterator

from plsched.plan.facts import Facts
from plsched.plan.verify.violation import Violation
from plsched.scenario.models.learning import Course


def check_sections(facts: Facts) -> Iterator[Violation]:
    """Check the number of educators of each section."""
    for stand in facts.stands:
        course, people = stand.source, len(stand.participants)
        if isinstance(course, Course) and not course.quorum <= people <= course.section_size:
            text = (
                f"{stand.id} has {people} educators; a section of {course.id} has "
                f"{course.quorum} to {course.section_size}"
            )
            yield Violation("sections", (stand.id, course.id), text)
