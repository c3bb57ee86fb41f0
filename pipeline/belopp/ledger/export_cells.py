"""A cell of a sheet, there and back: formulas disarmed, amounts exact, and what a spreadsheet cannot hold told."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Final

from belopp.arithmetic import digits

TEXT: Final = "text"
INTEGER: Final = "integer"
MONEY: Final = "money"
DATE: Final = "date"
FLAG: Final = "flag"
Value = str | int | Decimal | date | bool | None

# A spreadsheet keeps fifteen digits of a number and drops the rest without a word.
DIGITS_KEPT: Final = 15
LONGEST_TEXT: Final = 32_767

# What makes a spreadsheet take a text for a formula, the wide forms of East Asian keyboards among them; also
# after white space, which some strip, and after what another spreadsheet may split the line at.
_FORMULA: Final = re.compile(
    r"""(?P<before> (?: ^ | [;,\t\r\n] ) [ \u00a0\u200b\ufeff]* )
        (?P<guards> '* )
        (?= [=+\-@\t\r\uff1d\uff0b\uff0d\uff20] )""",
    re.VERBOSE,
)
# Characters that XML has no room for, or that its readers change, as Excel writes them: _x000D_.
_NO_XML: Final = r"\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff"
_UNFIT: Final = re.compile(rf"[{_NO_XML}]|_(?=x[0-9A-Fa-f]{{4}}[_{_NO_XML}])")
_ESCAPED: Final = re.compile(r"_x(?P<code>[0-9A-Fa-f]{4})_")


def guard(text: str) -> str:
    """The text with an apostrophe before whatever a spreadsheet would take for the start of a formula.

    >>> guard("=1+1"), guard("'=1"), guard("'s mål"), guard("a;=b"), guard("5 - 3")
    ("'=1+1", "''=1", "'s mål", "a;'=b", '5 - 3')
    """
    return _FORMULA.sub(lambda found: f"{found['before']}'{found['guards']}", text)


def unguard(text: str) -> str:
    """What :func:`guard` was given, whatever it was.

    >>> unguard("'=1+1"), unguard("''=1"), unguard("'s mål"), unguard("a;'=b")
    ('=1+1', "'=1", "'s mål", 'a;=b')
    """
    return _FORMULA.sub(lambda found: found["before"] + found["guards"][:-1], text)


def is_kept(value: Decimal) -> bool:
    """Whether a spreadsheet's number, a double of which fifteen digits count, is this amount exactly.

    >>> is_kept(Decimal("18361900000.05")), is_kept(Decimal("12345678901234.56"))
    (True, False)
    """
    return digits(value) <= DIGITS_KEPT and Decimal(repr(float(value))) == value


def amount_text(value: Decimal, *, mark: str = ".") -> str:
    """An amount in digits, never as 1E+3.

    >>> amount_text(Decimal("1E+3")), amount_text(Decimal("-4.55"), mark=",")
    ('1000', '-4,55')
    """
    return f"{value:f}".replace(".", mark)


def escape(text: str) -> str:
    r"""The text as a cell of a workbook can hold it.

    >>> escape("a\rb"), escape("_x000D_")
    ('a_x000D_b', '_x005F_x000D_')
    """
    return _UNFIT.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def unescape(text: str) -> str:
    r"""What :func:`escape` was given.

    >>> unescape("a_x000D_b"), unescape("_x005F_x000D_")
    ('a\rb', '_x000D_')
    """
    return _ESCAPED.sub(lambda found: chr(int(found["code"], 16)), text)
