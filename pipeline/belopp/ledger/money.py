"""Money as the ledger keeps it: whole minor units (öre, cents), never a float and never a fraction."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

# Minor units to a unit as ISO 4217 has them, where they are not two decimals.
EXPONENTS: Final = {
    **dict.fromkeys(("CLP", "ISK", "JPY", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}
# A million billion kronor: sums of thousands of such still fit the 64 bits that both databases add in.
LARGEST: Final = 10**17


class Unpostable(ValueError):
    """A sum that whole minor units of 64 bits cannot hold."""


def to_minor(value: Decimal, currency: str) -> int:
    """The sum in minor units of its currency.

    Raises :class:`Unpostable` for a fraction of a minor unit and for what no budget holds.

    >>> to_minor(Decimal("67900000"), "SEK"), to_minor(Decimal("1200"), "JPY")
    (6790000000, 1200)
    """
    minor = value.scaleb(EXPONENTS.get(currency, 2))
    if minor != minor.to_integral_value():
        raise Unpostable(f"{value} {currency} is no whole number of minor units")
    if abs(minor) > LARGEST:
        raise Unpostable(f"{value} {currency} is more than the ledger holds")
    return int(minor)


def to_major(minor: int, currency: str) -> Decimal:
    """The sum in units of its currency, without idle zeros.

    >>> to_major(6790000000, "SEK"), to_major(455, "SEK")
    (Decimal('67900000'), Decimal('4.55'))
    """
    value = Decimal(minor).scaleb(-EXPONENTS.get(currency, 2))
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()


def digits(minor: int, currency: str) -> str:
    """The sum as people read it: in groups of three, and with decimals only where it is not whole.

    >>> digits(-6790000050, "SEK"), digits(500, "SEK")
    ('-67 900 000.50', '5')
    """
    value = to_major(minor, currency)
    decimals = 0 if value == value.to_integral_value() else EXPONENTS.get(currency, 2)
    return f"{value:,.{decimals}f}".replace(",", " ")
