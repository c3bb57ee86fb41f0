"""Words for a million and its like in the units of sums, for patterns that need only see that a sum stands there.

What a sum comes to, and where it ends, ``find`` tells by the rules; these know a sum in the sentences and headings
around one by its look.
"""

from __future__ import annotations

import re
from typing import Final

_WORDS: Final = {
    3: r"tkr|kkr|[tk]sek",
    6: r"miljon(?:en|er(?:na)?)?|milj(?:kr|\.kr|\.)?|mljn|mio|mn(?:kr|sek)?|mkr|msek",
    9: r"miljard(?:en|er(?:na)?)?|md(?:kr|rkr|sek|r\.?)|mrd(?:kr)?",
}
_POWERS: Final = tuple((power, re.compile(words)) for power, words in _WORDS.items())
SIZE: Final = "|".join(_WORDS.values())
"""A size in small letters, which no letter may follow: ``miljoner``, ``mnkr``, ``mdr``."""
SHORT: Final = ("milj", "mljn", "mio", "mn", "mdr", "mrd", "md", "kr", "tkr", "mkr", "mnkr", "mdkr")
"""Units, in small letters, that a full stop may shorten: ``5 mdr. 2026``."""


def power(size: str) -> int:
    """The noughts that a size in small letters stands for; none when it is no size.

    >>> power("mnkr"), power("mdr"), power("")
    (6, 9, 0)
    """
    return next((noughts for noughts, words in _POWERS if words.fullmatch(size)), 0)
