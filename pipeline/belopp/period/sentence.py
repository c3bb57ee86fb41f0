"""Settles for which years a sum is by the years of its own sentence."""

from __future__ import annotations

import re
from typing import Final

from belopp.grammar import HEDGE
from belopp.period.levels import CHANGES, is_new_level, is_old_level, rises_from
from belopp.period.owners import is_astray, is_inside_mention, owners, shared
from belopp.period.reading import years_in
from belopp.period.years import MONTH, Years
from belopp.rulebook import Rulebook
from belopp.sentences import Place
from belopp.years import MONTHS, closed_years

OLD: Final = Years(0, 0, "", "period.old")
AUTUMN: Final = "09"  # the month in which a budget is laid
OPENED: Final = re.compile(r"\d{4}-")
AND_ON: Final = re.compile(r"\soch\s\D+$")
YEARLY_AFTER: Final = re.compile(
    r"\s+(?:årligen|per\s+år|varje\s+år|om\s+året)\s+(?:därefter|(?:de\s+)?(?:efter)?följande\s+åren)\b"
)
ONWARD: Final = re.compile(r"\bdärefter\s+samma\s+(?:belopp|nivå|summa)\b[^.;\d]*$")
THEREAFTER: Final = re.compile(r"\bdärefter\b")
# "5 miljoner per år och en treårig satsning": years counted of something else than the sum
NOT_OF_IT: Final = re.compile(r"[,;]|\b(?:och|samt|utöver|sedan)\b")
LASTING: Final = re.compile(r"\bpermanent")
# "som ska redovisas senast den 3 maj 2026", "enligt beslut den 3 maj 2026": no day of what is paid for
NO_OCCASION: Final = re.compile(
    r"\(\s*$|\b(?:som|senast|\w*beslut\w*|\w*redovis\w*|enligt|från|sedan|till\s+och\s+med|fram\s+till|till\s+den)\b"
)
# "Den 31 juli 2026 uppgick skulden till 3", "Skulden var per 2026-12-31": figures of a day; none is "till år 2035"
BY_THEN: Final = re.compile(rf"\W*(?:(?:[^.;]*\s)?per\s+|(?:i|under)\s+(?:{MONTH}\s+(?:och|till)\s+)?)?")
# "per april", "till och med mars": a month without its year, the last one that is over
SO_FAR: Final = re.compile(
    rf"\b(?:per|till\s+och\s+med|t\.\s?o\.\s?m\.|efter)\s+(?:den\s+\d{{1,2}}\s+)?(?P<month>{'|'.join(MONTHS)})\b(?!\s+(?:år\s+)?\d)"
)
AS_MUCH: Final = re.compile(
    r",?\s+(?:och|samt)\s+(?:ytterligare\s+)?(?:lika\s+mycket|samma\s+(?:belopp|summa))\s+(?:till\s+|mindre\s+|mer\s+)?"
)
BY_MONTH: Final = re.compile(MONTH)  # "oktober 2021 – september 2022" is one stretch of time, no list of years
A_DAY: Final = re.compile(rf"{MONTH}|\d-\d")
# "6 respektive 8 miljoner", "6 miljoner kronor och högst 8"
PAIRED: Final = re.compile(rf"[\s,]*(?:(?:och|samt|respektive)\s+)?(?:(?:med|{HEDGE})\s+)*")


def from_sentence(place: Place, book: Rulebook) -> Years | None:
    """The years beside the sum, or those that date its sentence; ``period.old`` for an old level."""
    said = [y for y in years_in(place.outline, *place.sentence, book) if not is_inside_mention(y, place)]
    if not said:
        return OLD if is_old_level(place, book) else _coming(place, book)
    years = _not_onward(_go_on([y for y in said if not is_astray(y, place)], place), place)
    if listed := _same_years(place, years, book) or _respectively(place, years, book):
        return listed
    owner = owners(place, years)
    if found := _beside(place, years, owner, book) or _thereafter(place, years):
        return found
    if is_old_level(place, book):
        return _at_first(place, years) or OLD
    return _of_sentence(place, years, owner) or _of_occasion(place, years, book)


