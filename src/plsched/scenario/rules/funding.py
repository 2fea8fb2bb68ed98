"""Funds hold what they promise, in the year that is planned, for the costs that come up."""

from __future__ import annotations

from collections.abc import Iterator

from plsched.money import dollars
from plsched.scenario.models import Scenario
from plsched.scenario.models.learning import Gathering, Participants
from plsched.scenario.models.money import CostKind
from plsched.scenario.models.observation import Observation
from plsched.scenario.models.people import Expert
from plsched.scenario.prices import rate_words
from plsched.scenario.rules.book import Book
from plsched.scenario.rules.problem import Problem, error, warning
from plsched.scenario.source import Path


def funds_of_another_year(book: Book) -> Iterator[Problem]:
    """Every fund can be obligated in the year that is planned."""
    calendar = book.scenario.calendar
    for at, fund in enumerate(book.scenario.funds):
        path: Path = ("funds", at, "obligations")
        window = fund.obligations
        value = f"{window.first} to {window.last}"
        remedy = "Look at the fund's dates, or remove it."
        if window.last < calendar.first:
            message = f"the fund {fund.id!r} has expired before the calendar begins"
            yield warning("fund-expired", path, value, message, remedy)
        elif window.first > calendar.last:
            message = f"the fund {fund.id!r} opens only after the calendar has ended"
            yield warning("fund-not-open", path, value, message, remedy)


def promises_over_the_amount(book: Book) -> Iterator[Problem]:
    """Set-asides are in the amount; caps over the amount cap nothing."""
    for at, fund in enumerate(book.scenario.funds):
        amount = fund.amount_cents
        for number, aside in enumerate(fund.set_asides):
            if aside.cents > amount:
                message = f"{dollars(aside.cents)} are set aside of {dollars(amount)}"
                path: Path = ("funds", at, "set_asides", number, "cents")
                yield error("set-aside", path, aside.cents, message, "Lower the set-aside.")
        together = sum(aside.cents for aside in fund.set_asides)
        if together > amount and all(aside.cents <= amount for aside in fund.set_asides):
            message = f"together {dollars(together)} are set aside of {dollars(amount)}"
            remedy = "Lower them, unless the same costs are meant to count for several."
            yield warning("set-aside", ("funds", at, "set_asides"), together, message, remedy)
        for number, cap in enumerate(fund.caps):
            if cap.max_cents is not None and cap.max_cents > amount:
                message = (
                    f"the cap of {dollars(cap.max_cents)} is over the fund's {dollars(amount)}"
                )
                path = ("funds", at, "caps", number, "max_cents")
                yield warning("cap", path, cap.max_cents, message, "Lower it, or remove it.")


def nobody_pays(book: Book) -> Iterator[Problem]:
    """For each kind of cash that comes up there is a fund that may pay it."""
    funds = book.scenario.funds
    for kind, path, value in _cash(book):
        if not any(fund.kinds is None or kind in fund.kinds for fund in funds):
            message = f"{value!r} costs cash of the kind {kind!r}, which no fund may pay"
            remedy = f"Add {kind} to the kinds of a fund; without it such items cannot stand."
            yield warning("nobody-pays", path, value, message, remedy)


def two_rates(book: Book) -> Iterator[Problem]:
    """No partner is entered twice, at two rates."""
    seen: dict[str, Expert] = {}
    for at, expert in enumerate(book.scenario.experts):
        if expert.rate is None:
            continue
        first = seen.setdefault(expert.name.casefold(), expert)
        if first.rate is not None and first.rate != expert.rate:
            message = (
                f"{expert.id!r} has the name of {first.id!r} and another rate: "
                f"{rate_words(expert.rate)}, not {rate_words(first.rate)}"
            )
            remedy = "Ask the partner for one rate, or name them differently."
            yield warning("other-rate", ("experts", at, "rate"), expert.name, message, remedy)


def _cash(book: Book) -> Iterator[tuple[CostKind, Path, str]]:
    """Give the first place where each kind of cash comes up."""
    seen: set[CostKind] = set()
    for kind, path, value in _all_cash(book):
        if kind not in seen:
            seen.add(kind)
            yield kind, path, value


def _all_cash(book: Book) -> Iterator[tuple[CostKind, Path, str]]:
    scenario = book.scenario
    paid = any(salary.stipend_cents_per_hour for salary in scenario.salaries)
    for path, item in book.items:
        if item.stipend and paid:
            yield "stipend", path, item.id
        if scenario.substitutes and (item.release or isinstance(item, Observation)):
            yield "substitute", path, item.id
        if isinstance(item, Gathering):
            yield from _prices(item, path, book)
    yield from _fees(scenario)
    for at, facility in enumerate(scenario.facilities):
        if facility.cents_per_hour:
            yield "facility", ("facilities", at), facility.id
    if scenario.policy.pays_mileage and scenario.travel:
        yield "travel", ("policy", "reimburse_mileage_cents_per_100_miles"), "policy"


def _fees(scenario: Scenario) -> Iterator[tuple[CostKind, Path, str]]:
    for at, expert in enumerate(scenario.experts):
        if expert.rate is not None and expert.rate.cents:
            yield "expert_fee", ("experts", at, "rate"), expert.id
        if expert.rate is not None and expert.rate.travel_cents_per_day:
            yield "expert_travel", ("experts", at, "rate"), expert.id


def _prices(item: Gathering, path: Path, book: Book) -> Iterator[tuple[CostKind, Path, str]]:
    if item.fee_cents_per_person:
        yield "conference_fee", path, item.id
    if item.travel_cents_per_person:
        yield "travel", path, item.id
    if item.materials_cents_per_person:
        yield "materials", path, item.id
    if isinstance(item, Participants) and item.cost_cents:
        yield "contract", path, item.id
    licence = book.directory.licences.get(item.licence or "")
    if licence is not None and licence.cents_per_session:
        yield "licence", path, item.id
