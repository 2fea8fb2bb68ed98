"""What is to be learned: goals, pathways, courses, engagements, tasks."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from plsched.scenario.models.base import Cents, Id, Model, Name, Text, Weight
from plsched.scenario.models.cadence import Cadence
from plsched.scenario.models.calendar import When

Format = Literal["in_person", "virtual", "hybrid"]
Action = Literal[
    "workshop",
    "inquiry",
    "book_study",
    "plc",
    "instructional_rounds",
    "site_visit",
    "conference",
    "coaching",
    "meeting",
    "data_review",
    "walkthrough",
    "survey",
    "self_assessment",
    "mandatory_training",
]


class ActionStep(Model):
    """A step of an objective; ``out_of_scope`` says why it is not planned here, if it is not."""

    id: Id
    name: Name
    out_of_scope: Text | None = None


class Objective(Model):
    """What a goal wants to reach."""

    id: Id
    name: Name
    action_steps: tuple[ActionStep, ...] = ()


class Goal(Model):
    """A goal of the district's plan."""

    id: Id
    name: Name
    objectives: tuple[Objective, ...] = ()


class Pathway(Model):
    """A line of learning that is prioritised and funded as a whole."""

    id: Id
    name: Name
    priority: Weight = 1


class ExpertNeed(Model):
    """Experts that a session needs: how many, and the skill each has."""

    skill: Id
    count: Annotated[int, Field(ge=1, le=50)] = 1


class Item(Model):
    """What courses, engagements, tasks, observations and coaching have in common.

    ``required`` items are tier 1; the others are requested and count for reach, weighted by
    ``priority`` times the pathway's priority. ``serves`` names goals, objectives or action steps.
    ``release`` allows sessions while participants teach (subs cover them); ``stipend`` allows
    sessions outside their contract hours (paid by the hour).
    """

    id: Id
    title: Name
    pathway: Id
    department: Id | None = None
    serves: tuple[Id, ...] = ()
    required: bool = False
    priority: Weight = 1
    release: bool = False
    stipend: bool = False
    description: Text = ""


class Gathering(Item):
    """An item whose sessions bring people to one place, or to one virtual room.

    ``sites`` are those where it may be held, ``facilities`` the rooms; ``None`` leaves all that
    fit (in person only). A hybrid session needs a facility and licence seats for everybody.
    """

    duration_min: Annotated[int, Field(ge=5, le=1440)]
    format: Format = "in_person"
    action: Action = "workshop"
    when: When
    sites: tuple[Id, ...] | None = None
    facilities: tuple[Id, ...] | None = None
    features: tuple[Id, ...] = ()
    licence: Id | None = None
    experts: tuple[ExpertNeed, ...] = ()
    mandatory: bool = False
    """Mandatory training, whose hours are counted (not the same as ``required``)."""
    evidence: Text = ""
    outcomes: Text = ""
    fee_cents_per_person: Cents = 0
    travel_cents_per_person: Cents = 0
    materials_cents_per_person: Cents = 0
    needs_room: bool = True

    @model_validator(mode="after")
    def _licence_fits(self) -> Gathering:
        if self.format == "in_person" and self.licence is not None:
            raise ValueError("a session in person takes no licence: remove it or change the format")
        if self.format != "in_person" and self.licence is None:
            raise ValueError(f"a {self.format} session needs a licence: name one of 'licences'")
        return self


class Course(Gathering):
    """A course taught in sections of one or more sessions, all held by the same experts.

    Each group of the ``audience`` that is larger than ``section_size`` is split into equal units;
    each unit goes to one section. A section has between ``quorum`` and ``section_size`` people.
    ``content`` names what is taught, to find the same content asked for twice.
    """

    audience: tuple[Id, ...] = Field(min_length=1)
    content: Id | None = None
    sessions: Annotated[int, Field(ge=1, le=40)] = 1
    min_gap_days: Annotated[int, Field(ge=0, le=400)] = 0
    max_gap_days: Annotated[int, Field(ge=0, le=400)] | None = None
    section_size: Annotated[int, Field(ge=1, le=10_000)] = 30
    quorum: Annotated[int, Field(ge=1, le=10_000)] = 1
    max_sections: Annotated[int, Field(ge=1, le=200)] | None = None
    prerequisites: tuple[Id, ...] = ()
    follow_up: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _sizes(self) -> Course:
        if self.quorum > self.section_size:
            raise ValueError(
                f"quorum {self.quorum} is over section_size {self.section_size}; lower the quorum"
            )
        if self.max_gap_days is not None and self.max_gap_days < self.min_gap_days:
            raise ValueError(
                f"max_gap_days {self.max_gap_days} is under min_gap_days {self.min_gap_days}"
            )
        return self


class Relation(Model):
    """Days between the date of another item and this one: ``min_days`` to ``max_days``."""

    item: Id
    min_days: Annotated[int, Field(ge=0, le=800)] = 0
    max_days: Annotated[int, Field(ge=0, le=800)] | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Relation:
        if self.max_days is not None and self.max_days < self.min_days:
            raise ValueError(f"max_days {self.max_days} is under min_days {self.min_days}")
        return self


class Participants(Gathering):
    """A gathering whose participants are fixed: whole groups and single educators."""

    groups: tuple[Id, ...] = ()
    educators: tuple[Id, ...] = ()
    days: Annotated[int, Field(ge=1, le=14)] = 1
    """Consecutive calendar days that one occurrence lasts, each from start to start + duration."""
    after: tuple[Relation, ...] = ()
    before: tuple[Relation, ...] = ()
    cost_cents: Cents = 0
    """A flat price of the whole item (a contract, a licence), obligated on its first date."""


class Engagement(Participants):
    """A recurring series: meetings, PLCs, partner coordination, site visits, conferences."""

    cadence: Cadence = "once"
    min_gap_days: Annotated[int, Field(ge=0, le=400)] | None = None
    max_gap_days: Annotated[int, Field(ge=0, le=400)] | None = None
    partners: tuple[Id, ...] = ()
    """Experts who always take part; they are paid and must be free."""


class Task(Participants):
    """A dated piece of work: planning, evaluation, an appointment to show mastery.

    ``guskey_level`` 1 to 5 for evaluation: reaction, learning, organisation support, use of new
    knowledge and skills, student outcomes.
    """

    kind: Literal["planning", "evaluation", "mastery"]
    guskey_level: Annotated[int, Field(ge=1, le=5)] | None = None
    needs_room: bool = False
