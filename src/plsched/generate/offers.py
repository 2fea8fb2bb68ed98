"""What every area offers to its own educators; the table of courses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from plsched.generate.year import CLASSES, FALL_RELEASE, release_window, when
from plsched.scenario.models.calendar import When
from plsched.scenario.models.learning import Action

Season = Literal["fall", "spring"]
Sharing = Literal["area", "zone"]
"""Whether the experts of a skill work in one area or in all areas of a zone."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A course that every area offers; ``crowd`` names its groups in an area's schools."""

    id: str
    title: str
    pathway: str
    crowd: str
    skill: str | None
    duration_min: int
    sessions: int
    size: int
    when: When
    season: Season | None = None
    """When given, it takes people out of classes, on the dates that the area has for this."""
    gap: tuple[int, int | None] = (0, None)
    experts: Sharing = "area"
    rooms: Sequence[str] = ("training", "board")
    licence: str | None = None
    quorum: int = 8
    required: bool = False
    mandatory: bool = False
    stipend: bool = False
    action: Action = "workshop"
    materials_cents: int = 0
    department: str = "learning"
    follow_up: Sequence[str] = ()
    prerequisites: Sequence[str] = ()
    features: Sequence[str] = ()


_SUMMER = when(
    "2027-06-15", "2027-07-15", ["summer"], ["08:30"], ("mon", "tue", "wed", "thu"), ("tue", "wed")
)
_AUGUST = when("2027-08-02", "2027-08-12", ["summer"], ["08:30", "12:45"])
_PL_FALL = when("2027-08-19", "2027-11-05", ["pl"], ["10:00", "13:00"])
_PL_SPRING = when("2028-02-18", "2028-03-10", ["pl"], ["08:30", "10:30", "13:00"])
_AFTER_FALL = when("2027-09-14", "2027-11-04", CLASSES, ["16:15"], ("tue", "thu"), ("tue",))
_AFTER_SPRING = when("2028-01-11", "2028-03-16", CLASSES, ["16:15"], ("tue", "thu"), ("thu",))
_SATURDAYS = when("2027-10-02", "2027-11-20", ["saturday"], ["09:00"], ("sat",))

_ALL_DAY = release_window(FALL_RELEASE, 1)

