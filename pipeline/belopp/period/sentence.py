"""Settles which years of a sentence belong to which of its sums."""

from __future__ import annotations

import re
from typing import Final

from belopp.period.years import MONTH, Years, years_in
from belopp.rulebook import Rulebook
from belopp.sentences import Place

NOTHING: Final = Years(0, 0, "", "period.old")

# GLUE, VERB_NEXT, NOW, CHANGES, YEARLY_AFTER, OF_A_DAY and GOAL are tried on the text in small letters.
# What may stand between a sum and the years that date it.
GLUE: Final = re.compile(
    r"""
    [\s,(]*(?:(?:
        per\s+år|per|som\s+mest|årligen|om\s+året|vardera|totalt|kronor|kr|extra|mer|ytterligare|under|för|i|in|during|åren|år
      | redan|perioden|och|avser|budgetåret|brutto|netto|avsätts|tillförs|beräknas|avsatts|fördelas|satsas
      | betalas\s+ut|utbetalas|(?:inklusive|exklusive)\s+\w+
    )[\s,(]*)*
    """,
    re.VERBOSE,
)
NEXT: Final = re.compile(r"\W*(?:\w+\W+){0,4}")
AND_ON: Final = re.compile(r"\soch\s\D+$")
ASIDE: Final = re.compile(r",\s+(?:med|varav|där|inom)\b")
ABREAST: Final = 4  # so many sums at most stand side by side
VERB_NEXT: Final = re.compile(
    r"""
    \W*(?:\w+s\s+)?(?:(?:med|till|totalt|ytterligare|ca|cirka|drygt|regeringen|sammanlagt|årligen|per\s+år|högst)\s+)*
  | \W*(?:föreslår|avser|beräknar|avsätter|satsar|ökar|är|blir|uppgår|får|aviserar|väntas|beräknas|föreslås)\s[^.;:,]*
    """,
    re.VERBOSE,
)
# "tidigare 3 miljoner", "den tidigare grundnivån på drygt 3 miljoner"; not "den tidigare aviserade satsningen på 3"
AFTER_OLD: Final = re.compile(
    r"\s+(?:(?:(?!till\b|att\b)\w+\s+){0,2}|(?:(?!\w+(?:ade|da|ta)\b)\w+\s+)?\w+\s+(?:på|om)\s+(?:\w+\s+)?)"
)
# "uppgår i dagsläget till 4 miljoner", "de sedan tidigare permanenta medlen om 300 miljoner"
NOW: Final = re.compile(
    r"""\b(?:i\s+dagsläget|för\s+närvarande|i\s+dag|idag)\s+(?:till|på|är)\s+(?:\w+\s+)?$
      | \bsedan\s+tidigare\s+(?:\w+\s+){1,3}(?:på|om)\s+$""",
    re.VERBOSE,
)
# "Det ska jämföras med dagens tak på 4 miljoner och ett golv på …": of today, as far as no year or new clause comes
TODAY: Final = re.compile(
    r"\bjämföras\s+med\s+(?:dagens|nuvarande|gällande)\b(?:(?!,\s|;|\b(?:19|20)\d\d\b|\b(?:och|men)\s+\w+s\b)[\w\W])*$"
)
# "en ökning från föregående år då stödet låg på 14", "jämfört med den tidigare strategin, som uppgick till 100",
# "från 14"; not "en ökning från och med 2026 med 5", "en ökning jämfört med 2025 med 5"
WHAT_WAS: Final = re.compile(
    r"""\b\w*(?:ökning|höjning)\s+(?:från|jämfört\s+med)\b(?!\s+och\s+med\b)
    (?:[^.;]*\b(?:då|när|som)\b[^.;]* | \s+(?:(?!med\b)[^\W\d]+\s+){0,2})$""",
    re.VERBOSE,
)
SAID_NOW: Final = ("dag", "närvarande", "tidigare")  # one of them stands in all that NOW finds
FROM: Final = re.compile(r"\bfrån\s+(?:\w+\s+){0,2}$")
JUST_FROM: Final = re.compile(r"\bfrån\s+$")
UP_TO: Final = re.compile(r"\W*till\s")
# "från lägst 1 och som högst 5", "från 3 respektive 5"
SIDE: Final = re.compile(r"(?![^.;:]*\btill\b)[^.;:]{0,90}\b(?:och|respektive|högst)\s+(?:\w+\s+){0,2}")
TO: Final = re.compile(r"\btill\s+(?:\w+\s+){0,3}$")
# "ökas anslaget med 3 miljarder mellan 2023 och 2024": two years compared
CHANGES: Final = re.compile(r"\b(?:öka|minska|växa|växer|höj|sänk)\w*\b[^.;:]*\bmed\s+(?:\w+\s+)?$")
# "höjs med 15 till 40 miljarder kronor 2026": the years of the new level are those of the rise
RAISED_TO: Final = re.compile(r"\s+till\s+(?:\w+\s+){0,2}")
YEARLY_AFTER: Final = re.compile(r"\s+(?:årligen|per\s+år)\s+(?:därefter|(?:de\s+)?(?:efter)?följande\s+åren)\b")
OF_A_DAY: Final = re.compile(rf"från\s+(?:den\s+\d{{1,2}}\s+)?{MONTH}")
MOVED: Final = re.compile(r"\böverför\w*\s+$")  # "överförda från 2023": where the money was before
# "som ett led i arbetet att nå noll utsläpp till år 2045"
GOAL: Final = re.compile(r"till\s+år|fram\s+till")
ELSEWHERE: Final = re.compile(r"\bsom\s+(?:under\s+|i\s+|för\s+)?$|(?<!därefter )\bsamma\s+belopp\s")
# "ramen som regeringen beslutade om 2024": the year of the decision
DECIDED: Final = re.compile(r"\bsom\s+(?:\w+\s+){0,2}(?:besluta|presentera|avisera|instifta)de[sn]?\s+(?:\w+\s+){0,3}$")
ONWARD: Final = re.compile(r"\bdärefter\s+samma\s+(?:belopp|nivå|summa)\b[^.;\d]*$")
THEREAFTER: Final = re.compile(r"\bdärefter\b")
OPENS: Final = re.compile(r"\b(?:och|samt|respektive|därefter)\b|,|;")
AND: Final = re.compile(r"\s+(?:och|samt)\s")
JOINED: Final = re.compile(r"\b(?:och|respektive|samt)\b|,")
APART: Final = re.compile(r"varav|för att|[.;:]")
OF_WHICH: Final = re.compile(r"\b(?:varav|där|dels|inklusive|motsvarande|eller|med\s+ett|det\s+vill\s+säga|dvs)\b|\(")
DEFINITE: Final = re.compile(r"(?:överenskommelsen|beslutet|förslaget|uppdraget|avtalet|regleringsbrevet)\s+$")
# "5 miljoner per år och en treårig satsning": years counted of something else than the sum
NOT_OF_IT: Final = re.compile(r"[,;]|\b(?:och|samt|utöver|sedan)\b")
LASTING: Final = re.compile(r"\bpermanent")
# "som ska redovisas senast den 3 maj 2026", "enligt beslut den 3 maj 2026": no day of what is paid for
NO_OCCASION: Final = re.compile(
    r"\(\s*$|\b(?:som|senast|\w*beslut\w*|\w*redovis\w*|enligt|från|sedan|till\s+och\s+med|fram\s+till|till\s+den)\b"
)
# "6 respektive 8 miljoner", "6 miljoner kronor och högst 8"
PAIRED: Final = re.compile(r"[\s,]*(?:(?:och|samt|respektive)\s+)?(?:(?:med|högst|ca|cirka|drygt|knappt)\s+)*")


