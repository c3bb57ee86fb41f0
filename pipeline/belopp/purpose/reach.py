"""Whether a word of change left of a sum reaches it: the verb or noun, the preposition, and what stands between."""

from __future__ import annotations

import re
from typing import Final

from belopp import adverbials
from belopp.model import Reason
from belopp.purpose.clause import FINITE, SUM
from belopp.purpose.lexicon import lexicon
from belopp.rulebook import Cue, Rulebook
from belopp.sentences import Span

TOTAL: Final = re.compile(r"(?<!\w)(?:totalt|sammanlagt|sammantaget|total\w*)(?!\w)")
# "för ökade kostnader", "den förstärkta": the word only describes a noun.
ATTRIBUTE: Final = re.compile(
    r"(?<!\w)(?:för|till|av|de|den|det|i|genom|med|på|om|mot|ett|en)\s+"
    r"(?:ökade|ökat|höjt|förstärkt|stärkt|utökat|minskat|minskade|sänkt)$",
)
# "statsbidraget för personalförstärkningar": what the money is for
FOR_IT: Final = re.compile(r"(?:bidrag|stöd|medel)\w*\s+(?:för|till)\s+\w+$")
# "stärker stödet till dem som är utsatta med": the verb of another clause
WHO_IS: Final = re.compile(r"(?<!\w)som\s+\w+")
# "därmed uppgår tillskotten till", "nästa år beräknas ökningen till": the verb stands before the noun.
INVERTED: Final = re.compile(
    rf"(?<!\w)(?:uppgår|uppgick|uppgå|beräknas|bedöms|uppskattas)\s+{adverbials.ANY}(?:\w+\s+)?$"
)
# "vill förstärka stödet till skolan och tillför": the support grows by the sum.
MONEY_GROWS: Final = re.compile(r"[^.;:]*?(?:ersättning|stöd|bidrag|anslag|medel|budget)[^.;:]*\soch\s+(?:\w+\s+)?")
BY_GIVING: Final = re.compile(r"\s+genom\s+(?:att\s+)?")
# "med denna förstärkning uppgår stödet till": what the sum is apart from.
APART: Final = re.compile(r"\b(?:med|genom|utöver|efter)\s+(?:denna\s+|detta\s+)?$")
SAID: Final = re.compile(
    r"[^,;:.]{0,60}(?:uppgår|uppgå|är|blir|motsvarar|omfattar|på|om|med)?\s*(?:till|är|blir|motsvarar)?"
)
# "Tillskottet beräknas bli": only helping verbs between the noun and what it comes to.
BECOMES: Final = re.compile(
    rf"\s+{adverbials.ANY}(?:(?:beräknas|väntas|förväntas|föreslås|uppskattas|bedöms|kommer|ska|att)\s+{adverbials.ANY})*"
    r"(?:bli|blir|är|vara|motsvara|motsvarar)",
)
# "en utökning från nuvarande nivå som uppgår till 3 miljoner"
FROM_LEVEL: Final = re.compile(r"\bfrån\s+(?:nuvarande|dagens|tidigare|den|en)\s+(?:\w+\s+)?nivån?\b")
# "en förstärkning av tidigare aviserade medel till": no verb of the sum's own.
EARLIER: Final = re.compile(r"\b(?:tidigare|redan)\s+(?:aviserade|beslutade|beräknade|avsatta)\b")

Verdict = tuple[str, Reason]


def is_total(text: str) -> bool:
    """Whether a text in small letters calls a sum a total."""
    return ("total" in text or "samman" in text) and TOTAL.search(text) is not None


def sign(cue: Cue) -> Verdict:
    """The change that a cue's rule sets, and the cue as its reason."""
    return cue.rule.sets.get("change", ""), Reason("change", cue.rule.id, cue.start, cue.end)


def moved(text: str, span: Span, by: str, sentence: Span, book: Rulebook) -> Verdict | None:
    """What the nearest word of change in a span of a text in small letters makes of the sum ``by`` leads to."""
    found = [
        cue
        for cue in lexicon(book, "change.verb", "change.noun").find(text, *span, whole=sentence)
        if not (ATTRIBUTE if _is_verb(cue) else FOR_IT).search(text[max(0, cue.start - 24) : cue.end])
    ]
    if not found:
        return None
    cue = found[-1]
    gap = EARLIER.sub("", text[cue.end : span.end])
    if FROM_LEVEL.search(gap):
        return _level(cue)
    if (SUM.search(gap) and by != "med") or "; " in gap:
        return None
    return _by_verb(cue, gap, by) if _is_verb(cue) else _by_noun(text, span.start, cue, gap, by)


def _is_verb(cue: Cue) -> bool:
    return cue.rule.id.startswith("change.verb")


def _level(cue: Cue) -> Verdict:
    return "", Reason("change", "change.level", cue.start, cue.end)


def _by_verb(cue: Cue, gap: str, by: str) -> Verdict | None:
    """``höjs med``, ``höjs till``, ``förstärks genom att tillföra``."""
    own = not FINITE.search(WHO_IS.sub("", gap))
    if by == "till" and own:
        return _level(cue)
    reaches = (
        (by == "med" and own)
        or (by == "tillför" and MONEY_GROWS.fullmatch(gap) is not None)
        or (by in ("att", "tillföra") and BY_GIVING.fullmatch(gap) is not None)
    )
    return sign(cue) if reaches else None


def _by_noun(text: str, start: int, cue: Cue, gap: str, by: str) -> Verdict | None:
    """``ett tillskott på``, ``en höjning till``, ``tillskottet beräknas bli``."""
    its_own = by in ("på", "om") and not gap.strip()  # "efter höjningen på 1 miljon kronor uppgår stödet till 5"
    if is_total(gap) or (APART.search(text[start : cue.start]) and not its_own):
        return None
    own = not FINITE.search(gap)
    if by == "till" and own:
        return sign(cue) if INVERTED.search(text[max(0, cue.start - 60) : cue.start]) else _level(cue)
    if BECOMES.fullmatch(gap + by):
        return sign(cue)
    led = by in ("med", "på", "om", "av", ":", "motsvarande", "bli") or SAID.fullmatch(gap + by)
    return sign(cue) if led and (own or by in ("till", "motsvarande")) else None