OFFERS: Sequence[Offer] = (
    # ---- required ----
    Offer(
        "child-protection",
        "Child protection and reporting",
        "mandatory",
        "staff",
        None,
        60,
        1,
        160,
        when("2027-08-18", "2027-08-20", ["workday"], ["08:30", "10:00", "13:00"]),
        licence="webinar",
        quorum=1,
        required=True,
        mandatory=True,
        action="mandatory_training",
        department="human-resources",
    ),
    Offer(
        "suicide-awareness",
        "Suicide awareness",
        "mandatory",
        "staff",
        None,
        45,
        1,
        160,
        when("2027-10-11", "2027-11-05", ["pl"], ["14:30", "08:30"]),
        licence="webinar",
        quorum=1,
        required=True,
        mandatory=True,
        action="mandatory_training",
        department="student-services",
    ),
    Offer(
        "civil-rights",
        "Civil rights and harassment",
        "mandatory",
        "staff",
        None,
        45,
        1,
        160,
        when("2028-01-03", "2028-02-18", ["pl", "data"], ["12:45", "14:30"]),
        licence="webinar",
        quorum=1,
        required=True,
        mandatory=True,
        action="mandatory_training",
        department="human-resources",
    ),
    Offer(
        "induction",
        "Welcome to teaching here",
        "induction",
        "new",
        "induction",
        330,
        2,
        24,
        when("2027-08-09", "2027-08-13", ["summer"], ["08:30"]),
        gap=(1, 3),
        rooms=("training", "hall"),
        quorum=1,
        required=True,
        stipend=True,
        materials_cents=2500,
        department="human-resources",
    ),
    # ---- out of classes: substitutes bind ----
    Offer(
        "primary-literacy",
        "Foundations of reading, K to 2",
        "literacy",
        "primary",
        "literacy",
        360,
        2,
        0,
        _ALL_DAY,
        season="fall",
        gap=(2, 21),
        rooms=("training", "board", "studio"),
        materials_cents=3800,
        follow_up=("team-coaching-elementary",),
    ),
    Offer(
        "content-literacy",
        "Reading in the content areas",
        "secondary",
        "humanities",
        "content-literacy",
        360,
        2,
        0,
        _ALL_DAY,
        season="fall",
        gap=(2, 21),
        rooms=("training", "board", "studio"),
        materials_cents=3200,
        follow_up=("team-coaching-middle", "team-coaching-high"),
    ),
    Offer(
        "intermediate-mathematics",
        "Rich tasks in mathematics, 3 to 5",
        "mathematics",
        "intermediate",
        "mathematics",
        360,
        2,
        0,
        _ALL_DAY,
        season="spring",
        gap=(2, 21),
        rooms=("training", "board"),
        materials_cents=4100,
        follow_up=("team-coaching-elementary",),
    ),
    Offer(
        "inclusion-day",
        "Co-teaching and inclusion",
        "inclusion",
        "support",
        "inclusion",
        360,
        1,
        0,
        _ALL_DAY,
        season="spring",
        rooms=("board", "studio"),
        materials_cents=2100,
        department="student-services",
        follow_up=("one-to-one-elementary", "one-to-one-high"),
    ),
    # ---- paid by the hour, with partners: money binds ----
    Offer(
        "reading-institute",
        "Science of reading institute",
        "literacy",
        "primary",
        "reading-science",
        330,
        3,
        30,
        _SUMMER,
        gap=(1, 7),
        experts="zone",
        rooms=("training", "studio"),
        stipend=True,
        materials_cents=9500,
    ),
    Offer(
        "inquiry-institute",
        "Inquiry in science and mathematics",
        "secondary",
        "stem",
        "inquiry-science",
        330,
        2,
        26,
        _SUMMER,
        gap=(1, 7),
        experts="zone",
        rooms=("lab",),
        features=("laboratory",),
        stipend=True,
        materials_cents=14500,
    ),
    Offer(
        "saturday-belonging",
        "Belonging in my classroom",
        "belonging",
        "readers",
        "equity",
        180,
        1,
        34,
        _SATURDAYS,
        experts="zone",
        rooms=("studio",),
        stipend=True,
        materials_cents=1500,
        department="student-services",
    ),
    Offer(
        "plc-leadership",
        "Leading a learning community",
        "leadership",
        "leads",
        "plc",
        180,
        2,
        30,
        _AUGUST,
        gap=(1, 3),
        stipend=True,
        materials_cents=1800,
    ),
    Offer(
        "scales",
        "Standards and proficiency scales",
        "standards",
        "leads",
        "scales",
        90,
        3,
        24,
        _AFTER_FALL,
        gap=(7, 14),
        rooms=("training", "board"),
        stipend=True,
        materials_cents=2400,
        follow_up=("scales-coaching",),
        prerequisites=("plc-leadership",),
    ),
    Offer(
        "classroom",
        "Classrooms that run well",
        "induction",
        "new",
        "classroom",
        90,
        4,
        20,
        _AFTER_FALL,
        gap=(7, 14),
        rooms=("board", "training"),
        stipend=True,
        prerequisites=("induction",),
        follow_up=("one-to-one-elementary",),
    ),
    Offer(
        "multilingual",
        "Language in every lesson",
        "inclusion",
        "intermediate",
        "multilingual",
        90,
        2,
        24,
        _AFTER_SPRING,
        gap=(7, 21),
        rooms=("training", "board"),
        stipend=True,
        materials_cents=1700,
        department="student-services",
    ),
    Offer(
        "book-circle",
        "Book circle on belonging",
        "belonging",
        "readers",
        "sel",
        60,
        4,
        20,
        _AFTER_SPRING,
        gap=(14, 14),
        licence="meeting-room",
        rooms=(),
        stipend=True,
        action="book_study",
        materials_cents=2900,
    ),
    # ---- in contract time: experts bind ----
    Offer(
        "assured-practices",
        "Assured practices of belonging",
        "belonging",
        "teachers",
        "sel",
        120,
        1,
        45,
        _PL_FALL,
        rooms=("hall", "gym"),
        materials_cents=900,
    ),
    Offer(
        "inclusion-basics",
        "What every classroom can offer",
        "inclusion",
        "stem",
        "inclusion",
        90,
        1,
        40,
        _PL_SPRING,
        rooms=("hall", "training"),
        department="student-services",
    ),
    Offer(
        "data-platform",
        "Data platform for every teacher",
        "data",
        "teachers",
        "data-platform",
        60,
        1,
        140,
        when("2027-10-22", "2028-01-03", ["data"], ["12:45", "14:30"]),
        licence="webinar",
        rooms=(),
        quorum=20,
        department="technology",
    ),
)