def from_sentence(place: Place, book: Rulebook) -> tuple[str, Years] | None:
    """The years beside the sum, or those that date its sentence; ``period.old`` for an old level."""
    years = [y for y in years_in(place.outline, *place.sentence, book) if not _inside_mention(y, place)]
    if not years:
        return ("period.old", NOTHING) if is_old_level(place, book) else None
    years = _not_onward(_go_on([y for y in years if not _in_clause(y, place)], place), place)
    if same := _same_years(place, years, book):
        return same.rule, same
    if paired := _respectively(place, years, book):
        return paired.rule, paired
    owner = _owners(place, years)
    mine = [y for y, index in owner.items() if index == place.index]
    since = [y for y in years if y.rule == "period.since" and y.end <= place.mention.start]
    if since and mine and all(y.rule == "period.date" for y in mine):
        mine = []
    if mine and (changed := _between(mine, place)):
        return changed.rule, changed
    if mine:
        best = _from_bill_until(_join(mine, place), years)
        opened = best.rule == "period.from" and re.fullmatch(r"\d{4}-", best.period)
        best = (opened and counted(best.period[:4], place, book)) or best
        return best.rule, best
    if then := _thereafter(place, years):
        return then.rule, then
    if is_old_level(place, book):
        return "period.old", NOTHING
    found = _shared(place, years, owner)
    if found and found.rule == "period.span" and _is_new_level(place):
        found = found._replace(period=found.period[-4:])
    return (found.rule, _closed(found, place, years)) if found else _of_occasion(place, years, book)


