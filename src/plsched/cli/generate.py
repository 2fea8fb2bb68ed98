"""``plsched generate``: a synthetic district of any size."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Size(StrEnum):
    """Names for sizes."""

    S = "S"
    M = "M"
    L = "L"
    XL = "XL"


NewFolder = Annotated[
    Path, typer.Argument(help="Folder for the scenario, new or empty.", show_default=False)
]
Educators = Annotated[
    int | None, typer.Option("--educators", help="How many, 30 to 50,000.", show_default=False)
]
NamedSize = Annotated[
    Size | None,
    typer.Option(
        "--size",
        case_sensitive=False,
        help="250, 1,500, 7,000 or 50,000 educators.",
        show_default=False,
    ),
]
Seed = Annotated[
    int, typer.Option("--seed", min=0, max=2**31 - 1, help="Another seed, another district.")
]


def generate(
    folder: NewFolder, educators: Educators = None, size: NamedSize = None, seed: Seed = 0
) -> None:
    """Write a synthetic district with the shape of real ones, to try, to measure, to change.

    It asks for more than its money, experts and substitutes allow, so priorities decide; what is
    required can stand. The same number and seed give the same bytes.

    Exit: 0 written; 2 bad input.
    """
    from plsched.generate import SIZES, see_that_it_is_free, write_district
    from plsched.generate import generate as make

    if (educators is None) == (size is None):
        given = "neither is given" if size is None else f"--educators {educators} --size {size}"
        raise typer.BadParameter(
            f"give one of the two ({given})", param_hint="'--educators' / '--size'"
        )
    number = educators if size is None else SIZES[size]
    see_that_it_is_free(folder)
    district = make(number or 0, seed)
    write_district(district, folder)
    schools = sum(site.level not in {"central", "external"} for site in district.sites)
    print(
        f"{district.name}: written to {folder}. {schools} schools, {len(district.coaches)} coaches, "
        f"{len(district.courses)} courses, {len(district.engagements)} engagements, "
        f"{len(district.observations)} observations, {len(district.tasks)} tasks.\n"
        f"Next: plsched solve {folder} --out out"
    )
