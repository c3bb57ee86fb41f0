"""Settles which of the years of a sentence stand beside which of its sums, and which date all of it."""

from __future__ import annotations

import re
from typing import Final

from belopp import adverbials
from belopp.grammar import HEDGE
from belopp.period.levels import CHANGES
from belopp.period.years import MONTH, Years
from belopp.sentences import Place

# GLUE, VERB_NEXT, OF_A_DAY and GOAL are tried on the text in small letters.

# What may stand between a sum and the years that date it.
GLUE: Final = re.compile(
    rf"""
    [\s,(]*(?:(?:
        (?:per\s+|/)[^\W\d]+|per|(?:före|efter)\s+skatt|som\s+mest|årligen|om|året|varje|vardera|totalt|kronor|kr|extra|mer|ytterligare
      | samma\s+(?:tid|tidpunkt|period|månad|kvartal|vecka)
      | under|för|i|in|during|åren|år|{adverbials.ONE}|perioden|och|avser|avseende
      | budgetåret|brutto|netto|avsätts|tillförs|beräknas|avsatts|fördelas
      | som\s+(?:ges|gavs|avsätts|avsattes|anslås|anslogs|(?:betala|dela|fördela|bevilja|lämna|satsa)(?:de)?s)(?:\s+ut)?
      | satsas|betalas\s+ut|utbetalas|(?:inklusive|exklusive)\s+\w+
    )[\s,(]*)*
    """,
    re.VERBOSE,
)
NEXT: Final = re.compile(r"\W*(?:\w+\W+){0,4}")
ASIDE: Final = re.compile(r",\s+(?:med|varav|där|inom)\b")
# "5 miljoner till A 2025 och 6 till B 2026", "5 miljoner i snitt 2025, mot 6": the year ends what is said of the first
ENDS: Final = re.compile(r"\s*(?:\([^()]*\)\s*)?,?\s*(?:och|samt|mot|(?:att\s+)?jämför(?:t|as?)\s+med)\s")
# "5 miljoner 2025 för läxor och 6 för böcker"
LISTED: Final = re.compile(
    rf"(?:\s*\([^()]*\))?[^.;:()\d]{{0,90}}?\s*(?:och|samt)\s+(?:(?:med|ytterligare|{HEDGE})\s+)*"
)
LABEL: Final = re.compile(r":\s*")  # "5 miljoner (2024: 4 miljoner)"
FRONTED: Final = re.compile(r"[.;:]|\b(?:och|samt|respektive|därefter|men|medan)\b")
VERB_NEXT: Final = re.compile(
    rf"""
    \W*(?:\w+s\s+)?(?:(?:med|till|totalt|ytterligare|regeringen|sammanlagt|årligen|per\s+år|{HEDGE}|{adverbials.ONE})\s+)*
  | \W*(?:föreslår|avser|beräknar|avsätter|satsar|ökar|är|blir|uppgår|får|aviserar|väntas|beräknas|föreslås)\s[^.;:,]*
    """,
    re.VERBOSE,
)
OF_A_DAY: Final = re.compile(rf"från\s+(?:den\s+\d{{1,2}}\s+)?{MONTH}")
MOVED: Final = re.compile(r"\böverför\w*\s+$")  # "överförda från 2023": where the money was before
# "som ett led i arbetet att nå noll utsläpp till år 2045"
GOAL: Final = re.compile(r"till\s+år|fram\s+till")
ELSEWHERE: Final = re.compile(r"\bsom\s+(?:under\s+|i\s+|för\s+)?$|(?<!därefter )\bsamma\s+belopp\s")
# "varje år delas 3 miljoner ut, men mindre i fjol"; not "5 miljoner, men först 2025"
BUT: Final = re.compile(r",\s+(?:men|fast)\s+(?!först\b|inte\s+förrän\b|från\b|redan\b|bara\b|endast\b)")
# "ramen som regeringen beslutade om 2024": the year of the decision
DECIDED: Final = re.compile(r"\bsom\s+(?:\w+\s+){0,2}(?:besluta|presentera|avisera|instifta)de[sn]?\s+(?:\w+\s+){0,3}$")
OPENS: Final = re.compile(r"\b(?:och|samt|respektive|därefter)\b|,|;")
AND: Final = re.compile(r"\s+(?:och|samt)\s")
JOINED: Final = re.compile(r"\b(?:och|respektive|samt)\b|,")
APART: Final = re.compile(
    r"varav|\b(?:beräknas|väntas|bedöms|planeras|ska|skall)\b|för att|[.;:]"
    r"|\b(?:mot|jämför\w*|än|medan|ned\s+från|upp\s+från)\b"
)
# "höjs med 15 kronor per månad till sammanlagt 40"
RAISED_TO: Final = re.compile(r"(?:\s*(?:per\s+|/)[^\W\d]+)?\s+till\s+(?:[^\W\d][\w-]*\s+){0,8}")
OF_WHICH: Final = re.compile(r"\b(?:varav|där|dels|inklusive|motsvarande|eller|med\s+ett|det\s+vill\s+säga|dvs)\b|\(")
DEFINITE: Final = re.compile(r"(?:överenskommelsen|beslutet|förslaget|uppdraget|avtalet|regleringsbrevet)\s+$")