def _of_occasion(place: Place, years: list[Years], book: Rulebook) -> tuple[str, Years] | None:
    """ "5 miljoner för medverkan vid mötet den 3 maj 2026": of days alone, the one of what the money is for."""
    days = [y for y in years if y.rule == "period.date" and y.start > place.mention.end]
    cue = days and book.cues("period.occasion").first(place.lowered, place.mention.end, days[0].start)
    if not cue or NO_OCCASION.search(place.lowered, place.mention.end, days[0].start):
        return None
    return "period.occasion", days[0]


def _between(mine: list[Years], place: Place) -> Years | None:
    """ "öka från 7 till 8 miljarder mellan 2023 och 2026": what is reached is that of the last year."""
    spans = [y for y in mine if y.rule == "period.span" and y.start >= place.mention.end]
    said = spans and place.lowered[spans[0].start : spans[0].end].startswith("mellan")
    if said and (_is_new_level(place) or CHANGES.search(place.lowered[slice(*place.before)])):
        return spans[0]._replace(period=spans[0].period[-4:])
    return None


def _from_bill_until(best: Years, years: list[Years]) -> Years:
    """ "I budgetpropositionen för 2018 … t.o.m. 2020": the bill's year is the first."""
    bills = [y for y in years if y.rule == "period.bill"]
    if best.rule == "period.until" and bills and bills[0].period < best.period[1:]:
        return best._replace(period=bills[0].period + best.period)
    return best


def counted(first: str, place: Place, book: Rulebook) -> Years | None:
    """ "En treårig förstärkning på 40 miljoner per år", "40 miljoner per år de kommande tre åren", from the first."""
    cues, text, mention = book.cues("period.counted"), place.lowered, place.mention
    cue = cues.last(text, *place.before)
    if cue is None and (cue := cues.first(text, *place.after)) and NOT_OF_IT.search(text, mention.end, cue.start):
        return None
    if cue is None or LASTING.search(text, min(cue.end, mention.end), max(cue.start, mention.start)):
        return None
    last = int(first) + int(cue.rule.sets["years"]) - 1
    return Years(cue.start, cue.end, f"{first}-{last}", cue.rule.id)


def _closed(found: Years, place: Place, years: list[Years]) -> Years:
    """ "Sedan februari 2022 har Sverige bidragit med 4 miljarder (24 mars 2023)": up to that day."""
    dated = [y for y in years if y.rule == "period.date" and y.start > place.mention.end]
    within = dated and place.text[: dated[0].start].rstrip().endswith("(") and dated[0].period > found.period[:4]
    return found._replace(period=found.period + dated[0].period) if found.rule == "period.since" and within else found


def _in_clause(years: Years, place: Place) -> bool:
    """A year in a clause about something else: "kommuner som under 2024 hade hög arbetslöshet"."""
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
    return ELSEWHERE.search(between) is not None or (bare and DECIDED.search(between) is not None)


