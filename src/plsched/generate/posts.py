"""Which schools each coach serves."""

from __future__ import annotations

from collections.abc import Sequence

from plsched.generate import shares
from plsched.generate.schools import Area, School


def coach_posts(area: Area, coaches: int) -> Sequence[Sequence[School]]:
    """Divide the schools of an area over its coaches, evenly by educators.

    A large school is several parts, so it may have several coaches; small ones share one. The first
    school of a coach is their own.
    """
    parts: list[tuple[int, School]] = []
    for school in area.schools:
        number = -(-school.educators // shares.EDUCATORS_PER_COACH)
        parts += [(school.educators // number, school)] * number
    parts.sort(key=lambda part: -part[0])
    posts: list[list[School]] = [[] for _ in range(coaches)]
    loads = [0] * coaches
    for educators, school in parts:
        free = [k for k in range(coaches) if school not in posts[k]] or range(coaches)
        chosen = min(free, key=loads.__getitem__)
        loads[chosen] += educators
        if school not in posts[chosen]:
            posts[chosen].append(school)
    return [post for post in posts if post]
