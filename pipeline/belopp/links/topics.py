"""What two sums are about, told by the stems of the words that say so."""

from __future__ import annotations

import re
from typing import Final

# Words that say nothing of what an area is about.
STOP_WORDS: Final = frozenset(
    """
    och eller att det den de som en ett i på av för till med om från inom mellan under över vid samt hos åt ur bland mot
    genom
    per kring sin sina sitt dess deras detta denna dessa är ska stärka öka ökad ökade stärkt satsning satsningen medel
    """.split()
)


def stems(area: str) -> frozenset[str]:
    """The content words of an area, cut to six letters so that inflection does not matter.

    >>> sorted(stems("folkbibliotekens läsfrämjande arbete"))
    ['arbete', 'folkbi', 'läsfrä']
    """
    words = (word for word in re.findall(r"[^\W\d_]+", area.casefold()) if word not in STOP_WORDS)
    return frozenset(word[:6] for word in words)


def similar(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two sets of stems overlap by at least half of the smaller one; an empty set is like any."""
    if not a or not b:
        return True
    return 2 * len(a & b) >= min(len(a), len(b))