def _coming(place: Place, book: Rulebook) -> Years | None:
    """ "De kommande tre åren satsas 5 miljoner", said in an autumn: next year, whose budget is made, is the first."""
    published = place.outline.document.published
    cue = book.cues("period.coming").first(place.lowered, *place.sentence) if published[5:7] >= AUTUMN else None
    if cue is None:
        return None
    first = int(published[:4]) + 1
    return Years(cue.start, cue.end, f"{first}-{first + int(cue.rule.sets['years']) - 1}", cue.rule.id)


def _beside(place: Place, years: list[Years], owner: dict[Years, int], book: Rulebook) -> Years | None:
    """The years that stand beside the sum, as one expression."""
    mine = [y for y, index in owner.items() if index == place.index]
    since = any(y.rule == "period.since" and y.end <= place.mention.start for y in years)
    if not mine or (since and all(y.rule == "period.date" for y in mine)):  # the day up to which it is counted
        return None
    if changed := _between(mine, place):
        return changed
    best = _as_much_again(_from_bill_until(_join(mine, place), years), years, place)
    opened = best.rule == "period.from" and OPENED.fullmatch(best.period)
    return (counted(best.period[:4], place, book) if opened else None) or best


def _of_sentence(place: Place, years: list[Years], owner: dict[Years, int]) -> Years | None:
    """The years that date the whole sentence, as far as they hold for this sum."""
    found = shared(place, years, owner)
    if found is None:
        return None
    if found.rule == "period.span" and is_new_level(place):
        return found._replace(period=found.period[-4:])
    return _closed(found, place, years)


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


def _same_years(place: Place, years: list[Years], book: Rulebook) -> Years | None:
    """ "till 75 miljoner 2025 och 2026 och den andra till 25 för samma period": the years told last."""
    told = _told_with_sums_before(place, years)
    same = told and book.cues("period.same").first(place.lowered, *place.after)
    return told[-1]._replace(rule="period.same") if same else None


def _told_with_sums_before(place: Place, years: list[Years]) -> list[Years]:
    """The years that the sentence names before a sum that is not its first, a budget bill's apart."""
    return [y for y in years if y.end <= place.mention.start and y.rule != "period.bill"] if place.index else []


def _respectively(place: Place, years: list[Years], book: Rulebook) -> Years | None:
    """ "För 2026 och 2027 beräknas 6 respektive 8 miljoner": each sum has its own year of the list."""
    spans = [y for y in years if y.rule == "period.span" and not BY_MONTH.search(place.lowered, y.start, y.end)]
    lists = [y for y in years if "|" in y.period or y in spans]
    if not lists or "period.respectively" not in book:
        return None
    mentions, text = place.mentions, place.text
    first = last = place.index
    while first and PAIRED.fullmatch(text[mentions[first - 1].end : mentions[first].start]):
        first -= 1
    while last + 1 < len(mentions) and PAIRED.fullmatch(text[mentions[last].end : mentions[last + 1].start]):
        last += 1
    for y in lists:
        listed = sorted(f"{year}" for year in closed_years(y.period))
        said = text[mentions[first].end : mentions[last].start] + text[y.start : y.end]
        if len(listed) == last - first + 1 and "respektive" in said:
            return y._replace(period=listed[place.index - first], rule="period.respectively")
    return None


def _join(mine: list[Years], place: Place) -> Years:
    """Several expressions beside one sum: "2026 och därefter", "från 2025 … fram till 2030"."""
    starts = [y for y in mine if y.rule in ("period.from", "period.onward")]
    ends = [y for y in mine if y.rule == "period.until"]
    if starts and ends:
        return ends[0]._replace(period=f"{starts[0].period[:4]}{ends[0].period}")
    after = [y for y in mine if y.start >= place.mention.end]
    return (after or mine[::-1])[0]


