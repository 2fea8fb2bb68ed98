"""Unit prices, to see whether the same thing is asked for at two of them."""

from __future__ import annotations

from plsched.money import dollars
from plsched.scenario.models.learning import Gathering
from plsched.scenario.models.people import Rate


def cents_per_person(item: Gathering) -> int:
    """Cents that an item costs by the head: fee, travel and materials."""
    return (
        item.fee_cents_per_person + item.travel_cents_per_person + item.materials_cents_per_person
    )


def rate_words(rate: Rate) -> str:
    """Say a rate with all that changes what is paid: ``$150.00 an hour, $180.00 travel a day``."""
    words = f"{dollars(rate.cents)} {'an hour' if rate.unit == 'hour' else 'a day'}"
    if rate.unit == "hour" and rate.minimum_min:
        words += f", {rate.minimum_min} min at least"
    if rate.unit == "hour" and rate.prep_permille:
        words += f", {rate.prep_permille} permille to prepare"
    if rate.travel_cents_per_day:
        words += f", {dollars(rate.travel_cents_per_day)} travel a day"
    return words
