"""Swedish numbers in figures and in words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words

from belopp.numerals import figures, numbers, plain, words


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("384", ["384"]),
        ("6 778", ["6778"]),
        ("284\u2009000 000".replace("\u2009", " "), ["284000000"]),
        ("10.000", ["10000"]),
        ("2.027 238", ["2027238"]),
        ("2 130,2", ["2130.2"]),
        ("1,145", ["1.145"]),
        ("2.5", ["2.5"]),
        ("1,200,000", ["1200000"]),
        ("39600", ["39600"]),
        ("1½", ["1.5"]),
        ("under 2024 130", ["2024", "130"]),
        ("2024, 150", ["2024", "150"]),
        ("12 2", ["12", "2"]),
        ("44 7 500 000", ["447500000"]),
        ("2 000 0000", ["2000000"]),
        ("25 00", ["25000"]),
        ("sjutton", ["17"]),
        ("Tjugofem", ["25"]),
        ("trehundra", ["300"]),
        ("tre hundra femtio", ["350"]),
        ("femtonhundra", ["1500"]),
        ("tjugofem hundra", ["2500"]),
        ("elvahundrafemtio", ["1150"]),
        ("femtusen", ["5000"]),
        ("hundra tusen", ["100000"]),
        ("niohundranittionio", ["999"]),
        ("en halv", ["0.5"]),
        ("Halv", ["0.5"]),
        ("två och en halv", ["2.5"]),
        ("ett och ett halvt", ["1.5"]),
        ("halvannan", ["1.5"]),
        ("en kvarts", ["0.25"]),
        ("tre kvarts", ["0.75"]),
        ("noll", ["0"]),
        ("tretton tänder", ["13"]),
        ("entusiastisk", []),
        ("9" * 5000, []),
    ],
    ids=lambda value: value[:24] if isinstance(value, str) else "",
)
def test_numbers(text: str, values: list[str]) -> None:
    assert [str(number.value) for number in numbers(text)] == values


@pytest.mark.parametrize("written", ["", "x"])
def test_no_words(written: str) -> None:
    assert list(numbers(written)) == []


@given(st.integers(min_value=0, max_value=999_999))
def test_every_whole_number_in_words(number: int) -> None:
    assert words(num2words(number, lang="sv").replace("\u00ad", "")) == number


@given(st.integers(min_value=0, max_value=10**15))
def test_every_whole_number_in_groups(number: int) -> None:
    assert figures(f"{number:,}".replace(",", " ")) == number


def test_plain_has_no_exponent() -> None:
    assert str(plain(Decimal("1E+9"))) == "1000000000"
    assert str(plain(Decimal("4.50"))) == "4.5"
