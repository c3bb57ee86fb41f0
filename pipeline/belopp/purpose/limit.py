"""Whether the words beside a sum make it what a rule starts from, or goes up to."""

from __future__ import annotations

import re
from typing import Final

from belopp.sentences import Place, Span

# "betalar hela beloppet upp till 2 000 kronor": a noun, then the ceiling; "de första 2 000 kronorna av skulden".
CEILING: Final = re.compile(
    r"(?<!\w)(?:för|på|av|över|hela)\s+(?:\w+\s+)?\w+\s+upp\s+till\s+$"
    r"|(?<!\w)(?:procent|%)\s+(?:upp\s+till|mellan|över)\s+$"
    r"|(?<!\w)de\s+första\s+$"
)
# "belopp över 20 000 kronor", "en skuld på mer än 5 000", "kostnader mellan 3 000 och 15 000": what a rule starts from.
REACHED: Final = re.compile(
    r"(?<!\w)(?:belopp\w*|\w*skuld\w*|\w*fordr(?:an|ingar)|\w*kostnad\w*|\w*pris\w*|\w*pension)\s+(?:som\s+är\s+|på\s+|om\s+|uppgår\s+till\s+)?"
    r"(?:över(?:stigande)?|under(?:stigande)?|mellan|(?:mer|mindre|lägre|högre)\s+än)\s+$"
    r"|(?<!\w)(?:om|när|som)\s[^.;,]*?avgift\w*\s+på\s+(?:över|minst|mer\s+än)\s+$"
    r"|(?<!\w)lever\s+(?:på\s+)?(?:under|mindre\s+än)\s+$"
    r"|(?<!\w)(?:förutsatt\s+att|förutsättning\w*|krav(?:et)?|krävs)\s[^.;]*?\s(?:minst|lägst|mer\s+än)\s+$"
    r"|(?<!\w)värde\s+(?:av|på)\s+minst\s+$"
)
# One of these stands in all that REACHED finds.
STARTS: Final = (
    "belopp",
    "skuld",
    "fordr",
    "kostnad",
    "pris",
    "avgift",
    "pension",
    "värde",
    "lever",
    "förutsätt",
    "förutsatt",
    "krav",
    "krävs",
)
OR_MORE: Final = re.compile(r"\s+(?:kronor\s+|kr\s+)?eller\s+(?:mer|mindre|lägre|högre)(?!\w)")
# "ett belopp på över 5 miljoner avsätts", "krav på skolan och avsätter minst 300": money given has no such bound.
GIVEN: Final = re.compile(
    r"(?<!\w)(?:avsätt|avsatt|satsa|tillför|anslå|bevilja|tilldela|fördela|investera|föreslår|beräknar|aviserar"
    r"|förstärker|höja\s|höjer\s|donera|skänk|\w*paket)"
)
# "Under förutsättning att riksdagen beslutar om det avsätter regeringen minst 5 miljoner": after the condition.
MAIN_CLAUSE: Final = re.compile(r"r\s+regeringen(?!\w)")
CONDITION: Final = re.compile(r"(?<!\w)(?:förutsatt|förutsättning\w*|krav\w*|krävs)\s+(?:\w+\s+)?att\s")
BOUNDS: Final = ("över", "stigande", "under", "mellan", "än", "minst", "lägst", "till", "första")


def beside(place: Place, *, little: bool) -> Span | None:
    """The words beside a sum that make it what a rule starts from or, if it is little, goes up to."""
    text, left = place.lowered, place.left
    bounded = text[left.start : left.end].rstrip().endswith(BOUNDS)
    reached = bounded and any(map(place.small.__contains__, STARTS))
    found = OR_MORE.match(text, place.mention.end) or (REACHED.search(text, *left) if reached else None)
    if found and _is_given(text, left):
        found = None
    if not found and bounded and little:
        found = CEILING.search(text, *left)
    return Span(*found.span()) if found else None


def _is_given(text: str, left: Span) -> bool:
    given = GIVEN.search(text, *left)
    if given is None:
        return False
    condition = CONDITION.search(text, left.start, given.start())
    return condition is None or MAIN_CLAUSE.search(text, condition.end(), left.end) is not None