def _go_on(years: list[Years], place: Place) -> list[Years]:
    """ "400 miljoner 2027, därefter samma belopp årligen fram till 2035": one span of years."""
    kept = years[:1]
    for y in years[1:]:
        before = kept[-1]
        goes_on = y.rule == "period.until" and before.period[:4].isdigit()
        if goes_on and ONWARD.search(place.text[before.start : y.start]):
            kept[-1] = before._replace(end=y.end, period=before.period[:4] + y.period, rule="period.span")
        else:
            kept.append(y)
    return kept


def _same_years(place: Place, years: list[Years], book: Rulebook) -> Years | None:
    """ "till 75 miljoner 2025 och 2026 och den andra till 25 för samma period": the years told last."""
    told = [y for y in years if y.end <= place.mention.start and y.rule != "period.bill"] if place.index else []
    same = told and book.cues("period.same").first(place.lowered, *place.after)
    return told[-1]._replace(rule="period.same") if same else None


def _not_onward(years: list[Years], place: Place) -> list[Years]:
    """ "2027 och därefter åtta miljoner": the last words open the next sum, not the period."""
    kept = []
    for y in years:
        if y.rule != "period.onward":
            kept.append(y)
            continue
        earlier = [m.end for m in place.mentions if m.end <= y.start]
        following = [m.start for m in place.mentions if m.start >= y.end]
        beside = bool(earlier and following) and y.start - earlier[-1] < 40 and following[0] - y.end < 25
        opens = beside and AND_ON.search(place.text[y.start : y.end])
        kept.append(y._replace(period=y.period.rstrip("-"), rule="period.year") if opens else y)
    return kept


def _respectively(place: Place, years: list[Years], book: Rulebook) -> Years | None:
    """ "För 2026 och 2027 beräknas 6 respektive 8 miljoner": each sum has its own year of the list."""
    lists = [y for y in years if "|" in y.period]
    if not lists or "period.respectively" not in book:
        return None
    mentions, text = place.mentions, place.text
    first = last = place.index
    while first and PAIRED.fullmatch(text[mentions[first - 1].end : mentions[first].start]):
        first -= 1
    while last + 1 < len(mentions) and PAIRED.fullmatch(text[mentions[last].end : mentions[last + 1].start]):
        last += 1
    for y in lists:
        listed = y.period.split("|")
        said = text[mentions[first].end : mentions[last].start] + text[y.start : y.end]
        if len(listed) == last - first + 1 and "respektive" in said:
            return y._replace(period=listed[place.index - first], rule="period.respectively")
    return None


def _thereafter(place: Place, years: list[Years]) -> Years | None:
    """ "7 miljoner 2026 och därefter 10 miljoner årligen": from the year after the one before."""
    earlier = [y for y in years if y.end <= place.mention.start and y.rule != "period.bill"] if place.index else []
    if not earlier:
        return None
    if not THEREAFTER.search(place.slice(place.before)) and not YEARLY_AFTER.match(place.lowered[slice(*place.after)]):
        return None
    last = earlier[-1].period[-4:]
    return earlier[-1]._replace(period=f"{int(last) + 1}-", rule="period.thereafter") if last.isdigit() else None


def is_old_level(place: Place, book: Rulebook) -> bool:
    """The first of ``från X till Y`` is what was, and has no year of its own; so is ``(tidigare X)``."""
    if "period.old" not in book:
        return False
    if _in_brackets_after(place) or TODAY.search(place.lowered, *place.left):
        return True
    before = place.before
    cue = book.cues("period.old").last(place.lowered, *before)
    if cue and AFTER_OLD.fullmatch(place.text, cue.end, place.mention.start):
        return True
    small = place.lowered[slice(*before)]
    if any(map(small.__contains__, SAID_NOW)) and NOW.search(small):
        return True
    if WHAT_WAS.search(small):
        return True
    return place.index + 1 < len(place.mentions) and _before_rise(place)


