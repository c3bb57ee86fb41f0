"""Whether a word that tells how settled money is, is said of something else, or not meant as it is elsewhere."""

from __future__ import annotations

import re
from typing import Final

from belopp import adverbials
from belopp.rulebook import Cue
from belopp.sentences import Place, Span

# "avser 2024" says what a sum is about; "avser att", "avser regeringen", "avser avsätta", "avser, enligt avtalet, att"
# what someone means to do.
INTENT: Final = re.compile(
    rf"(?:,\s[^,.;]{{3,80}},)?\s+{adverbials.ANY}"
    r"(?:(?:att|regeringen|regeringarna|vi|staten|sverige|därefter|sedan|vidare|samtidigt|i|under|för)(?![\w-])"
    r"|(?!\d)\w+(?<=a)(?<![rn]ala)(?<!ella)(?<!liga)(?![\w:-])|gå|ge|se|få|bli)",  # no adjective: "avser bilaterala"
)
# "beviljar föreningens ansökan om": the money is granted
GRANTED: Final = re.compile(r"(?<!\w)(?:bevilja|godkänn|bifall)")
# "beslutat om ett förslag till budget", "beslutade en lagrådsremiss": what is decided is to propose
TO_PROPOSE: Final = re.compile(
    r"\s+(?:om\s+)?(?:ett\s+|en\s+)?(?:\w*förslag|proposition|lagrådsremiss|promemoria)(?!\w)"
)
# "beräknas motsvara 150 platser": what comes of the money
COMES_OF: Final = re.compile(rf"\s+{adverbials.ANY}(?:motsvara|räcka|leda|bidra|skapa|medföra|innebära|göra)(?!\w)")
# "föreningens ansökan om 3 miljoner kronor har beviljats"
IS_GRANTED: Final = re.compile(
    rf"[^.,;]*?\s(?:(?:har|är|blir|blev)\s+{adverbials.ANY})?(?:bevilja|godkän|bifall)\w*[ts](?!\w)"
)
APPLIED: Final = ("ansökan", "ansökningar", "begäran")
NOT_GRANTED: Final = re.compile(r"(?<!\w)(?:inte|och|men)(?!\w)")
AFTER: Final = re.compile(r"(?<!\w)efter\s+(?:\w+\s+)?$")  # "efter ansökan om stöd har skolan fått"
# "beräknas träda i kraft", "beräknas utifrån elförbrukningen": not said of the money; "föreslår enligt avtalet" is.
ASTRAY: Final = re.compile(
    rf"\s+{adverbials.ANY}(?:träda|pågå|starta|börja|vara\s+klar)(?!\w)",
)
RECKONED_BY: Final = re.compile(rf"\s+{adverbials.ANY}(?:utifrån|efter|enligt|på\s+(?:samma|grundval|hur))(?!\w)")
# "5 miljoner kronor mer än myndigheten hade föreslagit": what was given is more
THAN: Final = re.compile(r"(?<!\w)än\s+(?:vad\s+)?(?:som\s+)?(?:\w+\s+){0,4}$")
# "3 miljoner kronor har betalats ut, av totalt 9 miljoner": the whole has not
OF_WHOLE: Final = re.compile(r"(?:\s+ut)?\s*,?\s+av\s+(?:totalt\s+|sammanlagt\s+)?(?:\w+\s+)?")
WHO: Final = re.compile(r"\bsom\s+(?:inte\s+)?$")
BESIDES: Final = re.compile(r"\b(?:utöver|efter|förutom)\s+$")


def is_astray(place: Place, cue: Cue, span: Span) -> bool:
    """Whether a word is said here of something else than the money, or not meant as it is elsewhere."""
    text, word, rule = place.lowered, place.lowered[cue.start : cue.end], cue.rule.id
    if ASTRAY.match(text, cue.end) or (word == "avser" and not INTENT.match(text, cue.end)):
        return True
    if word == "vill" and text.startswith(" säga", cue.end):
        return True
    if rule == "status.estimated" and RECKONED_BY.match(text, cue.end):
        return True
    if rule == "status.intends" and WHO.search(place.text[max(span.start, cue.start - 20) : cue.start]):
        return True
    if rule == "status.paid" and "konferens" in text[span.start : span.end]:  # pledges that a conference collects
        return True
    if rule == "status.proposed" and THAN.search(text[max(span.start, cue.start - 60) : cue.start]):
        return True
    if rule == "status.paid" and OF_WHOLE.fullmatch(text, cue.end, place.mention.start):
        return True
    if rule == "status.decided" and TO_PROPOSE.match(text, cue.end):
        return True
    if rule == "status.estimated" and cue.start > place.mention.start and COMES_OF.match(text, cue.end):
        return True
    if rule == "status.proposal" and BESIDES.search(text[max(span.start, cue.start - 12) : cue.start]):
        return True
    return word.startswith(("ansök", "begäran")) and _is_granted(text, cue, span)


def _is_granted(text: str, cue: Cue, span: Span) -> bool:
    """Whether what is applied for has been given: ``beviljar ansökan``, ``efter ansökan``, ``ansökan beviljas``."""
    if GRANTED.search(text, span.start, cue.start) or AFTER.search(text, span.start, cue.start):
        return True
    found = IS_GRANTED.match(text, cue.end, span.end) if text.startswith(APPLIED, cue.start) else None
    return found is not None and not NOT_GRANTED.search(found.group())