def is_inside_mention(years: Years, place: Place) -> bool:
    """Whether what looks like a year is part of a sum: ``2 024 kronor``."""
    return any(mention.start < years.end and years.start < mention.end for mention in place.mentions)


def is_astray(years: Years, place: Place) -> bool:
    """Whether a year stands in a clause about something else: "kommuner som under 2024 hade hög arbetslöshet"."""
    text, start = place.text, years.start
    if text.find("överför", max(0, start - 14), start) >= 0 and MOVED.search(text[max(0, start - 14) : start]):
        return True
    if OF_A_DAY.match(place.lowered, start) and DEFINITE.search(text[max(0, start - 30) : start]):
        return True  # "överenskommelsen från december 2019"
    if start < place.mention.end:
        early = place.index or start - place.sentence.start <= 20
        return not early and GOAL.match(place.lowered, start, years.end) is not None
    between = text[place.mention.end : start]
    bare = years.rule == "period.year" and not text.startswith(" års", years.end)
    if BUT.search(between):
        return True
    return ELSEWHERE.search(between) is not None or (bare and DECIDED.search(between) is not None)


def owners(place: Place, years: list[Years]) -> dict[Years, int]:
    """Which mention of the sentence each expression stands right beside (right side first)."""
    text, lowered, owner = place.text, place.lowered, {}
    for y in years:
        if y.rule == "period.bill":
            continue
        left = [i for i, m in enumerate(place.mentions) if m.end <= y.start]
        right = [i for i, m in enumerate(place.mentions) if m.start >= y.end]
        if left and y.rule == "period.year" and lowered.endswith("därefter", y.start, y.end):
            owner[y] = left[-1]
        elif left:
            gap = place.mentions[left[-1]].end, y.start
            ahead = y.end, place.mentions[right[0]].start if right else y.end
            # "60 miljoner kronor och från 2026 beräknas 10": the year after a conjunction opens the next sum
            opens = right and OPENS.search(text[slice(*gap)]) and VERB_NEXT.fullmatch(lowered, *ahead)
            labels = right and LABEL.fullmatch(lowered, *ahead)
            ends = right and ENDS.match(lowered, *ahead) and not FRONTED.search(lowered, *gap)
            if labels:
                owner[y] = right[0]
            elif y.rule != "period.date" and text[y.start - 1] == "(" and text.startswith(")", y.end):
                owner[y] = left[-1]  # "5 miljoner till skolan (2024) och 6 till Boverket (2025)"
            elif ends or (not opens and GLUE.fullmatch(lowered, *gap)):
                owner[y] = left[-1]
            elif right and NEXT.fullmatch(text, *ahead) and not ASIDE.match(text[slice(*ahead)]):
                owner[y] = right[0]
    return _first_come(place, owner)


