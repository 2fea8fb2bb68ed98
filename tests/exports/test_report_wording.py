"""Numbers, dates and durations as people read them."""

from datetime import date
from fractions import Fraction

import pytest

from plsched.exports.report import wording


@pytest.mark.parametrize(
    ("minutes", "words", "brief"),
    [
        (0, "0", "0"),
        (45, "0.8", "0.8"),
        (60, "1", "1"),
        (90, "1.5", "1.5"),
        (569, "9.5", "9.5"),
        (570, "9.5", "10"),
        (1518, "25.3", "25"),
        (600_000, "10,000", "10000"),
    ],
)
def test_hours(minutes: int, words: str, brief: str) -> None:
    assert (wording.hours(minutes), wording.brief_hours(minutes)) == (words, brief)


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (Fraction(0), "0%"),
        (Fraction(1, 10_000), "under 0.1%"),
        (Fraction(4, 1000), "0.4%"),
        (Fraction(3, 4), "75%"),
        (Fraction(9999, 10_000), "over 99.9%"),
        (Fraction(1), "100%"),
        (Fraction(1243, 1000), "124.3%"),
    ],
)
def test_percent_never_rounds_to_none_or_all(share: Fraction, words: str) -> None:
    assert wording.percent(share) == words


@pytest.mark.parametrize(
    ("words", "sentence"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_lists_read_as_in_a_sentence(words: list[str], sentence: str) -> None:
    assert wording.listed(words) == sentence


def test_nouns_follow_their_number() -> None:
    assert [
        wording.plural(1, "date"),
        wording.plural(1200, "date"),
        wording.plural(2, "coach", "coaches"),
    ] == ["1 date", "1,200 dates", "2 coaches"]


def test_dates() -> None:
    when = date(2027, 2, 8)
    assert (wording.day(when), wording.full_date(when), wording.short_day(when)) == (
        "Mon Feb 8, 2027",
        "Feb 8, 2027",
        "Feb 8",
    )


def test_long_texts_are_cut_for_a_margin() -> None:
    assert (wording.shortened("short", 5), wording.shortened("too long", 5)) == ("short", "too…")
