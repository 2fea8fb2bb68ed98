"""What for: goals, and pathways with the priority that a district gives them."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from plsched.scenario.models.learning import ActionStep, Goal, Objective, Pathway

_GOALS = {
    "instruction": ("Strong first instruction", ("literacy", "mathematics", "secondary")),
    "standards": ("Standards and data", ("standards", "data")),
    "belonging": ("Everybody belongs", ("belonging", "inclusion", "listening")),
    "practice": ("Educators learn from practice", ("coaching", "observing", "outside")),
    "people": ("People who begin, lead and stay safe", ("induction", "leadership", "mandatory")),
}
_NAMES = {
    "literacy": "Early literacy",
    "mathematics": "Mathematics",
    "secondary": "Learning in middle and high school",
    "standards": "Standards and proficiency scales",
    "data": "Data and tiered support",
    "belonging": "Belonging",
    "inclusion": "Inclusion",
    "listening": "Listening to staff",
    "coaching": "Coaching",
    "observing": "Observing practice",
    "outside": "Outside inspiration",
    "induction": "New teachers",
    "leadership": "Leadership",
    "mandatory": "Mandatory training",
}


def pathways(rng: Random) -> Iterator[Pathway]:
    """Give the pathways; mandatory training is required anyway and has the least priority."""
    for pathway, name in _NAMES.items():
        priority = 1 if pathway == "mandatory" else rng.randint(1, 5)
        yield Pathway(id=pathway, name=name, priority=priority)


def goals() -> Iterator[Goal]:
    """Give the goals, with an objective and an action step for each pathway."""
    for goal, (name, inside) in _GOALS.items():
        yield Goal(
            id=goal,
            name=name,
            objectives=tuple(
                Objective(
                    id=f"{goal}-{pathway}",
                    name=_NAMES[pathway],
                    action_steps=(ActionStep(id=step_of(pathway), name=f"Do: {_NAMES[pathway]}"),),
                )
                for pathway in inside
            ),
        )


def step_of(pathway: str) -> str:
    """Give the action step that items of a pathway serve."""
    return f"step-{pathway}"
