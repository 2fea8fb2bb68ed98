"""Sections: quorum and size."""

from __future__ import annotations

from plsched.scenario.models.learning import Course
from plsched.solver.rows import Rows
from plsched.solver.variables import Variables


def add_sections(rows: Rows, variables: Variables) -> None:
    r"""People in a section that stands are between quorum and size.

    .. math:: q\,y_s \le \sum_u n_u g_{us} \le Q\,y_s
    """
    for b in variables.bundles:
        course = b.bundle.item
        if not isinstance(course, Course):
            continue
        people = [(g, len(u.members)) for g, u in zip(b.chosen, b.bundle.units, strict=True)]
        with rows.rule("sections", course.id):
            rows.linear([*people, (b.stands, -course.section_size)], None, 0)
            rows.linear([*people, (b.stands, -course.quorum)], 0, None)