def _before_rise(place: Place) -> bool:
    """ "från 9 till 12", "från lägst 1 och högst 5 till lägst 2 och högst 8": all that stands before "till" was."""
    first = place.index
    while first > max(0, place.index - ABREAST) and SIDE.fullmatch(_gap(place, first)):
        first -= 1
    later = range(place.index + 1, min(place.index + 1 + ABREAST, len(place.mentions)))
    ahead = next((gap for gap in (_gap(place, i) for i in later) if not SIDE.fullmatch(gap)), "")
    return FROM.search(_gap(place, first)) is not None and TO.search(ahead) is not None


def _gap(place: Place, index: int) -> str:
    """What stands before a sum of the sentence, back to the one before it."""
    start = place.mentions[index - 1].end if index else place.sentence.start
    return place.text[start : place.mentions[index].start]


def _in_brackets_after(place: Place) -> bool:
    """ "uppgick till 49,0 (47,9) miljarder": an account's figure of the year before."""
    earlier = place.mentions[place.index - 1] if place.index else None
    if earlier is None or place.text[earlier.end : place.mention.start] != " (":
        return False
    return not any(map(str.isalpha, earlier.text))


def _is_new_level(place: Place) -> bool:
    if not place.index:
        return False
    earlier = place.mentions[place.index - 1]
    gap = place.text[earlier.end : place.mention.start]
    return (
        UP_TO.match(gap) is not None
        and JUST_FROM.search(place.text[max(0, earlier.start - 12) : earlier.start]) is not None
    )


def _inside_mention(years: Years, place: Place) -> bool:
    return any(mention.start < years.end and years.start < mention.end for mention in place.mentions)


def _owners(place: Place, years: list[Years]) -> dict[Years, int]:
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
            if not opens and GLUE.fullmatch(lowered, *gap):
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


def _join(mine: list[Years], place: Place) -> Years:
    """Several expressions beside one sum: "2026 och därefter", "från 2025 … fram till 2030"."""
    starts = [y for y in mine if y.rule in ("period.from", "period.onward")]
    ends = [y for y in mine if y.rule == "period.until"]
    if starts and ends:
        return ends[0]._replace(period=f"{starts[0].period[:4]}{ends[0].period}")
    after = [y for y in mine if y.start >= place.mention.end]
    return (after or mine[::-1])[0]


def _shared(place: Place, years: list[Years], owner: dict[Years, int]) -> Years | None:
    """The expression that dates the whole sentence: one that opens it, else one further on."""
    said = [y for y in years if y not in owner and y.rule not in ("period.date", "period.bill")]
    before = [y for y in said if y.end <= place.mention.start]
    after = [y for y in said if y.start >= place.mention.end]
    if after and before and before[-1].rule == "period.until":
        return after[0]
    if before or after:
        return before[-1] if before else after[0]
    later = [y for y, index in owner.items() if index > place.index]
    if later and _coordinated(place, owner[later[0]]) and _recurs_alike(place, owner[later[0]]):
        return later[0]
    earlier = [y for y, index in owner.items() if index < place.index]
    yearly = place.mention.per == "year" and len(place.slice(place.before)) < 30
    if earlier and (_part_of_clause(place) or (yearly and earlier[-1].rule == "period.span")):
        return earlier[-1]
    bills = [y for y in years if y.rule == "period.bill"]
    return bills[0] if bills else None


def _coordinated(place: Place, index: int) -> bool:
    between = place.text[place.mention.end : place.mentions[index].start]
    if RAISED_TO.fullmatch(between) and CHANGES.search(place.lowered[slice(*place.before)]):
        return True
    return (
        len(between) < (96 if AND.match(between) else 48)
        and JOINED.search(between) is not None
        and APART.search(between) is None
    )


def _recurs_alike(place: Place, index: int) -> bool:
    """Of "årligen 9 miljoner till A och 3 miljoner 2026 till B" the year dates what is given once alone."""
    return place.mention.per != "year" or place.mentions[index].per == "year"


def _part_of_clause(place: Place) -> bool:
    return OF_WHICH.search(place.slice(place.before)) is not None
