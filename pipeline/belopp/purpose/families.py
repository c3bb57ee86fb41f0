"""The rules that say what a figure is, by name, and which of them are alike in what they can be said of."""

from __future__ import annotations

from typing import Final

FUND: Final = "kind.funding"
COLLECTED: Final = "kind.funding.collected"
CHARGE: Final = "kind.rate.charge"
TAX: Final = "kind.other.tax"
LIMIT: Final = "kind.other.limit"
FINE: Final = "kind.other.fine"
COST: Final = "kind.other.cost"
NEED: Final = "kind.other.need"
VALUE: Final = "kind.other.value"
BALANCE: Final = "kind.other.balance"
MARKET: Final = "kind.other.market"
CRIME: Final = "kind.other.crime"
ACCOUNTS: Final = "column.accounts"
BASE: Final = "kind.other.base"
AFTER: Final = "kind.other.after"

CALLED: Final = frozenset({MARKET, BALANCE, COST, FINE, NEED})  # "5 miljoner kronor i vinst", "… saknas"
AFTERWARDS: Final = frozenset({CRIME, TAX, AFTER}) | CALLED
FIRM: Final = frozenset({"kind.rate.each", FINE})  # say what the sum is, whatever verb comes after
NO_GIFT: Final = frozenset({BALANCE, MARKET, CRIME, COST, VALUE, FINE, AFTER})
SPENT: Final = frozenset({COST, BALANCE, VALUE, MARKET, CHARGE})  # said as often of what money goes to
# What a label or a lead-in says of funding, or of the ground for it, says nothing of a single figure under it.
UNTOLD: Final = frozenset({FUND, COST, NEED})
LISTED: Final = frozenset({CHARGE, FINE, BASE, LIMIT, MARKET, VALUE})  # what a table can be a list of
