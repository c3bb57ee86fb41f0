"""Tells whether a sum hangs on somebody's consent: ``under förutsättning att riksdagen godkänner det``."""

from __future__ import annotations

import re
from typing import Final

from belopp.model import Reason
from belopp.purpose.clause import coordinated
from belopp.rulebook import Rulebook
from belopp.sentences import Place

CONDITION: Final = re.compile(
    r"(?:förutsatt|under\s+förutsättning|med\s+förbehåll)[^.]{0,80}?(?:riksdag|kommission|godkän|beslut|bevilja|anvis)"
    r"|(?<!\w)om\s+(?:riksdagen|(?:eu-)?kommissionen)\s+(?:godkänner|beslutar|beviljar|bifaller|ger|säger)",
)
# "beviljar 3 miljoner kronor och avser att avsätta mer under förutsättning att": the condition of another clause
ANOTHER: Final = re.compile(r"(?<!\w)(?:och|samt|men)\s+(?:regeringen\s+)?(?:avser|beräknar|planerar|föreslår)(?!\w)")
CONDITIONAL: Final = ("förutsatt", "förutsättning", "förbehåll", "m riksdagen", "kommissionen")
ACCORD: Final = re.compile(
    r"(?<!\w)(?:Överenskommelsen|Avtalet)\b[^.]{0,60}?"
    r"(?:giltig|gäller|träder|ingås|förutsätter|villkor|under förutsättning|med förbehåll)"
)


def condition(place: Place, book: Rulebook) -> Reason | None:
    """A condition that leaves the money to the parliament: the sentence's own, or that of the whole agreement."""
    if "status.condition" not in book:
        return None
    text = place.text
    if not place.outline.kept("conditions", lambda: any(map(text.__contains__, CONDITIONAL))):
        return None
    found = CONDITION.search(place.lowered, *place.sentence)
    if found and any(place.mention.end <= later.start < found.start() for later in place.mentions):
        last = max(n for n, later in enumerate(place.mentions) if later.start < found.start())
        if not all(coordinated(place, n) for n in range(place.index + 1, last + 1)):
            return None
    if found and ANOTHER.search(place.lowered, place.mention.end, found.start()):
        return None
    if found is None:
        accord = place.outline.kept("accord", lambda: _accord(text))
        found = CONDITION.search(place.lowered, accord.start(), accord.end() + 120) if accord else None
    return Reason("status", "status.condition", *found.span()) if found else None


def _accord(text: str) -> re.Match[str] | None:
    """What is said of the agreement that the whole text tells of."""
    return ACCORD.search(text) if "Överenskommelsen" in text or "Avtalet" in text else None