def _between(mine: list[Years], place: Place) -> Years | None:
    """ "öka från 7 till 8 miljarder mellan 2023 och 2026": what is reached is that of the last year."""
    spans = [y for y in mine if y.rule == "period.span" and y.start >= place.mention.end]
    if place.mention.per == "year":
        return None  # "ökas med 7 miljoner kronor per år mellan 2023 och 2026": of each
    said = spans and place.lowered[spans[0].start : spans[0].end].startswith("mellan")
    if said and (is_new_level(place) or CHANGES.search(place.lowered[slice(*place.before)])):
        return spans[0]._replace(period=spans[0].period[-4:])
    return None


def _as_much_again(best: Years, years: list[Years], place: Place) -> Years:
    """ "5 miljoner 2024 och lika mycket 2025": for both years."""
    for y in years:
        if best.single and y.single and y.start > best.end > place.mention.end:
            if AS_MUCH.fullmatch(place.lowered, best.end, y.start):
                return best._replace(period=f"{best.period}|{y.period}", rule="period.years")
    return best


def _at_first(place: Place, years: list[Years]) -> Years | None:
    """ "har ökat från 2 till 3 miljarder mellan 2013 och 2023": where it rose from is that of the first year."""
    spans = [y for y in years if y.rule == "period.span" and place.lowered[y.start : y.end].startswith("mellan")]
    if len(years) > 1 or not spans or not rises_from(place):
        return None
    over = spans[0].last <= place.outline.document.published[:4]
    return spans[0]._replace(period=spans[0].first) if over else None


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


def _thereafter(place: Place, years: list[Years]) -> Years | None:
    """ "7 miljoner 2026 och därefter 10 miljoner årligen": from the year after the one before."""
    earlier = _told_with_sums_before(place, years)
    if not earlier:
        return None
    if not THEREAFTER.search(place.slice(place.before)) and not YEARLY_AFTER.match(place.lowered[slice(*place.after)]):
        return None
    return earlier[-1].thereafter()


def _closed(found: Years, place: Place, years: list[Years]) -> Years:
    """ "Sedan februari 2022 har Sverige bidragit med 4 miljarder (24 mars 2023)": up to that day."""
    dated = [y for y in years if y.rule == "period.date" and y.start > place.mention.end]
    within = (
        dated
        and place.text[place.mention.end : dated[0].start].rstrip().endswith("(")
        and dated[0].period > found.period[:4]
    )
    return found._replace(period=found.period + dated[0].period) if found.rule == "period.since" and within else found


def _of_occasion(place: Place, years: list[Years], book: Rulebook) -> Years | None:
    """ "5 miljoner för medverkan vid mötet den 3 maj 2026": of days alone, the one of what the money is for."""
    days = [y for y in years if y.rule == "period.date" and y.start > place.mention.end]
    cue = days and book.cues("period.occasion").first(place.lowered, place.mention.end, days[0].start)
    if not cue or NO_OCCASION.search(place.lowered, place.mention.end, days[0].start):
        return None
    return days[0]._replace(rule="period.occasion")


def from_day(place: Place, book: Rulebook) -> Years | None:
    """ "Den 31 juli 2026 var skulden 3 miljoner", "till och med augusti 2026": the year of a figure's day."""
    said = [y for y in years_in(place.outline, *place.sentence, book) if not is_inside_mention(y, place)]
    if not said:
        return _so_far(place)
    if len(said) != 1 or said[0].rule not in ("period.date", "period.until") or said[0].end > place.mention.start:
        return None
    day = said[0]
    taken = BY_THEN.fullmatch(place.lowered, place.sentence.start, day.start) and A_DAY.search(place.lowered, *day[:2])
    return day._replace(period=day.first, rule="period.day") if taken else None


def _so_far(place: Place) -> Years | None:
    """ "Resultatet per april är 3 miljoner": of the year in which that month last went by."""
    published = place.outline.document.published
    month = SO_FAR.search(place.lowered, *place.sentence) if published[5:7] else None
    if month is None:
        return None
    year = int(published[:4]) - (MONTHS.index(month["month"]) >= int(published[5:7]))
    return Years(month.start(), month.end(), str(year), "period.day")
