"""Tells the sentences that say nothing of their own: what stands on both sides of one belongs together."""

from __future__ import annotations

from typing import Final

from belopp import grammar

SHORTEST: Final = 3  # words; one or two may be an item or a label
LONGEST: Final = 80  # code points
# Words by which a text only says how good, bad, large or needed something is, and that one must act.
PALE: Final = frozenset(
    """acceptera acceptabelt agera agerar aldrig alldeles alltid allvar allvarlig allvarligt angelägen angeläget ansvar
    avgörande behov behoven behöver behövs besked bli blir bra brådskar bråttom bättre början centralt dags dit duger
    dåligt där efterlängtad efterlängtat enkelt faktiskt fel fler fram framåt framsteg fråga fullständigt fullt
    fungerar glada glädjande gott går gå gör göra göras helt historisk historiskt hjälper håller hållbart här igen inget
    ingen ingenting jag klart krävs känns landet lika låt lång långt lätt man men mycket må måste möjligt nej ni nog nu
    något nödvändig nödvändigt oacceptabelt ohållbart omistligt orimligt oroande oss precis prioritering problem rimligt
    riktning räcker rätt signal självklar självklarhet självklart skillnad skrämmande slut sorgligt start stark starkt
    steg stolta stor stora stort svår svåra svårt så ta tar tillräckligt tillsammans tillåta tuff tufft tydlig tydligt
    tyvärr utmaning vara varit verkligen vi vidare viktig viktiga viktigt väg vägen väldigt välkommet vänta väntar
    världen ändra ändrar ännu är än att som""".split()
)
EMPTY: Final = PALE | grammar.LIGHT | grammar.MODALS | grammar.FUNCTION_WORDS | grammar.CONJUNCTIONS


def is_idle(sentence: str) -> bool:
    """Whether a sentence says nothing of money, years, actors or purposes.

    >>> is_idle("Det är ett viktigt steg."), is_idle("Men behoven är stora i hela landet!")
    (True, True)
    >>> is_idle("Det är ett stöd till skolan."), is_idle("Det gäller från 2026.")
    (False, False)
    """
    if len(sentence) > LONGEST or sentence[-1:] not in {".", "!"}:
        return False
    if sentence[: sentence.find(" ")].lower() not in EMPTY:  # most end here
        return False
    words = sentence[:-1].lower().split()
    return len(words) >= SHORTEST and all(word.rstrip(",") in EMPTY for word in words)
