"""Which sums of a table's later years are only reckoned with, by what the running text goes on to say."""

from __future__ import annotations

import re
from typing import Final

from belopp.model import Reason
from belopp.purpose.astray import is_astray
from belopp.purpose.lexicon import lexicon
from belopp.rulebook import Rulebook
from belopp.sentences import Place

YEAR: Final = re.compile(r"(?<!\d)20\d\d(?!\d)")
YEARS: Final = re.compile(r"(?<!\d)(20\d\d)(?:\s*[-–]\s*(20\d\d))?(?!\d)")
# "och beräknas därefter till 5 miljoner kronor", "beräknas ligga kvar på denna nivå"
ONWARDS: Final = re.compile(
    r"(?<!\w)(?:därefter|kvar|permanent|framåt|från\s+och\s+med|fr\.o\.m|kommande\s+år)(?!\w)",
)


def reckoned_on(cell: Place, told: Place, book: Rulebook) -> tuple[str, Reason] | None:
    """What is reckoned with for the cell's year after a sum of an earlier one: ``5 miljoner 2026 och beräknar …``."""
    header = cell.outline.grid(cell.cell.level).column_header(cell.cell)
    year = header and YEAR.search(cell.text, header.start, header.end)
    dated = YEAR.search(told.text, *told.after) or YEAR.search(told.text, *told.before)
    if not year or not dated or not dated.group() < year.group():
        return None
    later = [span for span in told.outline.sentences(told.block) if span.start >= told.sentence.end]
    for span in (told.right, *later[:2]):
        cue = lexicon(book, "status.estimated").first(told.lowered, *span)
        if cue and not is_astray(told, cue, told.sentence) and _goes_to(told.lowered[slice(*span)], int(year.group())):
            return cue.rule.sets["status"], Reason("status", cue.rule.id, cue.start, cue.end)
    return None


def _goes_to(text: str, year: int) -> bool:
    """Whether a stretch of text speaks of a year: by its number, within a span of years, or as of all that follow."""
    spans = [(int(found[1]), int(found[2] or found[1])) for found in YEARS.finditer(text)]
    return ONWARDS.search(text) is not None or any(first <= year <= last for first, last in spans)
