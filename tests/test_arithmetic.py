"""Rounding and hedges as intervals."""

from __future__ import annotations

from decimal import Decimal

import pytest

from belopp.arithmetic import Interval, half_unit, interval, total


@pytest.mark.parametrize(
    ("value", "half"),
    [
        ("384000000", "500000"),
        ("6370000000", "5000000"),
        ("11000000000", "500000000"),
        ("5.95", "0.005"),
        ("7", "0.5"),
        ("0", "0"),
        ("1000", "500"),
    ],
)
def test_half_a_unit_of_the_last_digit_that_is_not_zero(value: str, half: str) -> None:
    assert half_unit(Decimal(value)) == Decimal(half)


@pytest.mark.parametrize("modifier", ["", "approx", "under", "over", "at_least", "at_most"])
def test_an_interval_holds_what_is_stated(modifier: str) -> None:
    span = interval(Decimal(300), Decimal(300), modifier)
    assert span.low <= 300 <= span.high


def test_a_sum_just_under_eleven_reaches_down_but_hardly_up() -> None:
    under = interval(Decimal(11_000), Decimal(11_000), "under")
    assert under.low < 10_500
    assert under.high < 11_600


def test_intervals_meet_at_their_ends_only_when_they_touch() -> None:
    assert Interval(Decimal(1), Decimal(2)).meets(Interval(Decimal(2), Decimal(3)))
    assert not Interval(Decimal(1), Decimal(2)).meets(Interval(Decimal("2.1"), Decimal(3)))


def test_the_sum_of_nothing_is_nought() -> None:
    assert total([]) == 0
