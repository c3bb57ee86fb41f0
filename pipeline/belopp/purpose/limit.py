"""Whether the words beside a sum make it what a rule starts from, or goes up to."""

from __future__ import annotations

import re
from typing import Final

from belopp.sentences import Place, Span

# "betalar hela beloppet upp till 2 000 kronor": a noun, then the ceiling.
CEILING: Final = re.compile(
    r"(?<!\w)(?:för|på|av|över|hela)\s+(?:\w+\s+)?\w+\s+upp\s+till\s+$"
    r"|(?<!\w)(?:procent|%)\s+(?:upp\s+till|mellan|över)\s+$"
)
# "belopp över 20 000 kronor", "en skuld på mer än 5 000", "kostnader mellan 3 000 och 15 000": what a rule starts from.
REACHED: Final = re.compile(
    r"(?<!\w)(?:belopp\w*|\w*skuld\w*|\w*fordr(?:an|ingar)|\w*kostnad\w*|\w*pris\w*)\s+(?:som\s+är\s+|på\s+|om\s+|uppgår\s+till\s+)?"
    r"(?:över(?:stigande)?|under(?:stigande)?|mellan|(?:mer|mindre|lägre|högre)\s+än)\s+$"
    r"|(?<!\w)lever\s+(?:på\s+)?(?:under|mindre\s+än)\s+$"
    r"|(?<!\w)(?:förutsatt\s+att|förutsättning\w*|krav(?:et)?|krävs)\s[^.;]*?\s(?:minst|lägst|mer\s+än)\s+$"
)
OR_MORE: Final = re.compile(r"\s+(?:kronor\s+|kr\s+)?eller\s+(?:mer|mindre|lägre|högre)(?!\w)")
BOUNDS: Final = ("över", "stigande", "under", "mellan", "än", "minst", "lägst", "till")


def beside(place: Place, little: bool) -> Span | None:
    """The words beside a sum that make it what a rule starts from, or goes up to."""
    text, left = place.lowered, place.left
    if found := OR_MORE.match(text, place.mention.end):
        return Span(*found.span())
    if not text[left.start : left.end].rstrip().endswith(BOUNDS):
        return None
    found = REACHED.search(text, *left) or (CEILING.search(text, *left) if little else None)
    return Span(*found.span()) if found else None
