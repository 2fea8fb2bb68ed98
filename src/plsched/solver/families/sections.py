"""Sections: quorum and size."""

from __future__ import annotations

from plsched.scenario.models.learning import Course
from plsched.solver.rows import Rows
from plsched.solver.variables import Variables


def add_sections(rows: Rows, variables: Variables) -> None:
    r"""People in a section that stands are between quorum and size.

    .. math:: q\,y_s \le \sum_u n_u g_{us} \le Q\,y_s

    For the linear relaxation, which would open parts of a section: as many sections stand as all
    units need, less one for each unit left out.

    .. math:: \sum_s y_s \ge \lceil \sum_u n_u / Q \rceil - \sum_u (1 - \sum_s g_{us})
    """
    for b in variables.bundles:
        course = b.bundle.item
        if not isinstance(course, Course):
            continue
        people = [(g, len(u.members)) for g, u in zip(b.chosen, b.bundle.units, strict=True)]
        with rows.rule("sections", course.id):
            rows.linear([*people, (b.stands, -course.section_size)], None, 0)
            rows.linear([*people, (b.stands, -course.quorum)], 0, None)
    for bundles in variables.by_source.values():
        course = bundles[0].bundle.item
        if isinstance(course, Course):
            units = bundles[0].bundle.units
            most = -(-sum(len(u.members) for u in units) // course.section_size)
            chosen = [(g, -1) for b in bundles for g in b.chosen]
            with rows.rule("sections", course.id):
                rows.linear([*((b.stands, 1) for b in bundles), *chosen], most - len(units), None)
