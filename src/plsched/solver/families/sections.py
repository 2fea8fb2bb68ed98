"""Sections: quorum and size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plsched.scenario.models.learning import Course
from plsched.solver.rows import Rows, Term
from plsched.solver.variables import BundleVars, Variables

Division = tuple[frozenset[int], ...]
"""Units of each section that stands."""


def add_sections(rows: Rows, variables: Variables, numbered: frozenset[str]) -> None:
    r"""People in a section that stands are between quorum and size.

    .. math:: q\,y_s \le \sum_u n_u g_{us} \le Q\,y_s

    For the linear relaxation, which would open parts of a section: as many sections stand as all
    units need, less one for each unit left out.

    .. math:: \sum_s y_s \ge \lceil \sum_u n_u / Q \rceil - \sum_u (1 - \sum_s g_{us})

    Where the units can be divided in few ways only, a literal for each says all of it.

    Parameters
    ----------
    numbered
        Courses whose sections may not be renumbered.
    """
    for source, bundles in variables.by_source.items():
        course = bundles[0].bundle.item
        if isinstance(course, Course):
            with rows.rule("sections", source):
                _sizes(rows, course, bundles)
                if source not in numbered:
                    _divide(rows, course, bundles)


def _sizes(rows: Rows, course: Course, bundles: Sequence[BundleVars]) -> None:
    for b in bundles:
        people = list(zip(b.chosen, _people(b), strict=True))
        rows.linear([*people, (b.stands, -course.section_size)], None, 0)
        rows.linear([*people, (b.stands, -course.quorum)], 0, None)
    people_in_all = _people(bundles[0])
    most = -(-sum(people_in_all) // course.section_size)
    chosen = [(g, -1) for b in bundles for g in b.chosen]
    stands = [(b.stands, 1) for b in bundles]
    rows.linear([*stands, *chosen], most - len(people_in_all), None)


def _people(section: BundleVars) -> list[int]:
    return [len(u.members) for u in section.bundle.units]


def _divide(rows: Rows, course: Course, bundles: Sequence[BundleVars]) -> None:
    r"""Choose one of all divisions: units and sections follow from it.

    .. math:: g_{us} = \sum_{p : u \in p_s} \lambda_p, \qquad y_s = \sum_{p : |p| \ge s} \lambda_p
    """
    sizes = _people(bundles[0])
    if len(sizes) == 1 or (len(bundles) + 1) ** len(sizes) > _MOST_TRIED:
        return
    found = list(divisions(sizes, course.quorum, course.section_size, len(bundles)))
    if len(found) > _MOST_DIVISIONS:
        return
    chosen = [rows.literal() for _ in found]
    rows.at_most_one(chosen)
    for s, section in enumerate(bundles):
        holding = [(p, v) for p, v in zip(found, chosen, strict=True) if len(p) > s]
        _sum_up(rows, section.stands, [(v, 1) for _, v in holding])
        for u, g in enumerate(section.chosen):
            _sum_up(rows, g, [(v, 1) for p, v in holding if u in p[s]])


def _sum_up(rows: Rows, literal: int, terms: Sequence[Term]) -> None:
    rows.linear([*terms, (literal, -1)], 0, 0)


def divisions(sizes: Sequence[int], quorum: int, most: int, sections: int) -> Iterator[Division]:
    """Give every way to put some units into sections, numbered by their first units.

    Parameters
    ----------
    sizes
        People of each unit.
    quorum, most
        People of a section that stands.
    sections
        Most sections.
    """

    def extend(unit: int, so_far: Division) -> Iterator[Division]:
        if unit == len(sizes):
            if so_far and all(sum(sizes[u] for u in s) >= quorum for s in so_far):
                yield so_far
            return
        yield from extend(unit + 1, so_far)
        for k, section in enumerate(so_far):
            if sum(sizes[u] for u in section) + sizes[unit] <= most:
                yield from extend(unit + 1, (*so_far[:k], section | {unit}, *so_far[k + 1 :]))
        if len(so_far) < sections and sizes[unit] <= most:
            yield from extend(unit + 1, (*so_far, frozenset((unit,))))

    return extend(0, ())


_MOST_TRIED, _MOST_DIVISIONS = 5000, 256
"""Ways to divide a course's units that are looked at, and that are said one by one."""
