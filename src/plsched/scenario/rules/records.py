"""Records fit the district that they are about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import get_args

from plsched.money import dollars
from plsched.scenario.models.money import CostKind
from plsched.scenario.models.records import Records, Result
from plsched.scenario.nearest import Suggestions
from plsched.scenario.rules.book import Book
from plsched.scenario.rules.problem import Problem, error, warning
from plsched.scenario.source import Path

_NONE = Records()


def unknown_objects(book: Book) -> Iterator[Problem]:
    """Each posting is on an account code of the scenario, or on a cost kind."""
    codes = {row.code for row in book.scenario.account_codes}
    known = codes | {kind for kind in get_args(CostKind) if kind != "salary"}
    names = Suggestions()
    for at, posting in enumerate(_records(book).postings):
        if posting.object not in known:
            path: Path = ("records", "postings", at, "object")
            message = f"{posting.object!r} is no account code of the scenario, and no cost kind"
            remedy = names.suggestion(posting.object, known, "account codes")
            yield error("unknown-object", path, posting.object, message, remedy)


def postings_outside_windows(book: Book) -> Iterator[Problem]:
    """No posting is dated outside the obligation dates of its fund."""
    windows = {fund.id: fund.obligations for fund in book.scenario.funds}
    for at, posting in enumerate(_records(book).postings):
        window = windows[posting.fund]
        if not window.holds(posting.obligation_date):
            path: Path = ("records", "postings", at, "obligation_date")
            message = (
                f"{dollars(posting.cents)} {posting.stage} against {posting.fund!r} lie outside "
                f"its obligation dates, {window.first} to {window.last}"
            )
            remedy = "Look at the date, or book it against a fund that is open then."
            yield warning("posting-outside-window", path, posting.obligation_date, message, remedy)


def overdrawn_funds(book: Book) -> Iterator[Problem]:
    """No fund has more encumbered and spent than its amount."""
    booked: dict[str, int] = defaultdict(int)
    for posting in _records(book).postings:
        booked[posting.fund] += posting.cents
    for at, fund in enumerate(book.scenario.funds):
        over = booked[fund.id] - fund.amount_cents
        if over > 0:
            message = (
                f"{dollars(booked[fund.id])} are encumbered or spent of {fund.id!r}, "
                f"{dollars(over)} more than its amount"
            )
            remedy = "Move postings to another fund, or raise the amount if it was raised."
            path: Path = ("funds", at, "amount_cents")
            yield warning("fund-overdrawn", path, fund.amount_cents, message, remedy)


def ratings_without_evidence(book: Book) -> Iterator[Problem]:
    """No element is green on nobody's evidence."""
    for at, rating in enumerate(_records(book).ratings):
        if rating.colour == "green" and not rating.evidence:
            path: Path = ("records", "ratings", at)
            message = f"{rating.element!r} is green without evidence"
            remedy = "Write what shows it in 'evidence', or rate it yellow until something does."
            yield warning("no-evidence", path, rating.element, message, remedy)


def ratings_to_come(book: Book) -> Iterator[Problem]:
    """No rating is of a date after that on which the records are read."""
    records = _records(book)
    for at, rating in enumerate(records.ratings):
        if records.as_of is not None and rating.rated > records.as_of:
            path: Path = ("records", "ratings", at, "rated")
            message = f"the rating is not read: it is later than as_of, {records.as_of}"
            remedy = "Look at the date, or set as_of to the day on which you read the records."
            yield warning("rating-to-come", path, rating.rated, message, remedy)


def results_told_twice(book: Book) -> Iterator[Problem]:
    """No result stands twice."""
    seen: set[tuple[str, str, str, str]] = set()
    for at, result in enumerate(_records(book).results):
        key = (result.pathway, result.measure, result.year, result.option)
        if key in seen:
            named = f"{result.year} {result.option}".strip()
            message = f"{result.measure!r} of {result.pathway!r} stands twice for {named}"
            remedy = "Remove one, or tell them apart by 'option'."
            path: Path = ("records", "results", at, "year")
            yield error("duplicate-result", path, result.year, message, remedy)
        seen.add(key)


def results_that_disagree(book: Book) -> Iterator[Problem]:
    """Results that are set against each other are of one ledger, and better the same way."""
    first: dict[tuple[str, str], Result] = {}
    for at, result in enumerate(_records(book).results):
        other = first.setdefault((result.pathway, result.measure), result)
        for field in ("ledger", "better"):
            here, there = getattr(result, field), getattr(other, field)
            if here != there:
                message = (
                    f"{field} is {here!r} for {result.year} and {there!r} for {other.year}: "
                    f"{result.measure!r} of {result.pathway!r} cannot be compared"
                )
                path: Path = ("records", "results", at, field)
                yield error("results-disagree", path, here, message, "Write the same for both.")


def results_out_of_order(book: Book) -> Iterator[Problem]:
    """Results of a pathway by one measure stand in the order of their years."""
    latest: dict[tuple[str, str], str] = {}
    for at, result in enumerate(_records(book).results):
        before = latest.setdefault((result.pathway, result.measure), result.year)
        if result.year < before and result.year[:4].isdecimal() and before[:4].isdecimal():
            message = (
                f"{result.year} of {result.pathway!r} stands below {before}, and each row is set "
                "against the one above it"
            )
            remedy = "Write the rows in the order of their years."
            path: Path = ("records", "results", at, "year")
            yield warning("results-out-of-order", path, result.year, message, remedy)
        latest[result.pathway, result.measure] = max(before, result.year)


def results_at_the_plans_cost(book: Book) -> Iterator[Problem]:
    """Results are at the plan's own cost in one year only: the plan's, which is the last."""
    results = _records(book).results
    last = {(result.pathway, result.measure): result.year for result in results}
    for at, result in enumerate(results):
        year = last[result.pathway, result.measure]
        if result.cost_cents is None and result.year != year:
            message = (
                f"{result.year} of {result.pathway!r} has no cost, so that of the plan is taken, "
                f"though results of {year} follow"
            )
            remedy = "Give cost_cents; leave it empty only for the year that is planned."
            path: Path = ("records", "results", at)
            yield warning("plans-cost-taken", path, result.year, message, remedy)


def decided_without_measure(book: Book) -> Iterator[Problem]:
    """No pilot is scaled, adjusted or stopped before it was measured."""
    for at, result in enumerate(_records(book).results):
        if result.decision not in {None, "try"} and result.outcome_milli is None:
            message = f"{result.pathway!r} is to {result.decision}, and no outcome was measured"
            remedy = "Give outcome_milli, or write 'try' until it is measured."
            path: Path = ("records", "results", at, "decision")
            yield warning("decided-unmeasured", path, result.decision, message, remedy)


def _records(book: Book) -> Records:
    return book.scenario.records or _NONE