def _first_come(place: Place, owner: dict[Years, int]) -> dict[Years, int]:
    """ "6 miljoner till A för 2022 och högst 4 för 2023": a sum with a year after it gives back the one before it."""
    if len(owner) < 2:
        return owner
    for y, index in list(owner.items()):
        after = [z for z, i in owner.items() if i == index and z.start >= place.mentions[index].end]
        if y.end <= place.mentions[index].start and after and index - 1 not in owner.values() and index:
            owner[y] = index - 1
    return owner


def shared(place: Place, years: list[Years], owner: dict[Years, int]) -> Years | None:
    """The expression that dates the whole sentence: one that opens it, else one further on."""
    said = [y for y in years if y not in owner and y.rule not in ("period.date", "period.bill")]
    before = [y for y in said if y.end <= place.mention.start]
    after = [y for y in said if y.start >= place.mention.end]
    if after and before and before[-1].rule == "period.until":
        return after[0]
    if reached := _of_rise(place, owner):
        return reached
    if before or after:
        return before[-1] if before else after[0]
    later = [y for y, index in owner.items() if index > place.index]
    if later and _coordinated(place, owner[later[0]]) and _recurs_alike(place, owner[later[0]]):
        return _of_earlier_bill(place, years, later[0]) or later[0]
    earlier = [y for y, index in owner.items() if index < place.index]
    if earlier and (_each_year(place, earlier[-1]) or _goes_on(place, earlier[-1]) or _part_of_clause(place)):
        return earlier[-1]
    bills = [y for y in years if y.rule == "period.bill"]
    return max((y for y in bills if y.end <= place.mention.start), default=bills[0]) if bills else None


def _coordinated(place: Place, index: int) -> bool:
    between = place.text[place.mention.end : place.mentions[index].start]
    if RAISED_TO.fullmatch(between) and CHANGES.search(place.lowered[slice(*place.before)]):
        return True  # "höjs med 15 till 40 miljarder kronor 2026": the years of the new level are those of the rise
    return (
        len(between) < (96 if AND.match(between) else 48)
        and JOINED.search(between) is not None
        and APART.search(between) is None
    )


def _of_rise(place: Place, owner: dict[Years, int]) -> Years | None:
    """ "6 för 2023, medan den för 2022 höjs med 3 till 5": the year before the rise is that of the level reached."""
    rise = place.mentions[place.index - 1] if place.index else None
    if rise is None or not RAISED_TO.fullmatch(place.lowered, rise.end, place.mention.start):
        return None
    return next((y for y, index in owner.items() if index == place.index - 1 and y.end <= rise.start), None)


def _of_earlier_bill(place: Place, years: list[Years], later: Years) -> Years | None:
    """ "I budgeten för 2026 avsätts 5, samt 6 för 2027", "5 i budgeten 2026 och 6 2027": the first is of the bill's."""
    ahead = place.mentions[place.index + 1].start if place.index + 1 < len(place.mentions) else place.sentence.end
    bills = [y for y in years if y.rule == "period.bill" and y.end <= ahead]
    return bills[-1] if bills and later.single and bills[-1].period < later.period else None


def _each_year(place: Place, years: Years) -> bool:
    """ "5 miljoner 2025–2027 och 6 per år": what comes again close behind a span of years is for them, too."""
    return years.rule == "period.span" and place.mention.per == "year" and len(place.slice(place.before)) < 30


def _goes_on(place: Place, years: Years) -> bool:
    """ "5 miljoner till A 2025 och 6 till B": what is joined on is for the same year."""
    return years.rule != "period.bill" and LISTED.fullmatch(place.lowered, years.end, place.mention.start) is not None


def _recurs_alike(place: Place, index: int) -> bool:
    """Of "årligen 9 miljoner till A och 3 miljoner 2026 till B" the year dates what is given once alone."""
    return place.mention.per != "year" or place.mentions[index].per == "year"


def _part_of_clause(place: Place) -> bool:
    return OF_WHICH.search(place.slice(place.before)) is not None
